"""One task for each group of workers."""

from datetime import datetime

from airflow.sdk import dag, task


@dag(schedule=None, start_date=datetime(2026, 1, 1))
def hello() -> None:
    @task
    def anywhere() -> None:
        print("hello")

    @task(queue="gpu")
    def on_a_gpu_node() -> None:
        print("hello from the group gpu")

    anywhere() >> on_a_gpu_node()


hello()

"""Tasks that choose where they run."""

from airflow.sdk import DAG, task

with DAG("choose", schedule=None, tags=["example"]):

    @task
    def prepare() -> int:
        return 40

    @task(executor="pod")
    def compute(number: int) -> int:
        return number + 2

    compute(prepare())

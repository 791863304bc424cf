"""A task with a pool and a connection that the bundle declares."""

from airflow.sdk import DAG, Connection, task

with DAG("load", schedule=None, tags=["example"]):

    @task(pool="warehouse")
    def read() -> str:
        return str(Connection.get("warehouse").host)

    read()

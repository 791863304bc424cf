"""A DAG that a role may read and edit, whatever it may do beside."""
# mypy: allow-untyped-decorators

from datetime import datetime

from airflow.sdk import dag, task


@dag(
    schedule=None,
    start_date=datetime(2015, 1, 1),
    catchup=False,
    access_control={"Public": {"DAGs": {"can_read", "can_edit"}}},
)
def guarded() -> None:
    @task
    def work() -> None:
        print("seen by who may")

    work()


guarded()

"""A file that is never read to its end while there is a certain file in the pod."""
# mypy: allow-untyped-decorators

from datetime import datetime
from pathlib import Path

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import dag

while Path("/tmp/hang").exists():
    pass


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False)
def hangs() -> None:
    EmptyOperator(task_id="nothing")


hangs()

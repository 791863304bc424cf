"""A task that is tried again at once when it fails."""
# mypy: allow-untyped-decorators

import time
from datetime import datetime, timedelta

from airflow.sdk import dag, task


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False)
def again() -> None:
    @task(retries=1, retry_delay=timedelta())
    def work() -> None:
        time.sleep(20)

    work()


again()

"""Twenty tasks without retries that begin together and end one a second, each with an XCom."""
# mypy: allow-untyped-decorators

import time
from datetime import datetime

from airflow.sdk import dag, task


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False)
def steady() -> None:
    @task
    def work(seconds: int) -> int:
        time.sleep(seconds)
        return seconds

    work.expand(seconds=list(range(2, 22)))


steady()

"""A run that stands at a gate, in the middle, while its code changes."""
# mypy: allow-untyped-decorators

import time
from datetime import datetime

from airflow.sdk import Variable, dag, task

VERSION = "first"


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False)
def gated() -> None:
    @task
    def begin() -> None:
        print(f"begins as {VERSION}")

    @task
    def gate() -> None:
        while Variable.get("gate", default="closed") != "open":
            time.sleep(1)

    @task
    def end() -> None:
        print(f"ends as {VERSION}")

    begin() >> gate() >> end()


gated()

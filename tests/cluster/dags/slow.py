"""A task that is long enough to be interrupted; it has no second try."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from airflow.sdk import dag, task


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False, params={"seconds": 20})
def slow() -> None:
    @task(retries=0)
    def nap(params: dict[str, Any] | None = None) -> int:
        seconds = int((params or {})["seconds"])
        for second in range(seconds):
            print(f"second {second}", flush=True)
            time.sleep(1)
        return seconds

    @task(retries=0)
    def after(seconds: int) -> None:
        print(f"slept {seconds} s")

    after(nap())


slow()

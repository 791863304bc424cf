"""302 tasks without a second try: whatever is restarted meanwhile, none may fail."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from airflow.sdk import dag, task


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False, params={"tasks": 300})
def many() -> None:
    @task(retries=0)
    def numbers(params: dict[str, Any] | None = None) -> list[int]:
        return list(range(int((params or {})["tasks"])))

    @task(retries=0)
    def work(number: int) -> int:
        time.sleep(2)
        return number

    @task(retries=0)
    def total(done: list[int]) -> None:
        assert sorted(done) == list(range(len(done)))
        print(f"{len(done)} numbers")

    total(work.expand(number=numbers()))


many()

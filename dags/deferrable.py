"""A task that waits without a worker: the triggerer waits for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.providers.standard.sensors.time_delta import WaitSensor
from airflow.sdk import dag, task


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False, tags=["example"])
def deferrable() -> None:
    """Waits ten seconds in the triggerer, then goes on in a worker."""
    wait = WaitSensor(task_id="wait", time_to_wait=timedelta(seconds=10), deferrable=True)

    @task
    def after() -> None:
        print("the triggerer woke me up")

    wait >> after()


deferrable()

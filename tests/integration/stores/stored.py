"""Tasks whose logs are looked for when their pods are gone: by Celery, in a pod, and deferred."""
# mypy: allow-untyped-decorators, allow-subclassing-any

from datetime import datetime, timedelta
from typing import Any

from airflow.providers.standard.triggers.temporal import TimeDeltaTrigger
from airflow.sdk import BaseOperator, dag, task


class Deferring(BaseOperator):
    """Waits in the triggerer, whose trigger writes into the log of the task."""

    def execute(self, context: Any) -> None:
        self.log.info("said before the wait")
        self.defer(trigger=TimeDeltaTrigger(timedelta(seconds=5)), method_name="resume")

    def resume(self, context: Any, event: Any) -> None:
        self.log.info("said after the wait")


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False)
def stored() -> None:
    @task
    def by_celery() -> None:
        print("said by celery")

    @task(executor="KubernetesExecutor")
    def by_pod() -> None:
        print("said in a pod")

    [by_celery(), by_pod(), Deferring(task_id="deferred")]


stored()

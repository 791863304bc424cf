"""Values that tasks hand on, small and large: from a worker to a task pod and past a trigger."""
# mypy: allow-untyped-decorators, allow-subclassing-any

from datetime import datetime, timedelta
from typing import Any

from airflow.providers.standard.triggers.temporal import TimeDeltaTrigger
from airflow.sdk import BaseOperator, dag, task

LARGE = {"rows": ["a row of some length"] * 500}


class Later(BaseOperator):
    """Reads the value after a wait in the triggerer."""

    def execute(self, context: Any) -> None:
        self.defer(trigger=TimeDeltaTrigger(timedelta(seconds=2)), method_name="resume")

    def resume(self, context: Any, event: Any) -> int:
        return len(context["ti"].xcom_pull(task_ids="large")["rows"])


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False)
def exchanged() -> None:
    @task
    def large() -> dict[str, Any]:
        return LARGE

    @task(executor="KubernetesExecutor")
    def by_pod(value: dict[str, Any]) -> dict[str, Any]:
        assert value == LARGE
        return {"rows": value["rows"][:100]}

    value = large()
    value >> [by_pod(value), Later(task_id="later")]


exchanged()

"""A task that waits for a trigger that blocks the triggerer."""
# mypy: allow-untyped-decorators, allow-subclassing-any, disable-error-code=import-not-found

from datetime import datetime
from typing import Any

from airflow.sdk import BaseOperator, dag
from blocking_trigger import BlockingTrigger


class Blocking(BaseOperator):
    """Defers itself to it."""

    def execute(self, context: Any) -> None:
        self.defer(trigger=BlockingTrigger(), method_name="resume")

    def resume(self, context: Any, event: Any) -> str:
        return str(event)


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False)
def blocking() -> None:
    Blocking(task_id="wait")


blocking()

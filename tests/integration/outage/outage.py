"""What tasks do with the execution API, by each executor; `when` is when the outage has begun.

`ends` ends then, `asks` reads and writes then, `defers` gives up its slot then, and `fires`, which
has done so before, goes on then. A run that begins in the outage starts all of them in it.
"""
# mypy: allow-untyped-decorators, allow-subclassing-any

import time
from datetime import datetime, timedelta
from typing import Any

from airflow.providers.standard.triggers.temporal import TimeDeltaTrigger
from airflow.sdk import BaseOperator, Variable, dag, get_current_context, task

EXECUTORS = ("KubernetesExecutor", "CeleryExecutor", "LocalExecutor")


def wait() -> None:
    """Sleeps until the outage has begun."""
    time.sleep(max(0.0, float(get_current_context()["params"]["when"]) - time.time()))


class Pause(BaseOperator):
    """Waits in the triggerer, and goes on where tasks run."""

    def __init__(self, *, seconds: int, late: bool, **options: Any) -> None:
        super().__init__(**options)
        self.seconds, self.late = seconds, late

    def execute(self, context: Any) -> None:
        """Gives up its slot, before the outage or in it."""
        if self.late:
            wait()
        trigger = TimeDeltaTrigger(timedelta(seconds=self.seconds))
        self.defer(trigger=trigger, method_name="resume")

    def resume(self, context: Any, event: Any) -> str:
        """The end."""
        return "resumed"


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False, params={"when": 0})
def outage() -> None:
    for executor in EXECUTORS:
        name = executor.removesuffix("Executor").lower()

        @task(task_id=f"ends_{name}", executor=executor)
        def ends() -> None:
            wait()

        @task(task_id=f"asks_{name}", executor=executor)
        def asks() -> str:
            wait()
            instance = get_current_context()["ti"]
            instance.xcom_push(key="said", value="word")
            assert instance.xcom_pull(task_ids=instance.task_id, key="said") == "word"
            return str(Variable.get("missing", default="nothing"))

        ends()
        asks()
        # Not too soon: Airflow fails a task that is queued anew before the scheduler has heard of
        # its first half, which a loaded machine may take some seconds for.
        Pause(task_id=f"defers_{name}", seconds=20, late=True, executor=executor)
        Pause(task_id=f"fires_{name}", seconds=130, late=False, executor=executor)


outage()

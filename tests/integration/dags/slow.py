"""Tasks that take as long as the run's ``seconds`` say: one in a shell, one in Python."""
# mypy: allow-untyped-decorators

import time
from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import dag, get_current_context, task


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False, params={"seconds": 20})
def slow() -> None:
    @task
    def in_python() -> None:
        time.sleep(int(get_current_context()["params"]["seconds"]))

    in_shell = BashOperator(task_id="in_shell", bash_command="sleep {{ params.seconds }}")
    after = BashOperator(task_id="after", bash_command="echo done")
    [in_shell, in_python()] >> after


slow()

"""The classic tutorial in the style of Airflow 3: three tasks, a template, a small data flow."""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import dag, task

GREETINGS = """
{% for number in range(3) %}
echo "{{ dag_run.run_after | ds }}: greeting {{ number }} of {{ params.greetings }}"
{% endfor %}
"""


@dag(
    schedule="@daily",
    start_date=datetime(2015, 1, 1),
    catchup=False,
    default_args={"retries": 1, "retry_delay": timedelta(seconds=30)},
    params={"greetings": 3},
    tags=["example"],
)
def tutorial() -> None:
    """Prints the date, sleeps a little, and adds up what it saw."""
    print_date = BashOperator(task_id="print_date", bash_command="date")
    sleep = BashOperator(task_id="sleep", bash_command="sleep 2")
    templated = BashOperator(task_id="templated", bash_command=GREETINGS)

    @task
    def measure() -> dict[str, int]:
        return {"rows": 3, "errors": 0}

    @task
    def report(measured: dict[str, int]) -> None:
        print(f"{measured['rows']} rows, {measured['errors']} errors")

    print_date >> [sleep, templated] >> report(measure())


tutorial()

"""A task that counts what it has loaded, beside the metrics that Airflow sends of it."""
# mypy: allow-untyped-decorators

from datetime import datetime

from airflow.sdk import dag, task
from airflow.sdk.observability.stats import Stats


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False)
def orders() -> None:
    @task
    def load(country: str) -> int:
        number = 3
        Stats.incr(f"orders.{country}.loaded", number)
        return number

    load.expand(country=["de", "fr"])


orders()

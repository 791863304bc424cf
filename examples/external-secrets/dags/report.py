"""Reads a connection and a variable that are in Vault alone."""

from datetime import datetime

from airflow.sdk import Connection, Variable, dag, task


@dag(schedule=None, start_date=datetime(2015, 1, 1), catchup=False)
def report() -> None:
    @task
    def send() -> str:
        crm = Connection.get("crm")
        return f"{Variable.get('region')}: {crm.login} at {crm.host}"

    send()


report()

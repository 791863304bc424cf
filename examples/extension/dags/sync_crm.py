"""A task that needs two secrets: each run has what Vault says at the time."""

from datetime import datetime

from airflow.sdk import Variable, dag, task


@dag(schedule=None, start_date=datetime(2026, 1, 1))
def sync_crm() -> None:
    @task
    def sync() -> None:
        account, token = Variable.get("crm_account"), Variable.get("crm_token")
        if not token:
            raise ValueError(f"the token of {account} is empty")
        print(f"synchronizes {account} with a token of {len(token)} characters")

    sync()


sync_crm()

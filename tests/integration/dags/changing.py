"""A DAG that a test changes; its name says which text the pods have."""

from datetime import datetime

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

VERSION = "first"

with DAG(f"changing_{VERSION}", schedule=None, start_date=datetime(2015, 1, 1), catchup=False):
    BashOperator(task_id="hello", bash_command=f"echo this is the {VERSION} text")

"""The old "ad hoc query": SQL on a connection that the bundle describes."""

from datetime import datetime

from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.sdk import dag


@dag(schedule=None, start_date=datetime(2015, 1, 1), params={"sql": "SELECT 1"})
def ad_hoc_query() -> None:
    SQLExecuteQueryOperator(task_id="query", conn_id="mysql_default", sql="{{ params.sql }}")


ad_hoc_query()

"""Reads connections and variables of the bundle as users do; credentials leave as digests."""
# mypy: allow-untyped-decorators

from datetime import datetime
from hashlib import sha256
from typing import Any

from airflow.providers.postgres.hooks.postgres import PostgresHook
from airflow.sdk import BaseHook, Connection, Variable, dag, get_current_context, task


def digest(text: str | None) -> str:
    """What tells one credential from another, and nothing of it."""
    return sha256((text or "").encode()).hexdigest()


def form(connection: Any) -> dict[str, object]:
    """A connection, its password as a digest."""
    names = ("conn_type", "host", "port", "login", "schema")
    open_parts = {name: getattr(connection, name) for name in names}
    return {**open_parts, "password": digest(connection.password)}


@dag(
    schedule=None,
    start_date=datetime(2015, 1, 1),
    catchup=False,
    tags=[Variable.get("team")],
)
def configured() -> None:
    @task
    def read(rendered: str) -> dict[str, object]:
        by_uri, by_parts = BaseHook.get_connection("by_uri"), Connection.get("by_parts")
        print(f"below the path; the password is {by_parts.password} or {by_uri.password}")
        session = by_parts.extra_dejson["session"]
        return {
            "by_uri": form(by_uri),
            "by_parts": form(by_parts),
            "extra": {**by_parts.extra_dejson, "session": {"token": digest(session["token"])}},
            "text": Variable.get("text"),
            "limits": Variable.get("limits", deserialize_json=True),
            "report": digest(Variable.get("report")),
            "rendered": rendered,
            "log_url": get_current_context()["ti"].log_url,
        }

    @task
    def query() -> str:
        return str(PostgresHook("warehouse").get_first("select current_user")[0])

    read("{{ var.value.team }} {{ var.json.limits.rows }} {{ conn.by_parts.host }}")
    query()


configured()

"""Writes Airflow's audit log to the output of its processes too, one JSON object a line.

`[database] sql_alchemy_connect_args_async` names `asynchronous` here, so whatever opens the
database imports it. Airflow keeps the audit log as rows of the table `log`: each is a line once it
is committed. Servers write it to their standard output. Commands write it to their standard error,
so that scripts can read what they print.

Values of connections, variables and users' passwords, and of all options of a command, are left
out, whatever Airflow keeps of them in the table.
"""

import json
import sys
from datetime import datetime, timezone
from typing import Any

from airflow.utils import cli_action_loggers
from cdk8s_airflow_database import asynchronous as asynchronous
from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

SERVERS = frozenset({"api-server", "celery", "dag-processor", "scheduler", "triggerer"})
"""Commands whose standard output is the log of their pod."""

FIELDS = ("owner", "owner_display_name", "dag_id", "task_id", "run_id", "map_index", "try_number")

PENDING = "cdk8s_airflow_audit"
"""Where a session keeps the rows that it has not committed."""

HIDDEN = "***"
VALUES = {
    "connection": frozenset({"extra", "password", "uri"}),
    "variable": frozenset({"val", "value"}),
}
"""Word in the name of an event -> the fields whose values may be secret."""
ALWAYS = frozenset({"access_token", "client_secret", "password", "refresh_token", "token"})


def write(what: dict[str, Any]) -> None:
    """Writes a line, in one piece, as several threads and processes share the output."""
    text = json.dumps({"logger": "audit", **what}, default=str)
    output = sys.stdout if sys.argv[1:2] and sys.argv[1] in SERVERS else sys.stderr
    output.write(f"{text}\n")
    output.flush()


def without_values(found: Any, fields: frozenset[str]) -> Any:
    """The same without the values of these fields, at any depth; keys of mappings stay."""
    if isinstance(found, list):
        return [without_values(item, fields) for item in found]
    if not isinstance(found, dict):
        return found
    return {
        name: hidden(value) if name.lower() in fields else without_values(value, fields)
        for name, value in found.items()
    }


def hidden(value: Any) -> Any:
    """Which fields a value has, if it has any; nothing of what is in them."""
    return dict.fromkeys(value, HIDDEN) if isinstance(value, dict) else HIDDEN


def details(name: str, extra: str | None) -> Any:
    """What Airflow notes beside, without secrets."""
    if not extra:
        return None
    try:
        found = json.loads(extra)
    except ValueError:
        return extra
    fields = [ALWAYS, *(fields for word, fields in VALUES.items() if word in name)]
    return without_values(found, frozenset().union(*fields))


def said(row: Any) -> dict[str, Any]:
    """A row of the table, without its empty columns."""
    found = {name: getattr(row, name) for name in FIELDS}
    what = {"timestamp": row.dttm.isoformat(), "event": row.event, **found}
    what["extra"] = details(row.event, row.extra)
    return {name: value for name, value in what.items() if value is not None}


def collect(session: Session, context: object) -> None:
    """Notes the rows that a session has written."""
    rows = [item for item in session.new if getattr(item, "__tablename__", "") == "log"]
    if rows:
        session.info.setdefault(PENDING, []).extend((row, said(row)) for row in rows)


def committed(session: Session) -> None:
    """Writes the rows that have stayed; those of a savepoint wait for the transaction."""
    if session.in_nested_transaction():
        return
    for row, what in session.info.pop(PENDING, ()):
        if inspect(row).persistent or inspect(row).detached:
            write(what)


def rolled_back(session: Session) -> None:
    """Forgets the rows of a transaction that failed."""
    session.info.pop(PENDING, None)


def commanded(sub_command: str, user: str, full_command: str, **more: Any) -> None:
    """Writes a command: its words and the names of its options, without the values of these."""
    words = sys.argv[1:]
    options = [word.partition("=")[0] for word in words if word.startswith("-")]
    first = next((n for n, word in enumerate(words) if word.startswith("-")), len(words))
    now = datetime.now(timezone.utc).isoformat()
    what = {"timestamp": now, "event": f"cli_{sub_command}", "owner": user}
    what |= {name: more[name] for name in ("dag_id", "task_id") if more.get(name)}
    command = ["airflow", *words[: min(first, 3)], *options]
    write({**what, "extra": {"command": " ".join(command), "host_name": more.get("host_name")}})


event.listen(Session, "after_flush", collect)
event.listen(Session, "after_commit", committed)
event.listen(Session, "after_rollback", rolled_back)
cli_action_loggers.register_pre_exec_callback(commanded)

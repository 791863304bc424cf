"""Deletes old rows of the metadata database by `airflow db clean`, one run at a time.

Usage: python clean_database.py KEEP_DAYS [OPTION ...]

The options are those of the command. Further settings, in JSON, are in the variable CLEANUP:
`of` is table -> days that its rows are kept, and `archives` the days that the tables with copies
are kept, which Airflow can only drop all at once. It exits with the command's code; an Airflow that
can fail when a table was not cleaned does so, which Airflow can from 3.2 on.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone

import database
from database_lock import locked

COMMAND = ("airflow", "db", "clean")
FAIL, DRY, TABLES = "--error-on-cleanup-failure", "--dry-run", "--tables"
ARCHIVE = re.compile(r"_airflow_deleted__\w+__(\d{14})(?:__b\d+)?", re.ASCII)
ARCHIVES = """
select table_name from information_schema.tables
where table_name like '%airflow_deleted__%' and table_schema = {schema}
"""
ALL = "import airflow.utils.db_cleanup as each; print('tables:', *each.config_dict)"


def command(days: float, options: list[str], text: str, now: datetime) -> list[str]:
    """The command line.

    Args:
        days: what is younger stays.
        options: of the command.
        text: its help, which tells what it knows.
        now: the present time.
    """
    before = now - timedelta(days=days)
    known = [FAIL] if FAIL in text else []
    return [*COMMAND, "--yes", "--clean-before-timestamp", before.isoformat(), *known, *options]


def split(
    days: float, of: Mapping[str, float], options: list[str]
) -> Iterator[tuple[float, list[str]]]:
    """Days and options of each run: the tables with days of their own, and the others before them.

    Args:
        days: of the other tables.
        of: table -> its own days.
        options: of the command.
    """
    if not of:
        yield days, options
        return
    options, tables = list(options), None
    if TABLES in options:
        at = options.index(TABLES)
        tables = options[at + 1].split(",")
        del options[at : at + 2]
    others = [each for each in tables or all_tables() if each not in of]
    by_days: dict[float, list[str]] = defaultdict(list)
    for table, own in of.items():
        by_days[own].append(table)
    for some_days, names in (*([(days, others)] if others else []), *sorted(by_days.items())):
        yield some_days, [*options, TABLES, ",".join(names)]


def all_tables() -> list[str]:
    """The tables that this Airflow can clean."""
    done = subprocess.run([sys.executable, "-c", ALL], capture_output=True, text=True, check=True)
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("tables:"))
    return line.split()[1:]


def drop_archives(days: float, now: datetime, dry: bool) -> None:
    """Drops the tables with copies of deleted rows that are older, those of broken runs too.

    Args:
        days: what is younger stays.
        now: the present time.
        dry: only tell them.

    Raises:
        DatabaseError: when the server does not take it.
    """
    schema = "database()" if database.kind() == "mysql" else "current_schema()"
    names = [str(name) for (name,) in database.run(ARCHIVES.format(schema=schema))]
    for name in sorted(names):
        found = ARCHIVE.fullmatch(name)
        if not found:
            continue
        made = datetime.strptime(found[1], "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
        if now - made > timedelta(days=days):
            print(f"would drop {name}" if dry else f"dropping {name}", flush=True)
            if not dry:
                database.run(f"drop table {name}")


def execute(words: list[str]) -> int:
    """Runs a command that ends with this process; its exit code."""
    print(*words, flush=True)
    with subprocess.Popen(words) as process:
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        return process.wait()


def main(days: float, options: list[str], settings: Mapping[str, object]) -> int:
    """Cleans; the exit code."""
    help_text = subprocess.run(
        [*COMMAND, "--help"], capture_output=True, text=True, check=True
    ).stdout
    if FAIL not in help_text:
        print("this Airflow does not fail when it cannot clean a table: read its log")
    now, code = datetime.now(timezone.utc), 0
    of, archives = settings.get("of") or {}, settings.get("archives")
    assert isinstance(of, dict)
    for each, more in split(days, of, options):
        code = max(code, abs(execute(command(each, more, help_text, now))))
    if isinstance(archives, (int, float)):
        drop_archives(archives, now, DRY in options)
    return code


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with locked("cdk8s-airflow-database-cleanup"):
            sys.exit(
                main(float(sys.argv[1]), sys.argv[2:], json.loads(os.environ.get("CLEANUP", "{}")))
            )
    except database.DatabaseError as error:
        sys.exit(f"the database does not answer: {error}")

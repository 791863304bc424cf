"""Old rows of the metadata database: the CronJob, its program, what is refused."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    DatabaseCleanup,
    NamespaceLimits,
    PgBouncer,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.kubernetes.jobs import TRY_AGAIN
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
PROGRAM = Path(cdk8s_airflow.__file__).parent / "programs" / "clean_database.py"
FAKES = Path(__file__).parent / "fake_packages"
AIRFLOW = """#!/bin/sh
case "$*" in *--help) echo "{help}";; *) printf '%s\\n' "$@"; exit {code};; esac
"""


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path)


def run(
    folder: Path,
    *args: str,
    help: str,
    code: int = 0,
    env: Mapping[str, str] | None = None,
    program: Path = PROGRAM,
) -> subprocess.CompletedProcess[str]:
    """The program, with a command `airflow` that prints its arguments, and a database."""
    (folder / "airflow").write_text(AIRFLOW.format(help=help, code=code))
    (folder / "airflow").chmod(0o755)
    (folder / "database").touch()
    return subprocess.run(
        [sys.executable, program, *args],
        env={
            "PATH": f"{folder}:{os.environ['PATH']}",
            "PYTHONPATH": str(FAKES),
            "AIRFLOW_HOME": str(folder),
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"other:///{folder}/database",
            **(env or {}),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_deletes_history_unless_it_is_wanted(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path)
    assert bundle.all("CronJob") == []
    assert "clean_database.py" not in str([each.get("data") for each in bundle.all("ConfigMap")])


def test_runs_do_not_overlap_wait_for_migrations_and_end_in_a_log(tmp_path: Path) -> None:
    cleanup = DatabaseCleanup(keep_days=30, batch_size=1000, tables=["log", "xcom"])
    bundle = bundle_of(tmp_path, database_cleanup=cleanup)
    spec = bundle.one("CronJob", "af1-database-cleanup")["spec"]
    assert spec["schedule"] == "30 3 * * 0"
    assert spec["concurrencyPolicy"] == "Forbid"
    assert (spec["successfulJobsHistoryLimit"], spec["failedJobsHistoryLimit"]) == (1, 1)
    pod = bundle.pod("CronJob", "af1-database-cleanup")
    assert pod.spec["restartPolicy"] == "Never"
    names = [each["name"] for each in pod.init_containers]
    assert names == ["wait-for-servers", "wait-for-migrations"]
    assert pod.main_containers[0]["command"][2:] == [
        *("30", "--skip-archive", "--batch-size", "1000", "--tables", "log,xcom")
    ]


def test_archives_are_kept_where_they_are_wanted(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, database_cleanup=DatabaseCleanup(skip_archive=False))
    assert bundle.container("CronJob", "af1-database-cleanup")["command"][2:] == ["90"]


def test_what_the_command_has_no_options_for_is_in_the_environment(tmp_path: Path) -> None:
    cleanup = DatabaseCleanup(
        keep_days_of={"log": 365}, drop_archives_after_days=30, dry_run=True, time_zone="Asia/Tokyo"
    )
    bundle = bundle_of(tmp_path, database_cleanup=cleanup)
    container = bundle.container("CronJob", "af1-database-cleanup")
    assert container["command"][2:] == ["90", "--dry-run", "--skip-archive"]
    (given,) = [each["value"] for each in container["env"] if each["name"] == "CLEANUP"]
    assert json.loads(given) == {"of": {"log": 365}, "archives": 30}
    spec = bundle.one("CronJob", "af1-database-cleanup")["spec"]
    assert spec["timeZone"] == "Asia/Tokyo"


def test_it_goes_straight_to_the_database(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, pgbouncer=PgBouncer(), database_cleanup=DatabaseCleanup())
    env = str(bundle.container("CronJob", "af1-database-cleanup")["env"])
    assert "@af1-postgresql-server:5432/airflow" in env
    assert "af1-pgbouncer" not in env


def test_it_rests_with_its_database(tmp_path: Path) -> None:
    for suspended, rests in ((True, True), ("tasks", None)):
        bundle = bundle_of(tmp_path, database_cleanup=DatabaseCleanup(), suspended=suspended)
        spec = bundle.one("CronJob", "af1-database-cleanup")["spec"]
        assert spec.get("suspend") is rests


def test_it_counts_in_the_quota_of_the_namespace(tmp_path: Path) -> None:
    limits = NamespaceLimits(maximum={"memory": "3Gi"})
    resources = {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "4Gi"}}
    with pytest.raises(RuntimeError, match="'database-cleanup' asks for 4Gi of memory"):
        bundle_of(
            tmp_path,
            namespace_limits=limits,
            database_cleanup=DatabaseCleanup(resources=resources),
        )


def test_the_time_is_that_of_the_run_and_failures_count(tmp_path: Path) -> None:
    done = run(tmp_path, "90", "--skip-archive", help="--error-on-cleanup-failure", code=3)
    assert done.returncode == 3
    words = done.stdout.splitlines()[1:]  # the first is the command, as told
    assert words[:3] == ["db", "clean", "--yes"]
    assert words[3] == "--clean-before-timestamp"
    assert words[5:] == ["--error-on-cleanup-failure", "--skip-archive"]
    before = datetime.now(timezone.utc) - datetime.fromisoformat(words[4])
    assert timedelta(days=90) <= before < timedelta(days=91)


def test_an_older_airflow_gets_no_option_that_it_does_not_know(tmp_path: Path) -> None:
    done = run(tmp_path, "90", help="--skip-archive")
    assert done.returncode == 0
    assert "--error-on-cleanup-failure" not in done.stdout
    assert "does not fail when it cannot clean a table" in done.stdout


def words_of(done: subprocess.CompletedProcess[str]) -> list[tuple[int, str]]:
    """Of each run of `airflow db clean`: how many days it keeps, and the tables."""
    assert done.returncode == 0, done.stderr
    found = []
    for words in done.stdout.split("airflow db clean --yes ")[1:]:
        line = words.splitlines()[0].split()
        before = datetime.now(timezone.utc) - datetime.fromisoformat(line[1])
        found.append((before.days, line[line.index("--tables") + 1]))
    return found


def test_tables_with_days_of_their_own_have_runs_of_their_own(tmp_path: Path) -> None:
    of = json.dumps({"of": {"log": 365, "xcom": 14, "job": 365}})
    done = run(tmp_path, "90", "--tables", "log,xcom,job,dag_run", help="", env={"CLEANUP": of})
    assert words_of(done) == [(90, "dag_run"), (14, "xcom"), (365, "log,job")]


def test_all_other_tables_are_those_that_this_airflow_knows(tmp_path: Path) -> None:
    module = tmp_path / "airflow_package" / "airflow" / "utils" / "db_cleanup.py"
    module.parent.mkdir(parents=True)
    for folder in (module.parent, module.parent.parent):
        (folder / "__init__.py").touch()
    module.write_text("print('a warning')\nconfig_dict = {'log': 1, 'new_table': 2, 'xcom': 3}\n")
    path = f"{module.parents[2]}:{FAKES}"
    env = {"CLEANUP": json.dumps({"of": {"log": 365}}), "PYTHONPATH": path}
    assert words_of(run(tmp_path, "90", help="", env=env)) == [(90, "new_table,xcom"), (365, "log")]


def test_one_waits_for_the_other(tmp_path: Path) -> None:
    # Longer than the wait of five seconds between two looks at the lock.
    env = {"DIALECT": "postgresql", "LOCKS": "0 1"}
    done = run(tmp_path, "90", help="", env=env)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    # A pooler may hand the server's connection on with the end of a transaction alone.
    assert lines[0] == "set local idle_in_transaction_session_timeout = 0"
    assert lines[1].startswith("select pg_try_advisory_xact_lock(")
    assert lines[2] == "another one runs: waiting for its end"
    assert lines[3] == lines[1]
    assert "airflow db clean" in done.stdout


def test_a_lock_of_mysql_is_of_one_database(tmp_path: Path) -> None:
    done = run(tmp_path, "90", help="", env={"DIALECT": "mysql", "LOCKS": "1"})
    assert done.stdout.startswith("select get_lock(concat(left(database(), 40), '")
    # MySQL refuses names of more than 64 characters.
    number = done.stdout.partition(", '")[2].partition("'")[0]
    assert 40 + len(number) <= 64


def test_who_waits_in_vain_tries_again(tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path[0:0] = [{str(PROGRAM.parent)!r}]\n"
        "import database_lock\nwith database_lock.locked('a', -1): print('never')"
    )
    (tmp_path / "database").touch()
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={
            "PYTHONPATH": str(FAKES),
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"other:///{tmp_path}/database",
            "DIALECT": "postgresql",
            "LOCKS": "0",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    # The Jobs do not count it as a try.
    assert done.returncode == TRY_AGAIN
    assert "never" not in done.stdout


def test_without_a_database_nothing_is_cleaned(tmp_path: Path) -> None:
    url = {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"other:///{tmp_path}/none"}
    done = run(tmp_path, "90", help="", env=url)
    assert done.returncode == 1
    assert "the database does not answer: connection refused" in done.stderr
    assert "db clean" not in done.stdout


@pytest.mark.parametrize("dry", [True, False])
def test_old_archives_are_dropped(tmp_path: Path, dry: bool) -> None:
    def stamp(days: float) -> str:
        return f"{datetime.now(timezone.utc) - timedelta(days=days):%Y%m%d%H%M%S}"

    old = [f"_airflow_deleted__log__{stamp(31)}", f"_airflow_deleted__dag_run__{stamp(31)}__b2"]
    kept = [
        f"_airflow_deleted__log__{stamp(29)}",
        *("_airflow_deleted__log", f"my_airflow_deleted__log__{stamp(31)}", "log"),
    ]
    source = (PROGRAM.read_text()).replace("information_schema.tables", "listed")
    source = source.replace("and table_schema = {schema}", "")
    with sqlite3.connect(tmp_path / "database") as database:
        for name in (*old, *kept):
            database.execute(f"create table {name} (a)")
        database.execute("create table listed (table_name)")
        database.executemany("insert into listed values (?)", [(each,) for each in (*old, *kept)])
    program = tmp_path / "clean.py"
    program.write_text(source)
    for name in ("database.py", "database_lock.py", "url.py"):
        (tmp_path / name).write_text((PROGRAM.parent / name).read_text())
    env = {"CLEANUP": json.dumps({"archives": 30})}
    options = ["--dry-run"] if dry else []
    done = run(tmp_path, "90", *options, help="", env=env, program=program)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "database") as database:
        left = {name for (name,) in database.execute("select name from sqlite_master")}
    assert {*kept, "listed"} | (set(old) if dry else set()) == left
    assert (f"would drop {old[0]}" if dry else f"dropping {old[0]}") in done.stdout


@pytest.mark.parametrize("schedule", ["@weekly", "*/5 * * * *", "0 4 1-7 JAN,JUL MON"])
def test_a_schedule_of_cron_passes(schedule: str) -> None:
    assert DatabaseCleanup(schedule=schedule).schedule == schedule


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"keep_days": 0}, r"DatabaseCleanup\(keep_days=0\): expected 1 or more"),
        ({"batch_size": 0}, r"DatabaseCleanup\(batch_size=0\): expected 1 or more"),
        ({"schedule": "weekly"}, "expected the five fields of cron"),
        ({"schedule": "0 3 * *"}, "expected the five fields of cron"),
        ({"tables": []}, "cleans nothing: name a table"),
        ({"drop_archives_after_days": -1}, r"days=-1\): expected 0 or more"),
        (
            {"time_zone": "Europe/Berlln"},
            r"DatabaseCleanup\(time_zone='Europe/Berlln'\): .*did you mean 'Europe/Berlin'",
        ),
        ({"tables": ["logs"]}, "has 'logs', which Airflow cannot clean; did you mean 'log'"),
        ({"keep_days_of": {"lo g": 1}}, "has 'lo g': expected the name of a table"),
        ({"keep_days_of": {"xcoms": 1}}, "keep_days_of=...\\) has 'xcoms', which"),
        ({"keep_days_of": {"log": 0}}, r"keep_days_of=\{'log': 0\}\): expected 1 or more"),
        (
            {"tables": ["xcom"], "keep_days_of": {"log": 9}},
            r"tables=\['xcom'\] does not clean it",
        ),
        # Airflow cleans what refers to a row with it.
        (
            {"keep_days_of": {"xcom": 365}},
            r"keep_days_of=\{'xcom': 365\}\): its rows go with those of 'dag', which stay 90 days",
        ),
        ({"tables": ["log; drop"]}, "has 'log; drop': expected the name of a table"),
    ],
)
def test_what_cannot_work_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DatabaseCleanup(**given)


@pytest.mark.parametrize(
    "given",
    [
        # Nothing that is kept for a shorter time takes these along.
        {"keep_days_of": {"log": 365, "job": 1, "xcom": 14}},
        {"keep_days": 30, "tables": ["log", "xcom"], "keep_days_of": {"xcom": 365}},
        # Another version of Airflow may know it.
        {"tables": ["quite_another"]},
    ],
)
def test_what_works_is_taken(given: dict[str, Any]) -> None:
    DatabaseCleanup(**given)

"""Old rows of the metadata database: the CronJob, its program, what is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from bundle.synthesize import synthesize
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

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
PROGRAM = Path(cdk8s_airflow.__file__).parent / "programs" / "clean_database.py"
AIRFLOW = """#!/bin/sh
case "$*" in *--help) echo "{help}";; *) printf '%s\\n' "$@"; exit {code};; esac
"""


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path)


def run(folder: Path, *args: str, help: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """The program, with a command `airflow` that prints its arguments."""
    (folder / "airflow").write_text(AIRFLOW.format(help=help, code=code))
    (folder / "airflow").chmod(0o755)
    return subprocess.run(
        [sys.executable, PROGRAM, *args],
        env={"PATH": f"{folder}:{os.environ['PATH']}"},
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
    words = done.stdout.splitlines()[1:]
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
        ({"tables": ["log; drop"]}, "has 'log; drop': expected the name of a table"),
    ],
)
def test_what_cannot_work_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DatabaseCleanup(**given)

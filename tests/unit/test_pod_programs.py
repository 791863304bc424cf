"""The programs that use SQLAlchemy, Celery or psycopg2, on packages that stand in for these.

With the real ones, Airflow and servers they run in tests/integration.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

import cdk8s_airflow

pytestmark = pytest.mark.slow

PROGRAMS = Path(cdk8s_airflow.__file__).parent / "programs"
PACKAGES = Path(__file__).with_name("fake_packages")
HOST = socket.gethostname()


def run(name: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(PROGRAMS / f"{name}.py"), *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PACKAGES), **env},
        capture_output=True,
        text=True,
        timeout=60,
    )


SCHEMES = ("sqlite", "postgresql+psycopg2")
"""How URLs begin of a database that SQLAlchemy asks, and of one that its driver asks alone."""


def database(scheme: str, folder: Path, *jobs: tuple[str, str, str, float | None]) -> str:
    """A database with jobs: type, host, state, age of the heartbeat in seconds."""
    path = folder / "airflow.db"
    with sqlite3.connect(path) as connection:
        connection.execute("create table job (job_type, hostname, state, latest_heartbeat)")
        for kind, host, state, age in jobs:
            beat = age and str(
                datetime.now(timezone.utc).replace(tzinfo=None) - timedelta(seconds=age)
            )
            connection.execute("insert into job values (?, ?, ?, ?)", (kind, host, state, beat))
    return f"{scheme}:///{path}"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("jobs", "says"),
    [
        ([("TriggererJob", HOST, "running", 5)], ""),
        ([("TriggererJob", f"{HOST}.af1-triggerer", "running", 5)], ""),
        ([("TriggererJob", HOST, "running", n) for n in (900, 5)], ""),
        ([("TriggererJob", HOST, "running", 900)], "heartbeat of TriggererJob is 9"),
        ([("TriggererJob", HOST, "failed", 5)], "has no running TriggererJob"),
        ([("TriggererJob", f"{HOST}0", "running", 5)], "has no running TriggererJob"),
        ([("SchedulerJob", HOST, "running", 5)], "has no running TriggererJob"),
        ([("TriggererJob", HOST, "running", None)], "has no running TriggererJob"),
        ([], "has no running TriggererJob"),
    ],
)
def test_a_job_is_alive_by_a_fresh_heartbeat_of_its_own_host(
    tmp_path: Path, scheme: str, jobs: list[tuple[str, str, str, float | None]], says: str
) -> None:
    url = database(scheme, tmp_path, *jobs)
    done = run("job_probe", "TriggererJob", "300", AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=url)
    assert done.returncode == bool(says), done.stderr
    assert says in done.stderr


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_token_takes_the_place_of_a_password(tmp_path: Path, scheme: str) -> None:
    url = database(scheme, tmp_path, ("TriggererJob", HOST, "running", 5))
    words = ["sh", "-c", "echo of:$TOKEN_HOST"]
    login = json.dumps({"kind": "command", "command": words, "lifetime": 0})
    env = {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": url, "DATABASE_LOGIN": login}
    done = run("job_probe", "TriggererJob", "300", **env)
    assert (done.returncode, done.stdout) == (0, "by {'password': 'of:'}\n")
    env["DATABASE_LOGIN"] = login.replace('"sh"', '"false"')
    done = run("job_probe", "TriggererJob", "300", **env)
    assert done.stderr.startswith("the database does not answer: no token: CalledProcessError")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_database_that_is_away_fails_the_probe_of_a_job(tmp_path: Path, scheme: str) -> None:
    away = f"{scheme}:///{tmp_path}/nowhere"
    done = run("job_probe", "TriggererJob", "300", AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=away)
    assert done.returncode == 1
    assert done.stderr == "the database does not answer: connection refused\n"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_wait_for_the_database_ends_and_says_why(tmp_path: Path, scheme: str) -> None:
    away = f"{scheme}:///{tmp_path}/nowhere"
    done = run("wait_for_database", "0", AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=away)
    assert done.returncode == os.EX_TEMPFAIL
    assert done.stderr == "the database did not answer in time: connection refused\n"


def test_the_wait_goes_on_when_the_database_comes_and_leaves_migrations_the_rest_of_the_time(
    tmp_path: Path,
) -> None:
    coming = threading.Timer(1, lambda: (tmp_path / "airflow.db").touch())
    coming.start()
    done = run("wait_for_database", "50", "--migrations", **airflow_env(tmp_path, "sqlite"))
    coming.join()
    assert done.returncode == 0, done.stderr
    assert "waiting for the database: connection refused" in done.stdout
    *_, last = done.stdout.splitlines()
    assert last.startswith("db check-migrations --migration-wait-timeout ")
    assert 0 < int(last.split()[-1]) < 50


def airflow_env(folder: Path, scheme: str, does: str = "exit 0") -> dict[str, str]:
    """A database that may come to be, and an Airflow that says how it is called."""
    program = folder / "airflow"
    program.write_text(f'#!/bin/sh\necho "$@"\n{does}\n')
    program.chmod(0o755)
    return {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"{scheme}:///{folder}/airflow.db",
    }


def migrations(folder: Path, *statements: str) -> dict[str, str]:
    """A PostgreSQL, and an Airflow whose `db migrate` runs these statements there."""
    (folder / "airflow.db").touch()
    script = folder / "script.sql"
    script.write_text(";".join(statements))
    code = (
        "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(open(sys.argv[2]).read())"
    )
    does = (
        f'[ "$2" = migrate ] || exit 0\n{sys.executable} -c "{code}" {folder}/airflow.db {script}'
    )
    return airflow_env(folder, "postgresql+psycopg2", does)


TABLES = (
    "create table alembic_version (version_num)",
    "insert into alembic_version values ('1')",
    "create table alembic_version_fab (version_num)",
    "insert into alembic_version_fab values ('7')",
)


def test_migrations_leave_a_note_by_which_others_need_no_airflow(tmp_path: Path) -> None:
    env = migrations(tmp_path, *TABLES)
    assert run("migrate", "5", "airflow", "db", "migrate", **env).stdout == "db migrate\n"
    done = run("wait_for_database", "5", "--migrations", **env)
    assert (done.returncode, done.stdout) == (0, ""), "Airflow is not asked"


def test_they_wait_for_the_note_of_migrations_that_are_under_way(tmp_path: Path) -> None:
    env = migrations(tmp_path, *TABLES)
    coming = threading.Timer(2, lambda: run("migrate", "5", "airflow", "db", "migrate", **env))
    coming.start()
    begun = time.monotonic()
    done = run("wait_for_database", "50", "--migrations", **env)
    coming.join()
    assert (done.returncode, done.stdout) == (0, "waiting for the migrations\n")
    assert 1.5 < time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "change",
    [
        "update alembic_version set version_num = '0'",
        "update alembic_version_fab set version_num = '8'",
        "create table alembic_version_edge (version_num);"
        "insert into alembic_version_edge values ('1')",
        "update comments set text = 'migrated by another image'",
    ],
    ids=["downgraded", "a provider's tables", "another provider", "another image"],
)
def test_a_note_on_other_versions_means_nothing(tmp_path: Path, change: str) -> None:
    env = migrations(tmp_path, *TABLES)
    run("migrate", "5", "airflow", "db", "migrate", **env)
    with sqlite3.connect(tmp_path / "airflow.db") as connection:
        connection.executescript(change)
    done = run("wait_for_database", "50", "--migrations", **env)
    assert done.stdout.startswith("db check-migrations --migration-wait-timeout 4"), "at once"


def test_airflow_is_asked_at_once_where_others_have_migrated(tmp_path: Path) -> None:
    env = migrations(tmp_path)
    with sqlite3.connect(tmp_path / "airflow.db") as connection:
        connection.executescript(";".join(TABLES))
    begun = time.monotonic()
    done = run("wait_for_database", "50", "--migrations", **env)
    assert done.stdout.startswith("db check-migrations --migration-wait-timeout 4")
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("option", "value"), [("EXTERNAL_DB_MANAGERS", "team.Manager"), ("SQL_ALCHEMY_SCHEMA", "team")]
)
def test_airflow_is_asked_where_there_are_tables_that_a_note_would_not_know(
    tmp_path: Path, option: str, value: str
) -> None:
    env = migrations(tmp_path, *TABLES)
    env[f"AIRFLOW__DATABASE__{option}"] = value
    assert run("migrate", "5", "airflow", "db", "migrate", **env).returncode == 0
    done = run("wait_for_database", "50", "--migrations", **env)
    assert done.stdout.startswith("db check-migrations --migration-wait-timeout 4")


def test_airflow_is_asked_in_the_end_where_an_empty_database_stays_so(tmp_path: Path) -> None:
    done = run("wait_for_database", "2", "--migrations", **migrations(tmp_path))
    first, last = done.stdout.splitlines()
    assert first == "waiting for the migrations"
    assert last == "db check-migrations --migration-wait-timeout 1"


def test_migrations_that_do_not_come_in_time_are_no_failure_of_a_job(tmp_path: Path) -> None:
    (tmp_path / "airflow.db").touch()
    env = airflow_env(tmp_path, "postgresql+psycopg2", "exit 1")
    done = run("wait_for_database", "1", "--migrations", **env)
    assert done.returncode == os.EX_TEMPFAIL
    assert "db check-migrations" in done.stdout


def test_migrations_that_fail_leave_no_note_and_one_that_cannot_be_written_is_no_failure(
    tmp_path: Path,
) -> None:
    env = migrations(tmp_path, "select nothing from nowhere")
    assert run("migrate", "5", "airflow", "db", "migrate", **env).returncode == 1
    with sqlite3.connect(tmp_path / "airflow.db") as connection:
        assert connection.execute("select * from comments").fetchall() == []
    (tmp_path / "script.sql").write_text("create table alembic_version (another_column)")
    done = run("migrate", "5", "airflow", "db", "migrate", **env)
    assert done.returncode == 0, done.stderr
    assert "no note of it in the database, so others ask Airflow: no such column" in done.stdout


def test_whatever_may_have_tables_counts_as_a_provider(tmp_path: Path) -> None:
    for name in ("apache_airflow_core-3.3.2", "celery-5.5", "team_provider-1", "tools-2"):
        (tmp_path / f"{name}.dist-info").mkdir()
    entry = "[apache_airflow_provider]\nprovider_info = team:info\n"
    (tmp_path / "team_provider-1.dist-info" / "entry_points.txt").write_text(entry)
    (tmp_path / "tools-2.dist-info" / "entry_points.txt").write_text("[console_scripts]\n")
    code = (
        "import sys, pathlib, importlib; name, folder = sys.argv[1:];"
        "print(*importlib.import_module(name).providers(pathlib.Path(folder)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "migrated", str(tmp_path)],
        env={"PYTHONPATH": str(PROGRAMS)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "apache_airflow_core-3.3.2.dist-info team_provider-1.dist-info\n"


def airflow(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    """An Airflow that opens a connection, with the module that its settings name."""
    path = os.pathsep.join([str(PACKAGES), str(PROGRAMS)])
    return subprocess.run(
        [sys.executable, "-m", "airflow", *arguments],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": path, **env},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_process_that_ends_without_its_database_waits_for_it() -> None:
    done = airflow(FAILS="2", RECONNECT_SECONDS="30")
    assert done.stdout == "db:5432 at try 3\n", done.stderr
    assert done.stderr == "waiting for the database: connection refused\n", "once in ten seconds"


def test_it_does_not_wait_for_ever_and_only_for_the_server() -> None:
    done = airflow(FAILS="1000", RECONNECT_SECONDS="1")
    assert done.returncode == 1
    assert done.stderr.endswith("OperationalError: connection refused\n")
    done = airflow(FAILS="otherwise", RECONNECT_SECONDS="30")
    assert done.stderr.endswith("ValueError: no fault of the server\n")
    assert "waiting" not in done.stderr


def test_it_leaves_asynchronous_connections_to_sqlalchemy() -> None:
    assert airflow(FAILS="1000", ASYNC="yes", RECONNECT_SECONDS="30").stdout == "None\n"


def test_other_processes_answer_at_once_that_there_is_no_database() -> None:
    assert airflow(FAILS="1000").stdout == "nobody is asked\n"


LOCK = "select pg_try_advisory_xact_lock_shared(5432001)\n"


def test_a_connection_is_used_with_a_lock_that_a_server_that_stops_gives_to_nobody() -> None:
    """It is asked again, not given back, so that it is idle and the server can close it."""
    assert airflow(LOCKS="yes", RECONNECT_SECONDS="30").stdout == f"{LOCK}used\n"
    done = airflow(LOCKS="no yes", RECONNECT_SECONDS="30")
    assert done.stdout == f"{LOCK}rollback\n{LOCK}used\n"


def test_a_connection_that_the_server_closes_is_replaced_by_another() -> None:
    done = airflow(LOCKS="yes no broken", TIMES="2", RECONNECT_SECONDS="30").stdout
    assert done.startswith(f"{LOCK}{LOCK}rollback\n{LOCK}another connection, please: ")
    done = airflow(LOCKS=" no" * 9, RECONNECT_SECONDS="1").stdout
    assert done.endswith("another connection, please: DisconnectionError('the server stops')\n")
    assert done.count(LOCK) == 2, "it does not wait for ever"


def test_a_new_connection_that_breaks_at_once_is_no_affair_of_the_pool() -> None:
    """It would say "This connection is closed", and no code of Airflow tries that again."""
    done = airflow(LOCKS="broken", RECONNECT_SECONDS="30").stdout
    assert done == f"{LOCK}the driver's error: KeyError('broken')\n"


def test_other_databases_know_no_such_lock() -> None:
    assert airflow(LOCKS="", DRIVER="MySQLdb", RECONNECT_SECONDS="30").stdout == "used\n"
    assert airflow(LOCKS="", DATABASE="of a hook", RECONNECT_SECONDS="30").stdout == "used\n"
    done = airflow(LOCKS="unknown", RECONNECT_SECONDS="30")
    assert done.stdout == f"{LOCK}rollback\nused\n", "and they are used without"


@pytest.mark.parametrize("how", ["yes", "pending 8s2b"])
@pytest.mark.parametrize("command", ["scheduler", "dag-processor", "triggerer"])
def test_a_process_whose_connection_breaks_in_use_begins_anew_once_a_minute(
    command: str, how: str
) -> None:
    done = airflow(command, BREAKS=how, RECONNECT_SECONDS="30")
    assert (done.returncode, done.stdout) == (1, "it runs\n" * 2)
    assert done.stderr.count("the connection to the database broke: beginning anew") == 1
    assert done.stderr.count("Error: in use") == 2, "what broke is told"
    long_ago = airflow(command, BREAKS=how, BEGUN_ANEW="-1000000", RECONNECT_SECONDS="30")
    assert long_ago.stdout == "it runs\n" * 2


def test_what_a_user_starts_and_what_ends_otherwise_does_not_begin_anew() -> None:
    for words, env in (
        (["dags", "trigger", "scheduler"], {"BREAKS": "yes", "RECONNECT_SECONDS": "30"}),
        (["scheduler"], {"BREAKS": "no", "RECONNECT_SECONDS": "30"}),
        (["scheduler"], {"BREAKS": "pending 7s2a", "RECONNECT_SECONDS": "30"}),
        (["api-server"], {"BREAKS": "yes"}),
    ):
        assert airflow(*words, **env).stdout == "it runs\n"


@pytest.mark.parametrize(
    ("broker", "code", "says"),
    [
        ("alive", 0, "pong"),
        ("dead", 1, f"celery@{HOST} does not answer"),
        ("away", 0, "the broker does not answer: ConnectionRefusedError"),
        ("silent", 0, "the broker is silent"),
    ],
)
def test_a_worker_is_blamed_for_its_own_silence_and_not_for_the_brokers(
    broker: str, code: int, says: str
) -> None:
    done = run("worker_probe", "1", AIRFLOW__CELERY__BROKER_URL=f"redis://:pw@{broker}:6379/0")
    assert done.returncode == code, done.stderr
    assert says in done.stdout + done.stderr + ("pong" if broker == "alive" else "")
    assert "pw" not in done.stdout + done.stderr
    assert "broker-password" not in done.stdout + done.stderr


def test_the_probe_of_a_worker_asks_it_alone_as_airflow_would(tmp_path: Path) -> None:
    options = "AIRFLOW__CELERY_BROKER_TRANSPORT_OPTIONS__"
    done = run(
        "worker_probe",
        "1",
        AIRFLOW__CELERY__BROKER_URL="amqps://u:p@alive:5671/v",
        AIRFLOW__CELERY__SSL_ACTIVE="True",
        AIRFLOW__CELERY__SSL_CACERT="/ca.crt",
        PASSWORD='a"b',
        **{
            f"{options}MASTER_NAME": "m",
            f"{options}VISIBILITY_TIMEOUT": "86400",
            "AIRFLOW__CELERY__EXTRA_CELERY_CONFIG": '{"control_queue_durable": true}',
            f"{options}SENTINEL_KWARGS_CMD": (
                f'{sys.executable} {PROGRAMS}/url.py --json \'{{"password": "{{PASSWORD}}"}}\''
            ),
        },
    )
    assert done.returncode == 0, done.stderr
    asked = json.loads(done.stdout)
    assert asked["destination"] == [f"celery@{HOST}"]
    assert asked["broker_transport_options"] == {
        "master_name": "m",
        "visibility_timeout": 86400,
        "sentinel_kwargs": {"password": 'a"b'},
    }
    assert asked["broker_use_ssl"] == {"cert_reqs": 2, "ca_certs": "/ca.crt"}
    assert asked["control_queue_durable"] is True


@pytest.mark.parametrize("exists", ["", "pg_roles pg_database"])
def test_the_database_of_results_is_made_once_and_its_role_sees_nothing_else(exists: str) -> None:
    done = run(
        "result_database",
        "airflow_results",
        EXISTS=exists,
        RESULT_BACKEND_PASSWORD="it's / secret",
        AIRFLOW__DATABASE__SQL_ALCHEMY_CONN="postgresql://airflow:m%2Fp@db:5432/airflow"
        "?connect_timeout=5&application_name=a%26b",
    )
    assert done.returncode == 0, done.stderr
    *calls, _ = done.stdout.splitlines()
    connect, *statements, close = [json.loads(call) for call in calls]
    assert connect[1]["password"] == "m/p"
    assert (connect[1]["connect_timeout"], connect[1]["application_name"]) == ("5", "a&b")
    assert close == ["close"]
    texts = [statement for statement, *_ in statements]
    made = {
        'create role "airflow_results"',
        'create database "airflow_results" owner "airflow_results"',
    }
    assert set(texts) & made == (set() if exists else made)
    (alter,) = [text for text in texts if text.startswith("alter role")]
    assert (
        "nosuperuser nocreatedb nocreaterole password 'scram-sha-256:airflow_results:13'" in alter
    )
    closed = {text.split('"')[1] for text in texts if text.startswith("revoke connect, temporary")}
    assert closed == {"airflow", "airflow_results", "postgres", "template1"}
    assert "it's / secret" not in done.stdout


def test_a_further_role_of_the_results_does_all_as_their_owner() -> None:
    done = run(
        "result_database",
        "airflow_results",
        "airflow_results_2=RESULT_BACKEND_PASSWORD_2",
        EXISTS="pg_roles pg_database",
        RESULT_BACKEND_PASSWORD_2="two",
        AIRFLOW__DATABASE__SQL_ALCHEMY_CONN="postgresql://airflow:p@db:5432/airflow",
    )
    assert done.returncode == 0, done.stderr
    texts = [json.loads(line)[0] for line in done.stdout.splitlines()[:-1]]
    owner = 'alter role "airflow_results" login nosuperuser nocreatedb nocreaterole password NULL'
    assert owner in texts, "the first password is no longer known"
    assert texts[-4:-1] == [
        'alter role "airflow_results_2" login nosuperuser password '
        "'scram-sha-256:airflow_results_2:3'",
        'grant "airflow_results" to "airflow_results_2"',
        "alter role \"airflow_results_2\" set role = 'airflow_results'",
    ]


@pytest.mark.parametrize(
    ("roles", "refused", "maker", "first"),
    [
        # The new one is not there yet; the old one makes it and keeps its password.
        (("airflow_2=TWO", "airflow=ONE"), "airflow_2", "airflow", "'scram-sha-256:airflow:3'"),
        # The old one is forgotten.
        (("airflow_2=TWO",), "airflow", "airflow_2", "NULL"),
        # An empty volume, in which the owner has the password of the lowest number.
        (("airflow_2=TWO",), "airflow_2", "airflow", "NULL"),
    ],
)
def test_the_roles_of_postgresql_are_made_by_whoever_may_log_in(
    roles: tuple[str, ...], refused: str, maker: str, first: str
) -> None:
    place = ("0", "db", "5432", "airflow")
    done = run("database_roles", *place, *roles, EXISTS="", REFUSED=refused, ONE="one", TWO="2")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    assert lines[0][1]["user"] == maker
    texts = [line[0] for line in lines[1:]]
    assert texts[1:] == [
        'create role "airflow_2"',
        "alter role \"airflow_2\" login superuser password 'scram-sha-256:airflow_2:1'",
        'grant "airflow" to "airflow_2"',
        "alter role \"airflow_2\" set role = 'airflow'",
        f'alter role "airflow" password {first}',
        "close",
    ]


def test_roles_are_not_made_where_nobody_may_log_in() -> None:
    place = ("0", "db", "5432", "airflow")
    refused = "airflow airflow_2"
    done = run("database_roles", *place, "airflow_2=TWO", EXISTS="", REFUSED=refused, TWO="2")
    assert done.returncode == 1
    assert "no role could log in: password authentication failed" in done.stderr


def test_the_role_of_the_exporter_may_read_statistics_alone() -> None:
    place = ("0", "db", "5432", "meta", "airflow", "exporter")
    done = run("monitoring_role", *place, EXISTS="", DATABASE_PASSWORD="a", EXPORTER_PASSWORD="b")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    assert (lines[0][1]["user"], lines[0][1]["dbname"]) == ("airflow", "meta")
    assert [line[0] for line in lines[2:]] == [
        'create role "exporter"',
        'alter role "exporter" login nosuperuser nocreatedb nocreaterole noreplication password '
        "'scram-sha-256:exporter:1'",
        'grant pg_monitor to "exporter"',
        'grant connect on database "meta" to "exporter"',
        "close",
    ]


LOCAL_SETTINGS = """
import sqlalchemy

real = sqlalchemy.create_engine


def create_engine(url, **options):
    print("a token for", url.partition(":")[0])
    return real(url, **options)


sqlalchemy.create_engine = create_engine
"""


@pytest.mark.parametrize(
    ("folder", "variable"),
    [
        ("config", ""),
        ("plugins", ""),
        ("dags/plugins", "AIRFLOW__CORE__PLUGINS_FOLDER"),
        ("dags", "PYTHONPATH"),
    ],
)
@pytest.mark.parametrize(
    ("program", "arguments"),
    [("wait_for_database", ["30"]), ("job_probe", ["TriggererJob", "300"])],
)
def test_settings_of_the_users_own_take_part_in_each_connection(
    tmp_path: Path, program: str, arguments: list[str], folder: str, variable: str
) -> None:
    """They may give SQLAlchemy a token in place of a password, which the driver never hears of."""
    (tmp_path / folder).mkdir(parents=True)
    url = database("postgresql+psycopg2", tmp_path, ("TriggererJob", HOST, "running", 5))
    env = {"AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": url, "AIRFLOW_HOME": str(tmp_path)}
    found = str(tmp_path / folder)
    if variable:
        env[variable] = f"{PACKAGES}:{found}" if variable == "PYTHONPATH" else found
    told = "a token for postgresql+psycopg2\n"
    without = run(program, *arguments, **env)
    assert (without.returncode, told in without.stdout) == (0, False), without.stderr
    (tmp_path / folder / "airflow_local_settings.py").write_text(LOCAL_SETTINGS)
    done = run(program, *arguments, **env)
    assert (done.returncode, told in done.stdout) == (0, True), done.stderr

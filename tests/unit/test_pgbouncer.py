"""PgBouncer: its files, its sizes, what it refuses, and the program that fills in passwords."""

from __future__ import annotations

import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from unit.test_programs import program

from cdk8s_airflow import (
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    DagProcessorProps,
    EmbeddedPostgresql,
    EmbeddedRabbitmq,
    ExecutionApiProps,
    ExternalMysql,
    ExternalPostgresql,
    GitDags,
    HpaAutoscaling,
    KubernetesExecutor,
    LocalExecutor,
    PgBouncer,
    PgBouncerExporter,
    SecretKey,
    WorkerGroup,
)
from cdk8s_airflow.release.pooling import pooler_of
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.release.sizes import with_size_defaults
from cdk8s_airflow.services.pool_sizes import Load

KEY = SecretKey(name="team", key="password")
CA = SecretKey(name="ca", key="ca.crt")
NASTY = ["a'b\"c", "\\'\"", "%include /etc/passwd", ";#=[]{}", "'' \"\"", "ü✓ $HOME $(X)", " "]


@pytest.fixture
def pgbouncer() -> ModuleType:
    return program("pgbouncer")


def unquoted(text: str) -> str:
    """What PgBouncer reads between two quotes: two of them are one."""
    quote = text[0]
    assert text[-1] == quote and quote not in text[1:-1].replace(quote * 2, "")
    return text[1:-1].replace(quote * 2, quote)


@pytest.mark.parametrize("password", NASTY)
@pytest.mark.parametrize("quote", ["'", '"'])
def test_any_character_of_a_password_comes_through(
    pgbouncer: ModuleType, tmp_path: Path, password: str, quote: str
) -> None:
    (tmp_path / "a.b").write_text(password)
    with_size_defaults = pgbouncer.fill(f"x = {quote}{{a.b}}{quote} y", tmp_path)
    assert unquoted(with_size_defaults.removeprefix("x = ").removesuffix(" y")) == password


@pytest.mark.parametrize("password", ["a\n", "a\r\nb", "a\0"])
def test_a_password_of_several_lines_is_refused_without_being_told(
    pgbouncer: ModuleType, tmp_path: Path, password: str
) -> None:
    (tmp_path / "a.b").write_text(password)
    with pytest.raises(ValueError, match=r"^a\.b has several lines, PgBouncer takes one") as error:
        pgbouncer.fill("'{a.b}'", tmp_path)
    assert password not in str(error.value)


@pytest.mark.parametrize("part", ["host", "port", "database"])
def test_a_place_loses_the_newline_that_an_editor_has_left(
    pgbouncer: ModuleType, tmp_path: Path, part: str
) -> None:
    (tmp_path / f"airflow.{part}").write_text("6543\n")
    assert pgbouncer.fill(f"'{{airflow.{part}}}'", tmp_path) == "'6543'"
    (tmp_path / "airflow.password").write_text("6543\n")
    with pytest.raises(ValueError, match="has several lines"):
        pgbouncer.fill("'{airflow.password}'", tmp_path)


def test_only_what_differs_is_written_and_nobody_else_can_read_it(
    pgbouncer: ModuleType, tmp_path: Path
) -> None:
    source, credentials, files = (tmp_path / name for name in ("s", "s/credentials", "f"))
    for folder in (source, credentials, files):
        folder.mkdir()
    (source / "users.txt").write_text('"airflow" "{airflow.client}"\n')
    (source / ".hidden").write_text("x")
    (credentials / "airflow.client").write_text("one")
    assert pgbouncer.write(source, credentials, files)
    assert not pgbouncer.write(source, credentials, files)
    (credentials / "airflow.client").write_text("two")
    assert pgbouncer.write(source, credentials, files)
    (written,) = files.iterdir()
    assert written.read_text() == '"airflow" "two"\n'
    assert written.stat().st_mode & 0o777 == 0o600


def test_a_change_is_told_until_it_is_heard(
    pgbouncer: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """PgBouncer is away for two looks; then it reads its files once, and no more."""
    told: list[int] = []

    def reload() -> None:
        told.append(len(beats))
        if len(told) < 3:
            raise OSError("no such socket")

    beats: list[float] = []

    def sleep(seconds: float) -> None:
        beats.append(seconds)
        if len(beats) == 6:
            raise KeyboardInterrupt

    monkeypatch.setattr(pgbouncer, "BEAT", tmp_path / "beat")
    monkeypatch.setattr(pgbouncer, "write", lambda *_: False)
    monkeypatch.setattr(pgbouncer, "reload", reload)
    monkeypatch.setattr(pgbouncer.time, "sleep", sleep)
    with pytest.raises(KeyboardInterrupt):
        pgbouncer.watch()
    assert told == [0, 1, 2]
    assert time.time() - (tmp_path / "beat").stat().st_mtime < 60


@pytest.mark.parametrize(
    ("load", "metadata", "results", "clients"),
    [
        ((1, 1, 1, 1, 16), 15, 5, 170),
        ((2, 2, 1, 2, 48), 27, 11, 260),
        ((4, 3, 2, 2, 512), 71, 71, 380),
        ((0, 0, 0, 0, 0), 2, 1, 50),
    ],
)
def test_sizes_follow_the_pods_and_tasks_as_the_docs_say(
    load: tuple[int, ...], metadata: int, results: int, clients: int
) -> None:
    fields = ("api_servers", "schedulers", "dag_processors", "triggerers", "task_slots")
    found = Load(**dict(zip(fields, load, strict=True)))
    assert (found.metadata_pool, found.results_pool) == (metadata, results)
    assert found.clients(results=False) == clients
    assert found.clients(results=True) == clients + 2 * (15 * load[1] + load[4])


def pooler(**given: Any) -> Any:
    props = with_size_defaults(AirflowProps(**{"pgbouncer": PgBouncer(), **given}))
    found = pooler_of(props, "af1")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("config", "clients"),
    [({}, 170), ({"sql_alchemy_pool_size": 20}, 290), ({"sql_alchemy_max_overflow": -1}, 850)],
)
def test_clients_follow_the_pools_of_the_engines(config: Any, clients: int) -> None:
    assert pooler(config={"database": config}).clients == clients


def test_sizes_follow_the_release_unless_they_are_given() -> None:
    workers = CeleryExecutor(workers=[WorkerGroup(replicas=4), WorkerGroup(name="b", replicas=2)])
    given: dict[str, Any] = {"executor": workers, "api_server": ApiServerProps(replicas=3)}
    assert [pool.size for pool in pooler(**given).pools] == [27]
    bouncer = PgBouncer(pool_size=7, results_pool_size=3, max_client_connections=99)
    found = pooler(**given, broker=EmbeddedRabbitmq(), pgbouncer=bouncer)
    assert [pool.size for pool in found.pools] == [7, 3]
    assert found.clients == 99


@pytest.mark.parametrize(
    ("given", "size"),
    [
        ({"size": "large"}, 41),
        ({"executor": LocalExecutor(parallelism=160)}, 24),
        ({"executor": KubernetesExecutor(), "config": {"core": {"parallelism": 64}}}, 18),
        ({"executor": KubernetesExecutor(), "env": {"AIRFLOW__CORE__PARALLELISM": "64"}}, 18),
        ({"executors": [CeleryExecutor(), KubernetesExecutor()]}, 17),
        ({"execution_api": ExecutionApiProps(replicas=3)}, 30),
        ({"api_server": ApiServerProps(autoscaling=HpaAutoscaling(max_replicas=4))}, 30),
        (
            {
                "dags": [GitDags(repository=f"https://h/{x}.git", name=x) for x in "ab"],
                "dag_processor": DagProcessorProps(per_bundle=True),
            },
            17,
        ),
    ],
)
def test_sizes_follow_every_executor(given: dict[str, Any], size: int) -> None:
    assert [pool.size for pool in pooler(**given).pools] == [size]


def test_the_files_of_the_default(snapshot: SnapshotAssertion) -> None:
    files = pooler().files
    settings = files["pgbouncer.ini"].splitlines()
    assert {"pool_mode = transaction", "listen_port = 6432"} <= set(settings)
    assert "password='{airflow.password}' pool_size=" in files["databases.ini"]
    assert all(line.endswith(" scram-sha-256") for line in files["hba.conf"].splitlines())
    assert files == snapshot


def test_the_files_with_everything(snapshot: SnapshotAssertion) -> None:
    database = ExternalPostgresql(
        host="db.example.com",
        port=5433,
        database="me'ta data",
        user=SecretKey(name="db", key="user"),
        password=KEY,
        ca=CA,
        client_certificate="bouncer",
        parameters={"application_name": "a&b", "connect_timeout": "7"},
    )
    results = ExternalPostgresql(
        host="2001:db8::1", user="o'hara", ca=CA, client_certificate="bouncer"
    )
    bouncer = PgBouncer(tls="bouncer-tls", ca=CA, exporter=PgBouncerExporter())
    found = pooler(database=database, result_backend=results, pgbouncer=bouncer)
    settings = found.files["pgbouncer.ini"].splitlines()
    assert {
        "server_tls_sslmode = verify-full",
        "server_tls_ca_file = /run/pgbouncer/files/server-ca.crt",
        "server_tls_cert_file = /run/pgbouncer/files/server.crt",
        "server_tls_key_file = /run/pgbouncer/files/server.key",
        "client_tls_sslmode = require",
        "server_connect_timeout = 7",
    } <= set(settings)
    files = [item["path"] for source in found.sources for it in source.values()
             for item in it["items"]]  # fmt: skip
    assert {"server.crt", "server.key", "client.crt", "client.key", "server-ca.crt"} <= set(files)
    assert found.files == snapshot


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"database": KEY}, r"is a whole URL .* give its parts, ExternalPostgresql\(host="),
    ({"database": ExternalMysql(host="h")}, "protocol of PostgreSQL, and database= is ExternalM"),
    (
        {"database": EmbeddedPostgresql(max_connections=50)},
        r"3 pods \(one more during a rollout\) x 15 connections are 45, .* leaves 40",
    ),
    (
        {"broker": EmbeddedRabbitmq(), "database": EmbeddedPostgresql(max_connections=60)},
        r"x 15 \+ 5 connections are 60, .* leaves 50",
    ),
    ({"pgbouncer": PgBouncer(results_pool_size=1)}, "not in PostgreSQL: leave it out"),
    ({"pgbouncer": PgBouncer(results_password=KEY)}, "not in PostgreSQL: leave it out"),
    ({"pgbouncer": PgBouncer(server_tls="verify-ca")}, r"no CA certificate .*\(ca=SecretKey\("),
    ({"pgbouncer": PgBouncer(server_ca=CA)}, "has no effect with server_tls='prefer'"),
    (
        {"database": ExternalPostgresql(host="h", parameters={"sslrootcert": "system"})},
        r"parameters=\{'sslrootcert': ...\}\) cannot pass pgbouncer=: use .*\(ca=.*\(server_ca=",
    ),
    (
        {"database": ExternalPostgresql(host="h", parameters={"sslkey": "/x", "sslcert": "/y"})},
        r"'sslcert'.* use ExternalPostgresql\(client_certificate=[^$]*'sslkey'",
    ),
    (
        {
            "database": ExternalPostgresql(host="h", ca=CA),
            "result_backend": ExternalPostgresql(host="h", ca=KEY),
        },
        r"have not the same ca=: give PgBouncer\(server_ca=...\) with those of both",
    ),
    (
        {
            "database": ExternalPostgresql(host="h", ca=CA, client_certificate="a"),
            "result_backend": ExternalPostgresql(host="h", ca=CA),
        },
        "have not the same client_certificate=: give both the same",
    ),
    (
        {"database": ExternalPostgresql(host="h", parameters={"options": "-c a=b"})},
        "'options'.* ALTER ROLE",
    ),
    (
        {
            "database": ExternalPostgresql(host="h", parameters={"sslmode": "require"}),
            "result_backend": ExternalPostgresql(host="h"),
        },
        r"one TLS mode for all servers, but the databases have \['prefer', 'require'\]",
    ),
]


@pytest.mark.parametrize(("given", "message"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_cannot_work_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        resolve(AirflowProps(**{"pgbouncer": PgBouncer(), **given}), "af1")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"pool_size": 0}, r"PgBouncer\(pool_size=0\): expected 1 or more"),
        ({"max_client_connections": -1}, r"max_client_connections=-1\): expected 1"),
        ({"replicas": 0}, "would cut Airflow from its database"),
        ({"replicas": -1}, "expected 0 or more"),
        ({"ca": CA}, "does nothing without TLS: add tls="),
        ({"tls": "No_Name"}, "PgBouncer.tls"),
        ({"server_tls": "yes"}, "server_tls"),
    ],
)
def test_props_alone_are_checked(given: dict[str, Any], message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        PgBouncer(**given)

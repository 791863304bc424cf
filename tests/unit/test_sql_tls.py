"""TLS to SQL servers and the time-outs of their clients: what is refused, and what reaches whom."""

from __future__ import annotations

import ast
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App
from unit.test_airflow import env_of

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    DagsFolder,
    ExternalMysql,
    ExternalPostgresql,
    PgBouncer,
    PodDefaults,
    SchedulerProps,
    SecretKey,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.parts.programs import sources
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.roles import RUNS_TASKS, USES_DATABASE
from cdk8s_airflow.services.timeouts import LIBPQ, MYSQL, PGBOUNCER, WHOLE_URLS
from cdk8s_airflow.testing.synth import synthesize

CA = ConfigMapKey(name="ca", key="it")
BROUGHT = ("ConfigMap/ca", "Secret/client")
DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
CONFIG = "/opt/airflow/config"
OVER = {"name": "x", "mountPath": CONFIG}
VOLUME = {"name": "x", "emptyDir": {}}
MODULE = f"{CONFIG}/cdk8s_airflow_database.py"

REFUSED: list[tuple[Callable[[], object], str]] = [
    (
        lambda: ExternalPostgresql(host="h", parameters={"sslmode": "verify-full"}),
        r"no CA certificate .* give ca=SecretKey\(.*'sslrootcert': 'system'.*ca_bundle=",
    ),
    (lambda: ExternalPostgresql(host="h", parameters={"sslmode": "verify-ca"}), "no CA certif"),
    (
        lambda: ExternalPostgresql(host="h", ca=CA, parameters={"sslmode": "require"}),
        r"\(ca=...\) has no effect with sslmode='require': expected 'verify-full'",
    ),
    (
        lambda: ExternalPostgresql(host="h", ca=CA, parameters={"sslrootcert": "/x"}),
        r"has ca= and parameters=\{'sslrootcert': '/x'\}, which names another file: give one",
    ),
    (
        lambda: ExternalPostgresql(
            host="h", client_certificate="c", parameters={"sslcert": "/x", "sslkey": "/y"}
        ),
        r"has client_certificate= and .*'sslcert'[^$]*has client_certificate= and .*'sslkey'",
    ),
    (
        lambda: ExternalPostgresql(
            host="h", parameters={"sslrootcert": "system", "sslmode": "verify-ca"}
        ),
        "libpq expects 'verify-full' with the authorities of the system; leave sslmode out",
    ),
    (
        lambda: ExternalPostgresql(
            host="h", client_certificate="c", parameters={"sslmode": "prefer"}
        ),
        r"client_certificate='c'\) needs TLS, and sslmode='prefer' may do without: expected one",
    ),
    (
        lambda: ExternalPostgresql(host="h", client_certificate="No_Name"),
        r"ExternalPostgresql.client_certificate",
    ),
    (
        lambda: ExternalMysql(host="h", parameters={"ssl_mode": "VERIFY_IDENTITY"}),
        r"no CA certificate .* give ca=SecretKey\(.*'ssl_ca': '/etc/ssl/certs",
    ),
    (
        lambda: ExternalMysql(host="h", ca=CA, parameters={"ssl_mode": "PREFERRED"}),
        r"\(ca=...\) has no effect with ssl_mode='PREFERRED': expected 'VERIFY_IDENTITY'",
    ),
    (
        lambda: ExternalMysql(host="h", ca=CA, parameters={"ssl_ca": "/x"}),
        r"has ca= and parameters=\{'ssl_ca': '/x'\}",
    ),
    (
        lambda: ExternalMysql(
            host="h", client_certificate="c", parameters={"ssl_mode": "DISABLED"}
        ),
        "needs TLS, and ssl_mode='DISABLED' may do without",
    ),
]
OPTIONAL = {
    *("execution-api", "database-cleanup", "objects-account", "rotate-fernet-key"),
    *("backup", "restore"),
}
"""Roles whose pods a release has by option."""


@pytest.mark.parametrize(("wrong", "message"), REFUSED)
def test_what_cannot_work_is_refused_with_the_remedy(
    wrong: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        wrong()


@pytest.mark.parametrize(
    "parameters",
    [
        {"sslrootcert": "system"},
        {"sslrootcert": "system", "sslmode": "verify-full"},
        {"sslrootcert": "/opt/site/ca.crt", "sslmode": "verify-ca"},
        {"sslmode": "require"},
    ],
)
def test_other_authorities_count(parameters: dict[str, str]) -> None:
    ExternalPostgresql(host="h", parameters=parameters)


@pytest.mark.parametrize(
    ("database", "expected"),
    [
        (ExternalPostgresql(host="h", ca=CA), "sslmode=verify-full"),
        (
            ExternalPostgresql(host="h", ca=CA, parameters={"sslmode": "verify-ca"}),
            "sslmode=verify-ca",
        ),
        (ExternalPostgresql(host="h", client_certificate="c"), "sslmode=require"),
        (ExternalMysql(host="h", ca=CA), "ssl_mode=VERIFY_IDENTITY"),
        (ExternalMysql(host="h", ca=CA, parameters={"ssl_mode": "VERIFY_CA"}), "mode=VERIFY_CA"),
        (ExternalMysql(host="h", client_certificate="c"), "ssl_mode=REQUIRED"),
    ],
)
def test_the_mode_follows_from_what_is_given(
    database: ExternalPostgresql | ExternalMysql, expected: str
) -> None:
    template = str(database.url("af1").template)
    assert template.count("mode=") == 1
    assert expected in template


def bundle_of(tmp_path: Path, *external: str, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path, external=external)


def holders(bundle: Bundle, path: str) -> dict[str, dict[str, Any]]:
    """Component -> the volume of each container that has a file or folder at a path."""
    found: dict[str, dict[str, Any]] = {}
    for pod in bundle.pods:
        containers = [item for item in pod.containers if "airflow" in item["image"]]
        mounts = [{m["mountPath"]: m["name"] for m in item.get("volumeMounts") or []}
                  for item in containers]  # fmt: skip
        named = {mount.get(path) for mount in mounts} - {None}
        for volume in pod.spec.get("volumes") or []:
            if volume["name"] in named:
                found[pod.component] = volume
    return found


@pytest.mark.parametrize("kind", [ExternalPostgresql, ExternalMysql])
def test_authority_and_certificate_reach_every_pod_that_connects_and_no_other(
    kind: type[ExternalPostgresql] | type[ExternalMysql], tmp_path: Path
) -> None:
    database = kind(host="db.example.com", ca=CA, client_certificate="client")
    bundle = bundle_of(tmp_path, *BROUGHT, database=database)
    authority = holders(bundle, "/etc/cdk8s-airflow/database-authority")
    components = {role.value for role in USES_DATABASE} - OPTIONAL
    assert authority.keys() == components
    items = [{"key": "it", "path": "ca.crt"}]
    assert list(authority.values()) == [
        {"name": "database-authority", "configMap": {"name": "ca", "items": items}}
    ] * len(components)
    certificate = holders(bundle, "/etc/cdk8s-airflow/database-certificate")
    assert certificate.keys() == components
    for volume in certificate.values():
        assert volume["secret"] == {
            "secretName": "client",
            "defaultMode": 0o440,
            "items": [{"key": key, "path": key} for key in ("tls.crt", "tls.key")],
        }


def test_through_pgbouncer_the_migrations_alone_hold_the_files_of_the_server(
    tmp_path: Path,
) -> None:
    database = ExternalPostgresql(host="db.example.com", ca=CA, client_certificate="client")
    bundle = bundle_of(tmp_path, *BROUGHT, database=database, pgbouncer=PgBouncer())
    for what in ("authority", "certificate"):
        assert holders(bundle, f"/etc/cdk8s-airflow/database-{what}").keys() == {"migrations"}
    (pooler,) = (pod for pod in bundle.pods if pod.component == "pgbouncer")
    volumes = {volume["name"]: volume for volume in pooler.spec["volumes"]}
    projected = volumes["pgbouncer-source"]["projected"]
    paths = {item["path"] for source in projected["sources"] for it in source.values()
             for item in it.get("items", [])}  # fmt: skip
    assert {"server-ca.crt", "server.crt", "server.key"} <= paths


def test_results_in_a_postgresql_have_files_of_their_own_where_celery_keeps_them(
    tmp_path: Path,
) -> None:
    results = ExternalPostgresql(host="db.example.com", ca=CA, client_certificate="client")
    bundle = bundle_of(tmp_path, *BROUGHT, result_backend=results)
    for what in ("authority", "certificate"):
        folder = f"/etc/cdk8s-airflow/result-backend-{what}"
        assert holders(bundle, folder).keys() == {"scheduler", "worker"}
    url = env_of(bundle, "worker")["AIRFLOW__CELERY__RESULT_BACKEND_CMD"]
    assert "sslkey=%2Fetc%2Fcdk8s-airflow%2Fresult-backend-certificate%2Ftls.key" in url


def test_who_uses_the_database_has_the_module_that_its_option_names(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path)
    assert holders(bundle, MODULE).keys() == ({role.value for role in USES_DATABASE} - OPTIONAL)
    option = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONNECT_ARGS_ASYNC"
    assert env_of(bundle, "scheduler")[option] == "cdk8s_airflow_database.asynchronous"
    assert option not in env_of(bundle, "worker")
    assert not {role.value for role in RUNS_TASKS} & holders(bundle, MODULE).keys()
    for pod in bundle.pods:
        for container in pod.containers:
            for mount in container.get("volumeMounts") or []:
                if mount["mountPath"] == MODULE:
                    assert mount["subPath"] == "cdk8s_airflow_database.py"


@pytest.mark.parametrize(
    "given",
    [
        {"scheduler": SchedulerProps(extra_volume_mounts=[{**OVER, "mountPath": f"{CONFIG}/"}])},
        {"pods": PodDefaults(extra_volume_mounts=[OVER], extra_volumes=[VOLUME])},
    ],
)
def test_a_volume_over_the_module_is_refused_with_the_remedy(
    given: dict[str, Any], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=r"config', where .*one by one, \{'mount.*'<file>'\}$"):
        bundle_of(tmp_path, **given)
    mounts = [{"name": "tmp", "mountPath": "/opt/airflow/config/x.py", "subPath": "x.py"}]
    bundle_of(tmp_path, scheduler=SchedulerProps(extra_volume_mounts=mounts))


def test_a_dead_address_is_given_up_within_20_seconds_whatever_the_client() -> None:
    numbers = {"connect_timeout": "5", "keepalives_idle": "10", "keepalives_interval": "5"}
    assert {**LIBPQ} == numbers | {
        "keepalives": "1", "keepalives_count": "2", "tcp_user_timeout": "20000",
    }  # fmt: skip
    assert {**MYSQL} == {"connect_timeout": "5"}
    assert {**PGBOUNCER} == {
        "server_connect_timeout": "5", "tcp_keepidle": "10", "tcp_keepintvl": "5",
        "tcp_keepcnt": "2", "tcp_user_timeout": "20000",
    }  # fmt: skip
    assert [text.partition("=")[0] for text in WHOLE_URLS] == ["postgresql", "mysql"]
    tree = ast.parse(sources()["cdk8s_airflow_database.py"])
    (options,) = (
        node.value for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "OPTIONS"
    )  # fmt: skip
    assert eval(ast.unparse(options), {"socket": socket}) == {
        socket.TCP_KEEPIDLE: ("keepalives_idle", 10),
        socket.TCP_KEEPINTVL: ("keepalives_interval", 5),
        socket.TCP_KEEPCNT: ("keepalives_count", 2),
        socket.TCP_USER_TIMEOUT: ("tcp_user_timeout", 20_000),
    }  # fmt: skip


def test_all_problems_come_at_once() -> None:
    with pytest.raises(ValueError, match=r"has no effect[^$]*needs TLS"):
        resolve(
            AirflowProps(
                database=ExternalPostgresql(
                    host="h",
                    ca=SecretKey(name="a", key="b"),
                    client_certificate="c",
                    parameters={"sslmode": "disable"},
                )
            ),
            "af1",
        )

"""Host, port, name and user of external servers from Secrets: the pods put the URL together."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import cdk8s
import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    ExternalMysql,
    ExternalPostgresql,
    ExternalRabbitmq,
    ExternalRedis,
    KedaAutoscaling,
    PgBouncer,
    SecretKey,
    Secrets,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle, env_literals
from cdk8s_airflow.kubernetes.objects import wire
from cdk8s_airflow.parts.programs import sources
from cdk8s_airflow.services.urls import Url
from cdk8s_airflow.testing.synth import synthesize
from cdk8s_airflow.values import add_releases

DAGS = DagsFolder(str(Path(__file__).parents[2] / "dags"))


def key(name: str) -> SecretKey:
    return SecretKey(name="rds", key=name)


PARTS: dict[str, Any] = {part: key(part) for part in ("host", "user", "password")}
WHOLE: dict[str, Any] = {**PARTS, "port": key("port"), "database": key("name")}
DATABASE = ExternalPostgresql(**WHOLE)
BROUGHT = {"Secret/rds"}


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path, external=BROUGHT)


def run(url: Url, **env: str) -> subprocess.CompletedProcess[str]:
    """Runs what Airflow runs to read the URL."""
    form: Any = wire(url.parts("OPTION").env)
    command = next(item["value"] for item in form if item["name"] == "OPTION_CMD")
    words = [sys.executable, "-IS", "-c", sources()["url.py"], *shlex.split(command)[3:]]
    return subprocess.run(words, env=env, capture_output=True, text=True, check=False)


def policy(bundle: Bundle, component: str) -> str:
    return str(bundle.one("NetworkPolicy", f"af1-{component}")["spec"]["egress"])


@pytest.mark.parametrize(
    ("server", "prefix", "expected"),
    [
        (
            DATABASE,
            "DATABASE",
            "postgresql+psycopg2://u:p%40ss@db.example.com:6543/my%2Fdb?connect_timeout=5&",
        ),
        (
            ExternalMysql(**WHOLE),
            "DATABASE",
            "mysql+mysqldb://u:p%40ss@db.example.com:6543/my%2Fdb?charset=utf8mb4&",
        ),
        (
            ExternalRedis(**PARTS, port=key("port"), database=3),
            "BROKER",
            "redis://u:p%40ss@db.example.com:6543/3",
        ),
        (
            ExternalRabbitmq(**PARTS, port=key("port"), vhost=key("name")),
            "BROKER",
            "amqp://u:p%40ss@db.example.com:6543/my%2Fdb",
        ),
    ],
)
def test_the_pod_puts_the_url_together(server: Any, prefix: str, expected: str) -> None:
    # An editor leaves a newline, which no password loses.
    places = {"HOST": "db.example.com\n", "PORT": "6543\n", "NAME": "my/db\n"}
    values = {**places, "USER": "u", "PASSWORD": "p@ss"}
    done = run(server.url("af1"), **{f"{prefix}_{name}": text for name, text in values.items()})
    assert done.stdout.startswith(expected), done.stderr


@pytest.mark.parametrize("host", ["fd00::5", "[fd00::5]"])
def test_an_address_of_ipv6_from_a_secret_is_bracketed(host: str) -> None:
    done = run(ExternalRedis(host=key("host")).url("af1"), BROKER_HOST=host)
    assert done.stdout.startswith("redis://[fd00::5]:6379/0")


def test_a_port_that_is_none_is_told_without_the_value() -> None:
    url = ExternalRedis(host="h", port=key("port")).url("af1")
    done = run(url, BROKER_PORT="hunter2")
    assert done.returncode == 1
    assert done.stderr == "url.py: BROKER_PORT is no port: expected a number from 1 to 65535\n"


def test_every_role_that_connects_has_the_parts_and_no_other(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, database=DATABASE)
    holders = {pod.component for pod in bundle.pods if "DATABASE_HOST" in str(pod.spec)}
    assert holders == {
        *("api-server", "scheduler", "dag-processor", "triggerer"),
        *("migrations", "create-admin"),
    }
    env = bundle.container("Deployment", "af1-scheduler")["env"]
    found = {
        item["name"]: item["valueFrom"]["secretKeyRef"]["key"]
        for item in env
        if item.get("valueFrom", {}).get("secretKeyRef", {}).get("name") == "rds"
    }
    assert found == {
        "DATABASE_HOST": "host",
        "DATABASE_PORT": "port",
        "DATABASE_NAME": "name",
        "DATABASE_USER": "user",
        "DATABASE_PASSWORD": "password",
    }


def test_they_may_be_files_as_credentials_are(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, database=DATABASE, secrets=Secrets(as_files=True))
    env = env_literals(bundle.container("Deployment", "af1-scheduler"))
    places = {part: env[f"DATABASE_{part}_FILE"] for part in ("HOST", "PORT", "NAME", "USER")}
    assert places["HOST"] == "/opt/cdk8s-airflow-secrets/rds/host/value"
    texts = {"host": "db.example.com\n", "port": "6543\n", "name": "x", "user": "u"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    given = {
        "DATABASE_HOST_FILE": "host",
        "DATABASE_PORT_FILE": "port",
        "DATABASE_NAME_FILE": "name",
        "DATABASE_USER_FILE": "user",
    }
    done = run(
        DATABASE.url("af1"),
        DATABASE_PASSWORD="p",
        **{variable: str(tmp_path / file) for variable, file in given.items()},
    )
    assert done.stdout.startswith("postgresql+psycopg2://u:p@db.example.com:6543/x?"), done.stderr


def test_the_policy_opens_the_port_or_all_where_that_is_secret_too(tmp_path: Path) -> None:
    known = bundle_of(tmp_path, database=ExternalPostgresql(**PARTS, port=6543))
    assert "{'ports': [{'port': 6543, 'protocol': 'TCP'}]}" in policy(known, "scheduler")
    secret = bundle_of(tmp_path, database=DATABASE)
    assert "6543" not in policy(secret, "scheduler")
    assert "0.0.0.0/0" in policy(secret, "scheduler")
    assert "0.0.0.0/0" not in policy(known, "scheduler")


def test_pgbouncer_reads_them_from_files(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, database=DATABASE, pgbouncer=PgBouncer())
    line = bundle.one("ConfigMap", "af1-pgbouncer")["data"]["databases.ini"].splitlines()[1]
    assert line.startswith(
        "airflow = host='{airflow.host}' port='{airflow.port}' dbname='{airflow.database}' "
        "user='{airflow.user}' password='{airflow.password}'"
    )
    files = str(bundle.one("Deployment", "af1-pgbouncer")["spec"]["template"]["spec"]["volumes"])
    assert "credentials/airflow.host" in files


def test_keda_takes_them_from_the_secret(tmp_path: Path) -> None:
    workers = [WorkerGroup(autoscaling=KedaAutoscaling())]
    executor = CeleryExecutor(workers=workers)
    bundle = bundle_of(tmp_path, database=DATABASE, executor=executor)
    references = bundle.one("TriggerAuthentication", "af1-worker")["spec"]["secretTargetRef"]
    assert {item["parameter"]: item["key"] for item in references} == {
        "host": "host",
        "port": "port",
        "dbName": "name",
        "userName": "user",
        "password": "password",
    }
    (trigger,) = bundle.one("ScaledObject", "af1-worker")["spec"]["triggers"]
    assert trigger["metadata"].keys() == {"query", "targetQueryValue", "sslmode"}


@pytest.mark.parametrize(
    ("database", "place"),
    [
        (DATABASE, "{key 'host' of Secret 'rds'}:{key 'port' of Secret 'rds'}/"),
        (
            ExternalPostgresql(host="db.example.com", database=key("name")),
            "db.example.com:5432/{key 'name' of Secret 'rds'}",
        ),
    ],
)
def test_two_releases_with_one_secret_share_a_database(database: Any, place: str) -> None:
    def problems(*namespaces: str) -> str:
        app = cdk8s.App(outdir="unused")
        for number, namespace in enumerate(namespaces):
            props = AirflowProps(dags=DAGS, database=database)
            AirflowChart(app, f"r{number}", namespace=namespace, props=props)
        return "\n".join(text for each in app.node.find_all() for text in each.node.validate())

    assert f"have one metadata database, {place}" in problems("data", "data")
    # The Secrets of two namespaces are two.
    assert "one metadata" not in problems("blue", "green")


def test_a_values_file_says_it_too(tmp_path: Path) -> None:
    values = tmp_path / "values.yaml"
    values.write_text(
        """
database:
  kind: ExternalPostgresql
  host: {kind: SecretKey, name: rds, key: host}
  port: {kind: SecretKey, name: rds, key: port}
  database: {kind: SecretKey, name: rds, key: name}
  user: {kind: SecretKey, name: rds, key: user}
  password: {name: rds, key: password}
"""
    )

    def build(app: App) -> None:
        add_releases(app, [values], defaults=AirflowProps(dags=DAGS))

    bundle = synthesize(build, tmp_path, external=BROUGHT)
    assert "'name': 'DATABASE_HOST'" in str(bundle.one("Deployment", "af1-scheduler"))


def test_what_is_no_host_and_no_key_is_refused() -> None:
    with pytest.raises(ValueError, match=r"ExternalPostgresql\(host=...\): expected a host name"):
        ExternalPostgresql(host="postgresql://db", port=key("port"))
    with pytest.raises(ValueError, match=r"ExternalMysql\(port=0\): expected a port"):
        ExternalMysql(host=key("host"), port=0)
    with pytest.raises(TypeError, match=r"ExternalRedis\(host=...\): expected str or SecretKey"):
        ExternalRedis(host=7)  # type: ignore[arg-type]

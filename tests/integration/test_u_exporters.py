"""The exporters of servers that are there already: by TLS with a private authority."""

from __future__ import annotations

import hashlib
import http.client
import re
from collections.abc import Mapping
from typing import Any

import pytest
from integration.bundle import REPOSITORY, synthesize_props
from integration.conftest import NASTY_PASSWORD, RunningBundle, Scene, Stage, secret
from integration.servers import certificate, client_secrets, host, postgresql, server

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    ExternalPostgresql,
    ExternalRedis,
    PostgresqlExporter,
    RedisExporter,
    SecretKey,
    WorkerGroup,
)

USER, MONITOR = "air:flow/@%", "mon:itor"
# The exporter of PostgreSQL cannot read a space.
PASSWORDS = {n: NASTY_PASSWORD.replace(" ", "") + n for n in ("database", "redis", "monitor")}
MAY = "+ping +info +select +client|setname +slowlog|len +slowlog|get +latency|latest "


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """Airflow with an external PostgreSQL and an external Redis by TLS alone."""

    def prepare() -> Scene:
        files = certificate(tmp_path_factory.mktemp("certificate"), host("redis"))
        sql = certificate(tmp_path_factory.mktemp("sql"), host("database"))
        props = AirflowProps(
            dags=DagsFolder(str(REPOSITORY / "dags")),
            executor=CeleryExecutor(workers=[WorkerGroup(replicas=1, queues=["default", "gpu"])]),
            database=ExternalPostgresql(
                host=host("database"),
                port=5433,
                database="meta-data",
                user=USER,
                password=SecretKey(name="database", key="password"),
                ca=SecretKey(name="server-ca", key="ca.crt"),
                client_certificate="client",
                exporter=PostgresqlExporter(),
            ),
            broker=ExternalRedis(
                host=SecretKey(name="redis", key="host"),
                user="airflow",
                password=SecretKey(name="redis", key="password"),
                database=3,
                result_database=4,
                tls=True,
                ca=SecretKey(name="redis", key="ca.crt"),
                exporter=RedisExporter(
                    user=MONITOR, password=SecretKey(name="redis", key="monitor")
                ),
            ),
        )
        of_redis = {
            "host": host("redis"),
            "password": PASSWORDS["redis"],
            "monitor": PASSWORDS["monitor"],
            "ca.crt": files["ca.crt"],
        }
        before = [
            secret("database", {"password": PASSWORDS["database"]}),
            secret("redis", of_redis),
            *(secret(name, dict(data)) for name, data in client_secrets(sql).items()),
            *postgresql(sql, user=USER, password=PASSWORDS["database"], database="meta-data"),
            *redis(files),
        ]
        return Scene(synthesize_props(tmp_path_factory.mktemp("synth"), props), before)

    return stage.play("exporters", prepare)


def redis(certificates: Mapping[str, str]) -> list[dict[str, Any]]:
    hashes = {n: hashlib.sha256(PASSWORDS[n].encode()).hexdigest() for n in PASSWORDS}
    text = (
        "protected-mode no\ndir /data\nport 0\ntls-port 6379\ntls-auth-clients no\n"
        "tls-cert-file /etc/server/tls.crt\ntls-key-file /etc/server/tls.key\n"
        "tls-ca-cert-file /etc/server/ca.crt\nuser default off\n"
        f"user airflow on #{hashes['redis']} ~* &* +@all\n"
        f"user {MONITOR} on #{hashes['monitor']} ~* -@all {MAY}+latency|histogram +type +llen\n"
    )
    files = {**certificates, "redis.conf": text}
    command = ("redis-server", "/etc/server/redis.conf")
    return server("redis", "redis:7.2.11", 6379, command, folders=["/data"], files=files)


def scraped(bundle: RunningBundle, component: str, port: int) -> dict[str, float]:
    """Name and labels of a series -> value."""
    (pod,) = bundle.node.controller(bundle.name(component)).pods
    connection = http.client.HTTPConnection(str(pod.ip), port, timeout=10)
    connection.request("GET", "/metrics")
    response = connection.getresponse()
    text = response.read().decode()
    assert response.status == 200, text
    rows = re.findall(r"^([^#\s][^{\s]*(?:\{.*\})?) (\S+)$", text, re.MULTILINE)
    return {name: float(value) for name, value in rows}


@pytest.mark.parametrize(
    ("component", "port", "series", "least"),
    [
        ("postgresql-exporter", 9187, "pg_up", 1),
        ("postgresql-exporter", 9187, 'pg_database_size_bytes{datname="meta-data"', 1e6),
        ("redis-exporter", 9121, "redis_up", 1),
        ("redis-exporter", 9121, "redis_connected_clients", 2),
        ("redis-exporter", 9121, 'redis_key_size{db="db3",key="default"}', 0),
        ("redis-exporter", 9121, 'redis_key_size{db="db3",key="gpu"}', 0),
    ],
)
def test_servers_of_others_are_asked_by_tls(
    bundle: RunningBundle, component: str, port: int, series: str, least: float
) -> None:
    found: dict[str, float] = {}

    def there() -> bool:
        found.update(scraped(bundle, component, port))
        # Older exporters have the server as a label too.
        begins = series if "{" in series else f"{series}{{"
        named = {n: v for n, v in found.items() if n == series or n.startswith(begins)}
        return any(value >= least for value in named.values())

    bundle.node.wait_for(there, 60, f"{series} of {component}")

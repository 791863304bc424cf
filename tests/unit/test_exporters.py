"""Exporters of PostgreSQL and Redis: how they log in, and who may read them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from without_node import manifests

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    CloudSqlIam,
    ConfigMapKey,
    DagsFolder,
    EmbeddedPostgresql,
    EmbeddedRedis,
    ExternalPostgresql,
    ExternalRedis,
    Image,
    KubernetesExecutor,
    PgBouncer,
    PgBouncerExporter,
    PostgresqlExporter,
    RedisExporter,
    SecretKey,
    ServiceMonitor,
    StatsdExporter,
    WorkerGroup,
)
from cdk8s_airflow.kubernetes.service_monitor import PROMETHEUS

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
KEY = SecretKey(name="own", key="password")
MIRRORED = Image(repository="registry.example.com/mirrored", tag="1")
CA = ConfigMapKey(name="site", key="ca.crt")


def objects(**props: Any) -> dict[str, Any]:
    """`Kind/name` -> manifest."""
    given = AirflowProps(**{"dags": DAGS, **props})
    return {f"{o['kind']}/{o['metadata']['name']}": o for o in manifests(given)}


def pod(kind: str, **props: Any) -> Any:
    return objects(**props)[f"Deployment/af1-{kind}-exporter"]["spec"]["template"]


def env(kind: str, **props: Any) -> dict[str, str]:
    """The environment of an exporter; what is from a Secret as `Secret/key`."""
    found = {}
    for entry in pod(kind, **props)["spec"]["containers"][0]["env"]:
        source = entry.get("valueFrom", {}).get("secretKeyRef")
        found[entry["name"]] = f"{source['name']}/{source['key']}" if source else entry["value"]
    return found


def bootstrap(**props: Any) -> str:
    """The container of the Job that makes Secrets."""
    found = objects(**props)
    (job,) = (o for name, o in found.items() if name.startswith("Job/af1-bootstrap"))
    return str(job["spec"]["template"]["spec"]["containers"][0])


def test_an_embedded_postgresql_makes_a_role_for_statistics() -> None:
    database = EmbeddedPostgresql(exporter=PostgresqlExporter())
    assert env("postgresql", database=database) == {
        "DATA_SOURCE_URI": "af1-postgresql-server:5432/airflow?sslmode=disable&connect_timeout=5",
        "DATA_SOURCE_USER": "exporter",
        "DATA_SOURCE_PASS": "af1-postgresql-exporter/password",
    }
    found = objects(database=database)
    (job,) = (o for name, o in found.items() if name.startswith("Job/af1-migrations"))
    containers = job["spec"]["template"]["spec"]["initContainers"]
    (role,) = (c for c in containers if c["name"] == "monitoring-role")
    place = ["af1-postgresql-server", "5432", "airflow", "airflow", "exporter"]
    assert role["command"][1:] == ["/opt/cdk8s-airflow/monitoring_role.py", "540", *place]
    keys = {e["name"]: e["valueFrom"]["secretKeyRef"]["name"] for e in role["env"]}
    assert keys == {
        "EXPORTER_PASSWORD": "af1-postgresql-exporter",
        "DATABASE_PASSWORD": "af1-postgresql",
    }


def test_the_role_is_made_with_the_password_in_use() -> None:
    database = EmbeddedPostgresql(exporter=PostgresqlExporter(), rotation=[2, 1])
    found = objects(database=database)
    (job,) = (o for name, o in found.items() if name.startswith("Job/af1-migrations"))
    names = [c["name"] for c in job["spec"]["template"]["spec"]["initContainers"]]
    assert names.index("database-roles") < names.index("monitoring-role"), "that one makes it"
    role = job["spec"]["template"]["spec"]["initContainers"][names.index("monitoring-role")]
    assert role["command"][-2:] == ["airflow_2", "exporter"]


def test_an_embedded_server_does_not_restart_for_the_exporter_of_postgresql() -> None:
    def server(**options: Any) -> Any:
        found = objects(database=EmbeddedPostgresql(**options))
        return found["StatefulSet/af1-postgresql"]

    assert server() == server(exporter=PostgresqlExporter())


def test_the_user_of_redis_is_in_its_configuration_and_its_password_is_not() -> None:
    broker = EmbeddedRedis(exporter=RedisExporter())
    assert env("redis", broker=broker) == {
        "REDIS_ADDR": "redis://af1-redis-server:6379",
        "REDIS_USER": "exporter",
        "REDIS_PASSWORD": "af1-redis-exporter/password",
        "REDIS_EXPORTER_CHECK_SINGLE_KEYS": "db0=default",
    }
    server = objects(broker=broker)["StatefulSet/af1-redis"]["spec"]["template"]["spec"]
    script = server["containers"][0]["command"][2]
    (line,) = (line for line in script.splitlines() if line.startswith("user exporter"))
    assert line.startswith('user exporter on ">$(printf %s "$REDIS_EXPORTER_PASSWORD" |')
    assert " ~* -@all +ping +info " in line, "nothing but what is named"
    assert not {"+config|get", "+get", "+lrange", "+@read"} & set(line.split())


def test_the_password_of_an_embedded_server_is_generated_or_brought() -> None:
    database = EmbeddedPostgresql(exporter=PostgresqlExporter())
    broker = EmbeddedRedis(exporter=RedisExporter())
    made = bootstrap(database=database, broker=broker)
    assert "af1-postgresql-exporter" in made and "af1-redis-exporter" in made
    database = EmbeddedPostgresql(exporter=PostgresqlExporter(password=KEY))
    broker = EmbeddedRedis(exporter=RedisExporter(password=KEY))
    made = bootstrap(database=database, broker=broker)
    assert "-exporter" not in made
    assert env("postgresql", database=database)["DATA_SOURCE_PASS"] == "own/password"
    assert env("redis", broker=broker)["REDIS_PASSWORD"] == "own/password"


def test_an_external_postgresql_is_asked_as_airflow_does_with_its_files() -> None:
    database = ExternalPostgresql(
        host="db.example.com",
        port=5433,
        database="meta/data",
        user="air&flow",
        password=SecretKey(name="db", key="password"),
        ca=CA,
        client_certificate="client",
        parameters={"application_name": "a", "keepalives_idle": "7"},
        exporter=PostgresqlExporter(),
    )
    folder = "/etc/cdk8s-airflow/database"
    assert env("postgresql", database=database) == {
        "DATA_SOURCE_URI": "db.example.com:5433/meta%2Fdata?sslmode=verify-full&connect_timeout=5"
        f"&sslrootcert={folder}-authority/ca.crt&sslcert={folder}-certificate/tls.crt"
        f"&sslkey={folder}-certificate/tls.key",
        "DATA_SOURCE_USER": "air&flow",
        "DATA_SOURCE_PASS": "db/password",
    }
    spec = pod("postgresql", database=database)["spec"]
    assert {mount["mountPath"] for mount in spec["containers"][0]["volumeMounts"]} == {
        *(f"{folder}-authority", f"{folder}-certificate"),
    }
    policy = objects(database=database)["NetworkPolicy/af1-postgresql-exporter"]["spec"]
    assert [rule["ports"][0]["port"] for rule in policy["egress"]] == [53, 5433]


def test_an_external_postgresql_may_have_a_user_for_the_exporter() -> None:
    database = ExternalPostgresql(
        host=SecretKey(name="db", key="host"),
        client_certificate="client",
        exporter=PostgresqlExporter(user=SecretKey(name="own", key="user"), password=KEY),
    )
    assert env("postgresql", database=database) == {
        "DATABASE_HOST": "db/host",
        "DATA_SOURCE_URI": "$(DATABASE_HOST):5432/airflow?sslmode=require&connect_timeout=5",
        "DATA_SOURCE_USER": "own/user",
        "DATA_SOURCE_PASS": "own/password",
    }


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        (None, "require"),
        ("prefer", "require"),
        ("allow", "require"),
        ("disable", "disable"),
        ("require", "require"),
        ("verify-full", "verify-full"),
    ],
)
def test_the_driver_of_the_exporter_knows_no_prefer(given: str | None, asked: str) -> None:
    parameters = {"sslmode": given, "sslrootcert": "system"} if given == "verify-full" else {}
    if given and not parameters:
        parameters = {"sslmode": given}
    database = ExternalPostgresql(
        host="db",
        parameters=parameters,
        exporter=PostgresqlExporter(),
    )
    address = env("postgresql", database=database)["DATA_SOURCE_URI"]
    assert address == f"db:5432/airflow?sslmode={asked}&connect_timeout=5"


def test_an_external_redis_is_asked_by_tls_for_the_queues_of_all_workers() -> None:
    broker = ExternalRedis(
        host="redis.example.com",
        port=SecretKey(name="redis", key="port"),
        user="air:flow",
        password=SecretKey(name="redis", key="password"),
        database=3,
        tls=True,
        ca=CA,
        exporter=RedisExporter(),
    )
    workers = [WorkerGroup(queues=["default", "high"]), WorkerGroup(name="g", queues=["a=c"])]
    assert env("redis", broker=broker, executor=CeleryExecutor(workers=workers)) == {
        "REDIS_PORT": "redis/port",
        "REDIS_ADDR": "rediss://redis.example.com:$(REDIS_PORT)",
        "REDIS_USER": "air:flow",
        "REDIS_PASSWORD": "redis/password",
        "REDIS_EXPORTER_TLS_CA_CERT_FILE": "/etc/cdk8s-airflow/broker-authority/ca.crt",
        "REDIS_EXPORTER_CHECK_SINGLE_KEYS": "db3=default,db3=high,db3=a%3Dc",
    }


def test_an_address_of_ipv6_is_in_brackets() -> None:
    database = ExternalPostgresql(host="fd00::1", exporter=PostgresqlExporter())
    broker = ExternalRedis(host="fd00::2", exporter=RedisExporter(user="m", password=KEY))
    address = env("postgresql", database=database)["DATA_SOURCE_URI"]
    assert address.startswith("[fd00::1]:5432/")
    found = env("redis", broker=broker)
    assert found["REDIS_ADDR"] == "redis://[fd00::2]:6379"
    assert (found["REDIS_USER"], found["REDIS_PASSWORD"]) == ("m", "own/password")


@pytest.mark.parametrize(
    ("name", "props"),
    [
        ("redis-exporter", {"broker": EmbeddedRedis(exporter=RedisExporter(image=MIRRORED))}),
        ("pgbouncer", {"pgbouncer": PgBouncer(image=MIRRORED)}),
    ],
)
def test_another_image_is_not_that_of_what_waits_which_is_a_program_of_ours(
    name: str, props: dict[str, Any]
) -> None:
    spec = objects(**props)[f"Deployment/af1-{name}"]["spec"]["template"]["spec"]
    assert spec["containers"][0]["image"] == "registry.example.com/mirrored:1"
    images = {each["name"]: each["image"] for each in spec["initContainers"]}
    assert images["wait-for-servers"] == "apache/airflow:3.3.2"


def test_what_waits_is_pulled_with_the_secrets_of_airflows_image() -> None:
    image = Image(repository="registry.example.com/airflow", tag="3.3.2", pull_secrets=("ours",))
    spec = pod("redis", image=image, broker=EmbeddedRedis(exporter=RedisExporter()))["spec"]
    assert spec["imagePullSecrets"] == [{"name": "ours"}]


def test_it_goes_past_pgbouncer() -> None:
    database = EmbeddedPostgresql(exporter=PostgresqlExporter())
    address = env("postgresql", database=database, pgbouncer=PgBouncer())["DATA_SOURCE_URI"]
    assert address.startswith("af1-postgresql-server:5432/")


def test_without_celery_there_is_no_exporter_of_redis() -> None:
    found = objects(executor=KubernetesExecutor())
    assert not [name for name in found if "exporter" in name]


def test_prometheus_finds_the_exporters_by_annotations_or_a_monitor() -> None:
    by_annotations = {
        "prometheus.io/scrape": "true",
        "prometheus.io/port": "9187",
        "prometheus.io/path": "/metrics",
    }
    database = EmbeddedPostgresql(exporter=PostgresqlExporter())
    assert pod("postgresql", database=database)["metadata"]["annotations"] == by_annotations
    own = {"podSelector": {"matchLabels": {"app": "scraper"}}}
    broker = EmbeddedRedis(
        exporter=RedisExporter(service_monitor=ServiceMonitor(), scraped_from=[own])
    )
    found = objects(broker=broker, database=database)
    assert (
        "annotations" not in found["Deployment/af1-redis-exporter"]["spec"]["template"]["metadata"]
    )
    monitor = found["ServiceMonitor/af1-redis-exporter"]["spec"]
    assert monitor["endpoints"] == [{"port": "metrics", "interval": "30s"}]
    labels = found["Service/af1-redis-exporter"]["metadata"]["labels"]
    assert monitor["selector"]["matchLabels"].items() <= labels.items()

    def lets_in(name: str) -> Any:
        return found[f"NetworkPolicy/af1-{name}"]["spec"]["ingress"]

    redis = {"from": [own], "ports": [{"port": 9121, "protocol": "TCP"}]}
    assert lets_in("redis-exporter") == [redis]
    postgresql = {"from": [PROMETHEUS], "ports": [{"port": 9187, "protocol": "TCP"}]}
    assert lets_in("postgresql-exporter") == [postgresql]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (
            lambda: EmbeddedPostgresql(exporter=PostgresqlExporter(user="me")),
            r"EmbeddedPostgresql\(exporter=PostgresqlExporter\(user=...\)\): the release makes the "
            "user 'exporter' there, .* leave user= out",
        ),
        (
            lambda: EmbeddedRedis(exporter=RedisExporter(user="me")),
            r"EmbeddedRedis\(exporter=RedisExporter\(user=...\)\): the release makes",
        ),
        (
            lambda: ExternalPostgresql(host="db", exporter=PostgresqlExporter(password=KEY)),
            r"ExternalPostgresql\(exporter=PostgresqlExporter\(password=...\)\): expected user=",
        ),
        (
            lambda: ExternalPostgresql(
                host="db", database="meta data", exporter=PostgresqlExporter()
            ),
            r"ExternalPostgresql\(database='meta data', .* cannot read one with a space; leave",
        ),
        (
            lambda: ExternalPostgresql(host="db", user="a b", exporter=PostgresqlExporter()),
            r"ExternalPostgresql\(user='a b', exporter=PostgresqlExporter\(\)\)",
        ),
        (
            lambda: ExternalRedis(host="db", exporter=RedisExporter(password=KEY)),
            r"ExternalRedis\(exporter=RedisExporter\(password=...\)\): expected user= too",
        ),
        (
            lambda: ExternalPostgresql(
                host="db", token=CloudSqlIam(), exporter=PostgresqlExporter()
            ),
            r"token=CloudSqlIam\(...\), exporter=PostgresqlExporter\(\)\): the exporter cannot "
            "make tokens; give it user= and password= .* pg_monitor",
        ),
        *(
            (
                lambda kind=kind: kind(scraped_from=[]),
                rf"{kind.__name__}\(scraped_from=\[\]\): nobody could read the metrics",
            )
            for kind in (PostgresqlExporter, RedisExporter, PgBouncerExporter, StatsdExporter)
        ),
    ],
)
def test_what_cannot_work_is_refused(make: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        make()


@pytest.mark.parametrize(
    "results",
    [
        ExternalRedis(host="r", exporter=RedisExporter()),
        ExternalPostgresql(host="r", exporter=PostgresqlExporter()),
    ],
)
def test_a_result_backend_has_no_exporter(results: Any) -> None:
    told = rf"result_backend={type(results).__name__}\(exporter=...\): an exporter is for the"
    with pytest.raises(ValueError, match=told):
        objects(result_backend=results)

"""Two releases that name one queue or one metadata database are refused; others are left alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import cdk8s
import pytest

from cdk8s_airflow import (
    Airflow,
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    EmbeddedRabbitmq,
    EmbeddedRedis,
    ExternalMysql,
    ExternalPostgresql,
    ExternalRabbitmq,
    ExternalRedis,
    RedisSentinel,
    SecretKey,
    WorkerGroup,
)
from cdk8s_airflow.release.sharing import SharedResources, check_sharing

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
REDIS = ExternalRedis(host="redis.example.com")
RABBIT = ExternalRabbitmq(host="rabbit.example.com")
SENTINELS = RedisSentinel(hosts=["s1.example.com", "s2.example.com"], master_name="m")
URL = SecretKey(name="urls", key="broker")
POSTGRESQL = ExternalPostgresql(host="db.example.com")
KEPT = ExternalPostgresql(host="db.example.com", database="results", user="results")


def props(**more: Any) -> AirflowProps:
    if isinstance(more.get("broker"), ExternalRabbitmq | SecretKey):
        more["result_backend"] = KEPT
    return AirflowProps(dags=DAGS, **more)


def queues(*names: str, **more: Any) -> AirflowProps:
    workers = [WorkerGroup(queues=names)]
    config = {"operators": {"default_queue": names[0]}}
    return props(executor=CeleryExecutor(workers=workers), config=config, **more)


def problems(*releases: AirflowProps, place: str = "data") -> str:
    """What a synth would say of releases r0, r1 ...; `{}` in the namespace is the number."""
    app = cdk8s.App()
    for number, each in enumerate(releases):
        AirflowChart(app, f"r{number}", namespace=place.format(number), props=each)
    return "\n".join(app.node.validate())


@pytest.mark.parametrize(
    ("broker", "store"),
    [
        (REDIS, "redis.example.com:6379/0"),
        (RABBIT, "rabbit.example.com:5672/%2F"),
        (SENTINELS, "s1.example.com:26379/m/0"),
        (URL, "key 'broker' of Secret 'urls'"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_broker_with_a_queue_in_common_is_refused(broker: Any, store: str) -> None:
    text = problems(props(broker=broker), queues("default", "gpu", broker=broker))
    assert text.count("share the queue") == 1
    assert (
        "releases 'r0' (namespace 'data') and 'r1' (namespace 'data') share the queue 'default' in "
        f"broker {store}: the workers of one would take the tasks of the other; give each its own "
        "database= or vhost= (its own URL, where a Secret holds it), or its own queues, by "
        "WorkerGroup(queues=...) and config={'operators': {'default_queue': ...}}; releases of "
        "different clusters belong into an app for each cluster"
    ) in text


@pytest.mark.parametrize(
    "database",
    [POSTGRESQL, ExternalMysql(host="db.example.com"), SecretKey(name="urls", key="database")],
    ids=lambda value: type(value).__name__,
)
def test_one_metadata_database_for_two_is_refused(database: Any) -> None:
    each = props(database=database, result_backend=ExternalRedis(host="redis"))
    text = problems(each, each)
    assert "releases 'r0' (namespace 'data') and 'r1' (namespace 'data') have one metadata" in text
    assert "the scheduler of one would run the DAGs of the other; give each its own dat" in text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (REDIS, ExternalRedis(host="redis.example.com", database=2)),
        (REDIS, ExternalRedis(host="redis.example.com", port=6380)),
        (REDIS, ExternalRedis(host="other.example.com")),
        (RABBIT, ExternalRabbitmq(host="rabbit.example.com", vhost="blue")),
        (SENTINELS, RedisSentinel(hosts=["s1.example.com"], master_name="n")),
        (SENTINELS, RedisSentinel(hosts=["s1.example.com"], master_name="m", database=2)),
        (URL, SecretKey(name="urls", key="blue")),
        (EmbeddedRabbitmq(), EmbeddedRabbitmq()),
    ],
    ids=str,
)
def test_another_database_vhost_master_or_key_is_another_broker(one: Any, other: Any) -> None:
    assert problems(props(broker=one), props(broker=other)) == ""


def test_releases_with_queues_of_their_own_may_share_a_broker() -> None:
    assert problems(queues("a", broker=REDIS), queues("b", broker=REDIS)) == ""


def test_a_default_queue_that_another_serves_is_shared() -> None:
    served = props(broker=REDIS, executor=CeleryExecutor(workers=[WorkerGroup(queues=["x"])]))
    assert problems(queues("a", broker=REDIS), served) == ""
    assert "the queue 'default'" in problems(queues("default", broker=REDIS), served)


def test_a_prefix_or_a_schema_keeps_releases_apart() -> None:
    prefixes = [{"celery_broker_transport_options": {"global_keyprefix": each}} for each in "ab"]
    assert problems(*(props(broker=REDIS, config=each) for each in prefixes)) == ""
    schemas = [{"database": {"sql_alchemy_schema": each}} for each in "ab"]
    assert problems(*(props(database=POSTGRESQL, config=each) for each in schemas)) == ""
    env = [{"AIRFLOW__OPERATORS__DEFAULT_QUEUE": each} for each in "ab"]
    executors = [CeleryExecutor(workers=[WorkerGroup(queues=[each])]) for each in "ab"]
    own = [props(broker=REDIS, env=e, executor=x) for e, x in zip(env, executors, strict=True)]
    assert problems(*own) == ""
    paths = [{"options": f"-csearch_path={each}"} for each in "ab"]
    databases = [ExternalPostgresql(host="db.example.com", parameters=each) for each in paths]
    assert problems(*(props(database=each) for each in databases)) == ""


@pytest.mark.parametrize(
    ("broker", "shared"),
    [
        (REDIS, True),
        (ExternalRedis(host="redis.brokers"), True),
        (ExternalRedis(host="10.0.0.7"), True),
        (ExternalRedis(host="fd00::7"), True),
        (ExternalRedis(host="redis"), False),
        (URL, False),
    ],
    ids=lambda value: getattr(value, "host", str(value)),
)
def test_short_names_and_secrets_are_those_of_a_namespace(broker: Any, shared: bool) -> None:
    each = props(broker=broker)
    assert bool(problems(each, each, place="data-{}")) is shared
    assert problems(each, each) != ""


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_a_proxy_beside_the_process_is_each_pods_own(host: str) -> None:
    each = props(database=ExternalPostgresql(host=host))
    assert problems(each, each) == ""


@pytest.mark.parametrize("host", ["r0-redis", "r0-redis-server"])
def test_the_redis_that_another_release_brings_is_its_own(host: str) -> None:
    text = problems(props(), props(broker=ExternalRedis(host=host)))
    assert "share the queue 'default' in broker r0-redis:6379/0" in text


def test_all_problems_are_told_at_once_in_one_order() -> None:
    each = queues("x", "y", broker=REDIS, database=POSTGRESQL)
    text = problems(each, each, each, props(broker=SENTINELS), props(broker=SENTINELS))
    assert "'r0' (namespace 'data'), 'r1' (namespace 'data') and 'r2' (namespace 'data')" in text
    assert "share the queues 'x', 'y' in broker redis.example.com:6379/0" in text
    assert "'r3' (namespace 'data') and 'r4' (namespace 'data') share the queue 'default'" in text
    assert text.count("releases '") == 3


def test_nothing_is_written_of_releases_that_share(tmp_path: Path) -> None:
    app = cdk8s.App(outdir=str(tmp_path))
    chart = cdk8s.Chart(app, "mine", namespace="data")
    for name in ("r0", "r1"):
        Airflow(chart, name, props(broker=REDIS))
    with pytest.raises(RuntimeError, match=re.escape("'r1' (namespace 'data') share the queue")):
        app.synth()
    assert not list(tmp_path.glob("*.yaml"))


def test_a_fleet_is_looked_at_once_and_no_namespace_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks: list[str] = []

    class Fleet(SharedResources):
        @property
        def resources(self) -> Any:
            looks.append(self.release)
            return super().resources

        @property
        def namespace(self) -> str:
            raise AssertionError("no two have a place in common")

    app = cdk8s.App()
    names = [f"r{number}" for number in range(100)]
    for name in names:
        database, broker = POSTGRESQL.url(name), EmbeddedRedis().url(name)
        check_sharing(Fleet(scope=app, release=name, database=database, schema=name, broker=broker))
    for _ in names:
        assert app.node.validate() == []
    assert looks == names

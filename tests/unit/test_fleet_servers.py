"""A fleet with servers of its own: a database, a user of Redis and a pool for each release."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cdk8s
import pytest
from cdk8s import App, YamlOutputType

from cdk8s_airflow import (
    AirflowProps,
    Backup,
    BackupVolume,
    CeleryExecutor,
    DagProcessorProps,
    DagsFolder,
    DatabaseCleanup,
    EmbeddedPostgresql,
    EmbeddedRedis,
    ExternalPostgresql,
    ExternalRedis,
    Fleet,
    FleetRelease,
    FleetServers,
    Flower,
    GitDags,
    KubernetesExecutor,
    LocalExecutor,
    Namespace,
    NetworkPolicies,
    PgBouncer,
    PgBouncerExporter,
    PostgresqlExporter,
    RedisExporter,
    Registry,
    SecretKey,
    Secrets,
    ServiceProps,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest
from cdk8s_airflow.cli import main
from cdk8s_airflow.fleet.own_servers import FleetServers as Servers
from cdk8s_airflow.fleet.share import Share
from cdk8s_airflow.testing.folders import read_folder
from cdk8s_airflow.testing.synth import synthesize

RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
BROKER = "celery_broker_transport_options"
RESULTS = "celery_result_backend_transport_options"


@pytest.fixture
def dags(tmp_path: Path) -> DagsFolder:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "hello.py").write_text("from airflow.sdk import DAG\n")
    return DagsFolder(str(tmp_path / "dags"))


def fleet(
    *names: str | FleetRelease, servers: FleetServers | None = None, **defaults: Any
) -> Fleet:
    rows = [FleetRelease(name=each) if isinstance(each, str) else each for each in names]
    return Fleet(
        releases=rows, defaults=AirflowProps(**defaults), servers=servers or FleetServers()
    )


def bundle_of(
    given: Fleet, folder: Path, external: frozenset[str] = frozenset(), **more: Any
) -> Bundle:
    """The manifests of a fleet in one app, with every check of ours."""

    def build(app: cdk8s.App) -> None:
        assert [*given.add_to(app)] == given.names

    return synthesize(build, folder, external=set(external), **more)


def one(bundle: Bundle, kind: str, name: str) -> Manifest:
    (found,) = [m for m in bundle.all(kind) if m["metadata"]["name"].startswith(name)]
    return found


def test_a_release_has_a_database_keys_and_passwords_of_its_own() -> None:
    found = fleet("team-7").props("team-7")
    database, redis = found.database, found.broker
    assert isinstance(database, ExternalPostgresql) and isinstance(redis, ExternalRedis)
    assert (database.host, database.port) == ("servers-pgbouncer.airflow-servers.svc", 6432)
    direct = ("servers-postgresql-server.airflow-servers.svc", 5432)
    assert (database.direct_host, database.direct_port) == direct
    assert (database.database, database.user) == ("team_7", "team_7")
    assert database.password == SecretKey(name="team-7-postgresql", key="password")
    assert (redis.host, redis.port) == ("servers-redis-server.airflow-servers.svc", 6379)
    assert (redis.user, redis.password) == (
        "team-7",
        SecretKey(name="team-7-redis", key="password"),
    )
    prefix = {"global_keyprefix": "team-7:"}
    assert found.config == {BROKER: prefix, RESULTS: prefix}
    assert found.pgbouncer is None


def test_without_pgbouncer_all_go_to_postgresql_itself() -> None:
    servers = FleetServers(name="shared", namespace="data", pgbouncer=None)
    database = fleet("a", servers=servers).props("a").database
    assert isinstance(database, ExternalPostgresql)
    assert (database.host, database.port) == ("shared-postgresql-server.data.svc", 5432)
    assert database.direct_host is None


def test_names_follow_the_templates_and_the_release() -> None:
    row = FleetRelease(name="team-7", namespace="data", release="af1")
    servers = FleetServers(database="airflow_{name}", keyprefix="airflow:{name}:")
    found = fleet(row, servers=servers).props("team-7")
    database = found.database
    assert isinstance(database, ExternalPostgresql)
    assert (database.database, database.user) == ("airflow_team_7", "airflow_team_7")
    assert database.password == SecretKey(name="af1-postgresql", key="password")
    assert found.config is not None
    assert found.config[BROKER] == {"global_keyprefix": "airflow:team-7:"}


def test_what_a_release_overrides_is_its_own() -> None:
    mine: dict[str, Any] = {"database": EmbeddedPostgresql(), "broker": EmbeddedRedis()}
    row = FleetRelease(name="a", overrides=mine)
    assert fleet(row).props("a") == AirflowProps(**mine)
    plan = plan_of(fleet(row, "b"))
    assert plan[0] == {"release": "a", "namespace": "a"}
    assert {"database", "redis"} <= plan[1].keys()


def test_a_release_without_celery_has_no_user_of_redis() -> None:
    for executor in (LocalExecutor(), KubernetesExecutor()):
        row = FleetRelease(name="a", overrides={"executor": executor})
        assert fleet(row).props("a").broker == AirflowProps().broker
        assert "redis" not in plan_of(fleet(row))[0]


def plan_of(given: Fleet) -> list[dict[str, Any]]:
    """What the Job of the servers makes."""
    app = App(outdir="unused")
    given.add_to(app)
    chart = next(each for each in app.charts if each.node.id == "servers")
    texts = [
        manifest["data"]["releases.json"]
        for manifest in chart.to_json()
        if "releases.json" in (manifest.get("data") or {})
    ]
    found: list[dict[str, Any]] = json.loads(texts[0])
    return found


def test_the_job_makes_what_the_releases_use() -> None:
    row = FleetRelease(name="sales", namespace="data", release="af1")
    assert plan_of(fleet(row)) == [
        {
            "release": "sales",
            "namespace": "data",
            "database": {"name": "sales", "secret": ["af1-postgresql", "password"]},
            "redis": {
                "user": "sales",
                "prefix": "sales:",
                "secret": ["af1-redis", "password"],
            },
        }
    ]


EVERYTHING: Mapping[str, Any] = {
    "flower": Flower(),
    "database_cleanup": DatabaseCleanup(),
    "executor": CeleryExecutor(workers=[WorkerGroup(), WorkerGroup(name="gpu", queues=["gpu"])]),
    "dag_processor": DagProcessorProps(per_bundle=True),
    "dags": [
        GitDags(name=name, repository=f"https://git.example.com/{name}.git") for name in ("x", "y")
    ],
    "secrets": Secrets(rotation={"fernet-key": [2, 1]}),
    "backup": Backup(store=BackupVolume(claim="backups"), encrypt_to=RECIPIENT),
}


COMPONENT = "app.kubernetes.io/component"
PLACE = "kubernetes.io/metadata.name"


def let_in(bundle: Bundle, server: str) -> set[tuple[str, str]]:
    """Namespace and component of the pods of releases that a server lets in."""
    policy = one(bundle, "NetworkPolicy", f"servers-{server}")
    named = {
        (peer["namespaceSelector"]["matchLabels"][PLACE], component)
        for rule in policy["spec"]["ingress"]
        for peer in rule["from"]
        for expression in peer["podSelector"].get("matchExpressions", ())
        for component in expression["values"]
    }
    return named & {(pod.namespace, pod.component) for pod in bundle.pods}


def going_to(bundle: Bundle, server: str) -> set[tuple[str, str]]:
    """Namespace and component of the pods of releases whose egress names a server."""
    return {
        (policy["metadata"]["namespace"], policy["spec"]["podSelector"]["matchLabels"][COMPONENT])
        for policy in bundle.all("NetworkPolicy")
        for rule in policy["spec"]["egress"]
        for peer in rule.get("to") or ()
        if "namespaceSelector" in peer
        and peer.get("podSelector", {}).get("matchLabels", {}).get(COMPONENT) == server
    }


@pytest.mark.parametrize("pooled", [True, False], ids=["pgbouncer", "direct"])
@pytest.mark.parametrize("all_on", [True, False], ids=["everything", "little"])
def test_each_pod_reaches_what_it_uses_and_nothing_else(
    all_on: bool, pooled: bool, tmp_path: Path, dags: DagsFolder
) -> None:
    """The checks of `synthesize` read every URL of every pod, and compare with all policies."""
    servers = FleetServers(pgbouncer=PgBouncer() if pooled else None)
    defaults = EVERYTHING if all_on else {"dags": dags}
    given = fleet("sales", "team-7", servers=servers, **defaults)
    external = {f"PersistentVolumeClaim/{name}" for name in ("backups",)} if all_on else set()
    newer = {"Pod.initContainers[].restartPolicy"} if all_on else set()
    bundle = bundle_of(given, tmp_path, frozenset(external), newer_fields=newer)
    # The servers let in no component that does not go to them.
    for server in ("postgresql", "redis", *(["pgbouncer"] if pooled else [])):
        assert let_in(bundle, server) == going_to(bundle, server), server
    # No pod of a release but those that hold sessions goes past the pool.
    policy = one(bundle, "NetworkPolicy", "servers-postgresql")
    peers = [peer for rule in policy["spec"]["ingress"] for peer in rule["from"]]
    places = {
        peer["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]
        for peer in peers
        if "namespaceSelector" in peer
    }
    assert places == {"sales", "team-7"}
    for peer in peers:
        for expression in peer["podSelector"].get("matchExpressions", ()):
            assert ("scheduler" in expression["values"]) is not pooled


def test_the_servers_may_read_two_secrets_of_a_release_by_name(
    tmp_path: Path, dags: DagsFolder
) -> None:
    bundle = bundle_of(fleet("sales", "team-7", dags=dags), tmp_path)
    binds = [
        binding
        for binding in bundle.all("RoleBinding")
        if binding["subjects"][0]["name"] == "servers-releases"
    ]
    assert {(b["metadata"]["namespace"], b["metadata"]["name"]) for b in binds} == {
        (name, f"{name}-{server}")
        for name in ("sales", "team-7")
        for server in ("postgresql", "redis")
    }
    for binding in binds:
        name, place = binding["roleRef"]["name"], binding["metadata"]["namespace"]
        assert binding["subjects"][0]["namespace"] == "airflow-servers"
        role = bundle.find("Role", name, place)
        assert role is not None
        assert role["rules"] == [
            {
                "apiGroups": [""],
                "resources": ["secrets"],
                "verbs": ["get"],
                "resourceNames": [name],
            }
        ]


def test_passwords_are_generated_where_they_are_used_and_stand_nowhere(
    tmp_path: Path, dags: DagsFolder
) -> None:
    bundle = bundle_of(fleet("sales", dags=dags), tmp_path)
    assert bundle.all("Secret") == []
    wanted: dict[str, set[str]] = {}
    for job in bundle.all("Job"):
        if "bootstrap" in job["metadata"]["name"]:
            (container,) = job["spec"]["template"]["spec"]["containers"]
            (text,) = [e["value"] for e in container["env"] if e["name"] == "GENERATE"]
            found = {each["secret"] for each in json.loads(text)}
            wanted[job["metadata"]["namespace"]] = found
    assert wanted["airflow-servers"] == {
        "servers-postgresql",
        "servers-redis",
        "servers-pgbouncer",
    }
    assert {"sales-postgresql", "sales-redis"} < wanted["sales"]
    assert not any(name.startswith("servers") for name in wanted["sales"])


def test_pgbouncer_has_a_pool_for_each_release_and_lets_nobody_into_another(
    tmp_path: Path, dags: DagsFolder
) -> None:
    servers = FleetServers(pgbouncer=PgBouncer(pool_size=7, exporter=PgBouncerExporter()))
    bundle = bundle_of(fleet("sales", "team-7", servers=servers, dags=dags), tmp_path)
    files = one(bundle, "ConfigMap", "servers-pgbouncer")["data"]
    server = "host='servers-postgresql-server' port='5432'"
    assert files["databases.ini"].splitlines() == [
        "[databases]",
        f"airflow = {server} dbname='airflow' pool_size=1",
        f"sales = {server} dbname='sales' pool_size=7 max_db_connections=8",
        f"team_7 = {server} dbname='team_7' pool_size=7 max_db_connections=8",
    ]
    assert files["hba.conf"].splitlines() == [
        "local pgbouncer exporter trust",
        "local airflow airflow_pooler scram-sha-256",
        *(
            f"host {name} {name} {network} scram-sha-256"
            for name in ("sales", "team_7")
            for network in ("0.0.0.0/0", "::/0")
        ),
    ]
    assert files["users.txt"].splitlines() == [
        '"airflow_pooler" "{airflow.client}"',
        '"exporter" ""',
    ]
    ini = files["pgbouncer.ini"].splitlines()
    assert "auth_user = airflow_pooler" in ini
    assert "auth_query = SELECT login, word FROM pooler.login($1)" in ini


def shares(given: Fleet) -> list[Share]:
    return [Share.of(row, given.props(row.name)) for row in given.releases]


def test_max_connections_is_the_sum_and_grows_in_steps() -> None:
    """A step is twice the one before: a new release seldom restarts the server."""
    servers = Servers(pgbouncer=PgBouncer(pool_size=10))
    found = {
        count: servers.max_connections(
            shares(fleet(*(f"r{number}" for number in range(count)), servers=servers))
        )
        for count in (1, 5, 6, 10, 11, 100)
    }
    # 10 and 3 (two pods, one more in a rollout) for all, 2 + 3 x (10 + 1) for each.
    assert found == {1: 200, 5: 200, 6: 400, 10: 400, 11: 400, 100: 6400}


def test_sizes_that_do_not_suffice_are_refused_with_the_sum(tmp_path: Path) -> None:
    small = EmbeddedPostgresql(max_connections=50)
    given = fleet("a", "b", servers=FleetServers(postgresql=small, pgbouncer=PgBouncer()))
    with pytest.raises(ValueError, match=r"\(max_connections=50\)\): 2 releases may open \d+; "
                       r"raise it, leave it out, or lower PgBouncer\(pool_size=...\)"):  # fmt: skip
        given.synth(tmp_path)
    assert not [*tmp_path.iterdir()]
    direct = fleet("a", servers=FleetServers(postgresql=small, pgbouncer=None))
    with pytest.raises(ValueError, match=r"1 releases may open 70; .* or add PgBouncer\(\)"):
        direct.synth(tmp_path)


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_servers_have_a_folder_and_an_entry_in_the_index(
    tmp_path: Path, dags: DagsFolder
) -> None:
    out = tmp_path / "dist"
    written = fleet("a", "b", dags=dags).synth(out)
    assert [str(path.relative_to(out)) for path in written] == [
        "a/a.k8s.yaml",
        "b/b.k8s.yaml",
        "servers/servers.k8s.yaml",
        "fleet.json",
    ]
    assert json.loads((out / "fleet.json").read_text()) == [
        {"name": "servers", "namespace": "airflow-servers", "folder": "servers"},
        {"name": "a", "namespace": "a", "folder": "a"},
        {"name": "b", "namespace": "b", "folder": "b"},
    ]
    manifests, _ = read_folder(out / "servers")
    assert {m["metadata"]["namespace"] for m in manifests} == {"airflow-servers"}


def test_only_what_a_changed_row_changes_is_written(tmp_path: Path, dags: DagsFolder) -> None:
    out = tmp_path / "dist"
    servers = FleetServers(pgbouncer=PgBouncer(pool_size=5, max_client_connections=500))
    fleet("a", "b", servers=servers, dags=dags).synth(out)
    assert fleet("a", "b", servers=servers, dags=dags).synth(out) == []
    larger = FleetRelease(name="b", size="large")
    changed = fleet("a", larger, servers=servers, dags=dags).synth(out)
    assert changed == [out / "b" / "b.k8s.yaml"]
    # By the sizes of pools, the servers follow a row.
    changed = fleet("a", larger, dags=dags).synth(out)
    assert changed == [out / "servers" / "servers.k8s.yaml"]


def test_some_releases_are_written_alone_and_the_servers_follow_the_table(
    tmp_path: Path, dags: DagsFolder
) -> None:
    out = tmp_path / "dist"
    fleet("a", "b", dags=dags).synth(out)
    more = fleet("a", "b", "c", "d", dags=dags)
    changed = more.synth(out, only=["c"])
    assert changed == [
        out / "c" / "c.k8s.yaml",
        out / "servers" / "servers.k8s.yaml",
        out / "fleet.json",
    ]
    assert more.synth(out, only=["servers"]) == []
    with pytest.raises(ValueError, match="no release 'e'"):
        more.synth(out, only=["e"])


def test_a_release_that_leaves_the_table_takes_its_folder_and_nothing_else(
    tmp_path: Path, dags: DagsFolder
) -> None:
    out = tmp_path / "dist"
    fleet("a", "b", dags=dags).synth(out)
    kept = (out / "a" / "a.k8s.yaml").read_bytes()
    changed = fleet("a", dags=dags).synth(out)
    assert changed == [out / "servers" / "servers.k8s.yaml", out / "b", out / "fleet.json"]
    assert (out / "a" / "a.k8s.yaml").read_bytes() == kept
    text = (out / "servers" / "servers.k8s.yaml").read_text()
    assert "drop" not in text.lower().replace("drop:", "") and "namespace: b\n" not in text


@pytest.mark.parametrize("kind", list(YamlOutputType), ids=lambda kind: str(kind.name))
def test_files_have_names_of_their_own_whatever_the_output(
    kind: YamlOutputType, tmp_path: Path, dags: DagsFolder
) -> None:
    rows = [FleetRelease(name=name, release="af1") for name in ("team-1", "team-2")]
    given = fleet(*rows, dags=dags)
    given.synth(tmp_path / "dist", yaml_output_type=kind)
    app = App(outdir=str(tmp_path / "one"))
    given.add_to(app)
    for chart in app.charts:
        manifests, _ = read_folder(tmp_path / "dist" / chart.node.id)
        assert len(manifests) == len(chart.to_json())
    assert given.synth(tmp_path / "dist", yaml_output_type=kind) == []


def test_the_settings_of_the_defaults_hold_for_the_servers_too(
    tmp_path: Path, dags: DagsFolder
) -> None:
    given = fleet(
        "a",
        servers=FleetServers(create_namespace=Namespace()),
        dags=dags,
        images=Registry(prefix="registry.example.com"),
        network_policies=NetworkPolicies(
            dns_ports=(53, 5353), extra_ingress={"scheduler": [{"from": [{"podSelector": {}}]}]}
        ),
    )
    app = App(outdir="unused")
    given.add_to(app)
    chart = next(each for each in app.charts if each.node.id == "servers")
    bundle = Bundle(chart.to_json())
    for pod in bundle.pods:
        for container in pod.containers:
            assert container["image"].startswith("registry.example.com/")
    (policy,) = [m for m in bundle.all("NetworkPolicy") if "redis" in m["metadata"]["name"]]
    assert {port["port"] for port in policy["spec"]["egress"][0]["ports"]} == {53, 5353}
    assert one(bundle, "Namespace", "airflow-servers")


def test_without_policies_the_servers_have_none(dags: DagsFolder) -> None:
    app = App(outdir="unused")
    fleet("a", dags=dags, network_policies=None).add_to(app)
    kinds = {each["kind"] for chart in app.charts for each in chart.to_json()}
    assert "NetworkPolicy" not in kinds


REFUSED: dict[str, tuple[Any, str]] = {
    "user": (
        lambda: FleetServers(user=None),
        r"FleetServers\(user=None\): a user has the name of its database; leave it out",
    ),
    "secret": (lambda: FleetServers(secret="{name}-x"), r"generates Secrets of its own"),
    "results": (lambda: FleetServers(result_database="{name}_r"), r"results are in Redis"),
    "vhost": (lambda: FleetServers(vhost="v{name}"), r"vhost='v\{name\}'\): the broker is Redis"),
    "template": (
        lambda: FleetServers(database="airflow"),
        r"FleetServers\(database='airflow'\): expected a text with \{name\}",
    ),
    "name": (lambda: FleetServers(name="7th"), r"release='7th'"),
    "namespace": (lambda: FleetServers(namespace="A"), r"FleetServers.namespace='A'"),
    "exporter": (
        lambda: FleetServers(postgresql=EmbeddedPostgresql(exporter=PostgresqlExporter())),
        r"postgresql=EmbeddedPostgresql\(exporter=.* is not for the servers of a fleet: leave it",
    ),
    "rotation": (
        lambda: FleetServers(redis=EmbeddedRedis(rotation=[1, 2], exporter=RedisExporter())),
        r"(?s)redis=EmbeddedRedis\(exporter=.*redis=EmbeddedRedis\(rotation=\[1, 2\]\)",
    ),
    "tls": (
        lambda: FleetServers(pgbouncer=PgBouncer(tls="x", service=ServiceProps(port=1))),
        r"(?s)pgbouncer=PgBouncer\(service=.*pgbouncer=PgBouncer\(tls='x'\)\)",
    ),
    "defaults": (
        lambda: fleet(
            "a", database=ExternalPostgresql(host="db"), broker=ExternalRedis(host="redis")
        ),
        r"(?s)AirflowProps\(database=...\), servers=FleetServers\(...\)\): both name a server for "
        r"all; leave one out.*AirflowProps\(broker=...\)",
    ),
    "same name": (
        lambda: fleet("servers"),
        r"release 'servers' of the fleet has the name of the servers: give FleetServers\(name=",
    ),
    "same release": (
        lambda: fleet(FleetRelease(name="a", release="servers")),
        r"release 'servers' of the fleet has the name of the servers",
    ),
    "same place": (
        lambda: fleet(FleetRelease(name="a", namespace="airflow-servers")),
        r"release 'a' of the fleet is in the namespace of the servers, 'airflow-servers'",
    ),
    "own database": (
        lambda: fleet("airflow"),
        r"PostgreSQL has a user or database 'airflow' itself; give "
        r"FleetServers\(database='airflow_\{name\}'\)",
    ),
    "own user": (lambda: fleet("airflow-pooler"), r"user or database 'airflow_pooler' itself"),
    "default": (lambda: fleet("default"), r"Redis has a user 'default' itself"),
    "prefix": (
        lambda: fleet("a", "ab", servers=FleetServers(keyprefix="x{name}")),
        r"releases 'a' and 'ab' of the fleet: the prefix 'xa' begins 'xab', so one could read the",
    ),
    "identifier": (
        lambda: fleet(FleetRelease(name="7up", release="up")),
        r"'7up' is no plain name .*: give FleetServers\(database='airflow_\{name\}'\)",
    ),
    "two pools": (
        lambda: fleet(FleetRelease(name="a", overrides={"pgbouncer": PgBouncer()})),
        r"there is a pool already at host; leave one of them out",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_fit_is_refused_with_the_remedy(case: str, tmp_path: Path) -> None:
    make, message = REFUSED[case]
    with pytest.raises(ValueError, match=message):
        given = make()
        given.synth(tmp_path)


def test_a_name_that_is_none_in_sql_is_mended_by_the_template() -> None:
    servers = FleetServers(database="airflow_{name}")
    row = FleetRelease(name="7up", release="up")
    database = fleet(row, servers=servers).props("7up").database
    assert isinstance(database, ExternalPostgresql)
    assert (database.database, database.user) == ("airflow_7up", "airflow_7up")


PROJECT = """\
from cdk8s_airflow import AirflowProps, DagsFolder, Fleet, FleetRelease, FleetServers

Fleet(
    releases=[FleetRelease(name=name) for name in ("sales", "reports")],
    defaults=AirflowProps(dags=DagsFolder("dags")),
    servers=FleetServers(),
).synth()
"""


def test_the_command_writes_one_release_and_the_servers(
    tmp_path: Path,
    dags: DagsFolder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONLY", raising=False)
    (tmp_path / "main.py").write_text(PROJECT)
    assert main(["synth", "--only", "sales"]) == 0
    assert names(tmp_path / "dist") == [
        "fleet.json",
        "sales/sales.k8s.yaml",
        "servers/servers.k8s.yaml",
    ]
    assert main(["synth"]) == 0
    capsys.readouterr()
    assert main(["synth", "--only", "sales"]) == 0
    assert capsys.readouterr().out == ""


def test_the_servers_of_a_thousand_releases_are_objects_that_kubernetes_takes(
    tmp_path: Path,
) -> None:
    """A ConfigMap may have 1 MiB, and etcd takes no object of more than 1.5 MiB."""
    sizes = []
    for count in (100, 400):
        rows = [f"team-{number}" for number in range(count)]
        fleet(*rows, servers=FleetServers(pgbouncer=PgBouncer(pool_size=3))).synth(
            tmp_path / str(count), only=["servers"]
        )
        text = (tmp_path / str(count) / "servers" / "servers.k8s.yaml").read_text()
        sizes.append(max(map(len, text.split("\n---\n"))))
    assert sizes[1] < 4.2 * sizes[0], "no faster than the number of releases"
    assert 2.5 * sizes[1] < 2**20

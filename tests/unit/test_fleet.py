"""A fleet: many releases from one table, on shared servers, each in a folder of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cdk8s
import pytest
import yaml
from cdk8s import App, YamlOutputType

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    EmbeddedPostgresql,
    ExposedService,
    ExternalMysql,
    ExternalPostgresql,
    ExternalRabbitmq,
    ExternalRedis,
    Fleet,
    FleetRelease,
    GitDags,
    GitSyncDags,
    HttpRoute,
    Ingress,
    PgBouncer,
    RedisSentinel,
    SecretKey,
    SharedServers,
    read_table,
)
from cdk8s_airflow.checks.bundle import env_literals
from cdk8s_airflow.cli import main
from cdk8s_airflow.kubernetes.names import is_label
from cdk8s_airflow.testing.folders import read_folder
from cdk8s_airflow.testing.synth import synthesize
from cdk8s_airflow.values import read_fleet, read_values

BROKER, RESULTS = "celery_broker_transport_options", "celery_result_backend_transport_options"
SQL = ExternalPostgresql(host="db.example.com", password=SecretKey(name="database", key="password"))
REDIS = ExternalRedis(host="redis.example.com", password=SecretKey(name="redis", key="password"))


@pytest.fixture
def dags(tmp_path: Path) -> DagsFolder:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "hello.py").write_text("from airflow.sdk import DAG\n")
    return DagsFolder(str(tmp_path / "dags"))


def props_of(row: FleetRelease, **defaults: Any) -> AirflowProps:
    return Fleet(releases=[row], defaults=AirflowProps(**defaults)).props(row.name)


ROWS: list[tuple[Mapping[str, Any], Mapping[str, Any], str, object]] = [
    ({}, {}, "size", "small"),
    ({"size": "large"}, {}, "size", "large"),
    ({}, {"size": "medium"}, "size", "medium"),
    ({"overrides": {"size": "large"}}, {"size": "medium"}, "size", "large"),
    (
        {"repository": "https://git.example.com/a.git"},
        {},
        "dags",
        GitDags(repository="https://git.example.com/a.git"),
    ),
    (
        {"repository": "https://git.example.com/a.git", "ref": "v2", "subdirectory": "dags"},
        {"dags": GitDags(repository="https://git.example.com/x.git", refresh_interval=9)},
        "dags",
        GitDags(
            repository="https://git.example.com/a.git",
            ref="v2",
            subdirectory="dags",
            refresh_interval=9,
        ),
    ),
    (
        {"ref": "v2"},
        {"dags": GitSyncDags(repository="https://git.example.com/x.git")},
        "dags",
        GitSyncDags(repository="https://git.example.com/x.git", ref="v2"),
    ),
    ({"host": "a.example.com"}, {}, "exposed_by", Ingress(host="a.example.com")),
    (
        {"host": "a.example.com"},
        {"ingress": Ingress(class_name="nginx")},
        "exposed_by",
        Ingress(class_name="nginx", host="a.example.com"),
    ),
    (
        {"host": "a.example.com"},
        {"exposure": HttpRoute(gateway="public", hosts=["x.example.com"])},
        "exposed_by",
        HttpRoute(gateway="public", host="a.example.com"),
    ),
]


@pytest.mark.parametrize(("row", "defaults", "option", "expected"), ROWS)
def test_a_row_wins_over_the_defaults_and_an_override_over_both(
    row: Mapping[str, Any], defaults: Mapping[str, Any], option: str, expected: object
) -> None:
    found = props_of(FleetRelease(name="team-7", **row), **defaults)
    assert getattr(found, option) == expected


def test_a_release_has_a_database_and_a_user_of_its_own() -> None:
    row = FleetRelease(name="team-7")
    found = props_of(row, database=SQL, result_backend=SQL, pgbouncer=PgBouncer())
    assert isinstance(found.database, ExternalPostgresql)
    assert isinstance(found.result_backend, ExternalPostgresql)
    assert (found.database.database, found.database.user) == ("team_7", "team_7")
    results = found.result_backend
    assert (results.database, results.user) == ("team_7_results", "team_7_results")
    assert found.database.password == SQL.password
    mysql = ExternalMysql(host="db.example.com", password=SQL.password)
    other = props_of(row, database=mysql).database
    assert isinstance(other, ExternalMysql)
    assert (other.database, other.user) == ("team_7", "team_7")


SENTINEL = RedisSentinel(hosts=["a.example.com"], master_name="main")


@pytest.mark.parametrize("broker", [REDIS, SENTINEL], ids=["redis", "sentinel"])
def test_redis_is_shared_by_a_prefix_of_keys(broker: Any) -> None:
    """Of queues, and of results where these are in the broker."""
    found = props_of(FleetRelease(name="team-7"), broker=broker, config={"core": {"x": 1}})
    prefix = {"global_keyprefix": "team-7:"}
    assert found.config == {"core": {"x": 1}, BROKER: prefix, RESULTS: prefix}
    in_sql = props_of(FleetRelease(name="team-7"), broker=broker, result_backend=SQL)
    assert in_sql.config == {BROKER: prefix}
    results = props_of(
        FleetRelease(name="team-7"), broker=ExternalRabbitmq(host="mq"), result_backend=broker
    )
    assert results.config == {RESULTS: prefix}


def test_a_prefix_that_the_defaults_say_stays() -> None:
    found = props_of(
        FleetRelease(name="a"), broker=REDIS, config={BROKER: {"global_keyprefix": "b:"}}
    )
    assert found.config is not None and found.config[BROKER] == {"global_keyprefix": "b:"}


def test_rabbitmq_is_shared_by_virtual_hosts() -> None:
    found = props_of(FleetRelease(name="team-7"), broker=ExternalRabbitmq(host="mq"))
    assert found.broker == ExternalRabbitmq(host="mq", vhost="team-7")
    assert found.config is None


def test_servers_of_a_release_and_its_overrides_stay_as_they_are() -> None:
    own = FleetRelease(name="a", overrides={"database": SQL, "broker": REDIS})
    assert props_of(own) == AirflowProps(database=SQL, broker=REDIS)
    assert props_of(FleetRelease(name="a")) == AirflowProps()
    whole = SecretKey(name="database", key="url")
    assert props_of(FleetRelease(name="a"), database=whole).database == whole
    alone = Fleet(
        releases=[FleetRelease(name="a")], defaults=AirflowProps(database=SQL), servers=None
    )
    assert alone.props("a").database == SQL


def test_releases_of_one_namespace_have_secrets_of_their_own() -> None:
    fleet = Fleet(
        releases=[FleetRelease(name=name, namespace="airflow") for name in ("a", "b")],
        defaults=AirflowProps(database=SQL, broker=REDIS),
        servers=SharedServers(secret="{name}-servers", database="airflow_{name}", user=None),
    )
    found = fleet.props("b")
    assert isinstance(found.database, ExternalPostgresql) and isinstance(
        found.broker, ExternalRedis
    )
    assert found.database.password == SecretKey(name="b-servers", key="password")
    assert found.broker.password == SecretKey(name="b-servers", key="password")
    assert (found.database.database, found.database.user) == ("airflow_b", "airflow")


REFUSED: dict[str, tuple[Any, str]] = {
    "empty": (lambda: Fleet(releases=[]), r"releases=\[\].*at least one"),
    "twice": (
        lambda: Fleet(releases=[FleetRelease(name="a"), FleetRelease(name="a")]),
        r"(?s)name 'a' is in the rows 1, 2.*release of a namespace 'a/a' is in the rows 1, 2",
    ),
    "host": (
        lambda: Fleet(releases=[FleetRelease(name=each, host="x.example.com") for each in "ab"]),
        r"host 'x.example.com' is in the rows 1, 2",
    ),
    "name": (lambda: FleetRelease(name="Team 7"), r"FleetRelease.name='Team 7'"),
    "release": (lambda: FleetRelease(name="7th"), r"release='7th'"),
    "override": (
        lambda: FleetRelease(name="a", overrides={"sise": "large"}),
        r"AirflowProps has no field 'sise'; did you mean 'size'\?",
    ),
    "unknown": (
        lambda: Fleet(releases=[FleetRelease(name="team-7")]).props("team-77"),
        r"no release 'team-77'; did you mean 'team-7'\?",
    ),
    "ref": (
        lambda: props_of(FleetRelease(name="a", ref="main")),
        r"release 'a' of the fleet: ref='main' needs a repository",
    ),
    "exposed": (
        lambda: props_of(FleetRelease(name="a", host="x.io"), exposure=ExposedService()),
        r"host='x.io' is for an Ingress or HttpRoute, and the defaults have ExposedService",
    ),
    "both": (
        lambda: props_of(FleetRelease(name="a", size="large", overrides={"size": "small"})),
        r"size and overrides\['size'\] say the same: keep one",
    ),
    "template": (
        lambda: SharedServers(database="airflow", vhost="{release}"),
        r"(?s)database='airflow'\): expected a text with \{name\}.*vhost='\{release\}'",
    ),
    "identifier": (
        lambda: (
            props_of(FleetRelease(name="a", release="a", namespace="1"), database=SQL)
            and Fleet(
                releases=[FleetRelease(name="a" * 40)],
                defaults=AirflowProps(database=SQL),
                servers=SharedServers(database="airflow_of_the_data_team_{name}"),
            ).props("a" * 40)
        ),
        r"is no plain name of a database or user in SQL",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused_with_the_remedy(case: str) -> None:
    make, message = REFUSED[case]
    with pytest.raises(ValueError, match=message):
        make()


def test_all_rows_that_do_not_fit_are_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    rows = [FleetRelease(name=each, ref="main") for each in "ab"]
    with pytest.raises(ValueError, match=r"release 'a' of the fleet: ref(.|\n)*release 'b'"):
        Fleet(releases=rows).synth(tmp_path / "dist")
    assert [*(tmp_path / "dist").iterdir()] == []


def test_two_releases_that_would_share_a_database_or_queue_are_refused(tmp_path: Path) -> None:
    fleet = Fleet(
        releases=[FleetRelease(name=each) for each in "ab"],
        defaults=AirflowProps(database=SQL, broker=REDIS),
        servers=None,
    )
    with pytest.raises(
        ValueError, match=r"(?s)have one metadata database.*share the queue"
    ) as found:
        fleet.synth(tmp_path / "dist")
    assert "'a' (namespace 'a') and 'b' (namespace 'b')" in str(found.value)


def team(name: str, dags: DagsFolder, **more: Any) -> FleetRelease:
    return FleetRelease(name=name, overrides={"dags": dags, **more})


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_only_what_has_changed_is_written(tmp_path: Path, dags: DagsFolder) -> None:
    out = tmp_path / "dist"
    names = ["team-1", "team-2", "team-3"]
    first = Fleet(releases=[team(name, dags) for name in names]).synth(out)
    written = [f"{name}/{name}.k8s.yaml" for name in names]
    assert first == [out / name for name in [*written, "fleet.json"]]
    before = {path: path.stat().st_mtime_ns for path in first}
    assert Fleet(releases=[team(name, dags) for name in names]).synth(out) == []
    rows = [team(names[0], dags), team(names[1], dags, size="large"), team(names[2], dags)]
    assert Fleet(releases=rows).synth(out) == [out / written[1]]
    after = {path: path.stat().st_mtime_ns for path in first}
    assert {path for path in first if before[path] != after[path]} == {out / written[1]}


def test_a_release_that_is_gone_takes_its_folder_along(tmp_path: Path, dags: DagsFolder) -> None:
    out = tmp_path / "dist"
    Fleet(releases=[team(name, dags) for name in ("a", "b")]).synth(out)
    (out / "notes").mkdir()
    changed = Fleet(releases=[team("a", dags)]).synth(out)
    assert changed == [out / "b", out / "fleet.json"]
    assert sorted(path.name for path in out.iterdir()) == ["a", "fleet.json", "notes"]


def test_what_is_no_manifest_is_never_deleted(tmp_path: Path, dags: DagsFolder) -> None:
    out = tmp_path / "dist"
    Fleet(releases=[team("a", dags)]).synth(out)
    (out / "a" / "README.md").write_text("ours")
    with pytest.raises(ValueError, match=r"README.md, which would be deleted"):
        Fleet(releases=[team("a", dags)]).synth(out)
    with pytest.raises(ValueError, match=r"README.md, which would be deleted"):
        Fleet(releases=[team("b", dags)]).synth(out)
    for text in ("{}", "[", '[{"folder": "../dags"}]'):
        (out / "fleet.json").write_text(text)
        with pytest.raises(ValueError, match=r"fleet.json is no index of a fleet"):
            Fleet(releases=[team("b", dags)]).synth(out)
    assert Path(dags.path).is_dir()


def test_some_releases_can_be_written_alone(
    tmp_path: Path, dags: DagsFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "dist"
    fleet = Fleet(releases=[team(name, dags) for name in ("a", "b", "c")])
    assert fleet.synth(out, only=["b"]) == [out / "b" / "b.k8s.yaml", out / "fleet.json"]
    monkeypatch.setenv("ONLY", "a, c")
    assert fleet.synth(out) == [out / "a" / "a.k8s.yaml", out / "c" / "c.k8s.yaml"]
    with pytest.raises(ValueError, match="no release 'd'"):
        fleet.synth(out, only=["d"])


@pytest.mark.parametrize("kind", list(YamlOutputType), ids=lambda kind: str(kind.name))
def test_one_name_in_several_namespaces_overwrites_nothing(
    kind: YamlOutputType, tmp_path: Path, dags: DagsFolder
) -> None:
    rows = [
        FleetRelease(name=name, namespace=name, release="af1", overrides={"dags": dags})
        for name in ("team-1", "team-2")
    ]
    Fleet(releases=rows).synth(tmp_path / "dist", yaml_output_type=kind)
    for row in rows:
        manifests, _ = read_folder(tmp_path / "dist" / row.name)
        one: list[Any] = []
        app = App(outdir=str(tmp_path / f"one-{row.name}"))
        Fleet(releases=[row]).add_to(app)
        app.synth()
        one, _ = read_folder(tmp_path / f"one-{row.name}")
        names = sorted((m["kind"], m["metadata"]["name"]) for m in manifests)
        assert names == sorted((m["kind"], m["metadata"]["name"]) for m in one)
        assert {m["metadata"]["namespace"] for m in manifests} == {row.place}


def test_the_index_is_what_an_application_set_reads(tmp_path: Path, dags: DagsFolder) -> None:
    row = FleetRelease(name="a", namespace="data", overrides={"dags": dags})
    Fleet(releases=[row]).synth(tmp_path)
    index = json.loads((tmp_path / "fleet.json").read_text())
    assert index == [{"name": "a", "namespace": "data", "folder": "a"}]


def test_the_output_is_where_cdk8s_wants_it(
    tmp_path: Path, dags: DagsFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CDK8S_OUTDIR", str(tmp_path / "there"))
    Fleet(releases=[team("a", dags)]).synth()
    assert {*files_of(tmp_path / "there")} == {"a/a.k8s.yaml", "fleet.json"}


def test_releases_on_shared_servers_are_sound_in_one_app(tmp_path: Path, dags: DagsFolder) -> None:
    fleet = Fleet(
        releases=[FleetRelease(name="team-1"), FleetRelease(name="team-2", host="t.example.com")],
        defaults=AirflowProps(database=SQL, broker=REDIS, dags=dags, executor=CeleryExecutor()),
    )

    def build(app: cdk8s.App) -> None:
        assert [*fleet.add_to(app)] == fleet.names

    external = {"Secret/database", "Secret/redis"}
    bundle = synthesize(build, tmp_path, external=external)
    for name in fleet.names:
        for kind, role in (("Deployment", "scheduler"), ("StatefulSet", "worker")):
            pod = next(p for p in bundle.pods if str(p) == f"{kind}/{name}-{role}")
            env = env_literals(pod.main_containers[0])
            for section in (BROKER, RESULTS):
                assert env[f"AIRFLOW__{section.upper()}__GLOBAL_KEYPREFIX"] == f"{name}:"
    assert not any(pod.component in ("postgresql", "redis") for pod in bundle.pods)


def test_embedded_servers_are_of_each_release(tmp_path: Path, dags: DagsFolder) -> None:
    assert props_of(FleetRelease(name="a")).database == EmbeddedPostgresql()


TABLE = """\
# teams, by age
name,   size,  repository,                        host
team-1, large, https://git.example.com/one.git,   one.example.com

team-2, ,      https://git.example.com/two.git,
"""


def test_a_table_is_a_csv_file(tmp_path: Path) -> None:
    (tmp_path / "fleet.csv").write_text(TABLE)
    assert read_table(tmp_path / "fleet.csv") == [
        FleetRelease(
            name="team-1",
            size="large",
            repository="https://git.example.com/one.git",
            host="one.example.com",
        ),
        FleetRelease(name="team-2", repository="https://git.example.com/two.git"),
    ]


TABLES = {
    "": r"fleet.csv: expected a first line with names of columns: name, namespace, release",
    "nmae,size\na,small\n": r"(?s)csv:1: there is no column 'nmae'; did you mean 'name'\?.*column "
    "'name' is missing",
    "name,size\na,huge\nB,\nc\n": r"(?s)csv:2: .*huge.*csv:3: .*'B'.*csv:4: 1 cells, but 2 columns",
    "name,release,namespace\nA,1,B\n": r"(?s)csv:2: .*'A'.*csv:2: .*'1'.*csv:2: .*namespace='B'",
}


@pytest.mark.parametrize("text", TABLES)
def test_a_table_is_refused_with_its_lines(text: str, tmp_path: Path) -> None:
    (tmp_path / "fleet.csv").write_text(text)
    with pytest.raises(ValueError) as found:
        read_table(tmp_path / "fleet.csv")
    assert re.search(TABLES[text], str(found.value)), str(found.value)


VALUES = """\
dags: {kind: DagsFolder, path: dags}
database:
  kind: ExternalPostgresql
  host: db.example.com
  password: {kind: SecretKey, name: servers, key: database}
broker: {kind: ExternalRedis, host: redis.example.com}
fleet: {keyprefix: "airflow:{name}:"}
releases:
  sales: {namespace: data, release: af1}
  team-7: {size: medium, database: {kind: EmbeddedPostgresql}}
"""


@pytest.fixture
def values(tmp_path: Path, dags: DagsFolder, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ONLY", raising=False)
    (tmp_path / "values.yaml").write_text(VALUES)
    return Path("values.yaml")


def test_a_values_file_is_a_fleet_too(values: Path) -> None:
    fleet = read_fleet([values], defaults=AirflowProps())
    assert fleet is not None
    assert [(row.name, row.place, row.release_name) for row in fleet.releases] == [
        ("sales", "data", "af1"),
        ("team-7", "airflow", "team-7"),
    ]
    sales, seven = (fleet.props(name) for name in fleet.names)
    assert isinstance(sales.database, ExternalPostgresql)
    assert (sales.database.database, sales.database.user) == ("sales", "sales")
    assert seven.database == EmbeddedPostgresql()
    assert (sales.size, seven.size) == ("small", "medium")
    assert sales.config is not None
    assert sales.config[BROKER] == {"global_keyprefix": "airflow:sales:"}
    values.write_text(VALUES.replace("fleet:", "# fleet:"))
    assert read_fleet([values], defaults=AirflowProps()) is None


WRONG_VALUES = {
    "key": ("keyprefix:", "keyprefx:", r"yaml:7: fleet.keyprefx: unknown key; .* 'keyprefix'"),
    "template": ("airflow:{name}:", "airflow:", r"yaml:7: fleet: SharedServers\(keyprefix='airf"),
    "type": ('{keyprefix: "airflow:{name}:"}', "[1]", r"yaml:7: fleet: expected `key: value`"),
    "alone": ("releases:", "variables:", r"yaml:7: fleet: is for several releases; give releas"),
    "name": ("  sales:", "  7up:", r"7up"),
}


@pytest.mark.parametrize("case", WRONG_VALUES)
def test_a_values_file_that_is_no_fleet_is_refused_with_the_line(case: str, values: Path) -> None:
    old, new, message = WRONG_VALUES[case]
    assert old in VALUES
    values.write_text(VALUES.replace(old, new, 1))
    with pytest.raises(ValueError, match=message):
        read_values([values], defaults=AirflowProps())


@pytest.mark.usefixtures("values_in_process")
def test_the_command_writes_folders_and_only_what_has_changed(
    values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["synth", str(values)]) == 0
    all_files = ["dist/fleet.json", "dist/sales/sales.k8s.yaml", "dist/team-7/team-7.k8s.yaml"]
    assert capsys.readouterr().out.split() == all_files
    assert main(["synth", str(values)]) == 0
    assert capsys.readouterr().out == ""
    values.write_text(VALUES.replace("size: medium", "size: large"))
    assert main(["synth", str(values), "--only", "sales"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["synth", str(values), "--only", "team-7"]) == 0
    assert capsys.readouterr().out.split() == ["dist/team-7/team-7.k8s.yaml"]
    values.write_text(VALUES.partition("  team-7:")[0])
    assert main(["synth", str(values)]) == 0
    assert capsys.readouterr().out.split() == ["dist/fleet.json", "dist/team-7/team-7.k8s.yaml"]
    assert sorted(path.name for path in Path("dist").iterdir()) == ["fleet.json", "sales"]


@pytest.mark.usefixtures("values_in_process")
def test_only_is_for_fleets_and_for_their_releases(
    values: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["synth", str(values), "--only", "team-8"]) == 1
    assert "no release 'team-8'; did you mean 'team-7'?" in capsys.readouterr().err
    values.write_text(VALUES.replace("fleet:", "# fleet:").partition("  team-7:")[0])
    assert main(["synth", str(values), "--only", "sales"]) == 1
    assert "--only sales: the app is no fleet, dist is as it was" in capsys.readouterr().err
    assert not Path("dist").exists()


def test_a_release_that_is_not_in_the_table_is_told_with_the_nearest_name(
    dags: DagsFolder,
) -> None:
    fleet = Fleet(releases=[team("sales", dags)])
    with pytest.raises(ValueError, match=r"the fleet has no release 'sale'; did you mean 'sales'"):
        fleet.props("sale")


@pytest.mark.parametrize("example", ["fleet", "fleet-servers"])
def test_the_application_set_makes_an_application_of_each_folder(example: str) -> None:
    """What a git generator of Argo CD puts into the template are the keys of an entry."""
    place = Path(__file__).resolve().parents[2] / "examples" / example
    (found,) = yaml.safe_load_all((place / "applicationset.yaml").read_text())
    assert (found["apiVersion"], found["kind"]) == ("argoproj.io/v1alpha1", "ApplicationSet")
    spec = found["spec"]
    assert spec["goTemplate"] is True and spec["goTemplateOptions"] == ["missingkey=error"]
    (generator,) = spec["generators"]
    assert generator["git"]["files"] == [{"path": "dist/fleet.json"}]
    assert spec["template"]["spec"]["source"]["repoURL"] == generator["git"]["repoURL"]
    text, made = json.dumps(spec["template"]), {}
    for entry in json.loads((place / "fleet.json").read_text()):
        filled = text
        for key, value in entry.items():
            filled = filled.replace(f"{{{{ .{key} }}}}", value)
        application = json.loads(filled)
        name = application["metadata"]["name"]
        assert is_label(name) and "{{" not in filled
        made[name] = application["spec"]
        folder = Path(application["spec"]["source"]["path"]).relative_to("dist")
        manifests, _ = read_folder(place / folder)
        namespaces = {each["metadata"]["namespace"] for each in manifests}
        assert namespaces == {application["spec"]["destination"]["namespace"]}
    folders = {path.name for path in place.iterdir() if path.is_dir() and path.name[0] != "_"}
    assert {Path(each["source"]["path"]).name for each in made.values()} == folders

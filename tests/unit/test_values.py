"""Values files: the same props, all errors at once, each with its line."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
import typing
from pathlib import Path

import cdk8s
import jsonschema
import pytest
import yaml

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    Connection,
    DagsFolder,
    ExternalPostgresql,
    SchedulerProps,
    SecretKey,
    WorkerGroup,
)
from cdk8s_airflow.kubernetes.props import type_hints
from cdk8s_airflow.values import Release, add_releases, read_values, values_files
from cdk8s_airflow.values.json_schema import json_schema
from cdk8s_airflow.values.types import camel

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "values"
SCHEMA = ROOT / "constructs" / "cdk8s_airflow" / "values" / "schema.json"
DEFAULTS = AirflowProps(dags=DagsFolder(str(ROOT / "dags")))
AN_ENV_VALUE = (
    "a mapping with kind: SecretKey or ConfigMapKey or FieldRef or ResourceFieldRef, or text"
)


def read(folder: Path, *texts: str, **names: str) -> list[Release]:
    files = [folder / f"{number}.yaml" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)
    return read_values(files, defaults=DEFAULTS, names=names)


def errors(folder: Path, *texts: str) -> list[str]:
    with pytest.raises(ValueError) as caught:
        read(folder, *texts)
    return str(caught.value).replace(f"{folder}/", "").splitlines()


def test_the_annotated_example_is_the_same_as_python() -> None:
    (release,) = read_values([EXAMPLE / "values.yaml"], defaults=AirflowProps())
    assert (release.id, release.name, release.namespace) == ("af1", "af1", "data")
    assert release.props == AirflowProps(
        executor=CeleryExecutor(
            workers=(
                WorkerGroup(replicas=3, concurrency=16),
                WorkerGroup(
                    name="gpu",
                    queues=("gpu",),
                    replicas=1,
                    node_selector={"example.com/gpu": "true"},
                    resources={
                        "requests": {"cpu": "1", "memory": "4Gi"},
                        "limits": {"memory": "8Gi"},
                    },
                ),
            )
        ),
        dags=DagsFolder(str(EXAMPLE / "dags")),
        database=ExternalPostgresql(
            host="db.example.com",
            user="airflow",
            password=SecretKey(name="database", key="password"),
            parameters={"sslmode": "require"},
        ),
        config={"core": {"parallelism": 64}},
        env={"TEAM": "data", "RETRIES": "3", "API_TOKEN": SecretKey(name="tokens", key="api")},
        connections={
            "mysql_default": Connection(
                conn_type="mysql",
                host="mysql.example.com",
                login="airflow",
                password=SecretKey(name="mysql", key="password"),
                schema="airflow",
                extra={"charset": "utf8mb4"},
            )
        },
        variables={"limits": {"rows": 100000, "seconds": 60}},
        scheduler=SchedulerProps(replicas=2),
        admin=None,
    )


def test_the_json_schema_in_the_package_is_current() -> None:
    assert json_schema() == SCHEMA.read_text("utf-8"), "run scripts/generate_values_schema.py"


def test_the_json_schema_knows_and_describes_every_prop_and_takes_the_example() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    known = schema["properties"]
    names = {camel(field.name) for field in dataclasses.fields(AirflowProps)} - {"extensions"}
    assert set(known) == names | {"release", "namespace", "releases", "fleet"}
    assert [name for name, prop in known.items() if not prop.get("description")] == []
    validator = jsonschema.Draft202012Validator(schema)
    example = yaml.safe_load((EXAMPLE / "values.yaml").read_text())
    assert list(validator.iter_errors(example)) == []
    wrongs: list[dict[str, object]] = [
        {"databse": {}},
        {"executor": {"kind": "CeleryExecutor", "workers": [{"replicas": "3"}]}},
        {"broker": {"kind": "Kafka"}},
        {"env": {"A": {"name": "without", "key": "kind"}}},
    ]
    for wrong in wrongs:
        assert list(validator.iter_errors(wrong)), wrong


def test_every_error_of_the_file_comes_at_once_with_its_line(tmp_path: Path) -> None:
    text = """\
relase: x
executor:
  kind: CeleryExecutor
  workers:
    - name: gpu
      replicas: "3"
    - replica: 2
database: {kind: ExternalPostgres, host: x}
broker:
  kind: ExternalRedis
  tls: "no"
env:
  A: 1
  B: {name: x, key: y}
  A: twice
config:
  core:
    paralelism: 3
connections:
  c: {kind: Connection, connType: MYSQL}
image:
  repository: a
  tag: latest
scheduler: []
1: x
"""
    kinds = typing.get_args(type_hints(AirflowProps)["database"])
    databases = " or ".join(kind.__name__ for kind in kinds)
    assert errors(tmp_path, text) == [
        "0.yaml:1: relase: no such key; did you mean 'release'?",
        "0.yaml:6: executor.workers[0].replicas: expected a whole number",
        "0.yaml:7: executor.workers[1].replica: no such key; did you mean 'replicas'?",
        f"0.yaml:8: database: expected a mapping with kind: {databases}; did you mean "
        "'ExternalPostgresql'?",
        "0.yaml:9: broker: host is missing; add it",
        "0.yaml:11: broker.tls: expected true or false",
        "0.yaml:13: env.A: expected text; put a number, or yes and no, in quotes",
        f"0.yaml:14: env.B: expected {AN_ENV_VALUE}",
        "0.yaml:15: A is here twice, first in line 13",
        "0.yaml:18: config['core']['paralelism']: no such option in Airflow 3.3.2 and its "
        "providers; did you mean 'parallelism'?",
        "0.yaml:20: connections.c: Connection(conn_type='MYSQL'): expected lower-case letters, "
        "digits, '_' and '-'",
        "0.yaml:23: image: Image(repository='a').tag='latest': expected a fixed tag of letters, "
        "digits, '_', '.', '-'",
        "0.yaml:24: scheduler: expected a mapping: `key: value` lines",
        "0.yaml:25: the key 1: expected text; quote it",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", r"0\.yaml:1: not YAML: "),
        ("a: b: c", r"0\.yaml:1: not YAML: mapping values are not allowed here"),
        ("x: !Secret y", r"0\.yaml:1: not YAML: could not determine a constructor"),
        ("- a", r"0\.yaml:1: expected `key: value` lines"),
        ("---\na: 1\n---\nb: 2", r"0\.yaml:3: not YAML: but found another document"),
        (
            "executor:\n  kind: Celery",
            r"0\.yaml:1: executor: expected a mapping with kind: CeleryExecutor or Kubernetes",
        ),
        ("\nrelease: Bad_Name", r"0\.yaml:2: .*Bad_Name"),
        ("namespace: a.b", r"0\.yaml:1: namespace='a\.b'"),
        ("releases: []", r"0\.yaml:1: releases: expected `name:` lines"),
        ("a: 1\nreleases: {Bad_Name: }", r"0\.yaml:2: .*Bad_Name"),
        ("airflowVersion: 3.1", r"0\.yaml:1: airflowVersion: expected text"),
        ("airflowVersion: 2.10.5", r"0\.yaml:1: airflow_version='2\.10\.5' is too old"),
        ("\n\nenv:\n  1x: a", r"0\.yaml:4: AirflowProps\.env\['1x'\]"),
        (
            "dags: {kind: DagsFolder, path: nowhere}",
            r"0\.yaml:1: dags: DagsFolder\(.*there is no such folder",
        ),
    ],
)
def test_a_values_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    assert re.search(message, "\n".join(errors(tmp_path, text)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("secrets: {fernetKey: abc}", "{name: ..., key: ...} (SecretKey), or nothing"),
        ("secrets: {fernetKey: {kind: Secret, name: a, key: b}}", "{name: ..., key: ...} "),
        ("secrets: {fernetKey: [a]}", "{name: ..., key: ...} (SecretKey), or nothing"),
        ("ingress: data.example.com", "{host: ...} (Ingress), or nothing"),
        ("flower: true", "keys of Flower ({} for its defaults), or nothing"),
        (
            "resultBackend: redis://x",
            "a mapping with kind: ExternalRedis or RedisSentinel or ExternalPostgresql or "
            "SecretKey, or nothing",
        ),
        ("dags: dags", "or GitSyncDags, or a list, or nothing"),
        (
            "env: {A: [1]}",
            AN_ENV_VALUE,
        ),
        (
            "env: {A: }",
            AN_ENV_VALUE,
        ),
    ],
)
def test_what_a_file_may_say_instead_is_told(tmp_path: Path, text: str, message: str) -> None:
    (found,) = errors(tmp_path, text)
    assert re.match(r"0\.yaml:1: \w+(\.\w+)?: expected ", found)
    assert message in found


def test_each_problem_of_an_object_has_the_line_of_its_key(tmp_path: Path) -> None:
    text = """\
executor:
  kind: CeleryExecutor
  workers:
    - replicas: 1
      name: A
      concurrency: 0
      queues: []
scheduler:
  labels: {app.kubernetes.io/name: x}
  replicas: -1
fleet:
  keyprefix: ours
  vhost: ours
"""
    found = [tuple(line.split(":", 3)[:3]) for line in errors(tmp_path, text)]
    assert found == [
        ("0.yaml", "5", " executor.workers[0]"),
        ("0.yaml", "6", " executor.workers[0]"),
        ("0.yaml", "7", " executor.workers[0]"),
        ("0.yaml", "9", " scheduler"),
        ("0.yaml", "10", " scheduler"),
        ("0.yaml", "11", " fleet"),  # without releases
        ("0.yaml", "12", " fleet"),
        ("0.yaml", "13", " fleet"),
    ]


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"none\.yaml:1: cannot be read: No such file"):
        read_values([tmp_path / "none.yaml"], defaults=DEFAULTS)


def test_an_error_names_the_file_that_said_it(tmp_path: Path) -> None:
    found = errors(tmp_path, "scheduler:\n  replicas: a", "scheduler:\n\n  replica: 2")
    assert [line.partition(": ")[0] for line in found] == ["0.yaml:2", "1.yaml:3"]


def test_later_files_win_and_lists_are_replaced(tmp_path: Path) -> None:
    base = """\
executor: {kind: CeleryExecutor, workers: [{replicas: 3}, {name: gpu}]}
config: {core: {parallelism: 8, max_active_runs_per_dag: 4}}
database: {kind: ExternalPostgresql, host: db, password: {name: a, key: b}}
"""
    over = """\
executor: {kind: CeleryExecutor, workers: [{replicas: 1}]}
config: {core: {parallelism: 64}}
database: {kind: EmbeddedPostgresql, storage: 20Gi}
"""
    (release,) = read(tmp_path, base, over)
    assert release.props.executor == CeleryExecutor(workers=(WorkerGroup(replicas=1),))
    assert release.props.config == {"core": {"parallelism": 64, "max_active_runs_per_dag": 4}}
    assert type(release.props.database).__name__ == "EmbeddedPostgresql"


def test_anchors_merges_and_an_empty_file_are_yaml_too(tmp_path: Path) -> None:
    text = "apiServer: &a {replicas: 2}\nscheduler: {<<: *a, priorityClassName: high}\n"
    (release,) = read(tmp_path, text, "", "# nothing\n")
    assert release.props.scheduler == SchedulerProps(replicas=2, priority_class_name="high")


def test_dates_stay_text(tmp_path: Path) -> None:
    (release,) = read(tmp_path, "env: {SINCE: 2024-01-01}")
    assert release.props.env == {"SINCE": "2024-01-01"}


def test_a_reference_may_stand_in_free_json(tmp_path: Path) -> None:
    reference = "{kind: SecretKey, name: s, key: k}"
    text = f"connections: {{a: {{kind: Connection, connType: x, extra: {{k: [{reference}]}}}}}}"
    (release,) = read(tmp_path, text)
    extra = {"k": [SecretKey(name="s", key="k")]}
    assert release.props.connections == {"a": Connection(conn_type="x", extra=extra)}


def test_several_releases_share_what_stands_beside_them(tmp_path: Path) -> None:
    text = """\
namespace: data
config: {core: {parallelism: 8}}
releases:
  blue:
  green: {namespace: other, config: {core: {parallelism: 9}}}
  staging: {release: blue, namespace: staging}
"""
    found = read(tmp_path, text)
    assert [(r.id, r.name, r.namespace) for r in found] == [
        ("blue", "blue", "data"),
        ("green", "green", "other"),
        ("staging", "blue", "staging"),
    ]
    assert [r.props.config for r in found] == [
        {"core": {"parallelism": number}} for number in (8, 9, 8)
    ]
    with pytest.raises(ValueError, match=r"0\.yaml:3: releases: RELEASE=x names one"):
        read(tmp_path, text, release="x")


def test_names_of_the_command_line_win(tmp_path: Path) -> None:
    (release,) = read(tmp_path, "release: a\nnamespace: b", release="blue", namespace="data")
    assert (release.id, release.name, release.namespace) == ("blue", "blue", "data")


def test_without_a_file_nothing_of_it_is_imported(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from cdk8s import App\n"
        "from cdk8s_airflow import AirflowProps, DagsFolder\n"
        "from cdk8s_airflow.values import add_releases\n"
        f"add_releases(App(), defaults=AirflowProps(dags=DagsFolder({str(ROOT / 'dags')!r})))\n"
        "print(sorted({'pydantic', 'yaml'} & set(sys.modules)))\n"
    )
    env = {"PYTHONPATH": str(ROOT / "constructs")}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=env)
    assert done.stdout.strip() == "[]", done.stderr


def test_what_is_not_installed_is_named_with_the_way_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pydantic", None)
    monkeypatch.delitem(sys.modules, "cdk8s_airflow.values.check", raising=False)
    monkeypatch.delitem(sys.modules, "cdk8s_airflow.values.types", raising=False)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'cdk8s-airflow\[values\]'"):
        read(tmp_path, "release: a")


def test_the_command_line_takes_any_number_of_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert values_files(["--values", "a", "--values", "b"]) == [Path("a"), Path("b")]
    assert values_files([]) == []
    with pytest.raises(SystemExit):
        values_files(["--value-file", "a"])
    assert "--values FILE" in capsys.readouterr().err


def test_the_files_become_charts(tmp_path: Path) -> None:
    (tmp_path / "v.yaml").write_text("releases:\n  a:\n  b: {release: a, namespace: other}\n")
    app = cdk8s.App(outdir=str(tmp_path / "out"))
    charts = add_releases(app, [tmp_path / "v.yaml"], defaults=DEFAULTS)
    assert [type(chart) for chart in charts] == [AirflowChart, AirflowChart]
    assert [(c.node.id, c.namespace, c.airflow.platform.release) for c in charts] == [
        ("a", "airflow", "a"),
        ("b", "other", "a"),
    ]

"""The default bundle and every example are sound, committed as they are synthesized, and stable."""

from __future__ import annotations

import importlib.util
import re
import sys
from datetime import date
from pathlib import Path

import cdk8s
import pytest

from cdk8s_airflow import AirflowChart, AirflowProps, CeleryExecutor, DagsFolder, WorkerGroup
from cdk8s_airflow.checks.bundle import namespace_of, title
from cdk8s_airflow.testing.synth import (
    Build,
    differences,
    read_folder,
    run_program,
    synthesize,
)

ROOT = Path(__file__).resolve().parents[2]
MAIN = ROOT / "main.py"
PROGRAMS = [MAIN, *sorted(ROOT.glob("examples/*/main.py"))]

EXTERNAL: dict[str, set[str]] = {
    "dags-in-image": {"Secret/registry"},
    "reload": {"Secret/airflow-database", "ConfigMap/site"},
    "connections": {"Secret/mysql", "Secret/report", "Secret/warehouse"},
    "extension": {"ConfigMap/company-ca"},
    "external-secrets": {
        "ConfigMap/company-ca",
        "Secret/airflow-admin",
        "Secret/airflow-database",
        "Secret/airflow-keys",
        "Secret/airflow-redis",
    },
    "external-services": {
        "ConfigMap/company-ca",
        "Secret/airflow-admin",
        "Secret/airflow-database",
        "Secret/airflow-keys",
        "Secret/airflow-redis",
        "Secret/registry",
    },
    "fleet": {"Secret/reports-servers", "Secret/sales-servers"},
    "git-sync": {"Secret/git"},
    "git-dags": {
        "ConfigMap/company-ca",
        "ConfigMap/git-hosts",
        "Secret/git",
        "Secret/git-reports",
    },
    "kubernetes-executor": {"Secret/git"},
    "high-availability": {"Secret/airflow-database", "Secret/airflow-redis"},
    "ingress": {"Secret/data-example-com"},
    "ldap": {"ConfigMap/company-ca", "Secret/data-example-com", "Secret/directory"},
    "mysql": {"ConfigMap/mysql-ca", "Secret/airflow-mysql"},
    "pgbouncer": {"Secret/airflow-database", "Secret/airflow-results", "Secret/database-ca"},
    "production": {
        "ConfigMap/company-ca",
        "ConfigMap/kerberos",
        "RuntimeClass/nvidia",
        "Secret/airflow-database",
        "Secret/airflow-redis",
        "Secret/airflow-results",
        "Secret/git",
        "Secret/kerberos",
        "Secret/pip",
        "Secret/registry",
        "Secret/warehouse",
    },
    "objects": {"Secret/people", "Secret/warehouse", "Secret/weather"},
    "opentelemetry": {"Secret/otlp", "Secret/otlp-ca"},
    "redis-sentinel": {"Secret/airflow-redis"},
    "backup": {"Secret/backup-key", "Secret/minio", "Secret/minio-ca"},
    "s3-logs": {"Secret/minio", "Secret/minio-ca"},
    "values": {"Secret/database", "Secret/mysql", "Secret/tokens"},
}
"""What the user of an example brings, as `Kind/name`, by the folder of the example."""
NEWER_FIELDS: dict[str, set[str]] = {
    "backup": {"Pod.initContainers[].restartPolicy"},  # the database's client ends with its Job
}
"""Fields newer than the oldest Kubernetes that an example uses, by its folder."""

INVENTORY = """
ConfigMap/af1-dags
ConfigMap/af1-programs-bootstrap-#
ConfigMap/af1-programs-cdk8s-airflow-database-#
ConfigMap/af1-programs-celery-pool-#
ConfigMap/af1-programs-celery-results-#
ConfigMap/af1-programs-create-admin-#
ConfigMap/af1-programs-database-#
ConfigMap/af1-programs-groom-logs-#
ConfigMap/af1-programs-job-probe-#
ConfigMap/af1-programs-local-health-#
ConfigMap/af1-programs-migrate-#
ConfigMap/af1-programs-migrated-#
ConfigMap/af1-programs-scheduler-probe-#
ConfigMap/af1-programs-url-#
ConfigMap/af1-programs-wait-for-api-server-#
ConfigMap/af1-programs-wait-for-database-#
ConfigMap/af1-programs-wait-for-servers-#
ConfigMap/af1-programs-worker-probe-#
ConfigMap/af1-programs-worker-progress-#
Deployment/af1-api-server
Deployment/af1-dag-processor
Deployment/af1-scheduler
Job/af1-bootstrap-#
Job/af1-create-admin-#
Job/af1-migrations-#
NetworkPolicy/af1-api-server
NetworkPolicy/af1-bootstrap
NetworkPolicy/af1-create-admin
NetworkPolicy/af1-dag-processor
NetworkPolicy/af1-migrations
NetworkPolicy/af1-postgresql
NetworkPolicy/af1-redis
NetworkPolicy/af1-scheduler
NetworkPolicy/af1-triggerer
NetworkPolicy/af1-worker
PodDisruptionBudget/af1-worker
Role/af1-bootstrap
RoleBinding/af1-bootstrap
Service/af1-api-server
Service/af1-postgresql
Service/af1-postgresql-server
Service/af1-redis
Service/af1-redis-server
Service/af1-triggerer
Service/af1-worker
ServiceAccount/af1-api-server
ServiceAccount/af1-bootstrap
ServiceAccount/af1-create-admin
ServiceAccount/af1-dag-processor
ServiceAccount/af1-migrations
ServiceAccount/af1-postgresql
ServiceAccount/af1-redis
ServiceAccount/af1-scheduler
ServiceAccount/af1-triggerer
ServiceAccount/af1-worker
StatefulSet/af1-postgresql
StatefulSet/af1-redis
StatefulSet/af1-triggerer
StatefulSet/af1-worker
"""


@pytest.fixture(autouse=True)
def _default_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RELEASE", raising=False)
    monkeypatch.delenv("NAMESPACE", raising=False)


def committed(program: Path) -> dict[str, bytes]:
    """Return the manifests in Git: of main.py those in dist/, else those beside the program."""
    folder = ROOT / "dist" if program == MAIN else program.parent
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.k8s.yaml"))}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.parent.name)
def test_an_example_is_sound_and_committed_as_it_is_synthesized(
    program: Path, tmp_path: Path
) -> None:
    name = program.parent.name
    bundle = synthesize(
        build_of(program),
        tmp_path,
        external=EXTERNAL.get(name, set()),
        newer_fields=NEWER_FIELDS.get(name, set()),
    )
    assert differences(bundle.files, committed(program)) == [], "run the synth and commit it"


def build_of(program: Path) -> Build:
    """Return the `build` function of a program."""
    spec = importlib.util.spec_from_file_location(f"program_{program.parent.name}", program)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(program.parent))  # as for `python main.py`: modules beside it
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(program.parent))
    build: Build = module.build
    return build


def test_every_folder_of_examples_is_an_example() -> None:
    folders = {path for path in ROOT.glob("examples/*") if path.is_dir()}
    assert folders == {program.parent for program in PROGRAMS if program != MAIN}
    known = {folder.name for folder in folders}
    assert set(EXTERNAL) | set(NEWER_FIELDS) <= known


def test_the_list_of_examples_says_when_each_was_last_started() -> None:
    text = (ROOT / "examples" / "README.md").read_text()
    rows = re.findall(r"^\| \[(.+?)\]\((.+?)/\) \|.*\| (.*?) ?\|$", text, re.MULTILINE)
    folders = {path.name for path in ROOT.glob("examples/*") if path.is_dir()}
    assert sorted(name for name, _, _ in rows) == sorted(folders)
    for name, folder, started in rows:
        assert name == folder
        assert date.fromisoformat(started), name


@pytest.mark.parametrize(
    ("timezone", "hash_seed", "elsewhere"),
    [("UTC", "0", False), ("Pacific/Chatham", "4711", True)],
)
def test_dist_is_what_the_program_writes_anywhere(
    timezone: str, hash_seed: str, elsewhere: bool, tmp_path: Path
) -> None:
    output, other = tmp_path / "output", tmp_path / "other"
    other.mkdir()
    env = {"TZ": timezone, "PYTHONHASHSEED": hash_seed}
    run_program(MAIN, output, env, working_folder=other if elsewhere else None)
    _, dist = read_folder(ROOT / "dist")
    assert differences(read_folder(output)[1], dist) == [], "run make synth and commit dist/"
    assert list(other.iterdir()) == []


def test_the_default_bundle_holds_exactly_these_objects(tmp_path: Path) -> None:
    bundle = synthesize(build_of(MAIN), tmp_path)
    hashed = re.compile(r"((?:Job|ConfigMap)/.*)-[0-9a-f]{8}")
    stable = [hashed.sub(r"\1-#", line) for line in bundle.inventory()]
    assert stable == INVENTORY.split()


def test_two_releases_share_a_namespace_and_one_name_serves_two(tmp_path: Path) -> None:
    dags = DagsFolder(str(ROOT / "dags"))
    groups = [WorkerGroup(), WorkerGroup(name="gpu", queues=["gpu"], replicas=1)]
    props = AirflowProps(dags=dags, executor=CeleryExecutor(workers=groups))

    def build(app: cdk8s.App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=props)
        AirflowChart(app, "af2", namespace="airflow", props=props)
        AirflowChart(app, "staging", namespace="staging", props=props, release="af1")

    bundle = synthesize(build, tmp_path)
    assert sorted(bundle.files) == ["af1.k8s.yaml", "af2.k8s.yaml", "staging.k8s.yaml"]
    names = {
        place: sorted(title(m) for m in bundle.manifests if namespace_of(m) == place)
        for place in ("airflow", "staging")
    }
    af1 = [name for name in names["airflow"] if "/af1-" in name]
    af2 = [name for name in names["airflow"] if "/af2-" in name]
    assert len(af1) == len(af2) == len(names["staging"])
    assert len(af1) + len(af2) == len(names["airflow"])


def test_without_a_namespace_the_deploy_tool_decides(tmp_path: Path) -> None:
    props = AirflowProps(dags=DagsFolder(str(ROOT / "dags")))

    def build(app: cdk8s.App) -> None:
        AirflowChart(app, "af1", props=props)

    bundle = synthesize(build, tmp_path)
    assert {namespace_of(manifest) for manifest in bundle.manifests} == {""}

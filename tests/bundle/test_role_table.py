"""The table of roles is what the pods have: each row holds and reaches what it says, no more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from without_node import manifests

from cdk8s_airflow import (
    AirflowProps,
    Backup,
    CeleryExecutor,
    DagsFolder,
    DatabaseCleanup,
    EmbeddedRabbitmq,
    ExecutionApiProps,
    FinishedPods,
    Flower,
    GitSyncDags,
    KubernetesExecutor,
    LocalExecutor,
    PgBouncer,
    Restore,
    S3Backups,
    SecretKey,
    Secrets,
    StatsdExporter,
    Verify,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import COMPONENT, Bundle, Pod
from cdk8s_airflow.roles import ROLES, Role
from cdk8s_airflow.testing.roles import MATERIAL_BY_SECRET, held, row

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
GROUPS = CeleryExecutor(workers=[WorkerGroup(), WorkerGroup(name="gpu", queues=["gpu"])])
REPOSITORY = "https://git.example.com/team/dags.git"
OPTIONS: dict[str, Any] = {
    "flower": Flower(),
    "execution_api": ExecutionApiProps(),
    "database_cleanup": DatabaseCleanup(),
    "metrics": StatsdExporter(),
    "pools": {},
    "secrets": Secrets(rotation={"fernet-key": [2, 1], "jwt-secret": [2, 1]}),
}
BACKUP: dict[str, Any] = {
    "store": S3Backups(bucket="backups"),
    "encrypt_to": "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
    "verify": Verify(identity=SecretKey(name="backup", key="identity")),
}
RESTORE = Restore(identity=SecretKey(name="backup", key="identity"))
OPTIONS["backup"] = Backup(**BACKUP)
RELEASES = {
    "default": AirflowProps(dags=DAGS),
    "restore": AirflowProps(dags=DAGS, backup=Backup(**BACKUP, restore=RESTORE)),
    "celery": AirflowProps(dags=DAGS, executor=GROUPS, **OPTIONS),
    "kubernetes": AirflowProps(
        dags=DAGS, executor=KubernetesExecutor(finished_pods=FinishedPods())
    ),
    "local": AirflowProps(dags=DAGS, executor=LocalExecutor()),
    "both": AirflowProps(dags=DAGS, executors=[CeleryExecutor(), KubernetesExecutor()]),
    "rabbitmq": AirflowProps(dags=DAGS, broker=EmbeddedRabbitmq(), **OPTIONS),
    "pgbouncer": AirflowProps(dags=DAGS, pgbouncer=PgBouncer(), **OPTIONS),
    "git-sync": AirflowProps(dags=GitSyncDags(repository=REPOSITORY, volume="dags")),
}
CELERYS = {"broker", "result backend"}
"""Servers of Celery: of no use to other executors."""
LOGS = {8793, 8794}


@cache
def bundle(name: str) -> Bundle:
    return Bundle(manifests(RELEASES[name]))


def pods_of(release: str) -> list[Pod]:
    """The pods that have a row; those of embedded servers have none."""
    return [pod for pod in bundle(release).pods if roles_of(pod)]


def roles_of(pod: Pod) -> set[Role]:
    """The rows for a pod: with the LocalExecutor the scheduler is a worker too."""
    found = {role for role in Role if pod.component == role or pod.component == f"{role.value}-gpu"}
    env = {entry["name"]: entry.get("value") for entry in pod.main_containers[0].get("env") or []}
    if found == {Role.SCHEDULER} and env.get("AIRFLOW__CORE__EXECUTOR") == "LocalExecutor":
        found.add(Role.WORKER)
    return found


def generated(release: str) -> Iterator[str]:
    """The material that the bootstrap Job makes."""
    (pod,) = (pod for pod in bundle(release).pods if pod.component == "bootstrap")
    env = {entry["name"]: entry.get("value") for entry in pod.main_containers[0]["env"]}
    for item in json.loads(env["GENERATE"]):
        name = item["secret"].removeprefix("af1-").rstrip("-0123456789")
        yield MATERIAL_BY_SECRET[name]


def expected(pod: Pod, release: str) -> set[str]:
    """What the table says that a pod holds in a release."""
    found = set().union(*(row(role) for role in roles_of(pod)))
    if release in ("kubernetes", "local"):
        found -= CELERYS
    if pod.component == "backup":  # files of all that is generated
        found |= set(generated(release))
    if release == "rabbitmq" and pod.component in ("migrations", "restore"):
        found.add("result backend")  # the Job makes the database of the results
    return found


@pytest.mark.parametrize("release", RELEASES)
def test_a_pod_holds_what_its_row_says(release: str) -> None:
    pods = pods_of(release)
    holds = {str(pod): {material for material, _ in held(pod)} for pod in pods}
    assert holds == {str(pod): expected(pod, release) for pod in pods}


def test_each_role_is_seen() -> None:
    seen = {role for name in RELEASES for pod in pods_of(name) for role in roles_of(pod)}
    assert seen == set(Role)


def test_a_pod_reaches_the_servers_of_its_row() -> None:
    for pod in pods_of("celery"):
        (role,) = roles_of(pod)
        reached, ports = egress("celery", pod)
        reaches = ROLES[role].reaches
        assert ("postgresql" in reached) is ("database" in reaches), pod
        assert ("redis" in reached) is bool(CELERYS & reaches), pod
        assert LOGS & ports == (LOGS if "task logs" in reaches else set()), pod


def test_a_task_pod_reaches_the_execution_api_and_no_server() -> None:
    (pod,) = (pod for pod in bundle("kubernetes").pods if pod.component == "task")
    reached, _ = egress("kubernetes", pod)
    assert reached == {"api-server"}


def test_with_pgbouncer_nobody_passes_it_but_the_jobs_that_hold_a_session() -> None:
    passing = {
        pod.component
        for pod in bundle("pgbouncer").pods
        if "postgresql" in egress("pgbouncer", pod)[0]
    }
    assert passing == {"pgbouncer", "migrations", "database-cleanup", "rotate-fernet-key", "backup"}


@pytest.mark.parametrize(
    ("release", "pods"),
    [
        ("celery", {"bootstrap"}),
        ("local", {"bootstrap"}),
        ("restore", {"bootstrap", "restore"}),
        ("kubernetes", {"bootstrap", "scheduler", "api-server", "finished-pods"}),
    ],
)
def test_only_these_pods_have_a_token_for_the_kubernetes_api(release: str, pods: set[str]) -> None:
    found = {p.component for p in bundle(release).pods if p.spec["automountServiceAccountToken"]}
    assert found == pods


@pytest.mark.parametrize("release", RELEASES)
def test_the_pods_with_dag_files_are_those_that_run_them(release: str) -> None:
    for pod in pods_of(release):
        runs = {code for role in roles_of(pod) for code in ROLES[role].runs}
        mounts = {mount["name"] for mount in pod.main_containers[0].get("volumeMounts") or []}
        written = pod.component == "git-sync"
        assert ("dags" in mounts) is ("dag files" in runs or written), pod


def egress(release: str, pod: Pod) -> tuple[set[str], set[int]]:
    """The components that a pod's policy lets it reach, and their ports."""
    policy = bundle(release).one("NetworkPolicy", f"af1-{pod.component}")
    components, ports = set(), set()
    for rule in policy["spec"]["egress"]:
        for peer in rule.get("to") or []:
            if name := peer.get("podSelector", {}).get("matchLabels", {}).get(COMPONENT):
                components.add(name)
                ports |= {port["port"] for port in rule["ports"]}
    return components, ports

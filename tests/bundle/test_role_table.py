"""The table of roles is what the pods have: each row holds and reaches what it says, no more."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import cdk8s
import pytest
from bundle.roles import held, row

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    DatabaseCleanup,
    EmbeddedRabbitmq,
    ExecutionApiProps,
    Flower,
    GitSyncDags,
    KubernetesExecutor,
    LocalExecutor,
    PgBouncer,
    StatsdExporter,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import COMPONENT, Bundle, Pod
from cdk8s_airflow.roles import ROLES, Role

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
GROUPS = CeleryExecutor(workers=[WorkerGroup(), WorkerGroup(name="gpu", queues=["gpu"])])
REPOSITORY = "https://git.example.com/team/dags.git"
OPTIONS: dict[str, Any] = {
    "flower": Flower(),
    "execution_api": ExecutionApiProps(),
    "database_cleanup": DatabaseCleanup(),
    "metrics": StatsdExporter(),
}
RELEASES = {
    "default": AirflowProps(dags=DAGS),
    "celery": AirflowProps(dags=DAGS, executor=GROUPS, **OPTIONS),
    "kubernetes": AirflowProps(dags=DAGS, executor=KubernetesExecutor()),
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
    chart = AirflowChart(cdk8s.Testing.app(), "af1", namespace="airflow", props=RELEASES[name])
    return Bundle(json.loads(json.dumps(chart.to_json())))


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


def expected(pod: Pod, release: str) -> set[str]:
    """What the table says that a pod holds in a release."""
    found = set().union(*(row(role) for role in roles_of(pod)))
    if release in ("kubernetes", "local"):
        found -= CELERYS
    if release == "rabbitmq" and pod.component == "migrations":
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
    assert passing == {"pgbouncer", "migrations", "database-cleanup"}


@pytest.mark.parametrize(
    ("release", "pods"),
    [
        ("celery", {"bootstrap"}),
        ("local", {"bootstrap"}),
        ("kubernetes", {"bootstrap", "scheduler", "api-server"}),
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

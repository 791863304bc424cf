"""Executors: what each brings into a release, and nothing more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import cdk8s
import pytest
from syrupy.assertion import SnapshotAssertion

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    DagsInImage,
    EmbeddedRabbitmq,
    EmbeddedRedis,
    ExternalRedis,
    Flower,
    KubernetesExecutor,
    LocalExecutor,
    SchedulerProps,
    TriggererProps,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle, env_literals
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).parents[2] / "dags"))
KUBERNETES = "AIRFLOW__KUBERNETES_EXECUTOR__"
OWN = ["create", "delete", "get", "list", "patch", "watch"]
TASKS = [{"apiGroups": [""], "resources": ["pods"], "verbs": OWN}]
LAUNCHED = [
    *TASKS,
    {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]},
    {"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["create", "get"]},
    {"apiGroups": [""], "resources": ["events"], "verbs": ["list", "watch"]},
]


def bundle_of(tmp_path: Path, namespace: str | None = "airflow", **props: Any) -> Bundle:
    def build(app: cdk8s.App) -> None:
        all_props = AirflowProps(**{"dags": DAGS, **props})
        AirflowChart(app, "af1", namespace=namespace, props=all_props)

    return synthesize(build, tmp_path)


def env_of(bundle: Bundle, component: str) -> dict[str, str]:
    (pod,) = (each for each in bundle.pods if each.component == component)
    return env_literals(pod.main_containers[0])


def tokens(bundle: Bundle) -> set[str]:
    """The components whose pods get a token for the Kubernetes API."""
    return {pod.component for pod in bundle.pods if pod.spec["automountServiceAccountToken"]}


def test_all_that_look_at_tasks_or_dags_know_the_executors(tmp_path: Path) -> None:
    alias = KubernetesExecutor(alias="pods")
    bundle = bundle_of(tmp_path, executors=[CeleryExecutor(), alias])
    names = {
        pod.component: env_literals(pod.main_containers[0]).get("AIRFLOW__CORE__EXECUTOR")
        for pod in bundle.pods
    }
    module = "airflow.providers.cncf.kubernetes.executors.kubernetes_executor.KubernetesExecutor"
    roles = ("api-server", "dag-processor", "scheduler", "task", "triggerer", "worker")
    assert {role for role, name in names.items() if name} == set(roles)
    assert {names[role] for role in roles} == {f"CeleryExecutor,pods:{module}"}


@pytest.mark.parametrize("executor", [KubernetesExecutor(), LocalExecutor()])
def test_without_celery_there_is_nothing_of_celery(executor: Any, tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, executor=executor)
    others = [m for m in bundle.manifests if "af1-programs-" not in m["metadata"]["name"]]
    text = re.sub("af1-programs-[0-9a-f]{8}", "", str(others).lower())
    for word in ("redis", "celery", "flower", "broker", "af1-worker"):
        assert word not in text, word


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"broker": EmbeddedRabbitmq()}, "broker"),
        ({"broker": EmbeddedRedis()}, "broker"),
        ({"result_backend": ExternalRedis(host="x")}, "result_backend"),
        ({"flower": Flower()}, "flower"),
        ({"config": {"celery": {"pool": "solo"}}}, r"config\['celery'\]"),
    ],
)
def test_what_is_celerys_is_refused_without_it(given: dict[str, Any], named: str) -> None:
    expected = rf"{named} is given, but no executor is a CeleryExecutor.*leave it out, or add a"
    with pytest.raises(ValueError, match=expected):
        resolve(AirflowProps(executor=LocalExecutor(), **given), "af1")


@pytest.mark.parametrize(
    ("executors", "message"),
    [
        ([], "executors is empty: give at least one"),
        (
            [KubernetesExecutor(), KubernetesExecutor(alias="other")],
            "executors has two KubernetesExecutor: Airflow takes each kind once",
        ),
        (
            [LocalExecutor(alias="x"), KubernetesExecutor(alias="x")],
            "executors has the alias 'x' twice: give each its own",
        ),
    ],
)
def test_executors_can_be_told_from_each_other(executors: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        resolve(AirflowProps(executors=executors), "af1")


def test_one_executor_and_several_exclude_each_other() -> None:
    with pytest.raises(ValueError, match="executor and executors are both given: give one"):
        resolve(AirflowProps(executor=CeleryExecutor(), executors=[LocalExecutor()]), "af1")


@pytest.mark.parametrize("alias", ["", "a:b", "a,b", "1st", "CeleryExecutor"])
def test_an_alias_is_a_name_of_its_own(alias: str) -> None:
    with pytest.raises(ValueError, match=r"LocalExecutor\(alias=.*beginning with a letter"):
        LocalExecutor(alias=alias)


@pytest.mark.parametrize(
    ("executor", "named"),
    [(KubernetesExecutor(), "KubernetesExecutor"), (LocalExecutor(), "SchedulerProps")],
)
def test_dags_in_an_image_reach_the_tasks(executor: Any, named: str) -> None:
    with pytest.raises(ValueError, match=f"stock image.*: {named}, DagProcessorProps"):
        resolve(AirflowProps(dags=DagsInImage(), executor=executor), "af1")


def test_the_local_executor_makes_a_worker_of_the_scheduler(
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    executor = LocalExecutor(parallelism=4)
    bundle = bundle_of(tmp_path, executor=executor)
    assert not bundle.find("Deployment", "af1-scheduler")
    workload = bundle.one("StatefulSet", "af1-scheduler")
    assert workload["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] == 600
    container = bundle.container("StatefulSet", "af1-scheduler")
    assert container["args"] == ["airflow", "scheduler"], "it serves logs"
    assert container["resources"]["requests"]["memory"] == "624Mi"
    env = env_of(bundle, "scheduler")
    assert env["AIRFLOW__CORE__PARALLELISM"] == "4"
    assert env["DUMB_INIT_SETSID"] == "0"
    assert env["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"].endswith(":8080/execution/")
    held = {e["name"] for e in container["env"]}
    assert {"AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET"} <= held
    assert [workload, bundle.one("Service", "af1-scheduler")] == snapshot


@pytest.mark.parametrize(
    ("props", "expected"),
    [
        ({"executor": LocalExecutor()}, 16),
        ({"executor": LocalExecutor(), "config": {"core": {"parallelism": 5}}}, 5),
        ({"executor": LocalExecutor(), "size": "medium"}, 64),
        ({"executor": LocalExecutor(parallelism=9), "size": "large"}, 9),
        ({"executors": [CeleryExecutor(), LocalExecutor()]}, 32),
        ({"executors": [CeleryExecutor(), LocalExecutor(parallelism=7)]}, 7),
    ],
)
def test_the_memory_of_tasks_follows_their_number(
    props: dict[str, Any], expected: int, tmp_path: Path
) -> None:
    bundle = bundle_of(tmp_path, **props)
    assert env_of(bundle, "scheduler")["AIRFLOW__CORE__PARALLELISM"] == str(expected)
    resources = bundle.container("StatefulSet", "af1-scheduler")["resources"]
    memory = 384 + 60 * expected
    assert resources["requests"]["memory"] == f"{memory}Mi"
    assert resources["limits"]["memory"] == f"{2 * memory}Mi"


def test_parallelism_is_said_once() -> None:
    expected = r"config\['core'\]\['parallelism'\] is LocalExecutor\(parallelism=4\) too"
    with pytest.raises(ValueError, match=expected):
        resolve(
            AirflowProps(
                executor=LocalExecutor(parallelism=4), config={"core": {"parallelism": 8}}
            ),
            "af1",
        )


def test_the_number_of_tasks_is_checked() -> None:
    with pytest.raises(ValueError, match=r"LocalExecutor\(parallelism=0\): expected 1 or more"):
        LocalExecutor(parallelism=0)


def test_nobody_launches_pods_unless_asked(tmp_path: Path) -> None:
    for executor in (CeleryExecutor(), LocalExecutor()):
        assert tokens(bundle_of(tmp_path, executor=executor)) == {"bootstrap"}


def test_launchers_get_what_the_operators_need(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        executors=[
            CeleryExecutor(
                workers=[
                    WorkerGroup(),
                    WorkerGroup(name="pods", queues=["pods"], pod_launcher=True),
                    WorkerGroup(name="jobs", queues=["jobs"], job_launcher=True),
                ]
            ),
            LocalExecutor(pod_launcher=True),
        ],
        triggerer=TriggererProps(pod_launcher=True, job_launcher=True),
        scheduler=SchedulerProps(replicas=2),
    )
    assert tokens(bundle) == {"bootstrap", "scheduler", "triggerer", "worker-jobs", "worker-pods"}
    assert bundle.one("Role", "af1-worker-pods-launcher")["rules"] == LAUNCHED
    assert bundle.one("Role", "af1-scheduler-launcher")["rules"] == LAUNCHED
    watched = {**TASKS[0], "verbs": ["get", "list", "watch"]}
    jobs = [
        {"apiGroups": ["batch"], "resources": ["jobs"], "verbs": OWN},
        {"apiGroups": ["batch"], "resources": ["jobs/status"], "verbs": ["get"]},
    ]
    rules = bundle.one("Role", "af1-worker-jobs-launcher")["rules"]
    assert rules == [watched, *LAUNCHED[1:], *jobs]
    assert bundle.one("Role", "af1-triggerer-launcher")["rules"] == [*LAUNCHED, *jobs]
    assert not bundle.find("Role", "af1-worker-launcher")


def test_a_size_reaches_the_workers_among_several_executors(tmp_path: Path) -> None:
    executors = [LocalExecutor(), CeleryExecutor()]
    bundle = bundle_of(tmp_path, executors=executors, size="medium")
    assert bundle.one("StatefulSet", "af1-worker")["spec"]["replicas"] == 4

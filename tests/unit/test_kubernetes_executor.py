"""The Kubernetes executor: its template, its rights, its namespaces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cdk8s
import pytest
from syrupy.assertion import SnapshotAssertion

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    DagsFolder,
    DagsVolume,
    GitSyncDags,
    Image,
    Kerberos,
    KubernetesExecutor,
    SecretKey,
    VolumeClaim,
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

    external = {"Secret/mine"} if "name='mine'" in repr(props) else set()
    return synthesize(build, tmp_path, external=external)


def env_of(bundle: Bundle, component: str) -> dict[str, str]:
    (pod,) = (each for each in bundle.pods if each.component == component)
    return env_literals(pod.main_containers[0])


def tokens(bundle: Bundle) -> set[str]:
    """The components whose pods get a token for the Kubernetes API."""
    return {pod.component for pod in bundle.pods if pod.spec["automountServiceAccountToken"]}


def test_the_kubernetes_executor_gets_what_it_needs(
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    bundle = bundle_of(tmp_path, executor=KubernetesExecutor())
    assert tokens(bundle) == {"api-server", "bootstrap", "scheduler"}
    assert bundle.one("Role", "af1-scheduler-tasks")["rules"] == TASKS
    assert bundle.one("Role", "af1-api-server-task-logs")["rules"] == [
        {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]},
        {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]},
    ]
    for role in ("scheduler", "api-server"):
        (pod,) = (each for each in bundle.pods if each.component == role)
        env = {e["name"]: e.get("valueFrom") for e in pod.main_containers[0]["env"]}
        assert env[f"{KUBERNETES}NAMESPACE"] == {
            "fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}
        }
    assert bundle.one("ConfigMap", "af1-task")["data"] == snapshot


def test_options_of_the_executor_are_the_users(tmp_path: Path) -> None:
    options = {"worker_pods_creation_batch_size": 4, "delete_worker_pods": False}
    bundle = bundle_of(
        tmp_path, executor=KubernetesExecutor(), config={"kubernetes_executor": options}
    )
    env = env_of(bundle, "scheduler")
    assert env[f"{KUBERNETES}WORKER_PODS_CREATION_BATCH_SIZE"] == "4"
    assert env[f"{KUBERNETES}DELETE_WORKER_PODS"] == "False"
    assert env[f"{KUBERNETES}TASK_PUBLISH_MAX_RETRIES"] == "-1"


def test_task_pods_in_namespaces_have_rights_and_files_there(tmp_path: Path) -> None:
    executor = KubernetesExecutor(namespaces=["one", "two"], pod_launcher=True)
    bundle = bundle_of(tmp_path, executor=executor, extra_packages=["cowsay"])
    env = env_of(bundle, "scheduler")
    assert env[f"{KUBERNETES}NAMESPACE"] == "one"
    assert env[f"{KUBERNETES}MULTI_NAMESPACE_MODE"] == "True"
    assert env[f"{KUBERNETES}MULTI_NAMESPACE_MODE_NAMESPACE_LIST"] == "one,two"
    for namespace in ("one", "two"):
        assert bundle.one("Role", "af1-scheduler-tasks", namespace)["rules"] == TASKS
        (subject,) = bundle.one("RoleBinding", "af1-scheduler-tasks", namespace)["subjects"]
        assert (subject["name"], subject["namespace"]) == ("af1-scheduler", "airflow")
        assert bundle.one("Role", "af1-task-launcher", namespace)["rules"] == LAUNCHED
        (subject,) = bundle.one("RoleBinding", "af1-task-launcher", namespace)["subjects"]
        assert (subject["name"], subject["namespace"]) == ("af1-task", namespace)
        for name in ("af1-dags", "af1-programs-task"):
            copy, original = (bundle.one("ConfigMap", name, n) for n in (namespace, "airflow"))
            assert copy["data"] == original["data"]
    assert bundle.find("Role", "af1-api-server-task-logs", "one")
    assert not bundle.find("Role", "af1-api-server-task-logs", "two")
    assert not bundle.find("ServiceAccount", "af1-task", "airflow")
    assert not bundle.all("ClusterRole")


def test_one_other_namespace_needs_no_list(tmp_path: Path) -> None:
    env = env_of(bundle_of(tmp_path, executor=KubernetesExecutor(namespaces=["x"])), "scheduler")
    assert env[f"{KUBERNETES}NAMESPACE"] == "x"
    assert f"{KUBERNETES}MULTI_NAMESPACE_MODE" not in env


def test_a_cluster_role_is_a_choice_and_bears_the_namespace(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, executor=KubernetesExecutor(cluster_wide=True))
    (role,) = bundle.all("ClusterRole")
    (binding,) = bundle.all("ClusterRoleBinding")
    assert role["metadata"]["name"] == "airflow-af1-scheduler-tasks"
    assert binding["roleRef"]["name"] == "airflow-af1-scheduler-tasks"
    assert role["rules"] == TASKS
    env = env_of(bundle, "scheduler")
    assert env[f"{KUBERNETES}MULTI_NAMESPACE_MODE"] == "True"
    assert f"{KUBERNETES}MULTI_NAMESPACE_MODE_NAMESPACE_LIST" not in env


@pytest.mark.parametrize("given", [{"namespaces": ["tasks"]}, {"cluster_wide": True}])
def test_pods_that_leave_a_namespace_know_it(given: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="know the release's own; give AirflowChart namespace="):
        bundle_of(tmp_path, None, executor=KubernetesExecutor(**given))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"namespaces": ["A"]}, r"KubernetesExecutor.namespaces='A' is not a valid name"),
        ({"namespaces": ["a", "a"]}, "KubernetesExecutor.namespaces has 'a' twice"),
    ],
)
def test_props_of_task_pods_are_checked(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        KubernetesExecutor(**given)


@pytest.mark.parametrize(
    "dags",
    [
        DagsVolume(VolumeClaim(size="1Gi", access_mode="ReadWriteMany")),
        GitSyncDags(
            repository="https://git.example.com/x.git",
            volume=VolumeClaim(size="1Gi", access_mode="ReadWriteMany"),
        ),
    ],
)
def test_a_claim_does_not_reach_other_namespaces(dags: Any) -> None:
    with pytest.raises(ValueError, match="claim that exists in each namespace, or take the DAGs"):
        resolve(AirflowProps(dags=dags, executor=KubernetesExecutor(namespaces=["tasks"])), "af1")


@pytest.mark.parametrize(
    ("one", "two", "refused"),
    [
        ({}, {}, "airflow"),
        ({"namespaces": ["t"]}, {"namespaces": ["u", "t"]}, "t"),
        ({"namespaces": ["t"]}, {"cluster_wide": True, "namespaces": ["u"]}, "t"),
        ({"namespaces": ["t"]}, {"namespaces": ["u"]}, None),
        ({"namespaces": ["t"]}, {}, None),
    ],
)
def test_two_releases_have_no_task_pods_in_one_namespace(
    one: dict[str, Any], two: dict[str, Any], refused: str | None
) -> None:
    app = cdk8s.App(outdir="unused")
    for name, given in (("af1", one), ("af2", two)):
        props = AirflowProps(dags=DAGS, executor=KubernetesExecutor(**given))
        AirflowChart(app, name, namespace="airflow", props=props)
    if refused is None:
        app.synth_yaml()
        return
    expected = f"'af1' and 'af2' have task pods in namespace '{refused}'.*would take each other's"
    with pytest.raises(RuntimeError, match=expected):
        app.synth_yaml()


def test_nothing_runs_on_when_the_task_has_ended(tmp_path: Path) -> None:
    kerberos = Kerberos(
        principal="airflow@EXAMPLE.COM",
        keytab=SecretKey(name="mine", key="keytab"),
        config="[libdefaults]\n",
    )
    dags = GitSyncDags(repository="https://git.example.com/team/dags.git")
    bundle = bundle_of(
        tmp_path,
        dags=dags,
        kerberos=kerberos,
        extra_packages=["pandas"],
        executor=KubernetesExecutor(),
    )
    (pod,) = (each for each in bundle.pods if each.component == "task")
    assert [each["name"] for each in pod.main_containers] == ["base"]
    assert {each["name"] for each in pod.init_containers} == {
        "git-sync-init",
        "install-packages",
        "kerberos-init",
    }
    assert not [each for each in pod.init_containers if "restartPolicy" in each]


def test_a_task_pod_may_have_its_own_image(tmp_path: Path) -> None:
    image = Image(repository="team/tasks", tag="1")
    bundle = bundle_of(tmp_path, executor=KubernetesExecutor(image=image))
    images = {each.component: each.main_containers[0]["image"] for each in bundle.pods}
    assert images["task"] == "team/tasks:1"
    assert images["scheduler"] == "apache/airflow:3.3.2"

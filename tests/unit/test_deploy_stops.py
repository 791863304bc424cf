"""A deploy of a suspended bundle stops it in an order that loses no task; and what it prunes."""

from __future__ import annotations

from typing import Any

import pytest
from unit.test_deploy_scripts import World, api_service, thing, world

pytestmark = pytest.mark.slow

__all__ = ["world"]

COMPONENTS = ("scheduler", "worker", "api-server", "postgresql")


def workload(component: str, replicas: int, **more: Any) -> dict[str, Any]:
    kind = "StatefulSet" if component in ("worker", "postgresql") else "Deployment"
    made = thing(kind, f"af1-{component}", spec={"replicas": replicas}, **more)
    name = component if component == "postgresql" else "airflow"
    made["metadata"]["labels"] |= {
        "app.kubernetes.io/component": component,
        "app.kubernetes.io/name": name,
    }
    return made


def pod(component: str, **labels: str) -> dict[str, Any]:
    made = thing("Pod", f"af1-{component}-0")
    made["metadata"]["labels"] |= {"app.kubernetes.io/component": component, **labels}
    return made


def suspend(world: World, *stopped: str, **state: Any) -> None:
    """A cluster where all runs, and a bundle where some components have no replicas."""
    running = [workload(name, 1) for name in COMPONENTS]
    more = state.pop("objects", [])
    pods = [pod(name) for name in COMPONENTS]
    world.set(objects=[*running, *more], pods=pods, namespaces=["airflow"], **state)
    world.write(*(workload(name, 0 if name in stopped else 1) for name in COMPONENTS))


def test_tasks_stop_before_the_api_server_and_that_before_the_database(world: World) -> None:
    suspend(world, *COMPONENTS)
    assert world.run("deploy") == 0
    assert world.calls("scale") == [
        ["--replicas=0", "deployments.apps/af1-scheduler", "statefulsets.apps/af1-worker"],
        ["--replicas=0", "deployments.apps/af1-api-server"],
        ["--replicas=0", "statefulsets.apps/af1-postgresql"],
    ]
    verbs = [call[2] for call in world.state["calls"]]
    assert verbs.index("apply") > max(i for i, verb in enumerate(verbs) if verb == "scale")


@pytest.mark.parametrize("stopped", [COMPONENTS, ("scheduler", "worker")])
def test_a_deploy_tells_how_to_open_the_web_interface_only_where_it_runs(
    world: World, capsys: pytest.CaptureFixture[str], stopped: tuple[str, ...]
) -> None:
    suspend(world, *stopped)
    world.write(*(workload(name, int(name not in stopped)) for name in COMPONENTS), api_service())
    assert world.run("deploy") == 0
    output = capsys.readouterr().out
    runs = "api-server" not in stopped
    assert ("port-forward" in output) is runs
    assert ("Web interface: stopped" in output) is not runs


def test_only_what_the_bundle_suspends_is_stopped(world: World) -> None:
    suspend(world, "scheduler", "worker")
    assert world.run("deploy") == 0
    assert [call[1:] for call in world.calls("scale")] == [
        ["deployments.apps/af1-scheduler", "statefulsets.apps/af1-worker"]
    ]


def test_what_stands_still_already_is_not_stopped_again(world: World) -> None:
    suspend(world, *COMPONENTS)
    assert world.run("deploy") == 0
    count = len(world.calls("scale"))
    assert world.run("deploy") == 0
    assert len(world.calls("scale")) == count


@pytest.mark.parametrize("lingering", ["worker", "task"])
def test_a_task_that_still_runs_keeps_what_it_needs(
    world: World, capsys: pytest.CaptureFixture[str], lingering: str
) -> None:
    suspend(world, *COMPONENTS, lingering=lingering == "worker")
    if lingering == "task":
        state = world.state
        state["pods"].append(pod("task", kubernetes_executor="True"))
        world.set(**state)
    assert world.run("deploy", "--timeout", "0s") == 1
    assert len(world.calls("scale")) == 1
    assert world.calls("apply") == []
    error = capsys.readouterr().err
    assert f"Pod/af1-{lingering}-0" in error
    assert "workers let running tasks finish; deploy again" in error


def test_an_autoscaler_goes_before_its_workload(world: World) -> None:
    scaler = thing("HorizontalPodAutoscaler", "af1-worker")
    scaler["spec"] = {"scaleTargetRef": {"kind": "StatefulSet", "name": "af1-worker"}}
    suspend(world, "worker", objects=[scaler])
    assert world.run("deploy") == 0
    verbs = [call[2] for call in world.state["calls"]]
    assert verbs.index("delete") < verbs.index("scale")
    assert "HorizontalPodAutoscaler" not in {item["kind"] for item in world.state["objects"]}


def test_removed_features_leave_nothing_behind(world: World) -> None:
    gone = [thing("Ingress", "af1-api-server"), thing("HorizontalPodAutoscaler", "af1-api-server")]
    world.set(objects=gone, namespaces=["airflow"])
    assert world.run("deploy") == 0
    kinds = {item["kind"] for item in world.state["objects"]}
    assert not kinds & {"Ingress", "HorizontalPodAutoscaler"}


KEDA = "scaledobjects  so  keda.sh/v1alpha1  true  ScaledObject"


def scaled_object() -> dict[str, Any]:
    return thing("ScaledObject", "af1-worker") | {"apiVersion": "keda.sh/v1alpha1"}


def test_kinds_that_the_cluster_lacks_are_not_asked_for(world: World) -> None:
    world.set(objects=[], namespaces=["airflow"])
    assert world.run("deploy") == 0
    asked = [call[0] for call in world.calls("get") if "configmaps" in call[0]]
    assert asked and not any("scaledobjects" in kinds for kinds in asked)


def test_custom_kinds_that_left_the_bundle_are_removed_where_the_cluster_has_them(
    world: World,
) -> None:
    world.set(objects=[scaled_object()], addons=[KEDA], namespaces=["airflow"])
    assert world.run("deploy") == 0
    assert world.calls("delete") == [["--ignore-not-found", "scaledobjects.keda.sh/af1-worker"]]


def test_a_release_can_be_deleted_when_an_add_on_is_gone_with_its_kinds(world: World) -> None:
    own = thing("Widget", "af1-widget") | {"apiVersion": "example.com/v1"}
    world.write(thing("Deployment", "af1-scheduler", spec={"replicas": 2}), scaled_object(), own)
    world.set(objects=[thing("Deployment", "af1-scheduler")], namespaces=["airflow"])
    assert world.run("delete") == 0
    assert world.state["objects"] == []


@pytest.mark.parametrize("preferred", ["v1", "v2"])
def test_any_kind_of_the_bundle_is_deleted_whatever_version_the_cluster_prefers(
    world: World, preferred: str
) -> None:
    own = thing("Widget", "af1-widget") | {"apiVersion": "example.com/v1"}
    shared = thing("PriorityClass", "af1-high") | {"apiVersion": "scheduling.k8s.io/v1"}
    world.write(own, shared)
    addons = [f"widgets  example.com/{preferred}  true  Widget"]
    world.set(objects=[own, shared], addons=addons, namespaces=["airflow"])
    assert world.run("delete") == 0
    assert world.state["objects"] == []


@pytest.mark.parametrize(
    ("storage_class", "reason"),
    [
        ({}, "waits for a volume, but the cluster has no default StorageClass: name one"),
        ({"storageClassName": "fast"}, "waits for a volume of StorageClass fast"),
    ],
)
def test_a_claim_that_waits_says_why(
    world: World,
    capsys: pytest.CaptureFixture[str],
    storage_class: dict[str, str],
    reason: str,
) -> None:
    claim = thing("PersistentVolumeClaim", "data-af1-postgresql-0")
    claim |= {"spec": storage_class, "status": {"phase": "Pending"}}
    world.set(objects=[claim], ready_after=10_000)
    assert world.run("deploy", "--timeout", "0s") == 1
    said = f"PersistentVolumeClaim/data-af1-postgresql-0: {reason}"
    assert said in capsys.readouterr().out


def test_a_job_that_is_suspended_is_not_waited_for(world: World) -> None:
    world.set(objects=[], namespaces=["airflow"], ready_after=10_000)
    held = {"conditions": [{"type": "Suspended", "status": "True"}]}
    world.write(thing("Job", "af1-migrations-1", spec={"suspend": True}, status=held))
    assert world.run("deploy", "--timeout", "0s") == 0

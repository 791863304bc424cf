"""What the status of a workload or pod means."""

from __future__ import annotations

from typing import Any

import pytest

from cdk8s_airflow.cli.cluster.rollout import RolloutError, crashed, pending, trouble


def workload(kind: str, status: dict[str, Any], *, wanted: int = 2) -> dict[str, Any]:
    return {
        "kind": kind,
        "metadata": {"name": "x", "generation": 1},
        "spec": {"replicas": wanted},
        "status": {"observedGeneration": 1, **status},
    }


DONE = {"replicas": 2, "updatedReplicas": 2, "readyReplicas": 2, "availableReplicas": 2}
SAME = {**DONE, "currentRevision": "a", "updateRevision": "a"}


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (workload("Deployment", DONE), None),
        (workload("Deployment", {}, wanted=0), None),
        (
            workload("Deployment", DONE | {"observedGeneration": 0}),
            "not yet seen by its controller",
        ),
        (workload("Deployment", DONE | {"updatedReplicas": 1}), "1 of 2 updated"),
        (workload("Deployment", DONE | {"replicas": 3}), "1 old ones still run"),
        (workload("Deployment", DONE | {"availableReplicas": 1}), "1 of 2 ready"),
        (workload("StatefulSet", SAME), None),
        (workload("StatefulSet", {"currentRevision": "a", "updateRevision": "a"}, wanted=0), None),
        (workload("StatefulSet", SAME | {"readyReplicas": 0}), "0 of 2 ready"),
        (workload("StatefulSet", SAME | {"replicas": 1}), "1 of 2 started"),
        (
            workload("StatefulSet", SAME | {"updatedReplicas": 1, "updateRevision": "b"}),
            "1 of 2 updated",
        ),
        (workload("Job", {}), "running"),
        (workload("Job", {"failed": 2}), "running, 2 failed tries"),
        (workload("Job", {"conditions": [{"type": "Complete", "status": "True"}]}), None),
        (workload("Job", {"conditions": [{"type": "Failed", "status": "False"}]}), "running"),
        ({"kind": "Job", "metadata": {"name": "x"}}, "running"),
    ],
)
def test_a_workload_is_rolled_out_only_when_all_of_it_is(
    thing: dict[str, Any], expected: str | None
) -> None:
    assert pending(thing) == expected


def test_a_failed_job_is_an_error_with_its_reason() -> None:
    condition = {"type": "Failed", "status": "True", "reason": "R", "message": "M"}
    with pytest.raises(RolloutError, match="Job/x failed: R M"):
        pending(workload("Job", {"conditions": [condition]}))


def pod(**status: Any) -> dict[str, Any]:
    return {"metadata": {"name": "p"}, "status": status}


STARTING = {"name": "main", "ready": False, "state": {"waiting": {"reason": "PodInitializing"}}}
ENDED = {"exitCode": 137, "reason": "OOMKilled"}


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (pod(phase="Succeeded", containerStatuses=[STARTING]), []),
        (pod(containerStatuses=[{"name": "main", "ready": True, "state": {"running": {}}}]), []),
        (
            pod(containerStatuses=[{"name": "main", "ready": False, "state": {"running": {}}}]),
            ["container main: runs, but is not ready"],
        ),
        (
            pod(
                initContainerStatuses=[{"name": "wait", "state": {"running": {}}}],
                containerStatuses=[STARTING],
            ),
            ["init container wait: still running"],
        ),
        (
            pod(
                initContainerStatuses=[
                    {"name": "wait", "state": {"terminated": {"exitCode": 0}}},
                ],
                containerStatuses=[
                    {
                        "name": "main",
                        "state": {"waiting": {"reason": "CreateContainerConfigError"}},
                    }
                ],
            ),
            ["container main: CreateContainerConfigError"],
        ),
        (
            pod(
                containerStatuses=[
                    {"name": "main", "state": {"running": {}}, "lastState": {"terminated": ENDED}}
                ]
            ),
            [
                "container main: runs, but is not ready; "
                "before that ended with exit code 137 (OOMKilled)"
            ],
        ),
        (
            pod(
                conditions=[
                    {
                        "type": "PodScheduled",
                        "status": "False",
                        "reason": "Unschedulable",
                        "message": "0/1 nodes are available",
                    }
                ]
            ),
            ["not scheduled: Unschedulable: 0/1 nodes are available"],
        ),
        ({"metadata": {"deletionTimestamp": "now"}, "status": {}}, ["is stopping"]),
    ],
)
def test_a_pod_that_is_not_ready_says_why(thing: dict[str, Any], expected: list[str]) -> None:
    assert list(trouble(thing)) == expected


def test_only_containers_that_crashed_have_a_log_worth_reading() -> None:
    thing = pod(
        initContainerStatuses=[{"name": "a", "state": {"terminated": {"exitCode": 0}}}],
        containerStatuses=[
            {"name": "b", "state": {"terminated": ENDED}},
            {"name": "c", "state": {"waiting": {}}, "lastState": {"terminated": ENDED}},
            {"name": "d", "state": {"running": {}}, "lastState": {"terminated": ENDED}},
        ],
    )
    assert list(crashed(thing)) == [("b", False), ("c", True)]

"""Is it running? What the status of workloads and pods says, in words. Knows no cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cdk8s_airflow.cli.cluster.kubectl import Object, identity
from cdk8s_airflow.cli.exits import CommandError


class RolloutError(CommandError):
    """A workload has given up; waiting longer does not help."""


def pending(workload: Object) -> str | None:
    """What a workload still waits for; None when it is completely rolled out.

    Raises:
        RolloutError: when it is a Job that has failed for good.
    """
    status = workload.get("status") or {}
    if workload["kind"] == "Job":
        held = workload.get("spec", {}).get("suspend") and not status.get("active")
        return None if held else _job(workload["metadata"]["name"], status)
    if status.get("observedGeneration", 0) < workload["metadata"].get("generation", 1):
        return "not yet seen by its controller"
    wanted = workload["spec"].get("replicas", 1)
    if workload["kind"] == "StatefulSet":
        return _stateful_set(wanted, status)
    return _deployment(wanted, status)


def waiting_for(workloads: Iterable[Object]) -> list[str]:
    """`Kind/name (what it waits for)` of those that are not rolled out.

    Raises:
        RolloutError: when one is a Job that has failed for good.
    """
    reasons = [("/".join(identity(thing)), pending(thing)) for thing in workloads]
    return [f"{name} ({reason})" for name, reason in reasons if reason]


def _deployment(wanted: int, status: Object) -> str | None:
    updated = status.get("updatedReplicas", 0)
    if updated < wanted:
        return f"{updated} of {wanted} updated"
    if status.get("replicas", 0) > updated:
        return f"{status['replicas'] - updated} old ones still run"
    available = status.get("availableReplicas", 0)
    return None if available >= wanted else f"{available} of {wanted} ready"


def _stateful_set(wanted: int, status: Object) -> str | None:
    ready = status.get("readyReplicas", 0)
    if status.get("replicas", 0) != wanted:
        return f"{status.get('replicas', 0)} of {wanted} started"
    if ready < wanted:
        return f"{ready} of {wanted} ready"
    if status.get("currentRevision") != status.get("updateRevision"):
        return f"{status.get('updatedReplicas', 0)} of {wanted} updated"
    return None


def _job(name: str, status: Object) -> str | None:
    true = {item["type"]: item for item in status.get("conditions", []) if item["status"] == "True"}
    if "Complete" in true:
        return None
    if "Failed" in true:
        reason, message = true["Failed"].get("reason", ""), true["Failed"].get("message", "")
        raise RolloutError(f"Job/{name} failed: {reason} {message}".strip())
    failed = status.get("failed", 0)
    return "running" + (f", {failed} failed tries" if failed else "")


def trouble(pod: Object) -> Iterator[str]:
    """Why a pod is not ready, one line a reason; nothing when it is ready or has succeeded."""
    status = pod.get("status") or {}
    if status.get("phase") == "Succeeded":
        return
    if "deletionTimestamp" in pod["metadata"]:
        yield "is stopping"
        return
    for condition in status.get("conditions", []):
        if condition["type"] == "PodScheduled" and condition["status"] != "True":
            yield f"not scheduled: {condition.get('reason')}: {condition.get('message')}"
    for container in status.get("initContainerStatuses", []):
        state = container.get("state") or {}
        ended = state.get("terminated")
        if ended is None or ended["exitCode"] != 0:
            yield from _reason("init container", container, running="still running")
    for container in status.get("containerStatuses", []):
        if not container.get("ready"):
            yield from _reason("container", container, running="runs, but is not ready")


def _reason(role: str, container: Object, *, running: str) -> Iterator[str]:
    state = container.get("state") or {}
    waiting, ended = state.get("waiting") or {}, state.get("terminated")
    if waiting.get("reason") == "PodInitializing":
        return
    if waiting:
        text = ": ".join(filter(None, [waiting.get("reason"), waiting.get("message")]))
    else:
        text = _ended(ended) if ended else running
    last = (container.get("lastState") or {}).get("terminated")
    yield f"{role} {container['name']}: {text}" + (f"; before that {_ended(last)}" if last else "")


def _ended(terminated: Object) -> str:
    return (
        f"ended with exit code {terminated['exitCode']} ({terminated.get('reason', 'no reason')})"
    )


def crashed(pod: Object) -> Iterator[tuple[str, bool]]:
    """The containers with a log worth reading: name, and whether it is the previous run's."""
    status = pod.get("status") or {}
    for container in [
        *status.get("initContainerStatuses", []),
        *status.get("containerStatuses", []),
    ]:
        state = container.get("state") or {}
        if (state.get("terminated") or {}).get("exitCode", 0) != 0:
            yield container["name"], False
        elif "running" not in state and "terminated" in (container.get("lastState") or {}):
            yield container["name"], True


def unbound(claim: Object) -> Iterator[str]:
    """Why a claim has no volume, as far as the claim itself tells."""
    if (claim.get("status") or {}).get("phase") != "Pending":
        return
    name = claim["spec"].get("storageClassName")
    if name is None:
        yield (
            "waits for a volume, but the cluster has no default StorageClass: name one, such as "
            "EmbeddedPostgresql(storage_class=...); `kubectl get storageclass` lists them"
        )
    elif name:
        yield f"waits for a volume of StorageClass {name}"

"""Stops what a bundle suspends, in an order that loses no task."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence

from cdk8s_airflow.cli.cluster.kubectl import (
    SCALERS,
    WORKLOADS,
    Kubectl,
    Object,
    contains,
    identity,
    names,
    resource,
)
from cdk8s_airflow.cli.cluster.rollout import RolloutError

TASKS = ("scheduler", "dag-processor", "triggerer", "worker")
"""How the components begin that start or run tasks."""
POLL_SECONDS = 2.0


def stop(kubectl: Kubectl, selector: str, objects: Sequence[Object], timeout: float) -> None:
    """Stops what has no replicas in a bundle.

    First what starts and runs tasks, which ends them with API server, database and broker still
    there; then the rest of Airflow; then the servers. Autoscalers go before all.

    Args:
        kubectl: for the namespace.
        selector: the labels of the release.
        objects: the bundle.
        timeout: seconds.

    Raises:
        RolloutError: when pods do not end in time; the deploy can be repeated.
    """
    wanted = [thing for thing in objects if (thing.get("spec") or {}).get("replicas") == 0]
    kinds = [WORKLOADS[kind] for kind in sorted({thing["kind"] for thing in wanted})]
    live = kubectl.get(kinds, selector) if kinds else []
    running = [
        thing for thing in live if contains(wanted, thing) and thing["spec"].get("replicas", 1) > 0
    ]
    if not running:
        return
    began = time.monotonic()
    targets = {identity(thing) for thing in running}
    scalers = kubectl.known(SCALERS)
    for scaler in kubectl.get(scalers, selector) if scalers else []:
        target = scaler["spec"]["scaleTargetRef"]
        if (target.get("kind", "Deployment"), target["name"]) in targets:
            kubectl.delete([scaler])
    for wave in sorted({_wave(thing) for thing in running}):
        stopped = [thing for thing in running if _wave(thing) == wave]
        kubectl.run(
            *("scale", "--replicas=0"),
            *(f"{resource(thing)}/{thing['metadata']['name']}" for thing in stopped),
            show=True,
        )
        components = {_component(thing) for thing in stopped}

        def left(components: Collection[str] = components) -> list[Object]:
            return [
                pod
                for pod in kubectl.get(["pods"], selector)
                if (_component(pod) in components or _is_task(pod)) and not _has_ended(pod)
            ]

        for text in stopping(left):
            if time.monotonic() - began > timeout:
                raise RolloutError(
                    f"still {text} after {timeout:g} s: workers let running tasks finish; "
                    "deploy again, with a longer --timeout, to go on"
                )


def stopping(left: Callable[[], Sequence[Object]]) -> Iterator[str]:
    """What still stops, told and yielded every other second, until nothing does."""
    said = ""
    while pods := left():
        if (text := f"stopping: {', '.join(sorted(names(pods)))}") != said:
            print(text, flush=True)
            said = text
        yield text
        time.sleep(POLL_SECONDS)


def _component(thing: Object) -> str:
    return str((thing["metadata"].get("labels") or {}).get("app.kubernetes.io/component", ""))


def _wave(thing: Object) -> int:
    """When it stops: what starts or runs tasks, the rest of Airflow, servers."""
    if _component(thing).startswith(TASKS):
        return 0
    labels = thing["metadata"].get("labels") or {}
    return 1 if labels.get("app.kubernetes.io/name") == "airflow" else 2


def _is_task(pod: Object) -> bool:
    """Whether the KubernetesExecutor made it; it needs the API server until its task ends."""
    return (pod["metadata"].get("labels") or {}).get("kubernetes_executor") == "True"


def _has_ended(pod: Object) -> bool:
    return (pod.get("status") or {}).get("phase") in ("Succeeded", "Failed")

"""Why a test failed, by what runs: the most telling first, and little of what is well.

CI keeps the first and the last lines of its output, so a digest of each failure is printed last.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Protocol

from integration.airflow_client import AirflowClient
from integration.node.kubelet import Kubelet
from integration.node.logs import tail
from integration.node.pod import Pod

END_LINES, DIGEST_LINES = 60, 12
"""Of the log of a container that ended, or of a task: in the report, and in the digest."""


class Running(Protocol):
    """What has a node, and an Airflow on it."""

    node: Kubelet

    def client(self) -> AirflowClient:
        """A client that logs in."""
        ...


def report(node: Kubelet, running: Running | None, since: float, lines: int = END_LINES) -> str:
    """How containers ended and tasks failed since a time, then how the pods are.

    Args:
        node: where they ran.
        running: their Airflow, if it is known.
        since: when the test began, as ``time.time`` has it.
        lines: how many lines of each log.
    """
    pods = sorted(node.pods(), key=_is_well)
    found = [*_ends(pods, since, lines), *_failed_tasks(running, since, lines)]
    if lines == END_LINES:
        found += [_healthy(pod) if _is_well(pod) else pod.describe() for pod in pods]
    return "\n".join(found)


def _is_well(pod: Pod) -> bool:
    return pod.ready or pod.phase == "Succeeded"


def _healthy(pod: Pod) -> str:
    return f"{pod.name}: {pod.phase} restarts={pod.restarts}"


def _ends(pods: list[Pod], since: float, lines: int) -> Iterator[str]:
    for pod in pods:
        for name, supervisor in dict(pod.supervisors).items():
            for end in supervisor.ends:
                if end.time < since or (end.exit_code == 0 and not supervisor.restarts):
                    continue
                at = time.strftime("%H:%M:%S", time.gmtime(end.time))
                yield (
                    f"{pod.name}/{name} ended at {at} with {end.exit_code}, kills: "
                    f"{supervisor.kills}; its last lines:"
                )
                yield from (f"    | {line}" for line in tail(end.log(supervisor.log), lines))


def _failed_tasks(running: Running | None, since: float, lines: int) -> Iterator[str]:
    if running is None:
        return
    try:
        client = running.client()
        path = "dags/~/dagRuns/~/taskInstances?state=failed&state=up_for_retry&order_by=-end_date"
        began = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(since))
        failed = client.get(f"{path}&limit=3&end_date_gte={began}")["task_instances"]
        for task in failed:
            names = (task["dag_id"], task["dag_run_id"], task["task_id"])
            yield f"task {'/'.join(names)}: {task['state']}, try {task['try_number']}; its log:"
            text = _log_of(client, task)
            yield from (f"    | {line}" for line in tail(text, lines, 600))
    except Exception as error:
        yield f"Airflow cannot be asked for failed tasks: {type(error).__name__}: {error}"


def _log_of(client: AirflowClient, task: dict[str, str]) -> str:
    where = f"dags/{task['dag_id']}/dagRuns/{task['dag_run_id']}/taskInstances/{task['task_id']}"
    query = f"full_content=true&map_index={task['map_index']}"
    content = client.get(f"{where}/logs/{task['try_number']}?{query}")["content"]
    if isinstance(content, str):
        return content
    return "\n".join(
        " ".join(str(value) if isinstance(value, str) else json.dumps(value)
                 for key, value in entry.items() if key not in {"timestamp", "logger"} and value)
        for entry in content
    )  # fmt: skip

"""Each probe of the manifests tells a living process from a dead one."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from integration.conftest import RunningBundle
from integration.node.pod import Pod
from integration.node.probes import ProbeResult

PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
COMPONENTS = ("api-server", "dag-processor", "postgresql", "redis", "scheduler", "triggerer",
              "worker-0")  # fmt: skip
HEARTBEAT_SECONDS = 62
"""More than what the probes allow a heartbeat to be old."""


def pods_by_component(bundle: RunningBundle) -> dict[str, Pod]:
    return {component: bundle.node.pod(bundle.name(component)) for component in COMPONENTS}


def ask_all(pods: dict[str, Pod]) -> dict[tuple[str, str], ProbeResult]:
    """Asks every probe of the pods by hand, all at the same time."""
    kinds = {
        (component, kind): pod
        for component, pod in pods.items()
        for kind in PROBES
        if kind in pod.manifest["spec"]["containers"][0]
    }
    with ThreadPoolExecutor(len(kinds)) as executor:
        asked = {key: executor.submit(pod.probe, key[1]) for key, pod in kinds.items()}
    return {key: answer.result() for key, answer in asked.items()}


@dataclass
class Answers:
    """What the probes said, asked by hand."""

    alive: dict[tuple[str, str], ProbeResult]
    frozen: dict[tuple[str, str], ProbeResult]


@pytest.fixture(scope="module")
def answers(bundle: RunningBundle) -> Iterator[Answers]:
    """Asks all probes, freezes every process of the pods, asks again, and thaws them.

    The Airflow pods are frozen first and asked while the database and the broker are well: a probe
    must tell from its own process alone.
    """
    bundle.node.wait_ready(180)
    pods = pods_by_component(bundle)
    servers = {name: pods.pop(name) for name in ("postgresql", "redis")}
    everyone = [*pods.values(), *servers.values()]
    alive = ask_all({**pods, **servers})
    for pod in everyone:
        pod.hold_probes(True)
    frozen: dict[tuple[str, str], ProbeResult] = {}
    try:
        for group, patience in ((pods, HEARTBEAT_SECONDS), (servers, 0)):
            for pod in group.values():
                pod.container().signal_all(signal.SIGSTOP)
            time.sleep(patience)
            frozen.update(ask_all(group))
            for pod in group.values():
                pod.container().signal_all(signal.SIGCONT)
    finally:
        for pod in everyone:
            pod.container().signal_all(signal.SIGCONT)
            pod.hold_probes(False)
    yield Answers(alive, frozen)
    bundle.node.wait_ready(180)


@pytest.mark.parametrize("kind", PROBES)
@pytest.mark.parametrize("component", COMPONENTS)
def test_a_probe_succeeds_on_a_living_process(answers: Answers, component: str, kind: str) -> None:
    result = answers.alive[component, kind]
    assert result.success, result.detail


@pytest.mark.parametrize("kind", PROBES)
@pytest.mark.parametrize("component", COMPONENTS)
def test_a_probe_fails_on_a_dead_process(answers: Answers, component: str, kind: str) -> None:
    result = answers.frozen[component, kind]
    assert not result.success, result.detail


def test_a_probe_of_the_worker_does_not_blame_it_for_a_broker_that_is_away(
    bundle: RunningBundle, answers: Answers
) -> None:
    del answers
    redis, worker = bundle.node.pod("af1-redis"), bundle.node.pod("af1-worker-0")
    redis.hold_probes(True)
    redis.container().signal_all(signal.SIGSTOP)
    try:
        result = worker.probe("livenessProbe")
    finally:
        redis.container().signal_all(signal.SIGCONT)
        redis.hold_probes(False)
    assert result.success, result.detail

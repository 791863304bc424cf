"""The life of one container of a pod: start, probes, restarts with back-off, stop."""

from __future__ import annotations

import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .container import Container, ContainerSpec
from .objects import Manifest, NodeError, NotYetError
from .probes import Prober

RESTART_DELAYS = (0.0, 10.0, 20.0, 40.0, 80.0, 160.0, 300.0)
"""How long the kubelet waits before the first, second ... restart of a container."""

CONFIGURE_AGAIN_SECONDS = (10.0, 15.0)
"""A container that lacks a Secret is tried again when the kubelet looks at its pod again, after a
failure: ten seconds later, and up to half as much more. Nothing tells it that the Secret is there
(kubelet: ``backOffPeriod`` and ``workerBackOffPeriodJitterFactor``)."""


@dataclass(frozen=True)
class End:
    """How one run of a container ended."""

    exit_code: int
    time: float
    size: int
    """Of the log that all runs write."""

    def log(self, log: Path) -> str:
        """What had been written until then."""
        return log.read_bytes()[: self.size].decode(errors="replace")


class Supervisor:
    """Keeps one container of a pod in the state that its restart policy asks for."""

    def __init__(
        self,
        spec: Manifest,
        pod: Manifest,
        prepare: Callable[[Manifest], ContainerSpec],
        ip: str,
        log: Path,
        restart_policy: str,
    ) -> None:
        """Remembers what to run; ``run`` runs it.

        Args:
            spec: The container of the manifest.
            pod: Its pod.
            prepare: Works out the process; NotYetError while something is missing.
            ip: The pod's address.
            log: The file for the output of all its runs.
            restart_policy: ``Always``, ``OnFailure`` or ``Never``.
        """
        self.spec, self.name, self.log = spec, str(spec["name"]), log
        self._pod, self._prepare, self._ip = pod, prepare, ip
        self._policy = restart_policy
        self._stopping = threading.Event()
        self._lost = threading.Event()
        self._starting = threading.Lock()
        """Held while a container is made, so that whoever stops it finds it, or finds none."""
        self.container: Container | None = None
        self.prober: Prober | None = None
        self.restarts = 0
        self.state = "Waiting"
        self.reason = "PodInitializing"
        self.exit_codes: list[int] = []
        """How each run ended."""
        self.ends: list[End] = []
        """The same, and when."""
        self.kills: list[str] = []
        """Why the kubelet killed a run."""
        self.waited: str | None = None
        """What kept the container from being made at first."""
        self.began: float | None = None
        """When its first run began, a `time.monotonic()`."""
        self.ended: float | None = None
        """When its last run ended."""

    @property
    def started(self) -> bool:
        """Whether the container runs and its startup probe has succeeded."""
        prober, container = self.prober, self.container
        return bool(prober and container and container.running and prober.started)

    @property
    def ready(self) -> bool:
        """Whether the container runs and its readiness probe succeeds."""
        return bool(self.started and self.prober and self.prober.ready)

    def run(self) -> int:
        """Runs the container, again and again if need be; returns the last exit code."""
        while not self._stopping.is_set():
            code = self._run_once()
            if code is not None:
                self.exit_codes.append(code)
                self.ends.append(End(code, time.time(), self.log.stat().st_size))
            if self._lost.is_set():
                self._stopping.wait()
            finished = (
                code is None
                or self._policy == "Never"
                or (self._policy == "OnFailure" and code == 0)
            )
            if finished or self._stopping.is_set():
                break
            self._wait_before_restart()
        self.state, self.reason = "Terminated", ""
        return self.exit_codes[-1] if self.exit_codes else 137

    def stop(self, grace: float) -> None:
        """Ends the container for good: preStop, SIGTERM, and SIGKILL after the grace period."""
        with self._starting:
            self._stopping.set()
            container = self.container
        if container is None or not container.running:
            return
        deadline = time.monotonic() + grace
        self._pre_stop(container, grace)
        container.signal(signal.SIGTERM)
        if not container.wait(max(deadline - time.monotonic(), 0)):
            self.kills.append(f"not gone {grace:.0f} s after SIGTERM")
            container.signal(signal.SIGKILL)
            container.wait(30)

    def lose(self) -> None:
        """Kills the container as a dying node does: at once, and nobody starts it again."""
        with self._starting:
            self._lost.set()
            container = self.container
        if container is not None:
            container.signal(signal.SIGKILL)
            container.wait(30)

    def _run_once(self) -> int | None:
        spec = self._await_configuration()
        with self._starting:
            if spec is None or self._stopping.is_set() or self._lost.is_set():
                return None
            container = Container(spec, self.log)
            self.prober = Prober(self.spec, self._pod, self._ip, container, self._kill)
            self.container = container
        self.began = self.began or container.started_at
        self.state, self.reason = "Running", ""
        container.wait()
        self.ended = time.monotonic()
        self.state = "Waiting"
        return container.exit_code

    def _await_configuration(self) -> ContainerSpec | None:
        while not self._stopping.is_set():
            try:
                return self._prepare(self.spec)
            except (NotYetError, NodeError) as error:
                self.state, self.reason = "Waiting", f"CreateContainerConfigError: {error}"
                self.waited = self.waited or self.reason
            self._stopping.wait(random.uniform(*CONFIGURE_AGAIN_SECONDS))
        return None

    def _wait_before_restart(self) -> None:
        delay = RESTART_DELAYS[min(self.restarts, len(RESTART_DELAYS) - 1)]
        self.state, self.reason = "Waiting", f"CrashLoopBackOff: {delay:.0f} s"
        self._stopping.wait(delay)
        self.restarts += 1

    def _kill(self, reason: str, probe: Manifest) -> None:
        self.kills.append(reason)
        container = self.container
        if container is not None:
            of_pod = self._pod["spec"].get("terminationGracePeriodSeconds", 30)
            grace = float(probe.get("terminationGracePeriodSeconds", of_pod))
            self._pre_stop(container, grace)
            container.signal(signal.SIGTERM)
            if not container.wait(grace):
                container.signal(signal.SIGKILL)

    def _pre_stop(self, container: Container, grace: float) -> None:
        lifecycle = self.spec.get("lifecycle", {})
        if set(lifecycle) - {"preStop"}:
            raise NodeError(f"the stand-in node does not honour lifecycle {lifecycle}")
        hook = lifecycle.get("preStop", {})
        if "exec" in hook:
            container.exec(hook["exec"]["command"], grace)
        elif "sleep" in hook:
            container.wait(min(float(hook["sleep"]["seconds"]), grace))
        elif hook:
            raise NodeError(f"the stand-in node does not honour preStop {hook}")

"""Starts synthesized bundles on the stand-in node: one at a time, each once for its tests."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import HERE, NAMESPACE, RELEASE, generated_secrets, synthesize
from integration.node.kubelet import Kubelet
from integration.node.memory import limits_are_enforced
from integration.node.objects import Manifest
from integration.node.timeline import timeline
from integration.report import DIGEST_LINES, report
from integration.side_by_side import APART, is_long, longest_first, scene
from integration.turns import turn
from xdist.scheduler import LoadScopeScheduling

NASTY_PASSWORD = "p@ss:/w#rd%?&'\" +\\$(HOME)$${HOME}`~{}[]|<>;!*,=^"
"""A password that the user brings for the database and the broker."""

START_SECONDS = 600
"""So long only where all goes wrong, or the machine has much else to do."""

MINUTE = 60.0

DIGEST = 40
"""Lines on failures at the end of the output, all together."""

collect_ignore = [f"{name}.py" for name in APART]
"""Tests with a target of their own: `make integration-migration`."""

_summary: list[str] = []
_seconds: defaultdict[str, float] = defaultdict(float)
_digests: list[list[str]] = []


@dataclass(frozen=True)
class Scene:
    """What is applied to an empty node."""

    manifests: list[Manifest]
    """The bundle."""
    before: list[Manifest] = field(default_factory=list)
    """What is in the cluster before it: Secrets and servers of the user."""
    changed: list[Manifest] = field(default_factory=list)
    """The bundle with another text of the DAG ``changing``."""
    brought: Mapping[str, str] = field(default_factory=dict)
    """Secrets that the bundle would generate, but finds: name -> password."""
    prefix: str = ""
    """The path below which UI and API answer."""


@dataclass
class RunningBundle:
    """The bundle while it runs."""

    node: Kubelet
    scene: Scene
    seconds_to_ready: float

    @property
    def manifests(self) -> list[Manifest]:
        """The bundle as it was applied."""
        return self.scene.manifests

    @property
    def changed(self) -> list[Manifest]:
        """The same with another text of the DAG ``changing``."""
        return self.scene.changed

    @property
    def brought(self) -> Mapping[str, str]:
        """Secrets that were there before the bundle: name -> password."""
        return self.scene.brought

    def name(self, component: str) -> str:
        """The name of a component's objects."""
        return f"{RELEASE}-{component}"

    @property
    def admin_password(self) -> str:
        """What the bootstrap Job has made."""
        (password,) = self.node.secret(self.name("admin-password"), NAMESPACE).values()
        return password

    @property
    def asked_too_early(self) -> dict[str, str]:
        """Pods of Airflow with a container that asked for a Secret before it was there.

        Embedded servers have nobody to wait for: their volumes take longer than the Secrets.
        """
        names = ("postgresql", "rabbitmq", "redis")
        own = [pod for pod in self.node.pods() if pod.name.startswith(f"{RELEASE}-")]
        return {
            pod.name: supervisor.waited
            for pod in own
            if not any(f"-{name}-" in pod.name for name in names)
            for supervisor in pod.supervisors.values()
            if supervisor.waited
        }

    def client(self) -> AirflowClient:
        """A client that logs in as the admin of the bundle."""
        service = self.node.store.get("Service", NAMESPACE, self.name("api-server"))
        assert service is not None
        address, port = str(service["spec"]["clusterIP"]), service["spec"]["ports"][0]["port"]
        return AirflowClient(address, port, "admin", self.admin_password, self.scene.prefix)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the options for what is not run each time."""
    parser.addoption("--examples", action="store_true", help="start every example")
    parser.addoption("--long", action="store_true", help="run what takes long, and that alone")


def pytest_configure(config: pytest.Config) -> None:
    """Tells the mark of these examples; a process beside others has temporary files of its own."""
    config.addinivalue_line("markers", "examples: started with --examples alone")
    if hasattr(config, "workerinput"):
        config.option.basetemp = None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what an option has to ask for, or its name; orders the others."""
    files = {Path(arg.partition("::")[0]).resolve() for arg in config.args}

    def wanted(item: pytest.Item) -> bool:
        if item.get_closest_marker("examples"):
            return bool(config.getoption("--examples"))
        named = item.path in files or config.getoption("--examples")
        return named or is_long(item.nodeid) == config.getoption("--long")

    left_out = [item for item in items if not wanted(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    longest_first(items)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Keeps the tests of a bundle in one process."""
    scheduling = LoadScopeScheduling(config, log)
    scheduling._split_scope = scene
    return scheduling


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Runs pytest again inside namespaces that end with it, unless it is there already."""
    if os.environ.get("CDK8S_AIRFLOW_NODE") or config.option.collectonly or config.option.tx:
        return None
    here = Path(__file__).resolve().parent
    done = subprocess.run(
        [str(here / "run"), sys.executable, *config.invocation_params.args], check=False
    )
    return done.returncode


class Stage:
    """The node, where one bundle runs at a time: the next takes the place of the one before."""

    def __init__(self) -> None:
        self._name = ""
        self._node: Kubelet | None = None
        self._running: RunningBundle | None = None

    @property
    def node(self) -> Kubelet:
        """The node of the bundle that runs, or is about to."""
        assert self._node is not None
        return self._node

    def play(self, name: str, prepare: Callable[[], Scene]) -> RunningBundle:
        """The running bundle of that name, all ready; started if another runs or none."""
        if self._running is None or self._name != name:
            self.clear()
            scene = prepare()
            self._name, self._node = name, Kubelet()
            with turn():
                self._node.apply(scene.before)
                start = time.monotonic()
                self._node.apply(scene.manifests)
                self._node.wait_ready(START_SECONDS)
            seconds = time.monotonic() - start
            say(f"the bundle {name} was ready after {seconds:.0f} s")
            for line in timeline(self._node.pods(), start):
                say(f"  {line}")
            self._running = RunningBundle(self._node, scene, seconds)
        return self._running

    def clear(self) -> None:
        """Ends what runs."""
        node, self._node, self._running = self._node, None, None
        if node is not None:
            _summary.extend(_memory_table(node))
            keep_logs(node)
            node.close()


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """Where bundles run."""
    stage = Stage()
    try:
        yield stage
    finally:
        stage.clear()


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """The default bundle, applied at once beside two Secrets that the user brings; all ready."""

    def prepare() -> Scene:
        manifests = synthesize(tmp_path_factory.mktemp("synth"))
        text = (HERE / "dags" / "changing.py").read_text().replace('"first"', '"second"')
        changed = synthesize(tmp_path_factory.mktemp("changed"), {"changing.py": text})
        keys = generated_secrets(manifests)
        brought = {
            name: NASTY_PASSWORD + name
            for name in keys
            if name in (f"{RELEASE}-postgresql", f"{RELEASE}-redis")
        }
        secrets = [secret(name, {keys[name]: value}) for name, value in brought.items()]
        return Scene(manifests, secrets, changed, brought)

    return stage.play("default", prepare)


@pytest.fixture(scope="module")
def airflow(bundle: RunningBundle) -> AirflowClient:
    """A client of the running Airflow."""
    return bundle.client()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Adds to the report of a failed test what containers and tasks ended, and how the pods are."""
    made = yield
    found = getattr(item, "funcargs", {})
    running = found.get("bundle") or found.get("cluster")
    node = getattr(running, "node", None)
    if call.when == "call" and call.excinfo is not None and isinstance(node, Kubelet):
        airflow = running if isinstance(running, RunningBundle) else None
        made.sections.insert(0, ("pods", report(node, airflow, call.start)))
        what = f"{item.nodeid}: {call.excinfo.exconly().splitlines()[0][:300]}"
        digest = report(node, airflow, call.start, DIGEST_LINES)
        _digests.append([what, *digest.splitlines()])
    return made


def secret(name: str, entries: Mapping[str, str], namespace: str = NAMESPACE) -> Manifest:
    """A Secret as the user makes it."""
    return {
        "apiVersion": "v1", "kind": "Secret",
        "metadata": {"name": name, "namespace": namespace},
        "data": {key: base64.b64encode(value.encode()).decode() for key, value in entries.items()},
    }  # fmt: skip


def say(line: str) -> None:
    """Prints a line when all tests have run."""
    _summary.append(line)


def _memory_table(node: Kubelet) -> Iterator[str]:
    """One line for each container: its peak, page cache included, and its limit."""
    if not limits_are_enforced():
        yield "memory limits were NOT enforced: this machine has no writable memory control group"
    for pod in node.pods():
        for name, supervisor in pod.supervisors.items():
            container = supervisor.container
            if container is not None:
                container.measure()
                peak, limit = container.peak_memory >> 20, (container.spec.memory_limit or 0) >> 20
                killed = f", {container.memory_kills} killed" if container.memory_kills else ""
                yield f"memory of {pod.name}/{name}: {peak} of {limit} MiB{killed}"


def keep_logs(node: Kubelet) -> None:
    """Copies the logs of all containers to the folder of CDK8S_AIRFLOW_LOGS, if that is set."""
    target = os.environ.get("CDK8S_AIRFLOW_LOGS")
    if target:
        subprocess.run(["cp", "-r", f"{node.folder}/logs/.", target], check=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hands the lines of a process beside others to the one that prints them."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["summary"] = _summary
        session.config.workeroutput["digests"] = _digests


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Takes the lines of a process that has ended."""
    output = getattr(node, "workeroutput", {})
    _summary.extend(output.get("summary", ()))
    _digests.extend(output.get("digests", ()))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Adds up how long each bundle takes, with its start."""
    _seconds[scene(report.nodeid)] += report.duration


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints how long bundles took, the memory that containers needed, and why tests failed."""
    for name, seconds in sorted(_seconds.items(), key=lambda item: -item[1]):
        if seconds > MINUTE:
            terminalreporter.write_line(f"{seconds:.0f} s for {name}")
    for line in _summary:
        terminalreporter.write_line(line)
    for digest in _digests:
        for line in digest[: max(DIGEST // len(_digests), 4)]:
            terminalreporter.write_line(line)

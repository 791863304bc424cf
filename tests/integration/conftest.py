"""Starts the synthesized bundle once for all tests, on the stand-in node."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import HERE, NAMESPACE, RELEASE, generated_secrets, synthesize
from integration.node.kubelet import Kubelet
from integration.node.memory import limits_are_enforced
from integration.node.objects import Manifest

NASTY_PASSWORD = "p@ss:/w#rd%?&'\" +\\$(HOME)$${HOME}`~{}[]|<>;!*,=^"
"""A password that the user brings for the database and the broker."""

START_SECONDS = 300

_summary: list[str] = []


@dataclass
class RunningBundle:
    """The bundle while it runs."""

    node: Kubelet
    manifests: list[Manifest]
    changed: list[Manifest]
    """The same with another text of the DAG ``changing``."""
    brought: dict[str, str]
    """Secrets that were there before the bundle: name -> password."""
    seconds_to_ready: float

    def name(self, component: str) -> str:
        """The name of a component's objects."""
        return f"{RELEASE}-{component}"

    def client(self) -> AirflowClient:
        """A client that logs in as the admin of the Secret that the bootstrap Job made."""
        service = self.node.store.get("Service", NAMESPACE, self.name("api-server"))
        assert service is not None
        (password,) = self.node.secret(self.name("admin-password"), NAMESPACE).values()
        return AirflowClient(str(service["spec"]["clusterIP"]), 8080, "admin", password)


def pytest_cmdline_main(config: pytest.Config) -> int | None:
    """Runs pytest again inside namespaces that end with it, unless it is there already."""
    if os.environ.get("CDK8S_AIRFLOW_NODE") or config.option.collectonly:
        return None
    here = Path(__file__).resolve().parent
    done = subprocess.run(
        [str(here / "run"), sys.executable, *config.invocation_params.args], check=False
    )
    return done.returncode


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBundle]:
    """The whole bundle, applied at once beside two Secrets that the user brings; all ready."""
    manifests = synthesize(tmp_path_factory.mktemp("synth"))
    text = (HERE / "dags" / "changing.py").read_text().replace('"first"', '"second"')
    changed = synthesize(tmp_path_factory.mktemp("changed"), {"changing.py": text})
    brought = {
        name: NASTY_PASSWORD + name
        for name in generated_secrets(manifests)
        if name in (f"{RELEASE}-postgresql", f"{RELEASE}-redis")
    }
    node = Kubelet()
    try:
        keys = generated_secrets(manifests)
        node.apply([_secret(name, keys[name], value) for name, value in brought.items()])
        start = time.monotonic()
        node.apply(manifests)
        node.wait_ready(START_SECONDS)
        seconds = time.monotonic() - start
        _summary.append(f"the bundle was ready after {seconds:.0f} s")
        yield RunningBundle(node, manifests, changed, brought, seconds)
    finally:
        _summary.extend(_memory_table(node))
        _keep_logs(node)
        node.close()


@pytest.fixture(scope="session")
def airflow(bundle: RunningBundle) -> AirflowClient:
    """A client of the running Airflow."""
    return bundle.client()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Adds to the report of a failed test how the pods were."""
    report = yield
    running = getattr(item, "funcargs", {}).get("bundle")
    if call.when == "call" and call.excinfo is not None and isinstance(running, RunningBundle):
        text = "\n".join(pod.describe() for pod in running.node.pods())
        report.sections.append(("pods", text))
    return report


def _secret(name: str, key: str, value: str) -> Manifest:
    return {
        "apiVersion": "v1", "kind": "Secret",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "data": {key: base64.b64encode(value.encode()).decode()},
    }  # fmt: skip


def _memory_table(node: Kubelet) -> Iterator[str]:
    """One line for each container: its peak, page cache included, and its limit."""
    if not limits_are_enforced():
        yield "memory limits were NOT enforced: this machine has no writable memory control group"
    for pod in node.pods():
        for name, supervisor in pod.supervisors.items():
            container = supervisor.container
            if container is not None:
                container.measure_memory()
                peak, limit = container.peak_memory >> 20, (container.spec.memory_limit or 0) >> 20
                killed = f", {container.memory_kills} killed" if container.memory_kills else ""
                yield f"memory of {pod.name}/{name}: {peak} of {limit} MiB{killed}"


def _keep_logs(node: Kubelet) -> None:
    """Copies the logs of all containers to the folder of CDK8S_AIRFLOW_LOGS, if that is set."""
    target = os.environ.get("CDK8S_AIRFLOW_LOGS")
    if target:
        subprocess.run(["cp", "-r", f"{node.folder}/logs/.", target], check=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints the time to ready and the memory that containers needed."""
    for line in _summary:
        terminalreporter.write_line(line)

"""Uses a release that runs: its web interfaces, logs, a shell, backfills.

Each is one kubectl command, which it prints; it works with any cluster, minikube too.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass

from cdk8s_airflow.cli.cluster.access import COMPONENT, PORTS, local_url, passwords, services
from cdk8s_airflow.cli.cluster.kubectl import WORKLOADS, Kubectl, KubectlError, Object, names


@dataclass(frozen=True, kw_only=True)
class Running:
    """A release in the current context."""

    kubectl: Kubectl
    release: str

    def web(self) -> None:
        """Forwards the web interface to this machine."""
        self._forward("api-server", "create-admin")

    def flower(self) -> None:
        """Forwards Flower to this machine."""
        self._forward("flower", "flower")

    def logs(self, component: str) -> None:
        """Follows the logs of all pods, or of those of a component."""
        selector = self._selector(component)
        if not self.kubectl.get(["pods"], selector):
            raise KubectlError(f"no pods of {component or 'release'} {self._where(component)}")
        options = ("--all-containers", "--prefix", "--tail=100", "--max-log-requests=100")
        self._become("logs", "--selector", selector, *options, "--follow")

    def shell(self, component: str) -> None:
        """Opens a shell in a pod."""
        target = self._workload(component or "scheduler")
        self._become("exec", "--stdin", "--tty", target, "--", "bash")

    def backfill(self, dag: str, start: str, end: str) -> None:
        """Creates a backfill; the scheduler runs it."""
        if not (dag and start and end):
            raise KubectlError("say which: backfill tutorial --from 2015-05-01 --to 2015-06-01")
        command = ("--dag-id", dag, "--from-date", start, "--to-date", end)
        target = self._workload("scheduler")
        self._become("exec", target, "--", "airflow", "backfill", "create", *command)

    def _forward(self, component: str, asks: str) -> None:
        """Forwards a web interface; `asks` is the component that holds its password."""
        found = services(self._get(["services"], component), component)
        if not found:
            raise KubectlError(f"no {component} {self._where(component)}")
        for line in passwords(self._get(WORKLOADS.values(), asks), self.kubectl.namespace):
            print(line)
        opened = local_url(self._get(WORKLOADS.values(), component), component)
        print(f"Open {opened}  (Ctrl-C ends it)")
        name, number = found[0]
        self._become("port-forward", f"service/{name}", f"{PORTS[component]}:{number}")

    def _workload(self, component: str) -> str:
        found = self._get(["deployments.apps", "statefulsets.apps"], component)
        if not found:
            raise KubectlError(f"no {component} {self._where(component)}")
        return names(found)[0].lower()

    def _where(self, component: str) -> str:
        parts = {
            thing["metadata"]["labels"].get(COMPONENT, "")
            for thing in self._get(WORKLOADS.values())
        } - {component, ""}
        there = f"it has {', '.join(sorted(parts))}" if parts else "cdk8s-airflow deploy makes it"
        return f"in release {self.release}, namespace {self.kubectl.namespace}; {there}"

    def _get(self, kinds: Iterable[str], component: str = "") -> list[Object]:
        return self.kubectl.get(kinds, self._selector(component))

    def _selector(self, component: str) -> str:
        selector = f"app.kubernetes.io/instance={self.release}"
        return f"{selector},{COMPONENT}={component}" if component else selector

    def _become(self, *args: str) -> None:
        print(f"kubectl -n {self.kubectl.namespace} {shlex.join(args)}")
        self.kubectl.become(*args)

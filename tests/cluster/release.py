"""One release on a real cluster, deployed by the code of `make deploy`."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from cluster.airflow_api import AirflowApi

from cdk8s_airflow.cli.cluster.access import admin_secret
from cdk8s_airflow.cli.cluster.bundle import read_bundle
from cdk8s_airflow.cli.cluster.kubectl import (
    RESOURCES,
    WORKLOADS,
    Kubectl,
    Object,
    identity,
    resource,
)

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
OWNER = "cdk8s-airflow/e2e"


def prepare_namespace(kubectl: Kubectl) -> None:
    """An empty namespace that enforces Pod Security `restricted`; never one that was not ours.

    Raises:
        RuntimeError: when the namespace is there and was not made by these tests.
    """
    name = kubectl.namespace
    if kubectl.run("get", "namespace", name, "--ignore-not-found", "-o", "name"):
        if not kubectl.run("get", "namespace", "-l", OWNER, "-o", "name").split():
            raise RuntimeError(f"namespace {name} exists and is not ours: set E2E_NAMESPACE")
        drop_namespace(kubectl)
    kubectl.run("create", "namespace", name)
    levels = [f"pod-security.kubernetes.io/{mode}=restricted" for mode in ("enforce", "warn")]
    kubectl.run("label", "namespace", name, f"{OWNER}=true", *levels)


def drop_namespace(kubectl: Kubectl) -> None:
    """Deletes the namespace with all its volumes, without waiting for pods to drain."""
    kubectl.run("delete", "pods", "--all", "--grace-period=0", "--force", "--wait=false")
    kubectl.run("delete", "namespace", kubectl.namespace, "--timeout=300s", timeout=320)


@dataclass
class Release:
    """A release, its bundle, and what it looks like in the cluster."""

    name: str
    kubectl: Kubectl
    folder: Path
    timeout: str
    output: str = ""
    """What the last command printed."""
    _forward: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def bundle(self) -> Path:
        """The synthesized manifests."""
        return self.folder / "dist"

    @property
    def objects(self) -> list[Object]:
        """The objects of the bundle."""
        return read_bundle(self.bundle)

    def synthesize(self, what: str) -> None:
        """Writes the bundle of `first` or `upgrade`."""
        dags = self.folder / "dags"
        shutil.rmtree(dags, ignore_errors=True)
        shutil.rmtree(self.bundle, ignore_errors=True)
        shutil.copytree(ROOT / "dags", dags, ignore=shutil.ignore_patterns("__pycache__"))
        for dag in (HERE / "dags").glob("*.py"):
            shutil.copy(dag, dags)
        command = [sys.executable, "-O", str(HERE / "app.py"), str(self.bundle), str(dags), what]
        path = os.pathsep.join([str(ROOT / "constructs"), os.environ.get("PYTHONPATH", "")])
        names = {"RELEASE": self.name, "NAMESPACE": self.kubectl.namespace}
        environment = {**os.environ, **names, "PYTHONPATH": path.rstrip(os.pathsep)}
        subprocess.run(command, check=True, cwd=self.folder, env=environment)

    def deploy(self) -> None:
        """Runs what `make deploy` runs."""
        self._script("deploy")

    def status(self) -> None:
        """Runs what `make status` runs."""
        self._script("status")

    def delete(self) -> None:
        """Runs what `make delete` runs."""
        self._script("delete")

    def _script(self, command: str) -> None:
        options = ["--release", self.name, "--namespace", self.kubectl.namespace]
        options += ["--bundle", str(self.bundle)]
        options += [] if command == "status" else ["--timeout", self.timeout]
        done = subprocess.run(
            [sys.executable, "-m", "cdk8s_airflow.cli", command, *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.output = done.stdout
        print(done.stdout, flush=True)
        assert done.returncode == 0, f"{command} failed: {done.stdout[-2000:]}"

    @property
    def selector(self) -> str:
        """Selects all that belongs to the release."""
        manager = "app.kubernetes.io/managed-by=cdk8s-airflow"
        return f"app.kubernetes.io/instance={self.name},{manager}"

    def pods(self, component: str = "") -> list[Object]:
        """The running pods, of one component or of all, without those of Jobs."""
        more = f",app.kubernetes.io/component={component}" if component else ""
        found = self.kubectl.get(["pods"], self.selector + more)
        return [pod for pod in found if pod["metadata"]["ownerReferences"][0]["kind"] != "Job"]

    def delete_pod(self, name: str, *options: str) -> None:
        """Deletes one pod and does not wait for it."""
        self.kubectl.run("delete", "pod", name, "--wait=false", *options)

    def restart(self) -> None:
        """Restarts everything at once, as `kubectl rollout restart` does, and does not wait."""
        kinds = [WORKLOADS["Deployment"], WORKLOADS["StatefulSet"]]
        found = self.kubectl.get(kinds, self.selector)
        targets = [f"{resource(each)}/{each['metadata']['name']}" for each in found]
        self.kubectl.run("rollout", "restart", *targets)

    def inventory(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Kind and name -> identity and version of the desired state of each object."""
        found = self.kubectl.get(self.kubectl.known(RESOURCES.values()), self.selector)
        return {
            identity(thing): (
                thing["metadata"]["uid"],
                str(thing["metadata"].get("generation", thing["metadata"]["resourceVersion"])),
            )
            for thing in found
            if not thing["metadata"].get("ownerReferences")
        }

    def failed_jobs(self) -> list[str]:
        """Jobs of the release with a failed try."""
        jobs = self.kubectl.get([WORKLOADS["Job"]], self.selector)
        return [job["metadata"]["name"] for job in jobs if job["status"].get("failed")]

    def secrets(self) -> dict[str, dict[str, str]]:
        """The generated Secrets and their data."""
        label = f"app.kubernetes.io/managed-by={self.name}-bootstrap"
        found = self.kubectl.get(["secrets"], label)
        return {each["metadata"]["name"]: each["data"] for each in found}

    def api(self) -> AirflowApi:
        """A client that logs in as the generated admin, through a port-forward."""
        reference = admin_secret(self.objects)
        assert reference is not None, "the bundle creates no admin"
        secret, key = reference
        password = base64.b64decode(self.secrets()[secret][key]).decode()
        return AirflowApi(connect=self._connect, username="admin", password=password)

    def _connect(self) -> str:
        self.disconnect()
        command = ["kubectl", "--namespace", self.kubectl.namespace, "port-forward"]
        self._forward = subprocess.Popen(
            [*command, f"service/{self.name}-api-server", ":8080"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._forward.stdout is not None
        line = self._forward.stdout.readline()
        if not (port := re.search(r"127\.0\.0\.1:(\d+)", line)):
            raise ConnectionError("port-forward ended at once")
        return f"http://127.0.0.1:{port[1]}"

    def disconnect(self) -> None:
        """Ends the port-forward."""
        if self._forward is not None:
            self._forward.terminate()
            self._forward.wait()
            self._forward = None

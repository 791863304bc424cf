"""Deploys a bundle with kubectl and waits until it runs; shows and deletes it.

Nothing here is needed to use a bundle: `kubectl apply --server-side -f dist/`, Argo CD or Flux do
the same. This adds the namespace, the waiting, and words for what does not start.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cdk8s_airflow.cli.cluster import stops
from cdk8s_airflow.cli.cluster.access import access
from cdk8s_airflow.cli.cluster.airflow_status import airflow_lines, volume_lines
from cdk8s_airflow.cli.cluster.bundle import read_bundle
from cdk8s_airflow.cli.cluster.kubectl import (
    FIELD_MANAGER,
    KEPT,
    MANAGED_BY,
    RESOURCES,
    WORKLOADS,
    Kubectl,
    KubectlError,
    Object,
    contains,
    identity,
    instance,
    names,
    ours,
    resource,
)
from cdk8s_airflow.cli.cluster.reasons import explain
from cdk8s_airflow.cli.cluster.revisions import needed_no_longer
from cdk8s_airflow.cli.cluster.rollout import RolloutError, waiting_for


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """One release in one namespace of the current context."""

    kubectl: Kubectl
    release: str
    timeout: float
    """Seconds."""

    def deploy(self, bundle: Path) -> None:
        """Applies all manifests at once, waits for them, and removes what the bundle dropped.

        Conflicts are forced: a field that the bundle names is the bundle's, whoever changed it by
        hand (`kubectl scale`, `kubectl edit`, an earlier `kubectl apply`); else such a change
        would stop a deploy half-way. Fields that the bundle does not name stay their owners',
        the replicas of an autoscaled workload for example.

        Raises:
            KubectlError: when the cluster refuses an object.
            RolloutError: when it is not ready in time.
        """
        objects = read_bundle(bundle)
        namespace = self.kubectl.namespace
        if not self.kubectl.run("get", "namespace", namespace, "--ignore-not-found", "-o", "name"):
            self.kubectl.run("create", "namespace", namespace, show=True)
        began = time.monotonic()
        stops.stop(self.kubectl, self._ours, objects, self.timeout)
        self.kubectl.run(
            *("apply", "--server-side", "--force-conflicts", f"--field-manager={FIELD_MANAGER}"),
            *("--filename", str(bundle)),
            show=True,
        )
        self._wait([thing for thing in objects if thing["kind"] in WORKLOADS], began)
        self.kubectl.delete(self.dropped(objects))
        print(f"\nReady after {time.monotonic() - began:.0f} s.")
        for line in access(objects, namespace):
            print(line)

    def status(self) -> None:
        """Shows the release.

        Raises:
            RolloutError: when it is not there, or not ready.
        """
        workloads = self.kubectl.get(WORKLOADS.values(), self._ours)
        if not workloads:
            raise RolloutError(f"no release {self.release} in namespace {self.kubectl.namespace}")
        shown = ",".join((*WORKLOADS.values(), "pods", "services"))
        self.kubectl.run("get", shown, "--selector", self._ours, "-o", "wide", show=True)
        pods = self.kubectl.get(["pods"], self._ours)
        for line in (
            *airflow_lines(self.kubectl, workloads),
            *volume_lines(self.kubectl, pods),
        ):
            print(line)
        waiting = waiting_for(workloads)
        if waiting:
            print()
            explain(self.kubectl, self.release)
            raise RolloutError("not ready: " + "; ".join(waiting))
        print("\nEverything is ready.")

    def status_json(self) -> None:
        """Prints the release for a machine.

        Raises:
            RolloutError: when it is not there, or not ready, after printing what is known.
        """
        workloads = self.kubectl.get(WORKLOADS.values(), self._ours)
        failed = ""
        try:
            waiting = waiting_for(workloads)
        except RolloutError as error:
            failed, waiting = str(error), [str(error)]
        found = {
            "release": self.release,
            "namespace": self.kubectl.namespace,
            "ready": bool(workloads) and not waiting,
            "waiting": waiting,
            "workloads": workloads,
            "pods": self.kubectl.get(["pods"], self._ours),
        }
        print(json.dumps(found, indent=2))
        if not found["ready"]:
            raise RolloutError(failed or f"not ready: {'; '.join(waiting) or 'not there'}")

    def delete(self, bundle: Path) -> None:
        """Deletes the objects of the release; its generated Secrets and its volumes stay.

        Raises:
            KubectlError: when the cluster refuses.
        """
        self.kubectl.delete(self._found(read_bundle(bundle) if bundle.is_dir() else []))
        began = time.monotonic()
        for _ in stops.stopping(lambda: self.kubectl.get(["pods"], self._ours)):
            if time.monotonic() - began > self.timeout:
                print("They go on stopping by themselves: workers let running tasks finish.")
                break
        kept = [
            *self.kubectl.get(["secrets"], f"{MANAGED_BY}={self.release}-bootstrap"),
            *self.kubectl.get(["persistentvolumeclaims"], self._instance),
        ]
        if kept:
            print(f"\nKept, so that the next deploy finds its data: {', '.join(names(kept))}")
            print(
                f"To delete these too, for good: kubectl delete -n {self.kubectl.namespace} "
                + " ".join(names(kept)).lower()
            )

    def dropped(self, objects: Sequence[Object]) -> list[Object]:
        """What of the release is in the cluster, and a deploy of the bundle deletes."""
        dropped = [thing for thing in self._found(objects) if not contains(objects, thing)]
        return needed_no_longer(self.kubectl, self._ours, dropped)

    @property
    def _ours(self) -> str:
        return ours(self.release)

    @property
    def _instance(self) -> str:
        return instance(self.release)

    def _found(self, objects: Sequence[Object]) -> list[Object]:
        """What of the release is in the cluster and may be deleted.

        A release of the same name may live in another namespace, so of what belongs to no
        namespace only the objects of the bundle count.
        """
        wanted = {*RESOURCES.values(), *(resource(thing) for thing in objects)} - set(KEPT)
        return [
            thing
            for thing in self.kubectl.get(self.kubectl.known(wanted), self._ours)
            if thing["metadata"].get("namespace") == self.kubectl.namespace
            or contains(objects, thing)
            if not thing["metadata"].get("ownerReferences")
        ]

    def _wait(self, expected: Sequence[Object], began: float) -> None:
        said: list[str] = []
        while True:
            try:
                waiting = self._missing(expected)
            except KubectlError as error:  # the API server may be away for a moment
                waiting = [f"the cluster does not answer: {error}"]
            except RolloutError:
                explain(self.kubectl, self.release)
                raise
            if not waiting:
                return
            if waiting != said:
                print(f"[{time.monotonic() - began:4.0f} s] waiting for {'; '.join(waiting)}")
                sys.stdout.flush()
                said = waiting
            if time.monotonic() - began > self.timeout:
                explain(self.kubectl, self.release)
                raise RolloutError(f"not ready after {self.timeout:g} s: {'; '.join(waiting)}")
            time.sleep(stops.POLL_SECONDS)

    def _missing(self, expected: Sequence[Object]) -> list[str]:
        found = {
            identity(thing): thing for thing in self.kubectl.get(WORKLOADS.values(), self._ours)
        }
        wanted = {identity(thing) for thing in expected}
        absent = [f"{kind}/{name} (not there)" for kind, name in sorted(wanted - set(found))]
        return absent + waiting_for([found[key] for key in sorted(wanted & set(found))])

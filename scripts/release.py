"""Deploys a bundle with kubectl and waits until it runs; compares, shows, deletes it.

Usage: release.py deploy|diff|status|delete [--release NAME] [--namespace NAME]
       [--bundle FOLDER] [--timeout 600s]

Nothing here is needed to use a bundle: `kubectl apply --server-side -f dist/`, Argo CD or Flux do
the same. This adds the namespace, the waiting, and words for what does not start.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from access import access
from kubectl import (
    KEPT,
    RESOURCES,
    SCALERS,
    WORKLOADS,
    Kubectl,
    KubectlError,
    Object,
    identity,
    names,
    read_bundle,
    release_of,
    resource,
    seconds,
)
from revisions import needed_no_longer
from rollout import RolloutError, crashed, trouble, unbound, waiting_for

FIELD_MANAGER = "cdk8s-airflow"
MANAGED_BY = "app.kubernetes.io/managed-by"
TASKS = ("scheduler", "dag-processor", "triggerer", "worker")
"""How the components begin that start or run tasks."""
POLL_SECONDS = 2.0


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
        self._stop(objects, began)
        self.kubectl.run(
            *("apply", "--server-side", "--force-conflicts", f"--field-manager={FIELD_MANAGER}"),
            *("--filename", str(bundle)),
            show=True,
        )
        self._wait([thing for thing in objects if thing["kind"] in WORKLOADS], began)
        dropped = [thing for thing in self._found(objects) if not _in(objects, thing)]
        self._remove(needed_no_longer(self.kubectl, self._ours, dropped))
        print(f"\nReady after {time.monotonic() - began:.0f} s.")
        for line in access(objects, namespace):
            print(line)

    def diff(self, bundle: Path) -> None:
        """Shows what deploy would change.

        Raises:
            KubectlError: when the cluster refuses an object.
        """
        read_bundle(bundle)
        options = ("--server-side", "--force-conflicts", f"--field-manager={FIELD_MANAGER}")
        if not self.kubectl.run(
            "diff", *options, "--filename", str(bundle), show=True, fine=(0, 1)
        ):
            print("The cluster is as the bundle says.")

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
        waiting = waiting_for(workloads)
        if waiting:
            print()
            self._explain()
            raise RolloutError("not ready: " + "; ".join(waiting))
        print("\nEverything is ready.")

    def delete(self, bundle: Path) -> None:
        """Deletes the objects of the release; its generated Secrets and its volumes stay.

        Raises:
            KubectlError: when the cluster refuses.
        """
        self._remove(self._found(read_bundle(bundle) if bundle.is_dir() else []))
        began = time.monotonic()
        said = ""
        while pods := self.kubectl.get(["pods"], self._ours):
            if (text := f"stopping: {', '.join(sorted(names(pods)))}") != said:
                print(text, flush=True)
                said = text
            if time.monotonic() - began > self.timeout:
                print("They go on stopping by themselves: workers let running tasks finish.")
                break
            time.sleep(POLL_SECONDS)
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

    @property
    def _ours(self) -> str:
        """Selects the objects of the bundle and their pods; volume claims lack the second label."""
        return f"{self._instance},{MANAGED_BY}={FIELD_MANAGER}"

    @property
    def _instance(self) -> str:
        return f"app.kubernetes.io/instance={self.release}"

    def _found(self, objects: Sequence[Object]) -> list[Object]:
        """What of the release is in the cluster and may be deleted.

        A release of the same name may live in another namespace, so of what belongs to no
        namespace only the objects of the bundle count.
        """
        wanted = {*RESOURCES.values(), *(resource(thing) for thing in objects)} - set(KEPT)
        return [
            thing
            for thing in self.kubectl.get(self.kubectl.known(wanted), self._ours)
            if thing["metadata"].get("namespace") == self.kubectl.namespace or _in(objects, thing)
            if not thing["metadata"].get("ownerReferences")
        ]

    def _stop(self, objects: Sequence[Object], began: float) -> None:
        """Stops what the bundle suspends, in an order that loses no task.

        First what starts and runs tasks, which ends them with API server, database and broker still
        there; then the rest of Airflow; then the servers. Autoscalers go before all.

        Raises:
            RolloutError: when pods do not end in time; the deploy can be repeated.
        """
        wanted = [thing for thing in objects if (thing.get("spec") or {}).get("replicas") == 0]
        kinds = [WORKLOADS[kind] for kind in sorted({thing["kind"] for thing in wanted})]
        live = self.kubectl.get(kinds, self._ours) if kinds else []
        running = [
            thing for thing in live if _in(wanted, thing) and thing["spec"].get("replicas", 1) > 0
        ]
        if not running:
            return
        targets = {identity(thing) for thing in running}
        scalers = self.kubectl.known(SCALERS)
        for scaler in self.kubectl.get(scalers, self._ours) if scalers else []:
            target = scaler["spec"]["scaleTargetRef"]
            if (target.get("kind", "Deployment"), target["name"]) in targets:
                self._remove([scaler])
        for wave in sorted({_wave(thing) for thing in running}):
            stopped = [thing for thing in running if _wave(thing) == wave]
            self.kubectl.run(
                *("scale", "--replicas=0"),
                *(f"{resource(thing)}/{thing['metadata']['name']}" for thing in stopped),
                show=True,
            )
            self._wait_for_end({_component(thing) for thing in stopped}, began)

    def _wait_for_end(self, components: Collection[str], began: float) -> None:
        said = ""
        while pods := [
            pod
            for pod in self.kubectl.get(["pods"], self._ours)
            if (_component(pod) in components or _is_task(pod)) and not _has_ended(pod)
        ]:
            if (text := f"stopping: {', '.join(sorted(names(pods)))}") != said:
                print(text, flush=True)
                said = text
            if time.monotonic() - began > self.timeout:
                raise RolloutError(
                    f"still {text} after {self.timeout:g} s: workers let running tasks finish; "
                    "deploy again, with a longer --timeout, to go on"
                )
            time.sleep(POLL_SECONDS)

    def _remove(self, objects: Sequence[Object]) -> None:
        if objects:
            targets = [f"{resource(thing)}/{thing['metadata']['name']}" for thing in objects]
            self.kubectl.run("delete", "--ignore-not-found", *targets, show=True)

    def _wait(self, expected: Sequence[Object], began: float) -> None:
        said: list[str] = []
        while True:
            try:
                waiting = self._missing(expected)
            except KubectlError as error:  # the API server may be away for a moment
                waiting = [f"the cluster does not answer: {error}"]
            except RolloutError:
                self._explain()
                raise
            if not waiting:
                return
            if waiting != said:
                print(f"[{time.monotonic() - began:4.0f} s] waiting for {'; '.join(waiting)}")
                sys.stdout.flush()
                said = waiting
            if time.monotonic() - began > self.timeout:
                self._explain()
                raise RolloutError(f"not ready after {self.timeout:g} s: {'; '.join(waiting)}")
            time.sleep(POLL_SECONDS)

    def _missing(self, expected: Sequence[Object]) -> list[str]:
        found = {
            identity(thing): thing for thing in self.kubectl.get(WORKLOADS.values(), self._ours)
        }
        wanted = {identity(thing) for thing in expected}
        absent = [f"{kind}/{name} (not there)" for kind, name in sorted(wanted - set(found))]
        return absent + waiting_for([found[key] for key in sorted(wanted & set(found))])

    def _explain(self) -> None:
        """Prints why pods are not ready, the logs of those that crashed, and the warnings."""
        print("\nWhat is not ready:")
        try:
            for pod in self.kubectl.get(["pods"], self._ours):
                for reason in trouble(pod):
                    print(f"  Pod/{pod['metadata']['name']}: {reason}")
                for container, previous in crashed(pod):
                    for line in self._log(pod["metadata"]["name"], container, previous):
                        print(f"    | {line}")
            for claim in self.kubectl.get(["persistentvolumeclaims"], self._instance):
                for reason in unbound(claim):
                    print(f"  PersistentVolumeClaim/{claim['metadata']['name']}: {reason}")
            for line in self._warnings():
                print(f"  {line}")
        except KubectlError as error:
            print(f"  (the cluster does not tell: {error})")
        sys.stdout.flush()

    def _warnings(self) -> list[str]:
        """The latest warnings: refused pods, missing volumes, images that cannot be pulled."""
        options = ("--field-selector", "type=Warning", "--sort-by", ".lastTimestamp")
        text = self.kubectl.run("get", "events", *options, "--output", "json")
        lines = []
        for event in json.loads(text)["items"]:
            thing = event["involvedObject"]
            if f"{self.release}-" in thing["name"]:
                lines.append(f"{thing['kind']}/{thing['name']}: {event.get('message')}")
        return list(dict.fromkeys(lines))[-10:]

    def _log(self, pod: str, container: str, previous: bool) -> list[str]:
        options = ["--previous"] if previous else []
        try:
            text = self.kubectl.run("logs", pod, "-c", container, "--tail=8", *options, timeout=20)
        except KubectlError as error:
            return [f"(no log: {error})"]
        return text.splitlines()


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


def _in(objects: Sequence[Object], thing: Object) -> bool:
    return identity(thing) in {identity(each) for each in objects}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=["deploy", "diff", "status", "delete"])
    parser.add_argument("--release", default="")
    parser.add_argument("--namespace", default="")
    parser.add_argument("--bundle", type=Path, default=Path("dist"))
    parser.add_argument("--timeout", default="600s")
    options = parser.parse_args(arguments)
    try:
        release, namespace = release_of(options.bundle, options.release, options.namespace)
        cluster = Cluster(
            kubectl=Kubectl(namespace),
            release=release,
            timeout=seconds(options.timeout),
        )
        cluster.kubectl.check()
        if options.command == "status":
            cluster.status()
        else:
            getattr(cluster, options.command)(options.bundle)
    except (KubectlError, RolloutError, ValueError) as error:
        print(f"{options.command}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

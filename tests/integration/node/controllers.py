"""The controllers of Deployments, StatefulSets and Jobs: they make and replace pods."""

from __future__ import annotations

import copy
import hashlib
import json
import math
import random
import string
import threading
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path

from .objects import Manifest, NodeError, namespace_of, refuse_unknown_fields
from .pod import NodeParts, Pod

_LOOP_SECONDS = 0.3
COME_BACK_SECONDS = 3.0
"""How long it takes until a pod runs that replaces a deleted one: to schedule and prepare it."""


class Controller(ABC):
    """Brings the pods of one workload to what its manifest says, again and again."""

    known_fields: tuple[str, ...] = ()

    def __init__(self, workload: Manifest, node: NodeParts) -> None:
        self.node = node
        self.pods: list[Pod] = []
        self.error: Exception | None = None
        self._stopped = threading.Event()
        self._resting_until = 0.0
        self._lock = threading.RLock()
        self.workload = workload
        self.update(workload)
        name = workload["metadata"]["name"]
        self._thread = threading.Thread(target=self._run, name=f"control {name}", daemon=True)

    def start(self) -> None:
        """Begins to control."""
        self._thread.start()

    def update(self, workload: Manifest) -> None:
        """Takes a new manifest of the same workload."""
        what = f"{workload['kind']}/{workload['metadata']['name']}"
        refuse_unknown_fields(what, workload["spec"], self.known_fields)
        with self._lock:
            self.workload = copy.deepcopy(workload)

    def scale(self, replicas: int) -> None:
        """Changes the number of pods, like ``kubectl scale``."""
        with self._lock:
            self.workload["spec"]["replicas"] = replicas

    @property
    def spec(self) -> Manifest:
        """The current ``spec`` of the workload."""
        found: Manifest = self.workload["spec"]
        return found

    @property
    def replicas(self) -> int:
        """How many pods there should be."""
        return int(self.spec.get("replicas", 1))

    @property
    def done(self) -> bool:
        """Whether the workload is as its manifest says."""
        pods = list(self.pods)
        return len(pods) == self.replicas and all(
            pod.ready and not self.is_old(pod) for pod in pods
        )

    def is_old(self, pod: Pod) -> bool:
        """Whether a pod was made from another template than the current one."""
        made_from = str(pod.manifest["metadata"]["annotations"]["stand-in/template"])
        return made_from != self.template_hash()

    def template_hash(self) -> str:
        """The hash of the current pod template."""
        text = json.dumps(self.spec["template"], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:10]

    def close(self, grace: float) -> None:
        """Stops controlling and deletes the pods."""
        self._stopped.set()
        self._thread.join(60)
        deletions = [threading.Thread(target=pod.delete, args=(grace,)) for pod in list(self.pods)]
        for deletion in deletions:
            deletion.start()
        for deletion in deletions:
            deletion.join()

    def delete_pod(self, pod: Pod, grace: float | None = None) -> None:
        """Deletes a pod; the controller makes a new one if one is missing then."""
        self._rest()
        pod.delete(grace)
        self._rest()
        with self._lock:
            if pod in self.pods:
                self.pods.remove(pod)

    def _rest(self) -> None:
        self._resting_until = time.monotonic() + COME_BACK_SECONDS

    def make_pod(
        self, name: str, extra: Manifest | None = None, labels: Mapping[str, str] | None = None
    ) -> None:
        """Makes a pod of the current template."""
        template = copy.deepcopy(self.spec["template"])
        metadata = template.setdefault("metadata", {})
        metadata.update(name=name, namespace=namespace_of(self.workload), uid=str(uuid.uuid4()))
        metadata.setdefault("labels", {}).update(labels or {})
        metadata.setdefault("annotations", {})["stand-in/template"] = self.template_hash()
        manifest = {"apiVersion": "v1", "kind": "Pod", **template}
        for claim in self.spec.get("volumeClaimTemplates", []):
            kind = claim["metadata"]["name"]
            own = {"name": f"{kind}-{name}", "namespace": metadata["namespace"]}
            self.node.store.put({**claim, "kind": "PersistentVolumeClaim", "metadata": own})
            volume = {"name": kind, "persistentVolumeClaim": {"claimName": own["name"]}}
            manifest["spec"].setdefault("volumes", []).append(volume)
        manifest["spec"].update(extra or {})
        claims: dict[str, Path] = {
            volume["name"]: self.node.folder
            / "claims"
            / metadata["namespace"]
            / volume["persistentVolumeClaim"]["claimName"]
            for volume in manifest["spec"].get("volumes", [])
            if "persistentVolumeClaim" in volume
        }
        pod = Pod(manifest, self.node, claims)
        with self._lock:
            self.pods.append(pod)
        pod.start()

    @abstractmethod
    def reconcile(self) -> None:
        """Takes the next steps towards the manifest."""

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                if time.monotonic() >= self._resting_until:
                    self.reconcile()
            except Exception as error:
                self.error = error
                return
            self._stopped.wait(_LOOP_SECONDS)


class DeploymentController(Controller):
    """Pods without identity, replaced by the rules of the rolling update."""

    known_fields = (
        "minReadySeconds", "progressDeadlineSeconds", "replicas", "revisionHistoryLimit",
        "selector", "strategy", "template",
    )  # fmt: skip

    def reconcile(self) -> None:
        """One step of the rolling update; pods that are to go count no more, but to recreate."""
        strategy = self.spec.get("strategy", {})
        recreate = strategy.get("type") == "Recreate"
        pods = [pod for pod in self.pods if recreate or not pod.terminating]
        old = [pod for pod in pods if self.is_old(pod)]
        new = [pod for pod in pods if pod not in old]
        if recreate:
            surge, unavailable = 0, self.replicas
        else:
            rolling = strategy.get("rollingUpdate", {})
            surge = _count(rolling.get("maxSurge", "25%"), self.replicas, up=True)
            unavailable = _count(rolling.get("maxUnavailable", "25%"), self.replicas, up=False)
        while len(new) < self.replicas and len(old) + len(new) < self.replicas + surge:
            name = f"{self.workload['metadata']['name']}-{self.template_hash()}-{_suffix()}"
            self.make_pod(name)
            new = [*new, self.pods[-1]]
        for pod in new[self.replicas :]:
            self.delete_pod(pod)
        for pod in old:
            ready = sum(other.ready for other in self.pods)
            if not pod.ready or ready - 1 >= self.replicas - unavailable:
                self.delete_pod(pod)


class StatefulSetController(Controller):
    """Pods with a name, a DNS name and a volume of their own."""

    known_fields = (
        "persistentVolumeClaimRetentionPolicy", "podManagementPolicy", "replicas",
        "revisionHistoryLimit", "selector", "serviceName", "template", "updateStrategy",
        "volumeClaimTemplates", "minReadySeconds",
    )  # fmt: skip

    def reconcile(self) -> None:
        """Makes missing pods in order, deletes surplus ones, replaces old ones from the end.

        In parallel all surplus pods go at once; they are gone before the next step.
        """
        name = self.workload["metadata"]["name"]
        parallel = self.spec.get("podManagementPolicy") == "Parallel"
        pods = {pod.name: pod for pod in list(self.pods)}
        wanted = [f"{name}-{number}" for number in range(self.replicas)]
        for pod_name in wanted:
            if pod_name not in pods:
                subdomain = self.spec.get("serviceName", "")
                self.make_pod(pod_name, {"hostname": pod_name, "subdomain": subdomain})
            elif not parallel and not pods[pod_name].ready:
                break
            if pod_name not in pods and not parallel:
                break
        surplus = [pods[name] for name in sorted(set(pods) - set(wanted), reverse=True)]
        going = [threading.Thread(target=self.delete_pod, args=(pod,)) for pod in surplus]
        for deletion in going:
            deletion.start()
            if not parallel:
                deletion.join()
        for deletion in going:
            deletion.join()
        if self.spec.get("updateStrategy", {}).get("type", "RollingUpdate") == "RollingUpdate":
            for pod_name in reversed(wanted):
                pod = pods.get(pod_name)
                if pod is None:
                    return
                if self.is_old(pod):
                    self.delete_pod(pod)
                    return
                if not pod.ready:
                    return


class JobController(Controller):
    """One pod until it has succeeded, with the back-off of Jobs."""

    known_fields = (
        "activeDeadlineSeconds", "backoffLimit", "podFailurePolicy",
        "podReplacementPolicy",  # `Failed`: the next pod comes when the last one has ended
        "suspend", "template", "ttlSecondsAfterFinished",
    )  # fmt: skip

    def __init__(self, workload: Manifest, node: NodeParts) -> None:
        self.failures = self._judged = 0
        self.state = "Active"
        self._uid = str(uuid.uuid4())
        self._next_try = 0.0
        super().__init__(workload, node)

    @property
    def done(self) -> bool:
        """Whether the Job is complete, or is not to run."""
        return self.state == "Complete" or bool(self.spec.get("suspend"))

    def reconcile(self) -> None:
        """Looks at the pod, makes the next one after a failure."""
        if self.state != "Active" or self.spec.get("suspend"):
            return
        limit = int(self.spec.get("backoffLimit", 6))
        if len(self.pods) == self._judged:
            if time.monotonic() >= self._next_try:
                own = {"batch.kubernetes.io/controller-uid": self._uid}
                self.make_pod(f"{self.workload['metadata']['name']}-{_suffix()}", labels=own)
            return
        pod = self.pods[-1]
        if pod.phase == "Succeeded":
            self.state = "Complete"
        elif self._restarts_count and self.failures + pod.restarts > limit:
            pod.delete()
            self.state = "Failed"
        elif pod.phase == "Failed":
            self._judged += 1
            self.failures += not self._ignores(pod)
            self._next_try = time.monotonic() + 10 * 2 ** max(self.failures - 1, 0)
            if self.failures > limit:
                self.state = "Failed"

    @property
    def _restarts_count(self) -> bool:
        """Restarts of containers are failures of the Job with this policy alone."""
        return bool(self.spec["template"]["spec"].get("restartPolicy") == "OnFailure")

    def _ignores(self, pod: Pod) -> bool:
        """Whether the Job says that this failure is none."""
        ends = {s.exit_codes[-1] for s in pod.supervisors.values() if s.exit_codes}
        rules = self.spec.get("podFailurePolicy", {}).get("rules", [])
        codes = [rule["onExitCodes"] for rule in rules if "onExitCodes" in rule]
        return any(each["operator"] == "In" and ends & {*each["values"]} for each in codes)


class SinglePod(Controller):
    """A pod that nobody makes anew."""

    def __init__(self, pod: Manifest, node: NodeParts) -> None:
        workload = {**pod, "spec": {"template": {"metadata": pod["metadata"], "spec": pod["spec"]}}}
        super().__init__(workload, node)
        self.make_pod(pod["metadata"]["name"])

    known_fields = ("template",)

    @property
    def done(self) -> bool:
        """Nothing is expected of it."""
        return True

    def reconcile(self) -> None:
        """Nothing to do: the pod lives its life."""


def controller_for(workload: Manifest, node: NodeParts) -> Controller:
    """The controller of a workload by its kind."""
    kinds: dict[str, type[Controller]] = {
        "Deployment": DeploymentController,
        "StatefulSet": StatefulSetController,
        "Job": JobController,
    }
    if workload["kind"] not in kinds:
        raise NodeError(f"no controller for {workload['kind']}")
    return kinds[workload["kind"]](workload, node)


def _count(value: int | str, replicas: int, *, up: bool) -> int:
    if isinstance(value, int):
        return value
    share = replicas * int(value.removesuffix("%")) / 100
    return math.ceil(share) if up else math.floor(share)


def _suffix() -> str:
    return "".join(random.choices(string.ascii_lowercase + string.digits, k=5))

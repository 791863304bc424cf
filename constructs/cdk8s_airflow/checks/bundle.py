"""A bundle as the checks see it: parsed manifests and the questions to ask of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import yaml

from cdk8s_airflow.kubernetes.labels import COMPONENT_LABEL, INSTANCE_LABEL, NAME_LABEL

Manifest: TypeAlias = dict[str, Any]
"""One JSON object: a whole Kubernetes object or a piece of one."""

NAME, INSTANCE, COMPONENT = NAME_LABEL, INSTANCE_LABEL, COMPONENT_LABEL

POD_TEMPLATE = "pod_template.yaml"
"""Key of the ConfigMap from which the Kubernetes executor makes the pods."""


@dataclass(frozen=True)
class Pod:
    """A pod template of a workload (or a bare Pod)."""

    owner: Manifest
    metadata: Manifest
    spec: Manifest

    def __str__(self) -> str:
        """`Kind/name` of the owner."""
        return title(self.owner)

    @property
    def namespace(self) -> str:
        """Namespace of the owner; empty where the deploy tool decides."""
        return namespace_of(self.owner)

    @property
    def labels(self) -> dict[str, str]:
        """The pod's labels."""
        return self.metadata.get("labels") or {}

    @property
    def release(self) -> str:
        """Release name, from the instance label."""
        return self.labels.get(INSTANCE, "")

    @property
    def component(self) -> str:
        """Component name, from the component label."""
        return self.labels.get(COMPONENT, "")

    @property
    def long_running(self) -> bool:
        """Whether the main containers are meant to run for ever."""
        return self.owner["kind"] in {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"}

    @property
    def main_containers(self) -> list[Manifest]:
        """The containers of `containers`."""
        return self.spec.get("containers") or []

    @property
    def init_containers(self) -> list[Manifest]:
        """The containers of `initContainers`, native sidecars included."""
        return self.spec.get("initContainers") or []

    @property
    def containers(self) -> list[Manifest]:
        """Every container, in the order in which they start."""
        return [*self.init_containers, *self.main_containers]

    @property
    def volumes(self) -> list[Manifest]:
        """The volumes of the pod, without claim templates."""
        return self.spec.get("volumes") or []

    @property
    def claim_templates(self) -> list[Manifest]:
        """The claim templates of a StatefulSet."""
        return self.owner.get("spec", {}).get("volumeClaimTemplates") or []

    def ports(self) -> Iterator[tuple[str, int, str]]:
        """Yield (name, number, protocol) of every container port."""
        for container in self.containers:
            for port in container.get("ports") or []:
                number = int(port["containerPort"])
                yield port.get("name", ""), number, port.get("protocol", "TCP")


@dataclass(frozen=True)
class Bundle:
    """All manifests of one synth.

    Attributes:
        manifests: The objects in the order in which they were written.
        files: File name to the bytes written.
        external: Objects that the user brings, as `Kind/name`.
        newer_fields: Paths of fields that the bundle uses knowingly although the oldest
            supported Kubernetes does not know them (see `testing.schema.FIRST_MINOR`).
        tokens: ServiceAccounts whose pods have a token, although no Role here is bound to them.
    """

    manifests: list[Manifest]
    files: Mapping[str, bytes] = field(default_factory=dict)
    external: frozenset[str] = frozenset()
    newer_fields: frozenset[str] = frozenset()
    tokens: frozenset[str] = frozenset()

    def all(self, kind: str) -> list[Manifest]:
        """Return every object of a kind."""
        return [m for m in self.manifests if m["kind"] == kind]

    def find(self, kind: str, name: str, namespace: str | None = None) -> Manifest | None:
        """Return the object, or None; any namespace unless one is given."""
        for manifest in self._index.get((kind, name), []):
            if namespace is None or namespace_of(manifest) == namespace:
                return manifest
        return None

    def one(self, kind: str, name: str, namespace: str | None = None) -> Manifest:
        """Return the object, which has to be there.

        Raises:
            LookupError: The bundle has no such object; the message lists those of that kind.
        """
        if (manifest := self.find(kind, name, namespace)) is None:
            known = sorted(m["metadata"]["name"] for m in self.all(kind))
            raise LookupError(f"no {kind} {name!r} in the bundle, only {known}")
        return manifest

    def pod(self, kind: str, name: str, namespace: str | None = None) -> Pod:
        """Return the pod template of a workload, which has to be there."""
        owner = self.one(kind, name, namespace)
        return next(pod for pod in self.pods if pod.owner is owner)

    def container(self, kind: str, name: str, container: str | None = None) -> Manifest:
        """Return a container of a workload by name (default: the first main one)."""
        pod = self.pod(kind, name)
        found = {each["name"]: each for each in pod.containers}
        if container is None:
            return pod.main_containers[0]
        if container not in found:
            raise LookupError(f"{pod} has no container {container!r}, only {[*found]}")
        return found[container]

    def inventory(self) -> list[str]:
        """Return `Kind/name` of every object, sorted."""
        return sorted(map(title, self.manifests))

    @cached_property
    def pods(self) -> list[Pod]:
        """Every pod template of the bundle, those of the Kubernetes executor included."""
        found = [pod for manifest in self.manifests if (pod := pod_of(manifest)) is not None]
        return found + [
            Pod(pod, pod["metadata"], pod["spec"])
            for config_map in self.all("ConfigMap")
            for pod in task_pods(config_map, found)
        ]

    @cached_property
    def _index(self) -> dict[tuple[str, str], list[Manifest]]:
        index: dict[tuple[str, str], list[Manifest]] = {}
        for manifest in self.manifests:
            index.setdefault((manifest["kind"], manifest["metadata"]["name"]), []).append(manifest)
        return index

    @cached_property
    def generated_secrets(self) -> dict[tuple[str, str], set[str]]:
        """Keys of the Secrets that bootstrap Jobs make, by (namespace, name).

        A bootstrap Job says what it makes in its env `GENERATE`: a JSON list of objects
        with at least `secret` and `key`.
        """
        made: dict[tuple[str, str], set[str]] = {}
        for pod in self.pods:
            if pod.owner["kind"] != "Job" or pod.component != "bootstrap":
                continue
            for container in pod.main_containers:
                for entry in json.loads(env_literals(container).get("GENERATE", "[]")):
                    made.setdefault((pod.namespace, entry["secret"]), set()).add(entry["key"])
        return made


def env_literals(container: Manifest) -> dict[str, str]:
    """Return the env entries of a container that carry a literal value."""
    return {
        e["name"]: e.get("value", "") for e in container.get("env") or [] if "valueFrom" not in e
    }


def namespace_of(manifest: Manifest) -> str:
    """Return the namespace of an object; empty where it has none."""
    return manifest.get("metadata", {}).get("namespace") or ""


def title(manifest: Manifest) -> str:
    """Return `Kind/name`, as problems name an object."""
    return f"{manifest['kind']}/{manifest['metadata']['name']}"


def spec_of(manifest: Manifest) -> Manifest:
    """Return the spec of an object; empty where it has none."""
    return manifest.get("spec") or {}


def pod_of(manifest: Manifest) -> Pod | None:
    """Return the pod template of an object, or None when it makes no pods."""
    if (spec := spec_of(manifest)) and manifest["kind"] == "Pod":
        return Pod(manifest, manifest["metadata"], spec)
    if manifest["kind"] == "CronJob":
        spec = spec.get("jobTemplate", {}).get("spec") or {}
    template = spec.get("template")
    if not isinstance(template, dict) or "containers" not in (template.get("spec") or {}):
        return None
    return Pod(manifest, template.get("metadata") or {}, template["spec"])


def pod_template(config_map: Manifest) -> Manifest | None:
    """Return the pod that a ConfigMap holds as a file, if it is that of the task pods."""
    text = (config_map.get("data") or {}).get(POD_TEMPLATE)
    template: Manifest | None = yaml.safe_load(text) if text is not None else None
    return template


def task_pods(config_map: Manifest, others: list[Pod]) -> Iterator[Manifest]:
    """Yield the pods that the Kubernetes executor makes of a template in a ConfigMap.

    One in each namespace of which the options of the release's scheduler tell.
    """
    template = pod_template(config_map)
    if template is None:
        return
    release = (template["metadata"].get("labels") or {}).get(INSTANCE, "")
    home = namespace_of(config_map)
    literals: dict[str, str] = {}
    for pod in others:
        if (pod.release, pod.component, pod.namespace) == (release, "scheduler", home):
            literals |= env_literals(pod.main_containers[0])
    section = "AIRFLOW__KUBERNETES_EXECUTOR"
    several = literals.get(f"{section}__MULTI_NAMESPACE_MODE_NAMESPACE_LIST", "")
    one = literals.get(f"{section}__NAMESPACE", home)
    for namespace in several.split(",") if several else [one]:
        metadata = {**template["metadata"], "name": config_map["metadata"]["name"]}
        if namespace:
            metadata["namespace"] = namespace
        yield {**template, "metadata": metadata}

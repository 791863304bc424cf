"""Files that pods name, in immutable ConfigMaps: a pod has those that it uses, and no others."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from constructs import Construct

from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.workloads import config_map


@dataclass(frozen=True, kw_only=True)
class NamedFiles:
    """The files of a volume, of which a pod gets those that it names and what these need.

    They are in an immutable ConfigMap whose name ends in a hash of its content. So a change
    restarts the pods that use the file, old pods keep what they started with until they end, and
    `kubectl rollout undo` finds the old files.
    """

    config_map: str
    """Name of the ConfigMaps, before the hash."""
    labels: Labels
    """Labels of the ConfigMaps."""
    folder: str
    """Where the volume is mounted."""
    texts: Mapping[str, str]
    """File name -> text."""
    needs: Callable[[str, Mapping[str, str]], Set[str]]
    """File name and all texts -> the files that it needs, itself included."""
    immutable: bool = True
    """Whether each content has a ConfigMap of its own. Not so for pods that are launched from a
    template which lags behind the bundle: they need a name that stays."""
    made: set[str] = field(default_factory=set, compare=False, repr=False)
    """Names of the ConfigMaps that the release has; pods with the same files share one."""

    def mount(self, scope: Construct | None, spec: dict[str, Any], volume: str) -> dict[str, str]:
        """Points the volume of a pod to the ConfigMap of its files, which it adds to the bundle.

        A pod that names none loses the volume and its mounts.

        Args:
            scope: where the ConfigMap is added, unless another pod has added it already. None: the
                caller adds it.
            spec: of the pod, in wire form; commands, environment, probes, hooks and mounts name
                files.
            volume: name of the volume.

        Returns:
            A checksum input, if the name does not tell the content: name -> hash.
        """
        data = self._used(spec, volume)
        if not data:
            _remove(spec, volume)
            return {}
        digest = _digest(tuple(sorted(data.items())))
        name = f"{self.config_map}-{digest}" if self.immutable else self.config_map
        for item in spec["volumes"]:
            if item["name"] == volume:
                item["configMap"] = {**item["configMap"], "name": name}
        if scope is not None and name not in self.made:
            self.made.add(name)
            config_map(scope, name, name, self.labels, data=data, immutable=self.immutable)
        return {} if self.immutable else {volume: digest}

    def _used(self, spec: Mapping[str, Any], volume: str) -> dict[str, str]:
        text = json.dumps(spec)
        named = {name for name in self.texts if f"{self.folder}/{name}" in text}
        named |= {
            str(mount["subPath"])
            for container in _containers(spec)
            for mount in container.get("volumeMounts") or ()
            if mount["name"] == volume and "subPath" in mount
        }
        wanted = {each for name in named for each in self.needs(name, self.texts)}
        return {name: self.texts[name] for name in sorted(wanted)}


@cache
def _digest(items: tuple[tuple[str, str], ...]) -> str:
    return content_hash(dict(items))


def _containers(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [*(spec.get("initContainers") or ()), *spec["containers"]]


def _remove(spec: dict[str, Any], volume: str) -> None:
    for holder, key in ((spec, "volumes"), *((each, "volumeMounts") for each in _containers(spec))):
        kept = [item for item in holder.get(key) or () if item["name"] != volume]
        if kept:
            holder[key] = kept
        else:
            holder.pop(key, None)

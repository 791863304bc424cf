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

    Each is in an immutable ConfigMap of its own, whose name ends in a hash of its content. So a
    change restarts the pods that use the file, old pods keep what they started with until they end,
    and `kubectl rollout undo` finds the old files.
    """

    config_map: str
    """Name of the ConfigMaps, before the file's and the hash."""
    labels: Labels
    """Labels of the ConfigMaps."""
    folder: str
    """Where the volume is mounted."""
    texts: Mapping[str, str]
    """File name -> text."""
    needs: Callable[[str, Mapping[str, str]], Set[str]]
    """File name and all texts -> the files that it needs, itself included."""
    immutable: bool = True
    """Whether each file has a ConfigMap of its own. Not so for pods that are launched from a
    template which lags behind the bundle: they need a name that stays."""
    made: set[str] = field(default_factory=set, compare=False, repr=False)
    """Names of the ConfigMaps that the release has; pods with the same file share it."""

    def mount(self, scope: Construct | None, spec: dict[str, Any], volume: str) -> dict[str, str]:
        """Points the volume of a pod to the ConfigMaps of its files, which it adds to the bundle.

        A pod that names none loses the volume and its mounts.

        Args:
            scope: where ConfigMaps are added, unless another pod has added them. None: the
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
        if not self.immutable:
            self._add(scope, self.config_map, data)
            _point(spec, volume, {"configMap": {"name": self.config_map}})
            return {volume: _digest(tuple(sorted(data.items())))}
        sources = []
        for file, text in data.items():
            stem = file.rpartition(".")[0].replace("_", "-")
            name = f"{self.config_map}-{stem}-{_digest(((file, text),))}"
            self._add(scope, name, {file: text})
            sources.append({"configMap": {"name": name}})
        _point(spec, volume, {"projected": {"sources": sources}})
        return {}

    def _add(self, scope: Construct | None, name: str, data: Mapping[str, str]) -> None:
        if scope is not None and name not in self.made:
            self.made.add(name)
            config_map(scope, name, name, self.labels, data=data, immutable=self.immutable)

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


def _point(spec: dict[str, Any], volume: str, source: dict[str, Any]) -> None:
    spec["volumes"] = [
        {"name": volume, **source} if item["name"] == volume else item for item in spec["volumes"]
    ]


def _remove(spec: dict[str, Any], volume: str) -> None:
    for holder, key in ((spec, "volumes"), *((each, "volumeMounts") for each in _containers(spec))):
        kept = [item for item in holder.get(key) or () if item["name"] != volume]
        if kept:
            holder[key] = kept
        else:
            holder.pop(key, None)

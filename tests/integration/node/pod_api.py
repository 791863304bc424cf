"""Pods in the stand-in API: create, list, watch, patch and delete them, and read their logs."""

from __future__ import annotations

import copy
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import TypeAlias

from .objects import Manifest, namespace_of
from .pod import Pod
from .supervisor import Supervisor

_LOOK_SECONDS = 0.2
_NOT_IN = re.compile(r"(?P<key>[^\s,]+) notin \((?P<values>[^)]*)\)")
Labels: TypeAlias = dict[str, str]


@dataclass
class _Record:
    """A pod that was created through the API, and what the API has told of it."""

    pod: Pod
    manifest: Manifest
    told: str = ""
    """The phase and containers of the last event."""
    deleted: bool = False


@dataclass(frozen=True)
class _Event:
    version: int
    kind: str
    before: Labels
    pod: Manifest


@dataclass
class PodApi:
    """The pods of one node that were created through its API.

    Each change has a number of its own, the `resourceVersion`, from which a watch can go on.
    """

    launch: Callable[[Manifest], Pod]
    """Runs a pod."""
    remove: Callable[[Pod], None]
    """Deletes a pod; returns when it is gone."""
    _records: dict[tuple[str, str], _Record] = field(default_factory=dict)
    _events: list[_Event] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _closed: bool = False

    def __post_init__(self) -> None:
        threading.Thread(target=self._look, name="pod api", daemon=True).start()

    def close(self) -> None:
        """Ends all watches."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def create(self, namespace: str, manifest: Manifest) -> Manifest | None:
        """Runs a new pod; None if there is one of this name."""
        name = manifest["metadata"]["name"]
        with self._changed:
            if (namespace, name) in self._records:
                return None
            manifest["metadata"].update(namespace=namespace, creationTimestamp=_now())
            record = _Record(self.launch(copy.deepcopy(manifest)), manifest)
            manifest["metadata"]["uid"] = record.pod.manifest["metadata"]["uid"]
            self._records[namespace, name] = record
            return self._tell("ADDED", record, _labels(manifest))

    def get(self, namespace: str, name: str) -> Manifest | None:
        """One pod."""
        with self._changed:
            record = self._records.get((namespace, name))
            return self._view(record) if record else None

    def log(self, namespace: str, name: str, container: str, lines: int) -> bytes | None:
        """The last lines of a container."""
        record = self._records.get((namespace, name))
        if record is None:
            return None
        text = record.pod.log(container or None).splitlines(keepends=True)
        return "".join(text[-lines:] if lines else text).encode()

    def list(self, namespace: str, labels: str, fields: str) -> Manifest:
        """The pods that the selectors match."""
        with self._changed:
            views = [
                self._view(record)
                for record in self._records.values()
                if namespace_of(record.manifest) == namespace
            ]
            found = [
                view
                for view in views
                if selects(labels, _labels(view))
                and selects(fields, {"status.phase": view["status"]["phase"]})
            ]
            version = str(len(self._events))
        metadata = {"resourceVersion": version}
        return {"apiVersion": "v1", "kind": "PodList", "metadata": metadata, "items": found}

    def watch(self, namespace: str, labels: str, version: str, seconds: float) -> Iterator[bytes]:
        """The changes since a version, as they come, one JSON object a line."""
        deadline = time.monotonic() + seconds
        seen = int(version or 0)
        if seen == 0:
            with self._changed:
                seen = len(self._events)
            for pod in self.list(namespace, labels, "")["items"]:
                yield _line("ADDED", pod)
        while time.monotonic() < deadline and not self._closed:
            with self._changed:
                if len(self._events) <= seen:
                    self._changed.wait(1)
                news = self._events[seen:]
                seen += len(news)
            for event in news:
                if namespace_of(event.pod) != namespace:
                    continue
                was, matches = selects(labels, event.before), selects(labels, _labels(event.pod))
                if was or matches:
                    # To who looks by labels, a pod that has lost them is gone.
                    kind = "DELETED" if not matches else event.kind if was else "ADDED"
                    yield _line(kind, event.pod)

    def patch(self, namespace: str, name: str, patch: Manifest) -> Manifest | None:
        """Merges labels and annotations; other changes of a pod are not for this node."""
        assert set(patch) == {"metadata"} and set(patch["metadata"]) <= {"labels", "annotations"}
        with self._changed:
            record = self._records.get((namespace, name))
            if record is None:
                return None
            before = dict(_labels(record.manifest))
            for kind, entries in patch["metadata"].items():
                record.manifest["metadata"].setdefault(kind, {}).update(entries)
            return self._tell("MODIFIED", record, before)

    def delete(self, namespace: str, name: str) -> Manifest | None:
        """Ends a pod within its grace period."""
        with self._changed:
            record = self._records.get((namespace, name))
            if record is None:
                return None
            if not record.deleted:
                record.deleted = True
                record.manifest["metadata"]["deletionTimestamp"] = _now()
                self._tell("MODIFIED", record, _labels(record.manifest))
                threading.Thread(target=self._end, args=(record,), daemon=True).start()
            return self._view(record)

    def _end(self, record: _Record) -> None:
        self.remove(record.pod)
        with self._changed:
            self._tell("DELETED", record, _labels(record.manifest))
            del self._records[namespace_of(record.manifest), record.pod.name]

    def _look(self) -> None:
        while not self._closed:
            with self._changed:
                for record in self._records.values():
                    if not record.deleted and record.told != _state(record.pod):
                        self._tell("MODIFIED", record, _labels(record.manifest))
            time.sleep(_LOOK_SECONDS)

    def _tell(self, kind: str, record: _Record, before: Labels) -> Manifest:
        record.told = _state(record.pod)
        version = len(self._events) + 1
        record.manifest["metadata"]["resourceVersion"] = str(version)
        view = self._view(record)
        self._events.append(_Event(version, kind, before, view))
        self._changed.notify_all()
        return view

    def _view(self, record: _Record) -> Manifest:
        pod = record.pod
        containers: list[Manifest] = [
            {
                "name": name,
                "image": str(supervisor.spec["image"]),
                "imageID": "",
                "ready": supervisor.ready,
                "restartCount": supervisor.restarts,
                "state": {"terminated": _terminated(supervisor)}
                if supervisor.exit_codes
                else {"running": {}}
                if supervisor.state == "Running"
                else {"waiting": {"reason": "ContainerCreating"}},
            }
            for name, supervisor in dict(pod.supervisors).items()
            if name in {each["name"] for each in record.manifest["spec"]["containers"]}
        ]
        status: Manifest = {"phase": pod.phase, "podIP": pod.ip}
        if containers:  # a pod that has not begun has no list of them, rather than an empty one
            status["containerStatuses"] = containers
        return {**copy.deepcopy(record.manifest), "status": status}


def selects(selector: str, labels: Labels) -> bool:
    """Whether a label or field selector, as it stands in a URL, matches."""
    for excluded in _NOT_IN.finditer(selector):
        if labels.get(excluded["key"]) in excluded["values"].split(","):
            return False
    for term in filter(None, _NOT_IN.sub("", selector).split(",")):
        key, unequal, value = term.partition("!=")
        if unequal:
            if labels.get(key) == value:
                return False
            continue
        key, equal, value = term.partition("=")
        if key not in labels or (equal and labels[key] != value.removeprefix("=")):
            return False
    return True


def _labels(manifest: Manifest) -> Labels:
    labels: Labels = manifest["metadata"].get("labels") or {}
    return labels


def _terminated(supervisor: Supervisor) -> Manifest:
    ends = list(supervisor.ends)
    finished = {"finishedAt": _now(ends[-1].time)} if ends else {}
    return {"exitCode": supervisor.exit_codes[-1], **finished}


def _state(pod: Pod) -> str:
    return f"{pod.phase} {pod.ip} {[s.state for s in dict(pod.supervisors).values()]}"


def _line(kind: str, pod: Manifest) -> bytes:
    return json.dumps({"type": kind, "object": pod}).encode() + b"\n"


def _now(seconds: float | None = None) -> str:
    time = datetime.fromtimestamp(seconds, timezone.utc) if seconds else datetime.now(timezone.utc)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")

"""The state of one migration: the old values, and the new ones as they grow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from cdk8s_airflow.migration.known import Chart, Family
from cdk8s_airflow.migration.old_values import lookup
from cdk8s_airflow.migration.report import Difference, NewSecret, Outcome, Report

Rule: TypeAlias = "Callable[[Target, Any], Outcome]"
"""Writes what an old value means to the new values, and says what became of it."""
Table: TypeAlias = Mapping[str, Rule]
"""Key of the old chart -> its rule."""


@dataclass
class Conversion:
    """One migration."""

    chart: Chart
    values: dict[str, Any]
    """The old values, templates resolved."""
    release: str
    namespace: str
    airflow2: bool = False
    """Whether the old release runs Airflow 2."""
    out: dict[str, Any] = field(default_factory=dict)
    """The new values, but for executors."""
    groups: list[dict[str, Any]] = field(default_factory=list)
    """The groups of Celery workers."""
    task_pods: dict[str, Any] = field(default_factory=dict)
    """The settings of `KubernetesExecutor`."""
    local: dict[str, Any] = field(default_factory=dict)
    """The settings of `LocalExecutor`."""
    task_pods_used: bool = False
    """Whether there is a `KubernetesExecutor`."""
    local_used: bool = False
    """Whether there is a `LocalExecutor`."""
    login_secret: str = ""
    """Name of the Secret with what stood in the open in a webserver_config.py."""
    concurrency: int | None = None
    """Tasks of a worker pod at a time, for all groups."""
    turned_on: set[str] = field(default_factory=set)
    """Sections of the new values that are on with their defaults alone."""
    details: dict[str, Outcome] = field(default_factory=dict)
    """What became of parts of a key, such as single options of `config`."""
    patches: list[dict[str, Any]] = field(default_factory=list)
    manifests: list[dict[str, Any]] = field(default_factory=list)
    report: Report = field(default_factory=lambda: Report("airflow"))

    @property
    def family(self) -> Family:
        """The family of the old chart."""
        return self.chart.family

    def given(self, key: str) -> bool:
        """Whether the old values set a key to something."""
        found, value = lookup(self.values, key)
        return found and value is not None

    def get(self, key: str) -> Any:
        """The value of a key in the old release: that of the file, else the chart's default."""
        found, value = lookup(self.values, key)
        return value if found else self.chart.default(key)

    def on(self, key: str) -> bool:
        """Whether a switch is on in the old release."""
        return truth(self.get(key))

    def turn_on(self, section: str) -> None:
        """Turns on a part of the release that is off by default, such as `flower`."""
        self.out.setdefault(section, {})
        self.turned_on.add(section)

    def name(self, suffix: str) -> str:
        """A name that begins with the release."""
        return f"{self.release}-{suffix}"

    def secret(self, name: str, *keys: str, source: str) -> None:
        """Tells that a Secret has to be made, for values that stood in the open."""
        known = next((each for each in self.report.secrets if each.name == name), None)
        if known:
            keys = (*known.keys, *(key for key in keys if key not in known.keys))
            source = known.source if source in known.source else f"{known.source}, {source}"
            self.report.secrets.remove(known)
        self.report.secrets.append(NewSecret(name, keys, source))

    def has_secret(self, option: str) -> bool:
        """Whether a key of Airflow comes from a Secret already."""
        return bool((self.out.get("secrets") or {}).get(option))

    def step(self, text: str) -> None:
        """Adds something to do before the first apply."""
        if text not in self.report.steps:
            self.report.steps.append(text)

    def differs(self, key: str, old: str, new: str, why: str) -> None:
        """Tells of a default of the old chart that is another here."""
        if not self.given(key):
            self.report.differences.append(Difference(key, old, new, why))

    @property
    def root(self) -> Target:
        """The whole of the new values."""
        return Target(self, self.out)


@dataclass(frozen=True)
class Target:
    """A part of the new values, to which rules write."""

    conversion: Conversion
    data: dict[str, Any]
    path: str = ""
    """Where it is in the file, for the report."""
    component: str = ""
    """`app.kubernetes.io/component` of its objects."""
    kind: str = ""
    """Kind of its workload."""
    container: str = ""
    """Name of its main container. Default: the component."""
    source: str = ""
    """The key of its section in the old values."""

    def below(self, path: str) -> str:
        """A path in the file."""
        return f"{self.path}.{path}" if self.path and path else path or self.path

    def old(self, key: str) -> Any:
        """The old value beside, of the same section."""
        return self.conversion.get(f"{self.source}.{key}" if self.source else key)

    def put(self, path: str, value: object) -> str:
        """Writes a value below this part.

        Returns:
            The path in the file.
        """
        put(self.data, path, value)
        return self.below(path)

    def has(self, path: str) -> bool:
        """Whether there is a value at a path below."""
        found, value = lookup(self.data, path)
        return found and value is not None

    def patch(self, kind: str, merge: Mapping[str, Any]) -> str:
        """Adds a patch of an object of this component.

        Returns:
            The path in the file.
        """
        return patch(self.conversion, kind, self.component, merge)

    def patch_workload(self, spec: Mapping[str, Any]) -> str:
        """Adds a patch of the pod spec of its workload."""
        return self.patch(self.kind, {"spec": {"template": {"spec": dict(spec)}}})


Sections: TypeAlias = Mapping[str, tuple[str, str, str]]
"""Section of a chart -> section here, component, kind of its workload."""
PROCESSES: Sections = {
    "scheduler": ("scheduler", "scheduler", "Deployment"),
    "apiServer": ("apiServer", "api-server", "Deployment"),
    "dagProcessor": ("dagProcessor", "dag-processor", "Deployment"),
    "triggerer": ("triggerer", "triggerer", "StatefulSet"),
    "flower": ("flower", "flower", "Deployment"),
}
"""What the charts call alike."""


def section_target(made: Conversion, sections: Sections, section: str) -> Target:
    """Where the settings of a section go."""
    ours, component, kind = sections[section]
    known = made.out.get(ours)
    data = known if isinstance(known, dict) else made.out.setdefault(ours, {})
    return Target(made, data, ours, component, kind, component, section)


def patch(made: Conversion, kind: str, component: str, merge: Mapping[str, Any]) -> str:
    """Adds a patch, or to that of the same objects.

    Returns:
        The path in the file.
    """
    for number, known in enumerate(made.patches):
        if (known["kind"], known["component"]) == (kind, component):
            merge_into(known["merge"], merge)
            return f"patches[{number}]"
    made.patches.append({"kind": kind, "component": component, "merge": _copy(merge)})
    return f"patches[{len(made.patches) - 1}]"


def put(data: dict[str, Any], path: str, value: object) -> None:
    """Writes a value at a dotted path; mappings are merged, lists grow."""
    *above, last = path.split(".")
    here = data
    for part in above:
        here = here.setdefault(part, {})
    there = here.get(last)
    if isinstance(there, dict) and isinstance(value, Mapping):
        merge_into(there, value)
    elif isinstance(there, list) and isinstance(value, list):
        there += [each for each in value if each not in there]
    else:
        here[last] = _copy(value)


def merge_into(data: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Adds the keys of a mapping to another, deeply."""
    for key, value in more.items():
        put_key(data, key, value)


def put_key(data: dict[str, Any], key: str, value: object) -> None:
    """Writes one key, whatever dots it has."""
    there = data.get(key)
    if isinstance(there, dict) and isinstance(value, Mapping):
        merge_into(there, value)
    else:
        data[key] = _copy(value)


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list | tuple) else value


def truth(value: object) -> bool:
    """Whether a template of Helm takes a value for true; texts of people are read too."""
    if isinstance(value, str):
        return value.lower() not in ("", "false", "f", "0", "no", "off")
    return bool(value)

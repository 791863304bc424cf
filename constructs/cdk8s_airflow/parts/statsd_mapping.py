"""The mapping file of statsd_exporter: from Airflow's StatsD names to Prometheus' names and labels.

Airflow appends tags to a name, `airflow.ti.finish,dag_id=a,state=success`, and the exporter makes
labels of them by itself. So a mapping has only the name, the help, the buckets and the time to
live.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, TypeAlias

PREFIX = "airflow"
"""`[metrics] statsd_prefix`, and how all names begin."""
BucketKind: TypeAlias = Literal["task", "delay", "parse", "loop", "custom"]
Unknown: TypeAlias = Literal["keep", "drop"]

BUCKETS: Mapping[BucketKind, Sequence[float]] = {
    # There is one histogram for each task, so these are few.
    "task": (1, 5, 15, 60, 300, 900, 1800, 3600, 10800, 43200, 86400),
    "delay": (0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600),
    # A file may take 50 s before its processor is killed.
    "parse": (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 50, 120),
    "loop": (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60),
    "custom": (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 1800, 3600),
}
"""Upper bounds of the histograms' buckets by what they measure, in seconds."""
_KINDS: Mapping[str, BucketKind] = {
    **dict.fromkeys(("dagrun.duration.failed", "dagrun.duration.success", "task.duration"), "task"),
    "dagrun.first_task_scheduling_delay": "delay",
    "dagrun.first_task_start_delay": "delay",
    "dagrun.schedule_delay": "delay",
    "task.queued_duration": "delay",
    "task.scheduled_duration": "delay",
    "dag_processing.last_duration": "parse",
}  # fmt: skip
_STATES = {"dagrun.duration.failed": "failed", "dagrun.duration.success": "success"}
_IN_SECONDS = frozenset({"dag_processing.last_duration"})
"""Timers that Airflow 3.3 sends in seconds, where StatsD has milliseconds."""
_SENT_ON_CHANGE = frozenset(
    {
        *("api_server.dag_bag.cache_size", "scheduler.dag_bag.cache_size", "ol.event.size"),
        "kubernetes_executor.pod_creation_batch_size",
    }
)
"""Gauges that stay true while nobody sends them; the others come at least once a minute."""
_ALONE = re.compile(
    r"executor\.\w+\.\{executor_class_name\}|dag_processing\.last_run\.seconds_ago\.\{file_name\}"
)
"""Names with parts that Airflow sends in place of the plain ones: the executors' where there are
several, and that of a file before Airflow 3.2."""
_VARIABLE = re.compile(r"\{(\w+)\}")
_VALUES = {"job_name": r"(\w*job\w*)"}
"""Variable of a name -> what it may be; `my_start` of a DAG is no job."""
_SUFFIXES = {"counter": "_total", "timer": "_seconds", "gauge": ""}


class Metric(NamedTuple):
    """A metric of Airflow or of a provider."""

    name: str
    type: Literal["counter", "gauge", "timer"]
    help: str
    legacy: str = ""
    """Its name before Airflow 3.2, with values in place of tags; empty: the same."""

    @property
    def exported(self) -> str:
        """Its name in Prometheus."""
        plain = self.name.removeprefix("airflow.")
        if self.name in _STATES:
            plain = plain.rpartition(".")[0]
        plain = plain.replace("{job_name}", "job")
        plain = re.sub(r"\.\{\w+\}", "", plain)
        return f"{PREFIX}_{re.sub('[.-]', '_', plain)}{_SUFFIXES[self.type]}"

    @property
    def exported_help(self) -> str:
        """Its help in Prometheus: metrics of one name have one, or no scrape succeeds."""
        text = self.help.replace("Milliseconds", "Seconds")
        return re.sub(r"\b(failed|success) state", "its final state", text)

    @property
    def kind(self) -> BucketKind | None:
        """Which buckets its histogram has; None: it is none."""
        return _KINDS.get(self.name, "loop") if self.type == "timer" else None


OURS: Sequence[Metric] = (
    Metric("dag_bundle.refreshed", "counter", "Number of refreshes of a git DAG bundle"),
    Metric("dag_bundle.refresh_failed", "counter", "Number of refreshes of it that failed"),
)
"""What the DAG processor sends by a class of this package."""


@cache
def metrics() -> Sequence[Metric]:
    """What scripts/generate_metrics.py has written, and ours; read on first use only."""
    text = files("cdk8s_airflow.parts").joinpath("airflow_metrics.json").read_text("utf-8")
    return [*(Metric(**row) for row in json.loads(text)["metrics"]), *OURS]


@dataclass(frozen=True, kw_only=True)
class StatsdMapping:
    """A mapping file of statsd_exporter."""

    ttl: int
    """Seconds after which a series that nobody sends is forgotten."""
    gauge_ttl: int
    """The same, of gauges that are sent again and again."""
    unknown: Unknown
    """What becomes of names that no mapping has."""
    buckets: Mapping[BucketKind, Sequence[float]] = field(default_factory=dict)
    """Buckets in place of `BUCKETS`."""
    extra: Sequence[Mapping[str, object]] = ()
    """Mappings of the user, before the others."""

    @property
    def text(self) -> str:
        """The file, in YAML."""
        defaults = {
            "observer_type": "histogram",
            "histogram_options": {"buckets": self._bounds("custom")},
            "ttl": f"{self.ttl}s",
        }
        lines = ["defaults:", *(f"  {key}: {json.dumps(defaults[key])}" for key in defaults)]
        lines.append("mappings:")
        for mapping in self.mappings():
            first, *rest = (f"{key}: {json.dumps(value)}" for key, value in mapping.items())
            lines += [f"  - {first}", *(f"    {line}" for line in rest)]
        return "\n".join(lines) + "\n"

    def mappings(self) -> Iterator[Mapping[str, object]]:
        """The entries; globs are asked before regular expressions, whatever the order."""
        yield from self.extra
        taken = {str(mapping["match"]) for mapping in self.extra}
        own = [mapping for metric in metrics() for mapping in self._of(metric)]
        own += [_dropped(_pattern(m.legacy)) for m in metrics() if m.legacy and not _alone(m)]
        if self.unknown == "drop":
            own.append(_dropped("."))
        # A second glob of the same text would take the place of the first.
        yield from (mapping for mapping in own if mapping["match"] not in taken)

    def problems(self) -> Iterator[str]:
        """Names for which the exporter would fail each scrape."""
        helps: dict[object, object] = {}
        for mapping in self.mappings():
            name, text = mapping["name"], mapping.get("help")
            if mapping.get("action") != "drop" and helps.setdefault(name, text) != text:
                yield (
                    f"{name!r} would have two descriptions, {helps[name]!r} and {text!r}, and no "
                    "scrape would succeed: give all mappings to a name the same help"
                )

    def _of(self, metric: Metric) -> Iterator[Mapping[str, object]]:
        options: dict[str, object] = {"name": metric.exported, "help": metric.exported_help}
        if metric.type == "gauge" and metric.name not in _SENT_ON_CHANGE:
            options["ttl"] = f"{self.gauge_ttl}s"
        if metric.name in _IN_SECONDS:
            options["scale"] = 1000
        if metric.kind:
            options["histogram_options"] = {"buckets": self._bounds(metric.kind)}
        variables = {name: f"${n}" for n, name in enumerate(_VARIABLE.findall(metric.name), 1)}
        if variables:
            match: dict[str, object] = {"match": _pattern(metric.name), "match_type": "regex"}
            yield {**match, **options, "labels": variables}
            return
        state = _STATES.get(metric.name)
        labels = {"labels": {"state": state}} if state else {}
        yield {"match": f"{PREFIX}.{metric.name}", **options, **labels}
        if _alone(metric):
            (part,) = _VARIABLE.findall(metric.legacy)
            glob = f"{PREFIX}.{_VARIABLE.sub('*', metric.legacy)}"
            yield {"match": glob, **options, "labels": {part: "$1"}}

    def _bounds(self, kind: BucketKind) -> list[float]:
        return list(self.buckets.get(kind, BUCKETS[kind]))


def _alone(metric: Metric) -> bool:
    return bool(_ALONE.fullmatch(metric.legacy))


def _pattern(template: str) -> str:
    """The regular expression for a name with variables, which may hold dots."""
    dotted = f"{PREFIX}.{template}".replace(".", r"\.")
    return f"^{_VARIABLE.sub(lambda match: _VALUES.get(match[1], '(.+)'), dotted)}$"


def _dropped(pattern: str) -> Mapping[str, object]:
    pattern = re.sub(r"\(\.\+\)(\\\.\(\.\+\))*", ".+", pattern)
    return {"match": pattern, "match_type": "regex", "action": "drop", "name": "dropped"}

"""Mappings of the user's own metrics, for the exporter's mapping file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cdk8s_airflow.kubernetes.props import Props

_PART = r"(\*|[a-zA-Z_](-?[a-zA-Z0-9_])*)"
_GLOB = re.compile(rf"{_PART}(\.{_PART})+")
_NAME = re.compile(r"[a-zA-Z_$][a-zA-Z0-9_${}]*")
_LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]+")


@dataclass(frozen=True, kw_only=True)
class MetricMapping(Props):
    """A name in Prometheus, and labels, for metrics that DAGs or plugins send by `Stats`.

    Example: `MetricMapping(match="airflow.orders.*.loaded", name="orders_loaded_total",
    labels={"country": "$1"})`. Tags need no mapping: they are labels by themselves.
    """

    match: str
    """The name that is sent, `airflow.` at its beginning included; `*` stands for one part between
    dots."""
    name: str = ""
    """The name in Prometheus; `$1` is what the first `*` or group stands for. Needed unless
    `drop`."""
    labels: Mapping[str, str] | None = None
    """Labels beside the tags; their values may hold `$1`, `$2` ... Default: none."""
    help: str = ""
    """Description of the metric. Default: the exporter's."""
    regex: bool = False
    """Whether `match` is a regular expression (RE2), which may match any part of the name; all
    mappings without are asked first. Default: False."""
    drop: bool = False
    """Leave these metrics out. Default: False."""
    buckets: Sequence[float] | None = None
    """Upper bounds of the buckets of a timer's histogram, in seconds. Default: those of
    `StatsdExporter.buckets`."""
    ttl: int | None = None
    """Seconds after which a series that nobody sends is forgotten. Default: that of all."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        here = f"MetricMapping(match={self.match!r}"
        if self.regex:
            try:
                re.compile(self.match)
            except re.error as error:
                yield f"{here}, regex=True): {error}"
        elif not _GLOB.fullmatch(self.match):
            yield (
                f"{here}): expected parts of letters, digits and '_' with dots between, or '*' for "
                "a whole part, such as 'airflow.orders.*'; other patterns need regex=True"
            )
        elif self.match.partition(".")[0] not in ("airflow", "*"):
            yield f"{here}) matches nothing: all names begin with 'airflow.'"
        if self.drop and (self.name or self.labels or self.buckets or self.ttl):
            yield f"{here}, drop=True) has settings of a metric that is left out: leave them out"
        if not self.drop and not _NAME.fullmatch(self.name):
            yield (
                f"{here}, name={self.name!r}): expected a name such as 'orders_total', or drop=True"
            )
        for label in self.labels or {}:
            if not _LABEL.fullmatch(label) or label.startswith("__"):
                yield f"{here}, labels=...) has {label!r}: expected a name such as 'country'"
        if self.buckets is not None and (text := bucket_problem(self.buckets)):
            yield f"{here}, buckets={list(self.buckets)}): {text}"
        if self.ttl is not None and self.ttl < 1:
            yield f"{here}, ttl={self.ttl}): expected 1 or more seconds"

    @property
    def entry(self) -> Mapping[str, object]:
        """The entry of the mapping file."""
        form = {
            "match": self.match,
            "match_type": "regex" if self.regex else None,
            "action": "drop" if self.drop else None,
            "name": self.name or "dropped",
            "help": self.help or None,
            "labels": dict(self.labels or {}) or None,
            "histogram_options": {"buckets": list(self.buckets)} if self.buckets else None,
            "ttl": f"{self.ttl}s" if self.ttl else None,
        }
        return {key: value for key, value in form.items() if value is not None}


def bucket_problem(bounds: Sequence[float]) -> str:
    """What is wrong with the bounds of buckets; empty: nothing."""
    if bounds and bounds[0] > 0 and all(a < b for a, b in pairwise(bounds)):
        return ""
    return "expected seconds above 0, each more than the one before"

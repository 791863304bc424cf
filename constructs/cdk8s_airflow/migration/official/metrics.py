"""Metrics and traces: statsd, and the OpenTelemetry collector."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Table, Target, truth
from cdk8s_airflow.migration.official import otel
from cdk8s_airflow.migration.official.git_sync_env import seconds
from cdk8s_airflow.migration.official.processes import peers
from cdk8s_airflow.migration.pods import common
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    below,
    carried,
    changed,
    is_empty,
    plain,
    same_as,
    text_map,
)

_KEYS = {"match": "match", "name": "name", "labels": "labels", "help": "help"}


def start(made: Conversion) -> None:
    """Writes the exporter, which the chart has unless it is turned off."""
    if made.on("statsd.enabled") and not otel.on(made):
        made.root.put("metrics", {"kind": "StatsdExporter"})


def target(made: Conversion) -> Target:
    """Where the settings of the exporter go."""
    data = made.out.get("metrics")
    here = data if isinstance(data, dict) and data["kind"] == "StatsdExporter" else {}
    return Target(
        made, here, "metrics", "statsd-exporter", "Deployment", "statsd-exporter", "statsd"
    )


def mapping(entry: dict[str, Any]) -> dict[str, Any] | None:
    """A mapping of the exporter as an option; None for one that has no form here."""
    found: dict[str, Any] = {new: entry[old] for old, new in _KEYS.items() if entry.get(old)}
    known = {*_KEYS, "match_type", "action", "ttl", "match_metric_type"}
    if set(entry) - known:
        return None
    if entry.get("match_type") == "regex":
        found["regex"] = True
    if entry.get("action") == "drop":
        return {
            "match": entry["match"],
            "drop": True,
            **({"regex": True} if "regex" in found else {}),
        }
    if ttl := entry.get("ttl"):
        found["ttl"] = seconds(ttl)
    return found


def _mappings(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    found = [mapping(each) for each in value]
    target.put("extraMappings", [each for each in found if each])
    if None in found:
        note = (
            "some have settings without an option: observer types, histograms; see metrics.buckets"
        )
        return Outcome("changed", target.below("extraMappings"), note)
    return Outcome("carried", target.below("extraMappings"))


def _override(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    outcome = _mappings(target, value)
    note = "the bundle's own mappings stay beside them"
    return Outcome("changed", outcome.to, note)


def _ttl(target: Target, value: Any) -> Outcome:
    if plain(value) in ("0", "0s", ""):
        return Outcome("changed", target.below("ttl"), "series are forgotten after a week")
    return Outcome("carried", target.put("ttl", seconds(value)))


def _enabled(target: Target, value: Any) -> Outcome:
    return Outcome("carried", "metrics" if truth(value) else "")


STATSD: Table = below(
    "statsd",
    {
        **common(),
        "enabled": _enabled,
        "extraMappings": _mappings,
        "overrideMappings": _override,
        "cache.ttl": _ttl,
        "cache.size": carried("the exporter's own cache of mappings"),
        "cache.type": carried("the exporter's own cache of mappings"),
        "uid": same_as(65534, note="it runs as 65534", other=changed("it runs as 65534")),
        "extraNetworkPolicies": peers,
        "service.extraAnnotations": text_map("annotations"),
        "revisionHistoryLimit": changed("three old revisions are kept"),
        "args": lambda target, value: _args(target, value),
    },
)


def _args(target: Target, value: Any) -> Outcome:
    if is_empty(value) or value == ["--statsd.mapping-config=/etc/statsd-exporter/mappings.yml"]:
        return Outcome("carried", "", "the exporter of the bundle")
    return Outcome("dropped", "", "give a patch of the container statsd-exporter")

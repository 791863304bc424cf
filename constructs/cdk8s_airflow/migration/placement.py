"""Where pods run: node selectors, affinity, tolerations, spread."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk8s_airflow.migration.conversion import Rule, Target
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import is_empty, move, plain, text_map

_LABELS = {
    "component": "app.kubernetes.io/component",
    "release": "app.kubernetes.io/instance",
    "tier": "app.kubernetes.io/name",
}
"""Label of pods in the old charts -> that of pods here; `tier` is `airflow`, as the name is."""
_COMPONENTS = {
    **{name: name for name in ("api-server", "dag-processor", "flower", "pgbouncer", "redis")},
    **{name: name for name in ("scheduler", "triggerer", "worker")},
    **dict.fromkeys(("web", "webserver"), "api-server"),
}
"""Component of the old charts -> its name here."""


def placement() -> dict[str, Rule]:
    """Where pods run."""
    return {
        "nodeSelector": text_map("nodeSelector"),
        "affinity": affinity,
        "tolerations": move("tolerations"),
        "topologySpreadConstraints": spread,
        "priorityClassName": move("priorityClassName"),
        "runtimeClassName": move("runtimeClassName"),
        "schedulerName": move("schedulerName"),
        "hostAliases": move("hostAliases"),
    }


def affinity(target: Target, value: Any) -> Outcome:
    """Affinity; labels of the old chart's pods become those that pods have here."""
    if is_empty(value):
        return Outcome("carried")
    new = _relabelled(value)
    note = "its labels are those that pods have here" if new != value else ""
    return Outcome("carried", target.put("affinity", new), note)


def _relabelled(value: Any) -> Any:
    if isinstance(value, list):
        return [_relabelled(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    return {
        key: _selector(item)
        if key == "labelSelector" and isinstance(item, Mapping)
        else _relabelled(item)
        for key, item in value.items()
    }


def _selector(selector: Mapping[str, Any]) -> dict[str, Any]:
    """A selector of pods, in the labels that they have here."""
    asked = selector.get("matchLabels") or {}
    labels = {_label(key, item): _value(key, item) for key, item in asked.items()}
    expressions = [_expression(each) for each in selector.get("matchExpressions") or ()]
    found = {"matchLabels": labels, "matchExpressions": expressions}
    return {key: found.get(key) or item for key, item in selector.items()}


def _expression(expression: Mapping[str, Any]) -> dict[str, Any]:
    key, values = str(expression.get("key")), expression.get("values") or []
    if any(_label(key, each) == key for each in values):
        return dict(expression)
    found = {**expression, "key": _LABELS.get(key, key)}
    return {**found, "values": [_value(key, each) for each in values]} if values else found


def _label(key: str, value: Any) -> str:
    """The label here; one with a value that no pod of the old chart had is of other pods."""
    if key == "component" and plain(value) not in _COMPONENTS:
        return key
    return _LABELS.get(key, key)


def _value(key: str, value: Any) -> Any:
    return _COMPONENTS.get(plain(value), value) if key == "component" else value


def spread(target: Target, value: Any) -> Outcome:
    """Spread constraints; a selector of the old chart's labels becomes that of the component."""
    if is_empty(value):
        return Outcome("carried")
    old = False
    constraints = []
    for each in value:
        labels = ((each.get("labelSelector") or {}).get("matchLabels") or {}).keys()
        if labels & _LABELS.keys():
            each = {key: item for key, item in each.items() if key != "labelSelector"}
            old = True
        constraints.append(each)
    note = "labelSelector left out: it is that of the component here" if old else ""
    return Outcome("carried", target.put("topologySpread", constraints), note)

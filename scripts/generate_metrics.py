"""Writes what Airflow says about its metrics into the package.

Usage: PYTHON generate_metrics.py [FILE]

PYTHON is an interpreter with Airflow. The names come from Airflow's own registry and from
`UNREGISTERED`; both are held against the calls in the source of Airflow and of the installed
providers. A call of a metric that nobody knows, or of another type, is an error, and so is a row of
`UNREGISTERED` that nobody sends.
"""

from __future__ import annotations

import ast
import importlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

FILE = Path(__file__).parent.parent / "constructs/cdk8s_airflow/parts/airflow_metrics.json"
REGISTRY = "_shared/observability/metrics/metrics_template.yaml"

UNREGISTERED = {
    "kubernetes_executor.pod_creation_batch_duration": (
        "timer",
        "Milliseconds taken to create the pods of one scheduler loop in Kubernetes Executor",
    ),
    "kubernetes_executor.pod_creation_batch_size": (
        "gauge",
        "Number of pods created in one scheduler loop in Kubernetes Executor",
    ),
    "deadline_alerts.callback_success": (
        "counter",
        "Number of callbacks of deadline alerts that succeeded",
    ),
    "deadline_alerts.callback_failed": (
        "counter",
        "Number of callbacks of deadline alerts that failed",
    ),
}
"""Name -> type and description, of what is sent and not in the registry."""

COMPUTED = {
    "open_slots_metric_name": "executor.open_slots",
    "queued_tasks_metric_name": "executor.queued_tasks",
    "running_tasks_metric_name": "executor.running_tasks",
    "get_metric_info": "deadline_alerts.callback_*",
}
"""Variable or function that holds a name -> the name."""

_TYPES = {
    "incr": "counter",
    "decr": "counter",
    "gauge": "gauge",
    "timing": "timer",
    "timer": "timer",
}
_SENDERS = ("Stats", "stats")


class Sent(NamedTuple):
    """A call that sends a metric; `*` stands for what only the run knows."""

    name: str
    kind: str
    where: str


def main(arguments: list[str]) -> None:
    """Writes the file."""
    airflow = importlib.import_module("airflow")
    assert airflow.__file__ is not None
    root = Path(airflow.__file__).parent
    found = metrics(root)
    if wrong := list(problems(found, sent(root))):
        raise SystemExit("\n".join(wrong))
    path = Path(arguments[0]) if arguments else FILE
    head = json.dumps({"airflow": airflow.__version__})[:-1]
    rows = ",\n".join(f"    {json.dumps(row)}" for row in found)
    path.write_text(f'{head},\n  "metrics": [\n{rows}\n  ]\n}}\n')


def metrics(root: Path) -> list[dict[str, Any]]:
    """All metrics, by name.

    Args:
        root: the package `airflow`.
    """
    yaml = importlib.import_module("yaml")
    rows = [
        {
            "name": row["name"],
            "type": row["type"],
            "help": _plain(row["description"]),
            **({"legacy": row["legacy_name"]} if row["legacy_name"] != "-" else {}),
        }
        for row in yaml.safe_load((root / REGISTRY).read_text())["metrics"]
    ]
    rows += [{"name": n, "type": kind, "help": text} for n, (kind, text) in UNREGISTERED.items()]
    return sorted(rows, key=lambda row: str(row["name"]))


def _plain(text: str) -> str:
    """A description on one line, without the marks of reStructuredText."""
    return " ".join(text.replace("``", "").split()).rstrip(".")


def sent(root: Path) -> Iterator[Sent]:
    """The calls in the source that send a metric.

    Args:
        root: the package `airflow`.
    """
    for path in sorted(root.rglob("*.py")):
        if "observability" in path.parts or "tests" in path.parts:
            continue
        text = path.read_text()
        if not any(f"{sender}.{method}" in text for sender in _SENDERS for method in _TYPES):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and (kind := _kind(node.func)):
                where = f"{path.relative_to(root)}:{node.lineno}"
                for name in _names(node):
                    yield Sent(name, kind, where)


def _kind(function: ast.expr) -> str:
    if not isinstance(function, ast.Attribute) or not isinstance(function.value, ast.Name):
        return ""
    return _TYPES.get(function.attr, "") if function.value.id in _SENDERS else ""


def _names(call: ast.Call) -> Iterator[str]:
    """The names that a call may send; none for a timer that only measures."""
    given = call.args[:1] or [word.value for word in call.keywords if word.arg in ("stat", None)]
    for expression in given:
        yield from _texts(expression)


def _texts(expression: ast.expr) -> Iterator[str]:
    match expression:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_texts(body), *_texts(orelse))
        case ast.JoinedStr(values=values):
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else "*" for v in values)
        case ast.BinOp(right=ast.Constant(value=str(end))):
            yield f"*{end}"
        case ast.Name(id=name) if name in COMPUTED:
            yield COMPUTED[name]
        case ast.Call(func=ast.Attribute(attr=name)) if name in COMPUTED:
            yield COMPUTED[name]
        case _:
            yield f"({ast.unparse(expression)})"


def problems(rows: list[dict[str, Any]], calls: Iterable[Sent]) -> Iterator[str]:
    """What the table and the source do not agree on."""
    known = {row["name"]: row["type"] for row in rows}
    legacy = [re.sub(r"\{\w+\}", "*", row["legacy"]) for row in rows if "legacy" in row]
    used: set[str] = set()
    for call in calls:
        pattern = re.escape(call.name).replace(r"\*", ".+")
        names = [name for name in known if re.fullmatch(pattern, name)]
        if not names and call.name not in legacy:
            yield f"{call.where} sends {call.name!r}, which the table does not know"
        if names and call.kind not in {known[name] for name in names}:
            yield f"{call.where} sends {call.name!r} as a {call.kind}, not as a {known[names[0]]}"
        used.update(name for name in names if known[name] == call.kind)
    for name in UNREGISTERED:
        if name not in used:
            yield f"UNREGISTERED has {name!r}, which nobody sends"


if __name__ == "__main__":
    main(sys.argv[1:])

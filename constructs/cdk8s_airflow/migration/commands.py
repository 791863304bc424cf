"""Commands of the user's: what a text that starts a process of Airflow does beside that."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from itertools import dropwhile
from typing import Any

from cdk8s_airflow.migration.conversion import Target
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import is_empty, plain

_SAME = "the process is the same, started by the bundle"
_QUEUES = ("-q", "--queues")
_CONCURRENCY = ("-c", "--concurrency")
_OWN: Mapping[str, str] = {"--namespace": "the release's own"}
"""Flags that the bundle gives its process too."""


def replaced(target: Target, value: Any) -> Outcome:
    """A command of the user's; the chart's own, or none, is nothing to carry."""
    if is_empty(value):
        return Outcome("carried", "", _SAME)
    text = [plain(each) for each in value] if isinstance(value, list) else [plain(value)]
    if not any("airflow" in each for each in text):
        note = (
            "probes and shutdown rely on the bundle's own command; for another give a patch of "
            f"spec.template.spec.containers of {target.component or 'the pod'}"
        )
        return Outcome("dropped", "", note)
    flags = _flags(text)
    if flags is None:
        note = (
            f"{_SAME}; what else the text does is left out: extraPackages installs packages, "
            "extraInitContainers prepares files"
        )
        return Outcome("changed", "", note)
    return _taken(target, flags)


def _flags(text: Sequence[str]) -> list[str] | None:
    """The flags of the process; None if the text does more than start it."""
    whole = text[-1] if " " in text[-1].strip() else " ".join(text)
    if "{{" in whole:  # the chart's own
        return [] if whole.lstrip().startswith("exec") else None
    try:
        words = shlex.split(whole.replace("\\\n", " "))
    except ValueError:
        return None
    words = words[words[:1] == ["exec"] :]
    ends = any(each in (";", "&&", "||", "|", "&") or each.endswith(";") for each in words)
    if words[:1] != ["airflow"] or ends:
        return None
    return list(dropwhile(lambda word: not word.startswith("-"), words))


def _taken(target: Target, flags: Sequence[str]) -> Outcome:
    """Writes the flags that are options here."""
    left, paths = [], []
    words = iter([part for flag in flags for part in _parts(flag)])
    for flag in words:
        if flag in _QUEUES and target.container == "worker":
            queues = [each.strip() for each in next(words, "").split(",") if each.strip()]
            paths.append(target.put("queues", queues))
        elif flag in _CONCURRENCY and target.container == "worker":
            paths.append(target.put("concurrency", int(next(words, "0"))))
        elif flag in _OWN:
            next(words, "")
        elif flag.startswith("-"):
            left.append(flag)
    if left:
        note = f"{_SAME}, without {', '.join(left)}: give the options of Airflow in config"
        return Outcome("changed", ", ".join(paths), note)
    return Outcome("carried", ", ".join(paths), _SAME)


def _parts(flag: str) -> Sequence[str]:
    """`--queues=a` as two words."""
    name, equals, value = flag.partition("=")
    return (name, value) if equals and name.startswith("--") else (flag,)

"""Ways to break a manifest, for the tests of the checks."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import pytest
from _pytest.mark.structures import ParameterSet
from bundle.sample import good

from cdk8s_airflow.checks.bundle import Bundle, Manifest, title

Check: TypeAlias = Callable[[Bundle], Iterator[str]]

DELETE: Final = object()
"""As a value: remove the field."""


@dataclass(frozen=True)
class Break:
    """One change to the sample bundle that one check has to refuse.

    Attributes:
        target: `Kind/name` of the object to change; empty to add `value` as an object.
        path: Place in it, as `spec.ports[0].port`; a trailing `+` appends to a list.
        value: What goes there.
        message: Pattern that a problem of the check matches.
    """

    target: str
    path: str
    value: object
    message: str

    def __str__(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.message.lower()).strip("-")[:60]

    def apply(self, manifests: list[Manifest]) -> list[Manifest]:
        """Return the manifests with the change made."""
        if not self.target:
            assert isinstance(self.value, dict)
            return [*manifests, self.value]
        (manifest,) = [m for m in manifests if title(m) == self.target]
        put(manifest, self.path, self.value)
        return manifests


def put(manifest: Manifest, path: str, value: object) -> None:
    """Set, append or delete what a path means; missing mappings on the way are made.

    A key that holds dots stands in quotes: `metadata.labels."app.kubernetes.io/name"`.
    """
    tokens: list[str | int] = [
        int(index) if index else quoted or plain
        for index, quoted, plain in re.findall(r'\[(\d+)\]|"([^"]+)"|([^.\[\]"]+)', path)
    ]
    here: Any = manifest
    for token in tokens[:-1]:
        here = here[token] if isinstance(token, int) else here.setdefault(token, {})
    last = tokens[-1]
    if value is DELETE:
        del here[last]
    elif isinstance(last, str) and last.endswith("+"):
        here.setdefault(last[:-1], []).append(value)
    else:
        here[last] = value


def parameters(cases: Mapping[Check, list[Break]]) -> list[ParameterSet]:
    """Return the cases as parameters of a test, named after check and message."""
    return [
        pytest.param(check, broken, id=f"{getattr(check, '__name__', '')}-{broken}")
        for check, breaks in cases.items()
        for broken in breaks
    ]


def assert_refused(check: Check, broken: Break) -> None:
    """Assert that a check lets the sample pass, and names what is wrong with the broken one."""
    assert list(check(Bundle(good()))) == []
    problems = list(check(Bundle(broken.apply(good()))))
    assert any(re.search(broken.message, problem) for problem in problems), problems


def renamed(manifests: list[Manifest], old: str, new: str) -> list[Manifest]:
    """Return the bundle with one text in the place of another, wherever it stands."""
    again: list[Manifest] = json.loads(json.dumps(manifests).replace(old, new))
    return again

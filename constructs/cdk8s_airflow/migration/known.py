"""The keys of the charts that the migration knows, with their defaults: plain facts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal, TypeAlias

Family: TypeAlias = Literal["official", "community"]
"""`official` is apache-airflow/airflow; `community` is airflow-helm's and its fork."""


@dataclass(frozen=True)
class Known:
    """One key of a chart."""

    key: str
    versions: tuple[str, ...]
    """The versions of the chart that have it."""
    free: bool
    """Whether it is a mapping with keys of the user's."""
    default: object
    """Its default in the newest of them; `<...>` for long texts."""


@dataclass(frozen=True)
class Chart:
    """All keys of a family of charts."""

    family: Family
    keys: dict[str, Known]

    @cached_property
    def sections(self) -> frozenset[str]:
        """The paths above keys."""
        return frozenset(
            key[:at] for key in self.keys for at, letter in enumerate(key) if letter == "."
        )

    def default(self, key: str) -> object:
        """The default of a key; None for one that there is not."""
        known = self.keys.get(key)
        return known.default if known else None


@cache
def chart(family: Family) -> Chart:
    """The keys of a family of charts, from the table beside this module."""
    text = files("cdk8s_airflow.migration").joinpath(f"charts/{family}.tsv").read_text("utf-8")
    keys = {}
    for line in text.splitlines():
        key, versions, kind, default = line.split("\t")
        keys[key] = Known(key, tuple(versions.split()), kind == "free", json.loads(default))
    return Chart(family, keys)

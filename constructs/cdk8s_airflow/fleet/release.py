"""One release of a fleet: a row of the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeAlias

from cdk8s_airflow.dags.git import GitDags
from cdk8s_airflow.dags.git_sync import GitSyncDags
from cdk8s_airflow.exposure.http_route import HttpRoute
from cdk8s_airflow.exposure.ingress import Ingress
from cdk8s_airflow.kubernetes.names import dns_label_problems, release_name_problems
from cdk8s_airflow.kubernetes.nearest import nearest
from cdk8s_airflow.kubernetes.problems import refuse
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.props import AirflowProps, Size

Overrides: TypeAlias = Mapping[str, object]
"""Names of fields of `AirflowProps` -> their values."""


@dataclass(frozen=True, kw_only=True)
class FleetRelease(Props):
    """A row of a fleet's table. What is left out is as in the fleet's defaults."""

    name: str
    """Name of the release, its chart, its folder, and, as `{name}`, of what it has on shared
    servers; unique in the fleet."""
    namespace: str | None = None
    """Its namespace. Default: its name."""
    release: str | None = None
    """Name that begins the names of its objects. Default: its name."""
    size: Size | None = None
    """`small`, `medium` or `large`. Default: that of the defaults."""
    repository: str | None = None
    """URL of the git repository with its DAGs, in place of the one in the defaults' `GitDags` or
    `GitSyncDags`. Default: the DAGs of the defaults."""
    ref: str | None = None
    """Branch, tag or commit of `repository`. Default: that of the defaults."""
    subdirectory: str | None = None
    """Folder of DAGs in `repository`. Default: that of the defaults."""
    host: str | None = None
    """Host name under which users reach it, in place of the one in the defaults' `Ingress` or
    `HttpRoute`; by an `Ingress` if they have none. Default: not exposed, or as in the defaults."""
    overrides: Overrides = field(default_factory=dict)
    """Any other fields of `AirflowProps`; they win over all else. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        malformed = list(dns_label_problems("FleetRelease.name", self.name))
        yield from malformed
        if self.release or not malformed:
            yield from release_name_problems(self.release_name)
        if self.namespace:
            yield from dns_label_problems("FleetRelease.namespace", self.namespace)
        known = {each.name for each in fields(AirflowProps)}
        for name in self.overrides:
            if name not in known:
                yield (
                    f"FleetRelease(name={self.name!r}, overrides=...): AirflowProps has no field "
                    f"{name!r}{nearest(name, known)}"
                )

    @property
    def release_name(self) -> str:
        """What begins the names of its objects."""
        return self.release or self.name

    @property
    def place(self) -> str:
        """Its namespace."""
        return self.namespace or self.name

    def applied(self, defaults: AirflowProps) -> AirflowProps:
        """The defaults with what the row says.

        Raises:
            ValueError: with all problems of the row, each with the remedy.
        """
        refuse(self._clashes(defaults))
        changes: dict[str, object] = {}
        if self.size:
            changes["size"] = self.size
        if self.repository or self.ref or self.subdirectory:
            said: dict[str, Any] = {
                name: value
                for name in ("repository", "ref", "subdirectory")
                if (value := getattr(self, name))
            }
            given = defaults.dags
            changes["dags"] = (
                replace(given, **said)
                if isinstance(given, GitDags | GitSyncDags)
                else GitDags(**said)
            )
        if self.host:
            way = defaults.exposed_by or Ingress()
            assert isinstance(way, Ingress | HttpRoute)
            changes |= {"exposure": replace(way, host=self.host, hosts=None), "ingress": None}
        return replace(defaults, **{**changes, **self.overrides})  # type: ignore[arg-type]

    def _clashes(self, defaults: AirflowProps) -> Iterator[str]:
        here = f"release {self.name!r} of the fleet"
        from_git = isinstance(defaults.dags, GitDags | GitSyncDags)
        for option in ("ref", "subdirectory"):
            if getattr(self, option) and not (self.repository or from_git):
                yield (
                    f"{here}: {option}={getattr(self, option)!r} needs a repository: give one "
                    "here, or defaults with dags=GitDags(...)"
                )
        way = defaults.exposed_by
        if self.host and way is not None and not isinstance(way, Ingress | HttpRoute):
            yield (
                f"{here}: host={self.host!r} is for an Ingress or HttpRoute, and the defaults have "
                f"{type(way).__name__}: leave host out, or give the release "
                "overrides={'exposure': Ingress(...)}"
            )
        for option, field_name in (("size", "size"), ("repository", "dags"), ("host", "exposure")):
            if getattr(self, option) and field_name in self.overrides:
                yield f"{here}: {option} and overrides[{field_name!r}] say the same: keep one"


COLUMNS = tuple(each.name for each in fields(FleetRelease) if each.name != "overrides")


def read_table(file: str | Path) -> list[FleetRelease]:
    """The rows of a CSV file; its first line names columns, fields of `FleetRelease`.

    Empty cells are left out; lines that begin with `#` are comments.

    Args:
        file: the path.

    Raises:
        ValueError: with all problems, each with file and line.
    """
    import csv

    with Path(file).open(encoding="utf-8", newline="") as opened:
        lines = [(number, line) for number, line in enumerate(opened, start=1)]
    lines = [(number, line) for number, line in lines if line.strip() and line[0] != "#"]
    rows = list(csv.reader(line for _, line in lines))
    if not rows:
        raise ValueError(
            f"{file}: expected a first line with names of columns: {', '.join(COLUMNS)}"
        )
    names = [cell.strip() for cell in rows[0]]
    problems = [
        f"{file}:{lines[0][0]}: there is no column {name!r}{nearest(name, COLUMNS)}"
        for name in names
        if name not in COLUMNS
    ]
    if "name" not in names:
        problems.append(f"{file}:{lines[0][0]}: the column 'name' is missing")
    refuse(problems)
    found = []
    for (number, _), cells in zip(lines[1:], rows[1:], strict=True):
        try:
            if len(cells) != len(names):
                raise ValueError(f"{len(cells)} cells, but {len(names)} columns")
            said = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
            found.append(FleetRelease(**{k: v for k, v in said.items() if v}))  # type: ignore[arg-type]
        except (TypeError, ValueError) as error:
            problems += [f"{file}:{number}: {text}" for text in str(error).splitlines()]
    refuse(problems)
    return found

"""Values files: the props as YAML, without Python.

`python main.py --values base.yaml --values mine.yaml`; several files are merged, the later wins.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cdk8s import App

from cdk8s_airflow.chart import AirflowChart
from cdk8s_airflow.fleet.fleet import Fleet
from cdk8s_airflow.fleet.release import FleetRelease
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.values.plain_errors import plain_errors

if TYPE_CHECKING:
    from cdk8s_airflow.values.tree import Entry

__all__ = ["Release", "add_releases", "plain_errors", "read_fleet", "read_values", "values_files"]

RELEASE, NAMESPACE = "af1", "airflow"


@dataclass(frozen=True, kw_only=True)
class Release:
    """One release of a values file."""

    id: str
    """Id of its chart, and name of its file."""
    name: str
    """Its name; begins the name of every object."""
    namespace: str
    """Its namespace."""
    props: AirflowProps
    """All its settings."""
    locate: Callable[[str], str] = field(default=str, repr=False, compare=False)
    """Gives a message about the props the file and line that it is about."""


def values_files(arguments: Sequence[str]) -> list[Path]:
    """The values files of a command line: `--values FILE`, any number of times."""
    parser = argparse.ArgumentParser(description="Writes the manifests of Airflow releases.")
    parser.add_argument(
        "--values",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="a values file; several are merged, the later wins",
    )
    files: list[Path] = parser.parse_args(arguments).values
    return files


def add_releases(
    app: App,
    files: Sequence[Path] = (),
    *,
    defaults: AirflowProps,
    release: str | None = None,
    namespace: str | None = None,
) -> list[AirflowChart]:
    """Adds the releases of values files; without files, one release with the defaults.

    Args:
        app: the app.
        files: values files, merged in order.
        defaults: the props that the files override.
        release: name of the release; overrides the files, which may then hold one only.
        namespace: its namespace; overrides the files.

    Raises:
        ValueError: with all problems in the files, each with file and line.
    """
    options = {"release": release or None, "namespace": namespace or None}
    names = {name: value for name, value in options.items() if value}
    if files:
        releases = read_values(files, defaults=defaults, names=names)
    else:
        name = release or RELEASE
        place = namespace or NAMESPACE
        releases = [Release(id=name, name=name, namespace=place, props=defaults)]
    return [_chart(app, one, quiet=bool(files)) for one in releases]


def _chart(app: App, one: Release, *, quiet: bool) -> AirflowChart:
    """The chart of a release; `quiet`, its warnings were shown with their lines already."""
    try:
        with warnings.catch_warnings():
            if quiet:
                warnings.simplefilter("ignore", UserWarning)
            return AirflowChart(
                app, one.id, namespace=one.namespace, props=one.props, release=one.name
            )
    except ValueError as error:
        raise ValueError(one.locate(str(error))) from error


def read_values(
    files: Sequence[Path], *, defaults: AirflowProps, names: Mapping[str, str] | None = None
) -> list[Release]:
    """The releases of values files.

    Args:
        files: values files, merged in order: the later wins.
        defaults: the props that the files override.
        names: `release` and `namespace`, which override the files.

    Raises:
        ValueError: with all problems in the files, each with file and line.
        ModuleNotFoundError: without the packages that only values files need.
    """
    try:
        from cdk8s_airflow.values.check import check_entry
        from cdk8s_airflow.values.fleets import on_shared_servers, shared_servers
        from cdk8s_airflow.values.tree import Problem, read_files, split_releases
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"a values file needs {error.name}: pip install 'cdk8s-airflow[values]'",
            name=error.name,
        ) from error
    names = names or {}
    tree, problems = read_files(files)
    servers = shared_servers(tree, problems)
    entries, several = split_releases(tree, problems)
    if several and "release" in names:
        problems.append(
            Problem(several, f"releases: RELEASE={names['release']} names one; leave RELEASE out")
        )
    releases = []
    notes: set[tuple[str, int, str]] = set()
    for id, entry in entries.items():
        stated, props, found, warned = check_entry(entry, id, defaults)
        problems += found
        notes |= {(each.mark.file, each.mark.line, each.text) for each in warned}
        stated = {"release": id or RELEASE, "namespace": NAMESPACE, **stated, **names}
        if servers and id and not found:
            own = tree.value["releases"].value[id].value or {}
            try:
                row = FleetRelease(
                    name=id, namespace=stated["namespace"], release=stated["release"]
                )
                props = on_shared_servers(props, servers, row, own)
            except ValueError as error:
                problems.append(Problem(entry.mark, str(error)))
        releases.append(
            Release(
                id=id or stated["release"],
                name=stated["release"],
                namespace=stated["namespace"],
                props=props,
                locate=partial(_located, entry),
            )
        )
    if problems:
        lines = sorted({(f.mark.file, f.mark.line, f.text) for f in problems})
        raise ValueError("\n".join(f"{file}:{line}: {text}" for file, line, text in lines))
    for file, line, text in sorted(notes):
        warnings.warn_explicit(text, UserWarning, file, line)
    return releases


def read_fleet(files: Sequence[Path], *, defaults: AirflowProps) -> Fleet | None:
    """The releases of values files with `fleet:`, which are written to a folder each.

    Args:
        files: values files, merged in order: the later wins.
        defaults: the props that the files override.

    Returns:
        The fleet; None without `fleet:`.

    Raises:
        ValueError: with all problems in the files, each with file and line.
    """
    if not files:
        return None
    try:
        from cdk8s_airflow.values.fleets import is_fleet
    except ModuleNotFoundError:
        return None  # read_values tells what is missing
    return _fleet(read_values(files, defaults=defaults)) if is_fleet(files) else None


def _fleet(releases: Sequence[Release]) -> Fleet:
    """The fleet of releases whose props are complete."""
    rows = [
        FleetRelease(
            name=each.id,
            namespace=each.namespace,
            release=each.name,
            overrides={f.name: getattr(each.props, f.name) for f in fields(AirflowProps)},
        )
        for each in releases
    ]
    return Fleet(releases=rows, servers=None)


def _located(entry: Entry, message: str) -> str:
    from cdk8s_airflow.values.check import located

    return "\n".join(f"{found.mark}: {found.text}" for found, _ in located(entry, message))

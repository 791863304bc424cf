"""Values files: the props as YAML, for those who would rather not write Python.

`python main.py --values base.yaml --values mine.yaml`; several files are merged, the later wins.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cdk8s import App

from cdk8s_airflow.chart import AirflowChart
from cdk8s_airflow.props import AirflowProps

__all__ = ["Release", "add_releases", "read_values", "values_files"]

RELEASE, NAMESPACE = "af1", "airflow"


@dataclass(frozen=True, kw_only=True)
class Release:
    """One release of a values file."""

    id: str
    """Of its chart: the name of its file."""
    name: str
    """Its name; begins the name of every object."""
    namespace: str
    """Its namespace."""
    props: AirflowProps
    """All its settings."""


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
    given: list[Path] = parser.parse_args(arguments).values
    return given


def add_releases(
    app: App,
    files: Sequence[Path] = (),
    *,
    defaults: AirflowProps,
    release: str | None = None,
    namespace: str | None = None,
) -> list[AirflowChart]:
    """Adds the releases that values files describe; without files one with the defaults.

    Args:
        app: the app.
        files: values files, merged in order.
        defaults: the props where the files say nothing.
        release: name of the release; wins over the files, which then may hold one only.
        namespace: its namespace; wins over the files.

    Raises:
        ValueError: with everything that is wrong in the files, each with file and line.
    """
    given = {"release": release or None, "namespace": namespace or None}
    names = {name: value for name, value in given.items() if value}
    if files:
        releases = read_values(files, defaults=defaults, names=names)
    else:
        name = release or RELEASE
        place = namespace or NAMESPACE
        releases = [Release(id=name, name=name, namespace=place, props=defaults)]
    return [
        AirflowChart(app, one.id, namespace=one.namespace, props=one.props, release=one.name)
        for one in releases
    ]


def read_values(
    files: Sequence[Path], *, defaults: AirflowProps, names: Mapping[str, str] | None = None
) -> list[Release]:
    """The releases that values files describe.

    Args:
        files: values files, merged in order: the later wins.
        defaults: the props where the files say nothing.
        names: `release` and `namespace` where they are given elsewhere; win over the files.

    Raises:
        ValueError: with everything that is wrong in the files, each with file and line.
        ModuleNotFoundError: without the packages that only values files need.
    """
    try:
        from cdk8s_airflow.values.check import check_entry
        from cdk8s_airflow.values.tree import Finding, read_files, split_releases
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"a values file needs {error.name}: pip install 'cdk8s-airflow[values]'",
            name=error.name,
        ) from error
    names = names or {}
    tree, findings = read_files(files)
    entries, several = split_releases(tree, findings)
    if several and "release" in names:
        findings.append(
            Finding(several, f"releases: RELEASE={names['release']} names one; leave RELEASE out")
        )
    releases = []
    for id, entry in entries.items():
        said, props, found = check_entry(entry, id, defaults)
        findings += found
        said = {"release": id or RELEASE, "namespace": NAMESPACE, **said, **names}
        releases.append(
            Release(
                id=id or said["release"],
                name=said["release"],
                namespace=said["namespace"],
                props=props,
            )
        )
    if findings:
        lines = sorted({(f.mark.file, f.mark.line, f.text) for f in findings})
        raise ValueError("\n".join(f"{file}:{line}: {text}" for file, line, text in lines))
    return releases

"""The files of a migration: values, the app and the report."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from cdk8s_airflow.migration.migrate import Migration

VALUES, APP, REPORT = "values.yaml", "main.py", "migration-report.md"
_HEAD = """\
# Written by `cdk8s-airflow migrate` from the values of another chart: {report} says what became
# of each key. Keys are the props of AirflowProps in camelCase, docs/ explains them.
"""
_APP = '''\
"""The release that values.yaml describes."""

from pathlib import Path

from cdk8s import App

from cdk8s_airflow import AirflowProps
from cdk8s_airflow.values import add_releases

HERE = Path(__file__).resolve().parent


def build(app: App) -> None:
    """Adds the release to the app."""
    add_releases(app, [HERE / "values.yaml"], defaults=AirflowProps())


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
'''


class _Dumper(yaml.SafeDumper):
    """Texts of several lines stay so."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text and "\t" not in text else None
    lines = "\n".join(line.rstrip() for line in text.split("\n")) if style else text
    return dumper.represent_scalar("tag:yaml.org,2002:str", lines, style=style)


_Dumper.add_representer(str, _text)


def values_text(values: Mapping[str, Any]) -> str:
    """The values file."""
    body = yaml.dump(dict(values), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return _HEAD.format(report=REPORT) + body


def write(made: Migration, folder: Path) -> Sequence[Path]:
    """Writes values, app and report.

    Args:
        made: the migration.
        folder: where to, made if it is missing.

    Returns:
        The files.
    """
    texts = {VALUES: values_text(made.values), APP: _APP, REPORT: made.report.text}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def existing(folder: Path) -> Sequence[Path]:
    """The files that would be overwritten."""
    return [folder / name for name in (VALUES, APP, REPORT) if folder.joinpath(name).exists()]


def report_json(made: Migration) -> str:
    """The report for machines: a list of {key, status, to, note}."""
    return json.dumps(made.report.forms, indent=2, ensure_ascii=False) + "\n"

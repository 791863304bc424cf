"""`cdk8s-airflow migrate`: from the values of another chart to a release of this package."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter


def migrate(
    values: Annotated[Path, Parameter(allow_leading_hyphen=True)],
    /,
    *,
    chart: Annotated[Literal["official", "community"], Parameter(name="--from")],
    chart_version: str = "",
    output: Path = Path("migrated"),
    report_json: Annotated[Path | None, Parameter(allow_leading_hyphen=True)] = None,
    release: str = "",
    namespace: str = "airflow",
    adopt: bool = False,
    force: bool = False,
) -> int:
    """Write values.yaml, main.py and a report from the values of another chart.

    No secret of the old values gets into a file: the report says how to create it as a Secret.

    Parameters
    ----------
    values
        The values file of the old release; `-` reads it from standard input.
    chart
        Whose chart it is for: `official` is apache-airflow/airflow, `community` is
        airflow-helm/charts.
    chart_version
        Version of the chart, which says which Airflow it installs by default.
    output
        Folder for the files.
    report_json
        File for the report as JSON: what became of each key; `-` is standard output.
    release
        Name of the old release, which the new one keeps.
    namespace
        Its namespace.
    adopt
        Keep the volumes, the generated keys and the Service names of the old release.
    force
        Overwrite files that exist.
    """
    from cdk8s_airflow.migration import migrate as migration
    from cdk8s_airflow.migration import writing
    from cdk8s_airflow.migration.old_values import ValuesError

    try:
        text = sys.stdin.read() if str(values) == "-" else values.read_text("utf-8")
        made = migration.migrate(
            text,
            family=chart,
            chart_version=chart_version,
            release=release,
            namespace=namespace,
            adopt=adopt,
        )
    except (OSError, UnicodeDecodeError, ValuesError) as error:
        print(f"{values}: {error}", file=sys.stderr)
        return 1
    if not force and (files := writing.existing(output)):
        names = ", ".join(map(str, files))
        print(f"{names} exist: give --force, or another --output", file=sys.stderr)
        return 1
    machine = report_json is not None and str(report_json) == "-"
    files = writing.write(made, output)
    if report_json is not None and not machine:
        report_json.write_text(writing.report_json(made), encoding="utf-8")
    if machine:
        print(writing.report_json(made), end="")
    else:
        print(f"{len(made.report.findings)} keys: {made.report.summary}")
        print("\n".join(map(str, files)))
    return 0

"""`cdk8s-airflow backfill`: a DAG for dates that have passed."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from cdk8s_airflow.cli.target import TARGET, Target


def backfill(
    dag: str,
    /,
    *,
    from_date: Annotated[str, Parameter(name=["--from"])],
    to_date: Annotated[str, Parameter(name=["--to"])],
    target: Target = TARGET,
) -> None:
    """Run a DAG for dates that have passed: backfill tutorial --from 2015-05-01 --to 2015-06-01.

    Args:
        dag: its id.
        from_date: the first date.
        to_date: the last date.
        target: the release.
    """
    target.running().backfill(dag, from_date, to_date)

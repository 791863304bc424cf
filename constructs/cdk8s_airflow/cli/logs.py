"""`cdk8s-airflow logs`: what the pods of a release say."""

from __future__ import annotations

from cdk8s_airflow.cli.target import TARGET, Target


def logs(component: str = "", /, *, target: Target = TARGET) -> None:
    """Follow the logs of all pods, or of those of a component.

    Args:
        component: such as scheduler, worker, api-server. Default: all.
        target: the release.
    """
    target.running().logs(component)

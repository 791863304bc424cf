"""`cdk8s-airflow shell`: a shell in a pod."""

from __future__ import annotations

from cdk8s_airflow.cli.target import TARGET, Target


def shell(component: str = "scheduler", /, *, target: Target = TARGET) -> None:
    """Open a shell in a pod, where the command `airflow` is at hand.

    Args:
        component: such as worker, api-server. Default: scheduler.
        target: the release.
    """
    target.running().shell(component or "scheduler")

"""`cdk8s-airflow deploy`: a bundle to a cluster."""

from __future__ import annotations

from cdk8s_airflow.cli.target import TARGET, Target


def deploy(*, target: Target = TARGET, timeout: str = "600s") -> None:
    """Apply the bundle to the cluster of the current kubectl context, and wait until all is ready.

    It creates a namespace that is missing, and deletes what the bundle no longer holds. What does
    not start is told, with the end of its log.

    Args:
        target: the release.
        timeout: how long to wait, such as 600s or 10m. Default: 600s.
    """
    target.cluster(timeout).deploy(target.bundle)

"""`cdk8s-airflow delete`: a release from a cluster."""

from __future__ import annotations

from cdk8s_airflow.cli.target import TARGET, Target


def delete(*, target: Target = TARGET, timeout: str = "600s") -> None:
    """Delete what deploy made; generated Secrets and volumes stay.

    Args:
        target: the release.
        timeout: how long to wait for the end of the pods, such as 600s or 10m. Default: 600s.
    """
    target.cluster(timeout).delete(target.bundle)

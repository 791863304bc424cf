"""`cdk8s-airflow status`: how a release is."""

from __future__ import annotations

from cdk8s_airflow.cli.target import TARGET, Target


def status(*, target: Target = TARGET, json: bool = False) -> None:
    """Show what runs, heartbeats, queues, import errors, and how full the volumes are.

    It ends with 1 unless everything is ready.

    Args:
        target: the release.
        json: print one JSON object: `release`, `namespace`, `ready`, `waiting` (a reason for each
            workload that is not ready), `workloads` and `pods` as the API has them.
    """
    cluster = target.cluster()
    if json:
        cluster.status_json()
    else:
        cluster.status()

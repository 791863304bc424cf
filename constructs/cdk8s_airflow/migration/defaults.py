"""Defaults of the charts that are others here, where the old values say nothing."""

from __future__ import annotations

from cdk8s_airflow.migration.conversion import Conversion
from cdk8s_airflow.migration.official import jobs


def report(made: Conversion) -> None:
    """Tells of them."""
    if made.family == "community":
        _community(made)
    else:
        _official(made)


def _official(made: Conversion) -> None:
    if made.groups:
        made.differs("workers.replicas", "1", "2", "one worker may go at any time")
        made.differs(
            "config.celery.worker_concurrency", "16", "8", "resources follow it: 96Mi a task"
        )
        made.differs(
            "workers.persistence",
            "100Gi for each pod",
            "none",
            "an emptyDir; logs.store keeps logs",
        )
    made.differs(
        "triggerer.persistence", "100Gi", "none", "an emptyDir; logs.store keeps logs of triggers"
    )
    if made.on("dags.gitSync.enabled"):
        made.differs("dags.gitSync.period", "5s", "60s", "a round of each pod costs the server")
    made.differs("networkPolicies.enabled", "false", "on", "each component names its real peers")
    made.differs("scheduler.resources", "none", "measured", "requests and a memory limit")
    if jobs.has_user(made) and "auth" not in made.out:
        _first_user(made, f"{jobs.users(made)}.password")
    made.differs("useStandardNaming", "false", "on", "all names begin with the release")
    made.differs(
        "airflowVersion", "the chart's", "3.3.2", "the version that the library is tested with"
    )
    made.differs("jwtSecretName", "generated", "generated", "running sessions end at the cut-over")


def _community(made: Conversion) -> None:
    if made.groups:
        made.differs("workers.replicas", "1", "2", "one worker may go at any time")
        made.differs("airflow.config.AIRFLOW__CELERY__WORKER_CONCURRENCY", "16", "8", "96Mi a task")
    if "auth" not in made.out:
        _first_user(made, "airflow.users")


def _first_user(made: Conversion, key: str) -> None:
    """The user that the chart makes with a password that everybody knows."""
    if made.given(key):
        return
    made.differs(key, "admin", "generated", "in a Secret of the release, for a new database")
    made.step(
        "The user `admin` of the old release is in its database, with the password `admin` unless "
        "somebody has changed it, and the new release leaves it as it is: change it at once, "
        "`airflow users reset-password --username admin`."
    )

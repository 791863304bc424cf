"""Jobs of the community's chart."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.community.pods import pods
from cdk8s_airflow.migration.conversion import Table, Target, truth
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    always,
    below,
    carried,
    changed,
    dropped,
    move,
)

SYNC_PODS = changed(
    "objects are made by a Job of the bundle: reconcile has its settings", "reconcile"
)


_UPDATES = changed("a Job of the bundle", "migrations")


MIGRATIONS: Table = below(
    "airflow.dbMigrations",
    {
        **pods(),
        "enabled": always("the Job finds nothing to do in a database that is migrated"),
        "runAsJob": lambda target, value: Outcome(
            "carried" if truth(value) else "changed", "migrations", "the migrations are a Job"
        ),
        "checkInterval": _UPDATES,
    },
)


def _archives(target: Target, value: Any) -> Outcome:
    if truth(target.old("skipArchive")):
        return Outcome("dead", "", "skipArchive keeps no copies")
    target.put("skipArchive", False)
    return Outcome("carried", target.put("dropArchivesAfterDays", int(value)))


CLEANUP: Table = below(
    "dbCleanup",
    {
        **pods(),
        "enabled": lambda target, value: Outcome(
            "carried", "databaseCleanup" if truth(value) else ""
        ),
        "schedule": move("schedule"),
        "retentionDays": move("keepDays"),
        "skipArchive": lambda target, value: Outcome(
            "carried", target.put("skipArchive", truth(value))
        ),
        "batchSize": move("batchSize"),
        "tables": move("tables"),
        "activeDeadlineSeconds": move("activeDeadlineSeconds"),
        "backoffLimit": move("backoffLimit"),
        "timeZone": move("timeZone"),
        "dryRun": lambda target, value: Outcome("carried", target.put("dryRun", truth(value))),
        "dropArchivedAfterDays": _archives,
        "extraArgs": dropped("give a patch of the CronJob"),
        "verbose": carried("the Job logs what it deletes"),
        "failedJobsHistoryLimit": changed("the last one is kept", "databaseCleanup"),
        "successfulJobsHistoryLimit": changed("the last one is kept", "databaseCleanup"),
        "startingDeadlineSeconds": changed("the bundle's own", "databaseCleanup"),
    },
)

"""Jobs: migrations, the first user, the clean-up of the database and of pods."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import (
    Conversion,
    Rule,
    Sections,
    Table,
    Target,
    section_target,
    truth,
)
from cdk8s_airflow.migration.pods import common
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    always,
    below,
    carried,
    changed,
    is_empty,
    move,
    never,
    plain,
    same_as,
)

_DELIVERY = ("helm.sh/hook", "argocd.argoproj.io/", "helm.toolkit.fluxcd.io/")
USERS = ("webserver.defaultUser", "apiServer.defaultUser", "createUserJob.defaultUser")


SECTIONS: Sections = {
    "migrateDatabaseJob": ("migrations", "migrations", "Job"),
    "createUserJob": ("admin", "create-admin", "Job"),
    "databaseCleanup": ("databaseCleanup", "database-cleanup", "CronJob"),
}


def target(made: Conversion, section: str) -> Target:
    """Where the settings of a Job go; nowhere, if there is no user to create."""
    if section == "createUserJob" and (not has_user(made) or "auth" in made.out):
        ours, component, kind = SECTIONS[section]
        return Target(made, {}, ours, component, kind, component, section)
    return section_target(made, SECTIONS, section)


def finished_pods(made: Conversion) -> Target:
    """Where the settings of the clean-up of finished task pods go."""
    path = "executors[1].finishedPods" if made.groups else "executor.finishedPods"
    data = made.task_pods.setdefault("finishedPods", {}) if _cleans(made) else {}
    name = "finished-pods"
    return Target(made, data, path, name, "CronJob", name, "cleanup")


def _cleans(made: Conversion) -> bool:
    return made.task_pods_used and made.on("cleanup.enabled")


def users(made: Conversion) -> str:
    """The section that the chart takes the first user from."""
    old = (made.values.get("webserver") or {}).get("defaultUser")
    if old:
        return USERS[0]
    if (made.values.get("apiServer") or {}).get("defaultUser"):
        return USERS[1]
    return USERS[2]


def has_user(made: Conversion) -> bool:
    """Whether the chart makes a user."""
    if not made.on("createUserJob.enabled"):
        return False
    enabled = made.get(f"{users(made)}.enabled")
    return enabled is None or truth(enabled)


def start(made: Conversion) -> None:
    """Writes the first user, the clean-up, or that there is none."""
    if not has_user(made) or "auth" in made.out:
        made.root.put("admin", None)
    if made.on("databaseCleanup.enabled"):
        keep = {"keepDays": int(made.get("databaseCleanup.retentionDays"))}
        skip = {"skipArchive": made.on("databaseCleanup.skipArchive")}
        made.root.put("databaseCleanup", {**keep, **skip})


def _annotations(target: Target, value: Any) -> Outcome:
    rest = {key: item for key, item in (value or {}).items() if not key.startswith(_DELIVERY)}
    if rest:
        target.patch(target.kind, {"metadata": {"annotations": rest}})
    if len(rest) < len(value or {}):
        note = "no hooks and waves: a changed Job has a new name, and pods wait for what they need"
        return Outcome("changed", "", note)
    return Outcome("carried", "patches" if rest else "")


def _restart(target: Target, value: Any) -> Outcome:
    return Outcome("carried", "", "a failed pod of a Job is tried again")


_JOB: dict[str, Rule] = {
    **common(),
    "jobAnnotations": _annotations,
    "annotations": move("annotations", note="of the pods"),
    "restartPolicy": _restart,
    "ttlSecondsAfterFinished": move("ttlSecondsAfterFinished"),
    "useHelmHooks": never("no hooks: everything is applied at once, and pods wait"),
    "applyCustomEnv": carried("Jobs have env= too, as they run Airflow"),
}


def _always_migrated(target: Target, value: Any) -> Outcome:
    if truth(value):
        return Outcome("carried", "migrations")
    return Outcome(
        "changed", "migrations", "the Job finds nothing to do in a database that is migrated"
    )


def _create(target: Target, value: Any) -> Outcome:
    return Outcome("carried", "admin", "" if truth(value) else "null: no first user")


def _user(field: str) -> Rule:
    paths = {
        "username": "username",
        "email": "email",
        "firstName": "firstName",
        "lastName": "lastName",
    }

    def rule(target: Target, value: Any) -> Outcome:
        made = target.conversion
        if is_empty(value):
            return Outcome("carried")
        if not made.on("createUserJob.enabled"):
            return Outcome("dead", "", "createUserJob.enabled is off")
        if not has_user(made) and field != "enabled":
            return Outcome("dead", "", "defaultUser.enabled is off")
        if target.source != users(made):
            return Outcome("dead", "", f"{users(made)} wins")
        if field == "enabled":
            return Outcome("carried", "admin")
        if made.out.get("admin", {}) is None:
            return Outcome("changed", "", "with this login users come from elsewhere")
        if field == "role":
            if plain(value) == "Admin":
                return Outcome("carried", "admin", "the first user is an Admin")
            return Outcome("changed", "admin", "the first user is an Admin; others are users=")
        if field == "password":
            name = made.name("first-user")
            made.secret(name, "password", source=target.source)
            path = made.root.put(
                "secrets.adminPassword", {"kind": "SecretKey", "name": name, "key": "password"}
            )
            return Outcome("secret", path, f"create the Secret {name} with the key password")
        return Outcome("carried", made.root.put(f"admin.{paths[field]}", plain(value)))

    return rule


USER: dict[str, Rule] = {
    field: _user(field)
    for field in ("enabled", "username", "password", "email", "firstName", "lastName", "role")
}


def _pods(target: Target, value: Any) -> Outcome:
    if not truth(value):
        return Outcome("carried", "", "no CronJob: finished pods are deleted by the executor")
    note = "pods stay for executor.finishedPods.hours, 72, to be looked at"
    return Outcome("carried", f"{target.path}", note)


def _tables(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried", "", "all tables")
    return Outcome("carried", target.put("tables", value))


_LIMIT = changed("three finished Jobs are kept at most", "databaseCleanup")
_KEPT = changed("the last finished Jobs are the bundle's to keep", ".")


def _of_task_pods(rule: Rule) -> Rule:
    """The clean-up is one of KubernetesExecutor; the chart's takes the pods of operators too."""

    def wrapped(target: Target, value: Any) -> Outcome:
        if target.conversion.task_pods_used or is_empty(value) or value is False:
            return rule(target, value)
        note = "pods of KubernetesPodOperator go by its on_finish_action; there are no others"
        return Outcome("dropped", "", note)

    return wrapped


CLEANUP_OF_PODS: Table = {
    f"cleanup.{key}": _of_task_pods(rule)
    for key, rule in {
        **_JOB,
        "enabled": _pods,
        "schedule": move("schedule"),
        "failedJobsHistoryLimit": same_as(1, note="the last one is kept", other=_KEPT),
        "successfulJobsHistoryLimit": same_as(1, note="the last one is kept", other=_KEPT),
    }.items()
}
TABLES: dict[str, Table] = {
    "migrateDatabaseJob": below("migrateDatabaseJob", {**_JOB, "enabled": _always_migrated}),
    "createUserJob": below(
        "createUserJob",
        {**_JOB, "enabled": _create, **{f"defaultUser.{key}": rule for key, rule in USER.items()}},
    ),
    "databaseCleanup": below(
        "databaseCleanup",
        {
            **_JOB,
            "enabled": lambda target, value: Outcome(
                "carried", "databaseCleanup" if truth(value) else ""
            ),
            "schedule": move("schedule"),
            "retentionDays": carried("", "databaseCleanup.keepDays"),
            "skipArchive": carried("", "databaseCleanup.skipArchive"),
            "batchSize": move("batchSize"),
            "tables": _tables,
            "verbose": always("the Job logs what it deletes"),
            "failedJobsHistoryLimit": same_as(1, note="the last one is kept", other=_LIMIT),
            "successfulJobsHistoryLimit": same_as(1, note="the last one is kept", other=_LIMIT),
        },
    ),
}

"""The roles of pods, and the one table of what each runs, holds, reads and reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Literal, TypeAlias


class Role(str, Enum):
    """What a pod does in an Airflow deployment; decides what it may hold."""

    API_SERVER = "api-server"
    EXECUTION_API = "execution-api"
    SCHEDULER = "scheduler"
    DAG_PROCESSOR = "dag-processor"
    TRIGGERER = "triggerer"
    WORKER = "worker"
    TASK = "task"
    FLOWER = "flower"
    MIGRATIONS = "migrations"
    CREATE_ADMIN = "create-admin"
    DATABASE_CLEANUP = "database-cleanup"
    OBJECTS_ACCOUNT = "objects-account"
    OBJECTS = "objects"
    ROTATE_FERNET_KEY = "rotate-fernet-key"
    BOOTSTRAP = "bootstrap"
    PGBOUNCER = "pgbouncer"
    GIT_SYNC = "git-sync"
    STATSD = "statsd"
    FINISHED_PODS = "finished-pods"
    BACKUP = "backup"
    BACKUP_VERIFY = "backup-verify"
    RESTORE = "restore"


Code: TypeAlias = Literal["tasks", "dag files", "triggers", "plugins", "auth manager"]
"""`tasks`, `dag files` and `triggers` are what users write; plugins and auth manager are what
Airflow imports by name. Beside the API server, whoever writes DAGs asks the auth manager for their
`access_control`, migrations for its tables, and the cleanup for those that it may clean."""
Key: TypeAlias = Literal[
    "fernet-key",
    "api-secret-key",
    "jwt-secret",
    "admin-password",
    "flower-password",
    "objects-password",
]
Server: TypeAlias = Literal["database", "broker", "result backend", "task logs"]


@dataclass(frozen=True, kw_only=True)
class Duties:
    """What the pods of one role do, which decides what they get."""

    airflow: bool = True
    """They run Airflow itself, so they read its options."""
    lasting: bool = True
    """Their process runs until it is stopped."""
    serves: bool = False
    """They answer requests, those of users, of tasks or of Airflow itself; a database that is away
    is an error of the request."""
    links: bool = True
    """They write links to the UI: into logs, e-mails and alerts."""
    runs: frozenset[Code] = frozenset()
    """Which code of users and plugins they run."""
    holds: frozenset[Key] = frozenset()
    """The keys that they get."""
    reaches: frozenset[Server] = frozenset()
    """The servers that they connect to, beside the API server."""
    sections: frozenset[str] = frozenset()
    """The sections of airflow.cfg that they read, of those that not all roles read."""


# Sections of airflow.cfg that not all roles read, where Airflow's source leaves no doubt.
_PROCESS = frozenset(
    {
        *("callbacks", "dag_processor", "email", "kubernetes_executor", "lineage", "metrics"),
        *("openlineage", "operators", "profiling", "scheduler", "sdk", "sensors", "sentry"),
        *("smtp", "state_store", "traces", "webserver", "workers"),
    }
)
"""Of Airflow's processes, but not the Jobs, which migrate the database and add a user, and not
Flower, which is Celery's."""
_EXECUTION_API = frozenset({"api_auth", "execution_api"})
"""DAG processor and triggerer hold an execution API of their own."""
_WITH_API = _PROCESS | _EXECUTION_API
CELERY_SECTIONS = frozenset(
    {
        "celery",
        "celery_broker_transport_options",
        "celery_result_backend_transport_options",
    }
)
"""Sections that mean nothing without Celery; read where the executor's module is, if only to look
at a task's log."""

_DATABASE_JOB = Duties(
    lasting=False,
    links=False,
    runs=frozenset({"auth manager"}),
    reaches=frozenset({"database"}),
    sections=frozenset({"database"}),
)

ROLES: Mapping[Role, Duties] = {
    Role.API_SERVER: Duties(
        serves=True,
        runs=frozenset({"plugins", "auth manager"}),
        holds=frozenset({"fernet-key", "api-secret-key", "jwt-secret"}),
        reaches=frozenset({"database", "task logs"}),
        sections=_WITH_API | CELERY_SECTIONS | {"database", "fab", "triggerer"},
    ),
    Role.EXECUTION_API: Duties(
        serves=True,
        runs=frozenset({"plugins"}),
        holds=frozenset({"fernet-key", "jwt-secret"}),
        reaches=frozenset({"database"}),
        sections=_WITH_API | CELERY_SECTIONS | {"database", "triggerer"},
    ),
    Role.SCHEDULER: Duties(
        runs=frozenset({"plugins", "auth manager"}),
        holds=frozenset({"fernet-key", "jwt-secret"}),
        reaches=frozenset({"database", "broker", "result backend"}),
        sections=_WITH_API | CELERY_SECTIONS | {"connection_test", "database", "triggerer"},
    ),
    Role.DAG_PROCESSOR: Duties(
        runs=frozenset({"dag files", "plugins", "auth manager"}),
        holds=frozenset({"fernet-key"}),
        reaches=frozenset({"database"}),
        sections=_WITH_API | CELERY_SECTIONS | {"database"},
    ),
    Role.TRIGGERER: Duties(
        runs=frozenset({"triggers", "plugins", "auth manager"}),
        holds=frozenset({"fernet-key", "api-secret-key"}),
        reaches=frozenset({"database"}),
        sections=_WITH_API | {"database", "triggerer"},
    ),
    # Tasks reach Airflow through the execution API with a token of their own, so a worker needs
    # only the key that signs requests for its logs.
    Role.WORKER: Duties(
        runs=frozenset({"tasks", "dag files", "plugins"}),
        holds=frozenset({"api-secret-key"}),
        reaches=frozenset({"broker", "result backend"}),
        sections=_PROCESS | CELERY_SECTIONS | {"triggerer"},
    ),
    Role.TASK: Duties(
        lasting=False,
        runs=frozenset({"tasks", "dag files", "plugins"}),
        sections=_PROCESS | {"triggerer"},
    ),
    Role.FLOWER: Duties(
        serves=True,
        links=False,
        holds=frozenset({"flower-password"}),
        reaches=frozenset({"broker"}),
        sections=CELERY_SECTIONS,
    ),
    Role.MIGRATIONS: _DATABASE_JOB,
    Role.CREATE_ADMIN: Duties(
        lasting=False,
        links=False,
        runs=frozenset({"auth manager"}),
        holds=frozenset({"admin-password"}),
        reaches=frozenset({"database"}),
        sections=frozenset({"database", "fab"}),
    ),
    Role.DATABASE_CLEANUP: _DATABASE_JOB,
    Role.OBJECTS_ACCOUNT: Duties(
        lasting=False,
        links=False,
        runs=frozenset({"auth manager"}),
        holds=frozenset({"objects-password"}),
        reaches=frozenset({"database"}),
        sections=frozenset({"database", "fab"}),
    ),
    # It knows Airflow by its REST API alone; a controller lasts, a Job does not.
    Role.OBJECTS: Duties(
        airflow=False, lasting=False, links=False, holds=frozenset({"objects-password"})
    ),
    Role.ROTATE_FERNET_KEY: Duties(
        lasting=False,
        links=False,
        holds=frozenset({"fernet-key"}),
        reaches=frozenset({"database"}),
        sections=frozenset({"database"}),
    ),
    # What it dumps and the Secrets beside it are files of its pod, no keys that it uses.
    Role.BACKUP: replace(_DATABASE_JOB, runs=frozenset()),
    Role.BACKUP_VERIFY: Duties(lasting=False, links=False),  # its database is in its own pod
    Role.RESTORE: _DATABASE_JOB,  # it migrates what it has restored
    Role.BOOTSTRAP: Duties(airflow=False, lasting=False, links=False),
    Role.PGBOUNCER: Duties(
        airflow=False, serves=True, links=False, reaches=frozenset({"database"})
    ),
    # The pod that writes to a shared volume; a sidecar belongs to its pod.
    Role.GIT_SYNC: Duties(airflow=False, links=False),
    Role.STATSD: Duties(airflow=False, serves=True, links=False),
    Role.FINISHED_PODS: Duties(airflow=False, lasting=False, links=False),
}
"""Role -> what its pods do. Whatever depends on the role is decided by this table."""


def running(*codes: Code) -> frozenset[Role]:
    """The roles that run any of these."""
    return frozenset(role for role, duties in ROLES.items() if duties.runs & set(codes))


def holding(key: Key) -> frozenset[Role]:
    """The roles that get a key."""
    return frozenset(role for role, duties in ROLES.items() if key in duties.holds)


def reaching(*servers: Server) -> frozenset[Role]:
    """The roles of Airflow that connect to any of these."""
    return frozenset(
        role for role, duties in ROLES.items() if duties.airflow and duties.reaches & set(servers)
    )


RUNS_AIRFLOW = frozenset(role for role, duties in ROLES.items() if duties.airflow)
"""Roles that run Airflow itself, so they read its configuration."""
GOES_OUT = RUNS_AIRFLOW | {Role.GIT_SYNC}
"""Roles that connect to servers outside of the release by HTTPS: private CA certificates and the
proxies of the network are for them."""
LONG_RUNNING = frozenset(role for role in RUNS_AIRFLOW if ROLES[role].lasting)
"""Roles whose process runs until it is stopped."""
WORKS_UNASKED = frozenset(role for role in LONG_RUNNING if not ROLES[role].serves)
"""Roles whose process looks for its work itself: it starts tasks or runs what users write."""
WRITES_LINKS = frozenset(role for role in RUNS_AIRFLOW if ROLES[role].links)
"""Roles that write links to the UI; they are Airflow's processes, without Jobs and Flower."""
RUNS_TASKS = running("tasks")
"""Roles that run tasks: a worker runs many, a task pod one."""
READS_DAG_FILES = running("dag files")
"""Roles that parse DAGs or run their tasks; all others know DAGs from the database."""
RUNS_USER_CODE = running("tasks", "dag files", "triggers")
"""Roles that run what users write: DAG files and their callbacks, triggers, tasks."""
RUNS_PLUGINS = running("plugins")
"""Roles that import plugins, XCom backends and timetables: all of Airflow's processes."""
MIGRATES = frozenset({Role.MIGRATIONS, Role.RESTORE})  # and make what is beside the database
USES_DATABASE = reaching("database")
"""Roles that read or write the metadata database; tasks go through the execution API instead, and
Flower knows the broker only."""

SECTION_ROLES: Mapping[str, frozenset[Role]] = {
    section: frozenset(role for role, duties in ROLES.items() if section in duties.sections)
    for section in sorted(frozenset().union(*(duties.sections for duties in ROLES.values())))
}
"""Section of airflow.cfg -> the roles that read it; all others go to all roles of Airflow."""

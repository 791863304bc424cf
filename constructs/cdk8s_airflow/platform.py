"""What every pod of one release shares, resolved once from the props."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, Protocol
from urllib.parse import urlsplit

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.names import object_name
from cdk8s_airflow.kubernetes.network import Network
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts, total
from cdk8s_airflow.kubernetes.pod_defaults import PodDefaults
from cdk8s_airflow.kubernetes.references import SecretKey

AIRFLOW_USER = 50000
"""uid of the official image."""
AIRFLOW_GROUP = 0
"""gid of the official image, which refuses others."""


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
    BOOTSTRAP = "bootstrap"
    PGBOUNCER = "pgbouncer"


RUNS_AIRFLOW: frozenset[Role] = frozenset(Role) - {Role.BOOTSTRAP, Role.PGBOUNCER}
"""Roles that run Airflow itself, so that its configuration means something to them."""

RUNS_TASKS: frozenset[Role] = frozenset({Role.WORKER, Role.TASK})
"""Roles that run tasks: workers many, the pod of a task only that one."""

USES_DATABASE: frozenset[Role] = RUNS_AIRFLOW - RUNS_TASKS - {Role.FLOWER}
"""Roles that read or write the metadata database; tasks go through the execution API instead, and
Flower knows the broker only."""

LONG_RUNNING: frozenset[Role] = RUNS_AIRFLOW - {
    *(Role.MIGRATIONS, Role.CREATE_ADMIN, Role.DATABASE_CLEANUP, Role.TASK)
}
"""Roles whose process does not end by itself."""

RUNS_USER_CODE: frozenset[Role] = RUNS_TASKS | {Role.DAG_PROCESSOR, Role.TRIGGERER}
"""Roles that run what users write: DAG files and their callbacks, triggers, tasks."""


class Contributor(Protocol):
    """Anything that adds to pods: the database, the broker, the DAGs, the configuration ..."""

    def parts(self, role: Role) -> PodParts:
        """What it adds to a pod of this role; `NOTHING` for most."""
        ...


@dataclass(frozen=True, kw_only=True)
class GeneratedSecret:
    """A credential that the bootstrap Job makes in the cluster, once."""

    secret: SecretKey
    """Where it is kept."""
    kind: Literal["fernet", "key", "password"]
    """`fernet`: a Fernet key; `key`: 64 random bytes; `password`: 32 letters and digits."""


@dataclass(frozen=True, kw_only=True)
class Platform:
    """One release, as its components see it."""

    release: str
    """Its name; begins the name of every object."""
    airflow_version: str
    """The version of Airflow in the image."""
    image: Image
    """The image of all Airflow pods."""
    namespace: str | None = None
    """Its namespace; None: the deploy tool decides."""
    base_url: str = ""
    """Where users reach UI and API, `[api] base_url`; empty: nothing is known of it."""
    trust: PodParts = NOTHING
    """What init containers and sidecars of contributors need to trust private authorities."""
    execution_api: bool = False
    """Whether the execution API has servers of its own."""
    ipv6: bool = False
    """Whether pods may have IPv6 addresses alone."""
    assigned_ids: bool = False
    """Whether the cluster assigns uids and gids."""
    pods: PodDefaults = PodDefaults()
    """What is said of all pods, those of embedded servers too."""
    network: Network = field(default_factory=Network)
    """Who talks to whom. Default: no NetworkPolicies."""
    contributors: Sequence[Contributor] = ()
    """What adds to the pods, in order: where two say the same, the later wins."""

    @property
    def path(self) -> str:
        """The path below which the API server answers, without a slash at its end."""
        return urlsplit(self.base_url).path.rstrip("/")

    def name(self, component: str) -> str:
        """The name of a component's objects, `{release}-{component}`."""
        return object_name(self.release, component)

    def fixed(self, id: int | None) -> int | None:
        """A uid or gid for a manifest; None where the cluster assigns it."""
        return None if self.assigned_ids else id

    def labels(self, component: str) -> Labels:
        """The labels of an Airflow component."""
        return Labels(
            name="airflow",
            instance=self.release,
            component=component,
            part_of="airflow",
            version=self.airflow_version,
        )

    def parts(self, role: Role) -> PodParts:
        """The sum of what all contributors add to a pod of this role."""
        return total(contributor.parts(role) for contributor in self.contributors)

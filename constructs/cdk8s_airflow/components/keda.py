"""KEDA autoscaling: as many pods as the tasks or triggers in the metadata database need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cdk8s import Chart
from constructs import Construct

from cdk8s_airflow.components.keda_address import keda_address, keda_secrets
from cdk8s_airflow.kubernetes.autoscaling import range_problems, target
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.names import dns_label_problems
from cdk8s_airflow.kubernetes.network import Network
from cdk8s_airflow.kubernetes.network_members import namespace_selector
from cdk8s_airflow.kubernetes.objects import KubernetesObject, Manifest
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.kubernetes.structs import k8s
from cdk8s_airflow.services.database import DatabaseServer, Kind
from cdk8s_airflow.services.urls import peer_of

_API = "keda.sh/v1alpha1"
_OPERATOR = {"matchLabels": {"app": "keda-operator"}}
_TRIGGER_KEYS: Mapping[Kind, Mapping[str, str]] = {
    "mysql": {"user": "username", "threshold": "queryValue", "connection": "connectionString"},
    "postgresql": {"user": "userName", "threshold": "targetQueryValue", "connection": "connection"},
}


class WorkQuery(Protocol):
    """A query that counts the work of some pods in the metadata database."""

    def query(self, kind: Kind) -> str:
        """The query, in the SQL of a kind of server."""
        ...


@dataclass(frozen=True, kw_only=True)
class TaskQuery:
    """Counts the queued and running tasks of a group of workers."""

    queues: Sequence[str]
    """The queues that the group serves."""
    executors: Sequence[str | None]
    """Names by which tasks choose the group's executor; None: tasks that name no executor."""

    def query(self, kind: Kind) -> str:
        """The query, in the SQL of a kind of server."""
        named = [name for name in self.executors if name is not None]
        chosen = f"executor IN ({_list(named, kind)})"
        if None in self.executors:
            chosen = f"(executor IS NULL OR {chosen})"
        return (
            "SELECT COUNT(*) FROM task_instance WHERE state IN ('queued', 'running')"
            f" AND queue IN ({_list(self.queues, kind)}) AND {chosen}"
        )


@dataclass(frozen=True, kw_only=True)
class TriggerQuery:
    """Counts the triggers of all deferred tasks and watched assets."""

    def query(self, kind: Kind) -> str:
        """The query, in the SQL of a kind of server."""
        return f"SELECT COUNT(*) FROM {'`trigger`' if kind == 'mysql' else 'trigger'}"


def _list(names: Sequence[str], kind: Kind) -> str:
    escaped = [name.replace("'", "''") for name in names]
    if kind == "mysql":
        escaped = [name.replace("\\", "\\\\") for name in escaped]
    return ", ".join(f"'{name}'" for name in escaped)


@dataclass(frozen=True, kw_only=True)
class KedaAutoscaling(Props):
    """A ScaledObject of KEDA 2.10 or newer, which asks the metadata database for the work to do.

    KEDA reads the database's password from its Secret by a TriggerAuthentication; the pods that it
    scales hold none.
    """

    min_replicas: int = 0
    """Fewest pods; with 0 an idle group costs nothing, and its first task waits for a pod. Default:
    0."""
    max_replicas: int = 10
    """Most pods. Default: 10."""
    polling_interval: int = 5
    """Seconds between two queries, `pollingInterval`. Default: 5."""
    cooldown_period: int = 30
    """Seconds without work after which the last pods are scaled away, `cooldownPeriod`. Default:
    30."""
    connection: SecretKey | None = None
    """A separate connection string for KEDA, for example of a read-only user or with other TLS
    options: `postgresql://user:password@host/database`, or a DSN of Go's MySQL driver with an
    `ExternalMysql`. Default: built from the release's database."""
    through_pgbouncer: bool = False
    """Query through the release's PgBouncer. Default: directly; a ScaledObject costs the server one
    connection, and works while PgBouncer is down."""
    namespace: str = "keda"
    """KEDA's namespace, from where the NetworkPolicy of an embedded database admits the operator.
    Default: `keda`."""
    behavior: k8s.HorizontalPodAutoscalerBehaviorV2 | Manifest | None = None
    """`behavior` of the HorizontalPodAutoscaler that KEDA creates. Default: the cluster's, which
    waits five minutes before it scales down."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from dns_label_problems("KedaAutoscaling.namespace", self.namespace)
        yield from range_problems("KedaAutoscaling", self.min_replicas, self.max_replicas, least=0)
        for option, least in (("polling_interval", 1), ("cooldown_period", 0)):
            seconds = getattr(self, option)
            if seconds < least:
                yield f"KedaAutoscaling.{option}={seconds}: expected {least} or more seconds"
        if self.through_pgbouncer and self.connection:
            yield (
                "KedaAutoscaling(through_pgbouncer=True, connection=...): the connection says "
                "already where it leads; give one of them"
            )

    def build(
        self,
        scope: Construct,
        name: str,
        labels: Labels,
        *,
        work: WorkQuery,
        capacity: int,
        database: DatabaseServer | None,
        network: Network,
    ) -> KubernetesObject:
        """Adds the ScaledObject of a StatefulSet, and the authentication of its trigger.

        Args:
            scope: the component.
            name: of the workload, and of both objects.
            labels: of the component.
            work: the query that counts the work.
            capacity: how much of it one pod does at a time.
            database: the metadata database; None: only its URL in a Secret is known.
            network: the NetworkPolicies, which have to allow KEDA to reach an embedded database.

        Raises:
            ValueError: when KEDA cannot reach the database.
        """
        if self.through_pgbouncer:
            database = database.pooled if database else None
            if database is None:
                raise ValueError(
                    f"autoscaling=KedaAutoscaling(through_pgbouncer=True) of {name!r}: there is no "
                    "PgBouncer in the release; add pgbouncer=PgBouncer(), or leave it out"
                )
        kind: Kind = database.kind if database else "postgresql"
        keys = _TRIGGER_KEYS[kind]
        metadata = {"query": work.query(kind), keys["threshold"]: str(capacity)}
        secrets: dict[str, SecretKey] = {}
        if self.connection:
            secrets[keys["connection"]] = self.connection
        else:
            owner = f"autoscaling=KedaAutoscaling() of {name!r}"
            namespace = Chart.of(scope).namespace
            metadata |= keda_address(owner, database, namespace, user_key=keys["user"])
            if database:
                secrets |= keda_secrets(database, user_key=keys["user"])
        if secrets:
            _authentication(scope, name, labels, secrets)
        if database and isinstance(database.host, str):
            keda = namespace_selector(self.namespace)
            operator = {"namespaceSelector": keda, "podSelector": _OPERATOR}
            network.allow(operator, peer_of(database.host, database.port))
        return KubernetesObject(
            scope,
            "ScaledObject",
            api_version=_API,
            kind="ScaledObject",
            name=name,
            labels=labels.all,
            body={
                "spec": {
                    "scaleTargetRef": target("StatefulSet", name),
                    "minReplicaCount": self.min_replicas,
                    "maxReplicaCount": self.max_replicas,
                    "pollingInterval": self.polling_interval,
                    "cooldownPeriod": self.cooldown_period,
                    "advanced": {"horizontalPodAutoscalerConfig": {"behavior": self.behavior}}
                    if self.behavior
                    else None,
                    "triggers": [
                        {
                            "type": kind,
                            "metadata": metadata,
                            "authenticationRef": {"name": name} if secrets else None,
                        }
                    ],
                }
            },
        )


def _authentication(
    scope: Construct, name: str, labels: Labels, secrets: dict[str, SecretKey]
) -> None:
    references = [
        {"parameter": parameter, "name": secret.name, "key": secret.key}
        for parameter, secret in secrets.items()
    ]
    KubernetesObject(
        scope,
        "TriggerAuthentication",
        api_version=_API,
        kind="TriggerAuthentication",
        name=name,
        labels=labels.all,
        body={"spec": {"secretTargetRef": references}},
    )

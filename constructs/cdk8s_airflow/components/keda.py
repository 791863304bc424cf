"""KEDA: as many pods as there is work for them in the metadata database, none if there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cdk8s import Chart
from cdk8s_plus_27 import k8s
from constructs import Construct

from cdk8s_airflow.components.keda_address import keda_address
from cdk8s_airflow.kubernetes.autoscaling import range_findings, target
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.names import check_label
from cdk8s_airflow.kubernetes.network import Network, namespace_called
from cdk8s_airflow.kubernetes.objects import KubernetesObject, Piece
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.services.database import DatabaseServer, Kind

_API = "keda.sh/v1alpha1"
_OPERATOR = {"matchLabels": {"app": "keda-operator"}}
_SPELLED: Mapping[Kind, Mapping[str, str]] = {
    "mysql": {"user": "username", "threshold": "queryValue", "connection": "connectionString"},
    "postgresql": {"user": "userName", "threshold": "targetQueryValue", "connection": "connection"},
}


class Work(Protocol):
    """What a pod does, as it is written in the metadata database."""

    def query(self, kind: Kind) -> str:
        """How it is counted, in the SQL of a kind of server."""
        ...


@dataclass(frozen=True, kw_only=True)
class Tasks:
    """The tasks of a group of workers: those that wait for a worker, and those that run."""

    queues: Sequence[str]
    """The queues that the group serves."""
    executors: Sequence[str | None]
    """The names by which tasks choose the group's executor; None: those that choose none."""

    def query(self, kind: Kind) -> str:
        """Counts them."""
        named = [name for name in self.executors if name is not None]
        chosen = f"executor IN ({_list(named, kind)})"
        if None in self.executors:
            chosen = f"(executor IS NULL OR {chosen})"
        return (
            "SELECT COUNT(*) FROM task_instance WHERE state IN ('queued', 'running')"
            f" AND queue IN ({_list(self.queues, kind)}) AND {chosen}"
        )


@dataclass(frozen=True, kw_only=True)
class Triggers:
    """The triggers of all deferred tasks and watched assets."""

    def query(self, kind: Kind) -> str:
        """Counts them."""
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
    """Fewest pods. Default 0: an idle group costs nothing, and its first task waits for a pod."""
    max_replicas: int = 10
    """Most pods. Default 10."""
    polling_interval: int = 5
    """Seconds between two looks at the database, `pollingInterval`. Default 5."""
    cooldown_period: int = 30
    """Seconds without any work after which the last pods go, `cooldownPeriod`. Default 30."""
    connection: SecretKey | None = None
    """A connection string of KEDA's own, for a user that may only read, another way to the server
    or TLS options of its own: `postgresql://user:password@host/database`, or a DSN of Go's MySQL
    driver with an `ExternalMysql`. Default: that of the release, by its parts."""
    through_pgbouncer: bool = False
    """Ask through the release's PgBouncer. Default: straight, as a ScaledObject costs the server
    one connection, and goes on when PgBouncer is away."""
    namespace: str = "keda"
    """KEDA's namespace: the NetworkPolicy of a database of the release's own lets its operator in
    from there. Default `keda`."""
    behavior: k8s.HorizontalPodAutoscalerBehaviorV2 | Piece | None = None
    """`behavior` of the HorizontalPodAutoscaler that KEDA makes. Default: the cluster's, which
    waits five minutes before it takes pods away."""

    def __post_init__(self) -> None:
        """Checks the numbers.

        Raises:
            ValueError: with all findings at once.
        """
        super().__post_init__()
        check_label("KedaAutoscaling.namespace", self.namespace)
        findings = range_findings("KedaAutoscaling", self.min_replicas, self.max_replicas, least=0)
        for option, least in (("polling_interval", 1), ("cooldown_period", 0)):
            seconds = getattr(self, option)
            if seconds < least:
                findings.append(
                    f"KedaAutoscaling.{option}={seconds}: expected {least} or more seconds"
                )
        if self.through_pgbouncer and self.connection:
            findings.append(
                "KedaAutoscaling(through_pgbouncer=True, connection=...): the connection says "
                "already where it leads; give one of them"
            )
        if findings:
            raise ValueError("\n".join(findings))

    def build(
        self,
        scope: Construct,
        name: str,
        labels: Labels,
        *,
        work: Work,
        capacity: int,
        database: DatabaseServer | None,
        network: Network,
    ) -> KubernetesObject:
        """Adds the ScaledObject of a StatefulSet, and the authentication of its trigger.

        Args:
            scope: the component.
            name: of the workload, and of both objects.
            labels: of the component.
            work: what the pods do.
            capacity: how much of it one pod does at a time.
            database: where the work is written; None: not known by its parts.
            network: who talks to whom; lets KEDA reach a database of the release's own.

        Raises:
            ValueError: when KEDA could not reach the database.
        """
        if self.through_pgbouncer:
            database = database.pooled if database else None
            if database is None:
                raise ValueError(
                    f"autoscaling=KedaAutoscaling(through_pgbouncer=True) of {name!r}: there is no "
                    "PgBouncer in the release; add pgbouncer=PgBouncer(), or leave it out"
                )
        kind: Kind = database.kind if database else "postgresql"
        spelled = _SPELLED[kind]
        metadata = {"query": work.query(kind), spelled["threshold"]: str(capacity)}
        secrets: dict[str, SecretKey] = {}
        if self.connection:
            secrets[spelled["connection"]] = self.connection
        else:
            owner = f"autoscaling=KedaAutoscaling() of {name!r}"
            namespace = Chart.of(scope).namespace
            metadata |= keda_address(owner, database, namespace, user_as=spelled["user"])
            if database and isinstance(database.user, SecretKey):
                secrets[spelled["user"]] = database.user
            if database and database.password:
                secrets["password"] = database.password
        if secrets:
            _authentication(scope, name, labels, secrets)
        if database:
            keda = namespace_called(self.namespace)
            operator = {"namespaceSelector": keda, "podSelector": _OPERATOR}
            network.admit(operator, Peer(host=database.host, port=database.port))
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

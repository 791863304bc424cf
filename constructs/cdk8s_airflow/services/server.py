"""Embedded servers: one pod with a persistent volume."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.key_numbers import FIRST, number_problems, numbered
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, PodProps, pod_template
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.kubernetes.service_accounts import ServiceAccount, service_account
from cdk8s_airflow.kubernetes.service_props import ServiceProps, is_published, service_port
from cdk8s_airflow.kubernetes.storage import claim_template, quantity_problems
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform, Role

_SERVERS = ("postgresql", "rabbitmq", "redis")  # each needs a Secret that the release generates
_UID = 999  # of the official images of PostgreSQL and Redis


@dataclass(frozen=True, kw_only=True)
class EmbeddedServer(PodProps, Part):
    """An embedded server: one pod with a persistent volume."""

    storage: str = "1Gi"
    """Size of the volume, a Kubernetes quantity. Default: 1Gi."""
    storage_class: str | None = None
    """`storageClassName`. Default: the cluster's default class."""

    service: ServiceProps | None = None
    """Labels, annotations, type and port of the Service for its clients. Default: one for pods of
    the cluster, on the port of the server."""
    rotation: Sequence[int] = (FIRST,)
    """Numbers of the generated passwords that the server knows, the one in use first: [1, 2], then
    [2, 1] and [2], each applied to all pods before the next. A new number is a new Secret beside
    the old one. The server restarts with the first and the last step. Default: [1]."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from number_problems(f"{type(self).__name__}(rotation)", self.rotation)
        yield from quantity_problems(f"{type(self).__name__}.storage", self.storage)

    def passwords(self, release: str, component: str) -> Mapping[int, SecretKey]:
        """Number -> generated password, the one in use first."""
        return {
            number: SecretKey(name=numbered(f"{release}-{component}", number), key="password")
            for number in self.rotation
        }


def user_name(name: str, number: int) -> str:
    """The user of a numbered password, where a server has one password for each user."""
    return name if number == FIRST else f"{name}_{number}"


def server_host(release: str, component: str) -> str:
    """The Service for clients of an embedded server.

    Its cluster IP stays when the pod is replaced. The headless Service returns the pod's IP: a
    client with that of a deleted pod would wait until the kernel gives up.
    """
    return f"{release}-{component}-server"


def own_servers(platform: Platform, parts: PodParts) -> list[str]:
    """Host and port of the release's own servers that a pod connects to.

    Args:
        platform: the release as its components see it.
        parts: those of the pod.
    """
    hosts = {server_host(platform.release, name) for name in _SERVERS}
    hosts.add(platform.name(Role.PGBOUNCER.value))
    return list(dict.fromkeys(f"{p.host}:{p.port}" for p in parts.peers if p.host in hosts))


class Server(Construct):
    """The objects of an embedded server: StatefulSet, two Services, ServiceAccount.

    Clients use the Service of `server_host`; the headless one belongs to the StatefulSet.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        container: Container,
        parts: PodParts,
        data: str,
        props: EmbeddedServer,
        grace_seconds: int,
    ) -> None:
        """Adds the StatefulSet, its Services and its ServiceAccount.

        Args:
            scope: the release.
            id: its construct id, also its component name.
            platform: the release as its components see it.
            container: the server; its ports become those of the Service.
            parts: environment and further volumes.
            data: where the volume is mounted.
            props: the user's settings for its volume and its pod.
            grace_seconds: `terminationGracePeriodSeconds`.
        """
        super().__init__(scope, id)
        name = platform.name(id)
        labels = platform.labels(id, container.image)
        account = props.service_account or ServiceAccount()
        template = pod_template(
            labels,
            container,
            parts=parts
            + account.pod_parts
            + PodParts(mounts=({"name": "data", "mountPath": data},)),
            props=props.with_defaults(platform.pods),
            service_account=service_account(self, name, labels, account=account),
            api_token=bool(account.token),
            user=platform.fixed_id(_UID),
            group=platform.fixed_id(_UID),
            fs_group=platform.fixed_id(_UID),
            grace_seconds=grace_seconds,
            registry=platform.registry,
        )
        self.service_name = server_host(platform.release, id)
        """Name of the Service for its clients."""
        port = next(iter(container.ports.values()))
        platform.network.add_policy(
            self,
            name,
            labels,
            peers=(*parts.peers, *account.peers),
            ports=container.ports.values(),
            services=[self.service_name],
            service_ports={service_port(props.service, port): port},
            exposed=True if is_published(props.service) else None,
        )
        service = workloads.service(self, name, labels, ports=container.ports, headless=True)
        workloads.service(
            self,
            self.service_name,
            labels,
            ports=container.ports,
            id="ServerService",
            props=props.service,
        )
        claim = claim_template("data", size=props.storage, storage_class=props.storage_class)
        workloads.stateful_set(
            self, name, labels, replicas=1, service=service, template=template, claims=[claim]
        )

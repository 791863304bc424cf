"""Servers of the fleet, as a release sees them: external ones, whose passwords it generates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from constructs import Construct

from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.rbac import grant, rule
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.platform import GeneratedSecret, Platform
from cdk8s_airflow.services.postgresql import ExternalPostgresql
from cdk8s_airflow.services.redis import ExternalRedis

RELEASES = "releases"
"""The component of the fleet's servers that makes what the releases have there."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the servers of a fleet are."""

    servers: str
    """Their name, which begins the names of their objects."""
    namespace: str
    """Their namespace."""
    ports: Mapping[str, int]
    """Component -> port of its Service, and of its pods."""

    def let_read(
        self, scope: Construct, platform: Platform, component: str, password: SecretKey
    ) -> None:
        """Lets the fleet's servers read one password of a release, and tells of their pods.

        Args:
            scope: the release.
            platform: the release as its parts see it.
            component: the server that knows the password.
            password: the password.
        """
        grant(
            scope,
            f"{component}-password",
            platform.name(component),
            platform.labels(component),
            rules=[{**rule(["secrets"], ["get"]), "resourceNames": [password.name]}],
            account=f"{self.servers}-{RELEASES}",
            account_namespace=self.namespace,
        )

    def tell(self, scope: Construct, platform: Platform, *components: str) -> None:
        """Tells the NetworkPolicies of a release of some of the fleet's servers."""
        for component in components:
            if component not in self.ports:
                continue
            pooler = component == "pgbouncer"  # a component of Airflow, the others are servers
            labels = Labels(
                name="airflow" if pooler else component,
                instance=self.servers,
                component=component,
                part_of="airflow",
                version="",
            )
            platform.network.add_elsewhere(
                scope,
                labels,
                service=f"{self.servers}-{component}{'' if pooler else '-server'}",
                port=self.ports[component],
                namespace=self.namespace,
            )


@dataclass(frozen=True, kw_only=True)
class _OfFleet:
    """What a release has on a server of the fleet: a user, whose password it generates."""

    components: ClassVar[Sequence[str]]
    """The server, and what stands before it."""

    place: Place
    """Where it is."""

    password: SecretKey
    """The password of the release's user."""

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The password of the release's user."""
        return [GeneratedSecret(secret=self.password, kind="password")]

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the right to read the password, and the way to the servers."""
        self.place.let_read(scope, platform, self.components[0], self.password)
        self.place.tell(scope, platform, *self.components)


@dataclass(frozen=True, kw_only=True)
class FleetPostgresql(_OfFleet, ExternalPostgresql):
    """A database on the fleet's PostgreSQL."""

    components = ("postgresql", "pgbouncer")


@dataclass(frozen=True, kw_only=True)
class FleetRedis(_OfFleet, ExternalRedis):
    """Keys of a prefix on the fleet's Redis."""

    components = ("redis",)

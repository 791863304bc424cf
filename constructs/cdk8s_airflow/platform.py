"""What every pod of one release shares, resolved once from the props."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol, TypeVar

from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.kubernetes.image_digests import PinnedImages
from cdk8s_airflow.kubernetes.images import Image, Registry
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.names import object_name
from cdk8s_airflow.kubernetes.network import Network
from cdk8s_airflow.kubernetes.objects import wire_mapping
from cdk8s_airflow.kubernetes.parts import PodParts, total
from cdk8s_airflow.kubernetes.pod_defaults import PodDefaults
from cdk8s_airflow.kubernetes.pods import AirflowPods, PodProps
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.kubernetes.service_accounts import ServiceAccount, merged_accounts
from cdk8s_airflow.roles import RUNS_AIRFLOW
from cdk8s_airflow.roles import Role as Role

AIRFLOW_USER = 50000
"""uid of the official image."""
AIRFLOW_GROUP = 0
"""gid of the official image, which refuses others."""

_K = TypeVar("_K")


class Contributor(Protocol):
    """Anything that adds to pods: database, broker, DAG source, configuration ..."""

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """What it adds to a pod of this role in this release; `NOTHING` for most."""
        ...

    def helper_parts(self, platform: Platform) -> PodParts:
        """What it adds to the init containers and sidecars of others; `NOTHING` for most."""
        ...


@dataclass(frozen=True, kw_only=True)
class GeneratedSecret:
    """A credential that the bootstrap Job generates in the cluster, once."""

    secret: SecretKey
    """The Secret key that holds it."""
    kind: Literal["fernet", "key", "password"]
    """`fernet`: a Fernet key; `key`: 64 random bytes; `password`: 32 letters and digits."""


@dataclass(frozen=True, kw_only=True)
class Platform:
    """One release, as its parts see it."""

    release: str
    """Its name; begins the name of every object."""
    airflow_version: str
    """The version of Airflow in the image."""
    image: Image
    """The image of all Airflow pods."""
    namespace: str | None = None
    """Its namespace; None: the deploy tool decides."""
    base_url: str = ""
    """URL of UI and API for users, `[api] base_url`; empty: not known."""
    behind_proxy: bool = False
    """Whether users come through a proxy: a controller, a Gateway, or what `base_url` tells of."""
    service_ports: Mapping[Role, int] = field(default_factory=dict)
    """Role -> port of its Service, where the user sets one."""
    execution_api: bool = False
    """Whether the execution API has servers of its own."""
    ipv6: bool = False
    """Whether pods may have IPv6 addresses alone."""
    assigned_ids: bool = False
    """Whether the cluster assigns uids and gids."""
    pods: PodDefaults = PodDefaults()
    """Settings of all pods, those of embedded servers included."""
    airflow_pods: AirflowPods = AirflowPods()
    """Settings of the pods that run Airflow, beside those of `pods`."""
    secrets_as_files: bool = False
    """Whether Airflow's keys and credentials are in files, not in its environment."""
    registry: Registry | PinnedImages | None = None
    """Where all images come from, and their digests. Default: each from its own registry."""
    network: Network = field(default_factory=Network)
    """The NetworkPolicies. Default: none."""
    contributors: Sequence[Contributor] = ()
    """The parts of the release, in order: where two add the same to a pod, the later wins."""
    _sums: dict[Role, PodParts] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def path(self) -> str:
        """The path below which the API server answers, without a slash at its end."""
        return split_url(self.base_url).path.rstrip("/")

    @property
    def helper_parts(self) -> PodParts:
        """What all parts add to the init containers and sidecars of other parts."""
        return total(contributor.helper_parts(self) for contributor in self.contributors)

    def name(self, component: str) -> str:
        """The name of a component's objects, `{release}-{component}`."""
        return object_name(self.release, component)

    def fixed_id(self, id: int | None) -> int | None:
        """A uid or gid for a manifest; None where the cluster assigns it."""
        return None if self.assigned_ids else id

    def pod_props(self, role: Role, props: PodProps) -> PodProps:
        """The settings of a role's pods: its own, those of Airflow's pods, those of all pods."""
        if role not in RUNS_AIRFLOW:
            return props.with_defaults(self.pods)
        everyones = self.airflow_pods
        more: dict[str, Any] = {}
        if everyones.env_from:
            more["env_from"] = (*everyones.env_from, *(props.env_from or ()))
        if everyones.security_context:
            own_context = wire_mapping(props.security_context or {})
            everyones_context = wire_mapping(everyones.security_context)
            more["security_context"] = {**everyones_context, **own_context}
        own = replace(props, **more) if more else props
        return own.with_defaults(self.airflow_pods).with_defaults(self.pods)

    def service_account(self, role: Role, props: PodProps | None) -> ServiceAccount:
        """What is said of the ServiceAccount of a role's pods; servers have their own words alone.

        Args:
            role: the role.
            props: its settings.
        """
        own = props.service_account if props else None
        if role not in RUNS_AIRFLOW:
            return merged_accounts(own)
        return merged_accounts(own, self.airflow_pods.service_account, self.pods.service_account)

    def account_name(self, role: Role, props: PodProps | None) -> str:
        """Name of the ServiceAccount of a role that has one component, with its settings."""
        return self.service_account(role, props).name or self.name(role.value)

    @property
    def shared_service_account(self) -> ServiceAccount | None:
        """The one account of all Airflow pods that the bundle makes; None: each has its own."""
        account = merged_accounts(self.airflow_pods.service_account, self.pods.service_account)
        return account if account.name and account.created else None

    def labels(self, component: str, image: Image | None = None) -> Labels:
        """The labels of a component.

        Args:
            component: its name.
            image: of a component that is another application, with a version of its own. Default:
                the component is Airflow's.
        """
        return Labels(
            name=component if image else "airflow",
            instance=self.release,
            component=component,
            part_of="airflow",
            version=image.version if image else self.airflow_version,
        )

    def parts(self, role: Role) -> PodParts:
        """The sum of what all contributors add to a pod of this role."""
        if role not in self._sums:
            added = (contributor.parts(role, self) for contributor in self.contributors)
            self._sums[role] = total(added)
        return self._sums[role]

    def all(self, kind: type[_K]) -> Iterator[_K]:
        """The parts of the release that are of a kind, in order."""
        return (part for part in self.contributors if isinstance(part, kind))

    def find(self, kind: type[_K]) -> _K | None:
        """The first part of a kind, for parts that read its attributes; None: there is none."""
        return next(self.all(kind), None)

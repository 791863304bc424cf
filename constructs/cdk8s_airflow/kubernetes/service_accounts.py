"""ServiceAccounts of pods: names, annotations by which clouds know them, and tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from constructs import Construct

from cdk8s_airflow.kubernetes.labelled import AnnotationMap, LabelMap
from cdk8s_airflow.kubernetes.labels import Labels, reserved_label_problems
from cdk8s_airflow.kubernetes.names import object_name_problems
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import KUBERNETES_API, Peer
from cdk8s_airflow.kubernetes.props import Props

Identity: TypeAlias = Literal["aws", "azure", "google"]
"""A cloud that knows an account by more than its annotations."""
# What the pods of an account need where a cloud's webhook finds the annotation: the service that
# gives out credentials, and the label without which Azure leaves a pod alone.
_CLOUDS: Mapping[Identity, PodParts] = {
    "aws": PodParts(
        peers=(
            Peer(port=443),
            Peer(host="169.254.170.23", port=80),
            Peer(host="fd00:ec2::23", port=80),
        )
    ),
    "azure": PodParts(labels={"azure.workload.identity/use": "true"}, peers=(Peer(port=443),)),
    "google": PodParts(
        peers=(
            Peer(host="169.254.169.254", port=80),
            Peer(host="169.254.169.252", port=988),
            Peer(port=443),
        )
    ),
}
_ANNOTATIONS: Mapping[str, PodParts] = {
    "azure.workload.identity/client-id": _CLOUDS["azure"],
    "eks.amazonaws.com/role-arn": PodParts(peers=(Peer(port=443),)),
    "iam.gke.io/gcp-service-account": _CLOUDS["google"],
}


@dataclass(frozen=True, kw_only=True)
class ServiceAccount(Props):
    """The ServiceAccount of pods: an identity in a cloud, an account of yours, a token.

    Without one, each role has an account of its own, `{release}-{component}`, without a token.
    What a role says is merged with what all pods of Airflow have. The network that the identity of
    AWS (`eks.amazonaws.com/role-arn`), Google (`iam.gke.io/gcp-service-account`) or Azure
    (`azure.workload.identity/client-id`) needs is open, and Azure's pods have its label; where the
    bundle does not see the annotation, `identity` says so.
    """

    name: str | None = None
    """Name of an account that exists, in each namespace where the pods run. Default: none; the
    bundle has one, `{release}-{component}`."""
    annotations: AnnotationMap | None = None
    """Annotations of the account, for example `{"eks.amazonaws.com/role-arn": "arn:..."}`.
    Default: none."""
    labels: LabelMap | None = None
    """Additional labels of the account. Default: none."""
    create: bool | None = None
    """Whether the bundle has the account; False: you make it. Default: True without `name`, False
    with it."""
    token: bool | None = None
    """Mount a token for the Kubernetes API without rights of ours: for Vault, which takes it as a
    login, or for Roles of yours that are bound to the account. Pods that need one have it anyway.
    Default: no."""

    identity: Identity | None = None
    """The cloud that knows the account without an annotation here: `aws` by EKS Pod Identity, or
    any by an account that you make, with its annotation. The network that this needs is then open,
    and the pods of `azure` have its label. Default: what the annotations say."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.name is not None:
            yield from object_name_problems("ServiceAccount.name", self.name)
        yield from reserved_label_problems("ServiceAccount", self.labels or (), "an object")
        lost = [field for field in ("annotations", "labels") if getattr(self, field)]
        if lost and not self.created:
            reason = f"create={self.create}" if self.name is None else f"name={self.name!r}"
            yield (
                f"ServiceAccount({reason}) is an account of yours, which {' and '.join(lost)} here "
                "would not reach: give them where you make it, or let the bundle make it, "
                "create=True"
            )

    @property
    def created(self) -> bool:
        """Whether the bundle has the account."""
        return self.name is None if self.create is None else self.create

    @property
    def pod_parts(self) -> PodParts:
        """What its pods need to get its identity."""
        found = [_ANNOTATIONS[name] for name in self.annotations or {} if name in _ANNOTATIONS]
        return sum(found, _CLOUDS[self.identity] if self.identity else NOTHING)

    @property
    def peers(self) -> tuple[Peer, ...]:
        """What its pods connect to for its identity, and with its token."""
        return (*self.pod_parts.peers, *((KUBERNETES_API,) if self.token else ()))

    def with_defaults(self, other: ServiceAccount | None) -> ServiceAccount:
        """A copy with what `other` says and this one does not.

        An account of yours has no annotations and labels of other ones.
        """
        if other is None:
            return self
        named = self if (self.name, self.create) != (None, None) else other
        created = ServiceAccount(name=named.name, create=named.create).created
        other_annotations, other_labels = (
            (other.annotations or {}, other.labels or {}) if created else ({}, {})
        )
        return ServiceAccount(
            name=named.name,
            create=named.create,
            token=other.token if self.token is None else self.token,
            identity=self.identity or other.identity,
            annotations={**other_annotations, **(self.annotations or {})} or None,
            labels={**other_labels, **(self.labels or {})} or None,
        )


def service_account(
    scope: Construct,
    name: str,
    labels: Labels,
    *,
    namespace: str | None = None,
    account: ServiceAccount | None = None,
) -> str:
    """Adds a ServiceAccount without `automountServiceAccountToken`, unless the user makes it.

    Args:
        scope: the component.
        name: of the object, unless `account` names it.
        labels: of the component.
        namespace: of the object. Default: the chart's.
        account: what the user says of it.

    Returns:
        Its name.
    """
    account = account or ServiceAccount()
    name = account.name or name
    if account.created:
        KubernetesObject(
            scope,
            f"{namespace or ''}ServiceAccount",
            api_version="v1",
            kind="ServiceAccount",
            name=name,
            namespace=namespace,
            labels={**(account.labels or {}), **labels.all},
            annotations=account.annotations,
            body={"automountServiceAccountToken": False},
        )
    return name


def merged_accounts(*accounts: ServiceAccount | None) -> ServiceAccount:
    """What several places say of one account, the first of which wins."""
    result = ServiceAccount()
    for account in reversed(accounts):
        if account is not None:
            result = account.with_defaults(result)
    return result

"""ResourceQuota and LimitRange: what the namespace of a release may take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import jsii
from constructs import Construct, IConstruct, IValidation

from cdk8s_airflow.kubernetes.objects import KubernetesObject, Wire
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.quantities import canonical_amounts, number, spelled
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform

_COMPONENT = "namespace"
_SUMS = ("requests.cpu", "requests.memory", "limits.cpu", "limits.memory")
_WORKLOADS = frozenset({"Deployment", "StatefulSet", "Job", "CronJob"})
_AUTOSCALERS = frozenset({"HorizontalPodAutoscaler", "ScaledObject"})
_LISTS = ("initContainers", "containers")


@dataclass(frozen=True, kw_only=True)
class NamespaceLimits(Props, Part):
    """A ResourceQuota and a LimitRange for the release's namespace.

    They hold for all pods there, those of other releases and of tasks included, so a namespace has
    them from one release only.
    """

    quota: Mapping[str, str] | None = None
    """`spec.hard` of the ResourceQuota, for example `{"requests.cpu": "20", "pods": "100"}`.
    A synth fails when the release itself, with as many pods as autoscalers may make, does not
    fit. Default: none."""
    default_requests: Mapping[str, str] | None = None
    """Requests of containers that have none, for example `{"cpu": "100m"}`; those of this library
    have theirs. Default: `default_limits`, as the API server has it."""
    default_limits: Mapping[str, str] | None = None
    """Limits of containers that have none, those of this library included, which set no CPU limit.
    Default: the `maximum`, as the API server has it."""
    maximum: Mapping[str, str] | None = None
    """Most that one container may ask for, `max`. Default: no bound."""

    def __post_init__(self) -> None:
        """Checks that there is something to say, in quantities.

        Raises:
            ValueError: with all findings at once.
        """
        super().__post_init__()
        findings = []
        options = ("quota", "default_requests", "default_limits", "maximum")
        for option in options:
            for resource, quantity in (getattr(self, option) or {}).items():
                try:
                    number(quantity)
                except ValueError as error:
                    findings.append(f"NamespaceLimits.{option}[{resource!r}]: {error}")
        if not any(getattr(self, option) for option in options):
            findings.append(
                "NamespaceLimits() says nothing: give quota={'requests.cpu': '20'} or the like, or "
                "leave namespace_limits out"
            )
        if findings:
            raise ValueError("\n".join(findings))

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds both to the bundle, after all that they have to leave room for."""
        NamespaceObjects(scope, _COMPONENT, platform=platform, props=self)


class NamespaceObjects(Construct):
    """The ResourceQuota and the LimitRange of a release."""

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: NamespaceLimits
    ) -> None:
        """Adds them to the tree, and a check that the release fits."""
        super().__init__(scope, id)
        name, labels = platform.name(_COMPONENT), platform.labels(_COMPONENT)

        def amounts(option: str) -> dict[str, str]:
            return canonical_amounts(option, getattr(props, option) or {})

        if props.quota:
            KubernetesObject(
                self,
                "ResourceQuota",
                api_version="v1",
                kind="ResourceQuota",
                name=name,
                labels=labels.all,
                body={"spec": {"hard": amounts("quota")}},
            )
        # The API server fills in what is not said here, the default limit from the maximum and the
        # default request from the limit; then a second apply would find a change.
        limits = {**amounts("maximum"), **amounts("default_limits")}
        item = {
            "type": "Container",
            "defaultRequest": {**limits, **amounts("default_requests")},
            "default": limits or None,
            "max": amounts("maximum") or None,
        }
        if any((props.default_requests, props.default_limits, props.maximum)):
            KubernetesObject(
                self,
                "LimitRange",
                api_version="v1",
                kind="LimitRange",
                name=name,
                labels=labels.all,
                body={"spec": {"limits": [item]}},
            )
        self.node.add_validation(_Fits(scope, props))


@jsii.implements(IValidation)
class _Fits:
    """The release, all its pods and Jobs at once, within the quota and the bound."""

    def __init__(self, release: IConstruct, props: NamespaceLimits) -> None:
        self._release = release
        self._props = props

    def validate(self) -> list[str]:
        """One finding for each resource of which there is too little."""
        wanted: defaultdict[str, Decimal] = defaultdict(Decimal)
        findings = []
        found = [i for i in self._release.node.find_all() if isinstance(i, KubernetesObject)]
        most = dict(_most(item) for item in found if item.object_kind in _AUTOSCALERS)
        for item in found:
            if item.object_kind in _WORKLOADS:
                spec = _spec(item)
                pods = spec.get("replicas", most.get((item.object_kind, item.object_name), 1))
                pod = _mapping(_mapping(spec.get("template")).get("spec"))
                count = pods if isinstance(pods, int) else 1
                wanted["pods"] += count
                for resource in _SUMS:
                    wanted[resource] += count * _of_pod(pod, *resource.split("."))
                where = f"{item.object_kind} {item.object_name!r}"
                findings += [f"{where}: {text}" for text in self._too_large(pod)]
        return [*self._beyond(wanted), *findings]

    def _beyond(self, wanted: Mapping[str, Decimal]) -> Iterator[str]:
        quota = self._props.quota or {}
        # `cpu` and `memory` are short for the requests.
        names = {"cpu": "requests.cpu", "memory": "requests.memory"}
        for resource, quantity in quota.items():
            sum_of = names.get(resource, resource)
            if sum_of == "limits.cpu" and not (self._props.default_limits or {}).get("cpu"):
                yield (
                    "namespace_limits.quota['limits.cpu'] keeps out all pods without a CPU limit, "
                    "and this release sets none: add default_limits={'cpu': '2'}, or leave it out"
                )
            elif sum_of in wanted and wanted[sum_of] > number(quantity):
                yield (
                    f"namespace_limits.quota[{resource!r}]={quantity!r} is less than the "
                    f"{spelled(sum_of, wanted[sum_of])} of this release's own pods: raise "
                    "it, with room for updates and task pods, or ask for less in resources="
                )

    def _too_large(self, pod: Mapping[str, Wire]) -> Iterator[str]:
        for resource, quantity in (self._props.maximum or {}).items():
            for container in _containers(pod):
                asked = _resources(container, "limits").get(resource)
                asked = asked or _resources(container, "requests").get(resource)
                if isinstance(asked, str | int) and number(asked) > number(quantity):
                    yield (
                        f"container {container.get('name')!r} asks for {asked} of {resource}, and "
                        f"namespace_limits.maximum allows {quantity}: raise it, or ask for less in "
                        "resources="
                    )


def _most(autoscaler: KubernetesObject) -> tuple[tuple[str, str], int]:
    """Kind and name of what it scales -> most pods that it makes of it."""
    spec = _spec(autoscaler)
    target = _mapping(spec.get("scaleTargetRef"))
    count = spec.get("maxReplicas", spec.get("maxReplicaCount"))
    return (str(target.get("kind")), str(target.get("name"))), int(str(count))


def _spec(item: KubernetesObject) -> Mapping[str, Wire]:
    spec = _mapping(_mapping(item.to_json()).get("spec"))
    return _mapping(_mapping(spec.get("jobTemplate")).get("spec")) or spec


def _of_pod(pod: Mapping[str, Wire], kind: str, resource: str) -> Decimal:
    """What the quota counts: all containers, or the largest init container if that is more."""
    amounts = {name: Decimal(0) for name in _LISTS}
    for name in _LISTS:
        found = [
            number(str(_resources(container, kind).get(resource, 0)))
            for container in _containers(pod, name)
        ]
        total = max(found, default=Decimal(0)) if name == "initContainers" else sum(found)
        amounts[name] = Decimal(total)
    return max(amounts.values())


def _containers(pod: Mapping[str, Wire], *names: str) -> Iterator[Mapping[str, Wire]]:
    for name in names or _LISTS:
        listed = pod.get(name)
        for container in listed if isinstance(listed, list) else ():
            yield _mapping(container)


def _resources(container: Mapping[str, Wire], kind: str) -> Mapping[str, Wire]:
    return _mapping(_mapping(container.get("resources")).get(kind))


def _mapping(value: Wire) -> Mapping[str, Wire]:
    return value if isinstance(value, Mapping) else {}

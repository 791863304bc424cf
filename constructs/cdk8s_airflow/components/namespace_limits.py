"""ResourceQuota and LimitRange of a release's namespace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

import jsii
from constructs import Construct, IConstruct, IValidation

from cdk8s_airflow.kubernetes.objects import KubernetesObject, Wire
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.quantities import canonical_amounts, format_amount, number
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

    They apply to all pods there, those of other releases and of tasks included, so set them in one
    release of a namespace only.
    """

    quota: Mapping[str, str] | None = None
    """`spec.hard` of the ResourceQuota, for example `{"requests.cpu": "20", "pods": "100"}`. The
    synth fails when the release does not fit, with as many pods as its autoscalers may create.
    Default: none."""
    default_requests: Mapping[str, str] | None = None
    """Requests of containers that set none, for example `{"cpu": "100m"}`; those of this library
    set theirs. Default: `default_limits`, as the API server does it."""
    default_limits: Mapping[str, str] | None = None
    """Limits of containers that set none, those of this library included, which set no CPU limit.
    Default: `maximum`, as the API server does it."""
    maximum: Mapping[str, str] | None = None
    """The largest limit of one container, `max`. Default: no maximum."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        options = ("quota", "default_requests", "default_limits", "maximum")
        for option in options:
            for resource, quantity in (getattr(self, option) or {}).items():
                try:
                    number(quantity)
                except ValueError as error:
                    yield f"NamespaceLimits.{option}[{resource!r}]: {error}"
        if not any(getattr(self, option) for option in options):
            yield (
                "NamespaceLimits() sets nothing: give quota={'requests.cpu': '20'} or the like, or "
                "leave namespace_limits out"
            )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds both objects, after the workloads that they are checked against."""
        NamespaceObjects(scope, _COMPONENT, platform=platform, props=self)


class NamespaceObjects(Construct):
    """The ResourceQuota and the LimitRange of a release."""

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: NamespaceLimits
    ) -> None:
        """Adds the objects, and a validation that the release fits into the quota."""
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
        # The API server would fill in the default limit from the maximum and the default request
        # from the limit; then a second apply would find a change.
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
        self.node.add_validation(_QuotaValidation(scope, props))


@jsii.implements(IValidation)
class _QuotaValidation:
    """Fails the synth when the pods and Jobs of the release exceed quota or maximum."""

    def __init__(self, release: IConstruct, props: NamespaceLimits) -> None:
        self._release = release
        self._props = props

    def validate(self) -> list[str]:
        """One problem for each resource that is exceeded."""
        totals: defaultdict[str, Decimal] = defaultdict(Decimal)
        problems = []
        found = [i for i in self._release.node.find_all() if isinstance(i, KubernetesObject)]
        most = dict(_max_replicas(item) for item in found if item.object_kind in _AUTOSCALERS)
        for item in found:
            if item.object_kind in _WORKLOADS:
                spec = _spec(item)
                pods = spec.get("replicas", most.get((item.object_kind, item.object_name), 1))
                pod = _mapping(_mapping(spec.get("template")).get("spec"))
                count = pods if isinstance(pods, int) else 1
                totals["pods"] += count
                for resource in _SUMS:
                    totals[resource] += count * _pod_total(pod, *resource.split("."))
                where = f"{item.object_kind} {item.object_name!r}"
                problems += [f"{where}: {text}" for text in self._too_large(pod)]
        return [*self._exceeded(totals), *problems]

    def _exceeded(self, totals: Mapping[str, Decimal]) -> Iterator[str]:
        quota = self._props.quota or {}
        # `cpu` and `memory` mean the requests.
        names = {"cpu": "requests.cpu", "memory": "requests.memory"}
        for resource, quantity in quota.items():
            sum_of = names.get(resource, resource)
            if sum_of == "limits.cpu" and not (self._props.default_limits or {}).get("cpu"):
                yield (
                    "namespace_limits.quota['limits.cpu'] keeps out all pods without a CPU limit, "
                    "and this release sets none: add default_limits={'cpu': '2'}, or leave it out"
                )
            elif sum_of in totals and totals[sum_of] > number(quantity):
                yield (
                    f"namespace_limits.quota[{resource!r}]={quantity!r} is less than the "
                    f"{format_amount(sum_of, totals[sum_of])} of this release's own pods: raise "
                    "it, with room for updates and task pods, or ask for less in resources="
                )

    def _too_large(self, pod: Mapping[str, Wire]) -> Iterator[str]:
        for resource, quantity in (self._props.maximum or {}).items():
            for container in _containers(pod):
                requested = _resources(container, "limits").get(resource)
                requested = requested or _resources(container, "requests").get(resource)
                if isinstance(requested, str | int) and number(requested) > number(quantity):
                    yield (
                        f"container {container.get('name')!r} asks for {requested} of "
                        f"{resource}, and namespace_limits.maximum allows {quantity}: raise it, or "
                        "ask for less in resources="
                    )


def _max_replicas(autoscaler: KubernetesObject) -> tuple[tuple[str, str], int]:
    """(kind, name) of the target, and the most pods that the autoscaler may create."""
    spec = _spec(autoscaler)
    target = _mapping(spec.get("scaleTargetRef"))
    count = spec.get("maxReplicas", spec.get("maxReplicaCount"))
    return (str(target.get("kind")), str(target.get("name"))), int(str(count))


def _spec(item: KubernetesObject) -> Mapping[str, Wire]:
    spec = _mapping(_mapping(item.to_json()).get("spec"))
    return _mapping(_mapping(spec.get("jobTemplate")).get("spec")) or spec


def _pod_total(pod: Mapping[str, Wire], kind: str, resource: str) -> Decimal:
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

"""Workloads, Services, budgets and ConfigMaps, as one call each for the components."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from constructs import Construct

from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.objects import DEFAULT_CHILD, KubernetesObject, Manifest
from cdk8s_airflow.kubernetes.service_props import AnyServiceProps, ServiceProps, published_fields


def deployment(
    scope: Construct,
    name: str,
    labels: Labels,
    *,
    replicas: int | None,
    template: Manifest,
    recreate: bool = False,
    strategy: object = None,
    history: int = 3,
) -> KubernetesObject:
    """A Deployment that starts a new pod before it stops an old one, unless `recreate` is set.

    Without `replicas` an autoscaler has to set them.

    Args:
        scope: the component.
        name: of the object.
        labels: of the component.
        replicas: number of pods.
        template: of the pods.
        recreate: stop all old pods before the first new one starts.
        strategy: `strategy` of the user, which overrides both.
        history: old revisions to keep.
    """
    rolling = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}
    return KubernetesObject(
        scope,
        DEFAULT_CHILD,
        api_version="apps/v1",
        kind="Deployment",
        name=name,
        labels=labels.with_version,
        body={
            "spec": {
                "replicas": replicas,
                "revisionHistoryLimit": history,
                "selector": {"matchLabels": labels.selector},
                "strategy": strategy or ({"type": "Recreate"} if recreate else rolling),
                "template": template,
            }
        },
    )


def stateful_set(
    scope: Construct,
    name: str,
    labels: Labels,
    *,
    replicas: int | None,
    service: KubernetesObject,
    template: Manifest,
    claims: Sequence[Manifest] = (),
    retention: Manifest | None = None,
    strategy: object = None,
    history: int = 3,
) -> KubernetesObject:
    """A StatefulSet with its headless Service; its pods start and stop in parallel.

    Without `replicas` an autoscaler has to set them.
    """
    return KubernetesObject(
        scope,
        DEFAULT_CHILD,
        api_version="apps/v1",
        kind="StatefulSet",
        name=name,
        labels=labels.with_version,
        body={
            "spec": {
                "replicas": replicas,
                "revisionHistoryLimit": history,
                "serviceName": service.object_name,
                "podManagementPolicy": "Parallel",
                "selector": {"matchLabels": labels.selector},
                "updateStrategy": strategy or {"type": "RollingUpdate"},
                "template": template,
                "volumeClaimTemplates": list(claims) or None,
                "persistentVolumeClaimRetentionPolicy": retention,
            }
        },
    )


def job(scope: Construct, name: str, labels: Labels, *, spec: Manifest) -> KubernetesObject:
    """A Job whose name ends in a hash of its content, because Jobs are immutable.

    A finished Job stays in the cluster: what GitOps tools find missing they create again.
    """
    return KubernetesObject(
        scope,
        DEFAULT_CHILD,
        api_version="batch/v1",
        kind="Job",
        name=name,
        labels=labels.with_version,
        name_ends_in_hash=True,
        body={"spec": spec},
    )


def cron_job(
    scope: Construct,
    name: str,
    labels: Labels,
    *,
    schedule: str,
    spec: Manifest,
    time_zone: str | None = None,
) -> KubernetesObject:
    """A CronJob whose runs do not overlap; the last successful and the last failed Job are kept."""
    return KubernetesObject(
        scope,
        DEFAULT_CHILD,
        api_version="batch/v1",
        kind="CronJob",
        name=name,
        labels=labels.with_version,
        body={
            "spec": {
                "schedule": schedule,
                "timeZone": time_zone,
                "concurrencyPolicy": "Forbid",
                "successfulJobsHistoryLimit": 1,
                "failedJobsHistoryLimit": 1,
                "jobTemplate": {"metadata": {"labels": labels.with_version}, "spec": spec},
            }
        },
    )


def service(
    scope: Construct,
    name: str,
    labels: Labels,
    *,
    ports: Mapping[str, int],
    udp_ports: Sequence[str] = (),
    headless: bool = False,
    id: str = "Service",
    props: AnyServiceProps | None = None,
) -> KubernetesObject:
    """A Service on named ports; a headless one also publishes pods that are not ready.

    Args:
        scope: the component.
        name: of the object.
        labels: of the component.
        ports: name -> number of the ports of its pods.
        udp_ports: names of those that are UDP.
        headless: without an address of its own.
        id: its construct id.
        props: the user's settings; port and node port are those of the first port.
    """
    own = props if isinstance(props, ServiceProps) else ServiceProps()
    entries: list[dict[str, object]] = [
        {"name": n, "port": port, "targetPort": n, "protocol": "UDP" if n in udp_ports else "TCP"}
        for n, port in ports.items()
    ]
    entries[0] |= {"port": own.port} if own.port else {}
    entries[0] |= {"nodePort": own.node_port} if own.node_port else {}
    return KubernetesObject(
        scope,
        id,
        api_version="v1",
        kind="Service",
        name=name,
        labels={**((props.labels if props else None) or {}), **labels.all},
        annotations=props.annotations if props else None,
        body={
            "spec": {
                "type": own.type,
                "clusterIP": "None" if headless else None,
                "publishNotReadyAddresses": True if headless else None,
                "selector": labels.selector,
                "ports": entries,
                **published_fields(own),
            }
        },
    )


def pod_disruption_budget(
    scope: Construct, name: str, labels: Labels, *, replicas: int
) -> KubernetesObject | None:
    """A PodDisruptionBudget that allows one eviction at a time; none for a single replica.

    One replica with a budget would block every node drain, and so would pods that never become
    ready, unless they may always be evicted.
    """
    if replicas < 2:
        return None
    return KubernetesObject(
        scope,
        "PodDisruptionBudget",
        api_version="policy/v1",
        kind="PodDisruptionBudget",
        name=name,
        labels=labels.all,
        body={
            "spec": {
                "maxUnavailable": 1,
                "selector": {"matchLabels": labels.selector},
                "unhealthyPodEvictionPolicy": "AlwaysAllow",
            }
        },
    )


def config_map(
    scope: Construct,
    id: str,
    name: str,
    labels: Labels,
    *,
    data: Mapping[str, str],
    binary_data: Mapping[str, str] | None = None,
    immutable: bool = False,
) -> KubernetesObject:
    """A ConfigMap; `binary_data` values are base64."""
    return KubernetesObject(
        scope,
        id,
        api_version="v1",
        kind="ConfigMap",
        name=name,
        labels=labels.all,
        body={
            "data": data or None,
            "binaryData": binary_data or None,
            "immutable": immutable or None,
        },
    )

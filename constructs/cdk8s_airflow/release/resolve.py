"""From props to a `Platform`, in plain Python without constructs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cdk8s_airflow.exposure.paths import Paths
from cdk8s_airflow.kubernetes.image_digests import PinnedImages
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.network import Network
from cdk8s_airflow.kubernetes.pod_defaults import PodDefaults
from cdk8s_airflow.kubernetes.problems import refuse
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.auth_checks import with_useful_admin
from cdk8s_airflow.release.checks import check
from cdk8s_airflow.release.parts import parts_of
from cdk8s_airflow.release.path_checks import paths_below_dags
from cdk8s_airflow.release.services import ports_of
from cdk8s_airflow.release.sizes import with_size_defaults


def resolve(props: AirflowProps, release: str, namespace: str | None = None) -> Platform:
    """A release with all its parts.

    Args:
        props: all settings.
        release: name of the release.
        namespace: its namespace. Default: the deploy tool decides.

    Raises:
        ValueError: with all problems at once.
        TypeError: when props is not an `AirflowProps`.
    """
    if isinstance(props, AirflowProps):
        props = with_useful_admin(props)
    check(props, release)
    props = with_size_defaults(props)
    base = base_platform(props, release, namespace)
    platform = replace(base, contributors=parts_of(props, base))
    errors = [text for part in platform.all(Part) for text in part.validate(platform)]
    errors += paths_below_dags(platform, props)
    refuse(errors)
    return platform


def base_platform(props: AirflowProps, release: str, namespace: str | None) -> Platform:
    """A release before it has parts.

    Args:
        props: checked, with the defaults of its size.
        release: its name.
        namespace: its namespace.
    """
    exposure_url = props.exposed_by.base_url if props.exposed_by else ""
    base_url = (props.base_url or exposure_url).rstrip("/")
    return Platform(
        release=release,
        airflow_version=props.airflow_version,
        image=props.image or Image(repository="apache/airflow", tag=props.airflow_version),
        base_url=base_url,
        behind_proxy=bool(base_url) or isinstance(props.exposed_by, Paths),
        pods=_with_labels(props.pods, props.labels or {}),
        airflow_pods=props.all_airflow_pods,
        secrets_as_files=props.secrets.as_files,
        registry=PinnedImages(pins=pins, registry=props.images)
        if (pins := props.image_digests)
        else props.images,
        ipv6="IPv6" in (props.ip_families or ()),
        assigned_ids=props.user_ids == "assigned",
        service_ports=ports_of(props),
        execution_api=props.execution_api is not None,
        namespace=namespace,
        network=Network(props=props.network_policies),
    )


def _with_labels(pods: PodDefaults, labels: Mapping[str, str]) -> PodDefaults:
    return replace(pods, labels={**labels, **(pods.labels or {})}) if labels else pods

"""From props to a platform: everything is decided here, in plain Python without constructs."""

from __future__ import annotations

from dataclasses import replace

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.network import Network
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.checks import check
from cdk8s_airflow.release.parts import parts_of
from cdk8s_airflow.release.sizes import filled


def resolve(props: AirflowProps, release: str, namespace: str | None = None) -> Platform:
    """A release with all its parts.

    Args:
        props: all settings.
        release: its name.
        namespace: its namespace; default: the deploy tool decides.

    Raises:
        ValueError: with all that is wrong with it.
        TypeError: when props are no `AirflowProps`.
    """
    check(props, release)
    props = filled(props)
    way_in = props.way_in.base_url if props.way_in else ""
    bare = Platform(
        release=release,
        airflow_version=props.airflow_version,
        image=props.image or Image(repository="apache/airflow", tag=props.airflow_version),
        base_url=(props.base_url or way_in).rstrip("/"),
        pods=props.pods,
        ipv6="IPv6" in (props.ip_families or ()),
        assigned_ids=props.user_ids == "assigned",
        execution_api=props.execution_api is not None,
        namespace=namespace,
        network=Network(props=props.network_policies),
    )
    platform = replace(bare, contributors=parts_of(props, bare))
    errors = [text for part in platform.all(Part) for text in part.validate(platform)]
    if errors:
        raise ValueError("\n".join(errors))
    return platform

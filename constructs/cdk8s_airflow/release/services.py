"""The Services of a release: their ports, and what is wrong with them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk8s_airflow.exposure.exposed_service import ExposedService
from cdk8s_airflow.kubernetes.service_props import ServiceProps, is_published
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.roles import Role
from cdk8s_airflow.services.server import EmbeddedServer


def ports_of(props: AirflowProps) -> Mapping[Role, int]:
    """Role -> port of its Service, where the user sets one."""
    services = {
        Role.API_SERVER: props.api_server.service,
        Role.EXECUTION_API: props.execution_api.service if props.execution_api else None,
        Role.FLOWER: props.flower.service if props.flower else None,
    }
    return {role: each.port for role, each in services.items() if each and each.port}


def service_problems(props: AirflowProps) -> Iterator[str]:
    """The problems of Services in combination."""
    if props.scheduler.service and not props.all_executors.local:
        yield (
            "scheduler=SchedulerProps(service=...): a scheduler has a Service only if tasks run in "
            "it, with a LocalExecutor: leave it out"
        )
    flower = props.flower
    if flower and is_published(flower.service) and not flower.requires_login:
        yield (
            "flower=Flower(username=None) with a Service that is published would let everyone stop "
            "workers and tasks: give it a username, or leave the type out"
        )
    ports: dict[int, list[str]] = {}
    for owner, port in _node_ports(props):
        ports.setdefault(port, []).append(owner)
    for port, owners in ports.items():
        if len(owners) > 1:
            yield (
                f"node_port={port} is that of {' and '.join(owners)}: a cluster gives it to one "
                "Service only"
            )


def _node_ports(props: AirflowProps) -> Iterator[tuple[str, int]]:
    for owner, service in _services(props):
        if service and service.node_port:
            yield owner, service.node_port
    exposed = props.exposed_by
    if isinstance(exposed, ExposedService):
        for option in ("node_port", "flower_node_port"):
            if port := getattr(exposed, option):
                yield f"ExposedService.{option}", port


def _services(props: AirflowProps) -> Iterator[tuple[str, ServiceProps | None]]:
    yield "api_server", props.api_server.service
    for name in ("execution_api", "flower", "pgbouncer"):
        if owner := getattr(props, name):
            yield name, owner.service
    for name in ("database", "broker", "result_backend"):
        if isinstance(owner := getattr(props, name), EmbeddedServer):
            yield name, owner.service

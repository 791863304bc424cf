"""The API server: UI, REST API, and the execution API that tasks report to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_network

from constructs import Construct

from cdk8s_airflow.components.base import WAIT_SECONDS, AirflowComponent
from cdk8s_airflow.components.replicated import AutoscaledProps, ReplicatedComponent
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, http_get
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.kubernetes.service_props import ServiceProps
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import Platform, Role

PORT = 8080
PORT_NAME = "http"
VERSION_PATH = "/api/v2/version"
EXECUTION_PATH = "/execution/"
HEALTH_PATH = f"{EXECUTION_PATH}health"


@dataclass(frozen=True, kw_only=True)
class ApiServerProps(AutoscaledProps, Part):
    """Props of the API server.

    Default resources: 200m CPU, 512Mi, limit 1Gi; 310 MiB were measured with FAB once the
    execution API was warm.
    """

    trusted_proxies: Sequence[str] | None = None
    """Addresses and networks of proxies whose `X-Forwarded-*` headers are trusted; `*` trusts all.
    Sets `--proxy-headers`, `FORWARDED_ALLOW_IPS` and `[fab] enable_proxy_fix`. Default: `*` if the
    release has an Ingress or a `base_url`, because controllers have no fixed address; otherwise
    none."""

    service: ServiceProps | None = None
    """Labels, annotations, type and port of its Service. Default: a Service for pods of the
    cluster, on port 8080."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        proxies = self.trusted_proxies or ()
        for proxy in proxies:
            if not (_is_network(proxy) or list(proxies) == ["*"]):
                yield (
                    f"ApiServerProps.trusted_proxies has {proxy!r}: expected an address or a "
                    "network such as '10.0.0.0/8', or '*' alone"
                )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the API server to the bundle."""
        ApiServer(scope, Role.API_SERVER.value, platform=platform, props=self)


def service_name(platform: Platform) -> str:
    """Name of the API server's Service."""
    return platform.name(Role.API_SERVER.value)


def port_of(platform: Platform, role: Role = Role.API_SERVER) -> int:
    """Port of the Service of the API server, or of the execution API."""
    return platform.service_ports.get(role, PORT)


def url(platform: Platform, path: str, *, from_other_namespaces: bool = False) -> str:
    """The URL of a path of the API server, as pods of the release reach it.

    Args:
        platform: the release as its components see it.
        path: below that of the API server.
        from_other_namespaces: add the release's namespace to the host, for pods of other
            namespaces.
    """
    separate = platform.execution_api and path.startswith(EXECUTION_PATH)
    service = platform.name(Role.EXECUTION_API.value) if separate else service_name(platform)
    place = f".{platform.namespace}.svc" if from_other_namespaces else ""
    role = Role.EXECUTION_API if separate else Role.API_SERVER
    return f"http://{service}{place}:{port_of(platform, role)}{platform.path}{path}"


def wait_for_api_server(
    component: AirflowComponent, platform: Platform, *, or_away: bool = False
) -> Container:
    """An init container that waits until the API server knows the version of this image.

    Args:
        component: whose pod it is in.
        platform: the release as its components see it.
        or_away: it does not wait for one that does not answer, only for one that is older.
    """
    words = (url(platform, VERSION_PATH), WAIT_SECONDS, *(("--or-away",) if or_away else ()))
    program = run("wait_for_api_server.py", *words)
    peer = Peer(host=service_name(platform), port=port_of(platform))
    return component.wait("wait-for-api-server", program, peers=[peer])


class ApiServer(ReplicatedComponent):
    """`airflow api-server` as a Deployment, and its Service on port 8080.

    The startup probe asks the execution API, whose first answer takes 4-5 s: no pod gets
    traffic before its routes are built, so no task's first call runs into its own time-out.
    """

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: ApiServerProps | None = None
    ) -> None:
        """Adds the Deployment, its Service and what belongs to them."""
        super().__init__(scope, id, platform=platform, role=Role.API_SERVER, props=props)
        props = props or ApiServerProps()
        separate = platform.execution_api
        alive = http_get(f"{platform.path}{VERSION_PATH}", PORT_NAME)
        # Without the execution API the UI answers this path with 200, so it proves nothing.
        warm = alive if separate else http_get(f"{platform.path}{HEALTH_PATH}", PORT_NAME)
        proxies = props.trusted_proxies
        if proxies is None:
            proxies = ("*",) if platform.behind_proxy else ()
        container = Container(
            name="api-server",
            image=platform.image,
            args=(
                *("airflow", "api-server", "--port", str(PORT)),
                *(("--apps", "core") if separate else ()),
                *(("--proxy-headers",) if proxies else ()),
            ),
            ports={PORT_NAME: PORT},
            startup=Probe(handler=warm, period=2, timeout=20, failures=150),
            readiness=Probe(handler=alive, period=10, timeout=5, failures=3),
            liveness=Probe(handler=alive, period=15, timeout=10, failures=6),
            resources=resources(cpu="200m", memory="512Mi", memory_limit="1Gi", storage="256Mi"),
        )
        template = self.template(
            container,
            props=props,
            wait=self.wait_for_migrations(),
            extra=_proxy_parts(proxies),
            grace_seconds=150,
            exposed=bool(platform.base_url),
            service=props.service,
        )
        ports = {PORT_NAME: PORT}
        self.deployment(container, template, props, ports=ports, service=props.service)


def _proxy_parts(proxies: Sequence[str]) -> PodParts:
    """Environment by which uvicorn and FAB trust the headers of these proxies."""
    if not proxies:
        return NOTHING
    env = {"AIRFLOW__FAB__ENABLE_PROXY_FIX": "True", "FORWARDED_ALLOW_IPS": ",".join(proxies)}
    return PodParts(env=env_vars(env))


def _is_network(text: str) -> bool:
    try:
        ip_network(text)
    except ValueError:
        return False
    return True

"""Flower: a web interface of Celery's workers and tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from constructs import Construct

from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.addresses import path_problems
from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, PodProps, resources
from cdk8s_airflow.kubernetes.probes import Probe, http_get
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.kubernetes.service_props import ServiceProps
from cdk8s_airflow.platform import Platform, Role

PORT = 5555
PORT_NAME = "flower"
_FOLDER = "/opt/flower"
_FILE = "flowerconfig.py"
_VOLUME = "flower-config"
_OWNED = {
    "FLOWER_ADDRESS": "Service and probes reach Flower on all addresses of its pod",
    "FLOWER_BASIC_AUTH": "use Flower(username=...) and Secrets(flower_password=...)",
    "FLOWER_CERTFILE": "Service and probes speak plain HTTP; TLS ends at the ingress",
    "FLOWER_CONF": "the bundle's own file holds the login",
    "FLOWER_KEYFILE": "Service and probes speak plain HTTP; TLS ends at the ingress",
    "FLOWER_MAX_TASKS": "use Flower(max_tasks=...)",
    "FLOWER_PORT": "Service and probes hold this number",
    "FLOWER_UNIX_SOCKET": "Service and probes speak TCP",
    "FLOWER_URL_PREFIX": "use Flower(url_prefix=...) or Ingress(flower_path=...)",
}


@dataclass(frozen=True, kw_only=True)
class Flower(PodProps):
    """Flower, which shows Celery's workers and tasks, and may stop them.

    It forgets what it has seen when its pod ends. Any other option of Flower is an environment
    variable `FLOWER_...`, for example `env={"FLOWER_PURGE_OFFLINE_WORKERS": "3600"}`. It holds the
    broker's credentials and its own password, and nothing else. Default resources: 50m CPU, 256Mi,
    limit 512Mi; 195 MiB were measured.
    """

    username: str | None = "admin"
    """User name for HTTP basic authentication; the password is `Secrets.flower_password`. None: no
    basic authentication, for a Flower that is not exposed or has another login
    (`env={"FLOWER_AUTH": ...}`). Default: `admin`."""
    url_prefix: str = ""
    """Path under which a proxy serves Flower, for example `/airflow/flower`; the proxy may strip it
    or not. `[celery] flower_url_prefix`. Default: `Ingress.flower_path`, or the root."""
    max_tasks: int = 10_000
    """Tasks that it keeps in memory, `FLOWER_MAX_TASKS`; about 5 KiB each. Default: 10000."""

    service: ServiceProps | None = None
    """Labels, annotations, type and port of its Service. Default: one for pods of the cluster, on
    port 5555."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from path_problems("Flower.url_prefix", self.url_prefix)
        name = self.username
        if name is not None and (not name or ":" in name or not (name.isascii() and name.strip())):
            yield (
                f"Flower.username={name!r}: expected ASCII characters without a colon, which "
                "ends the name in HTTP basic authentication"
            )
        if self.max_tasks < 1:
            yield f"Flower.max_tasks={self.max_tasks}: expected 1 or more"
        for variable in sorted(_OWNED.keys() & (self.env or {}).keys()):
            yield f"Flower.env[{variable!r}] is set by the library: {_OWNED[variable]}"

    @property
    def requires_login(self) -> bool:
        """Whether users have to log in."""
        return self.username is not None or "FLOWER_AUTH" in (self.env or {})


def service_name(platform: Platform) -> str:
    """Name of Flower's Service."""
    return platform.name(Role.FLOWER.value)


def port_of(platform: Platform) -> int:
    """Port of Flower's Service."""
    return platform.service_ports.get(Role.FLOWER, PORT)


@cache
def _config() -> str:
    path = files("cdk8s_airflow").joinpath("programs/celery_flower").joinpath(_FILE)
    return path.read_text("utf-8")


class FlowerServer(AirflowComponent):
    """`airflow celery flower` as a Deployment of one pod, and its Service on port 5555.

    Its probes ask `/healthcheck` below the URL prefix, the only path that needs no login.
    """

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: Flower | None = None
    ) -> None:
        """Adds the Deployment, its Service and its ConfigMap."""
        super().__init__(scope, id, platform=platform, role=Role.FLOWER, props=props)
        props = props or Flower()
        prefix = props.url_prefix.rstrip("/")
        alive = http_get(f"{prefix}/healthcheck", PORT_NAME)
        container = Container(
            name="flower",
            image=platform.image,
            args=("airflow", "celery", "flower", "--flower-conf", f"{_FOLDER}/{_FILE}"),
            ports={PORT_NAME: PORT},
            startup=Probe(handler=alive, period=2, timeout=10, failures=150),
            readiness=Probe(handler=alive, period=10, timeout=5, failures=3),
            liveness=Probe(handler=alive, period=15, timeout=10, failures=6),
            resources=resources(cpu="50m", memory="256Mi", memory_limit="512Mi", storage="256Mi"),
        )
        extra = self._parts(props, prefix)
        exposed = bool(props.url_prefix)
        template = self.template(
            container, props=props, extra=extra, exposed=exposed, service=props.service
        )
        workloads.deployment(self, self.name, self.labels, replicas=1, template=template)
        service = workloads.service(
            self, self.name, self.labels, ports={PORT_NAME: PORT}, props=props.service
        )
        self.service_name = service.object_name
        """Name of its Service."""

    def _parts(self, props: Flower, prefix: str) -> PodParts:
        text = _config()
        data = {_FILE: text}
        workloads.config_map(self, "ConfigMap", self.name, self.labels, data=data)
        env = {"FLOWER_MAX_TASKS": str(props.max_tasks)}
        if props.username is not None:
            env["FLOWER_USERNAME"] = props.username
        if prefix:
            env["AIRFLOW__CELERY__FLOWER_URL_PREFIX"] = prefix
        return PodParts(
            env=env_vars(env),
            volumes=({"name": _VOLUME, "configMap": {"name": self.name}},),
            mounts=({"name": _VOLUME, "mountPath": _FOLDER, "readOnly": True},),
            checksum_inputs={_VOLUME: content_hash(text, length=16)},
        )

"""Redis, embedded or external."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from constructs import Construct

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import EnvVar, SecretKey
from cdk8s_airflow.kubernetes.service_props import service_port
from cdk8s_airflow.kubernetes.structs import k8s
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import GeneratedSecret, Platform
from cdk8s_airflow.services.authority import (
    Authority,
    authority_file,
    authority_parts,
    authority_problems,
)
from cdk8s_airflow.services.celery_clients import REDIS_OPTIONS, REDIS_RESULTS
from cdk8s_airflow.services.exporters import REDIS, RedisExporter, exporter_password
from cdk8s_airflow.services.redis_start import start_script
from cdk8s_airflow.services.server import EmbeddedServer, Server, server_host
from cdk8s_airflow.services.urls import BROKER, RESULT_BACKEND, Url, address_problems, server_url

PORT = 6379
BACKEND = "celery_results:Redis"
"""Celery's result backend class, in `programs/celery_results.py`."""
_COMPONENT = "redis"


def as_broker(url: Url) -> Url:
    """The URL of a Redis as broker, with options for Celery's clients."""
    return replace(url, pod_parts=url.pod_parts + REDIS_OPTIONS)


def as_result_backend(url: Url, backend: str) -> Url:
    """The URL of a Redis as result backend, with settings of Celery.

    Args:
        url: the URL.
        backend: `module:Class` of Celery's result backend.
    """
    return replace(url, celery=REDIS_RESULTS, backend=backend)


@dataclass(frozen=True, kw_only=True)
class EmbeddedRedis(EmbeddedServer):
    """An embedded Redis server: one pod with a persistent volume.

    Database 0 is Celery's broker, database 1 its result backend, so that workers need no SQL
    credentials. Its queue survives a restart: the append-only file is on.
    """

    image: Image = Image(repository="redis", tag="7.2.11")
    """The official image of Redis or Valkey; 7.2 is the last Redis under the BSD licence. Default:
    7.2.11."""
    storage: str = "1Gi"
    """Size of the volume, a Kubernetes quantity; a queued task takes about 2 KiB. Default: 1Gi."""
    resources: k8s.ResourceRequirements | Manifest | None = None
    """Requests and limits; 8 MiB were measured on an idle release. Default: 50m CPU, 64Mi, limit
    512Mi."""
    exporter: RedisExporter | None = None
    """Metrics for Prometheus, from a separate pod. Redis restarts once for the exporter's user.
    Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.exporter:
            yield from self.exporter.embedded_problems("EmbeddedRedis")

    @property
    def start_script(self) -> str:
        """What `sh -c` runs in its pod."""
        return start_script(self.rotation, exporter=self.exporter is not None)

    def address(self, release: str) -> tuple[str, int]:
        """Host and port for its clients."""
        return server_host(release, _COMPONENT), service_port(self.service, PORT)

    def url(self, release: str) -> Url:
        """The URL as Celery's broker."""
        return as_broker(self._url(release, "0", BROKER))

    def result_backend_url(self, release: str, prefix: str = RESULT_BACKEND) -> Url:
        """The URL as Celery's result backend."""
        return as_result_backend(self._url(release, "1", prefix), BACKEND)

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The password."""
        found = self.passwords(platform.release, _COMPONENT).values()
        return [GeneratedSecret(secret=secret, kind="password") for secret in found]

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the server to the bundle."""
        # redis-cli exits with 0 whatever the answer, while the data is loading too.
        ping = command("sh", "-c", "redis-cli ping | grep -qx PONG")
        Server(
            scope,
            _COMPONENT,
            platform=platform,
            container=Container(
                name=_COMPONENT,
                image=self.image,
                command=("sh", "-c", self.start_script),
                ports={_COMPONENT: PORT},
                startup=Probe(handler=ping, period=1, failures=300),
                readiness=Probe(handler=ping, period=10, failures=3),
                liveness=Probe(handler=ping, period=15, timeout=10, failures=6),
                resources=resources(cpu="50m", memory="64Mi", memory_limit="512Mi"),
            ),
            parts=PodParts(env=self._environment(platform.release)),
            data="/data",
            props=self,
            grace_seconds=60,
        )

    def _url(self, release: str, database: str, prefix: str) -> Url:
        host, port = self.address(release)
        return server_url(
            "redis",
            host=host,
            port=port,
            path=database,
            prefix=prefix,
            user=None,
            password=next(iter(self.passwords(release, _COMPONENT).values())),
            parameters={},
        )

    def _environment(self, release: str) -> tuple[EnvVar, ...]:
        """The passwords in the order of their numbers, so that another use restarts nothing."""
        passwords = sorted(self.passwords(release, _COMPONENT).items())
        lowest = passwords[0][1]
        one = (lowest.env("REDIS_PASSWORD"),)
        several = (key.env(f"REDIS_PASSWORD_{number}") for number, key in passwords)
        own = one if len(passwords) == 1 else tuple(several)
        if not self.exporter:
            return (*own, lowest.env("REDISCLI_AUTH"))
        exporters = exporter_password(release, REDIS, self.exporter)
        return (*own, lowest.env("REDISCLI_AUTH"), exporters.env("REDIS_EXPORTER_PASSWORD"))


@dataclass(frozen=True, kw_only=True)
class ExternalRedis(Props, Part):
    """An external Redis server, as broker and, by default, as result backend."""

    host: str | SecretKey
    """Host name or address, literal or from a Secret."""
    port: int | SecretKey = PORT
    """Port, literal or from a Secret. Default: 6379."""
    database: int = 0
    """Number of the database for the queues. Default: 0."""
    result_database: int = 1
    """Number of the database for the results. Default: 1."""
    user: str | SecretKey | None = None
    """User of its access control list, literal or from a Secret. Default: the default user."""
    password: SecretKey | None = None
    """Password, with any characters. Default: none."""
    tls: bool = False
    """Connect by TLS (`rediss://`) and verify the certificate with `ca`. Default: no."""
    ca: Authority | None = None
    """CA certificates of the server, PEM, from a Secret or ConfigMap; needs `tls`. Default: those
    of the image."""
    parameters: Mapping[str, str] | None = None
    """Query parameters of the URL, for example `{"ssl_check_hostname": "false"}`. Default: none."""
    exporter: RedisExporter | None = None
    """Metrics of the server for Prometheus, from a pod of the release; only in `broker=`. Default:
    none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.exporter:
            yield from self.exporter.external_problems("ExternalRedis")
        if isinstance(self.host, str) and "," in self.host:
            yield (
                "ExternalRedis(host=...): expected one host; servers behind Sentinel "
                "are RedisSentinel(hosts=[...]). Celery cannot use a Redis Cluster: take a Redis "
                "with cluster mode off, RedisSentinel or ExternalRabbitmq"
            )
        else:
            yield from address_problems("ExternalRedis", self.host, self.port)
        yield from authority_problems("ExternalRedis", self.tls, self.ca)
        for option in ("database", "result_database"):
            if getattr(self, option) < 0:
                yield f"ExternalRedis({option}={getattr(self, option)}): expected 0 or more"

    def url(self, release: str) -> Url:
        """The URL as Celery's broker."""
        return as_broker(self._url(self.database, BROKER))

    def result_backend_url(self, release: str, prefix: str = RESULT_BACKEND) -> Url:
        """The URL as Celery's result backend."""
        return as_result_backend(self._url(self.result_database, prefix), BACKEND)

    def _url(self, database: int, prefix: str) -> Url:
        options = {"ssl_cert_reqs": "required"} if self.tls else {}
        if self.ca:
            options["ssl_ca_certs"] = authority_file(prefix)
        return server_url(
            "rediss" if self.tls else "redis",
            host=self.host,
            port=self.port,
            path=str(database),
            prefix=prefix,
            user=self.user,
            password=self.password,
            parameters={**options, **(self.parameters or {})},
            pod_parts=authority_parts(prefix, self.ca),
        )

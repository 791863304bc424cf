"""Redis, embedded or external."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cdk8s_plus_27 import k8s
from constructs import Construct

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.kubernetes.service_props import service_port
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import GeneratedSecret, Platform
from cdk8s_airflow.services.authority import (
    Authority,
    authority_file,
    authority_parts,
    check_authority,
)
from cdk8s_airflow.services.celery_clients import REDIS_OPTIONS, REDIS_RESULTS
from cdk8s_airflow.services.server import EmbeddedServer, Server, server_host
from cdk8s_airflow.services.urls import BROKER, RESULT_BACKEND, Url, check_server, server_url

PORT = 6379
BACKEND = "celery_results:Redis"
"""Celery's result backend class, in `programs/celery_results.py`."""
_COMPONENT = "redis"
# The configuration comes on standard input, so that the password is in no file and no argument;
# quotes and backslashes in it are escaped as redis.conf wants them.
_START = r"""exec redis-server - <<END
requirepass "$(printf %s "$REDIS_PASSWORD" | sed 's/[\\"]/\\&/g')"
dir /data
appendonly yes
save ""
END
"""


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

    def url(self, release: str) -> Url:
        """The URL as Celery's broker."""
        return as_broker(self._url(release, "0", BROKER))

    def result_backend_url(self, release: str, prefix: str = RESULT_BACKEND) -> Url:
        """The URL as Celery's result backend."""
        return as_result_backend(self._url(release, "1", prefix), BACKEND)

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The password."""
        return [GeneratedSecret(secret=self._password(platform.release), kind="password")]

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the server to the bundle."""
        # redis-cli exits with 0 whatever the answer, while the data is loading too.
        ping = command("sh", "-c", "redis-cli ping | grep -qx PONG")
        password = self._password(platform.release)
        Server(
            scope,
            _COMPONENT,
            platform=platform,
            container=Container(
                name=_COMPONENT,
                image=self.image,
                command=("sh", "-c", _START),
                ports={_COMPONENT: PORT},
                startup=Probe(handler=ping, period=1, failures=300),
                readiness=Probe(handler=ping, period=10, failures=3),
                liveness=Probe(handler=ping, period=15, timeout=10, failures=6),
                resources=resources(cpu="50m", memory="64Mi", memory_limit="512Mi"),
            ),
            parts=PodParts(env=(password.env("REDIS_PASSWORD"), password.env("REDISCLI_AUTH"))),
            data="/data",
            props=self,
            grace_seconds=60,
        )

    def _url(self, release: str, database: str, prefix: str) -> Url:
        return server_url(
            "redis",
            host=server_host(release, _COMPONENT),
            port=service_port(self.service, PORT),
            path=database,
            prefix=prefix,
            user=None,
            password=self._password(release),
            parameters={},
        )

    def _password(self, release: str) -> SecretKey:
        return SecretKey(name=f"{release}-{_COMPONENT}", key="password")


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

    def __post_init__(self) -> None:
        """Checks the address.

        Raises:
            ValueError: for an invalid address, or a negative database number.
        """
        super().__post_init__()
        if isinstance(self.host, str) and "," in self.host:
            raise ValueError(
                "ExternalRedis(host=...): expected one host; servers behind Sentinel "
                "are RedisSentinel(hosts=[...]). Celery cannot use a Redis Cluster: take a Redis "
                "with cluster mode off, RedisSentinel or ExternalRabbitmq"
            )
        check_server("ExternalRedis", self.host, self.port)
        check_authority("ExternalRedis", self.tls, self.ca)
        for option in ("database", "result_database"):
            if getattr(self, option) < 0:
                raise ValueError(
                    f"ExternalRedis({option}={getattr(self, option)}): expected 0 or more"
                )

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

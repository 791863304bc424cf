"""RabbitMQ, embedded or external."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, empty_dir, resources
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import EnvValue, SecretKey, env_vars
from cdk8s_airflow.kubernetes.service_props import service_port
from cdk8s_airflow.kubernetes.structs import k8s
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import GeneratedSecret, Platform
from cdk8s_airflow.services import rabbitmq_users
from cdk8s_airflow.services.authority import (
    Authority,
    authority_file,
    authority_parts,
    authority_problems,
)
from cdk8s_airflow.services.celery_clients import RABBITMQ_BROKER, RABBITMQ_OPTIONS
from cdk8s_airflow.services.server import EmbeddedServer, Server, server_host, user_name
from cdk8s_airflow.services.urls import BROKER, Url, address_problems, server_url

PORT = 5672
TLS_PORT = 5671
_COMPONENT = "rabbitmq"
_NAME = "airflow"
_DATA = "/var/lib/rabbitmq"
_RUN = "/run/rabbitmq"
# The Erlang VM sizes a table by the limit of open files, which may be a billion; it wants its
# cookie in a file that is the user's alone.
_START = f"""\
set -eu
ulimit -n 65536 2>/dev/null || true
umask 077
printf %s "$ERLANG_COOKIE" >{_RUN}/.erlang.cookie
printf '[].\\n' >{_RUN}/enabled_plugins
cat >{_RUN}/rabbitmq.conf <<END
consumer_timeout = $CONSUMER_TIMEOUT_MS
listeners.tcp.default = {PORT}
log.connection.level = error
log.console = true
log.console.level = info
vm_memory_high_watermark.absolute = 512MiB
END
unset ERLANG_COOKIE
exec rabbitmq-server
"""
# The first bytes of a connection, and the first of the answer, without an Erlang VM of its own.
_GREET = f"""\
exec 3<>/dev/tcp/127.0.0.1/{PORT} && printf 'AMQP\\0\\0\\11\\1' >&3 && \
IFS= read -r -t 8 -d '' -n 1 answer <&3 && [ "$answer" = $'\\1' ]"""


@dataclass(frozen=True, kw_only=True)
class EmbeddedRabbitmq(EmbeddedServer):
    """An embedded RabbitMQ server: one pod with a persistent volume.

    Celery's queues are durable, so queued tasks survive a restart. Results go to a separate
    database of the embedded PostgreSQL, or to `result_backend`.
    """

    image: Image = Image(repository="rabbitmq", tag="4.2.5")
    """The official image, without plugins. Default: 4.2.5."""
    storage: str = "2Gi"
    """Size of the volume, a Kubernetes quantity; a queued task takes about 2 KiB. Default: 2Gi."""
    consumer_timeout: int = 365 * 24 * 3600
    """`consumer_timeout` in seconds: a task that runs longer is delivered again and so runs twice;
    RabbitMQ's own default is half an hour. Default: a year."""
    resources: k8s.ResourceRequirements | Manifest | None = None
    """Requests and limits; publishers are blocked at 512Mi. Default: 100m CPU, 256Mi, limit 1Gi."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.consumer_timeout < 3600:
            yield (
                f"EmbeddedRabbitmq(consumer_timeout={self.consumer_timeout}): expected 3600 or "
                "more seconds, longer than the longest task"
            )

    def url(self, release: str) -> Url:
        """The URL by which the release connects."""
        return server_url(
            "amqp",
            host=server_host(release, _COMPONENT),
            port=service_port(self.service, PORT),
            path=_NAME,
            prefix=BROKER,
            user=user_name(_NAME, self.rotation[0]),
            password=self.passwords(release, _COMPONENT)[self.rotation[0]],
            parameters={},
            pod_parts=RABBITMQ_OPTIONS,
            celery=RABBITMQ_BROKER,
        )

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The password, and the Erlang cookie."""
        secrets = (
            *self.passwords(platform.release, _COMPONENT).values(),
            _cookie(platform.release),
        )
        return [GeneratedSecret(secret=secret, kind="password") for secret in secrets]

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the server to the bundle."""
        greet = command("bash", "-c", _GREET)
        passwords = self.passwords(platform.release, _COMPONENT)
        env: dict[str, EnvValue] = {
            "RABBITMQ_DEFAULT_USER": _NAME,
            "RABBITMQ_DEFAULT_VHOST": _NAME,
            "RABBITMQ_DEFAULT_PASS": min(passwords.items())[1],
            **rabbitmq_users.passwords(passwords),
            "ERLANG_COOKIE": _cookie(platform.release),
            "CONSUMER_TIMEOUT_MS": str(self.consumer_timeout * 1000),
            # The name of the node is in the paths of its data: it must not follow the pod's.
            "RABBITMQ_NODENAME": "rabbit@localhost",
            "RABBITMQ_CONFIG_FILE": f"{_RUN}/rabbitmq.conf",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{_RUN}/enabled_plugins",
            "RABBITMQ_PID_FILE": f"{_RUN}/pid",
            "RABBITMQ_LOGS": "-",
            "RABBITMQ_LOG_BASE": _RUN,
            "HOME": _RUN,
            # Nothing else talks Erlang with it.
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": ("-kernel inet_dist_use_interface {127,0,0,1}"),
        }
        Server(
            scope,
            _COMPONENT,
            platform=platform,
            container=Container(
                name=_COMPONENT,
                image=self.image,
                command=("bash", "-c", rabbitmq_users.defined(_START, _RUN, _NAME, self.rotation)),
                ports={"amqp": PORT},
                startup=Probe(handler=greet, period=2, timeout=10, failures=150),
                readiness=Probe(handler=greet, period=10, timeout=10, failures=3),
                liveness=Probe(handler=greet, period=15, timeout=10, failures=6),
                resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi"),
            ),
            parts=PodParts(env=env_vars(env))
            # Its settings, and the dump of an Erlang VM that crashes.
            + empty_dir("run", _RUN, "256Mi")
            + empty_dir("tmp", "/tmp", "64Mi"),
            data=_DATA,
            props=self,
            grace_seconds=120,
        )


def _cookie(release: str) -> SecretKey:
    return SecretKey(name=f"{release}-{_COMPONENT}-cookie", key="cookie")


@dataclass(frozen=True, kw_only=True)
class ExternalRabbitmq(Props, Part):
    """An external RabbitMQ server.

    Its `consumer_timeout` has to exceed the longest task, or the task runs twice; RabbitMQ's
    default is half an hour. Raise it in `rabbitmq.conf` or by a policy.
    """

    host: str | SecretKey
    """Host name or address, literal or from a Secret."""
    port: int | SecretKey | None = None
    """Port, literal or from a Secret. Default: 5672, with TLS 5671."""
    vhost: str | SecretKey = "/"
    """Existing virtual host, literal or from a Secret. Default: `/`."""
    user: str | SecretKey = "airflow"
    """User with configure, write and read permissions there, literal or from a Secret. Default:
    `airflow`."""
    password: SecretKey | None = None
    """Password, with any characters. Default: none."""
    tls: bool = False
    """Connect by TLS (`amqps://`) and verify the certificate with `ca`; Celery does not compare its
    name with `host`, so prefer a private CA. Default: no."""
    ca: Authority | None = None
    """CA certificates of the server, PEM, from a Secret or ConfigMap; needs `tls`. Default: those
    of the image."""
    parameters: Mapping[str, str] | None = None
    """Query parameters of the URL, for example `{"heartbeat": "30"}`. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from address_problems("ExternalRabbitmq", self.host, self._port)
        yield from authority_problems("ExternalRabbitmq", self.tls, self.ca)

    @property
    def _port(self) -> int | SecretKey:
        return self.port if self.port is not None else TLS_PORT if self.tls else PORT

    def url(self, release: str) -> Url:
        """The URL by which the release connects."""
        return server_url(
            "amqps" if self.tls else "amqp",
            host=self.host,
            port=self._port,
            path=self.vhost,
            prefix=BROKER,
            user=self.user,
            password=self.password,
            parameters=self.parameters or {},
            pod_parts=self._tls_parts() + RABBITMQ_OPTIONS,
            celery=RABBITMQ_BROKER,
        )

    def _tls_parts(self) -> PodParts:
        if not self.tls:
            return NOTHING
        env: dict[str, EnvValue] = {
            "AIRFLOW__CELERY__SSL_ACTIVE": "True",
            "AIRFLOW__CELERY__SSL_MUTUAL_TLS": "False",
        }
        if self.ca:
            env["AIRFLOW__CELERY__SSL_CACERT"] = authority_file(BROKER)
        return PodParts(env=env_vars(env)) + authority_parts(BROKER, self.ca)

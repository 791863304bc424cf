"""redis_exporter: metrics of the broker's Redis, embedded or external."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from constructs import Construct

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import EnvValue, SecretKey, env_vars
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.server_exporter import ExporterPod, ExporterProgram
from cdk8s_airflow.platform import GeneratedSecret, Platform
from cdk8s_airflow.services.authority import authority_file, authority_parts
from cdk8s_airflow.services.exporters import REDIS, USER, RedisExporter, exporter_password
from cdk8s_airflow.services.redis import EmbeddedRedis, ExternalRedis
from cdk8s_airflow.services.urls import BROKER, peer_of

PORT = 9121
"""Port of the metrics."""
_PROGRAM = ExporterProgram(
    image=Image(repository="oliver006/redis_exporter", tag="v1.74.0"),
    # Settings hold passwords; statistics have the limits of memory and clients too.
    args=(f"--web.listen-address=:{PORT}", "--config-command=-"),
    port=PORT,
    health="/health",
    user=59000,
)


@dataclass(frozen=True, kw_only=True)
class BrokerExporter(Part):
    """The exporter of the broker, if that is a Redis."""

    server: EmbeddedRedis | ExternalRedis
    """The broker."""
    props: RedisExporter
    """The user's settings."""
    queues: Sequence[str]
    """The queues of the workers."""

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        """The password of the exporter's user in an embedded server."""
        if isinstance(self.server, ExternalRedis) or self.props.password:
            return []
        secret = exporter_password(platform.release, REDIS, self.props)
        return [GeneratedSecret(secret=secret, kind="password")]

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the exporter to the bundle."""
        ExporterPod(
            scope,
            REDIS,
            platform=platform,
            props=self.props,
            program=_PROGRAM,
            parts=self._access(platform.release),
        )

    def _access(self, release: str) -> PodParts:
        server, props = self.server, self.props
        host: str | SecretKey
        port: int | SecretKey
        if isinstance(server, EmbeddedRedis):
            host, port = server.address(release)
            user: str | SecretKey | None = USER
            password: SecretKey | None = exporter_password(release, REDIS, props)
            scheme, database, files = "redis", 0, NOTHING
        else:
            host, port, database = server.host, server.port, server.database
            own = props.user is not None
            user = props.user if own else server.user
            password = props.password if own else server.password
            scheme = "rediss" if server.tls else "redis"
            files = authority_parts(BROKER, server.ca)
        env: dict[str, EnvValue] = {}
        at = []
        for name, value in (("REDIS_HOST", host), ("REDIS_PORT", port)):
            if isinstance(value, SecretKey):
                env[name] = value
            at.append(f"$({name})" if isinstance(value, SecretKey) else _in_url(str(value)))
        env["REDIS_ADDR"] = f"{scheme}://{':'.join(at)}"
        env |= {"REDIS_USER": user} if user else {}
        env |= {"REDIS_PASSWORD": password} if password else {}
        if files != NOTHING:
            env["REDIS_EXPORTER_TLS_CA_CERT_FILE"] = authority_file(BROKER)
        keys = (f"db{database}={quote(queue, safe='')}" for queue in self.queues)
        env["REDIS_EXPORTER_CHECK_SINGLE_KEYS"] = ",".join(keys)
        return PodParts(env=env_vars(env), peers=(peer_of(host, port),)) + files


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host

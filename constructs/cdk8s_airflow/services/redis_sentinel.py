"""Redis behind Sentinel."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import SecretKey, env_vars
from cdk8s_airflow.part import Part
from cdk8s_airflow.services.celery_clients import BROKER_SECTION, RESULTS_SECTION, SECONDS
from cdk8s_airflow.services.redis import PORT as _REDIS_PORT
from cdk8s_airflow.services.redis import as_broker, as_result_backend
from cdk8s_airflow.services.urls import (
    BROKER,
    RESULT_BACKEND,
    Url,
    address_problems,
    command_env,
    server_url,
)

PORT = 26379
_BACKEND = "celery_results:Sentinel"
_MASTER = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, kw_only=True)
class RedisSentinel(Props, Part):
    """A Redis behind Sentinel, as broker and, by default, as result backend.

    Celery asks the Sentinels for the master, and asks again when that is lost or silent for five
    seconds; set other limits in `[celery_broker_transport_options]` and `[celery]
    extra_celery_config`. TLS is not supported, because Airflow would use it for the broker only,
    not for the result backend.
    """

    hosts: Sequence[str]
    """All Sentinels, as `host` or `host:port`."""
    master_name: str
    """Name of the master in Sentinel, `sentinel monitor <name>`."""
    database: int = 0
    """Number of the database for the queues. Default: 0."""
    result_database: int = 1
    """Number of the database for the results. Default: 1."""
    user: str | SecretKey | None = None
    """User of the Redis servers. Default: the default user."""
    password: SecretKey | None = None
    """Password of the Redis servers, with any characters. Default: none."""
    sentinel_user: str | None = None
    """User of the Sentinels. Default: the default user."""
    sentinel_password: SecretKey | None = None
    """Password of the Sentinels, with any characters. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if not self.hosts:
            yield "RedisSentinel(hosts=[]): name at least one Sentinel"
        for host in self.hosts:
            try:
                yield from address_problems("RedisSentinel", *_address(host))
            except ValueError as error:
                yield str(error)
        if not _MASTER.fullmatch(self.master_name) or _converted(self.master_name):
            yield (
                f"RedisSentinel(master_name={self.master_name!r}): expected letters, digits, '.', "
                "'_' and '-', and no number or truth value, which Airflow would convert"
            )
        for option in ("database", "result_database"):
            if (number := getattr(self, option)) < 0:
                yield f"RedisSentinel({option}={number}): expected 0 or more"

    def url(self, release: str) -> Url:
        """The URL as Celery's broker."""
        return as_broker(self._url(self.database, BROKER_SECTION, BROKER))

    def result_backend_url(self, release: str, prefix: str = RESULT_BACKEND) -> Url:
        """The URL as Celery's result backend."""
        return as_result_backend(self._url(self.result_database, RESULTS_SECTION, prefix), _BACKEND)

    def _url(self, database: int, section: str, prefix: str) -> Url:
        urls = [
            server_url(
                "sentinel",
                host=host,
                port=port,
                path=str(database),
                prefix=prefix,
                user=self.user,
                password=self.password,
                parameters={},
            )
            for host, port in map(_address, self.hosts)
        ]
        template = ";".join(str(url.template) for url in urls)
        # The Sentinels tell where the leader is, mostly at Redis' own port.
        peers = (*(peer for url in urls for peer in url.peers), Peer(port=_REDIS_PORT))
        return replace(
            urls[0],
            template=template,
            pod_parts=self._options(section, prefix),
            peers=peers,
            master=self.master_name,
        )

    def _options(self, section: str, prefix: str) -> PodParts:
        variable = f"{prefix}_SENTINEL_PASSWORD"
        options: dict[str, object] = {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS}
        if self.sentinel_user:
            options["username"] = self.sentinel_user
        credentials: dict[str, SecretKey] = {}
        if self.sentinel_password:
            options["password"] = f"{{{variable}}}"
            credentials[variable] = self.sentinel_password
        master = env_vars({f"{section}__MASTER_NAME": self.master_name})
        name = f"{section}__SENTINEL_KWARGS"
        return PodParts(env=master + command_env(name, json.dumps(options), credentials, json=True))


def _address(host: str) -> tuple[str, int]:
    name, colon, port = host.rpartition(":")
    if colon and port.isdigit() and ":" not in name:
        return name, int(port)
    return host, PORT


def _converted(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return value.lower() in ("t", "true", "f", "false")
    return True

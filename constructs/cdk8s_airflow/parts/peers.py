"""Peers that pods connect to, read from the user's options and environment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cdk8s_airflow.kubernetes.objects import wire_mapping
from cdk8s_airflow.kubernetes.peers import Peer, Protocol
from cdk8s_airflow.kubernetes.pods import PodProps

_URL = re.compile(
    r"(?<![a-z0-9+])[0-9+]*(?P<scheme>[a-z][a-z0-9+]*)://(?:[^/@\s\"']*@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)(?::(?P<port>\d{1,5}))?"
)
_HOST = re.compile(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*")
_HOST_PORT = re.compile(r"(?P<host>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?):(?P<port>\d{1,5})")
_SCHEMES: Mapping[str, int] = {
    **{"http": 80, "https": 443, "ssh": 22, "ldap": 389, "ldaps": 636},
    **{"postgresql": 5432, "mysql": 3306, "redis": 6379, "rediss": 6379},
    **{"amqp": 5672, "amqps": 5671, "mongodb": 27017},
}
# Their URLs name a bucket or a log group and not a host; all are reached by https.
_CLOUD_SCHEMES = frozenset(
    {
        *("abfs", "abfss", "cloudwatch", "gs", "oss", "s3", "s3a", "stackdriver", "wasb", "wasbs"),
    }
)
# Classes of these providers are clients of a cloud's API; Airflow knows some log stores without
# `://`, by how their name begins.
_CLOUD_CLASSES = re.compile(r"airflow\.providers\.(amazon|google|microsoft\.azure|yandex)\.[\w.]+")
_CLOUD_LOGS = re.compile(r"(wasb|stackdriver|cloudwatch|gs|s3|oss)\b.*")
_LOG_FOLDER = "AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER"
# Where Airflow has a default for the port that goes with a host.
_DEFAULT_PORTS: Mapping[str, int] = {
    "AIRFLOW__METRICS__OTEL": 8889,
    "AIRFLOW__METRICS__STATSD": 8125,
    "AIRFLOW__SMTP__SMTP": 25,
    "AIRFLOW__TRACES__OTEL": 8889,
}
_UDP = frozenset({"AIRFLOW__METRICS__STATSD"})


def peers_in(env: Mapping[str, object]) -> tuple[Peer, ...]:
    """The servers that environment variables name: by URL, or by `..._HOST` and `..._PORT`.

    Args:
        env: name -> value; values that are not text are ignored.
    """
    return tuple(dict.fromkeys(_peers(env)))


def peers_of(props: PodProps) -> Iterator[Peer]:
    """The servers in a role's environment, and in that of the user's additional containers.

    Args:
        props: the user's settings for the pods.
    """
    yield from peers_in(props.env or {})
    for container in (*(props.extra_init_containers or ()), *(props.extra_containers or ())):
        env = wire_mapping(container).get("env")
        known = [each for each in env if isinstance(each, dict)] if isinstance(env, list) else []
        yield from peers_in({str(each["name"]): each.get("value") for each in known})


def _peers(env: Mapping[str, object]) -> Iterator[Peer]:
    for name, value in env.items():
        if not isinstance(value, str):
            continue
        for match in _URL.finditer(value):
            scheme = match["scheme"].partition("+")[0]
            port = int(match["port"] or _SCHEMES.get(scheme, 0))
            if scheme in _CLOUD_SCHEMES:
                yield Peer(port=443)
            elif 0 < port < 65536:
                yield Peer(host=match["host"].strip("[]"), port=port)
        if _CLOUD_CLASSES.fullmatch(value) or (
            name == _LOG_FOLDER and _CLOUD_LOGS.fullmatch(value)
        ):
            yield Peer(port=443)
        server = name.removesuffix("HOST").rstrip("_") if name.endswith("HOST") else name
        if server != name and (both := _HOST_PORT.fullmatch(value)):
            if 0 < int(both["port"]) < 65536:
                yield Peer(host=both["host"], port=int(both["port"]))
        elif server != name and _HOST.fullmatch(value) and not value.isdigit():
            port_text = env.get(f"{server}{name[len(server) :][:-4]}PORT", "")
            port = int(str(port_text)) if str(port_text).isdigit() else 0
            port = port or _DEFAULT_PORTS.get(server, 0)
            protocol: Protocol = "UDP" if server in _UDP else "TCP"
            if 0 < port < 65536:
                yield Peer(host=value, port=port, protocol=protocol)

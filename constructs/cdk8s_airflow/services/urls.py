"""URLs whose credentials stay in Secrets, whatever characters they hold."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import ANYWHERE, Peer
from cdk8s_airflow.kubernetes.references import EnvVar, SecretKey, env_var
from cdk8s_airflow.services.timeouts import WHOLE_URLS

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*")
DATABASE = "DATABASE"
BROKER = "BROKER"
RESULT_BACKEND = "RESULT_BACKEND"
"""The use of a server: prefix of the environment variables of its credentials."""
Store: TypeAlias = str | SecretKey
"""A place of data: `host:port/database`, or the key that holds the whole URL."""
URL_PROGRAM = "python -IS /opt/cdk8s-airflow/url.py"
"""The command that prints URLs, for the `_CMD` variants of options."""


@dataclass(frozen=True, kw_only=True)
class Url:
    """A URL: its credentials are filled in when a process of the pod reads it."""

    template: str | SecretKey
    """The URL with `{NAME}` for each credential, or the key of a Secret that holds all of it."""
    credentials: Mapping[str, SecretKey] = field(default_factory=dict)
    """Environment variable of the template -> where its value comes from."""
    pod_parts: PodParts = NOTHING
    """What else a pod needs to connect: options, a file with CA certificates."""
    for_scheduler: PodParts = NOTHING
    """What the scheduler alone needs for this server as metadata database."""
    celery: Mapping[str, object] = field(default_factory=dict)
    """Settings of Celery for the server, for `[celery] extra_celery_config`."""
    backend: str = ""
    """`module:Class` of the result backend in place of Celery's own. Default: Celery's."""
    master: str = ""
    """Name of the master in Sentinel, if there is one."""
    url_variable: str = ""
    """Environment variable for a SQL URL in a Secret, to which a program adds time-outs. Default:
    none; the option itself holds the URL."""
    peers: tuple[Peer, ...] = ()
    """The server as a peer; for a URL in a Secret, any address."""

    @property
    def stores(self) -> tuple[Store, ...]:
        """The places of its data: equal for two URLs of one database.

        Several Sentinels are several names of one place.
        """
        if isinstance(self.template, SecretKey):
            return (self.template,)
        stores = []
        for url in map(urlsplit, self.template.split(";")):
            options = "".join(parse_qs(url.query).get("options", []))
            path = f"/{self.master}{url.path}" if self.master else url.path
            stores.append(url.netloc.rpartition("@")[2] + path + (options and f"?{options}"))
        return tuple(map(self._with_keys, stores))

    def _with_keys(self, store: str) -> str:
        """A place whose parts from Secrets are told by their keys, not by our variables."""
        for name, key in self.credentials.items():
            store = store.replace(f"{{{name}}}", f"{{key {key.key!r} of Secret {key.name!r}}}")
        return store

    def parts(self, option: str) -> PodParts:
        """The environment that sets an Airflow option to this URL.

        Args:
            option: for example `AIRFLOW__CELERY__BROKER_URL`.
        """
        if isinstance(self.template, SecretKey):
            env: tuple[EnvVar, ...] = (self.template.env(self.url_variable or option),)
            if self.url_variable:
                words = shlex.join(["--whole", self.url_variable, *WHOLE_URLS])
                env = (*env, env_var(f"{option}_CMD", f"{URL_PROGRAM} {words}"))
            return PodParts(env=env, peers=(ANYWHERE,)) + self.pod_parts
        kept_by = f"{self.backend}+" if self.backend else ""
        env = command_env(option, kept_by + self.template, self.credentials)
        return PodParts(env=env, peers=self.peers) + self.pod_parts


def command_env(
    option: str, template: str, credentials: Mapping[str, SecretKey], *, json: bool = False
) -> tuple[EnvVar, ...]:
    """The environment that sets an Airflow option to a text with credentials.

    Kubernetes cannot quote, so Airflow reads the text through the option's `_CMD` variant, from a
    program that can.

    Args:
        option: for example `AIRFLOW__CELERY__BROKER_URL`.
        template: the text with `{NAME}` for each credential.
        credentials: environment variable of the template -> where its value comes from.
        json: quote as in a JSON string. Default: percent-quote as in a URL.
    """
    command = f"{URL_PROGRAM}{' --json' if json else ''} {shlex.quote(template)}"
    return (
        *(key.env(name) for name, key in credentials.items()),
        env_var(f"{option}_CMD", command),
    )


def server_url(
    scheme: str,
    *,
    host: str | SecretKey,
    port: int | SecretKey,
    path: str | SecretKey,
    prefix: str,
    user: str | SecretKey | None,
    password: SecretKey | None,
    parameters: Mapping[str, str],
    pod_parts: PodParts = NOTHING,
    celery: Mapping[str, object] | None = None,
) -> Url:
    """The URL of a server, from its parts.

    Args:
        scheme: for example `redis`.
        host: name or address, literal or from a Secret.
        port: number, literal or from a Secret.
        path: database name or number, quoted here, or from a Secret.
        prefix: begins the environment variables of the credentials: `BROKER` and the like.
        user: literal, from a Secret, or none.
        password: from a Secret, or none.
        parameters: query parameters, quoted here.
        pod_parts: what else a pod needs to reach the server.
        celery: settings of Celery that suit the server.
    """
    credentials: dict[str, SecretKey] = {}
    name = ""
    if isinstance(user, SecretKey):
        credentials[f"{prefix}_USER"] = user
        name = f"{{{prefix}_USER}}"
    elif user:
        name = quote(user, safe="")
    if password:
        credentials[f"{prefix}_PASSWORD"] = password
        name += f":{{{prefix}_PASSWORD}}"
    address = f"[{host}]" if isinstance(host, str) and ":" in host else host
    name_of_database = quote(path, safe="") if isinstance(path, str) else path
    places = {"HOST": address, "PORT": port, "NAME": name_of_database}
    for part, place in places.items():
        if isinstance(place, SecretKey):
            credentials[f"{prefix}_{part}"] = place
    at = {
        part: f"{{{prefix}_{part}}}" if isinstance(place, SecretKey) else str(place)
        for part, place in places.items()
    }
    query = f"?{urlencode(dict(parameters), quote_via=quote)}" if parameters else ""
    login = f"{name}@" if name else ""
    return Url(
        template=f"{scheme}://{login}{at['HOST']}:{at['PORT']}/{at['NAME']}{query}",
        credentials=credentials,
        pod_parts=pod_parts,
        celery=celery or {},
        peers=(peer_of(host, port),),
    )


def peer_of(host: str | SecretKey, port: int | SecretKey) -> Peer:
    """A server as a peer: one whose host is in a Secret is any address, and so with its port.

    Args:
        host: name or address.
        port: number.
    """
    if isinstance(port, SecretKey):
        return ANYWHERE
    return Peer(port=port) if isinstance(host, SecretKey) else Peer(host=host, port=port)


def address_problems(
    kind: str, host: str | SecretKey, port: int | SecretKey, *, prefix: str = ""
) -> Iterator[str]:
    """What is wrong with the address of an external server.

    Args:
        kind: the class in messages.
        host: name or address.
        port: number.
        prefix: begins the names of both fields. Default: they are `host` and `port`.
    """
    if isinstance(host, str) and not _HOST.fullmatch(host):
        yield (
            f"{kind}({prefix}host=...): expected a host name or an address, without scheme, port, "
            "credentials or path; these have props of their own"
        )
    if isinstance(port, int) and not 1 <= port <= 65535:
        yield f"{kind}({prefix}port={port}): expected a port from 1 to 65535"

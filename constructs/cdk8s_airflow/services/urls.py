"""URLs whose credentials stay in Secrets, whatever characters they hold."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from cdk8s_plus_27 import k8s

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import ANYWHERE, Peer
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.services.timeouts import WHOLE_URLS

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*")
DATABASE = "DATABASE"
BROKER = "BROKER"
RESULT_BACKEND = "RESULT_BACKEND"
"""What a server is to the release: begins the environment variables of its credentials."""
Store: TypeAlias = str | SecretKey
"""Where data are kept: `host:port/database`, or the key that holds the whole URL."""
URL_PROGRAM = "python -IS /opt/cdk8s-airflow/url.py"
"""The command that prints URLs, for the `_CMD` variants of options."""


@dataclass(frozen=True, kw_only=True)
class Url:
    """A URL: its credentials are filled in when a process of the pod reads it."""

    template: str | SecretKey
    """The URL with `{NAME}` for each credential, or the key of a Secret that holds all of it."""
    credentials: Mapping[str, SecretKey] = field(default_factory=dict)
    """Environment variable of the template -> where its value comes from."""
    beside: PodParts = NOTHING
    """What else a pod needs to reach the server: further options, a file with its authority."""
    for_scheduler: PodParts = NOTHING
    """What the scheduler alone needs to get along with the server as metadata database."""
    celery: Mapping[str, object] = field(default_factory=dict)
    """Settings of Celery that suit the server, as `[celery] extra_celery_config` takes them."""
    backend: str = ""
    """`module:Class` of a result backend of Celery that suits the server better than its own."""
    master: str = ""
    """Which of the servers that it asks Sentinels for."""
    secret_as: str = ""
    """Environment variable that holds a URL of which only a Secret knows the server: one of SQL
    gets its time-outs then. Default: the option itself holds it."""
    peers: tuple[Peer, ...] = ()
    """The server; of a URL in a Secret nothing is known, so it may be anywhere."""

    @property
    def stores(self) -> tuple[Store, ...]:
        """Where the data are that it leads to: equal for two URLs of one database.

        Several Sentinels are several names of one.
        """
        if isinstance(self.template, SecretKey):
            return (self.template,)
        stores = []
        for url in map(urlsplit, self.template.split(";")):
            options = "".join(parse_qs(url.query).get("options", []))
            path = f"/{self.master}{url.path}" if self.master else url.path
            stores.append(url.netloc.rpartition("@")[2] + path + (options and f"?{options}"))
        return tuple(stores)

    def parts(self, option: str) -> PodParts:
        """What gives an Airflow option this URL.

        Args:
            option: for example `AIRFLOW__CELERY__BROKER_URL`.
        """
        if isinstance(self.template, SecretKey):
            env: tuple[k8s.EnvVar, ...] = (self.template.env(self.secret_as or option),)
            if self.secret_as:
                words = shlex.join(["--whole", self.secret_as, *WHOLE_URLS])
                env = (*env, k8s.EnvVar(name=f"{option}_CMD", value=f"{URL_PROGRAM} {words}"))
            return PodParts(env=env, peers=(ANYWHERE,)) + self.beside
        kept_by = f"{self.backend}+" if self.backend else ""
        env = filled(option, kept_by + self.template, self.credentials)
        return PodParts(env=env, peers=self.peers) + self.beside


def filled(
    option: str, template: str, credentials: Mapping[str, SecretKey], *, json: bool = False
) -> tuple[k8s.EnvVar, ...]:
    """The environment that gives an Airflow option a text with credentials in it.

    Kubernetes cannot quote, so Airflow reads the text through the option's `_CMD` variant, from a
    program that can.

    Args:
        option: for example `AIRFLOW__CELERY__BROKER_URL`.
        template: the text with `{NAME}` for each credential.
        credentials: environment variable of the template -> where its value comes from.
        json: quote as in a JSON string; default: percent-quote as in a URL.
    """
    command = f"{URL_PROGRAM}{' --json' if json else ''} {shlex.quote(template)}"
    return (
        *(key.env(name) for name, key in credentials.items()),
        k8s.EnvVar(name=f"{option}_CMD", value=command),
    )


def server_url(
    scheme: str,
    *,
    host: str,
    port: int,
    path: str,
    prefix: str,
    user: str | SecretKey | None,
    password: SecretKey | None,
    parameters: Mapping[str, str],
    beside: PodParts = NOTHING,
    celery: Mapping[str, object] | None = None,
) -> Url:
    """The URL of a server, from its parts.

    Args:
        scheme: for example `redis`.
        host: name or address.
        port: number.
        path: database name or number, quoted here.
        prefix: begins the environment variables of the credentials: `BROKER` and the like.
        user: literal, from a Secret, or none.
        password: from a Secret, or none.
        parameters: query parameters, quoted here.
        beside: what else a pod needs to reach the server.
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
    address = f"[{host}]" if ":" in host else host
    query = f"?{urlencode(dict(parameters), quote_via=quote)}" if parameters else ""
    at = f"{name}@" if name else ""
    return Url(
        template=f"{scheme}://{at}{address}:{port}/{quote(path, safe='')}{query}",
        credentials=credentials,
        beside=beside,
        celery=celery or {},
        peers=(Peer(host=host, port=port),),
    )


def check_server(kind: str, host: str, port: int) -> None:
    """Checks the address of a server that the user brings.

    Raises:
        ValueError: when it is none.
    """
    if not _HOST.fullmatch(host):
        raise ValueError(
            f"{kind}(host={host!r}): expected a host name or an address, without scheme, port, "
            "credentials or path; these have props of their own"
        )
    if not 1 <= port <= 65535:
        raise ValueError(f"{kind}(port={port}): expected a port from 1 to 65535")

"""Logins to SQL servers by tokens that a command or a function of the user's makes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.services.cloud_tokens import TokenLogin

_PATH = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")
_SERVER = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?):(\d{1,5})")


@dataclass(frozen=True, kw_only=True)
class _OwnToken(TokenLogin):
    lifetime: int = 300
    """Seconds for which a pod keeps a token, less than those for which it is good; with 0 each
    connection has its own. Default: 300."""
    servers: Sequence[str] = ()
    """Servers that it asks, `host:port`: the NetworkPolicies let the pods there that log in.
    Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        kind = type(self).__name__
        for server in self.servers:
            found = _SERVER.fullmatch(server)
            if not found or not 0 < int(found[1]) < 65536:
                yield (
                    f"{kind}(servers={[server]!r}): expected 'host:port', such as "
                    "'sts.example.com:443'"
                )
        if self.lifetime < 0:
            yield f"{kind}(lifetime={self.lifetime}): expected 0 or more seconds"

    @property
    def peers(self) -> tuple[Peer, ...]:
        """The servers."""
        found = (server.rpartition(":") for server in self.servers)
        return tuple(Peer(host=host.strip("[]"), port=int(port)) for host, _, port in found)


@dataclass(frozen=True, kw_only=True)
class TokenCommand(_OwnToken):
    """A login whose token a command prints, in the image of the pod.

    It finds the server in `TOKEN_HOST`, `TOKEN_PORT` and `TOKEN_USER`. White space at the end is
    not of the token.
    """

    command: Sequence[str]
    """The command line; no shell reads it."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if not self.command or not self.command[0]:
            yield "TokenCommand(command=[]): expected a program and its arguments"

    @property
    def settings(self) -> Mapping[str, object]:
        """What the program cdk8s_airflow_token.py is told."""
        return {"kind": "command", "command": [*self.command], "lifetime": self.lifetime}


@dataclass(frozen=True, kw_only=True)
class TokenFunction(_OwnToken):
    """A login whose token a Python function returns, called with `host=`, `port=` and `user=`.

    Its module is in the image, or a file that `airflow_pods` mounts in `/opt/airflow/config`: the
    Jobs and the waiting containers have no `plugins=`.
    """

    path: str
    """`module.function`, for example `company.tokens.database`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if not _PATH.fullmatch(self.path):
            yield (
                f"TokenFunction(path={self.path!r}): expected 'module.function', such as "
                "'company.tokens.database'"
            )

    @property
    def settings(self) -> Mapping[str, object]:
        """What the program cdk8s_airflow_token.py is told."""
        return {"kind": "function", "path": self.path, "lifetime": self.lifetime}

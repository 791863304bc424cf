"""An auth manager of the user's own, or of a provider that has no class here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cdk8s_airflow.auth.login import READS_LOGIN, Login
from cdk8s_airflow.auth.own_config import peers_of_urls, url_list_problems
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import EnvValue, env_problems, env_vars
from cdk8s_airflow.platform import Platform, Role

_PATH = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")


@dataclass(frozen=True)
class AuthManager(Login):
    """An auth manager by its class: `AuthManager("corp.auth.CorpAuthManager", env={...})`.

    A subclass of FAB's is one too; DAGs give access by `access_control` only if `FabAuthManager`
    is in its dotted name, for so Airflow's DAG processor knows it.
    """

    path: str
    """Dotted name of the class, `[core] auth_manager`. The image has it, or `plugins`."""
    env: Mapping[str, EnvValue] | None = None
    """Environment of the API server for it, such as `{"CLIENT_SECRET": SecretKey(...)}`; its
    options belong into `config`. Default: none."""
    urls: Sequence[str] | None = None
    """URLs of the servers that it needs, `https://login.example.com`, for the NetworkPolicy of the
    API server. Default: the ports 443 (HTTPS) and 636 (LDAPS) of any address."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from env_problems("AuthManager.env", self.env or {})
        yield from url_list_problems("AuthManager", self.urls)
        if not _PATH.fullmatch(self.path):
            yield (
                f"AuthManager({self.path!r}): expected the dotted name of a class, such as "
                "'corp.auth.CorpAuthManager'"
            )

    @property
    def manager(self) -> str:
        """The class."""
        return self.path

    def login_parts(self, role: Role, platform: Platform) -> PodParts:
        """Environment and peers of the API server."""
        if role not in READS_LOGIN:
            return NOTHING
        return PodParts(env=env_vars(self.env or {}), peers=peers_of_urls(self.urls))

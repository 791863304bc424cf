"""A webserver_config.py of the user's own, for what FAB can do and has no class here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cdk8s_airflow.auth.login import READS_LOGIN, Login
from cdk8s_airflow.kubernetes.addresses import split_url
from cdk8s_airflow.kubernetes.credentials import without_credentials
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.references import ConfigMapKey, EnvValue, env_problems, env_vars
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.parts.peers import peers_in
from cdk8s_airflow.parts.runtime import FAB
from cdk8s_airflow.platform import Platform, Role

_FOLDER = "/opt/cdk8s-airflow-login/config"
_FILE = "webserver_config.py"
_PORTS = (443, 636)


@dataclass(frozen=True, kw_only=True)
class WebserverConfig(Login):
    """FAB with a `webserver_config.py` of yours: SAML, Kerberos, security managers of your own."""

    file: ConfigMapKey
    """The file, a key of a ConfigMap; secrets have no place in it."""
    env: Mapping[str, EnvValue] | None = None
    """Environment of the pods that read the file, such as `{"CLIENT_SECRET": SecretKey(...)}`.
    Default: none."""
    urls: Sequence[str] | None = None
    """URLs of the servers that it needs, `https://login.example.com`, for the NetworkPolicy of the
    API server. Default: the ports 443 (HTTPS) and 636 (LDAPS) of any address."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from env_problems("WebserverConfig.env", self.env or {})
        yield from url_list_problems("WebserverConfig", self.urls)

    @property
    def manager(self) -> str:
        """FAB's auth manager."""
        return FAB

    @property
    def options(self) -> Mapping[tuple[str, str], str]:
        """The file."""
        return {("fab", "config_file"): "file"}

    def login_parts(self, role: Role, platform: Platform) -> PodParts:
        """The file and its environment, in pods that read it."""
        if role not in READS_LOGIN:
            return NOTHING
        env = {variable("fab", "config_file"): f"{_FOLDER}/{_FILE}", **(self.env or {})}
        return PodParts(
            env=env_vars(env),
            volumes=(self.file.volume("login", _FILE),),
            mounts=({"name": "login", "mountPath": _FOLDER, "readOnly": True},),
            peers=peers_of_urls(self.urls),
        )


def url_list_problems(owner: str, urls: Sequence[str] | None) -> Iterator[str]:
    """The problems of URLs, whose servers pods are to reach.

    Args:
        owner: how messages name whose `urls` they are.
        urls: the URLs.
    """
    for url in urls or ():
        if not (split_url(url).hostname and peers_in({"URL": url})):
            yield (
                f"{owner}.urls: {without_credentials(url)!r}: expected scheme and host: "
                "'https://login.example.com'"
            )


def peers_of_urls(urls: Sequence[str] | None) -> tuple[Peer, ...]:
    """The servers of URLs; None: any by HTTPS and LDAPS."""
    if urls is None:
        return tuple(Peer(port=port) for port in _PORTS)
    return tuple(peer for url in urls for peer in peers_in({"URL": url}))

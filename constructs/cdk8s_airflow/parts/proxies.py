"""The variables of a network whose way out is an HTTP proxy."""

from __future__ import annotations

from collections.abc import Mapping

from cdk8s_airflow.kubernetes.references import EnvValue
from cdk8s_airflow.platform import Platform, Role

_PROXIES = frozenset({"http_proxy", "https_proxy", "all_proxy"})
_BYPASS = "no_proxy"


def proxy_variables(env: Mapping[str, EnvValue]) -> dict[str, EnvValue]:
    """Those of an environment that name proxies, or hosts that are reached without one.

    Args:
        env: the user's variables, in upper or lower case, as programs differ in what they read.
    """
    names = {*_PROXIES, _BYPASS}
    return {name: value for name, value in env.items() if name.lower() in names}


def without_proxy(platform: Platform) -> list[str]:
    """The hosts that pods of a release reach by HTTP and that no proxy knows.

    A host that begins with a dot stands for all below it, as curl, git, pip and Python read it.
    """
    services = (platform.name(role.value) for role in (Role.API_SERVER, Role.EXECUTION_API))
    # The Kubernetes API, which its clients call by address; the kubelet fills it in.
    api = "$(KUBERNETES_SERVICE_HOST)"
    return ["localhost", "127.0.0.1", api, *services, ".svc", ".cluster.local"]


def with_own_hosts(env: Mapping[str, EnvValue], platform: Platform) -> dict[str, EnvValue]:
    """The environment with the release's own hosts in `NO_PROXY`, if it names a proxy.

    What comes from a Secret or ConfigMap stays as it is.

    Args:
        env: the user's variables.
        platform: the release.
    """
    found = dict(env)
    proxied = any(name.lower() in _PROXIES for name in env)
    bypass = [name for name in env if name.lower() == _BYPASS]
    for name in bypass or (["NO_PROXY"] if proxied else []):
        value = env.get(name, "")
        if isinstance(value, str):
            hosts = [host.strip() for host in value.split(",") if host.strip()]
            # A single asterisk bypasses all, but not beside others.
            own = () if hosts == ["*"] else without_proxy(platform)
            found[name] = ",".join(dict.fromkeys([*hosts, *own]))
    return found

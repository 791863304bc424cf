"""Hosts and paths of UI, REST API and Flower, which Ingress and HttpRoute share."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from constructs import Construct

from cdk8s_airflow.kubernetes.addresses import host_problems, path_problems, url_problems
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform, Role

# What Airflow answers below its own path, and so cannot be Flower's.
_AIRFLOW_PATHS = ("api", "auth", "dags", "execution", "pluginsv2", "static", "ui")


class Exposure(Part):
    """The base of what exposes a release outside the cluster."""

    @property
    def base_url(self) -> str:
        """URL of the UI; empty: not known."""
        raise NotImplementedError

    @property
    def exposes_flower(self) -> bool:
        """Whether it exposes Flower."""
        raise NotImplementedError

    @property
    def flower_path(self) -> str | None:
        """The path of Flower, if there is one."""
        raise NotImplementedError

    def expose(self, scope: Construct, platform: Platform) -> None:
        """Adds its objects to the bundle."""
        raise NotImplementedError

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds its objects, and lets users through the NetworkPolicies."""
        self.expose(scope, platform)
        platform.network.expose(Role.API_SERVER.value)
        if self.exposes_flower:
            platform.network.expose(Role.FLOWER.value)


@dataclass(frozen=True, kw_only=True)
class Paths(Props, Exposure):
    """Hosts and paths of UI, REST API and Flower."""

    host: str
    """Host name of the UI and the REST API, for example `data.example.com`."""
    web_path: str = "/"
    """Path of the UI and the REST API, for example `/airflow`. Default: the root."""
    flower_path: str | None = None
    """Path of Flower, for example `/airflow/flower`; needs `flower=Flower()`. Default: Flower is
    not exposed."""
    flower_host: str | None = None
    """Host name of Flower. Default: `host`."""

    def __post_init__(self) -> None:
        """Checks hosts and paths.

        Raises:
            ValueError: with all problems at once.
        """
        super().__post_init__()
        problems = self._problems()
        if problems:
            raise ValueError("\n".join(problems))

    def _problems(self) -> list[str]:
        """The problems of hosts and paths."""
        owner = type(self).__name__
        problems = host_problems(f"{owner}.host", self.host)
        problems += path_problems(f"{owner}.web_path", self.web_path or " ")
        if self.flower_path is None:
            return problems + self._unused("flower_host")
        problems += path_problems(f"{owner}.flower_path", self.flower_path or " ")
        if self.flower_host is not None:
            problems += host_problems(f"{owner}.flower_host", self.flower_host)
        return problems + self._clashes(owner, self.flower_path)

    @property
    def exposes_flower(self) -> bool:
        """Whether it exposes Flower."""
        return self.flower_path is not None

    @property
    def host_of_flower(self) -> str:
        """The host name of Flower."""
        return self.flower_host or self.host

    def _unused(self, *options: str) -> list[str]:
        """The problems of options that need `flower_path`."""
        return [
            f"{type(self).__name__}.{option} is set, but not flower_path: give it, for example "
            "flower_path='/flower'"
            for option in options
            if getattr(self, option) is not None
        ]

    def _clashes(self, owner: str, flower_path: str) -> list[str]:
        if self.host_of_flower != self.host:
            return []
        web, flower = self.web_path.rstrip("/"), flower_path.rstrip("/")
        if flower == web:
            return [
                f"{owner}.flower_path={flower_path!r} is web_path too: give Flower a path or a "
                "host of its own"
            ]
        below = flower.removeprefix(f"{web}/").split("/")[0]
        if flower.startswith(f"{web}/") and below in _AIRFLOW_PATHS:
            return [
                f"{owner}.flower_path={flower_path!r} would hide a part of Airflow, which answers "
                f"below {web}/{below} itself: choose another, for example '{web}/flower'"
            ]
        return []


def base_url_problems(base_url: str | None, exposure: Exposure | None) -> list[str]:
    """The problems of `base_url`, alone and in combination with the exposure.

    Scheme and port may differ, as something before the controller may change them.
    """
    if base_url is None:
        return []
    problems = url_problems("base_url", base_url)
    if problems or exposure is None or not exposure.base_url:
        return problems
    ours, theirs = urlsplit(base_url), urlsplit(exposure.base_url)
    if (ours.hostname, ours.path.rstrip("/")) != (theirs.hostname, theirs.path):
        problems.append(
            f"base_url={base_url!r} is not where {type(exposure).__name__} leads, "
            f"{exposure.base_url!r}: leave it out, or give both the same host and path"
        )
    return problems

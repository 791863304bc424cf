"""Hosts and paths of UI, REST API and Flower, which Ingress and HttpRoute share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.exposure.hosts import (
    ExtraPath,
    IngressHost,
    RouteHost,
    extra_path_problems,
    host_list_problems,
)
from cdk8s_airflow.kubernetes.addresses import host_problems, path_problems, split_url, url_problems
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform, Role

# What Airflow answers below its own path, and so cannot be Flower's.
_AIRFLOW_PATHS = ("api", "auth", "dags", "execution", "pluginsv2", "static", "ui")


class Exposure(Part):
    """The base of what exposes a release outside the cluster."""

    @property
    def urls(self) -> Sequence[str]:
        """All URLs of the UI, as far as it knows them; the first is that of links."""
        return ()

    @property
    def base_url(self) -> str:
        """URL of the UI; empty: not known."""
        return next(iter(self.urls), "")

    @property
    def ui_path(self) -> str | None:
        """The path of the UI, without a slash at its end; None: any."""
        return None

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

    usual = ("host",)
    """What nearly everybody sets, for messages."""

    host: str | None = None
    """Host name of the UI and the REST API, for example `data.example.com`. Default: those of
    `hosts`; without them any host that leads to the controller, and `AirflowProps.base_url` says
    where links lead."""
    web_path: str = "/"
    """Path of the UI and the REST API, for example `/airflow`. Default: the root."""
    flower_path: str | None = None
    """Path of Flower, for example `/airflow/flower`; needs `flower=Flower()`. Default: Flower is
    not exposed."""
    flower_host: str | None = None
    """Host name of Flower. Default: those of the UI."""
    extra_paths: Sequence[ExtraPath] | None = None
    """Further paths of the UI's hosts, which lead to other Services. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        owner = type(self).__name__
        yield from host_list_problems(owner, self.host, self._several)
        for name in self.host_names:
            option = "host" if self.host is not None else "hosts: name"
            yield from host_problems(f"{owner}.{option}", name)
        yield from path_problems(f"{owner}.web_path", self.web_path or " ")
        taken = {self.web_path.rstrip("/")}
        if self.flower_path is not None and self.flower_host in (None, *self.host_names):
            taken.add(self.flower_path.rstrip("/"))
        yield from extra_path_problems(owner, self.extra_paths or (), taken)
        if self.flower_path is None:
            yield from self._unused("flower_host")
            return
        yield from path_problems(f"{owner}.flower_path", self.flower_path or " ")
        if self.flower_host is not None:
            yield from host_problems(f"{owner}.flower_host", self.flower_host)
        yield from self._clashes(owner, self.flower_path)

    @property
    def exposes_flower(self) -> bool:
        """Whether it exposes Flower."""
        return self.flower_path is not None

    @property
    def _several(self) -> Sequence[IngressHost] | Sequence[RouteHost] | None:
        """The value of `hosts`."""
        raise NotImplementedError

    @property
    def host_names(self) -> Sequence[str]:
        """The host names of the UI; none: any."""
        if self.host is not None:
            return (self.host,)
        return tuple(each.name for each in self._several or ())

    @property
    def hosts_of_flower(self) -> Sequence[str]:
        """The host names of Flower; none: any."""
        return self.host_names if self.flower_host is None else (self.flower_host,)

    @property
    def ui_path(self) -> str:
        """The path of the UI, without a slash at its end."""
        return self.web_path.rstrip("/")

    def _unused(self, *options: str) -> list[str]:
        """The problems of options that need `flower_path`."""
        return [
            f"{type(self).__name__}.{option} is set, but not flower_path: give it, for example "
            "flower_path='/flower'"
            for option in options
            if getattr(self, option) is not None
        ]

    def _clashes(self, owner: str, flower_path: str) -> list[str]:
        if self.flower_host not in (None, *self.host_names):
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
    name, path = type(exposure).__name__, exposure.ui_path if exposure else None
    if base_url is None:
        if path and exposure and not exposure.urls:
            return [
                f"{name}(web_path={path!r}) has no host, so nobody knows the URL, and the API "
                f"server not its path: give base_url=, for example 'https://data.example.com{path}'"
            ]
        return []
    problems = url_problems("base_url", base_url)
    if problems or exposure is None or path is None:
        return problems
    ours, theirs = split_url(base_url), [split_url(url) for url in exposure.urls]
    hosts = [url.hostname for url in theirs] or [ours.hostname]
    if ours.path.rstrip("/") != path or ours.hostname not in hosts:
        where = " or ".join(map(repr, exposure.urls)) or f"the path {path or '/'!r}"
        problems.append(
            f"base_url={base_url!r} is not where {name} leads, {where}: leave it out, or give both "
            "the same host and path"
        )
    return problems

"""Hosts and paths of the UI, the REST API and Flower: what all ways by host name share."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from constructs import Construct

from cdk8s_airflow.kubernetes.addresses import host_findings, path_findings, url_findings
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform, Role

# What Airflow answers below its own path, and so cannot be Flower's.
_TAKEN = ("api", "auth", "dags", "execution", "pluginsv2", "static", "ui")


class Exposure(Part):
    """A way to reach a release from outside the cluster."""

    @property
    def base_url(self) -> str:
        """Where users reach the UI, as far as it knows; empty: it does not."""
        raise NotImplementedError

    @property
    def shows_flower(self) -> bool:
        """Whether users reach Flower by it."""
        raise NotImplementedError

    @property
    def flower_path(self) -> str | None:
        """The path at which it shows Flower, if it says one."""
        raise NotImplementedError

    def expose(self, scope: Construct, platform: Platform) -> None:
        """Adds its objects to the bundle."""
        raise NotImplementedError

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds its objects to the bundle, and lets users through the NetworkPolicies."""
        self.expose(scope, platform)
        platform.network.show(Role.API_SERVER.value)
        if self.shows_flower:
            platform.network.show(Role.FLOWER.value)


@dataclass(frozen=True, kw_only=True)
class Paths(Props, Exposure):
    """UI, REST API and Flower below host names."""

    host: str
    """Host name of the UI and the REST API, for example `data.example.com`."""
    web_path: str = "/"
    """Path of the UI and the REST API, for example `/airflow`. Default: the root."""
    flower_path: str | None = None
    """Path of Flower, for example `/airflow/flower`; needs `flower=Flower()`. Default: Flower is
    reached from inside the cluster only."""
    flower_host: str | None = None
    """Host name of Flower. Default: `host`."""

    def __post_init__(self) -> None:
        """Checks hosts and paths.

        Raises:
            ValueError: with all findings at once.
        """
        super().__post_init__()
        findings = self._findings()
        if findings:
            raise ValueError("\n".join(findings))

    def _findings(self) -> list[str]:
        """What is wrong with hosts and paths; nothing when all is well."""
        owner = type(self).__name__
        findings = host_findings(f"{owner}.host", self.host)
        findings += path_findings(f"{owner}.web_path", self.web_path or " ")
        if self.flower_path is None:
            return findings + self._unused("flower_host")
        findings += path_findings(f"{owner}.flower_path", self.flower_path or " ")
        if self.flower_host is not None:
            findings += host_findings(f"{owner}.flower_host", self.flower_host)
        return findings + self._clashes(owner, self.flower_path)

    @property
    def shows_flower(self) -> bool:
        """Whether users reach Flower by it."""
        return self.flower_path is not None

    @property
    def host_of_flower(self) -> str:
        """The host name of Flower."""
        return self.flower_host or self.host

    def _unused(self, *options: str) -> list[str]:
        """Findings for options of a Flower that is not shown."""
        return [
            f"{type(self).__name__}.{option} is set, but not flower_path: give it, for example "
            "flower_path='/flower'"
            for option in options
            if getattr(self, option) is not None
        ]

    def _clashes(self, owner: str, flower_path: str) -> list[str]:
        if self.host_of_flower != self.host:
            return []
        web, flower_words = self.web_path.rstrip("/"), flower_path.rstrip("/")
        if flower_words == web:
            return [
                f"{owner}.flower_path={flower_path!r} is web_path too: give Flower a path or a "
                "host of its own"
            ]
        below = flower_words.removeprefix(f"{web}/").split("/")[0]
        if flower_words.startswith(f"{web}/") and below in _TAKEN:
            return [
                f"{owner}.flower_path={flower_path!r} would hide a part of Airflow, which answers "
                f"below {web}/{below} itself: choose another, for example '{web}/flower'"
            ]
        return []


def base_url_findings(base_url: str | None, exposure: Exposure | None) -> list[str]:
    """What is wrong with the URL of the UI, and where it is not what the exposure says.

    Scheme and port may differ, as something before the controller may change them.
    """
    if base_url is None:
        return []
    findings = url_findings("base_url", base_url)
    if findings or exposure is None or not exposure.base_url:
        return findings
    ours, theirs = urlsplit(base_url), urlsplit(exposure.base_url)
    if (ours.hostname, ours.path.rstrip("/")) != (theirs.hostname, theirs.path):
        findings.append(
            f"base_url={base_url!r} is not where {type(exposure).__name__} leads, "
            f"{exposure.base_url!r}: leave it out, or give both the same host and path"
        )
    return findings

"""The git-sync process: its flags, environment and credentials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdk8s_plus_27 import k8s

from cdk8s_airflow.dags.repository import GitRepository, GitSshKey, access
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, http_get, tcp_socket
from cdk8s_airflow.platform import Role

_COMPONENT = Role.GIT_SYNC.value
MOUNT = "/git"
"""Where git-sync has the volume for the DAGs."""
ROOT = "repository"
"""Folder of git-sync, below the volume's own root: it empties a folder that is not its own."""
LINK = "current"
"""git-sync moves this link from one checkout to the next, so that all files change at once."""
USER = 65533
"""uid of the image: ssh wants a user with a name."""
_PORT = 1234
_NAME = "dags"


@dataclass(frozen=True, kw_only=True)
class GitSyncProcess(GitRepository):
    """A git repository that git-sync copies."""

    period: int = 60
    """Seconds between two fetches, `--period`; Airflow sees new and removed files up to 30 s later.
    Default: 60."""
    depth: int = 1
    """Commits of history to fetch, `--depth`; 0 is all of it. Default: 1."""
    image: Image = Image(repository="registry.k8s.io/git-sync/git-sync", tag="v4.7.1")
    """Image of git-sync 4. Default: v4.7.1."""
    resources: k8s.ResourceRequirements | Manifest | None = None
    """Requests and limits of each git-sync. Default: 20m CPU, 64Mi, limit 256Mi, for repositories
    of up to about 100 MiB."""

    def __post_init__(self) -> None:
        """Checks period and depth.

        Raises:
            ValueError: when one is invalid.
        """
        super().__post_init__()
        if self.period < 1:
            raise ValueError(f"GitSyncDags(period={self.period}): expected 1 or more seconds")
        if self.depth < 0:
            raise ValueError(
                f"GitSyncDags(depth={self.depth}): expected 1 or more commits, or 0 for all"
            )

    def containers(self, user: int | None) -> tuple[Container, Container]:
        """The init container that syncs once, and the container that syncs for ever."""
        flags = {
            "repo": self.repository,
            "ref": self.ref,
            "depth": str(self.depth),
            "submodules": "recursive" if self.submodules else "off",
            "root": f"{MOUNT}/{ROOT}",
            "link": LINK,
            **self._ssh,
        }
        once = {**flags, "one-time": "true"}
        lasting = {
            **flags,
            "period": f"{self.period}s",
            # While the server is away, the DAGs stay as they are.
            "max-failures": "-1",
            # For tasks that have resolved the link.
            "stale-worktree-timeout": "10m",
            "http-bind": f":{_PORT}",
        }
        return (
            self._container(f"{_COMPONENT}-init", once, user),
            self._container(
                _COMPONENT,
                lasting,
                user,
                ports={_COMPONENT: _PORT},
                # Well from the first sync on, so that an outage later harms no pod.
                readiness=Probe(handler=http_get("/", _COMPONENT), period=5, failures=3),
                liveness=Probe(handler=tcp_socket(_COMPONENT), period=15, failures=4),
            ),
        )

    @property
    def _own_parts(self) -> PodParts:
        """What git-sync needs in its pod, except the volume for the DAGs and `/tmp`."""
        return access({_NAME: self})

    @property
    def _ssh(self) -> Mapping[str, str]:
        if not isinstance(self.credentials, GitSshKey):
            return {}
        return {
            "ssh-key-file": self.path(_NAME, "ssh"),
            "ssh-known-hosts-file": self.path(_NAME, "known_hosts"),
        }

    def _container(
        self,
        name: str,
        flags: Mapping[str, str],
        user: int | None,
        *,
        ports: Mapping[str, int] | None = None,
        readiness: Probe | None = None,
        liveness: Probe | None = None,
    ) -> Container:
        return Container(
            name=name,
            image=self.image,
            # A misspelt flag is an error, a misspelt variable of the environment is not.
            args=[f"--{flag}={value}" for flag, value in flags.items()],
            ports=ports or {},
            readiness=readiness,
            liveness=liveness,
            resources=self.resources or resources(cpu="20m", memory="64Mi", memory_limit="256Mi"),
            user=user,
        )

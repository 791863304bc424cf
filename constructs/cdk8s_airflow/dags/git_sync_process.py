"""The git-sync process: its flags, environment and credentials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cdk8s_airflow.dags.git_credentials import GitHubApp, GitSshKey
from cdk8s_airflow.dags.repository import GitRepository, access
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.pods import Container, resources, resources_or
from cdk8s_airflow.kubernetes.probe_props import ProbeProps
from cdk8s_airflow.kubernetes.probes import Probe, http_get, tcp_socket
from cdk8s_airflow.kubernetes.references import EnvValue, env_problems, env_vars
from cdk8s_airflow.kubernetes.structs import k8s
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
_PORTS: Mapping[str, int] = {"http": 80, "https": 443}
_URL = re.compile(
    r"(?P<scheme>https?)://(?:[^/@\s]*@)?(?P<host>\[[0-9A-Fa-f:.]+\]|[\w.-]+)(?::(?P<port>\d{1,5}))?"
)
_APP_VARIABLE = "GITSYNC_GITHUB_APP_"
# Flag -> what sets it.
_OURS: Mapping[str, str] = {
    **{flag: f"{flag}=" for flag in ("ref", "depth", "submodules", "period")},
    "repo": "repository=",
    **{flag: "ref=" for flag in ("branch", "rev")},
    **{flag: "the bundle, as others read the folder" for flag in ("root", "link")},
    **{flag: "the bundle, once for each container" for flag in ("one-time", "http-bind")},
    **{flag: "credentials=GitSshKey(...)" for flag in ("ssh-key-file", "ssh-known-hosts-file")},
    **{f: "credentials=GitToken(...)" for f in ("username", "password", "password-file")},
    **{
        f"github-{part}": "credentials=GitHubApp(...)"
        for part in (
            *("base-url", "app-application-id", "app-client-id", "app-installation-id"),
            *("app-private-key", "app-private-key-file"),
        )
    },
}
_ALWAYS = ("repo", "ref", "depth", "submodules", "root", "link", "period", "one-time", "http-bind")
"""Flags that git-sync always gets, which override its variables of the same name."""
_LASTING = frozenset({"max-failures", "stale-worktree-timeout"})
_FLAG = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, kw_only=True)
class GitSyncProcess(GitRepository, ProbeProps):
    """A git repository that git-sync copies."""

    period: int = 60
    """Seconds between two fetches, `--period`; Airflow sees new and removed files up to 30 s later.
    Default: 60."""
    depth: int = 1
    """Commits of history to fetch, `--depth`; 0 is all of it. Default: 1."""
    image: Image = Image(repository="registry.k8s.io/git-sync/git-sync", tag="v4.7.1")
    """Image of git-sync 4. Default: v4.7.1."""
    resources: k8s.ResourceRequirements | Manifest | None = None
    """Requests and limits of each git-sync. Default: 20m CPU, 64Mi, limit 256Mi, and
    256Mi `ephemeral-storage`, for repositories of up to about 100 MiB."""

    env: Mapping[str, EnvValue] | None = None
    """Environment variables of each git-sync, beside the proxies of the release's `env`. Default:
    none."""
    extra_flags: Mapping[str, str] | None = None
    """More flags of git-sync, without dashes: `{"sync-timeout": "5m", "filter": "blob:none"}`.
    Flags that a prop or the bundle sets are an error; `max-failures` and `stale-worktree-timeout`
    are of the process that syncs for ever. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from env_problems("GitSyncDags.env", self.env or {})
        yield from _flag_problems(self.extra_flags or {})
        yield from _env_problems(self.env or {})
        if self.period < 1:
            yield f"GitSyncDags(period={self.period}): expected 1 or more seconds"
        if self.depth < 0:
            yield f"GitSyncDags(depth={self.depth}): expected 1 or more commits, or 0 for all"

    def containers(
        self, user: int | None, *, storage: str = "256Mi"
    ) -> tuple[Container, Container]:
        """The init container that syncs once, and the container that syncs for ever.

        Args:
            user: uid; None: the cluster assigns it.
            storage: requested of the node's disk, for the checkout.
        """
        flags = {
            "repo": self.repository,
            "ref": self.ref,
            "depth": str(self.depth),
            "submodules": "recursive" if self.submodules else "off",
            "root": f"{MOUNT}/{ROOT}",
            "link": LINK,
            **self._credentials,
        }
        extra = {k: v for k, v in (self.extra_flags or {}).items() if k not in _LASTING}
        once = {**flags, "one-time": "true", **extra}
        lasting = {
            **flags,
            "period": f"{self.period}s",
            # While the server is away, the DAGs stay as they are.
            "max-failures": "-1",
            # For tasks that have resolved the link.
            "stale-worktree-timeout": "10m",
            "http-bind": f":{_PORT}",
            **(self.extra_flags or {}),
        }
        return (
            self._container(f"{_COMPONENT}-init", once, user, storage),
            self._container(
                _COMPONENT,
                lasting,
                user,
                storage,
                ports={_COMPONENT: _PORT},
                # Well from the first sync on, so that an outage later harms no pod.
                readiness=Probe(handler=http_get("/", _COMPONENT), period=5, failures=3),
                liveness=Probe(handler=tcp_socket(_COMPONENT), period=15, failures=4),
            ),
        )

    @property
    def _own_parts(self) -> PodParts:
        """What git-sync needs in its pod, except the volume for the DAGs and `/tmp`."""
        return access({_NAME: self}) + PodParts(
            env=env_vars(self.env or {}), peers=tuple(dict.fromkeys(self._more_peers))
        )

    @property
    def _more_peers(self) -> Iterator[Peer]:
        """The servers that environment and flags name."""
        for value in (*(self.env or {}).values(), *(self.extra_flags or {}).values()):
            if match := _URL.match(value) if isinstance(value, str) else None:
                port = int(match["port"] or _PORTS[match["scheme"]])
                if 0 < port < 65536:
                    yield Peer(host=match["host"].strip("[]"), port=port)
        if any(name.startswith(_APP_VARIABLE) for name in self.env or {}):
            yield Peer(host="api.github.com", port=443)

    @property
    def _credentials(self) -> Mapping[str, str]:
        if isinstance(self.credentials, GitHubApp):
            key_file = self.path(_NAME, GitHubApp.FILE)
            return self.credentials.flags(self.peer.host, key_file)
        if isinstance(self.credentials, GitSshKey):
            return {
                "ssh-key-file": self.path(_NAME, "ssh"),
                "ssh-known-hosts-file": self.path(_NAME, "known_hosts"),
            }
        return {}

    def _container(
        self,
        name: str,
        flags: Mapping[str, str],
        user: int | None,
        storage: str,
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
            resources=resources_or(
                self.resources,
                resources(cpu="20m", memory="64Mi", memory_limit="256Mi", storage=storage),
            ),
            user=user,
        )


def _flag_problems(flags: Mapping[str, str]) -> Iterator[str]:
    for flag in flags:
        where = f"GitSyncDags.extra_flags[{flag!r}]"
        if flag in _OURS:
            yield f"{where} is set by {_OURS[flag]}: leave it out"
        elif not _FLAG.fullmatch(flag):
            yield f"{where}: expected the name of a flag without dashes, such as 'sync-timeout'"


def _env_problems(env: Mapping[str, EnvValue]) -> Iterator[str]:
    for flag in _ALWAYS:
        name = "GITSYNC_" + flag.upper().replace("-", "_")
        if name in env:
            yield (
                f"GitSyncDags.env[{name!r}] has no effect, as --{flag} is set by {_OURS[flag]}: "
                "leave it out"
            )

"""DAGs by git-sync, a process beside Airflow that keeps a copy of a git repository up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdk8s_plus_27 import k8s
from constructs import Construct

from cdk8s_airflow.dags.files import DagFiles
from cdk8s_airflow.dags.local import DAGS_FOLDER, local_bundle
from cdk8s_airflow.dags.repository import GitRepository, GitSshKey, access
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.names import check_object_name
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pod_defaults import PodDefaults
from cdk8s_airflow.kubernetes.pods import Container, PodProps, empty_dir, pod_template, resources
from cdk8s_airflow.kubernetes.probes import Probe, http_get, tcp_socket
from cdk8s_airflow.kubernetes.storage import VolumeClaim
from cdk8s_airflow.platform import AIRFLOW_GROUP, Platform, Role

_COMPONENT = Role.GIT_SYNC.value
_VOLUME = "dags"
_MOUNT = "/git"
# Below the volume's own root: git-sync empties a folder that is not its own.
_ROOT = "repository"
# git-sync moves this link from one checkout to the next, so that all files change at once.
_LINK = "current"
_PORT = 1234
_USER = 65533  # the image's own: ssh wants a user with a name
_REFRESH_SECONDS = 30
_NAME = "dags"


@dataclass(frozen=True, kw_only=True)
class GitSyncDags(GitRepository, DagFiles):
    """DAGs from a git repository, copied by git-sync 4 to a plain folder.

    Prefer `GitDags`: a plain folder has no versions, so a run sees code that changes under way. Use
    git-sync where the image has no git, or where all pods should read one volume.
    """

    period: int = 60
    """Seconds between two fetches, `--period`; Airflow sees new and removed files up to 30 s later.
    Default: 60."""
    depth: int = 1
    """Commits of history to fetch, `--depth`; 0 is all of it. Default: 1."""
    volume: str | VolumeClaim | None = None
    """A volume that all pods share: the name of an existing claim, or one that the bundle creates
    as `{release}-dags`. One separate git-sync pod writes to it, and DAG processor and workers only
    read; it needs `ReadWriteMany`. Default: no volume; each pod has its own git-sync sidecar."""
    image: Image = Image(repository="registry.k8s.io/git-sync/git-sync", tag="v4.7.1")
    """Image of git-sync 4. Default: v4.7.1."""
    resources: k8s.ResourceRequirements | Manifest | None = None
    """Requests and limits of each git-sync. Default: 20m CPU, 64Mi, limit 256Mi, for repositories
    of up to about 100 MiB."""
    pod: PodDefaults | None = None
    """Settings of the git-sync pod that writes to `volume`, for example where it runs; without
    `volume` there is no such pod. Default: none."""

    def __post_init__(self) -> None:
        """Checks period, depth, claim and pod.

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
        if isinstance(self.volume, str):
            check_object_name("GitSyncDags.volume", self.volume)
        if self.pod is not None and self.volume is None:
            raise ValueError(
                "GitSyncDags(pod=...) has no pod without volume=: git-sync runs beside Airflow, so "
                "use dag_processor= and the worker groups, or pods="
            )

    @property
    def folder(self) -> str:
        """Where Airflow finds the DAGs."""
        below = [self.subdirectory.strip("/")] if self.subdirectory else []
        return "/".join([self.root, *below])

    @property
    def root(self) -> str:
        """Where the pods have the repository."""
        return f"{DAGS_FOLDER}/{_ROOT}/{_LINK}"

    def containers(self, user: int | None) -> tuple[Container, Container]:
        """The init container that syncs once, and the container that syncs for ever."""
        flags = {
            "repo": self.repository,
            "ref": self.ref,
            "depth": str(self.depth),
            "submodules": "recursive" if self.submodules else "off",
            "root": f"{_MOUNT}/{_ROOT}",
            "link": _LINK,
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

    def bundle(self, platform: Platform) -> PodParts:
        """The DAG bundle."""
        return local_bundle(self.folder, refresh_interval=_REFRESH_SECONDS)

    def mounted_files(self, role: Role, platform: Platform) -> PodParts:
        """The volume, and git-sync."""
        mount = {"name": _VOLUME, "mountPath": DAGS_FOLDER, "readOnly": True}
        filled = (
            self._sidecar_parts(role, platform)
            if self.volume is None
            else self._volume_parts(mount, platform)
        )
        return PodParts(mounts=(mount,)) + filled

    def _sidecar_parts(self, role: Role, platform: Platform) -> PodParts:
        """A git-sync sidecar with its own volume; a task pod syncs once, when it starts."""
        parts = self._own_parts + empty_dir("git-sync-tmp", "/tmp")
        mounted = PodParts(mounts=({"name": _VOLUME, "mountPath": _MOUNT},))
        inside = parts + mounted + platform.helper_parts
        once, lasting = self.containers(platform.fixed_id(_USER))
        return PodParts(
            volumes=({"name": _VOLUME, "emptyDir": {}}, *parts.volumes),
            init_containers=(once.wire(inside),),
            sidecars=() if role is Role.TASK else (lasting.wire(inside),),
            pull_secrets=self.image.pull_secrets,
            peers=parts.peers,
        )

    def _volume_parts(self, mount: Manifest, platform: Platform) -> PodParts:
        """The shared volume, and a wait: an empty folder would look like deleted DAGs."""
        claim = {"claimName": self._claim_name(platform), "readOnly": True}
        folder = self.folder
        wait = Container(
            name="wait-for-dags",
            image=platform.image,
            command=("bash", "-c", f'until [ -d "{folder}" ]; do sleep 2; done'),
            resources=resources(cpu="10m", memory="16Mi", memory_limit="64Mi"),
        )
        return PodParts(
            volumes=({"name": _VOLUME, "persistentVolumeClaim": claim},),
            init_containers=(wait.wire(PodParts(mounts=(mount,))),),
        )

    def _claim_name(self, platform: Platform) -> str:
        return self.volume if isinstance(self.volume, str) else platform.name(_VOLUME)

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the pod that writes to the shared volume, if there is one."""
        if self.volume is None:
            return
        owner = Construct(scope, _COMPONENT)
        name = platform.name(_COMPONENT)
        parts = platform.parts(Role.GIT_SYNC) + self._own_parts
        labels = Labels(
            name=_COMPONENT,
            instance=platform.release,
            component=_COMPONENT,
            part_of="airflow",
            version=self.image.version,
        )
        if isinstance(self.volume, VolumeClaim):
            self.volume.build(owner, self._claim_name(platform), labels)
        user = platform.fixed_id(_USER)
        claim = {
            "name": _VOLUME,
            "persistentVolumeClaim": {"claimName": self._claim_name(platform)},
        }
        written = PodParts(volumes=(claim,), mounts=({"name": _VOLUME, "mountPath": _MOUNT},))
        template = pod_template(
            labels,
            self.containers(user)[1],
            parts=parts + written,
            props=PodProps().with_defaults(self.pod or PodDefaults()).with_defaults(platform.pods),
            service_account=name,
            user=user,
            group=platform.fixed_id(AIRFLOW_GROUP),
            fs_group=platform.fixed_id(AIRFLOW_GROUP),
            registry=platform.registry,
        )
        workloads.service_account(owner, name, labels)
        platform.network.add_policy(owner, name, labels, peers=parts.peers)
        # Two writers at a time would break each other's checkouts.
        workloads.deployment(owner, name, labels, replicas=1, template=template, recreate=True)

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

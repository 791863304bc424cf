"""DAGs by git-sync, a process beside Airflow that keeps a copy of a git repository up to date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from constructs import Construct

from cdk8s_airflow.dags.files import DagFiles
from cdk8s_airflow.dags.git_sync_process import LINK, MOUNT, ROOT, USER, GitSyncProcess
from cdk8s_airflow.dags.local import DAGS_FOLDER, local_bundle
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.containers import LOG_STORAGE
from cdk8s_airflow.kubernetes.names import object_name_problems
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pod_defaults import PodDefaults
from cdk8s_airflow.kubernetes.pods import (
    Container,
    PodProps,
    empty_dir,
    empty_dir_volume,
    pod_template,
    resources,
)
from cdk8s_airflow.kubernetes.probe_props import ProbeProps
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.kubernetes.service_accounts import ServiceAccount, service_account
from cdk8s_airflow.kubernetes.storage import VolumeClaim
from cdk8s_airflow.platform import AIRFLOW_GROUP, Platform, Role

_COMPONENT = Role.GIT_SYNC.value
_VOLUME = "dags"
_REFRESH_SECONDS = 30


@dataclass(frozen=True, kw_only=True)
class GitSyncDags(GitSyncProcess, DagFiles):
    """DAGs from a git repository, copied by git-sync 4 to a plain folder.

    Prefer `GitDags`: a plain folder has no versions, so a run sees code that changes under way. Use
    git-sync where the image has no git, or where all pods should read one volume.
    """

    volume: str | VolumeClaim | None = None
    """A volume that all pods share: the name of an existing claim, or one that the bundle creates
    as `{release}-dags`. One separate git-sync pod writes to it, and DAG processor and workers only
    read; it needs `ReadWriteMany`. Default: no volume; each pod has its own git-sync sidecar."""
    pod: PodDefaults | None = None
    """Settings of the git-sync pod that writes to `volume`, for example where it runs; without
    `volume` there is no such pod. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if isinstance(self.volume, str):
            yield from object_name_problems("GitSyncDags.volume", self.volume)
        if self.volume is not None and self.size_limit is not None:
            yield (
                f"GitSyncDags(volume=..., size_limit={self.size_limit!r}): the checkout is on the "
                "shared volume, whose claim has a size; leave size_limit out"
            )
        if self.pod is not None and self.volume is None:
            yield (
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
        return f"{DAGS_FOLDER}/{ROOT}/{LINK}"

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
        # What git asks for: known hosts, a token of a GitHub App.
        parts = self._own_parts + empty_dir("git-sync-tmp", "/tmp", "64Mi")
        mounted = PodParts(mounts=({"name": _VOLUME, "mountPath": MOUNT},))
        own = PodParts(env=env_vars(self.env or {}))  # wins over proxies of the release
        inside = parts + mounted + platform.helper_parts + own
        once, lasting = self.containers(platform.fixed_id(USER))
        return PodParts(
            volumes=(empty_dir_volume(_VOLUME, self.checkout_size), *parts.volumes),
            init_containers=(once.wire(inside),),
            sidecars=() if role is Role.TASK else (self.with_probes(lasting.wire(inside)),),
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
        labels = platform.labels(_COMPONENT, self.image)
        if isinstance(self.volume, VolumeClaim):
            self.volume.build(owner, self._claim_name(platform), labels)
        account = (self.pod and self.pod.service_account) or ServiceAccount()
        user = platform.fixed_id(USER)
        claim = {
            "name": _VOLUME,
            "persistentVolumeClaim": {"claimName": self._claim_name(platform)},
        }
        written = PodParts(volumes=(claim,), mounts=({"name": _VOLUME, "mountPath": MOUNT},))
        props = PodProps(**{f.name: getattr(self, f.name) for f in fields(ProbeProps)})
        template = pod_template(
            labels,
            self.containers(user, storage=LOG_STORAGE)[1],
            parts=parts + account.pod_parts + written,
            props=props.with_defaults(self.pod or PodDefaults()).with_defaults(platform.pods),
            service_account=service_account(owner, name, labels, account=account),
            api_token=bool(account.token),
            user=user,
            group=platform.fixed_id(AIRFLOW_GROUP),
            fs_group=platform.fixed_id(AIRFLOW_GROUP),
            registry=platform.registry,
            scope=owner,
        )
        peers = (*parts.peers, *account.peers)
        platform.network.add_policy(owner, name, labels, peers=peers)
        # Two writers at a time would break each other's checkouts.
        workloads.deployment(owner, name, labels, replicas=1, template=template, recreate=True)

"""The log groomer: a sidecar that deletes old log files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from cdk8s_plus_27 import k8s
from constructs import Construct

from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, empty_dir, resources, resources_or
from cdk8s_airflow.kubernetes.probe_props import ProbeProps
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.kubernetes.quantities import number, total_size
from cdk8s_airflow.kubernetes.storage import check_quantity
from cdk8s_airflow.part import Feature
from cdk8s_airflow.parts.log_volume import LogVolume
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, packaged, run
from cdk8s_airflow.parts.runtime import LOGS, LOGS_FOLDER
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import LONG_RUNNING, RUNS_USER_CODE

_PROGRAM = "groom_logs.py"
_UNGROOMED = {"cdk8s-airflow/log-retention": "unlimited"}

# The logs of tasks, of triggers, and of each DAG file. A scheduler that runs tasks itself has the
# parts of a worker too; the other processes write to their standard output alone.
_WRITERS = RUNS_USER_CODE & LONG_RUNNING


@dataclass(frozen=True, kw_only=True)
class Logs(ProbeProps, Feature):
    """Retention of Airflow's log files in its pods.

    A sidecar deletes old files in each pod that writes them: workers, triggerer, DAG processor, and
    the scheduler with a `LocalExecutor`. Task pods end before their logs are old. A pod that fills
    the disk of its node is evicted with its tasks.
    """

    store: LogVolume | None = None
    """Where the logs of all pods are kept. Default: in each pod, on its own volume `logs`."""
    retention_days: int | None = 15
    """Days to keep a log after its last line; None: no sidecar, delete logs yourself. Default:
    15."""
    max_size: str | None = "8Gi"
    """Maximum size of the logs of one pod, or of the whole `store`, a Kubernetes quantity; the
    oldest files are deleted first, but none of the last hour. None: only 80 % of the volume, which
    is always a limit. Default: 8Gi."""
    size_limit: str | None = None
    """`sizeLimit` of the volume `logs` of a pod that writes logs, a Kubernetes quantity: beyond it
    the pod is evicted, with its tasks. It is for pods without a volume of `store` or `persistence`.
    Default: twice `max_size`, as logs of the last hour stay; 100Gi without `max_size`."""
    interval_minutes: int = 15
    """Minutes between two rounds. Default: 15."""
    resources: k8s.ResourceRequirements | Manifest | None = None
    """Requests and limits of the sidecar; 10 MiB were measured, with 100,000 files too. Default:
    10m CPU, 24Mi, limit 64Mi."""

    def __post_init__(self) -> None:
        """Checks the numbers, and that the options have an effect.

        Raises:
            ValueError: for a number out of range, or options without a sidecar; all at once.
        """
        super().__post_init__()
        problems = []
        for option in ("retention_days", "interval_minutes"):
            value = getattr(self, option)
            if value is not None and value < 1:
                problems.append(f"Logs({option}={value}): expected 1 or more")
        if self.max_size is not None:
            check_quantity("Logs.max_size", self.max_size)
        if self.size_limit is not None:
            problems += self._size_problems(self.size_limit)
        unread = [
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(self)
            if field.name not in ("retention_days", "size_limit", "store")
            and getattr(self, field.name) != field.default
        ]
        if self.retention_days is None and unread:
            problems.append(
                f"Logs(retention_days=None, {', '.join(unread)}): None means that nothing deletes "
                "logs, so nothing would read the rest; give a number of days, or leave the rest out"
            )
        if problems:
            raise ValueError("\n".join(problems))

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that deletes logs, unless it is disabled."""
        return packaged(_PROGRAM) if self.retention_days else {}

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The sidecar in pods that write logs; if it is disabled, an annotation instead."""
        stored = self.store.parts(role, platform) if self.store else NOTHING
        # One groomer is enough for one volume.
        one = self.store is not None and self.retention_days is not None
        if self.store is None and role in RUNS_USER_CODE:
            stored = empty_dir(LOGS, LOGS_FOLDER, self._volume_size)
        if role not in ({Role.DAG_PROCESSOR} if one else _WRITERS):
            return stored
        return stored + self._groomer(platform)

    @property
    def _volume_size(self) -> str:
        largest = total_size(self.max_size, self.max_size) if self.max_size else "100Gi"
        return self.size_limit or largest

    def _size_problems(self, size_limit: str) -> list[str]:
        check_quantity("Logs.size_limit", size_limit)
        if self.store:
            return [
                f"Logs(store=..., size_limit={size_limit!r}): the logs are on the volume of the "
                "store, whose claim has a size; leave size_limit out"
            ]
        kept = self.max_size if self.retention_days is not None else None
        if kept and number(size_limit) <= number(kept):
            return [
                f"Logs(size_limit={size_limit!r}, max_size={kept!r}): a pod would be evicted "
                "before its logs are deleted; give a size_limit above max_size"
            ]
        return []

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds what the store needs."""
        if self.store:
            self.store.build(scope, platform)

    def _groomer(self, platform: Platform) -> PodParts:
        if self.retention_days is None:
            return PodParts(annotations=_UNGROOMED)
        program = run(
            _PROGRAM,
            LOGS_FOLDER,
            str(self.retention_days),
            str(int(number(self.max_size or 0))),
            str(self.interval_minutes * 60),
            isolated=True,
        )
        check = command(*program, "--check")
        container = Container(
            name="log-groomer",
            image=platform.image,
            command=program,
            resources=resources_or(
                self.resources, resources(cpu="10m", memory="24Mi", memory_limit="64Mi")
            ),
            startup=Probe(handler=check, period=5, timeout=20, failures=24),
            readiness=Probe(handler=check, period=300, timeout=20, failures=3),
            liveness=Probe(handler=check, period=300, timeout=20, failures=3),
        )
        own = {"name": LOGS, "mountPath": LOGS_FOLDER}
        logs = self.store.mount if self.store else own
        tmp = {"name": "tmp", "mountPath": "/tmp"}
        inside = PodParts(mounts=(*PROGRAM_MOUNTS, logs, tmp))
        return PodParts(sidecars=(self.with_probes(container.wire(inside)),))

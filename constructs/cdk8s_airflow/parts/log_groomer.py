"""The log groomer: a sidecar that deletes old log files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TypeAlias

from constructs import Construct

from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, empty_dir, resources, resources_or
from cdk8s_airflow.kubernetes.probe_props import ProbeProps
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.kubernetes.quantities import number, total_size
from cdk8s_airflow.kubernetes.storage import quantity_problems
from cdk8s_airflow.kubernetes.structs import k8s
from cdk8s_airflow.part import Feature
from cdk8s_airflow.parts.log_output import LogLevel, json_problem, level_problems, log_output
from cdk8s_airflow.parts.log_search import ElasticsearchLogs, OpensearchLogs
from cdk8s_airflow.parts.log_stores import AzureBlobLogs, CloudWatchLogs, GcsLogs, S3Logs
from cdk8s_airflow.parts.log_volume import LogVolume
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, packaged, run
from cdk8s_airflow.parts.runtime import LOGS, LOGS_FOLDER
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.roles import LONG_RUNNING, RUNS_USER_CODE

LogStore: TypeAlias = (
    LogVolume
    | S3Logs
    | GcsLogs
    | AzureBlobLogs
    | CloudWatchLogs
    | ElasticsearchLogs
    | OpensearchLogs
)
"""Where logs are kept that outlive their pods."""
_PROGRAM = "groom_logs.py"
_UNGROOMED = {"cdk8s-airflow/log-retention": "unlimited"}

_WITHOUT_SIDECAR = ("audit", "json", "level", "retention_days", "size_limit", "store")
# The logs of tasks, of triggers, and of each DAG file. A scheduler that runs tasks itself has the
# parts of a worker too; the other processes write to their standard output alone.
_WRITERS = RUNS_USER_CODE & LONG_RUNNING


@dataclass(frozen=True, kw_only=True)
class Logs(ProbeProps, Feature):
    """Airflow's logs: retention in the pods, a remote store, format and level.

    A sidecar deletes old files in each pod that writes them: workers, triggerer, DAG processor, and
    the scheduler with a `LocalExecutor`. Task pods end before their logs are old. A pod that fills
    the disk of its node is evicted with its tasks.
    """

    store: LogStore | None = None
    """Where the logs of all pods are kept: `LogVolume`, `S3Logs`, `GcsLogs`, `AzureBlobLogs`,
    `CloudWatchLogs`, `ElasticsearchLogs` or `OpensearchLogs`. Default: in each pod, on its own
    volume `logs`."""
    json: bool = False
    """Write each line of Airflow's processes as a JSON object, `[logging] json_logs`; needs Airflow
    3.2. Default: False, text."""
    level: LogLevel | Mapping[str, LogLevel] | None = None
    """`[logging] logging_level`, for all roles or by role: `{"*": "WARNING", "scheduler":
    "DEBUG"}`. The levels of workers and task pods also apply to tasks. Default: `INFO`, Airflow's
    own."""
    retention_days: int | None = 15
    """Days to keep a log after its last line. None: no sidecar; delete logs yourself. Default:
    15."""
    max_size: str | None = "8Gi"
    """Maximum size of the logs of one pod, or of the whole `store`, a Kubernetes quantity; the
    oldest files are deleted first, but none of the last hour. None: only 80 % of the volume, which
    is always a limit. Default: 8Gi."""
    size_limit: str | None = None
    """`sizeLimit` of the volume `logs` of a pod that writes logs, a Kubernetes quantity. A pod that
    exceeds it is evicted with its tasks. Only for pods without a volume from `store` or
    `persistence`. Default: twice `max_size`, because logs of the last hour stay; 100Gi without
    `max_size`."""
    interval_minutes: int = 15
    """Minutes between two rounds. Default: 15."""
    audit: bool = False
    """Also write Airflow's audit log, who did what and when, to the standard output of the pods: a
    line of JSON with `"logger": "audit"` for each row, without values of secrets. Default: False,
    only in the metadata database."""
    resources: k8s.ResourceRequirements | Manifest | None = None
    """Requests and limits of the sidecar; it used 10 MiB, even with 100,000 files. Default: 10m
    CPU, 24Mi, limit 64Mi."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from level_problems(self.level)
        for option in ("retention_days", "interval_minutes"):
            value = getattr(self, option)
            if value is not None and value < 1:
                yield f"Logs({option}={value}): expected 1 or more"
        yield from self._size_problems()
        unread = [
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(self)
            if field.name not in _WITHOUT_SIDECAR and getattr(self, field.name) != field.default
        ]
        if self.retention_days is None and unread:
            yield (
                f"Logs(retention_days=None, {', '.join(unread)}): None means that nothing deletes "
                "logs, so nothing would read the rest; give a number of days, or leave the rest out"
            )

    def validate(self, platform: Platform) -> Iterable[str]:
        """A problem, if this Airflow cannot write JSON."""
        return json_problem(self.json, platform)

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that deletes logs, unless it is disabled."""
        return packaged(_PROGRAM) if self.retention_days else {}

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The sidecar in pods that write logs; if it is disabled, an annotation instead."""
        stored = log_output(role, self.json, self.level)
        stored += self.store.parts(role, platform) if self.store else NOTHING
        # One groomer is enough for one volume.
        one = self._volume is not None and self.retention_days is not None
        if self._volume is None and role in RUNS_USER_CODE:
            stored += empty_dir(LOGS, LOGS_FOLDER, self._volume_size)
        if role not in ({Role.DAG_PROCESSOR} if one else _WRITERS):
            return stored
        return stored + self._groomer(platform)

    @property
    def _volume(self) -> LogVolume | None:
        return self.store if isinstance(self.store, LogVolume) else None

    @property
    def _volume_size(self) -> str:
        largest = total_size(self.max_size, self.max_size) if self.max_size else "100Gi"
        return self.size_limit or largest

    def _size_problems(self) -> Iterator[str]:
        sizes = {"max_size": self.max_size, "size_limit": self.size_limit}
        malformed = [
            text
            for option, size in sizes.items()
            if size is not None
            for text in quantity_problems(f"Logs.{option}", size)
        ]
        yield from malformed
        if self.size_limit is None:
            return
        kept = self.max_size if self.retention_days is not None else None
        if self._volume:
            yield (
                f"Logs(store=..., size_limit={self.size_limit!r}): the logs are on the volume of "
                "the store, whose claim has a size; leave size_limit out"
            )
        elif kept and not malformed and number(self.size_limit) <= number(kept):
            yield (
                f"Logs(size_limit={self.size_limit!r}, max_size={kept!r}): a pod would be evicted "
                "before its logs are deleted; give a size_limit above max_size"
            )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds what the store needs."""
        if self._volume:
            self._volume.build(scope, platform)

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
        logs = self._volume.mount if self._volume else own
        tmp = {"name": "tmp", "mountPath": "/tmp"}
        inside = PodParts(mounts=(*PROGRAM_MOUNTS, logs, tmp))
        return PodParts(sidecars=(self.with_probes(container.wire(inside)),))

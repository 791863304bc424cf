"""Logs on the volumes of pods, and who deletes the old ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from cdk8s_plus_27 import k8s

from cdk8s_airflow.kubernetes.objects import Piece
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.probes import Probe, command
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.quantities import number
from cdk8s_airflow.kubernetes.storage import check_quantity
from cdk8s_airflow.part import Feature
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
class Logs(Props, Feature):
    """The log files of Airflow in its pods, and how long they stay.

    A container beside Airflow deletes old ones in each pod that writes them: those of workers, the
    triggerer, the DAG processor, and the scheduler with a `LocalExecutor`. Pods of single tasks end
    before their logs are old. A pod that fills the disk of its node is evicted with its tasks.
    """

    retention_days: int | None = 15
    """Days after its last line that a log stays. Default 15, as long as people look back at a run.
    None: nothing deletes logs, and something of yours has to."""
    max_size: str | None = "8Gi"
    """Size that the logs of one pod may have, a Kubernetes quantity: beyond it the oldest go first,
    but none of the last hour. Default 8Gi. None: 80 % of the volume, which is the limit of a
    smaller volume in any case."""
    interval_minutes: int = 15
    """Minutes between two looks at the folder. Default 15."""
    resources: k8s.ResourceRequirements | Piece | None = None
    """Of the container. Default: 10m CPU, 24Mi, limit 64Mi; 10 MiB were measured, with a hundred
    thousand files too."""

    def __post_init__(self) -> None:
        """Checks the numbers, and whether anything reads them.

        Raises:
            ValueError: for a number out of range, or options of a groomer that there is not; all of
                them at once.
        """
        super().__post_init__()
        findings = []
        for option in ("retention_days", "interval_minutes"):
            value = getattr(self, option)
            if value is not None and value < 1:
                findings.append(f"Logs({option}={value}): expected 1 or more")
        if self.max_size is not None:
            check_quantity("Logs.max_size", self.max_size)
        unread = [
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(self)
            if field.name != "retention_days" and getattr(self, field.name) != field.default
        ]
        if self.retention_days is None and unread:
            findings.append(
                f"Logs(retention_days=None, {', '.join(unread)}): None means that nothing deletes "
                "logs, so nothing would read the rest; give a number of days, or leave the rest out"
            )
        if findings:
            raise ValueError("\n".join(findings))

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that deletes logs, if it is wanted."""
        return packaged(_PROGRAM) if self.retention_days else {}

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The container beside those that write logs and stay, or an annotation that it is not."""
        if role not in _WRITERS:
            return NOTHING
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
            resources=self.resources or resources(cpu="10m", memory="24Mi", memory_limit="64Mi"),
            startup=Probe(handler=check, period=5, timeout=20, failures=24),
            readiness=Probe(handler=check, period=300, timeout=20, failures=3),
            liveness=Probe(handler=check, period=300, timeout=20, failures=3),
        )
        logs = {"name": LOGS, "mountPath": LOGS_FOLDER}
        tmp = {"name": "tmp", "mountPath": "/tmp"}
        inside = PodParts(mounts=(*PROGRAM_MOUNTS, logs, tmp))
        return PodParts(sidecars=(container.wire(inside),))

"""The CronJob that deletes old rows of the metadata database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.cron import schedule_problem
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.access import DatabaseAccess
from cdk8s_airflow.parts.programs import packaged, run
from cdk8s_airflow.platform import Platform, Role

_PROGRAM = "clean_database.py"
_FIELD = r"[0-9A-Za-z*/,\-?LW#]+"
_TABLE = re.compile(r"[a-z_]+")


@dataclass(frozen=True, kw_only=True)
class DatabaseCleanup(JobProps, Part):
    """A CronJob of `airflow db clean`; without it the history of all runs grows for ever.

    It deletes history for good: runs that the UI shows, XComs, the audit log. It keeps what Airflow
    still needs, such as the last run of each DAG. Default resources: 100m CPU, 256Mi, limit 1Gi.
    """

    keep_days: int = 90
    """Days of history to keep. Default: 90."""
    schedule: str = "30 3 * * 0"
    """Cron schedule, in the time zone of the cluster's controllers, which is mostly UTC. Default:
    Sundays at 03:30."""
    skip_archive: bool = True
    """Delete rows without a copy; False keeps copies for `airflow db export-archived`, as tables of
    the same database that you have to drop. Default: True."""
    batch_size: int | None = None
    """Rows that one transaction deletes; many short ones disturb a large database less. Default:
    one transaction for each table."""
    tables: Sequence[str] | None = None
    """Tables to clean, for example `["log", "xcom"]`. Default: all that Airflow can clean."""

    def __post_init__(self) -> None:
        """Checks numbers, times and names.

        Raises:
            ValueError: with all problems at once.
        """
        super().__post_init__()
        problems = []
        if self.keep_days < 1:
            problems.append(f"DatabaseCleanup(keep_days={self.keep_days}): expected 1 or more")
        if self.batch_size is not None and self.batch_size < 1:
            problems.append(f"DatabaseCleanup(batch_size={self.batch_size}): expected 1 or more")
        if text := schedule_problem(self.schedule):
            problems.append(f"DatabaseCleanup(schedule={self.schedule!r}): {text}")
        if self.tables is not None and not self.tables:
            problems.append(
                "DatabaseCleanup(tables=[]) cleans nothing: name a table, or leave it out"
            )
        for table in self.tables or ():
            if not _TABLE.fullmatch(table):
                problems.append(
                    f"DatabaseCleanup(tables=...) has {table!r}: expected the name of a table such "
                    "as 'task_instance'"
                )
        if problems:
            raise ValueError("\n".join(problems))

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that runs the command."""
        return packaged(_PROGRAM)

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the CronJob, with a direct connection to the server like the migrations."""
        access = platform.find(DatabaseAccess)
        platform = access.unpooled(platform) if access else platform
        DatabaseCleaner(scope, Role.DATABASE_CLEANUP.value, platform=platform, props=self)

    @property
    def options(self) -> Sequence[str]:
        """Options of the command."""
        return [
            *(["--skip-archive"] if self.skip_archive else []),
            *(["--batch-size", str(self.batch_size)] if self.batch_size else []),
            *(["--tables", ",".join(self.tables)] if self.tables else []),
        ]


class DatabaseCleaner(AirflowComponent):
    """`airflow db clean` as a CronJob; the cut-off date is computed when it runs."""

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, props: DatabaseCleanup
    ) -> None:
        """Adds the CronJob."""
        super().__init__(scope, id, platform=platform, role=Role.DATABASE_CLEANUP, props=props)
        container = Container(
            name=Role.DATABASE_CLEANUP.value,
            image=platform.image,
            command=run(_PROGRAM, str(props.keep_days), *props.options),
            resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi", storage="256Mi"),
        )
        template = self.template(
            container,
            props=props,
            wait=self.wait_for_migrations(),
            restart_policy="Never",
        )
        # Half a day, as a run that hangs would keep off those of the days after it.
        spec = props.spec(template, deadline=43200, retries=3)
        workloads.cron_job(self, self.name, self.labels, schedule=props.schedule, spec=spec)

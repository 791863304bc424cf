"""The CronJob that deletes old rows of the metadata database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.cron import schedule_problem, time_zone_problem
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.nearest import close_to
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.references import env_vars, literal
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.access import unpooled
from cdk8s_airflow.parts.programs import packaged, run
from cdk8s_airflow.platform import Platform, Role

_PROGRAM = "clean_database.py"
_TABLE = re.compile(r"[a-z_]+")
GOES_WITH: Mapping[str, Sequence[str]] = {
    "callback": ("deadline",),
    "dag": ("dag_version", "deadline"),
    "dag_run": ("task_instance", "task_state_store", "deadline"),
    "dag_version": ("task_instance", "dag_run"),
    "task_instance": ("task_instance_history", "xcom"),
    "trigger": ("task_instance",),
}
"""Table -> those that Airflow cleans with it, to the same day, because their rows refer to it."""
TABLES = frozenset(
    {
        *GOES_WITH,
        *("_xcom_archive", "asset_event", "celery_taskmeta", "celery_tasksetmeta"),
        *("connection_test_request", "deadline", "import_error", "job", "log"),
        *("partitioned_asset_key_log", "revoked_token", "session", "task_instance_history"),
        *("task_reschedule", "task_state_store", "xcom"),
    }
)
"""The tables that Airflow 3.3 can clean; another version may know others."""


@dataclass(frozen=True, kw_only=True)
class DatabaseCleanup(JobProps, Part):
    """A CronJob of `airflow db clean`; without it the history of all runs grows for ever.

    It deletes history for good: runs that the UI shows, XComs, the audit log. It keeps what Airflow
    still needs, such as the last run of each DAG. Default resources: 100m CPU, 256Mi, limit 1Gi.
    """

    keep_days: int = 90
    """Days of history to keep. Default: 90."""
    keep_days_of: Mapping[str, int] | None = None
    """Table -> days of history to keep in place of `keep_days`, for example `{"log": 365, "xcom":
    14}`. Rows that refer to others go with them: XComs with their task instances, and these with
    their runs. Default: none."""
    schedule: str = "30 3 * * 0"
    """Cron schedule, in `time_zone`. Default: Sundays at 03:30."""
    time_zone: str | None = None
    """Time zone of the schedule, such as `Europe/Berlin`. Default: that of the cluster's
    controllers, which is mostly UTC."""
    dry_run: bool = False
    """Tell in the log what would go, and delete nothing. Default: False."""
    skip_archive: bool = True
    """Delete rows without a copy; False keeps copies for `airflow db export-archived`, as tables of
    the same database, which `drop_archives_after_days` drops. Default: True."""
    drop_archives_after_days: int | None = None
    """Drop tables with copies after so many days, those that a broken run left included. Default:
    they stay."""
    batch_size: int | None = None
    """Rows that one transaction deletes; many short ones disturb a large database less. Default:
    one transaction for each table."""
    tables: Sequence[str] | None = None
    """Tables to clean, for example `["log", "xcom"]`. Default: all that Airflow can clean."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        least = {"keep_days": 1, "batch_size": 1, "drop_archives_after_days": 0}
        for option, lowest in least.items():
            value = getattr(self, option)
            if value is not None and value < lowest:
                yield f"DatabaseCleanup({option}={value}): expected {lowest} or more"
        if text := schedule_problem(self.schedule):
            yield f"DatabaseCleanup(schedule={self.schedule!r}): {text}"
        if self.tables is not None and not self.tables:
            yield "DatabaseCleanup(tables=[]) cleans nothing: name a table, or leave it out"
        if self.time_zone is not None and (text := time_zone_problem(self.time_zone)):
            yield f"DatabaseCleanup(time_zone={self.time_zone!r}): {text}"
        yield from self._table_problems()

    def _table_problems(self) -> Iterator[str]:
        own = self.keep_days_of or {}
        for option, names in (("tables", self.tables or ()), ("keep_days_of", own)):
            for name in names:
                if not _TABLE.fullmatch(name):
                    yield (
                        f"DatabaseCleanup({option}=...) has {name!r}: expected the name of a table "
                        "such as 'task_instance'"
                    )
                elif name not in TABLES and (close := close_to(name, TABLES)):
                    yield (
                        f"DatabaseCleanup({option}=...) has {name!r}, which Airflow cannot clean; "
                        f"did you mean {close!r}?"
                    )
        for table, days in own.items():
            if days < 1:
                yield f"DatabaseCleanup(keep_days_of={{{table!r}: {days}}}): expected 1 or more"
            if self.tables and table not in self.tables:
                yield (
                    f"DatabaseCleanup(keep_days_of={{{table!r}: ...}}): tables={self.tables!r} "
                    "does not clean it: name it there too, or leave it out"
                )
        cleaned = self.tables or sorted(TABLES)
        for table in cleaned:
            days = own.get(table, self.keep_days)
            for other in _with(table):
                if other in own and own[other] > days:
                    yield (
                        f"DatabaseCleanup(keep_days_of={{{other!r}: {own[other]}}}): its rows go "
                        f"with those of {table!r}, which stay {days} days; keep {table!r} as long, "
                        "or this shorter"
                    )

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The program that runs the command."""
        return packaged(_PROGRAM)

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the CronJob, with a direct connection to the server like the migrations."""
        platform = unpooled(platform)
        DatabaseCleaner(scope, Role.DATABASE_CLEANUP.value, platform=platform, props=self)

    @property
    def options(self) -> Sequence[str]:
        """Options of the command."""
        return [
            *(["--dry-run"] if self.dry_run else []),
            *(["--skip-archive"] if self.skip_archive else []),
            *(["--batch-size", str(self.batch_size)] if self.batch_size else []),
            *(["--tables", ",".join(self.tables)] if self.tables else []),
        ]

    @property
    def settings(self) -> Mapping[str, object]:
        """What the command has no options for, as the program reads it; empty for most."""
        found = {"of": self.keep_days_of, "archives": self.drop_archives_after_days}
        return {name: value for name, value in found.items() if value is not None}


def _with(table: str) -> frozenset[str]:
    """The tables that are cleaned with one, those with these included."""
    found: set[str] = set()
    new = list(GOES_WITH.get(table, ()))
    while new:
        if (each := new.pop()) not in found:
            found.add(each)
            new += GOES_WITH.get(each, ())
    return frozenset(found - {table})


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
        settings = props.settings
        env = env_vars({"CLEANUP": literal(json.dumps(settings))}) if settings else ()
        template = self.template(
            container,
            props=props,
            extra=PodParts(env=env),
            wait=self.wait_for_migrations(),
            restart_policy="Never",
        )
        # Half a day, as a run that hangs would keep off those of the days after it.
        spec = props.spec(template, deadline=43200, retries=3)
        workloads.cron_job(
            self,
            self.name,
            self.labels,
            schedule=props.schedule,
            time_zone=props.time_zone,
            spec=spec,
        )

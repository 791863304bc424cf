"""The CronJob that restores the newest backup into a scratch database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.backup_pods import (
    client,
    identity_file,
    kind_of,
    scratch,
    settings,
)
from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.cron import schedule_problem
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.kubernetes.storage import quantity_problems
from cdk8s_airflow.parts.backup_stores import BackupStore
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import Platform, Role


@dataclass(frozen=True, kw_only=True)
class Verify(JobProps):
    """A CronJob that restores the newest backup into a scratch database of its own pod.

    It fails when there is none, when it is too old, cut, damaged or cannot be decrypted, when a
    table has other rows than the manifest tells, or when the Fernet key in it does not fit. It
    neither reaches the release's database nor writes to the store. Default resources: 100m CPU,
    256Mi, limit 1Gi, and the same for the scratch server.
    """

    identity: SecretKey
    """Private key of age or PGP, without a passphrase, from a Secret that you make. Who may read
    Secrets of the namespace may then decrypt backups; where that is too much, verify elsewhere, see
    docs/backup.md."""
    schedule: str = "45 4 * * 0"
    """Cron schedule, as that of `Backup`. Default: Sundays at 04:45."""
    max_age_hours: int = 48
    """Hours that the newest backup may be old. Default: 48, for a daily one that may fail once."""
    scratch_size: str = "10Gi"
    """Largest size of the scratch database, a Kubernetes quantity, on the disk of the node; what is
    larger evicts the pod. Default: 10Gi."""
    server_image: Image | None = None
    """Image of the scratch server: the official one of PostgreSQL, MariaDB or MySQL, or a
    compatible one, of the database's version. Default: that of the release's own PostgreSQL; an
    external server needs one."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if text := schedule_problem(self.schedule):
            yield f"Verify(schedule={self.schedule!r}): {text}"
        if self.max_age_hours < 1:
            yield f"Verify(max_age_hours={self.max_age_hours}): expected 1 or more"
        yield from quantity_problems("Verify.scratch_size", self.scratch_size)


class BackupVerifier(AirflowComponent):
    """The CronJob; its pod has a server, a client and the program between store and both."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        props: Verify,
        store: BackupStore,
        image: Image,
        server: Image,
    ) -> None:
        """Adds the CronJob.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            props: the user's settings.
            store: where the backups are.
            image: has the client of the database.
            server: the scratch server.
        """
        super().__init__(scope, id, platform=platform, role=Role.BACKUP_VERIFY, props=props)
        path, identity = identity_file(props.identity)
        url, database = scratch(kind_of(platform), server, props.scratch_size, platform)
        container = Container(
            name=Role.BACKUP_VERIFY.value,
            image=platform.image,
            command=run("verify_backup.py"),
            resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi", storage="256Mi"),
        )
        told = settings(
            platform,
            store=store.settings,
            identity=path,
            scratch=url,
            max_age_hours=props.max_age_hours,
        )
        extra = told + store.parts(platform, read_only=True) + identity
        template = self.template(
            container,
            props=props,
            extra=extra + database + client(image),
            restart_policy="Never",
        )
        spec = props.spec(template, deadline=21600, retries=2)
        workloads.cron_job(self, self.name, self.labels, schedule=props.schedule, spec=spec)

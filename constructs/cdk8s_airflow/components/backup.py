"""Backups of the metadata database and of the generated Secrets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.backup_pods import (
    client,
    kind_of,
    secret_files,
    secrets_folder,
    server_image,
    settings,
)
from cdk8s_airflow.components.backup_restore import Restore as Restore
from cdk8s_airflow.components.backup_restore import Restorer
from cdk8s_airflow.components.backup_verify import BackupVerifier
from cdk8s_airflow.components.backup_verify import Verify as Verify
from cdk8s_airflow.components.base import AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.cron import schedule_problem
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.part import Part, generated_by
from cdk8s_airflow.parts.access import unpooled
from cdk8s_airflow.parts.backup_keys import recipient_problems
from cdk8s_airflow.parts.backup_stores import BackupStore
from cdk8s_airflow.parts.programs import packaged, run
from cdk8s_airflow.platform import Platform, Role

_PROGRAM, _VERIFY, _RESTORE = "backup.py", "verify_backup.py", "restore_backup.py"


@dataclass(frozen=True, kw_only=True)
class Backup(JobProps, Part):
    """A CronJob that dumps the metadata database, encrypts it and stores it.

    With the dump go the Secrets that the release generates, without which connections and variables
    cannot be decrypted; a Secret that you bring is yours to keep. The database's client is a native
    sidecar, which Kubernetes knows from 1.29 on. Default resources: 100m CPU, 256Mi, limit 1Gi.
    """

    store: BackupStore
    """Where backups are kept: `S3Backups` or `BackupVolume`."""
    encrypt_to: str | Sequence[str]
    """Public key of age (`age1...`, by `age-keygen`) or PGP (an armored block), or several of one
    kind: who has one of the private keys can decrypt. The data are encrypted in the pod; keep the
    private key outside of the cluster, and a copy of it elsewhere."""
    schedule: str = "15 1 * * *"
    """Cron schedule, in the time zone of the cluster's controllers, which is mostly UTC. Default:
    daily at 01:15."""
    keep: int | None = 14
    """How many backups stay; after one that succeeded the oldest others are deleted. None: all, for
    a bucket with a lifecycle rule, or whose objects the release may not delete. Default: 14."""
    client_image: Image | None = None
    """Image with `sh`, and the client of the database in the server's version: `pg_dump` and
    `psql`, or `mariadb-dump` and `mariadb` (`mysqldump` and `mysql`). Default: that of the
    release's own PostgreSQL; for an external server Airflow's image, whose official one has them.
    """
    verify: Verify | None = None
    """A CronJob that restores the newest backup into a scratch database. Default: none, as it needs
    the private key in the cluster."""
    restore: Restore | None = None
    """Restore a backup: while this is set, the bundle stops all that uses the database, and has a
    Job that restores. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from recipient_problems("Backup(encrypt_to=...)", self.recipients)
        if text := schedule_problem(self.schedule):
            yield f"Backup(schedule={self.schedule!r}): {text}"
        if self.keep is not None and self.keep < 1:
            yield f"Backup(keep={self.keep}): expected 1 or more, or None, which keeps all"

    @property
    def recipients(self) -> Sequence[str]:
        """The public keys."""
        return [self.encrypt_to] if isinstance(self.encrypt_to, str) else list(self.encrypt_to)

    def validate(self, platform: Platform) -> Iterable[str]:
        """A problem, if there is no image for a scratch server."""
        if self.verify and self._scratch_image(platform) is None:
            yield (
                "Backup(verify=Verify(...)): the database is an external server, so the version of "
                "the scratch one is not known: give server_image=, such as "
                + (
                    "Image(repository='mariadb', tag='11.4')"
                    if kind_of(platform) == "mysql"
                    else "Image(repository='postgres', tag='17.6')"
                )
            )

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The programs of the Jobs that there are."""
        return packaged(
            _PROGRAM,
            *([_VERIFY] if self.verify else []),
            *([_RESTORE] if self.restore else []),
        )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the CronJobs, and the Job that restores."""
        own = Construct(scope, "backups")
        self.store.build(own, platform)
        BackupJob(scope, Role.BACKUP.value, platform=unpooled(platform), props=self)
        image = self._client_image(platform)
        if self.verify:
            BackupVerifier(
                scope,
                Role.BACKUP_VERIFY.value,
                platform=platform,
                props=self.verify,
                store=self.store,
                image=image,
                server=self._scratch_image(platform) or image,
            )
        if self.restore:
            Restorer(
                scope,
                Role.RESTORE.value,
                platform=unpooled(platform),
                props=self.restore,
                store=self.store,
                image=image,
            )

    def _client_image(self, platform: Platform) -> Image:
        return self.client_image or server_image(platform) or self.image or platform.image

    def _scratch_image(self, platform: Platform) -> Image | None:
        wanted = self.verify.server_image if self.verify else None
        return wanted or server_image(platform)


class BackupJob(AirflowComponent):
    """The CronJob that takes backups; a run that fails leaves none, and deletes none."""

    def __init__(self, scope: Construct, id: str, *, platform: Platform, props: Backup) -> None:
        """Adds the CronJob."""
        super().__init__(scope, id, platform=platform, role=Role.BACKUP, props=props)
        container = Container(
            name=Role.BACKUP.value,
            image=platform.image,
            command=run(_PROGRAM),
            resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi", storage="256Mi"),
        )
        told = settings(
            platform,
            store=props.store.settings,
            encrypt_to=props.recipients,
            keep=props.keep,
            secrets=secrets_folder(),
        )
        template = self.template(
            container,
            props=props,
            wait=self.wait_for_database(),
            extra=told
            + props.store.parts(platform, read_only=False)
            + secret_files(item.secret for item in generated_by(platform))
            + client(props._client_image(platform)),
            restart_policy="Never",
        )
        # A quarter of a day, so that one that hangs does not keep off the next.
        spec = props.spec(template, deadline=21600, retries=2)
        workloads.cron_job(self, self.name, self.labels, schedule=props.schedule, spec=spec)

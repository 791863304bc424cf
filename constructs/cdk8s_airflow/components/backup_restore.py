"""The Job that restores a backup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from constructs import Construct

from cdk8s_airflow.components.backup_pods import client, identity_file, settings
from cdk8s_airflow.components.base import WAIT_SECONDS, AirflowComponent
from cdk8s_airflow.kubernetes import workloads
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, resources
from cdk8s_airflow.kubernetes.rbac import grant, rule
from cdk8s_airflow.kubernetes.references import SecretKey, env_vars
from cdk8s_airflow.part import generated_by
from cdk8s_airflow.parts.backup_stores import BackupStore
from cdk8s_airflow.parts.keys import Keys
from cdk8s_airflow.parts.programs import run
from cdk8s_airflow.platform import Platform, Role

_NAME = re.compile(r"[a-z0-9-]+\.[a-z0-9-]+\.[0-9]{8}T[0-9]{6}Z\.tar\.gz\.(age|gpg)")
_ORIGIN = re.compile(r"[a-z0-9-]+\.[a-z0-9-]+")


@dataclass(frozen=True, kw_only=True)
class Restore(JobProps):
    """A Job that restores a backup, once, as its name ends in a hash of what it does.

    While it is set the bundle has no process that uses the database: their replicas are 0, and
    their Jobs are suspended. The Job reads the whole backup before it touches anything, refuses
    one that is cut, damaged or of another release, waits until nobody uses the database, restores
    PostgreSQL in one transaction, migrates it to this version of Airflow, and sets the Secrets.
    Take it out of the props when it is done. Default resources: 100m CPU, 256Mi, limit 1Gi.
    """

    identity: SecretKey
    """Private key of age or PGP, without a passphrase, from a Secret that you make, and delete
    afterwards."""
    backup: str = "latest"
    """Name of the backup, such as `airflow.af1.20260131T011500Z.tar.gz.age`, or `latest`. Default:
    `latest`, the newest when the Job runs."""
    replace: bool = False
    """Delete what the database holds. Default: False; one that holds a table is refused."""
    secrets: Literal["all", "keys", "none"] = "keys"
    """Which of the generated Secrets are set to their values in the backup: `keys` are those of
    Airflow and its users; `all` are passwords of servers too, for a server whose volume is still
    the old one. Default: `keys`."""
    origin: str | None = None
    """`namespace.release` whose backup it is, where that is another: a copy of a release. Default:
    this release, others are refused."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.backup != "latest" and not _NAME.fullmatch(self.backup):
            yield (
                f"Restore(backup={self.backup!r}): expected 'latest' or the name of a backup, "
                "without a folder, such as 'airflow.af1.20260131T011500Z.tar.gz.age'"
            )
        if self.origin is not None and not _ORIGIN.fullmatch(self.origin):
            yield (
                f"Restore(origin={self.origin!r}): expected a namespace and a release, such as "
                "'airflow.af1', with which the name of the backup begins"
            )


class Restorer(AirflowComponent):
    """The Job, and a Role that lets it set exactly the Secrets that it restores.

    Kubernetes cannot restrict by name what may be created.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        platform: Platform,
        props: Restore,
        store: BackupStore,
        image: Image,
    ) -> None:
        """Adds the Job.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            props: the user's settings.
            store: where the backups are.
            image: has the client of the database.
        """
        super().__init__(scope, id, platform=platform, role=Role.RESTORE, props=props)
        wanted = _wanted(platform, props)
        if wanted:
            names = sorted({key.name for key in wanted})
            named = {**rule(["secrets"], ["patch"]), "resourceNames": names}
            grant(
                self,
                "",
                self.name,
                self.labels,
                rules=[named, rule(["secrets"], ["create"])],
                account=self.service_account,
                account_namespace=platform.namespace,
            )
        path, identity = identity_file(props.identity)
        container = Container(
            name=Role.RESTORE.value,
            image=platform.image,
            command=run("restore_backup.py"),
            resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi", storage="256Mi"),
        )
        labels = {
            "app.kubernetes.io/part-of": "airflow",
            "app.kubernetes.io/managed-by": platform.name(Role.BOOTSTRAP.value),
        }
        told = settings(
            platform,
            store=store.settings,
            identity=path,
            backup=props.backup,
            replace=props.replace,
            origin=props.origin,
            wanted=[[key.name, key.key] for key in wanted],
            migrate=run("migrate.py", WAIT_SECONDS, "airflow", "db", "migrate"),
        )
        told += PodParts(env=env_vars({"LABELS": json.dumps(labels)}))
        template = self.template(
            container,
            props=props,
            wait=self.wait_for_database(),
            extra=told + store.parts(platform, read_only=True) + identity + client(image),
            api_token=bool(wanted),
            restart_policy="Never",
        )
        workloads.job(self, self.name, self.labels, spec=props.spec(template, retries=1))


def _wanted(platform: Platform, props: Restore) -> list[SecretKey]:
    """The keys of Secrets that are restored."""
    if props.secrets == "none":
        return []
    keys = platform.find(Keys)
    found = keys.generated(platform) if props.secrets == "keys" and keys else generated_by(platform)
    return [item.secret for item in found]

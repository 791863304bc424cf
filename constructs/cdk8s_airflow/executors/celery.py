"""The Celery executor: long-lived workers, fed through a broker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.components.celery_worker import CeleryWorkers, WorkerGroup
from cdk8s_airflow.components.flower import FlowerServer
from cdk8s_airflow.executors.backends import Broker, Results
from cdk8s_airflow.executors.executor import Executor, Service, Surroundings
from cdk8s_airflow.kubernetes.parts import PodParts, total
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.parts.access import CeleryAccess
from cdk8s_airflow.parts.result_database import ResultDatabase
from cdk8s_airflow.platform import Contributor, GeneratedSecret, Platform, Role
from cdk8s_airflow.services.postgresql import RESULT_DATABASE, EmbeddedPostgresql
from cdk8s_airflow.services.urls import BROKER, RESULT_BACKEND, Url


@dataclass(frozen=True, kw_only=True)
class CeleryExecutor(Executor):
    """Tasks run in groups of long-lived workers, fed through a broker."""

    workers: Sequence[WorkerGroup] = (WorkerGroup(),)
    """The groups; default: one that serves the queue `default`."""

    path = "airflow.providers.celery.executors.celery_executor.CeleryExecutor"

    def __post_init__(self) -> None:
        """Checks the groups together.

        Raises:
            ValueError: for no group, or two of one name.
        """
        super().__post_init__()
        names = [group.name for group in self.workers]
        if not names:
            raise ValueError(
                "CeleryExecutor.workers is empty: nothing would run tasks; leave it out for one "
                "default group, or give a WorkerGroup"
            )
        for name in sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(
                f"CeleryExecutor.workers has two groups named {name!r}: give each its own name"
            )

    def join(self, around: Surroundings) -> Celery:
        """Celery in a release."""
        return Celery(self, around)


class Celery:
    """Celery in a release: contributor of its URLs; brings broker, workers and Flower."""

    def __init__(self, executor: CeleryExecutor, around: Surroundings) -> None:
        """Decides what it brings.

        Args:
            executor: its groups of workers.
            around: what it finds in the release.
        """
        broker, results = around.backends.broker, around.backends.results
        platform = around.platform
        self._executor, self._flower = executor, around.backends.flower
        self._database = around.database.server
        self._chosen_by = (
            *([None] if around.first is executor else []),
            *([executor.alias] if executor.alias else []),
            *(type(executor).__name__, executor.path),
        )
        access = _access(broker, results, platform.release, around.results_url)
        self._access: list[Contributor] = [access]
        self.settings: Mapping[str, object] = access.settings
        """Settings of Celery that suit its servers, for `[celery] extra_celery_config`."""
        self.services: Sequence[Service] = [] if isinstance(broker, SecretKey) else [broker]
        """The broker."""
        self.generated: Sequence[GeneratedSecret] = ()
        """The password of a database for results."""
        self.worker_groups: Mapping[str, CeleryWorkers] = {}
        """Name of the group -> its workers, once they are built."""
        self.flower: FlowerServer | None = None
        """Flower, once it is built and if it is wanted."""
        if isinstance(results, EmbeddedPostgresql):
            database = ResultDatabase(
                name=RESULT_DATABASE,
                password=results.result_password(platform.release),
                image=platform.image,
                access=[around.programs, around.database],
            )
            self._access.append(database)
            self.generated = database.generated

    def parts(self, role: Role) -> PodParts:
        """The URLs, and a database for results where the migrations run."""
        return total(each.parts(role) for each in self._access)

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the groups of workers, and Flower."""
        self.worker_groups = {
            group.name: CeleryWorkers(
                scope,
                group.component,
                platform=platform,
                props=group,
                database=self._database,
                executors=self._chosen_by,
            )
            for group in self._executor.workers
        }
        if self._flower:
            self.flower = FlowerServer(scope, "flower", platform=platform, props=self._flower)


def _access(
    broker: Broker, results: Results, release: str, results_url: Url | None
) -> CeleryAccess:
    prefix = BROKER if results is broker else RESULT_BACKEND
    return CeleryAccess(
        broker=Url(template=broker) if isinstance(broker, SecretKey) else broker.url(release),
        result_backend=results_url
        or (
            Url(template=results, secret_as="RESULT_BACKEND_WHOLE_URL")
            if isinstance(results, SecretKey)
            else results.result_backend_url(release, prefix)
        ),
    )

"""The props of one Airflow deployment: everything a user can say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cdk8s_airflow.components.api_server import ApiServerProps
from cdk8s_airflow.components.celery_worker import CeleryExecutor
from cdk8s_airflow.components.create_admin import AdminUser
from cdk8s_airflow.components.dag_processor import DagProcessorProps
from cdk8s_airflow.components.flower import Flower
from cdk8s_airflow.components.ingress import Ingress, base_url_findings
from cdk8s_airflow.components.scheduler import SchedulerProps
from cdk8s_airflow.components.triggerer import TriggererProps
from cdk8s_airflow.dags.folder import DagsFolder
from cdk8s_airflow.dags.git import GitDags, repeated_names
from cdk8s_airflow.dags.git_sync import GitSyncDags
from cdk8s_airflow.dags.image import DagsInImage
from cdk8s_airflow.dags.volume import DagsVolume
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.pods import PodProps
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import EnvValue, SecretKey, check_env
from cdk8s_airflow.parts.config import Config, check
from cdk8s_airflow.parts.connection import Connection, VariableValue, check_connections
from cdk8s_airflow.parts.keys import Secrets
from cdk8s_airflow.parts.reload import ReloadController
from cdk8s_airflow.services.mysql import ExternalMysql
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql, ExternalPostgresql
from cdk8s_airflow.services.rabbitmq import EmbeddedRabbitmq, ExternalRabbitmq
from cdk8s_airflow.services.redis import EmbeddedRedis, ExternalRedis
from cdk8s_airflow.services.redis_sentinel import RedisSentinel

OLDEST_AIRFLOW = (3, 1)

Database: TypeAlias = EmbeddedPostgresql | ExternalPostgresql | ExternalMysql | SecretKey
Broker: TypeAlias = (
    EmbeddedRedis | ExternalRedis | RedisSentinel | EmbeddedRabbitmq | ExternalRabbitmq | SecretKey
)
ResultBackend: TypeAlias = ExternalRedis | RedisSentinel | ExternalPostgresql | SecretKey


@dataclass(frozen=True, kw_only=True)
class AirflowProps(Props):
    """One Airflow deployment. Every field has a default that works on an empty cluster."""

    airflow_version: str = "3.3.2"
    """Version of Airflow in the image, 3.1 or newer: decides which options exist."""
    image: Image | None = None
    """Image of all Airflow pods. Default: `apache/airflow` with `airflow_version` as tag."""
    executor: CeleryExecutor = CeleryExecutor()
    """How tasks run. Default: Celery with one group of two workers."""
    dags: (
        DagsFolder | DagsInImage | DagsVolume | GitDags | Sequence[GitDags] | GitSyncDags | None
    ) = None
    """Where DAGs come from; a list for several git repositories. Default: the folder `dags` of
    the app's working folder."""
    database: Database = EmbeddedPostgresql()
    """The metadata database; a `SecretKey` holds a whole SQLAlchemy URL, driver included
    (`postgresql+psycopg2://...`). Default: a PostgreSQL of the release's own."""
    broker: Broker = EmbeddedRedis()
    """Celery's broker; a `SecretKey` holds a whole URL. Default: a Redis of the release's own."""
    result_backend: ResultBackend | None = None
    """Celery's result backend; a `SecretKey` holds a whole URL. With PostgreSQL give it a user that
    cannot read the metadata: workers hold these credentials. Default: the broker, if it is a Redis,
    else a database of its own in the release's PostgreSQL."""
    secrets: Secrets = Secrets()
    """Keys that you bring. Default: all are generated in the cluster, once."""
    config: Config | None = None
    """Options of airflow.cfg, for example `{"core": {"parallelism": 64}}`; wins over the defaults
    of the library. Options that the library has to own are refused with what to use instead."""
    env: Mapping[str, EnvValue] | None = None
    """Environment of all Airflow pods: literals, `SecretKey` or `ConfigMapKey`; wins over
    `config`."""
    connections: Mapping[str, Connection | SecretKey] | None = None
    """Connections by id, for tasks, triggers and DAG files: by their parts, or a `SecretKey` of a
    whole URI. They are not in the database, so the UI does not list them. Default: none."""
    variables: Mapping[str, VariableValue] | None = None
    """Variables by key, likewise: literals, `SecretKey`, `ConfigMapKey`, or what becomes JSON.
    Default: none."""
    admin: AdminUser | None = AdminUser()
    """The first user. None: create users yourself."""
    base_url: str | None = None
    """Where users reach UI and REST API, `[api] base_url`, for example
    `https://data.example.com/airflow`: links lead there, and the API server answers below its path.
    Default: what `ingress` says; without one, Airflow's own."""
    ingress: Ingress | None = None
    """An Ingress for UI, REST API and, if you like, Flower. Default: none; where something else
    leads users in, a Gateway for example, set `base_url`."""
    flower: Flower | None = None
    """Flower, Celery's web interface. Default: none."""
    reload: ReloadController | None = None
    """Controller of your cluster that rolls the pods when a ConfigMap or Secret changes that the
    bundle does not make: `reloader` (Stakater Reloader) or `configmapcontroller` (fabric8's, for
    ConfigMaps alone). Default: none; then you restart pods yourself after a rotation."""
    api_server: ApiServerProps = ApiServerProps()
    """The API server and UI."""
    scheduler: SchedulerProps = SchedulerProps()
    """The scheduler."""
    dag_processor: DagProcessorProps = DagProcessorProps()
    """The DAG processor."""
    triggerer: TriggererProps = TriggererProps()
    """The triggerer."""
    migrations: PodProps = PodProps()
    """The pod of the migrations Job."""

    def __post_init__(self) -> None:
        """Checks what one release can know.

        Raises:
            ValueError: with all findings at once.
        """
        super().__post_init__()
        check_env("AirflowProps.env", self.env or {})
        findings = [
            *_version_findings(self.airflow_version),
            *self._backend_findings(),
            *base_url_findings(self.base_url, self.ingress),
            *self._flower_findings(),
        ]
        if isinstance(self.dags, Sequence):
            findings += repeated_names(self.dags)
        findings += self._image_findings()
        if not findings:
            findings = check(
                self.config or {}, self._env_names(), airflow_version=self.airflow_version
            )
            findings += check_connections(
                self.connections or {},
                self.variables or {},
                config=self.config or {},
                env_names=self._env_names(),
            )
        if findings:
            raise ValueError("\n".join(findings))

    def _env_names(self) -> list[str]:
        roles: list[PodProps] = [
            *(self.api_server, self.scheduler, self.dag_processor, self.triggerer),
            *self.executor.workers,
            *([self.flower] if self.flower else []),
        ]
        return sorted({*(self.env or {}), *(name for role in roles for name in role.env or {})})

    @property
    def results(self) -> ResultBackend | EmbeddedRedis | EmbeddedPostgresql:
        """Where Celery's results go: `result_backend`, the broker or the database.

        Raises:
            ValueError: when nothing of the release can keep them.
        """
        if self.result_backend is not None:
            return self.result_backend
        if isinstance(self.broker, EmbeddedRedis | ExternalRedis | RedisSentinel):
            return self.broker
        if isinstance(self.database, EmbeddedPostgresql):
            return self.database
        kept = "a broker URL from a Secret" if isinstance(self.broker, SecretKey) else "RabbitMQ"
        raise ValueError(
            f"result_backend is not set: {kept} says nothing of where Celery's results go, and "
            "database= is not the release's own PostgreSQL; give an ExternalPostgresql with a user "
            "that cannot read the metadata, an ExternalRedis, a RedisSentinel or a SecretKey"
        )

    def _backend_findings(self) -> list[str]:
        try:
            assert self.results
        except ValueError as error:
            return [str(error)]
        return []

    def _flower_findings(self) -> list[str]:
        flower, findings = self.flower, []
        path = self.ingress.flower_path if self.ingress else None
        if path is not None and flower is None:
            findings.append(
                f"ingress=Ingress(flower_path={path!r}) leads nowhere, as there is no Flower: add "
                "flower=Flower(), or leave the path out"
            )
        if path is not None and flower is not None:
            if not flower.guarded:
                findings.append(
                    f"flower=Flower(username=None) with ingress=Ingress(flower_path={path!r}) "
                    "would let everyone stop workers and tasks: give it a username, or leave the "
                    "path out"
                )
            if flower.url_prefix and flower.url_prefix.rstrip("/") != path.rstrip("/"):
                findings.append(
                    f"flower=Flower(url_prefix={flower.url_prefix!r}) is not where ingress leads, "
                    f"{path!r}: leave it out, it follows from Ingress.flower_path"
                )
        if self.secrets.flower_password and (flower is None or flower.username is None):
            findings.append(
                "secrets=Secrets(flower_password=...) is of no use without a Flower that has a "
                "username: add flower=Flower(), or leave the password out"
            )
        return findings

    def _image_findings(self) -> list[str]:
        if not isinstance(self.dags, DagsInImage) or self.image is not None:
            return []
        stock = [f"WorkerGroup(name={x.name!r})" for x in self.executor.workers if x.image is None]
        stock += ["DagProcessorProps"] if self.dag_processor.image is None else []
        if not stock:
            return []
        return [
            f"dags=DagsInImage(), but these have the stock image, which holds no DAGs: "
            f"{', '.join(stock)}; give AirflowProps image=Image(...), or each of them its own"
        ]


def _version_findings(version: str) -> list[str]:
    numbers = re.match(r"(\d+)\.(\d+)\.\d+", version)
    if not numbers:
        return [f"airflow_version={version!r}: expected a version such as '3.3.2'"]
    if (int(numbers[1]), int(numbers[2])) < OLDEST_AIRFLOW:
        return [
            f"airflow_version={version!r} is too old: expected 3.1 or newer; Airflow 2 and 3.0 "
            "have other processes and options"
        ]
    return []

"""The umbrella: from props to a platform, its contributors and its components."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from cdk8s import Chart
from constructs import Construct

from cdk8s_airflow.components import api_server
from cdk8s_airflow.components.api_server import ApiServer, ApiServerProps
from cdk8s_airflow.components.bootstrap import Bootstrap
from cdk8s_airflow.components.celery_worker import CeleryExecutor, CeleryWorkers
from cdk8s_airflow.components.create_admin import AdminUser, CreateAdmin
from cdk8s_airflow.components.dag_processor import DagProcessor, DagProcessorProps
from cdk8s_airflow.components.migrations import Migrations
from cdk8s_airflow.components.scheduler import Scheduler, SchedulerProps
from cdk8s_airflow.components.triggerer import Triggerer, TriggererProps
from cdk8s_airflow.dags.folder import DagsFolder
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.names import check_label, check_release
from cdk8s_airflow.kubernetes.pods import PodProps
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import EnvValue, SecretKey
from cdk8s_airflow.kubernetes.uniqueness import check_unique_objects
from cdk8s_airflow.parts.access import CeleryAccess, DatabaseAccess
from cdk8s_airflow.parts.config import AirflowConfig, Config, check
from cdk8s_airflow.parts.environment import Environment
from cdk8s_airflow.parts.keys import Keys, Secrets
from cdk8s_airflow.parts.programs import ProgramsConfigMap
from cdk8s_airflow.parts.runtime import Runtime
from cdk8s_airflow.platform import Contributor, Platform
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql, ExternalPostgresql
from cdk8s_airflow.services.redis import EmbeddedRedis, ExternalRedis
from cdk8s_airflow.services.urls import Url

OLDEST_AIRFLOW = (3, 1)


@dataclass(frozen=True, kw_only=True)
class AirflowProps(Props):
    """One Airflow deployment. Every field has a default that works on an empty cluster."""

    airflow_version: str = "3.3.2"
    """Version of Airflow in the image, 3.1 or newer: decides which options exist."""
    image: Image | None = None
    """Image of all Airflow pods. Default: `apache/airflow` with `airflow_version` as tag."""
    executor: CeleryExecutor = CeleryExecutor()
    """How tasks run. Default: Celery with one group of two workers."""
    dags: DagsFolder | None = None
    """Where DAGs come from. Default: the folder `dags` of the app's working folder."""
    database: EmbeddedPostgresql | ExternalPostgresql | SecretKey = EmbeddedPostgresql()
    """The metadata database; a `SecretKey` holds a whole SQLAlchemy URL, driver included
    (`postgresql+psycopg2://...`). Default: a PostgreSQL of the release's own."""
    broker: EmbeddedRedis | ExternalRedis | SecretKey = EmbeddedRedis()
    """Celery's broker; a `SecretKey` holds a whole URL. Default: a Redis of the release's own."""
    result_backend: ExternalRedis | ExternalPostgresql | SecretKey | None = None
    """Celery's result backend; a `SecretKey` holds a whole URL. With PostgreSQL give it a user that
    cannot read the metadata: workers hold these credentials. Default: the broker's Redis."""
    secrets: Secrets = Secrets()
    """Keys that you bring. Default: all are generated in the cluster, once."""
    config: Config | None = None
    """Options of airflow.cfg, for example `{"core": {"parallelism": 64}}`; wins over the defaults
    of the library. Options that the library has to own are refused with what to use instead."""
    env: Mapping[str, EnvValue] | None = None
    """Environment of all Airflow pods: literals, `SecretKey` or `ConfigMapKey`; wins over
    `config`."""
    admin: AdminUser | None = AdminUser()
    """The first user. None: create users yourself."""
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
        findings = [*_version_findings(self.airflow_version), *self._backend_findings()]
        if not findings:
            findings = check(
                self.config or {}, self._env_names(), airflow_version=self.airflow_version
            )
        if findings:
            raise ValueError("\n".join(findings))

    def _env_names(self) -> list[str]:
        roles: list[PodProps] = [
            *(self.api_server, self.scheduler, self.dag_processor, self.triggerer),
            *self.executor.workers,
        ]
        return sorted({*(self.env or {}), *(name for role in roles for name in role.env or {})})

    def _backend_findings(self) -> list[str]:
        if isinstance(self.broker, SecretKey) and self.result_backend is None:
            return [
                "result_backend is not set: with a broker URL from a Secret no result backend can "
                "be derived; give an ExternalRedis, an ExternalPostgresql or a SecretKey"
            ]
        return []


class Airflow(Construct):
    """All of one Airflow deployment, in a chart of yours.

    The components are attributes, so that their outputs can be used elsewhere:
    `airflow.api_server.service_name`, `airflow.worker_groups["gpu"].name`.
    """

    def __init__(
        self, scope: Construct, id: str, props: AirflowProps | None = None, *, release: str = ""
    ) -> None:
        """Adds a deployment to the tree.

        Args:
            scope: a chart, or a construct in one.
            id: id of the construct, and the name of the release unless `release` is given.
            props: all settings; default: those that work on an empty cluster.
            release: name of the release; begins the name of every object.

        Raises:
            ValueError: for a release name that is malformed or too long.
        """
        release = release or id
        check_release(release)
        super().__init__(scope, id)
        check_unique_objects(self)
        props = props or AirflowProps()
        database = _database(props, release)
        celery = _celery(props, release)
        keys = Keys(release=release, secrets=props.secrets, with_admin=props.admin is not None)
        bare = Platform(
            release=release,
            airflow_version=props.airflow_version,
            image=props.image or Image(repository="apache/airflow", tag=props.airflow_version),
        )
        programs = ProgramsConfigMap(self, "programs", platform=bare)
        contributors: list[Contributor] = [
            Runtime(execution_api_url=api_server.url(bare, api_server.EXECUTION_PATH)),
            programs.contributor,
            keys,
            database,
            celery,
            (props.dags or DagsFolder("dags")).build(self, bare),
            AirflowConfig(config=props.config or {}),
            Environment(env=props.env or {}),
        ]
        platform = replace(bare, contributors=contributors)
        self.platform = platform
        """The release as its components see it: for components of your own."""
        generated = list(keys.generated)
        for service in (props.database, props.broker):
            if not isinstance(service, SecretKey):
                service.build(self, platform)
                generated += service.generated(release)
        if generated:
            Bootstrap(self, "bootstrap", platform=platform, generated=generated)
        Migrations(self, "migrations", platform=platform, props=props.migrations)
        if props.admin:
            CreateAdmin(self, "create-admin", platform=platform, props=props.admin)
        self.api_server = ApiServer(self, "api-server", platform=platform, props=props.api_server)
        self.scheduler = Scheduler(self, "scheduler", platform=platform, props=props.scheduler)
        self.dag_processor = DagProcessor(
            self, "dag-processor", platform=platform, props=props.dag_processor
        )
        self.triggerer = Triggerer(self, "triggerer", platform=platform, props=props.triggerer)
        self.worker_groups: Mapping[str, CeleryWorkers] = {
            group.name: CeleryWorkers(self, group.component, platform=platform, props=group)
            for group in props.executor.workers
        }
        """Name of the group -> its workers."""


class AirflowChart(Chart):
    """One Airflow deployment in a chart, and so in a file of its own: `<id>.k8s.yaml`."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        namespace: str | None = None,
        props: AirflowProps | None = None,
        release: str = "",
    ) -> None:
        """Adds a chart to the app.

        Args:
            scope: the app.
            id: name of the chart and its file, and of the release unless `release` is given.
            namespace: namespace of all objects; default: none, so that `kubectl -n` decides.
            props: all settings; default: those that work on an empty cluster.
            release: name of the release, where one name is used in several namespaces.

        Raises:
            ValueError: for a malformed name, or an id that the app has already.
        """
        check_release(release or id)
        if namespace is not None:
            check_label("namespace", namespace)
        if scope.node.try_find_child(id) is not None:
            raise ValueError(
                f"release={id!r} exists twice: give each AirflowChart of an app its own id; the "
                "same release in another namespace takes release="
            )
        super().__init__(scope, id, namespace=namespace)
        self.airflow = Airflow(self, "airflow", props, release=release or id)
        """The deployment."""


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


def _database(props: AirflowProps, release: str) -> DatabaseAccess:
    if isinstance(props.database, SecretKey):
        return DatabaseAccess(url=Url(template=props.database))
    return DatabaseAccess(
        url=props.database.url(release), async_url=props.database.async_url(release)
    )


def _celery(props: AirflowProps, release: str) -> CeleryAccess:
    broker = props.broker
    results = props.result_backend or broker
    return CeleryAccess(
        broker=Url(template=broker) if isinstance(broker, SecretKey) else broker.url(release),
        result_backend=Url(template=results)
        if isinstance(results, SecretKey)
        else results.result_backend_url(release),
    )

"""The props of one Airflow deployment: all of its settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from cdk8s_airflow.auth.database_users import DatabaseUsers
from cdk8s_airflow.auth.logins import AnyLogin
from cdk8s_airflow.components.api_server import ApiServerProps
from cdk8s_airflow.components.backup import Backup
from cdk8s_airflow.components.create_admin import AdminUser
from cdk8s_airflow.components.dag_processor import DagProcessorProps
from cdk8s_airflow.components.database_cleanup import DatabaseCleanup
from cdk8s_airflow.components.declared_objects import ObjectsProps
from cdk8s_airflow.components.execution_api import ExecutionApiProps
from cdk8s_airflow.components.flower import Flower
from cdk8s_airflow.components.monitoring import MonitoringProps
from cdk8s_airflow.components.namespace_limits import NamespaceLimits
from cdk8s_airflow.components.opentelemetry import OpenTelemetry
from cdk8s_airflow.components.pgbouncer import PgBouncer
from cdk8s_airflow.components.release_namespace import Namespace
from cdk8s_airflow.components.scheduler import SchedulerProps
from cdk8s_airflow.components.statsd_exporter import StatsdExporter
from cdk8s_airflow.components.triggerer import TriggererProps
from cdk8s_airflow.dags.git import GitDags
from cdk8s_airflow.dags.plugins import Plugins
from cdk8s_airflow.dags.sources import DagSource
from cdk8s_airflow.executors.backends import Broker, Database, ResultBackend
from cdk8s_airflow.executors.celery import CeleryExecutor
from cdk8s_airflow.executors.executors import AnyExecutor, Executors
from cdk8s_airflow.exposure.exposed_service import ExposedService
from cdk8s_airflow.exposure.http_route import HttpRoute
from cdk8s_airflow.exposure.ingress import Ingress
from cdk8s_airflow.kubernetes.image_digests import ImageDigests
from cdk8s_airflow.kubernetes.images import Image, Registry
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.labelled import OWN_CHECK, AnnotationMap, AnyManifest, LabelMap
from cdk8s_airflow.kubernetes.labels import reserved_label_problems
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.pod_defaults import PodDefaults
from cdk8s_airflow.kubernetes.pods import AirflowPods
from cdk8s_airflow.kubernetes.references import ConfigMapKey, EnvValue, SecretKey, env_problems
from cdk8s_airflow.kubernetes.service_accounts import ServiceAccount
from cdk8s_airflow.kubernetes.structs import k8s
from cdk8s_airflow.part import IN_PYTHON, Part
from cdk8s_airflow.parts.cloud_secrets import AnySecretsBackend
from cdk8s_airflow.parts.config import Config
from cdk8s_airflow.parts.ip_families import IpFamily
from cdk8s_airflow.parts.kerberos import Kerberos
from cdk8s_airflow.parts.keys import Secrets
from cdk8s_airflow.parts.log_groomer import Logs
from cdk8s_airflow.parts.network_policies import NetworkPolicies
from cdk8s_airflow.parts.packages import ExtraPackages
from cdk8s_airflow.parts.patches import Patch
from cdk8s_airflow.parts.reload import ReloadController
from cdk8s_airflow.parts.xcom_stores import AnyXComStore
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql
from cdk8s_airflow.services.redis import EmbeddedRedis

Size: TypeAlias = Literal["small", "medium", "large"]
Suspended: TypeAlias = bool | Literal["tasks"]
"""`tasks`: no scheduler, DAG processor, triggerer or worker; True: no pod at all."""


@dataclass(frozen=True, kw_only=True)
class AirflowProps(ObjectsProps, MonitoringProps):
    """The settings of one Airflow deployment; the defaults are a complete release."""

    airflow_version: str = "3.3.2"
    """Version of Airflow in the image, 3.1 or newer; it decides which options exist."""
    size: Size = "small"
    """A set of defaults for requests, limits, replicas, concurrency and pools. `small` runs 16
    tasks at once; `medium` runs 64, with two pods of each process that running tasks depend on;
    `large` runs 160. A value that you set wins. docs/sizes.md has the figures. Default: `small`."""
    image: Image | None = None
    """Image of all Airflow pods. Default: `apache/airflow` with `airflow_version` as tag."""
    executor: AnyExecutor = CeleryExecutor()
    """How tasks run. Default: Celery with one group of two workers."""
    executors: Sequence[AnyExecutor] | None = None
    """Several executors instead of one. The first runs all tasks except those that name another:
    `executor="KubernetesExecutor"`, or its alias. Default: only `executor`."""
    dags: DagSource | Sequence[GitDags] | None = None
    """Where DAGs come from; a list of `GitDags` for several repositories. Default: the folder
    `dags` in the app's working folder."""
    plugins: Plugins | None = None
    """Where plugins come from, and other modules that options name (XCom backends, timetables). All
    roles that import them get them. Default: what the image has in `/opt/airflow/plugins`."""
    database: Database = EmbeddedPostgresql()
    """The metadata database; a `SecretKey` holds a whole SQLAlchemy URL, driver included
    (`postgresql+psycopg2://...`). Default: a PostgreSQL of the release."""
    pgbouncer: PgBouncer | None = None
    """PgBouncer in front of PostgreSQL, for the metadata and Celery's results. Default: none."""
    broker: Broker = EmbeddedRedis()
    """Celery's broker; a `SecretKey` holds a whole URL. Default: a Redis of the release."""
    result_backend: ResultBackend | None = None
    """Celery's result backend; a `SecretKey` holds a whole URL. With PostgreSQL, give it a user
    that cannot read the metadata, because workers hold these credentials. Default: the broker, if
    it is a Redis; otherwise a separate database in the release's PostgreSQL."""
    secrets: Secrets = Secrets()
    """Airflow's keys and passwords from your own Secrets. Default: all are generated in the
    cluster, once."""
    config: Config | None = None
    """Options of airflow.cfg, for example `{"core": {"parallelism": 64}}`. A change restarts only
    the pods that read it. Options that the library sets itself are an error. Default: none."""
    env: Mapping[str, EnvValue] | None = None
    """Environment variables of all Airflow pods: literals, `SecretKey` or `ConfigMapKey`. They
    override `config`. An option, `AIRFLOW__SECTION__OPTION`, goes only to the pods that read it.
    Default: none."""
    env_from: Sequence[k8s.EnvFromSource | Manifest] | None = None
    """`envFrom` of all Airflow pods: whole ConfigMaps or Secrets. Those of `airflow_pods` and of a
    role come after it and override it. Default: none."""
    secrets_backend: AnySecretsBackend | None = None
    """A store that Airflow asks for connections and variables before its database: Vault, or one of
    AWS, Google or Azure. Default: none."""
    ca_bundle: ConfigMapKey | SecretKey | None = None
    """Private certificate authorities (PEM) that all Airflow processes and tasks trust in addition
    to the public ones: for databases, object stores, logins, packages and git. Default: none."""
    extra_packages: ExtraPackages | Sequence[str] | None = field(default=None, metadata=OWN_CHECK)
    """Python packages that the image lacks, installed whenever a pod starts, under constraints that
    protect Airflow's own versions. A list of requirements, or an `ExtraPackages`. Default: none;
    your own image starts faster and needs no package index."""
    kerberos: Kerberos | None = None
    """A Kerberos ticket for tasks, from a keytab. Default: none."""
    logs: Logs = Logs()
    """Log files in the pods, a remote store, format and level. Default: 15 days, 8Gi a pod."""
    xcom: AnyXComStore | None = None
    """A store for large XComs: `S3XComs`, `GcsXComs` or `AzureBlobXComs`. Default: the database."""
    metrics: StatsdExporter | OpenTelemetry | None = None
    """Metrics of all processes and tasks: for Prometheus, or with traces by OTLP. Default: none."""
    auth: AnyLogin = DatabaseUsers()
    """How users log in. Default: with passwords in Airflow's database."""
    admin: AdminUser | None = AdminUser()
    """The first user; None: create users yourself. Default: `admin` with a generated password, if
    `auth` is `DatabaseUsers`."""
    base_url: str | None = field(default=None, metadata=OWN_CHECK)
    """The URL at which users reach UI and REST API, `[api] base_url`, for example
    `https://data.example.com/airflow`. Links lead there, and the API server serves its path.
    Default: the URL of `exposure` or `ingress`; without one, Airflow's own default."""
    exposure: Ingress | HttpRoute | ExposedService | None = None
    """How users outside the cluster reach UI, REST API and Flower. If you expose them yourself, set
    `base_url`. Default: not exposed; `make browse-web` forwards a port."""
    ingress: Ingress | None = None
    """Short for `exposure=Ingress(...)`. Default: none."""
    flower: Flower | None = None
    """Flower, Celery's web interface. Default: none."""
    ip_families: Sequence[IpFamily] | None = None
    """`ipFamilies` of all Services, the preferred one first: `["IPv6"]`, or both. HTTP servers then
    also listen on IPv6. Default: the cluster's; these and the scheduler's probes use IPv4."""
    network_policies: NetworkPolicies | None = NetworkPolicies()
    """Settings of the NetworkPolicies. None: any pod in the cluster may connect to any pod of the
    release. Default: one policy for each component."""
    reload: ReloadController | None = None
    """The controller in your cluster that restarts pods when a ConfigMap or Secret from outside the
    bundle changes: `reloader` (Stakater Reloader) or `configmapcontroller` (fabric8's, only for
    ConfigMaps). Default: none; restart the pods yourself after a rotation."""
    api_server: ApiServerProps = ApiServerProps()
    """Settings of the API server, which also serves the UI."""
    execution_api: ExecutionApiProps | None = None
    """Separate servers for the execution API, to which tasks report, so that users of `api_server`
    cannot slow tasks down. Default: one server for both."""
    scheduler: SchedulerProps = SchedulerProps()
    """Settings of the scheduler."""
    dag_processor: DagProcessorProps = DagProcessorProps()
    """Settings of the DAG processor."""
    triggerer: TriggererProps = TriggererProps()
    """Settings of the triggerer."""
    migrations: JobProps = JobProps()
    """Settings of the migrations Job and its pod."""
    database_cleanup: DatabaseCleanup | None = None
    """A CronJob that deletes old history from the metadata database, which grows with each run.
    Default: none, because deleted history is gone for good."""
    backup: Backup | None = None
    """Encrypted backups of the metadata database and the generated Secrets, and how they are
    verified and restored. Default: none."""
    bootstrap: JobProps = JobProps()
    """Settings of the Job that generates Secrets, and its pod."""
    pods: PodDefaults = PodDefaults()
    """Settings of every pod of the release, including Jobs and embedded servers. The same field of
    a role overrides it. Default: none."""
    service_account: ServiceAccount | None = None
    """The ServiceAccount of all pods that run Airflow: a cloud identity, an existing account, a
    token. That of a role overrides it. Default: one for each role, without annotations or token."""
    airflow_pods: AirflowPods = AirflowPods()
    """Settings of all pods that run Airflow, such as extra volumes or `env_from`. They override
    `pods`. Default: none."""
    images: Registry | None = None
    """One registry and one pull secret for all images: Airflow's, those of embedded servers,
    git-sync, exporters and your own containers. Default: each image from its own registry."""
    image_digests: ImageDigests | None = None
    """A file of digests that replace the tags of all images. It names each image as the manifests
    would without it. Default: none, images by tag."""
    user_ids: Literal["fixed", "assigned"] = "fixed"
    """Uids and gids of the pods: `fixed` are those of the images (50000:0 for Airflow); `assigned`
    leaves them to the cluster, as OpenShift's `restricted-v2` requires. Default: `fixed`."""
    suspended: Suspended = False
    """Stops a release and keeps its data. True: no pod runs. `tasks`: API server, database and
    broker keep running until tasks have finished. Apply it first, as `make deploy` does."""
    create_namespace: Namespace | None = None
    """The release's namespace as the first object of the bundle, with labels of Pod Security
    Admission. Set it in only one release of a namespace. Default: none; `make deploy` creates a
    missing namespace, with other tools you create it."""
    namespace_limits: NamespaceLimits | None = None
    """ResourceQuota and LimitRange of the release's namespace. Default: none."""
    labels: LabelMap | None = None
    """Labels of all objects and pods, such as a cost centre. They are in no selector. You cannot
    change the labels of the release. A change restarts the pods. Default: none."""
    annotations: AnnotationMap | None = None
    """Annotations of all objects except pods; for pods use `pods=PodDefaults(annotations=...)`.
    Default: none."""
    patches: Sequence[Patch] | None = None
    """Changes to finished objects, for fields that no prop sets. A patch that matches no object is
    an error. Default: none."""
    extra_manifests: Sequence[AnyManifest | str] | None = None
    """Your own objects: manifests, or paths of YAML files. They get the namespace and labels of the
    release. Two of one kind and name, and Secrets with values, are errors. Default: none."""
    extensions: Sequence[Part] | None = field(default=None, metadata=IN_PYTHON)
    """Your own parts, which add to pods or bring objects. What they add to a pod overrides `config`
    and `env`. Not available in values files, which cannot name Python. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from env_problems("AirflowProps.env", self.env or {})
        yield from reserved_label_problems("AirflowProps", self.labels or (), "a pod")

    @property
    def all_executors(self) -> Executors:
        """The executors of the release, one or several."""
        return Executors(all=(self.executor,) if self.executors is None else self.executors)

    @property
    def all_airflow_pods(self) -> AirflowPods:
        """`airflow_pods` with what is short for a field of it."""
        pods = self.airflow_pods
        if self.service_account:
            pods = replace(pods, service_account=self.service_account)
        if self.env_from:
            pods = replace(pods, env_from=(*self.env_from, *(pods.env_from or ())))
        return pods

    @property
    def exposed_by(self) -> Ingress | HttpRoute | ExposedService | None:
        """The value of `exposure` or `ingress`, whichever is set."""
        return self.exposure or self.ingress

"""The props of one Airflow deployment: all of its settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from cdk8s_plus_27 import k8s

from cdk8s_airflow.components.api_server import ApiServerProps
from cdk8s_airflow.components.create_admin import AdminUser
from cdk8s_airflow.components.dag_processor import DagProcessorProps
from cdk8s_airflow.components.database_cleanup import DatabaseCleanup
from cdk8s_airflow.components.execution_api import ExecutionApiProps
from cdk8s_airflow.components.flower import Flower
from cdk8s_airflow.components.namespace_limits import NamespaceLimits
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
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.pod_defaults import PodDefaults
from cdk8s_airflow.kubernetes.pods import AirflowPods
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import ConfigMapKey, EnvValue, SecretKey, check_env
from cdk8s_airflow.kubernetes.service_accounts import ServiceAccount
from cdk8s_airflow.part import IN_PYTHON, Part
from cdk8s_airflow.parts.config import Config
from cdk8s_airflow.parts.connection import Connection, VariableValue
from cdk8s_airflow.parts.ip_families import IpFamily
from cdk8s_airflow.parts.kerberos import Kerberos
from cdk8s_airflow.parts.keys import Secrets
from cdk8s_airflow.parts.log_groomer import Logs
from cdk8s_airflow.parts.network_policies import NetworkPolicies
from cdk8s_airflow.parts.packages import ExtraPackages
from cdk8s_airflow.parts.patches import Patch
from cdk8s_airflow.parts.reload import ReloadController
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql
from cdk8s_airflow.services.redis import EmbeddedRedis

Size: TypeAlias = Literal["small", "medium", "large"]
Suspended: TypeAlias = bool | Literal["tasks"]
"""`tasks`: no scheduler, DAG processor, triggerer and worker; True: no pod at all."""


@dataclass(frozen=True, kw_only=True)
class AirflowProps(Props):
    """The settings of one Airflow deployment; the defaults are a complete release."""

    airflow_version: str = "3.3.2"
    """Version of Airflow in the image, 3.1 or newer: decides which options exist."""
    size: Size = "small"
    """A set of defaults for requests, limits, replicas, concurrency and pools. `small` runs 16
    tasks at once; `medium` runs 64, with two pods of each process that running tasks depend on;
    `large` runs 160. A value that you set wins. docs/sizes.md has the figures. Default: `small`."""
    image: Image | None = None
    """Image of all Airflow pods. Default: `apache/airflow` with `airflow_version` as tag."""
    executor: AnyExecutor = CeleryExecutor()
    """How tasks run. Default: Celery with one group of two workers."""
    executors: Sequence[AnyExecutor] | None = None
    """Several executors instead of one: the first for all tasks but those that name another,
    `executor="KubernetesExecutor"` or its alias. Default: `executor` alone."""
    dags: DagSource | Sequence[GitDags] | None = None
    """Where DAGs come from; a list for several git repositories. Default: the folder `dags` of
    the app's working folder."""
    plugins: Plugins | None = None
    """Where Airflow's plugins come from, and other modules that options name (XCom backends,
    timetables, listeners): all roles that import them get them. Default: none, or what the image
    has in `/opt/airflow/plugins`."""
    database: Database = EmbeddedPostgresql()
    """The metadata database; a `SecretKey` holds a whole SQLAlchemy URL, driver included
    (`postgresql+psycopg2://...`). Default: a PostgreSQL of the release's own."""
    pgbouncer: PgBouncer | None = None
    """PgBouncer before PostgreSQL, for the metadata and Celery's results. Default: none."""
    broker: Broker = EmbeddedRedis()
    """Celery's broker; a `SecretKey` holds a whole URL. Default: a Redis of the release's own."""
    result_backend: ResultBackend | None = None
    """Celery's result backend; a `SecretKey` holds a whole URL. With PostgreSQL give it a user that
    cannot read the metadata: workers hold these credentials. Default: the broker, if it is a Redis,
    else a database of its own in the release's PostgreSQL."""
    secrets: Secrets = Secrets()
    """Airflow's keys and passwords from your own Secrets. Default: all are generated in the
    cluster, once."""
    config: Config | None = None
    """Options of airflow.cfg, for example `{"core": {"parallelism": 64}}`; they override the
    library's defaults. A change of an option restarts only the pods that read it. An option that
    the library sets itself is an error that names the prop to use. Default: none."""
    env: Mapping[str, EnvValue] | None = None
    """Environment variables of all Airflow pods: literals, `SecretKey` or `ConfigMapKey`; they
    override `config`. An option, `AIRFLOW__SECTION__OPTION`, reaches the pods that read it.
    Default: none."""
    env_from: Sequence[k8s.EnvFromSource | Manifest] | None = None
    """`envFrom` of all Airflow pods: whole ConfigMaps or Secrets, before that of `airflow_pods` and
    of a role. Default: none."""
    connections: Mapping[str, Connection | SecretKey] | None = None
    """Connections by id, for tasks, triggers and DAG files: by their parts, or a `SecretKey` of a
    whole URI. They are not in the database, so the UI does not list them. Default: none."""
    variables: Mapping[str, VariableValue] | None = None
    """Airflow variables by key, for tasks, triggers and DAG files: literals, `SecretKey`,
    `ConfigMapKey`, or mappings and lists, which become JSON. Default: none."""
    ca_bundle: ConfigMapKey | SecretKey | None = None
    """Private certificate authorities (PEM) that all Airflow processes and tasks trust beside the
    public ones: for databases, object stores, identity providers, package indexes, git servers.
    Default: none."""
    extra_packages: ExtraPackages | Sequence[str] | None = field(default=None, metadata=OWN_CHECK)
    """Python packages that the image lacks, installed at each start of a pod under constraints that
    protect Airflow's own; a list of requirements, or an `ExtraPackages` for more. Default: none;
    an image of yours starts faster and needs no package index."""
    kerberos: Kerberos | None = None
    """A Kerberos ticket for tasks, made from a keytab. Default: none."""
    logs: Logs = Logs()
    """Log files in the pods, and how long they stay. Default: 15 days, 8Gi for each pod."""
    metrics: StatsdExporter | None = None
    """Metrics of all processes and tasks, for Prometheus. Default: none."""
    admin: AdminUser | None = AdminUser()
    """The first user; None: create users yourself. Default: `admin`, with a generated password."""
    base_url: str | None = field(default=None, metadata=OWN_CHECK)
    """URL under which users reach UI and REST API, `[api] base_url`, for example
    `https://data.example.com/airflow`. Links lead there, and the API server answers below its path.
    Default: the URL of `exposure` or `ingress`; without one, Airflow's own default."""
    exposure: Ingress | HttpRoute | ExposedService | None = None
    """How users outside the cluster reach UI, REST API and, if you like, Flower. If you expose
    Airflow in another way, set `base_url`. Default: not exposed; `make browse-web` forwards a
    port."""
    ingress: Ingress | None = None
    """Short for `exposure=Ingress(...)`. Default: none."""
    flower: Flower | None = None
    """Flower, Celery's web interface. Default: none."""
    ip_families: Sequence[IpFamily] | None = None
    """`ipFamilies` of all Services, the preferred family first: `["IPv6"]`, or both for dual stack.
    With IPv6, API servers and Flower listen on it too, and the scheduler is probed inside its pod.
    Default: the cluster's; API servers, Flower and the scheduler's probes then use IPv4 alone."""
    network_policies: NetworkPolicies | None = NetworkPolicies()
    """Settings of the NetworkPolicies. None: no policies, so any pod of the cluster may connect to
    any pod of the release. Default: one policy for each component."""
    reload: ReloadController | None = None
    """Controller of your cluster that restarts pods when a ConfigMap or Secret from outside the
    bundle changes: `reloader` (Stakater Reloader) or `configmapcontroller` (fabric8's, for
    ConfigMaps alone). Default: none; restart the pods yourself after a rotation."""
    api_server: ApiServerProps = ApiServerProps()
    """Settings of the API server, which serves the UI too."""
    execution_api: ExecutionApiProps | None = None
    """Separate servers for the execution API, which tasks report to; `api_server` then serves UI
    and REST API alone, and users cannot slow down tasks. Default: one server for both."""
    scheduler: SchedulerProps = SchedulerProps()
    """Settings of the scheduler."""
    dag_processor: DagProcessorProps = DagProcessorProps()
    """Settings of the DAG processor."""
    triggerer: TriggererProps = TriggererProps()
    """Settings of the triggerer."""
    migrations: JobProps = JobProps()
    """Settings of the migrations Job and its pod."""
    database_cleanup: DatabaseCleanup | None = None
    """A CronJob that deletes old history from the metadata database. Default: none, because deleted
    history is gone for good; the database then grows with each run."""
    bootstrap: JobProps = JobProps()
    """Settings of the Job that generates Secrets, and its pod."""
    pods: PodDefaults = PodDefaults()
    """Settings of every pod of the release, those of Jobs and embedded servers included; the same
    field of a role overrides it. Default: none."""
    service_account: ServiceAccount | None = None
    """The ServiceAccount of all pods that run Airflow: an identity in a cloud, one account of
    yours, a token for Vault; short for that of `airflow_pods`. A role's own words win. Default: an
    account for each role, without annotations and token."""
    airflow_pods: AirflowPods = AirflowPods()
    """Settings of all pods that run Airflow, such as volumes with plugins of yours or `env_from`;
    they override `pods`. Default: none."""
    images: Registry | None = None
    """One registry, and one pull secret, for all images: Airflow's, those of embedded servers,
    git-sync and exporters, and of your own containers. Default: each image from its own."""
    image_digests: ImageDigests | None = None
    """A file with digests, by which images are named in place of their tags: Airflow's and all
    others, by the names that the manifests have otherwise. Default: none, images by tag."""
    user_ids: Literal["fixed", "assigned"] = "fixed"
    """Uids and gids of the pods: `fixed` are those of the images (50000:0 for Airflow); `assigned`
    sets none, so that the cluster assigns them, as OpenShift does with its `restricted-v2`.
    Default: `fixed`."""
    suspended: Suspended = False
    """Stop a release and keep its data. True: no pod runs. `tasks`: API server, database and broker
    go on, so that running tasks can finish. To lose no task apply `tasks` first, wait until its
    pods are gone, then apply True; `make deploy` does that by itself. Default: False."""
    create_namespace: Namespace | None = None
    """The release's namespace as the first object of the bundle, with labels of Pod Security
    Admission. Set it in one release of a namespace only. Default: none; `make deploy` creates a
    namespace that is missing, and with other tools you do."""
    namespace_limits: NamespaceLimits | None = None
    """ResourceQuota and LimitRange of the release's namespace. Default: none."""
    labels: LabelMap | None = None
    """Labels of all objects and pods, such as a cost centre. Selectors never hold them; those of
    the release cannot be changed. A change restarts the pods. Default: none."""
    annotations: AnnotationMap | None = None
    """Annotations of all objects, but not of pods, which `pods=PodDefaults(annotations=...)` sets.
    Default: none."""
    patches: Sequence[Patch] | None = None
    """Changes of finished objects, for fields that no prop sets. A patch that fits no object is an
    error. Default: none."""
    extra_manifests: Sequence[AnyManifest | str] | None = None
    """Objects of your own: manifests as mappings, or paths of YAML files. They get the namespace
    and labels of the release, so tools that prune know them. Two objects of one kind and name, and
    Secrets with values, are errors. Default: none."""

    extensions: Sequence[Part] | None = field(default=None, metadata=IN_PYTHON)
    """Parts of your own: whatever adds to pods or brings objects and has no prop here. What they
    add to a pod wins over `config` and `env`. Values files cannot name Python. Default: none."""

    def __post_init__(self) -> None:
        """Checks types, names and environment; `release.checks` checks combinations of props.

        Raises:
            TypeError: for a prop that does not exist, or of another type.
            ValueError: for the invalid name of a variable.
        """
        super().__post_init__()
        check_env("AirflowProps.env", self.env or {})
        PodDefaults(labels=self.labels)

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

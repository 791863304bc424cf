"""The props of one Airflow deployment: everything a user can say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from cdk8s_airflow.components.api_server import ApiServerProps
from cdk8s_airflow.components.create_admin import AdminUser
from cdk8s_airflow.components.dag_processor import DagProcessorProps
from cdk8s_airflow.components.database_cleanup import DatabaseCleanup
from cdk8s_airflow.components.execution_api import ExecutionApiProps
from cdk8s_airflow.components.flower import Flower
from cdk8s_airflow.components.namespace_limits import NamespaceLimits
from cdk8s_airflow.components.pgbouncer import PgBouncer
from cdk8s_airflow.components.scheduler import SchedulerProps
from cdk8s_airflow.components.triggerer import TriggererProps
from cdk8s_airflow.dags.git import GitDags
from cdk8s_airflow.dags.sources import DagSource
from cdk8s_airflow.executors.backends import Broker, ResultBackend
from cdk8s_airflow.executors.celery import CeleryExecutor
from cdk8s_airflow.executors.executors import AnyExecutor, Executors
from cdk8s_airflow.exposure.exposed_service import ExposedService
from cdk8s_airflow.exposure.http_route import HttpRoute
from cdk8s_airflow.exposure.ingress import Ingress
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.objects import Piece
from cdk8s_airflow.kubernetes.pod_defaults import PodDefaults
from cdk8s_airflow.kubernetes.pods import PodProps
from cdk8s_airflow.kubernetes.props import PYTHON_ONLY, Props
from cdk8s_airflow.kubernetes.references import ConfigMapKey, EnvValue, SecretKey, check_env
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.config import Config
from cdk8s_airflow.parts.connection import Connection, VariableValue
from cdk8s_airflow.parts.ip_families import IpFamily
from cdk8s_airflow.parts.kerberos import Kerberos
from cdk8s_airflow.parts.keys import Secrets
from cdk8s_airflow.parts.log_groomer import Logs
from cdk8s_airflow.parts.network_policies import NetworkPolicies
from cdk8s_airflow.parts.packages import ExtraPackages
from cdk8s_airflow.parts.reload import ReloadController
from cdk8s_airflow.services.mysql import ExternalMysql
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql, ExternalPostgresql
from cdk8s_airflow.services.redis import EmbeddedRedis

Size: TypeAlias = Literal["small", "medium", "large"]
Suspended: TypeAlias = bool | Literal["tasks"]
"""`tasks`: nothing schedules, parses, triggers or runs; True: nothing runs at all."""
Database: TypeAlias = EmbeddedPostgresql | ExternalPostgresql | ExternalMysql | SecretKey
_IN_PYTHON = (
    "an extension is a class of yours, which a values file cannot name: write main.py in Python, "
    "AirflowProps(extensions=[...]), as examples/extension/ does"
)


@dataclass(frozen=True, kw_only=True)
class AirflowProps(Props):
    """One Airflow deployment. Every field has a default that works on an empty cluster."""

    airflow_version: str = "3.3.2"
    """Version of Airflow in the image, 3.1 or newer: decides which options exist."""
    size: Size = "small"
    """What is meant by default: requests, limits, replicas, concurrency, pools. `small` runs 16
    tasks at once, `medium` 64 with two of each process that running tasks depend on, `large` 160.
    Whatever you say yourself wins; docs/sizes.md has the figures. Default `small`."""
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
    """Keys that you bring. Default: all are generated in the cluster, once."""
    config: Config | None = None
    """Options of airflow.cfg, for example `{"core": {"parallelism": 64}}`; wins over the defaults
    of the library. An option goes to the pods that act on it, so a change of it restarts no others.
    Options that the library has to own are refused with what to use instead."""
    env: Mapping[str, EnvValue] | None = None
    """Environment of all Airflow pods: literals, `SecretKey` or `ConfigMapKey`; wins over
    `config`."""
    connections: Mapping[str, Connection | SecretKey] | None = None
    """Connections by id, for tasks, triggers and DAG files: by their parts, or a `SecretKey` of a
    whole URI. They are not in the database, so the UI does not list them. Default: none."""
    variables: Mapping[str, VariableValue] | None = None
    """Variables by key, likewise: literals, `SecretKey`, `ConfigMapKey`, or what becomes JSON.
    Default: none."""
    ca_bundle: ConfigMapKey | SecretKey | None = None
    """Private certificate authorities (PEM) that all Airflow processes and tasks trust beside the
    public ones: for databases, object stores, identity providers, package indexes, git servers.
    Default: none."""
    extra_packages: ExtraPackages | Sequence[str] | None = None
    """Python packages that the image lacks, installed at each start of a pod under constraints that
    protect Airflow's own; a list of requirements, or an `ExtraPackages` for more. Default: none;
    an image of yours starts faster and needs no package index."""
    kerberos: Kerberos | None = None
    """A Kerberos ticket for tasks, made from a keytab. Default: none."""
    logs: Logs = Logs()
    """Log files in the pods, and how long they stay. Default: 15 days, 8Gi for each pod."""
    admin: AdminUser | None = AdminUser()
    """The first user. None: create users yourself."""
    base_url: str | None = None
    """Where users reach UI and REST API, `[api] base_url`, for example
    `https://data.example.com/airflow`: links lead there, and the API server answers below its path.
    Default: what `ingress` or `exposure` says; without one, Airflow's own."""
    exposure: Ingress | HttpRoute | ExposedService | None = None
    """How users outside the cluster reach UI, REST API and, if you like, Flower. Default: not at
    all; `make browse-web` forwards a port. Where something else leads users in, set `base_url`."""
    ingress: Ingress | None = None
    """Short for `exposure`, where that is an Ingress. Default: none."""
    flower: Flower | None = None
    """Flower, Celery's web interface. Default: none."""
    ip_families: Sequence[IpFamily] | None = None
    """IP families of all Services, `ipFamilies`, the first family first: `["IPv6"]`, or both for
    dual stack. With IPv6, the API servers, Flower and the scheduler's probes know it too. Default:
    what the cluster does; these three know IPv4 alone, all other servers both."""
    network_policies: NetworkPolicies | None = NetworkPolicies()
    """What NetworkPolicies say; they are on by default. None: no policies, so that all pods of the
    cluster may talk to all of the release."""
    reload: ReloadController | None = None
    """Controller of your cluster that rolls the pods when a ConfigMap or Secret changes that the
    bundle does not make: `reloader` (Stakater Reloader) or `configmapcontroller` (fabric8's, for
    ConfigMaps alone). Default: none; then you restart pods yourself after a rotation."""
    api_server: ApiServerProps = ApiServerProps()
    """The API server and UI."""
    execution_api: ExecutionApiProps | None = None
    """Servers of its own for the execution API, which tasks report to; `api_server` then serves UI
    and REST API alone, and users cannot slow tasks down. Default: one server for both."""
    scheduler: SchedulerProps = SchedulerProps()
    """The scheduler."""
    dag_processor: DagProcessorProps = DagProcessorProps()
    """The DAG processor."""
    triggerer: TriggererProps = TriggererProps()
    """The triggerer."""
    migrations: PodProps = PodProps()
    """The pod of the migrations Job."""
    database_cleanup: DatabaseCleanup | None = None
    """Deletes old history from the metadata database at regular times. Default: nothing does, as
    what it deletes is gone; without it the database grows with each run."""
    bootstrap: PodProps = PodProps()
    """The pod of the Job that generates Secrets."""
    pods: PodDefaults = PodDefaults()
    """What holds for every pod of the release, those of Jobs and embedded servers included, unless
    the role says another."""
    user_ids: Literal["fixed", "assigned"] = "fixed"
    """Uids and gids of the pods: `fixed` are those of the images (50000:0 for Airflow); `assigned`
    names none, so that the cluster may assign any, as OpenShift does with its `restricted-v2`.
    Default `fixed`."""
    suspended: Suspended = False
    """Stop without touching data: True runs no pod at all; `tasks` leaves API server, database and
    broker, so that running tasks can end and users can look. To lose no task apply `tasks` first,
    wait until its pods are gone, then True; `make deploy` keeps that order by itself."""
    namespace_limits: NamespaceLimits | None = None
    """ResourceQuota and LimitRange of the release's namespace. Default: none."""
    extra_manifests: Sequence[Piece | str] | None = None
    """Objects of your own: manifests in wire form, or paths of YAML files. They get the namespace
    and the labels of the release, so that the tools which clean up know them, and no two objects
    may have one name. Secrets with values are refused. Default: none."""

    extensions: Sequence[Part] | None = field(default=None, metadata={PYTHON_ONLY: _IN_PYTHON})
    """Parts of your own: whatever adds to pods or brings objects and has no prop here. What they
    add to a pod wins over the release's `config` and `env`. Values files cannot name Python, so
    not there. Default: none."""

    def __post_init__(self) -> None:
        """Checks types, names and the environment; what a whole release knows is checked in it.

        Raises:
            TypeError: for a prop that does not exist, or of another type.
            ValueError: for a malformed name of a variable.
        """
        super().__post_init__()
        check_env("AirflowProps.env", self.env or {})

    @property
    def all_executors(self) -> Executors:
        """The executors of the release, one or several."""
        return Executors(all=(self.executor,) if self.executors is None else self.executors)

    @property
    def way_in(self) -> Ingress | HttpRoute | ExposedService | None:
        """How users outside the cluster reach the release."""
        return self.exposure or self.ingress

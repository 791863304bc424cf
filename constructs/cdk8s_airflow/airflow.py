"""The umbrella: from props to a platform, its contributors and its components."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cdk8s import Chart
from constructs import Construct

from cdk8s_airflow.components import api_server
from cdk8s_airflow.components.api_server import ApiServer
from cdk8s_airflow.components.bootstrap import Bootstrap
from cdk8s_airflow.components.celery_worker import CeleryWorkers
from cdk8s_airflow.components.create_admin import CreateAdmin
from cdk8s_airflow.components.dag_processor import DagProcessor
from cdk8s_airflow.components.database_cleanup import PROGRAM as CLEAN_DATABASE
from cdk8s_airflow.components.database_cleanup import DatabaseCleaner
from cdk8s_airflow.components.execution_api import ExecutionApi
from cdk8s_airflow.components.flower import FlowerServer
from cdk8s_airflow.components.migrations import Migrations
from cdk8s_airflow.components.namespace_limits import NamespaceObjects
from cdk8s_airflow.components.pgbouncer_server import PgBouncerServer
from cdk8s_airflow.components.scheduler import Scheduler
from cdk8s_airflow.components.triggerer import Triggerer
from cdk8s_airflow.dags.sources import one_source
from cdk8s_airflow.executors.celery import Celery
from cdk8s_airflow.executors.executor import ExecutorNames, Service, Surroundings
from cdk8s_airflow.executors.local import Local
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.names import check_release, object_name
from cdk8s_airflow.kubernetes.network import Network
from cdk8s_airflow.kubernetes.parts import NOTHING
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.kubernetes.uniqueness import check_unique_objects
from cdk8s_airflow.parts import reload
from cdk8s_airflow.parts.access import DatabaseAccess, database_access
from cdk8s_airflow.parts.config import AirflowConfig
from cdk8s_airflow.parts.connections import Connections, programs_for
from cdk8s_airflow.parts.environment import Environment
from cdk8s_airflow.parts.extra_manifests import ExtraManifests
from cdk8s_airflow.parts.ip_families import set_families
from cdk8s_airflow.parts.keys import Keys
from cdk8s_airflow.parts.programs import ProgramsConfigMap
from cdk8s_airflow.parts.runtime import Runtime
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.pooling import pooler_of
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.sharing import check_sharing, claim
from cdk8s_airflow.suspend import suspend


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
            TypeError: when props are no `AirflowProps`.
        """
        release = release or id
        check_release(release)
        props = props or AirflowProps()
        if not isinstance(props, AirflowProps):
            raise TypeError(
                f"props is a {type(props).__name__}: expected AirflowProps(...), which names and "
                "checks every setting"
            )
        props = props.sized
        groups = [group.component for group in props.together.worker_groups]
        object_name(release, max([Role.DAG_PROCESSOR.value, *groups], key=len))
        super().__init__(scope, id)
        check_unique_objects(self)
        check_sharing(claim(self, props, release))
        bare = Platform(
            release=release,
            airflow_version=props.airflow_version,
            image=props.image or Image(repository="apache/airflow", tag=props.airflow_version),
            base_url=props.public_url,
            trust=props.authorities.trust if props.authorities else NOTHING,
            pods=props.pods,
            ipv6="IPv6" in (props.ip_families or ()),
            assigned_ids=props.user_ids == "assigned",
            execution_api=props.execution_api is not None,
            namespace=Chart.of(self).namespace,
            network=Network(props=props.network_policies),
        )
        keys = Keys(release=release, secrets=props.secrets, absent=props.without_login)
        pooler = pooler_of(props, release)
        direct = database_access(props.database, release, pooled=pooler.server if pooler else None)
        database = DatabaseAccess(url=pooler.url) if pooler else direct
        demanded = programs_for(props.connections or {})
        demanded += [program for feature in props.features for program in feature.programs]
        demanded += PgBouncerServer.programs if pooler else []
        demanded += [CLEAN_DATABASE] if props.database_cleanup else []
        programs = ProgramsConfigMap(self, "programs", platform=bare, demanded=demanded).contributor
        around = Surroundings(
            platform=bare,
            database=direct,
            programs=programs,
            backends=props.backends,
            results_url=pooler.results_url if pooler else None,
            config=props.config or {},
            executors=len(props.together.all),
            first=props.together.all[0],
        )
        executors = [executor.join(around) for executor in props.together.all]
        celery = next((each for each in executors if isinstance(each, Celery)), None)
        local = next((each for each in executors if isinstance(each, Local)), None)
        platform = replace(
            bare,
            contributors=[
                Runtime(
                    execution_api_url=api_server.url(
                        bare,
                        api_server.EXECUTION_PATH,
                        from_elsewhere=props.together.leave_namespace,
                    ),
                    base_url=bare.base_url,
                    home="/tmp" if bare.assigned_ids else "",
                ),
                programs,
                *(feature.build(self, bare, programs) for feature in props.features),
                keys,
                database,
                ExecutorNames(names=props.together.names),
                *executors,
                one_source(props.dags).build(self, bare),
                Connections(
                    connections=props.connections or {},
                    variables=props.variables or {},
                    image=bare.image,
                    programs=programs,
                ),
                *([props.network_policies] if props.network_policies else []),
                AirflowConfig(
                    config=props.config or {}, celery=celery.settings if celery else None
                ),
                Environment(env=props.env or {}),
            ],
        )
        self.platform = platform
        """The release as its components see it: for components of your own."""
        generated = [*keys.generated]
        services: list[Service] = []
        for executor in executors:
            generated += executor.generated
            services += executor.services
        if not isinstance(props.database, SecretKey):
            services.insert(0, props.database)
        for service in services:
            service.build(self, platform)
            generated += service.generated(release)
        self.pgbouncer: PgBouncerServer | None = None
        """PgBouncer, if it is wanted."""
        if pooler and props.pgbouncer:
            generated += props.pgbouncer.generated(pooler)
            self.pgbouncer = PgBouncerServer(
                self, "pgbouncer", platform=platform, pooler=pooler, props=props.pgbouncer
            )
        if generated:
            Bootstrap(
                self,
                "bootstrap",
                platform=platform,
                generated=generated,
                props=props.bootstrap,
            )
        # Migrations hold a lock of their session, which PgBouncer would leave to another.
        unpooled = [direct if part is database else part for part in platform.contributors]
        straight = replace(platform, contributors=unpooled)
        Migrations(self, "migrations", platform=straight, props=props.migrations)
        if props.database_cleanup:
            DatabaseCleaner(
                self, "database-cleanup", platform=straight, props=props.database_cleanup
            )
        if props.admin:
            CreateAdmin(self, "create-admin", platform=platform, props=props.admin)
        self.api_server = ApiServer(self, "api-server", platform=platform, props=props.api_server)
        self.scheduler = Scheduler(
            self,
            "scheduler",
            platform=platform,
            props=props.scheduler,
            tasks=local.tasks if local else None,
        )
        self.execution_api: ExecutionApi | None = None
        """The execution API's own servers, if it has them."""
        if props.execution_api:
            self.execution_api = ExecutionApi(
                self, "execution-api", platform=platform, props=props.execution_api
            )
        self.dag_processors: Mapping[str, DagProcessor] = {
            bundle: DagProcessor(
                self,
                f"dag-processor-{bundle}" if bundle else "dag-processor",
                platform=platform,
                props=props.dag_processor,
                bundle=bundle,
            )
            for bundle in props.parsed_apart
        }
        """Name of the DAG bundle -> its DAG processor; `""` -> that of all bundles."""
        self.dag_processor = next(iter(self.dag_processors.values()))
        """The DAG processor; the first, where each bundle has its own."""
        self.triggerer = Triggerer(
            self,
            "triggerer",
            platform=platform,
            props=props.triggerer,
            database=direct.server,
        )
        for executor in executors:
            executor.build(self, platform)
        self.worker_groups: Mapping[str, CeleryWorkers] = celery.worker_groups if celery else {}
        """Name of the group -> its workers."""
        self.flower: FlowerServer | None = celery.flower if celery else None
        """Flower, if it is wanted."""
        if props.exposed:
            props.exposed.build(self, platform)
            platform.network.show(Role.API_SERVER.value)
            if props.exposed.shows_flower:
                platform.network.show(Role.FLOWER.value)
        if props.ip_families:
            set_families(self, props.ip_families)
        if props.namespace_limits:
            NamespaceObjects(self, "namespace", platform=platform, props=props.namespace_limits)
        if props.extra_manifests:
            ExtraManifests(self, "extra", platform=platform, manifests=props.extra_manifests)
        platform.network.check_names(self)
        suspend(self, props.suspended)
        if props.reload:
            reload.annotate(self, props.reload)

"""The list of all parts of a release, in the order in which they add to pods and build objects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from cdk8s_airflow.components import api_server
from cdk8s_airflow.components.bootstrap import BootstrapJob
from cdk8s_airflow.components.declared_objects import declared_objects
from cdk8s_airflow.components.fernet_rotation import FernetRotation
from cdk8s_airflow.components.migrations import MigrationsJob
from cdk8s_airflow.components.pgbouncer_server import PgBouncerPods
from cdk8s_airflow.dags.sources import dags_part
from cdk8s_airflow.executors.executor import ExecutorNames
from cdk8s_airflow.kubernetes.references import SecretKey
from cdk8s_airflow.part import Feature, Part
from cdk8s_airflow.parts.access import database_access
from cdk8s_airflow.parts.audit_log import AuditLog
from cdk8s_airflow.parts.bundle_metrics import BundleMetrics
from cdk8s_airflow.parts.ca_bundle import CaBundle
from cdk8s_airflow.parts.config import AirflowConfig
from cdk8s_airflow.parts.connections import Connections
from cdk8s_airflow.parts.database_roles import DatabaseRoles
from cdk8s_airflow.parts.environment import Environment
from cdk8s_airflow.parts.extra_manifests import ExtraManifests
from cdk8s_airflow.parts.ip_families import Ipv6Listeners, ServiceFamilies
from cdk8s_airflow.parts.keys import Keys
from cdk8s_airflow.parts.own_objects import OwnObjects
from cdk8s_airflow.parts.packages import ExtraPackages
from cdk8s_airflow.parts.patches import Patches
from cdk8s_airflow.parts.programs import Programs
from cdk8s_airflow.parts.reload import Reload
from cdk8s_airflow.parts.runtime import Runtime
from cdk8s_airflow.parts.shared_account import SharedAccount
from cdk8s_airflow.parts.used_digests import UsedDigests
from cdk8s_airflow.platform import Platform, Role
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.exporters import exporters
from cdk8s_airflow.release.log_checks import all_connections, log_connection
from cdk8s_airflow.release.migration_code import migrations_run_own_code
from cdk8s_airflow.release.pooling import backends_of, pooler_of
from cdk8s_airflow.release.suspend import Suspension, suspension_of
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql


def parts_of(props: AirflowProps, platform: Platform) -> Sequence[Part]:
    """The parts of a release.

    Args:
        props: checked, with the defaults of its size.
        platform: the release before it has parts.
    """
    executors, backends = props.all_executors, backends_of(props)
    pooler = pooler_of(props, platform.release)
    found: list[object] = [
        props.create_namespace,
        SharedAccount(account) if (account := platform.shared_service_account) else None,
        Runtime(execution_api_url=_execution_api_url(props, platform)),
        Programs(),
        *_features(props),
        Keys(secrets=props.secrets, absent=_roles_without_credentials(props)),
        database_access(props.database, platform.release, pooler),
        DatabaseRoles(server=props.database)
        if isinstance(props.database, EmbeddedPostgresql)
        else None,
        *exporters(props),
        AuditLog() if props.logs.audit else None,
        ExecutorNames(names=executors.names),
        *(each.launcher(backends) for each in executors.all),
        dags_part(props.dags),
        BundleMetrics() if props.metrics else None,
        Connections(
            connections=all_connections(props),
            variables=props.variables_in("environment"),
            log_connection=log_connection(props),
            alone=props.secrets_backend is None,
        ),
        props.secrets_backend,
        declared_objects(props),
        props.network_policies,
        AirflowConfig(config=props.config or {}),
        Environment(env=props.env or {}, own_code_in_migrations=migrations_run_own_code(props)),
        *(props.extensions or ()),
        # The following have objects only: servers, Jobs, components.
        None if isinstance(props.database, SecretKey) else props.database,
        props.broker if executors.celery and not isinstance(props.broker, SecretKey) else None,
        PgBouncerPods(props=props.pgbouncer, pooler=pooler) if props.pgbouncer and pooler else None,
        BootstrapJob(props.bootstrap),
        MigrationsJob(props.migrations),
        FernetRotation(props.migrations),
        props.database_cleanup,
        props.backup,
        props.admin,
        props.api_server,
        props.scheduler,
        props.execution_api,
        props.dag_processor,
        props.triggerer,
        *(each.runner(backends) for each in executors.all),
        props.exposed_by,
        _alerts(props),
        # The last ones change or check the objects before them.
        ServiceFamilies(families=props.ip_families) if props.ip_families else None,
        props.namespace_limits,
        ExtraManifests(manifests=props.extra_manifests) if props.extra_manifests else None,
        OwnObjects() if props.extensions or props.extra_manifests else None,
        Patches(
            labels=props.labels or {},
            annotations=props.annotations or {},
            patches=props.patches or (),
        )
        if props.labels or props.annotations or props.patches
        else None,
        UsedDigests() if props.image_digests else None,
        Suspension(kind) if (kind := suspension_of(props)) else None,
        Reload(props.reload) if props.reload else None,
    ]
    return [part for part in found if isinstance(part, Part)]


def _features(props: AirflowProps) -> Iterator[Feature]:
    """The optional features, in the order of the props."""
    short: dict[str, Feature] = {}
    if props.ca_bundle:
        short["ca_bundle"] = CaBundle(source=props.ca_bundle)
    if props.extra_packages:
        short["extra_packages"] = ExtraPackages.of(props.extra_packages)
    if "IPv6" in (props.ip_families or ()):
        short["ip_families"] = Ipv6Listeners()
    for field in fields(props):
        value = short.get(field.name, getattr(props, field.name))
        if isinstance(value, Feature):
            yield value


def _alerts(props: AirflowProps) -> Part | None:
    if props.alerts is None:
        return None
    from cdk8s_airflow.release.alerting import AlertRules  # few releases pay for its rules

    return AlertRules.of(props, props.alerts)


def _execution_api_url(props: AirflowProps, platform: Platform) -> str:
    elsewhere = props.all_executors.uses_other_namespaces
    return api_server.url(platform, api_server.EXECUTION_PATH, from_other_namespaces=elsewhere)


def _roles_without_credentials(props: AirflowProps) -> frozenset[Role]:
    """The roles that need no password, because the release has no such pod or login."""
    absent = set() if props.admin else {Role.CREATE_ADMIN}
    if props.flower is None or props.flower.username is None:
        absent.add(Role.FLOWER)
    if props.reconciler is None:
        absent |= {Role.OBJECTS, Role.OBJECTS_ACCOUNT}
    return frozenset(absent)

"""Every prop, set alone, changes the manifests: nothing is an option that nothing reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from bundle.test_variants import DAGS, POD, SIDECAR, TEAM
from without_node import manifests

from cdk8s_airflow import (
    AdminUser,
    AirflowPods,
    AirflowProps,
    Alert,
    Alerts,
    ApiServerProps,
    AuthManager,
    AwsParameterStore,
    AwsSecretsManager,
    AzureBlobLogs,
    AzureBlobXComs,
    AzureEntra,
    AzureKeyVault,
    Backup,
    BackupVolume,
    CeleryExecutor,
    Certificate,
    ClaimTemplate,
    CloudSqlIam,
    CloudWatchLogs,
    ConfigMapKey,
    Connection,
    DagProcessorProps,
    DagsFolder,
    DagsInImage,
    DagsVolume,
    Dashboards,
    DatabaseCleanup,
    DatabaseUsers,
    ElasticsearchLogs,
    EmbeddedPostgresql,
    EmbeddedRabbitmq,
    EmbeddedRedis,
    ExecutionApiProps,
    ExposedService,
    ExternalMysql,
    ExternalPostgresql,
    ExternalRabbitmq,
    ExternalRedis,
    ExtraPackages,
    ExtraPath,
    FieldRef,
    FinishedPods,
    Flower,
    GcpSecretManager,
    GcsLogs,
    GcsXComs,
    GitDags,
    GitHubApp,
    GitSshKey,
    GitSyncDags,
    GitToken,
    HeadlessServiceProps,
    HpaAutoscaling,
    HttpRoute,
    Image,
    ImageDigests,
    Ingress,
    IngressHost,
    JobProps,
    KedaAutoscaling,
    Kerberos,
    Keycloak,
    KubernetesExecutor,
    Ldap,
    LocalExecutor,
    Logs,
    LogVolume,
    MetricMapping,
    Namespace,
    NamespaceLimits,
    NetworkPolicies,
    OAuth,
    OAuthProvider,
    Oidc,
    OpensearchLogs,
    OpenTelemetry,
    OtelCollector,
    OtlpExporter,
    Patch,
    PgBouncer,
    PgBouncerExporter,
    PluginsFolder,
    PluginsInDags,
    PluginsInImage,
    PluginsVolume,
    PodDefaults,
    Pool,
    PostgresqlExporter,
    RdsIam,
    ReconcileController,
    ReconcileJob,
    RedisExporter,
    RedisSentinel,
    Registry,
    ResourceFieldRef,
    Restore,
    RouteHost,
    S3Backups,
    S3Logs,
    S3XComs,
    SchedulerProps,
    SecretKey,
    Secrets,
    ServiceAccount,
    ServiceMonitor,
    ServiceProps,
    SimpleAuth,
    StatsdExporter,
    ThresholdAlert,
    TokenCommand,
    TokenFunction,
    TriggererProps,
    User,
    Vault,
    VaultAppRole,
    VaultKubernetes,
    VaultToken,
    Verify,
    VolumeClaim,
    WebserverConfig,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.parts.ca_bundle import CaBundle
from cdk8s_airflow.parts.cloud_secrets import AnySecretsBackend
from cdk8s_airflow.services.tokens import Token
from cdk8s_airflow.testing.stored import check_stored

Values: TypeAlias = dict[str, Any]
Place: TypeAlias = Callable[..., AirflowProps]


def _one_host(given: Values) -> Values:
    return {} if "hosts" in given else {"host": "a.example.com"}


OTHER_DAGS = Path(__file__).resolve().parents[2] / "constructs/cdk8s_airflow/programs"
DIGESTS = Path(__file__).parent / "image_digests"
OWN = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "own"}}
REPOSITORY = "https://git.example.com/team/dags.git"
CA = SecretKey(name="ca", key="ca.crt")
MARK = {"metadata": {"annotations": {"a": "b"}}}
OTHER_SECRET = SecretKey(name="other", key="value")
PROBES: Values = {
    f"{name}_probe": {"exec": {"command": ["true"]}}
    for name in ("startup", "readiness", "liveness")
}
PLACED: Values = {
    **{name: value for name, value in POD.items() if name not in ("resources", "env")},
    "topology_spread": [{"topologyKey": "topology.kubernetes.io/zone"}],
    "priority_class_name": "high",
    "runtime_class_name": "gvisor",
    "scheduler_name": "volcano",
    "host_aliases": [{"ip": "10.0.0.1", "hostnames": ["db"]}],
    "dns_policy": "Default",
    "dns_config": {"options": [{"name": "ndots", "value": "2"}]},
    "extra_containers": [SIDECAR],
    "image_pull_secrets": [{"name": "registry"}],
    "service_account": ServiceAccount(annotations={"a": "b"}),
}
POD_VALUES: Values = {
    **PLACED,
    "resources": POD["resources"],
    "env": POD["env"],
    "env_from": [{"configMapRef": {"name": "site"}}],
    **PROBES,
    "security_context": {"fsGroup": 1000},
    "lifecycle": {"preStop": {"exec": {"command": ["sync"]}}},
    "termination_grace_seconds": 77,
    "image": Image(repository="team/airflow", tag="1"),
}
REPLICATED: Values = {
    **POD_VALUES,
    "replicas": 3,
    "update_strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 2}},
    "revision_history_limit": 7,
}
RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
OTHER_RECIPIENT = "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg"


def _backup(**given: Any) -> Backup:
    """A backup, with what it needs at least."""
    return Backup(**{"store": S3Backups(bucket="backups"), "encrypt_to": RECIPIENT, **given})


JOB_VALUES: Values = {
    **POD_VALUES,
    "active_deadline_seconds": 7200,
    "backoff_limit": 0,
    "ttl_seconds_after_finished": 600,
}
LAUNCHING: Values = {"pod_launcher": True, "job_launcher": True}
AUTOSCALED: Values = {**REPLICATED, "autoscaling": HpaAutoscaling()}
KEDA = KedaAutoscaling(connection=SecretKey(name="keda", key="connection"))
SCALING: Values = {"min_replicas": 2, "max_replicas": 7, "behavior": {"scaleDown": {}}}
DATABASE = {"image": Image(repository="postgres", tag="17.5"), "storage": "2Gi"}
SERVICE: Values = {"service": ServiceProps(annotations={"a": "b"})}
HEADLESS: Values = {"service": HeadlessServiceProps(labels={"a": "b"})}
RECONCILE: Values = {
    "drift": "report",
    "where": "database",
    "adopt": True,
    "test_connections": True,
    "removed_users": "disable",
}
ANN = User(email="a@example.com", first_name="A", last_name="B")
DISK: Values = {**POD_VALUES, **SERVICE, "storage_class": "fast", "rotation": [2]}
SERVER: Values = {"host": "h.example.com", "port": 1234, "user": "u", "password": TEAM}


def _keys(given: Values) -> Values:
    """An access key, where a connection does not have it."""
    return {} if "connection_id" in given else {"access_key": "a", "secret_key": TEAM}


def _without(values: Values, name: str) -> Values:
    return {key: value for key, value in values.items() if key != name}


def _collecting(collector: OtelCollector) -> AirflowProps:
    """A release with a collector, to which traces go if it sends them on."""
    metrics, traces = collector.takes("metrics"), collector.takes("traces")
    sent = OpenTelemetry(collector=collector, metrics=metrics, traces=traces)
    return AirflowProps(dags=DAGS, metrics=sent)


STORE: Values = {"delete_local": True}
AWS_STORE: Values = {
    **STORE,
    "connection_id": "mine",
    "region": "eu-central-1",
    "endpoint": "https://minio.example.com:9000",
    "access_key": "b",
    "secret_key": SecretKey(name="others", key="key"),
}
BUCKET: Values = {"bucket": "others", "prefix": "af1"}
SEARCH: Values = {**STORE, "index": "logs-*", "host_field": "pod", "offset_field": "at"}
LOG_GROUP = "arn:aws:logs:eu-central-1:111122223333:log-group:airflow"
USER = SecretKey(name="opensearch", key="user")
OTHER_USER = SecretKey(name="opensearch", key="other")
_NAMED: Values = {"name": "a"}
_EXPORTER: Values = {
    **POD_VALUES,
    "user": "metrics",
    "password": TEAM,
    "service_monitor": ServiceMonitor(),
    "scraped_from": [{"podSelector": {"matchLabels": {"app": "prometheus"}}}],
}
FAB_LOGIN: Values = {
    "custom_roles": {"auditors": {"Audit Logs": ["can_read"]}},
    "login_banner": "Hello",
    "session_minutes": 60,
    "session_max_minutes": 480,
}
GROUP_LOGIN: Values = {
    **FAB_LOGIN,
    "roles": {"data": ["Op", "User"]},
    "default_role": "Public",
    "sync_roles": False,
    "register": False,
}


def _logged_in(login: Callable[..., Any], **usual: Any) -> Place:
    """A release with a login that has these fields, beside those that are given."""
    return lambda **given: AirflowProps(
        dags=DAGS,
        base_url="http://localhost:8080",
        image=Image(repository="team/airflow", tag="1"),
        auth=login(**{**usual, **given}),
    )


def _in_oauth(provider: Callable[..., Any]) -> Callable[..., OAuth]:
    """A login at one provider of a list."""
    return lambda **given: OAuth(providers=[provider(**given)], default_role="Viewer")


LDAP: Values = {
    "server": "ldap://ldap.example.com",
    "search_base": "dc=example,dc=com",
    "bind_user": "cn=airflow",
    "bind_password": TEAM,
    "group_search_base": "ou=groups",
    "roles": {"data": "Op"},
}
GITHUB: Values = {"name": "github", "client_id": "a", "client_secret": TEAM}
GITHUB_URLS: Values = {
    "api_base_url": "https://a.example.com/api/",
    "authorize_url": "https://a.example.com/authorize",
    "access_token_url": "https://a.example.com/token",
}
OIDC: Values = {"issuer": "https://a.example.com", "client_id": "a", "roles": {"data": "Op"}}


_AWS: Values = {
    **{"connections_prefix": "c", "variables_prefix": "v", "config_prefix": None},
    **dict.fromkeys(
        (f"{name}_lookup_pattern" for name in ("connections", "variables", "config")), "^x"
    ),
    "region_name": "eu-west-1",
    "role_arn": "arn:aws:iam::111122223333:role/secrets",
    "endpoint_url": "https://secrets.example.com",
}
_AWS_KEYS: Values = {"aws_access_key_id": OTHER_SECRET, "aws_secret_access_key": OTHER_SECRET}
_IDENTITY: Values = {
    "managed_identity_client_id": "00000001",
    "workload_identity_tenant_id": "00000002",
}
_PRINCIPAL: Values = {"tenant_id": "3", "client_id": "4", "client_secret": OTHER_SECRET}


def _asking(kind: type[AnySecretsBackend], *together: Values, **given: Any) -> AirflowProps:
    """A release with a backend; of values that go together one brings the others."""
    beside = {
        name: TEAM if isinstance(value, SecretKey) else f"{value}0"
        for values in together
        if values.keys() & given.keys()
        for name, value in values.items()
    }
    return AirflowProps(dags=DAGS, secrets_backend=kind(**{**beside, **given}))


def _logging_in(token: Token) -> AirflowProps:
    host = "a.eu-west-1.rds.amazonaws.com"
    return AirflowProps(dags=DAGS, database=ExternalPostgresql(host=host, token=token))


WATCHED: dict[str, Any] = {
    "dags": GitDags(repository="https://git.example.com/team/dags.git"),
    "metrics": StatsdExporter(),
    "database": EmbeddedPostgresql(exporter=PostgresqlExporter()),
    "pgbouncer": PgBouncer(exporter=PgBouncerExporter()),
    "database_cleanup": DatabaseCleanup(),
    "logs": Logs(store=LogVolume(claim="logs")),
    "ingress": Ingress(host="a.example.com", tls=Certificate(issuer="letsencrypt")),
}
"""A release that can have every alert."""

LIVE: dict[type, tuple[Place, Values]] = {
    AirflowProps: (
        lambda **given: AirflowProps(**{"dags": DAGS, **given}),
        {
            "airflow_version": "3.2.1",
            "size": "medium",
            "image": Image(repository="team/airflow", tag="1"),
            "executor": CeleryExecutor(workers=[WorkerGroup(replicas=1)]),
            "executors": [CeleryExecutor(), LocalExecutor()],
            "dags": DagsFolder(str(OTHER_DAGS)),
            "plugins": PluginsFolder(str(OTHER_DAGS)),
            "database": ExternalPostgresql(host="h.example.com", password=TEAM),
            "pgbouncer": PgBouncer(),
            "broker": ExternalRedis(host="h.example.com"),
            "result_backend": ExternalRedis(host="h.example.com"),
            "secrets": Secrets(fernet_key=TEAM),
            "config": {"core": {"parallelism": 64}},
            "env": {"A": "b"},
            "env_from": POD_VALUES["env_from"],
            "connections": {"web": SecretKey(name="uris", key="web")},
            "variables": {"a": "b"},
            "secrets_backend": AwsParameterStore(),
            "pools": {"etl": Pool(slots=3)},
            "users": {"ann": ANN},
            "roles": {"analyst": {"DAGs": ["can_read"]}},
            "reconcile": "report",
            "extra_packages": ["cowsay"],
            "ca_bundle": TEAM,
            "logs": Logs(retention_days=3),
            "database_cleanup": DatabaseCleanup(),
            "backup": _backup(),
            "kerberos": Kerberos(principal="airflow", keytab=TEAM, config="[libdefaults]"),
            "extensions": [CaBundle(source=TEAM)],
            "xcom": GcsXComs(bucket="xcom"),
            "metrics": StatsdExporter(),
            "alerts": Alerts(),
            "dashboards": Dashboards(),
            "auth": DatabaseUsers(session_minutes=60),
            "admin": None,
            "base_url": "https://data.example.com/airflow",
            "exposure": ExposedService(),
            "ingress": Ingress(host="data.example.com"),
            "flower": Flower(),
            "reload": "reloader",
            "ip_families": ["IPv6"],
            "network_policies": None,
            "api_server": ApiServerProps(replicas=2),
            "execution_api": ExecutionApiProps(),
            "scheduler": SchedulerProps(replicas=2),
            "dag_processor": DagProcessorProps(replicas=2),
            "triggerer": TriggererProps(replicas=2),
            "migrations": JobProps(priority_class_name="high"),
            "bootstrap": JobProps(priority_class_name="high"),
            "pods": PodDefaults(priority_class_name="high"),
            "service_account": ServiceAccount(name="airflow"),
            "airflow_pods": AirflowPods(priority_class_name="high"),
            "images": Registry(prefix="registry.example.com/mirror"),
            "image_digests": ImageDigests(f"{DIGESTS}/airflow.yaml"),
            "user_ids": "assigned",
            "suspended": "tasks",
            "create_namespace": Namespace(),
            "labels": {"cost-center": "42"},
            "annotations": {"example.com/team": "data"},
            "patches": [Patch(kind="Service", merge=MARK)],
            "namespace_limits": NamespaceLimits(maximum={"memory": "64Gi"}),
            "extra_manifests": [OWN],
        },
    ),
    ApiServerProps: (
        lambda **given: AirflowProps(dags=DAGS, api_server=ApiServerProps(**given)),
        {**AUTOSCALED, **SERVICE, "trusted_proxies": ["10.0.0.0/8"]},
    ),
    SchedulerProps: (
        lambda **given: AirflowProps(
            dags=DAGS,
            scheduler=SchedulerProps(**given),
            executor=LocalExecutor(),
        ),
        {**REPLICATED, **HEADLESS, "persistence": ClaimTemplate(), "stalled_seconds": 60},
    ),
    DagProcessorProps: (
        lambda **given: AirflowProps(
            dags=[GitDags(repository=REPOSITORY)], dag_processor=DagProcessorProps(**given)
        ),
        {**AUTOSCALED, "per_bundle": True},
    ),
    ExecutionApiProps: (
        lambda **given: AirflowProps(dags=DAGS, execution_api=ExecutionApiProps(**given)),
        {**AUTOSCALED, **SERVICE},
    ),
    TriggererProps: (
        lambda **given: AirflowProps(dags=DAGS, triggerer=TriggererProps(**given)),
        {
            **REPLICATED,
            **LAUNCHING,
            "autoscaling": KEDA,
            **HEADLESS,
            "capacity": 50,
            "persistence": ClaimTemplate(),
        },
    ),
    PodDefaults: (
        lambda **given: AirflowProps(dags=DAGS, pods=PodDefaults(**given)),
        PLACED,
    ),
    JobProps: (
        lambda **given: AirflowProps(dags=DAGS, migrations=JobProps(**given)),
        JOB_VALUES,
    ),
    AdminUser: (
        lambda **given: AirflowProps(dags=DAGS, admin=AdminUser(**given)),
        {
            **JOB_VALUES,
            "username": "root",
            "email": "root@example.com",
            "first_name": "A",
            "last_name": "B",
        },
    ),
    WorkerGroup: (
        lambda **given: AirflowProps(
            dags=DAGS, executor=CeleryExecutor(workers=[WorkerGroup(**given)])
        ),
        {
            **REPLICATED,
            **LAUNCHING,
            **HEADLESS,
            "name": "gpu",
            "queues": ["gpu"],
            "concurrency": 3,
            "autoscaling": KEDA,
            "persistence": ClaimTemplate(),
            "termination_grace_seconds": 60,
            "stalled_seconds": None,
        },
    ),
    KedaAutoscaling: (
        lambda **given: AirflowProps(
            dags=DAGS,
            executor=CeleryExecutor(workers=[WorkerGroup(autoscaling=KedaAutoscaling(**given))]),
            pgbouncer=PgBouncer(),
        ),
        {
            **SCALING,
            "namespace": "scaling",
            "through_pgbouncer": True,
            "polling_interval": 60,
            "cooldown_period": 300,
            "connection": SecretKey(name="keda", key="connection"),
        },
    ),
    HpaAutoscaling: (
        lambda **given: AirflowProps(
            dags=DAGS, api_server=ApiServerProps(autoscaling=HpaAutoscaling(**given))
        ),
        {**SCALING, "cpu_utilization": 50, "memory_utilization": 80},
    ),
    ClaimTemplate: (
        lambda **given: AirflowProps(
            dags=DAGS,
            executor=CeleryExecutor(workers=[WorkerGroup(persistence=ClaimTemplate(**given))]),
        ),
        {
            "size": "1Gi",
            "storage_class": "fast",
            "when_scaled": "Delete",
            "when_deleted": "Delete",
        },
    ),
    EmbeddedPostgresql: (
        lambda **given: AirflowProps(dags=DAGS, database=EmbeddedPostgresql(**given)),
        {**DISK, **DATABASE, "max_connections": 50, "exporter": PostgresqlExporter()},
    ),
    EmbeddedRedis: (
        lambda **given: AirflowProps(dags=DAGS, broker=EmbeddedRedis(**given)),
        {
            **DISK,
            "image": Image(repository="redis", tag="7.2.10"),
            "storage": "2Gi",
            "exporter": RedisExporter(),
        },
    ),
    ExternalPostgresql: (
        lambda **given: AirflowProps(
            dags=DAGS,
            database=ExternalPostgresql(**{"host": "x", "direct_host": "y", **given}),
        ),
        {
            **SERVER,
            "database": "meta",
            "parameters": {"sslmode": "require"},
            "ca": TEAM,
            "client_certificate": "client",
            "token": CloudSqlIam(),
            "direct_host": "behind",
            "direct_port": 5433,
            "exporter": PostgresqlExporter(user="monitor"),
        },
    ),
    RdsIam: (
        lambda **given: _logging_in(RdsIam(**given)),
        {"region": "eu-west-1", "endpoint": "b.eu-west-1.rds.amazonaws.com"},
    ),
    CloudSqlIam: (lambda **given: _logging_in(CloudSqlIam(**given)), {}),
    AzureEntra: (
        lambda **given: _logging_in(AzureEntra(**given)),
        {"client_id": "00000000", "scope": "https://db.example.com/.default"},
    ),
    TokenCommand: (
        lambda **given: _logging_in(TokenCommand(**{"command": ["a"], **given})),
        {"command": ["b"], "lifetime": 60, "servers": ["sts.example.com:8443"]},
    ),
    TokenFunction: (
        lambda **given: _logging_in(TokenFunction(**{"path": "a.b", **given})),
        {"path": "a.c", "lifetime": 60, "servers": ["sts.example.com:8443"]},
    ),
    Vault: (
        lambda **given: _asking(
            Vault, **{"url": "https://a.example.com", "auth": VaultToken(token=TEAM), **given}
        ),
        {
            "url": "https://b.example.com",
            "auth": VaultKubernetes(role="a"),
            "mount_point": None,
            "kv_engine_version": 1,
            "connections_path": ["a", "b"],
            "variables_path": None,
            "config_path": "c",
            "namespace": "data",
            "ca": TEAM,
        },
    ),
    VaultToken: (
        lambda **given: _asking(
            Vault, url="https://a.example.com", auth=VaultToken(**{"token": TEAM, **given})
        ),
        {"token": OTHER_SECRET},
    ),
    VaultKubernetes: (
        lambda **given: _asking(
            Vault, url="https://a.example.com", auth=VaultKubernetes(**{"role": "a", **given})
        ),
        {"role": "b", "mount_point": "c", "audience": "https://vault"},
    ),
    VaultAppRole: (
        lambda **given: _asking(
            Vault,
            url="https://a.example.com",
            auth=VaultAppRole(**{"role_id": "a", "secret_id": TEAM, **given}),
        ),
        {"role_id": TEAM, "secret_id": OTHER_SECRET, "mount_point": "c"},
    ),
    AwsSecretsManager: (
        lambda **given: _asking(AwsSecretsManager, _AWS_KEYS, **given),
        {**_AWS, **_AWS_KEYS, "sep": "-", "extra_conn_words": {"user": ["who"]}},
    ),
    AwsParameterStore: (
        lambda **given: _asking(AwsParameterStore, _AWS_KEYS, **given),
        {**_AWS, **_AWS_KEYS},
    ),
    GcpSecretManager: (
        lambda **given: _asking(GcpSecretManager, **given),
        {
            **{"connections_prefix": "c", "variables_prefix": "v", "config_prefix": None},
            **{"sep": "_", "project_id": "data", "key": TEAM, "impersonation_chain": "a@p"},
        },
    ),
    AzureKeyVault: (
        lambda **given: _asking(
            AzureKeyVault,
            _IDENTITY,
            _PRINCIPAL,
            **{"vault_url": "https://a.vault.azure.net", **given},
        ),
        {
            "vault_url": "https://b.vault.azure.net",
            **{"connections_prefix": "c", "variables_prefix": "v", "config_prefix": None},
            **{"sep": "_", **_IDENTITY, **_PRINCIPAL},
        },
    ),
    ExternalRedis: (
        lambda **given: AirflowProps(
            dags=DAGS, broker=ExternalRedis(**{"host": "x", "tls": True, **given})
        ),
        {
            **SERVER,
            "database": 3,
            "result_database": 4,
            "tls": False,
            "ca": TEAM,
            "parameters": {"socket_timeout": "3"},
            "exporter": RedisExporter(),
        },
    ),
    GitDags: (
        lambda **given: AirflowProps(dags=GitDags(**{"repository": REPOSITORY, **given})),
        {
            "repository": "https://git.example.com/other/dags.git",
            "ref": "v1",
            "subdirectory": "dags",
            "submodules": True,
            "credentials": GitToken(token=TEAM),
            "ca": TEAM,
            "name": "other",
            "size_limit": "9Gi",
            "refresh_interval": 30,
            "view_url_template": "https://git.example.com/{version}",
        },
    ),
    GitSyncDags: (
        lambda **given: AirflowProps(
            dags=GitSyncDags(
                **{
                    "repository": REPOSITORY,
                    "volume": None if "size_limit" in given else "dags",
                    **given,
                }
            )
        ),
        {
            "repository": "https://git.example.com/other/dags.git",
            "ref": "v1",
            "subdirectory": "dags",
            "submodules": True,
            "credentials": GitToken(token=TEAM),
            "ca": TEAM,
            "size_limit": "9Gi",
            "period": 30,
            "depth": 0,
            "volume": "shared",
            "image": Image(repository="mirror/git-sync", tag="v4.7.0"),
            "resources": POD["resources"],
            "pod": PodDefaults(priority_class_name="high"),
            "env": {"A": "b"},
            "extra_flags": {"sync-timeout": "5m"},
            **PROBES,
        },
    ),
    GitHubApp: (
        lambda **given: AirflowProps(
            dags=GitSyncDags(
                repository=REPOSITORY,
                credentials=GitHubApp(
                    **{
                        "private_key": TEAM,
                        "installation_id": 7,
                        "application_id": None if "client_id" in given else 42,
                        **given,
                    }
                ),
            )
        ),
        {
            "private_key": OTHER_SECRET,
            "installation_id": 8,
            "application_id": 43,
            "client_id": "Iv23li",
            "api_url": "https://proxy.example.com/api/",
        },
    ),
    GitToken: (
        lambda **given: AirflowProps(
            dags=GitDags(repository=REPOSITORY, credentials=GitToken(**{"token": TEAM, **given}))
        ),
        {"token": OTHER_SECRET, "username": "oauth2"},
    ),
    GitSshKey: (
        lambda **given: AirflowProps(
            dags=GitDags(
                repository="git@git.example.com:team/dags.git",
                credentials=GitSshKey(**{"key": TEAM, "known_hosts": TEAM, **given}),
            )
        ),
        {"key": OTHER_SECRET, "known_hosts": OTHER_SECRET},
    ),
    RedisSentinel: (
        lambda **given: AirflowProps(
            dags=DAGS, broker=RedisSentinel(**{"hosts": ["x"], "master_name": "m", **given})
        ),
        {
            "hosts": ["x", "y:1234"],
            "master_name": "n",
            "database": 3,
            "result_database": 4,
            "user": "u",
            "password": TEAM,
            "sentinel_user": "s",
            "sentinel_password": TEAM,
        },
    ),
    EmbeddedRabbitmq: (
        lambda **given: AirflowProps(dags=DAGS, broker=EmbeddedRabbitmq(**given)),
        {
            **DISK,
            "image": Image(repository="rabbitmq", tag="4.2.4"),
            "storage": "3Gi",
            "consumer_timeout": 7200,
        },
    ),
    ExternalRabbitmq: (
        lambda **given: AirflowProps(
            dags=DAGS, broker=ExternalRabbitmq(**{"host": "x", "tls": True, **given})
        ),
        {
            **SERVER,
            "vhost": "v",
            "tls": False,
            "ca": TEAM,
            "parameters": {"heartbeat": "30"},
        },
    ),
    ExternalMysql: (
        lambda **given: AirflowProps(dags=DAGS, database=ExternalMysql(**{"host": "x", **given})),
        {
            **SERVER,
            "database": "meta",
            "parameters": {"ssl_mode": "REQUIRED"},
            "ca": TEAM,
            "client_certificate": "client",
            "token": CloudSqlIam(),
            "mariadb": True,
        },
    ),
    PgBouncer: (
        lambda **given: AirflowProps(
            dags=DAGS,
            broker=EmbeddedRabbitmq(),
            pgbouncer=PgBouncer(
                **{"tls": "a", "server_tls": "verify-ca", "server_ca": CA, **given}
            ),
        ),
        {
            **REPLICATED,
            **SERVICE,
            "rotation": [2],
            "pool_size": 7,
            "results_pool_size": 7,
            "max_client_connections": 77,
            "password": TEAM,
            "results_password": TEAM,
            "server_tls": "verify-full",
            "server_ca": TEAM,
            "tls": "other",
            "ca": TEAM,
            "exporter": PgBouncerExporter(),
        },
    ),
    PgBouncerExporter: (
        lambda **given: AirflowProps(
            dags=DAGS, pgbouncer=PgBouncer(exporter=PgBouncerExporter(**given))
        ),
        {
            "image": Image(repository="mirror/pgbouncer-exporter", tag="v0.11.0"),
            "service_monitor": ServiceMonitor(),
            "scraped_from": [{"podSelector": {"matchLabels": {"app": "prometheus"}}}],
            "resources": POD["resources"],
            **PROBES,
        },
    ),
    PostgresqlExporter: (
        lambda **given: AirflowProps(
            dags=DAGS,
            database=ExternalPostgresql(
                host="x", exporter=PostgresqlExporter(**{"user": "monitor", **given})
            ),
        ),
        _EXPORTER,
    ),
    RedisExporter: (
        lambda **given: AirflowProps(
            dags=DAGS,
            broker=ExternalRedis(host="x", exporter=RedisExporter(**{"user": "monitor", **given})),
        ),
        _EXPORTER,
    ),
    OpenTelemetry: (
        lambda **given: AirflowProps(
            dags=DAGS,
            metrics=OpenTelemetry(
                **{
                    **({} if "collector" in given else {"endpoint": "https://otlp:4318"}),
                    **given,
                }
            ),
        ),
        {
            "endpoint": "http://otlp:4318",
            "collector": OtelCollector(exporters=[OtlpExporter(endpoint="http://otlp:4318")]),
            "protocol": "grpc",
            "headers": {"api-key": TEAM},
            "ca": TEAM,
            "client_certificate": "client",
            "metrics": False,
            "traces": False,
            "sampling": 0.5,
            "interval": 10,
            "timeout": 2,
            "temporality": "delta",
            "service_name": "team",
            "resource_attributes": {"team": "data"},
        },
    ),
    OtelCollector: (
        lambda **given: _collecting(
            OtelCollector(
                **{
                    "exporters": [OtlpExporter(endpoint="http://other:4318", metrics=False)],
                    **({"prometheus": True} if "prometheus" not in given else {}),
                    **{"tls": "otel-tls", "ca": TEAM},
                    **given,
                }
            )
        ),
        {
            **POD_VALUES,
            "exporters": [OtlpExporter(endpoint="http://otlp:4318")],
            "prometheus": False,
            "ttl": 600,
            "max_series": 5,
            "tls": "other-tls",
            "ca": ConfigMapKey(name="site", key="ca.crt"),
            "config": {"processors": {"batch": {"timeout": "1s"}}},
            "service_monitor": ServiceMonitor(),
            "scraped_from": [{"podSelector": {"matchLabels": {"app": "prometheus"}}}],
        },
    ),
    OtlpExporter: (
        lambda **given: _collecting(
            OtelCollector(
                exporters=[
                    OtlpExporter(endpoint="http://other:4318"),
                    OtlpExporter(**{"endpoint": "https://otlp:4318", **given}),
                ]
            )
        ),
        {
            "endpoint": "http://otlp:4318",
            "protocol": "grpc",
            "headers": {"api-key": TEAM},
            "ca": TEAM,
            "client_certificate": "client",
            "metrics": False,
            "traces": False,
        },
    ),
    StatsdExporter: (
        lambda **given: AirflowProps(dags=DAGS, metrics=StatsdExporter(**given)),
        {
            **POD_VALUES,
            "ttl": 86400,
            "gauge_ttl": 120,
            "unknown": "drop",
            "extra_mappings": [MetricMapping(match="airflow.orders.*", name="orders")],
            "buckets": {"task": [60, 3600]},
            "service_monitor": ServiceMonitor(),
            "scraped_from": [{"podSelector": {"matchLabels": {"app": "prometheus"}}}],
        },
    ),
    Alerts: (
        lambda **given: AirflowProps(**WATCHED, alerts=Alerts(**given)),
        {
            "labels": {"release": "prometheus"},
            "alert_labels": {"team": "data"},
            "runbooks": "https://wiki.example.com/airflow",
            "selector": {"job": "airflow"},
            **dict.fromkeys(Alerts().all),
        },
    ),
    Alert: (
        lambda **given: AirflowProps(**WATCHED, alerts=Alerts(failed_jobs=Alert(**given))),
        {"pending": "1h", "severity": "critical"},
    ),
    ThresholdAlert: (
        lambda **given: AirflowProps(
            **WATCHED, alerts=Alerts(worker_queue=ThresholdAlert(**given))
        ),
        {"pending": "1h", "severity": "critical", "threshold": 7},
    ),
    Dashboards: (
        lambda **given: AirflowProps(
            dags=DAGS, metrics=StatsdExporter(), dashboards=Dashboards(**given)
        ),
        {"labels": {"a": "b"}, "folder": "Airflow", "annotations": {"a": "b"}},
    ),
    MetricMapping: (
        lambda **given: AirflowProps(
            dags=DAGS,
            metrics=StatsdExporter(
                extra_mappings=[MetricMapping(**{"match": "airflow.a.*", **_NAMED, **given})]
                if "drop" not in given
                else [MetricMapping(match="airflow.a.*", **given)]
            ),
        ),
        {
            "match": "airflow.b.*",
            "name": "b",
            "labels": {"part": "$1"},
            "help": "Parts.",
            "regex": True,
            "drop": True,
            "buckets": [1, 2.5],
            "ttl": 60,
        },
    ),
    ServiceMonitor: (
        lambda **given: AirflowProps(
            dags=DAGS, metrics=StatsdExporter(service_monitor=ServiceMonitor(**given))
        ),
        {"interval": "1m", "scrape_timeout": "10s", "labels": {"release": "prometheus"}},
    ),
    Connection: (
        lambda **given: AirflowProps(
            dags=DAGS, connections={"x": Connection(**{"conn_type": "http", **given})}
        ),
        {
            "conn_type": "mysql",
            "host": "h",
            "port": 1,
            "login": "u",
            "password": TEAM,
            "schema": "s",
            "extra": {"a": TEAM},
            "description": "d",
            "where": "database",
        },
    ),
    Pool: (
        lambda **given: AirflowProps(dags=DAGS, pools={"a": Pool(**{"slots": 1, **given})}),
        {"slots": -1, "description": "d", "include_deferred": True},
    ),
    User: (
        lambda **given: AirflowProps(dags=DAGS, users={"a": replace(ANN, **given)}),
        {
            "email": "b@example.com",
            "first_name": "B",
            "last_name": "C",
            "roles": ["Op"],
            "password": TEAM,
        },
    ),
    ReconcileJob: (
        lambda **given: AirflowProps(
            dags=DAGS, variables={"a": "b"}, users={}, reconcile=ReconcileJob(**given)
        ),
        {**JOB_VALUES, **RECONCILE},
    ),
    ReconcileController: (
        lambda **given: AirflowProps(
            dags=DAGS, variables={"a": "b"}, users={}, reconcile=ReconcileController(**given)
        ),
        {**POD_VALUES, **RECONCILE, "interval": 10},
    ),
    ExtraPackages: (
        lambda **given: AirflowProps(
            dags=DAGS, extra_packages=ExtraPackages(**{"requirements": ["cowsay"], **given})
        ),
        {
            "requirements": ["figlet"],
            "file": str(OTHER_DAGS.parents[2] / "constraints.txt"),
            "upgradable": ["click"],
            "pip_config": TEAM,
            "size_limit": "1Gi",
            "resources": POD["resources"],
        },
    ),
    DatabaseUsers: (_logged_in(DatabaseUsers), FAB_LOGIN),
    Ldap: (
        lambda **given: _logged_in(Ldap, **LDAP)(
            **({"bind_user": None, "bind_password": None} if "username_format" in given else {}),
            **given,
        ),
        {
            **GROUP_LOGIN,
            "server": ["ldap://b.example.com", "ldap://c.example.com"],
            "search_base": "ou=people,dc=example,dc=com",
            "bind_user": "cn=other",
            "bind_password": OTHER_SECRET,
            "username_format": "uid=%s",
            "uid_field": "sAMAccountName",
            "search_filter": "(objectClass=person)",
            "first_name_field": "cn",
            "last_name_field": "cn",
            "email_field": "upn",
            "group_field": "isMemberOf",
            "group_search_base": "ou=others",
            "group_search_filter": "(uniqueMember=%s)",
            "nested_groups": True,
            "start_tls": False,
            "ca": TEAM,
        },
    ),
    Oidc: (
        _logged_in(Oidc, **OIDC),
        {
            **GROUP_LOGIN,
            "issuer": "https://b.example.com",
            "client_id": "b",
            "client_secret": TEAM,
            "name": "corp",
            "scopes": ["openid", "groups"],
            "username_claim": "oid",
            "username_prefix": "corp_",
            "groups_claim": "realm_access.roles",
            "email_domains": ["example.com"],
            "ca": TEAM,
        },
    ),
    OAuth: (
        _logged_in(OAuth, providers=[OAuthProvider(**GITHUB)], default_role="Viewer"),
        {**GROUP_LOGIN, "providers": [Oidc(**OIDC)]},
    ),
    OAuthProvider: (
        _logged_in(_in_oauth(OAuthProvider), **{**GITHUB, "name": "githublocal"}, **GITHUB_URLS),
        {
            "name": "openshift",
            "client_id": "b",
            "client_secret": OTHER_SECRET,
            "api_base_url": "https://b.example.com/api/",
            "authorize_url": "https://b.example.com/authorize",
            "access_token_url": "https://b.example.com/token",
            "scopes": ["read:org"],
        },
    ),
    WebserverConfig: (
        _logged_in(WebserverConfig, file=ConfigMapKey(name="a", key="a.py")),
        {
            "file": ConfigMapKey(name="b", key="b.py"),
            "env": {"A": TEAM},
            "urls": ["https://a.example.com:8443"],
        },
    ),
    Keycloak: (
        _logged_in(
            Keycloak,
            server_url="https://a.example.com",
            realm="a",
            client_id="a",
            client_secret=TEAM,
        ),
        {
            "server_url": "https://b.example.com",
            "realm": "b",
            "client_id": "b",
            "client_secret": OTHER_SECRET,
            "federated_client_ids": ["ci"],
        },
    ),
    SimpleAuth: (
        _logged_in(SimpleAuth),
        {"users": {"ann": "op"}, "passwords": TEAM, "all_admins": True},
    ),
    AuthManager: (
        _logged_in(AuthManager, path="corp.auth.Manager"),
        {"path": "corp.auth.Other", "env": {"A": TEAM}, "urls": ["https://a.example.com:8443"]},
    ),
    Kerberos: (
        lambda **given: AirflowProps(
            dags=DAGS,
            kerberos=Kerberos(
                **{"principal": "airflow", "keytab": TEAM, "config": "[libdefaults]", **given}
            ),
        ),
        {
            "principal": "other@EXAMPLE.COM",
            "keytab": OTHER_SECRET,
            "config": ConfigMapKey(name="kerberos", key="krb5.conf"),
            "reinit_frequency": 600,
            "forwardable": False,
            "include_ip": True,
            "roles": ["triggerer"],
            "resources": POD["resources"],
            **PROBES,
        },
    ),
    AirflowPods: (
        lambda **given: AirflowProps(dags=DAGS, airflow_pods=AirflowPods(**given)),
        {
            **PLACED,
            "env_from": POD_VALUES["env_from"],
            "security_context": POD_VALUES["security_context"],
        },
    ),
    ServiceAccount: (
        lambda **given: AirflowProps(dags=DAGS, service_account=ServiceAccount(**given)),
        {
            "name": "airflow",
            "annotations": {"eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/a"},
            "labels": {"team": "data"},
            "create": False,
            "token": True,
            "identity": "azure",
        },
    ),
    FieldRef: (
        lambda **given: AirflowProps(
            dags=DAGS, env={"A": FieldRef(**{"path": "metadata.name", **given})}
        ),
        {"path": "status.hostIP"},
    ),
    ResourceFieldRef: (
        lambda **given: AirflowProps(
            dags=DAGS, env={"A": ResourceFieldRef(**{"resource": "limits.memory", **given})}
        ),
        {"resource": "requests.memory", "divisor": "1Mi"},
    ),
    Registry: (
        lambda **given: AirflowProps(
            dags=DAGS, images=Registry(**{"prefix": "registry.example.com", **given})
        ),
        {"prefix": "mirror.example.com/all", "pull_secret": "registry"},
    ),
    ImageDigests: (
        lambda **given: AirflowProps(
            dags=DAGS, image_digests=ImageDigests(**{"file": f"{DIGESTS}/airflow.yaml", **given})
        ),
        {"file": f"{DIGESTS}/redis.yaml"},
    ),
    Patch: (
        lambda **given: AirflowProps(
            dags=DAGS,
            patches=[
                Patch(**{"kind": None if "kind" in given else "Service", "merge": MARK, **given})
            ],
        ),
        {
            "kind": "Role",
            "name": "af1-redis",
            "component": "redis",
            "merge": {"metadata": {"annotations": {"c": "d"}}},
            "ops": [{"op": "add", "path": "/spec/sessionAffinity", "value": "ClientIP"}],
        },
    ),
    Namespace: (
        lambda **given: AirflowProps(dags=DAGS, create_namespace=Namespace(**given)),
        {
            "pod_security": "baseline",
            "labels": {"istio-injection": "enabled"},
            "annotations": {"example.com/team": "data"},
        },
    ),
    NamespaceLimits: (
        lambda **given: AirflowProps(
            dags=DAGS, namespace_limits=NamespaceLimits(**{"quota": {"pods": "100"}, **given})
        ),
        {
            "quota": {"pods": "200"},
            "default_requests": {"cpu": "50m"},
            "default_limits": {"cpu": "2"},
            "maximum": {"memory": "64Gi"},
        },
    ),
    LogVolume: (
        lambda **given: AirflowProps(
            dags=DAGS, logs=Logs(store=LogVolume(**{"claim": "logs", **given}))
        ),
        {"claim": "others", "sub_path": "af1"},
    ),
    S3XComs: (
        lambda **given: AirflowProps(
            dags=DAGS,
            image=Image(repository="registry.example.com/airflow", tag="3.3.2"),
            xcom=S3XComs(**{"bucket": "xcom", **_keys(given), **given}),
        ),
        {**BUCKET, **_without(AWS_STORE, "delete_local"), "threshold": 0, "compression": "gzip"},
    ),
    GcsXComs: (
        lambda **given: AirflowProps(dags=DAGS, xcom=GcsXComs(**{"bucket": "xcom", **given})),
        {
            **BUCKET,
            "connection_id": "mine",
            "project": "data",
            "key": TEAM,
            "threshold": 0,
            "compression": "gzip",
        },
    ),
    AzureBlobXComs: (
        lambda **given: AirflowProps(
            dags=DAGS, xcom=AzureBlobXComs(**{"account": "data", "container": "all", **given})
        ),
        {
            "connection_id": "mine",
            "account": "others",
            "container": "others",
            "prefix": "af1",
            "account_key": TEAM,
            "threshold": 0,
            "compression": "gzip",
        },
    ),
    S3Logs: (
        lambda **given: AirflowProps(
            dags=DAGS,
            logs=Logs(store=S3Logs(**{"bucket": "logs", **_keys(given), **given})),
        ),
        {**BUCKET, **AWS_STORE, "encrypt": True},
    ),
    CloudWatchLogs: (
        lambda **given: AirflowProps(
            dags=DAGS,
            logs=Logs(store=CloudWatchLogs(**{"log_group": LOG_GROUP, **_keys(given), **given})),
        ),
        {**AWS_STORE, "log_group": f"{LOG_GROUP}-2"},
    ),
    GcsLogs: (
        lambda **given: AirflowProps(
            dags=DAGS, logs=Logs(store=GcsLogs(**{"bucket": "logs", **given}))
        ),
        {**BUCKET, **STORE, "connection_id": "mine", "project": "data", "key": TEAM},
    ),
    AzureBlobLogs: (
        lambda **given: AirflowProps(
            dags=DAGS,
            logs=Logs(store=AzureBlobLogs(**{"account": "logs", "container": "all", **given})),
        ),
        {
            **STORE,
            "connection_id": "mine",
            "account": "others",
            "container": "others",
            "prefix": "af1",
            "account_key": TEAM,
        },
    ),
    ElasticsearchLogs: (
        lambda **given: AirflowProps(
            dags=DAGS, logs=Logs(store=ElasticsearchLogs(**{"host": "http://es:9200", **given}))
        ),
        {**SEARCH, "host": TEAM},
    ),
    OpensearchLogs: (
        lambda **given: AirflowProps(
            dags=DAGS,
            logs=Logs(
                store=OpensearchLogs(**{"host": "os", "user": USER, "password": TEAM, **given})
            ),
        ),
        {**SEARCH, "host": "others", "port": 9201, "user": OTHER_USER, "password": OTHER_USER},
    ),
    Logs: (
        lambda **given: AirflowProps(dags=DAGS, logs=Logs(**given)),
        {
            "store": LogVolume(claim="logs"),
            "json": True,
            "level": "DEBUG",
            "retention_days": None,
            "max_size": "1Gi",
            "size_limit": "20Gi",
            "interval_minutes": 5,
            "audit": True,
            "resources": POD["resources"],
            **PROBES,
        },
    ),
    DatabaseCleanup: (
        lambda **given: AirflowProps(dags=DAGS, database_cleanup=DatabaseCleanup(**given)),
        {
            **JOB_VALUES,
            "keep_days": 30,
            "keep_days_of": {"log": 365},
            "schedule": "@daily",
            "time_zone": "Europe/Berlin",
            "dry_run": True,
            "drop_archives_after_days": 30,
            "skip_archive": False,
            "batch_size": 1000,
            "tables": ["log"],
        },
    ),
    Backup: (
        lambda **given: AirflowProps(dags=DAGS, backup=_backup(**given)),
        {
            **JOB_VALUES,
            "store": BackupVolume(claim="backups"),
            "encrypt_to": OTHER_RECIPIENT,
            "schedule": "@daily",
            "keep": None,
            "client_image": Image(repository="postgres", tag="18.1"),
            "verify": Verify(identity=TEAM),
            "restore": Restore(identity=TEAM),
        },
    ),
    S3Backups: (
        lambda **given: AirflowProps(
            dags=DAGS,
            backup=_backup(store=S3Backups(**{"bucket": "backups", **_keys(given), **given})),
        ),
        {
            **BUCKET,
            **{name: AWS_STORE[name] for name in ("region", "endpoint", "access_key")},
            "secret_key": AWS_STORE["secret_key"],
            "encrypt": True,
        },
    ),
    BackupVolume: (
        lambda **given: AirflowProps(
            dags=DAGS, backup=_backup(store=BackupVolume(**{"claim": "backups", **given}))
        ),
        {"claim": VolumeClaim(size="9Gi"), "sub_path": "af1"},
    ),
    Verify: (
        lambda **given: AirflowProps(
            dags=DAGS, backup=_backup(verify=Verify(**{"identity": TEAM, **given}))
        ),
        {
            **JOB_VALUES,
            "identity": SecretKey(name="other", key="key"),
            "schedule": "@weekly",
            "max_age_hours": 30,
            "scratch_size": "20Gi",
            "server_image": Image(repository="postgres", tag="16.9"),
        },
    ),
    Restore: (
        lambda **given: AirflowProps(
            dags=DAGS, backup=_backup(restore=Restore(**{"identity": TEAM, **given}))
        ),
        {
            **JOB_VALUES,
            "identity": SecretKey(name="other", key="key"),
            "backup": "airflow.af1.20260131T011500Z.tar.gz.age",
            "replace": True,
            "secrets": "none",
            "origin": "airflow.af2",
        },
    ),
    Secrets: (
        lambda **given: AirflowProps(
            dags=DAGS, secrets=Secrets(**given), flower=Flower(), pools={}
        ),
        {
            **dict.fromkeys(
                (
                    *("fernet_key", "api_secret_key", "jwt_secret", "admin_password"),
                    *("flower_password", "objects_password"),
                ),
                TEAM,
            ),
            "as_files": True,
            "rotation": {"fernet-key": [2]},
        },
    ),
    Flower: (
        lambda **given: AirflowProps(dags=DAGS, flower=Flower(**given)),
        {**POD_VALUES, **SERVICE, "username": None, "url_prefix": "/flower", "max_tasks": 5},
    ),
    Ingress: (
        lambda **given: AirflowProps(
            dags=DAGS,
            flower=Flower(),
            ingress=Ingress(**{**_one_host(given), "flower_path": "/flower", **given}),
        ),
        {
            "host": "b.example.com",
            "hosts": [IngressHost(name="a.example.com"), IngressHost(name="b.example.com")],
            "web_path": "/airflow",
            "flower_path": "/other",
            "flower_host": "f.example.com",
            "extra_paths": [ExtraPath(path="/docs", service="docs", port=80)],
            "class_name": "nginx",
            "tls": "certificate",
            "flower_tls": True,
            "annotations": {"a": "b"},
            "web_annotations": {"a": "b"},
            "flower_annotations": {"a": "b"},
        },
    ),
    HttpRoute: (
        lambda **given: AirflowProps(
            dags=DAGS,
            flower=Flower(),
            exposure=HttpRoute(
                **{**_one_host(given), "gateway": "a", "flower_path": "/flower", **given}
            ),
        ),
        {
            "host": "b.example.com",
            "hosts": [RouteHost(name="a.example.com"), RouteHost(name="b.example.com")],
            "web_path": "/airflow",
            "flower_path": "/other",
            "flower_host": "f.example.com",
            "extra_paths": [ExtraPath(path="/docs", service="docs", port=80)],
            "gateway": "b",
            "gateway_namespace": "gateways",
            "section_name": "https",
            "tls": False,
            "request_timeout": "60s",
            "annotations": {"a": "b"},
        },
    ),
    IngressHost: (
        lambda **given: AirflowProps(
            dags=DAGS,
            ingress=Ingress(hosts=[IngressHost(**{"name": "a.example.com", **given})]),
        ),
        {"name": "b.example.com", "tls": "certificate"},
    ),
    RouteHost: (
        lambda **given: AirflowProps(
            dags=DAGS,
            exposure=HttpRoute(
                gateway="a",
                hosts=[RouteHost(**{"name": "a.example.com", "gateway": "b", **given})],
            ),
        ),
        {
            "name": "b.example.com",
            "gateway": "c",
            "gateway_namespace": "gateways",
            "section_name": "https",
        },
    ),
    ExtraPath: (
        lambda **given: AirflowProps(
            dags=DAGS,
            ingress=Ingress(
                host="a.example.com",
                extra_paths=[ExtraPath(**{"path": "/a", "service": "a", "port": 80, **given})],
            ),
        ),
        {"path": "/b", "service": "b", "port": "http", "path_type": "Exact"},
    ),
    ExposedService: (
        lambda **given: AirflowProps(
            dags=DAGS,
            flower=Flower(),
            exposure=ExposedService(**{"flower": True, **given}),
        ),
        {
            "type": "NodePort",
            "port": 8080,
            "node_port": 30080,
            "flower": False,
            "flower_port": 80,
            "flower_node_port": 30555,
            "annotations": {"a": "b"},
            "load_balancer_class": "example.com/a",
            "source_ranges": ["10.0.0.0/8"],
            "local_traffic": True,
            "ip_families": ["IPv6"],
            "ip_family_policy": "SingleStack",
        },
    ),
    Certificate: (
        lambda **given: AirflowProps(
            dags=DAGS,
            ingress=Ingress(host="a.example.com", tls=Certificate(**{"issuer": "a", **given})),
        ),
        {
            "issuer": "b",
            "issuer_kind": "Issuer",
            "secret_name": "c",
            "duration": "24h",
            "renew_before": "1h",
        },
    ),
    NetworkPolicies: (
        lambda **given: AirflowProps(
            dags=DAGS,
            broker=ExternalRedis(host="redis.example.com"),
            network_policies=NetworkPolicies(**given),
        ),
        {
            "user_egress": ["triggerer"],
            "user_egress_to": "public",
            "metadata_services": True,
            "ingress_from": [{"podSelector": {}}],
            "hosts": {"redis.example.com": ["10.0.0.0/8"]},
            "dns_ports": [5353],
            "kubernetes_api_ports": [16443],
            "extra_ingress": {"postgresql": [{"from": [{"podSelector": {}}]}]},
            "extra_egress": {"*": [{"ports": [{"port": 25}]}]},
        },
    ),
    Image: (
        lambda **given: AirflowProps(
            dags=DAGS, image=Image(**{"repository": "team/airflow", "tag": "1", **given})
        ),
        {
            "repository": "other",
            "tag": "2",
            "digest": "sha256:" + "0" * 64,
            "pull_policy": "Always",
            "pull_secrets": ("registry",),
        },
    ),
    CeleryExecutor: (
        lambda **given: AirflowProps(dags=DAGS, executor=CeleryExecutor(**given)),
        {"workers": [WorkerGroup(replicas=1)], "alias": "workers"},
    ),
    KubernetesExecutor: (
        lambda **given: AirflowProps(dags=DAGS, executor=KubernetesExecutor(**given)),
        {
            **POD_VALUES,
            **LAUNCHING,
            "alias": "pods",
            "namespaces": ["tasks"],
            "cluster_wide": True,
            "finished_pods": FinishedPods(),
        },
    ),
    FinishedPods: (
        lambda **given: AirflowProps(
            dags=DAGS, executor=KubernetesExecutor(finished_pods=FinishedPods(**given))
        ),
        {**JOB_VALUES, "hours": 24, "schedule": "@daily"},
    ),
    LocalExecutor: (
        lambda **given: AirflowProps(dags=DAGS, executor=LocalExecutor(**given)),
        {**LAUNCHING, "alias": "here", "parallelism": 4},
    ),
    DagsFolder: (
        lambda **given: AirflowProps(dags=DagsFolder(**{"path": DAGS.path, **given})),
        {"path": str(OTHER_DAGS)},
    ),
    DagsInImage: (
        lambda **given: AirflowProps(
            dags=DagsInImage(**given), image=Image(repository="team/airflow", tag="1")
        ),
        {"path": "/dags"},
    ),
    PluginsFolder: (
        lambda **given: AirflowProps(
            dags=DAGS, plugins=PluginsFolder(**{"path": DAGS.path, **given})
        ),
        {"path": str(OTHER_DAGS)},
    ),
    PluginsInDags: (
        lambda **given: AirflowProps(dags=DAGS, plugins=PluginsInDags(**given)),
        {"subdirectory": "menu", "python_path": True},
    ),
    PluginsVolume: (
        lambda **given: AirflowProps(
            dags=DAGS, plugins=PluginsVolume(**{"claim": "plugins", **given})
        ),
        {"claim": "others", "sub_path": "team"},
    ),
    HeadlessServiceProps: (
        lambda **given: AirflowProps(
            dags=DAGS, triggerer=TriggererProps(service=HeadlessServiceProps(**given))
        ),
        {"labels": {"a": "b"}, "annotations": {"a": "b"}},
    ),
    ServiceProps: (
        lambda **given: AirflowProps(
            dags=DAGS,
            api_server=ApiServerProps(service=ServiceProps(**{"type": "LoadBalancer", **given})),
        ),
        {
            "labels": {"a": "b"},
            "annotations": {"a": "b"},
            "type": "NodePort",
            "port": 80,
            "node_port": 30080,
            "load_balancer_class": "example.com/a",
            "source_ranges": ["10.0.0.0/8"],
            "local_traffic": True,
        },
    ),
    PluginsInImage: (
        lambda **given: AirflowProps(dags=DAGS, plugins=PluginsInImage(**given)),
        {"path": "/srv/plugins"},
    ),
    DagsVolume: (
        lambda **given: AirflowProps(dags=DagsVolume(**{"claim": "dags", **given})),
        {
            "claim": VolumeClaim(size="1Gi"),
            "sub_path": "team",
            "refresh_interval": 300,
            "writable_by": ["worker"],
        },
    ),
    VolumeClaim: (
        lambda **given: AirflowProps(
            dags=DagsVolume(
                VolumeClaim(**{"size": "1Gi", "volume_name": "nfs", **given}),
            )
        ),
        {
            "size": "2Gi",
            "access_mode": "ReadOnlyMany",
            "storage_class": "nfs",
            "volume_name": "nfs-2",
            "data_source": {"kind": "PersistentVolumeClaim", "name": "golden"},
        },
    ),
}
"""Props class -> how it comes into a release, and a value for each field beside its default."""


@pytest.mark.parametrize("props", LIVE, ids=lambda props: props.__name__)
def test_every_prop_is_in_the_table(props: Any) -> None:
    assert set(LIVE[props][1]) == {field.name for field in fields(props)}


@pytest.mark.parametrize(
    ("props", "name"),
    [
        pytest.param(props, name, id=f"{props.__name__}.{name}")
        for props, (_, values) in LIVE.items()
        for name in values
    ],
)
def test_a_prop_changes_the_manifests(props: type, name: str) -> None:
    # A mount needs its volume.
    beside = "extra_volumes" if name == "extra_volume_mounts" else None
    before, after = _manifests(props, beside), _manifests(props, name, beside)
    assert after != before
    changed = [json.loads(text) for text in after if text not in before]
    assert list(check_stored(Bundle(changed))) == []


@cache
def _manifests(props: type, *names: str | None) -> frozenset[str]:
    """All objects, each as JSON."""
    place, values = LIVE[props]
    given = {name: values[name] for name in names if name}
    return frozenset(json.dumps(each, sort_keys=True) for each in manifests(place(**given)))

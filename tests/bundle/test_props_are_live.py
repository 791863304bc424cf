"""Every prop, set alone, changes the manifests: nothing is an option that nothing reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import cdk8s
import pytest
from bundle.stored import check_stored
from bundle.test_variants import DAGS, POD, SIDECAR, TEAM

from cdk8s_airflow import (
    AdminUser,
    AirflowChart,
    AirflowPods,
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    Certificate,
    ClaimTemplate,
    ConfigMapKey,
    Connection,
    DagProcessorProps,
    DagsFolder,
    DagsInImage,
    DagsVolume,
    DatabaseCleanup,
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
    Flower,
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
    KubernetesExecutor,
    LocalExecutor,
    Logs,
    LogVolume,
    MetricMapping,
    Namespace,
    NamespaceLimits,
    NetworkPolicies,
    Patch,
    PgBouncer,
    PgBouncerExporter,
    PluginsFolder,
    PluginsInDags,
    PluginsInImage,
    PluginsVolume,
    PodDefaults,
    RedisSentinel,
    Registry,
    ResourceFieldRef,
    RouteHost,
    SchedulerProps,
    SecretKey,
    Secrets,
    ServiceAccount,
    ServiceMonitor,
    ServiceProps,
    StatsdExporter,
    TriggererProps,
    VolumeClaim,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.parts.ca_bundle import CaBundle

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
DISK: Values = {**POD_VALUES, **SERVICE, "storage_class": "fast"}
SERVER: Values = {"host": "h.example.com", "port": 1234, "user": "u", "password": TEAM}

_NAMED: Values = {"name": "a"}

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
            "extra_packages": ["cowsay"],
            "ca_bundle": TEAM,
            "logs": Logs(retention_days=3),
            "database_cleanup": DatabaseCleanup(),
            "kerberos": Kerberos(principal="airflow", keytab=TEAM, config="[libdefaults]"),
            "extensions": [CaBundle(source=TEAM)],
            "metrics": StatsdExporter(),
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
        {**REPLICATED, **HEADLESS, "persistence": ClaimTemplate()},
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
        {**DISK, **DATABASE, "max_connections": 50},
    ),
    EmbeddedRedis: (
        lambda **given: AirflowProps(dags=DAGS, broker=EmbeddedRedis(**given)),
        {**DISK, "image": Image(repository="redis", tag="7.2.10"), "storage": "2Gi"},
    ),
    ExternalPostgresql: (
        lambda **given: AirflowProps(
            dags=DAGS, database=ExternalPostgresql(**{"host": "x", **given})
        ),
        {
            **SERVER,
            "database": "meta",
            "parameters": {"sslmode": "require"},
            "ca": TEAM,
            "client_certificate": "client",
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
            "resources": POD["resources"],
            **PROBES,
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
        },
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
    Logs: (
        lambda **given: AirflowProps(dags=DAGS, logs=Logs(**given)),
        {
            "store": LogVolume(claim="logs"),
            "retention_days": None,
            "max_size": "1Gi",
            "size_limit": "20Gi",
            "interval_minutes": 5,
            "resources": POD["resources"],
            **PROBES,
        },
    ),
    DatabaseCleanup: (
        lambda **given: AirflowProps(dags=DAGS, database_cleanup=DatabaseCleanup(**given)),
        {
            **JOB_VALUES,
            "keep_days": 30,
            "schedule": "@daily",
            "skip_archive": False,
            "batch_size": 1000,
            "tables": ["log"],
        },
    ),
    Secrets: (
        lambda **given: AirflowProps(dags=DAGS, secrets=Secrets(**given), flower=Flower()),
        {
            **dict.fromkeys(
                ("fernet_key", "api_secret_key", "jwt_secret", "admin_password", "flower_password"),
                TEAM,
            ),
            "as_files": True,
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
        },
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
    app = cdk8s.App(outdir="unused")
    given = {name: values[name] for name in names if name}
    AirflowChart(app, "af1", namespace="airflow", props=place(**given))
    objects = [item for item in app.node.find_all() if isinstance(item, KubernetesObject)]
    return frozenset(json.dumps(item.to_json(), sort_keys=True) for item in objects)

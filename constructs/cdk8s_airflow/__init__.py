"""Python cdk8s constructs for every part of an Apache Airflow deployment on Kubernetes."""

from cdk8s_airflow.node import find_node

find_node()  # before the first import of cdk8s, which starts it

# isort: split
from cdk8s_airflow.airflow import Airflow
from cdk8s_airflow.auth.database_users import DatabaseUsers
from cdk8s_airflow.auth.keycloak import Keycloak
from cdk8s_airflow.auth.ldap import Ldap
from cdk8s_airflow.auth.manager import AuthManager
from cdk8s_airflow.auth.oauth_providers import OAuth, OAuthProvider
from cdk8s_airflow.auth.oidc import Oidc
from cdk8s_airflow.auth.own_config import WebserverConfig
from cdk8s_airflow.auth.simple import SimpleAuth
from cdk8s_airflow.chart import AirflowChart
from cdk8s_airflow.components.api_server import ApiServer, ApiServerProps
from cdk8s_airflow.components.backup import Backup, Restore, Verify
from cdk8s_airflow.components.bootstrap import Bootstrap
from cdk8s_airflow.components.celery_worker import CeleryWorkers, WorkerGroup
from cdk8s_airflow.components.create_admin import AdminUser, CreateAdmin
from cdk8s_airflow.components.dag_processor import DagProcessor, DagProcessorProps
from cdk8s_airflow.components.dashboards import Dashboards
from cdk8s_airflow.components.database_cleanup import DatabaseCleanup
from cdk8s_airflow.components.execution_api import ExecutionApi, ExecutionApiProps
from cdk8s_airflow.components.finished_pods import FinishedPods
from cdk8s_airflow.components.flower import Flower, FlowerServer
from cdk8s_airflow.components.keda import KedaAutoscaling
from cdk8s_airflow.components.migrations import Migrations
from cdk8s_airflow.components.namespace_limits import NamespaceLimits, NamespaceObjects
from cdk8s_airflow.components.opentelemetry import OpenTelemetry, OtelCollector, OtlpExporter
from cdk8s_airflow.components.pgbouncer import PgBouncer, PgBouncerExporter
from cdk8s_airflow.components.pgbouncer_server import PgBouncerServer
from cdk8s_airflow.components.reconciler import (
    ObjectsAccount,
    ReconcileController,
    ReconcileJob,
    Reconciler,
)
from cdk8s_airflow.components.release_namespace import Namespace
from cdk8s_airflow.components.scheduler import Scheduler, SchedulerProps
from cdk8s_airflow.components.statsd_exporter import StatsdExporter, StatsdExporterPod
from cdk8s_airflow.components.task_pods import TaskPodProps, TaskPods
from cdk8s_airflow.components.triggerer import Triggerer, TriggererProps
from cdk8s_airflow.dags.files import PluginsInDags
from cdk8s_airflow.dags.folder import DagsFolder
from cdk8s_airflow.dags.git import GitDags
from cdk8s_airflow.dags.git_credentials import GitHubApp, GitSshKey, GitToken
from cdk8s_airflow.dags.git_sync import GitSyncDags
from cdk8s_airflow.dags.image import DagsInImage
from cdk8s_airflow.dags.plugins import PluginsFolder, PluginsInImage, PluginsVolume
from cdk8s_airflow.dags.volume import DagsVolume
from cdk8s_airflow.executors.celery import CeleryExecutor
from cdk8s_airflow.executors.kubernetes import KubernetesExecutor
from cdk8s_airflow.executors.local import LocalExecutor
from cdk8s_airflow.exposure.certificate import Certificate
from cdk8s_airflow.exposure.exposed_service import ExposedService, ExposedServices
from cdk8s_airflow.exposure.hosts import ExtraPath, IngressHost, RouteHost
from cdk8s_airflow.exposure.http_route import HttpRoute, HttpRoutes
from cdk8s_airflow.exposure.ingress import Ingress, IngressRules
from cdk8s_airflow.fleet.fleet import Fleet
from cdk8s_airflow.fleet.own_servers import FleetServers
from cdk8s_airflow.fleet.release import FleetRelease, read_table
from cdk8s_airflow.fleet.servers import SharedServers
from cdk8s_airflow.kubernetes.autoscaling import HpaAutoscaling
from cdk8s_airflow.kubernetes.credentials import NotSecret
from cdk8s_airflow.kubernetes.image_digests import ImageDigests
from cdk8s_airflow.kubernetes.images import Image, Registry
from cdk8s_airflow.kubernetes.jobs import JobProps
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.pod_defaults import PodDefaults
from cdk8s_airflow.kubernetes.pods import AirflowPods, PodProps
from cdk8s_airflow.kubernetes.references import ConfigMapKey, FieldRef, ResourceFieldRef, SecretKey
from cdk8s_airflow.kubernetes.service_accounts import ServiceAccount
from cdk8s_airflow.kubernetes.service_monitor import ServiceMonitor
from cdk8s_airflow.kubernetes.service_props import HeadlessServiceProps, ServiceProps
from cdk8s_airflow.kubernetes.storage import ClaimTemplate, VolumeClaim
from cdk8s_airflow.part import Feature, Part
from cdk8s_airflow.parts.alerts import Alert, Alerts, ThresholdAlert
from cdk8s_airflow.parts.aws_secrets import AwsParameterStore, AwsSecretsManager
from cdk8s_airflow.parts.backup_stores import BackupVolume, S3Backups
from cdk8s_airflow.parts.cloud_secrets import AzureKeyVault, GcpSecretManager
from cdk8s_airflow.parts.connection import Connection
from cdk8s_airflow.parts.declared import Pool, User
from cdk8s_airflow.parts.kerberos import Kerberos
from cdk8s_airflow.parts.keys import Secrets
from cdk8s_airflow.parts.log_groomer import Logs
from cdk8s_airflow.parts.log_search import ElasticsearchLogs, OpensearchLogs
from cdk8s_airflow.parts.log_stores import AzureBlobLogs, CloudWatchLogs, GcsLogs, S3Logs
from cdk8s_airflow.parts.log_volume import LogVolume
from cdk8s_airflow.parts.metric_mapping import MetricMapping
from cdk8s_airflow.parts.network_policies import NetworkPolicies
from cdk8s_airflow.parts.packages import ExtraPackages
from cdk8s_airflow.parts.patches import Patch
from cdk8s_airflow.parts.vault import Vault, VaultAppRole, VaultKubernetes, VaultToken
from cdk8s_airflow.parts.xcom_stores import AzureBlobXComs, GcsXComs, S3XComs
from cdk8s_airflow.platform import Contributor, GeneratedSecret, Platform, Role
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.services.cloud_tokens import AzureEntra, CloudSqlIam, RdsIam
from cdk8s_airflow.services.exporters import PostgresqlExporter, RedisExporter
from cdk8s_airflow.services.mysql import ExternalMysql
from cdk8s_airflow.services.own_tokens import TokenCommand, TokenFunction
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql, ExternalPostgresql
from cdk8s_airflow.services.rabbitmq import EmbeddedRabbitmq, ExternalRabbitmq
from cdk8s_airflow.services.redis import EmbeddedRedis, ExternalRedis
from cdk8s_airflow.services.redis_sentinel import RedisSentinel

# fmt: off
__all__ = [
    "AdminUser", "Airflow", "AirflowChart", "AirflowPods", "AirflowProps", "Alert", "Alerts",
    "ApiServer", "ApiServerProps", "AuthManager", "AwsParameterStore", "AwsSecretsManager",
    "AzureBlobLogs", "AzureBlobXComs", "AzureEntra", "AzureKeyVault", "Backup", "BackupVolume",
    "Bootstrap", "CeleryExecutor", "CeleryWorkers", "Certificate", "ClaimTemplate", "CloudSqlIam",
    "CloudWatchLogs", "ConfigMapKey", "Connection", "Contributor", "CreateAdmin", "DagProcessor",
    "DagProcessorProps", "DagsFolder", "DagsInImage", "DagsVolume", "Dashboards", "DatabaseCleanup",
    "DatabaseUsers", "ElasticsearchLogs", "EmbeddedPostgresql", "EmbeddedRabbitmq", "EmbeddedRedis",
    "ExecutionApi", "ExecutionApiProps", "ExposedService", "ExposedServices", "ExternalMysql",
    "ExternalPostgresql", "ExternalRabbitmq", "ExternalRedis", "ExtraPackages", "ExtraPath",
    "Feature", "FieldRef", "FinishedPods", "Fleet", "FleetRelease", "FleetServers", "Flower",
    "FlowerServer",
    "GcpSecretManager", "GcsLogs", "GcsXComs", "GeneratedSecret", "GitDags", "GitHubApp",
    "GitSshKey", "GitSyncDags", "GitToken", "HeadlessServiceProps", "HpaAutoscaling", "HttpRoute",
    "HttpRoutes", "Image", "ImageDigests", "Ingress", "IngressHost", "IngressRules", "JobProps",
    "KedaAutoscaling", "Kerberos", "Keycloak", "KubernetesExecutor", "KubernetesObject", "Ldap",
    "LocalExecutor", "LogVolume", "Logs", "MetricMapping", "Migrations", "Namespace",
    "NamespaceLimits", "NamespaceObjects", "NetworkPolicies", "NotSecret", "OAuth", "OAuthProvider",
    "ObjectsAccount", "Oidc", "OpenTelemetry", "OpensearchLogs", "OtelCollector", "OtlpExporter",
    "Part", "Patch", "Peer", "PgBouncer", "PgBouncerExporter", "PgBouncerServer", "Platform",
    "PluginsFolder", "PluginsInDags", "PluginsInImage", "PluginsVolume", "PodDefaults", "PodParts",
    "PodProps", "Pool", "PostgresqlExporter", "RdsIam", "ReconcileController", "ReconcileJob",
    "Reconciler", "RedisExporter", "RedisSentinel", "Registry", "ResourceFieldRef", "Restore",
    "Role", "RouteHost", "S3Backups", "S3Logs", "S3XComs", "Scheduler", "SchedulerProps",
    "SecretKey", "Secrets", "ServiceAccount", "ServiceMonitor", "ServiceProps", "SharedServers",
    "SimpleAuth", "StatsdExporter", "StatsdExporterPod", "TaskPodProps", "TaskPods",
    "ThresholdAlert", "TokenCommand", "TokenFunction", "Triggerer", "TriggererProps", "User",
    "Vault", "VaultAppRole", "VaultKubernetes", "VaultToken", "Verify", "VolumeClaim",
    "WebserverConfig", "WorkerGroup", "read_table",
]

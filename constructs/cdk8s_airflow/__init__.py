"""Python cdk8s constructs for every part of an Apache Airflow deployment on Kubernetes."""

from cdk8s_airflow.node import find_node

find_node()  # before the first import of cdk8s, which starts it

# isort: split
from cdk8s_airflow.airflow import Airflow
from cdk8s_airflow.chart import AirflowChart
from cdk8s_airflow.components.api_server import ApiServer, ApiServerProps
from cdk8s_airflow.components.bootstrap import Bootstrap
from cdk8s_airflow.components.celery_worker import CeleryWorkers, WorkerGroup
from cdk8s_airflow.components.create_admin import AdminUser, CreateAdmin
from cdk8s_airflow.components.dag_processor import DagProcessor, DagProcessorProps
from cdk8s_airflow.components.database_cleanup import DatabaseCleanup
from cdk8s_airflow.components.execution_api import ExecutionApi, ExecutionApiProps
from cdk8s_airflow.components.flower import Flower, FlowerServer
from cdk8s_airflow.components.keda import KedaAutoscaling
from cdk8s_airflow.components.migrations import Migrations
from cdk8s_airflow.components.namespace_limits import NamespaceLimits, NamespaceObjects
from cdk8s_airflow.components.pgbouncer import PgBouncer, PgBouncerExporter
from cdk8s_airflow.components.pgbouncer_server import PgBouncerServer
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
from cdk8s_airflow.kubernetes.references import (
    ConfigMapKey,
    FieldRef,
    ResourceFieldRef,
    SecretKey,
)
from cdk8s_airflow.kubernetes.service_accounts import ServiceAccount
from cdk8s_airflow.kubernetes.service_monitor import ServiceMonitor
from cdk8s_airflow.kubernetes.service_props import HeadlessServiceProps, ServiceProps
from cdk8s_airflow.kubernetes.storage import ClaimTemplate, VolumeClaim
from cdk8s_airflow.part import Feature, Part
from cdk8s_airflow.parts.connection import Connection
from cdk8s_airflow.parts.kerberos import Kerberos
from cdk8s_airflow.parts.keys import Secrets
from cdk8s_airflow.parts.log_groomer import Logs
from cdk8s_airflow.parts.log_volume import LogVolume
from cdk8s_airflow.parts.metric_mapping import MetricMapping
from cdk8s_airflow.parts.network_policies import NetworkPolicies
from cdk8s_airflow.parts.packages import ExtraPackages
from cdk8s_airflow.parts.patches import Patch
from cdk8s_airflow.platform import Contributor, GeneratedSecret, Platform, Role
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.services.mysql import ExternalMysql
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql, ExternalPostgresql
from cdk8s_airflow.services.rabbitmq import EmbeddedRabbitmq, ExternalRabbitmq
from cdk8s_airflow.services.redis import EmbeddedRedis, ExternalRedis
from cdk8s_airflow.services.redis_sentinel import RedisSentinel

__all__ = [
    "AdminUser",
    "Airflow",
    "AirflowChart",
    "AirflowPods",
    "AirflowProps",
    "ApiServer",
    "ApiServerProps",
    "Bootstrap",
    "CeleryExecutor",
    "CeleryWorkers",
    "Certificate",
    "ClaimTemplate",
    "ConfigMapKey",
    "Connection",
    "Contributor",
    "CreateAdmin",
    "DagProcessor",
    "DagProcessorProps",
    "DagsFolder",
    "DagsInImage",
    "DagsVolume",
    "DatabaseCleanup",
    "EmbeddedPostgresql",
    "EmbeddedRabbitmq",
    "EmbeddedRedis",
    "ExecutionApi",
    "ExecutionApiProps",
    "ExposedService",
    "ExposedServices",
    "ExternalMysql",
    "ExternalPostgresql",
    "ExternalRabbitmq",
    "ExternalRedis",
    "ExtraPackages",
    "ExtraPath",
    "Feature",
    "FieldRef",
    "Flower",
    "FlowerServer",
    "GeneratedSecret",
    "GitDags",
    "GitHubApp",
    "GitSshKey",
    "GitSyncDags",
    "GitToken",
    "HeadlessServiceProps",
    "HpaAutoscaling",
    "HttpRoute",
    "HttpRoutes",
    "Image",
    "ImageDigests",
    "Ingress",
    "IngressHost",
    "IngressRules",
    "JobProps",
    "KedaAutoscaling",
    "Kerberos",
    "KubernetesExecutor",
    "KubernetesObject",
    "LocalExecutor",
    "LogVolume",
    "Logs",
    "MetricMapping",
    "Migrations",
    "Namespace",
    "NamespaceLimits",
    "NamespaceObjects",
    "NetworkPolicies",
    "NotSecret",
    "Part",
    "Patch",
    "Peer",
    "PgBouncer",
    "PgBouncerExporter",
    "PgBouncerServer",
    "Platform",
    "PluginsFolder",
    "PluginsInDags",
    "PluginsInImage",
    "PluginsVolume",
    "PodDefaults",
    "PodParts",
    "PodProps",
    "RedisSentinel",
    "Registry",
    "ResourceFieldRef",
    "Role",
    "RouteHost",
    "Scheduler",
    "SchedulerProps",
    "SecretKey",
    "Secrets",
    "ServiceAccount",
    "ServiceMonitor",
    "ServiceProps",
    "StatsdExporter",
    "StatsdExporterPod",
    "TaskPodProps",
    "TaskPods",
    "Triggerer",
    "TriggererProps",
    "VolumeClaim",
    "WorkerGroup",
]

"""The names that extensions import: `from cdk8s_airflow.extension import Part, ...`.

Kerberos and the CA bundle of this package use nothing else. docs/extensions.md leads through an
example.
"""

from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.objects import KubernetesObject, Manifest
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.peers import ANYWHERE, KUBERNETES_API, Peer
from cdk8s_airflow.kubernetes.pods import (
    Container,
    empty_dir,
    empty_dir_volume,
    resources,
    resources_or,
)
from cdk8s_airflow.kubernetes.probe_props import ProbeProps
from cdk8s_airflow.kubernetes.probes import Probe, command, http_get, tcp_socket
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import (
    ConfigMapKey,
    EnvValue,
    EnvVar,
    SecretKey,
    env_vars,
    literal,
)
from cdk8s_airflow.kubernetes.structs import k8s
from cdk8s_airflow.kubernetes.workloads import config_map
from cdk8s_airflow.part import Feature, Part
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, packaged, run
from cdk8s_airflow.parts.runtime import COMMAND_ENV
from cdk8s_airflow.platform import GeneratedSecret, Platform, Role
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.roles import (
    GOES_OUT,
    LONG_RUNNING,
    READS_DAG_FILES,
    ROLES,
    RUNS_AIRFLOW,
    RUNS_TASKS,
    RUNS_USER_CODE,
    USES_DATABASE,
    Duties,
)

__all__ = [
    "ANYWHERE",
    "COMMAND_ENV",
    "GOES_OUT",
    "KUBERNETES_API",
    "LONG_RUNNING",
    "NOTHING",
    "PROGRAM_MOUNTS",
    "READS_DAG_FILES",
    "ROLES",
    "RUNS_AIRFLOW",
    "RUNS_TASKS",
    "RUNS_USER_CODE",
    "USES_DATABASE",
    "ConfigMapKey",
    "Container",
    "Duties",
    "EnvValue",
    "EnvVar",
    "Feature",
    "GeneratedSecret",
    "Image",
    "KubernetesObject",
    "Labels",
    "Manifest",
    "Part",
    "Peer",
    "Platform",
    "PodParts",
    "Probe",
    "ProbeProps",
    "Props",
    "Role",
    "SecretKey",
    "command",
    "config_map",
    "content_hash",
    "empty_dir",
    "empty_dir_volume",
    "env_vars",
    "http_get",
    "k8s",
    "literal",
    "packaged",
    "resolve",
    "resources",
    "resources_or",
    "run",
    "tcp_socket",
]

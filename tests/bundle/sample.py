"""A small bundle made by hand, good in every respect: the ground on which checks are proved."""

from __future__ import annotations

import copy
import json

from cdk8s_airflow.checks.bundle import Manifest

WORKLOADS = ("CronJob", "Deployment", "Job", "StatefulSet")
SERVER = "af1-postgresql-server:5432"
DATABASE_URL = f"postgresql+psycopg2://airflow:{{DATABASE_PASSWORD}}@{SERVER}/airflow"
URL_COMMAND = f"python -IS /opt/cdk8s-airflow/url.py {DATABASE_URL}"
EXECUTION_API = "http://af1-api-server.airflow.svc:8080/execution/"
GENERATED = [
    {"secret": "af1-fernet-key", "key": "fernet-key"},
    {"secret": "af1-postgresql", "key": "password"},
]
CONTAINER_SECURITY: Manifest = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "readOnlyRootFilesystem": True,
}
PROBE: Manifest = {"exec": {"command": ["true"]}, "periodSeconds": 10}
WEB_PROBE: Manifest = {"httpGet": {"path": "/api/v2/version", "port": "web"}}


def labels(component: str, release: str = "af1") -> dict[str, str]:
    """Return all labels of a component's pods and workload."""
    return {**unversioned(component, release), "app.kubernetes.io/version": "3.3.2"}


def unversioned(component: str, release: str = "af1") -> dict[str, str]:
    """Return all labels of a component's other objects."""
    return {
        **selector(component, release),
        "app.kubernetes.io/part-of": "airflow",
        "app.kubernetes.io/managed-by": "cdk8s-airflow",
    }


def selector(component: str, release: str = "af1") -> dict[str, str]:
    """Return the labels that select a component's pods."""
    return {
        "app.kubernetes.io/name": "airflow",
        "app.kubernetes.io/instance": release,
        "app.kubernetes.io/component": component,
    }


def thing(
    api_version: str, kind: str, component: str, *, name: str = "", **body: object
) -> Manifest:
    """Return an object of a component."""
    metadata = {
        "name": name or f"af1-{component}",
        "namespace": "airflow",
        "labels": labels(component) if kind in WORKLOADS else unversioned(component),
    }
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **body}


def secret_env(name: str, secret: str, key: str) -> Manifest:
    """Return an env entry that takes its value from a Secret."""
    return {"name": name, "valueFrom": {"secretKeyRef": {"name": secret, "key": key}}}


def container(name: str, **more: object) -> Manifest:
    """Return a hardened container."""
    return {
        "name": name,
        "image": "apache/airflow:3.3.2",
        "resources": {
            "requests": {"cpu": "100m", "memory": "256Mi", "ephemeral-storage": "64Mi"},
            "limits": {"memory": "512Mi"},
        },
        "securityContext": copy.deepcopy(CONTAINER_SECURITY),
        **copy.deepcopy(more),
    }


def template(
    component: str, *containers: Manifest, token: bool = False, **more: object
) -> Manifest:
    """Return a hardened pod template."""
    return {
        "metadata": {"labels": labels(component)},
        "spec": {
            "serviceAccountName": f"af1-{component}",
            "automountServiceAccountToken": token,
            "enableServiceLinks": False,
            "securityContext": {
                "runAsNonRoot": True,
                "runAsUser": 50000,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "containers": list(containers),
            **more,
        },
    }


def workload(kind: str, component: str, pod: Manifest, **more: object) -> Manifest:
    """Return a Deployment or StatefulSet."""
    spec = {"selector": {"matchLabels": selector(component)}, "template": pod, **more}
    return thing("apps/v1", kind, component, spec=spec)


def service(component: str, port: Manifest, *, headless: bool) -> Manifest:
    """Return a Service."""
    spec: Manifest = {"selector": selector(component), "ports": [port]}
    if headless:
        spec |= {"clusterIP": "None", "publishNotReadyAddresses": True}
    return thing("v1", "Service", component, spec=spec)


def good() -> list[Manifest]:
    """Return the bundle; a fresh copy each time."""
    role: Manifest = {"apiGroups": [""], "resources": ["secrets"], "verbs": ["create"]}
    role_ref = {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "af1-bootstrap"}
    subject = {"kind": "ServiceAccount", "name": "af1-bootstrap", "namespace": "airflow"}
    rbac = "rbac.authorization.k8s.io/v1"
    parts = ("bootstrap", "api-server", "scheduler", "worker", "postgresql")
    manifests = [
        *(thing("v1", "ServiceAccount", c, automountServiceAccountToken=False) for c in parts),
        thing("v1", "ConfigMap", "programs", data={"url.py": "value = None\n"}),
        thing(rbac, "Role", "bootstrap", rules=[role]),
        thing(rbac, "RoleBinding", "bootstrap", roleRef=role_ref, subjects=[subject]),
        _bootstrap(),
        *_api_server(),
        *_scheduler(),
        *_worker(),
        *_postgresql(),
        *_policies(),
    ]
    return copy.deepcopy(manifests)


def policy(component: str, ingress: list[Manifest], egress: list[Manifest]) -> Manifest:
    """Return a NetworkPolicy; DNS is in its egress."""
    dns = {"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}
    spec = {
        "podSelector": {"matchLabels": selector(component)},
        "policyTypes": ["Ingress", "Egress"],
        "egress": [dns, *egress],
        **({"ingress": ingress} if ingress else {}),
    }
    return thing("networking.k8s.io/v1", "NetworkPolicy", component, spec=spec)


def _policies() -> list[Manifest]:
    def rule(side: str, component: str, port: int) -> Manifest:
        return {
            side: [{"podSelector": {"matchLabels": selector(component)}}],
            "ports": [{"port": port, "protocol": "TCP"}],
        }

    everyone = {"ports": [{"port": 8080, "protocol": "TCP"}]}
    kubernetes = {"ports": [{"port": port, "protocol": "TCP"} for port in (443, 6443)]}
    logs, database = rule("to", "worker", 8793), rule("to", "postgresql", 5432)
    return [
        policy("bootstrap", [], [kubernetes]),
        policy("api-server", [rule("from", "worker", 8080), everyone], [logs, database]),
        policy("scheduler", [], []),
        policy("worker", [rule("from", "api-server", 8793)], [rule("to", "api-server", 8080), {}]),
        policy("postgresql", [rule("from", "api-server", 5432)], []),
    ]


def job_spec(pod: Manifest) -> Manifest:
    """Return the spec of a Job that ends and keeps its logs."""
    ignored = {"operator": "In", "values": [75]}
    rules: list[Manifest] = [{"action": "Ignore", "onExitCodes": ignored}]
    return {
        "activeDeadlineSeconds": 86400,
        "backoffLimit": 6,
        "podFailurePolicy": {"rules": rules},
        "template": pod,
    }


def _bootstrap() -> Manifest:
    main = container("bootstrap", env=[{"name": "GENERATE", "value": json.dumps(GENERATED)}])
    pod = template("bootstrap", main, token=True, restartPolicy="Never")
    return thing("batch/v1", "Job", "bootstrap", name="af1-bootstrap-1a2b", spec=job_spec(pod))


def _api_server() -> list[Manifest]:
    main = container(
        "api-server",
        args=["airflow", "api-server", "--port", "$(PORT)"],
        ports=[{"name": "web", "containerPort": 8080}],
        env=[
            {"name": "PORT", "value": "8080"},
            {"name": "DUMB_INIT_SETSID", "value": "0"},
            {"name": "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD", "value": URL_COMMAND},
            secret_env("DATABASE_PASSWORD", "af1-postgresql", "password"),
            secret_env("AIRFLOW__CORE__FERNET_KEY", "af1-fernet-key", "fernet-key"),
        ],
        volumeMounts=[{"name": "programs", "mountPath": "/opt/cdk8s-airflow"}],
        livenessProbe=WEB_PROBE,
        readinessProbe=WEB_PROBE,
    )
    volumes = [{"name": "programs", "configMap": {"name": "af1-programs"}}]
    backend = {"service": {"name": "af1-api-server", "port": {"name": "web"}}}
    path = {"path": "/", "pathType": "Prefix", "backend": backend}
    rule = {"host": "airflow.example.com", "http": {"paths": [path]}}
    scaler = {
        "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "af1-api-server"},
        "minReplicas": 1,
        "maxReplicas": 2,
    }
    budget = {
        "maxUnavailable": 1,
        "selector": {"matchLabels": selector("api-server")},
        "unhealthyPodEvictionPolicy": "AlwaysAllow",
    }
    wait = container("wait-for-servers", command=["python", "wait_for_servers.py", "600", SERVER])
    pod = template("api-server", main, volumes=volumes, initContainers=[wait])
    return [
        workload("Deployment", "api-server", pod),
        service("api-server", {"name": "web", "port": 8080, "targetPort": "web"}, headless=False),
        thing("networking.k8s.io/v1", "Ingress", "api-server", spec={"rules": [rule]}),
        thing("autoscaling/v2", "HorizontalPodAutoscaler", "api-server", spec=scaler),
        thing("policy/v1", "PodDisruptionBudget", "api-server", spec=budget),
    ]


def _scheduler() -> list[Manifest]:
    main = container("scheduler", livenessProbe=PROBE, readinessProbe=PROBE)
    mount = [{"name": "logs", "mountPath": "/opt/airflow/logs"}]
    main["volumeMounts"] = mount
    volumes = [{"name": "logs", "persistentVolumeClaim": {"claimName": "af1-scheduler"}}]
    spread = {
        "maxSkew": 1,
        "topologyKey": "kubernetes.io/hostname",
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": selector("scheduler")},
    }
    pod = template("scheduler", main, volumes=volumes, topologySpreadConstraints=[spread])
    claim = {
        "accessModes": ["ReadWriteMany"],
        "resources": {"requests": {"storage": "1Gi"}},
    }
    budget = {
        "maxUnavailable": 1,
        "selector": {"matchLabels": selector("scheduler")},
        "unhealthyPodEvictionPolicy": "AlwaysAllow",
    }
    return [
        workload("Deployment", "scheduler", pod, replicas=2),
        thing("v1", "PersistentVolumeClaim", "scheduler", spec=claim),
        thing("policy/v1", "PodDisruptionBudget", "scheduler", spec=budget),
    ]


def _worker() -> list[Manifest]:
    main = container(
        "worker",
        ports=[{"name": "worker-logs", "containerPort": 8793}],
        env=[{"name": "AIRFLOW__CORE__EXECUTION_API_SERVER_URL", "value": EXECUTION_API}],
        livenessProbe=PROBE,
        readinessProbe=PROBE,
    )
    return [
        workload(
            "StatefulSet",
            "worker",
            template("worker", main, initContainers=[container("wait")]),
            replicas=1,
            serviceName="af1-worker",
        ),
        service(
            "worker",
            {"name": "worker-logs", "port": 8793, "targetPort": "worker-logs"},
            headless=True,
        ),
    ]


def _postgresql() -> list[Manifest]:
    main = container(
        "postgresql",
        image="postgres:17.6",
        ports=[{"name": "postgresql", "containerPort": 5432}],
        env=[secret_env("POSTGRES_PASSWORD", "af1-postgresql", "password")],
        volumeMounts=[{"name": "data", "mountPath": "/var/lib/postgresql/data"}],
        livenessProbe=PROBE,
        readinessProbe=PROBE,
    )
    claim = {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": "data"},
        "spec": {
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "8Gi"}},
            "volumeMode": "Filesystem",
        },
        "status": {"phase": "Pending"},
    }
    port = {"name": "postgresql", "port": 5432, "targetPort": "postgresql"}
    clients = service("postgresql", port, headless=False)
    return [
        workload(
            "StatefulSet",
            "postgresql",
            template("postgresql", main),
            replicas=1,
            serviceName="af1-postgresql",
            volumeClaimTemplates=[claim],
        ),
        service("postgresql", port, headless=True),
        {**clients, "metadata": {**clients["metadata"], "name": SERVER.partition(":")[0]}},
    ]

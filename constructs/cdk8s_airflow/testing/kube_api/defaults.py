"""What the API server fills in, as a table by type.

The names of types are those of `testing.kube_api.types`.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping

from cdk8s_airflow.testing.kube_api.types import Manifest

KINDS = frozenset(
    {
        *("v1 ConfigMap", "v1 LimitRange", "v1 Namespace", "v1 PersistentVolumeClaim"),
        *("v1 Pod", "v1 ResourceQuota", "v1 Secret", "v1 Service", "v1 ServiceAccount"),
        *("apps/v1 Deployment", "apps/v1 StatefulSet", "batch/v1 CronJob", "batch/v1 Job"),
        *("autoscaling/v2 HorizontalPodAutoscaler", "policy/v1 PodDisruptionBudget"),
        *("networking.k8s.io/v1 Ingress", "networking.k8s.io/v1 NetworkPolicy"),
        "rbac.authorization.k8s.io/v1 ClusterRole",
        "rbac.authorization.k8s.io/v1 ClusterRoleBinding",
        *("rbac.authorization.k8s.io/v1 Role", "rbac.authorization.k8s.io/v1 RoleBinding"),
        "scheduling.k8s.io/v1 PriorityClass",
        *("cert-manager.io/v1 Certificate", "external-secrets.io/v1 ExternalSecret"),
        "gateway.networking.k8s.io/v1 HTTPRoute",
        *("keda.sh/v1alpha1 ScaledObject", "keda.sh/v1alpha1 TriggerAuthentication"),
        *("monitoring.coreos.com/v1 PrometheusRule", "monitoring.coreos.com/v1 ServiceMonitor"),
    }
)
"""The kinds of which these tables are complete: what a bundle holds."""

Fill = Callable[[Manifest], Manifest]
"""From the fields that were sent, what is there when they do not say otherwise."""

_RBAC = "rbac.authorization.k8s.io"
_FILE_MODE = 0o644


def _container(sent: Manifest) -> Manifest:
    """Without a tag, or by `latest`, an image is pulled anew each time."""
    name, _, digest = str(sent.get("image", "")).partition("@")
    tag = name.rpartition("/")[2].partition(":")[2]
    policy = "IfNotPresent" if digest or tag not in ("", "latest") else "Always"
    return {
        "imagePullPolicy": policy,
        "resources": {},
        "terminationMessagePath": "/dev/termination-log",
        "terminationMessagePolicy": "File",
    }


def _pod_spec(sent: Manifest) -> Manifest:
    """`serviceAccount` is the old name of `serviceAccountName`, and always the same."""
    account = sent.get("serviceAccountName", sent.get("serviceAccount"))
    return {
        "dnsPolicy": "ClusterFirst",
        "restartPolicy": "Always",
        "schedulerName": "default-scheduler",
        "securityContext": {},
        "terminationGracePeriodSeconds": 30,
        **({"serviceAccount": account, "serviceAccountName": account} if account else {}),
    }


def _volume(sent: Manifest) -> Manifest:
    return {} if sent.keys() - {"name"} else {"emptyDir": {}}


def _service_spec(sent: Manifest) -> Manifest:
    """The addresses and families of a Service that is not headless are the cluster's to choose."""
    kind = sent.get("type", "ClusterIP")
    found: Manifest = {"type": kind, "sessionAffinity": "None"}
    if kind != "ExternalName":
        found["internalTrafficPolicy"] = "Cluster"
    if kind in ("NodePort", "LoadBalancer"):
        found["externalTrafficPolicy"] = "Cluster"
    if kind == "LoadBalancer":
        found["allocateLoadBalancerNodePorts"] = True
    if sent.get("sessionAffinity") == "ClientIP":
        found["sessionAffinityConfig"] = {"clientIP": {"timeoutSeconds": 10800}}
    if sent.get("clusterIP"):
        found["clusterIPs"] = [sent["clusterIP"]]
    return found


def _deployment_strategy(sent: Manifest) -> Manifest:
    if sent.get("type", "RollingUpdate") != "RollingUpdate":
        return {}
    return {"type": "RollingUpdate", "rollingUpdate": {}}


def _update_strategy(sent: Manifest) -> Manifest:
    if sent.get("type", "RollingUpdate") != "RollingUpdate":
        return {}
    return {"type": "RollingUpdate", "rollingUpdate": {"partition": 0}}


def _job(sent: Manifest) -> Manifest:
    """Of a Job; the template of a CronJob's Jobs has these filled in when a Job is made of it."""
    spec = sent["spec"]
    replaced = "Failed" if "podFailurePolicy" in spec else "TerminatingOrFailed"
    return {
        "spec": {
            "backoffLimit": 6,
            "completionMode": "NonIndexed",
            "manualSelector": False,
            "parallelism": 1,
            "podReplacementPolicy": replaced,
            "suspend": False,
            **({} if "parallelism" in spec else {"completions": 1}),
        }
    }


def _network_policy_spec(sent: Manifest) -> Manifest:
    return {"policyTypes": ["Ingress", *(["Egress"] if sent.get("egress") else [])]}


def _limit_range_item(sent: Manifest) -> Manifest:
    """The most that a container may have is also what one gets that does not say."""
    if sent.get("type") != "Container":
        return {}
    default = {**sent.get("max", {}), **sent.get("default", {})}
    request = {**sent.get("min", {}), **default}
    return {"default": default, "defaultRequest": request}


def _subject(sent: Manifest) -> Manifest:
    return {"apiGroup": _RBAC} if sent.get("kind") in ("User", "Group") else {}


def _secret(sent: Manifest) -> Manifest:
    """`stringData` is for writing only."""
    plain = sent.get("stringData", {}).items()
    data = {key: base64.b64encode(text.encode()).decode() for key, text in plain}
    return {"type": "Opaque", "data": data}


def _namespace(sent: Manifest) -> Manifest:
    labels = {"kubernetes.io/metadata.name": sent["metadata"]["name"]}
    return {"metadata": {"labels": labels}, "spec": {"finalizers": ["kubernetes"]}}


def _behavior(sent: Manifest) -> Manifest:
    """What is said of one direction fills in the other."""
    twice = {"type": "Percent", "value": 100, "periodSeconds": 15}
    four = {"type": "Pods", "value": 4, "periodSeconds": 15}
    return {
        "scaleUp": {
            "policies": [four, twice],
            "selectPolicy": "Max",
            "stabilizationWindowSeconds": 0,
        },
        "scaleDown": {"policies": [twice], "selectPolicy": "Max"},
    }


DEFAULTS: Mapping[str, Mapping[str, object] | Fill] = {
    "apps.v1.DeploymentSpec": {
        "progressDeadlineSeconds": 600,
        "replicas": 1,
        "revisionHistoryLimit": 10,
        "strategy": {},
    },
    "apps.v1.DeploymentStrategy": _deployment_strategy,
    "apps.v1.RollingUpdateDeployment": {"maxSurge": "25%", "maxUnavailable": "25%"},
    "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy": {
        "whenDeleted": "Retain",
        "whenScaled": "Retain",
    },
    "apps.v1.StatefulSetSpec": {
        "persistentVolumeClaimRetentionPolicy": {},
        "podManagementPolicy": "OrderedReady",
        "replicas": 1,
        "revisionHistoryLimit": 10,
        "updateStrategy": {},
    },
    "apps.v1.StatefulSetUpdateStrategy": _update_strategy,
    "autoscaling.v2.HorizontalPodAutoscalerBehavior": _behavior,
    "autoscaling.v2.HorizontalPodAutoscalerSpec": {"minReplicas": 1},
    "batch.v1.CronJobSpec": {
        "concurrencyPolicy": "Allow",
        "failedJobsHistoryLimit": 1,
        "successfulJobsHistoryLimit": 3,
        "suspend": False,
    },
    "batch.v1.Job": _job,
    "core.v1.ConfigMapVolumeSource": {"defaultMode": _FILE_MODE},
    "core.v1.Container": _container,
    "core.v1.ContainerPort": {"protocol": "TCP"},
    "core.v1.DownwardAPIVolumeSource": {"defaultMode": _FILE_MODE},
    "core.v1.HTTPGetAction": {"path": "/", "scheme": "HTTP"},
    "core.v1.HostPathVolumeSource": {"type": ""},
    "core.v1.LimitRangeItem": _limit_range_item,
    "core.v1.Namespace": _namespace,
    "core.v1.ObjectFieldSelector": {"apiVersion": "v1"},
    "core.v1.PersistentVolumeClaim": {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "status": {"phase": "Pending"},
    },
    "core.v1.PersistentVolumeClaimSpec": {"volumeMode": "Filesystem"},
    "core.v1.PodSpec": _pod_spec,
    "core.v1.Probe": {
        "failureThreshold": 3,
        "periodSeconds": 10,
        "successThreshold": 1,
        "timeoutSeconds": 1,
    },
    "core.v1.ProjectedVolumeSource": {"defaultMode": _FILE_MODE},
    "core.v1.ResourceFieldSelector": {"divisor": "0"},
    "core.v1.Secret": _secret,
    "core.v1.SecretVolumeSource": {"defaultMode": _FILE_MODE},
    "core.v1.ServiceAccountTokenProjection": {"expirationSeconds": 3600},
    "core.v1.ServicePort": lambda sent: {"protocol": "TCP", "targetPort": sent.get("port")},
    "core.v1.ServiceSpec": _service_spec,
    "core.v1.Volume": _volume,
    "networking.v1.NetworkPolicyPort": {"protocol": "TCP"},
    "networking.v1.NetworkPolicySpec": _network_policy_spec,
    "rbac.v1.RoleRef": {"apiGroup": _RBAC},
    "rbac.v1.Subject": _subject,
    "scheduling.v1.PriorityClass": {"preemptionPolicy": "PreemptLowerPriority"},
    "ExternalSecret.spec": {"refreshInterval": "1h"},
    "ExternalSecret.spec.dataFrom[].extract": {
        "conversionStrategy": "Default",
        "decodingStrategy": "None",
        "metadataPolicy": "None",
    },
    "ExternalSecret.spec.target": {"creationPolicy": "Owner", "deletionPolicy": "Retain"},
    "HTTPRoute.spec.parentRefs[]": {"group": "gateway.networking.k8s.io", "kind": "Gateway"},
    "HTTPRoute.spec.rules[]": {"matches": [{"path": {"type": "PathPrefix", "value": "/"}}]},
    "HTTPRoute.spec.rules[].backendRefs[]": {"group": "", "kind": "Service", "weight": 1},
    "HTTPRoute.spec.rules[].matches[].path": {"type": "PathPrefix", "value": "/"},
}
"""What is filled in, below what was sent: by value, or as a function of the fields that were sent.

Claim templates are of the type of whole claims, hence the kind there.
"""

"""Which empty values the API server forgets, as tables by type.

Empty lists and maps in optional fields are forgotten, since such fields are `omitempty`; structs
such as `emptyDir: {}` never are. Of "", 0 and false, the optional ones come back where the field
is a pointer, which no schema tells.
"""

from __future__ import annotations

from collections.abc import Mapping

WRITE_ONLY = frozenset({"core.v1.Secret.stringData"})
"""Fields that never come back."""

ALWAYS = frozenset({"rbac.v1.ClusterRole.rules", "rbac.v1.Role.rules"})
"""Optional lists that come back when they are empty."""

POINTERS: Mapping[str, str] = {
    "apps.v1.DeploymentSpec": "progressDeadlineSeconds replicas revisionHistoryLimit",
    "apps.v1.RollingUpdateStatefulSetStrategy": "partition",
    "apps.v1.StatefulSetSpec": "replicas revisionHistoryLimit",
    "autoscaling.v2.HPAScalingRules": "stabilizationWindowSeconds",
    "autoscaling.v2.HorizontalPodAutoscalerSpec": "minReplicas",
    "batch.v1.CronJobSpec": "failedJobsHistoryLimit startingDeadlineSeconds "
    "successfulJobsHistoryLimit suspend timeZone",
    "batch.v1.JobSpec": "activeDeadlineSeconds backoffLimit completions manualSelector parallelism "
    "suspend ttlSecondsAfterFinished",
    "core.v1.ConfigMap": "immutable",
    "core.v1.ConfigMapEnvSource": "optional",
    "core.v1.ConfigMapKeySelector": "optional",
    "core.v1.ConfigMapProjection": "optional",
    "core.v1.ConfigMapVolumeSource": "defaultMode optional",
    "core.v1.DownwardAPIVolumeFile": "mode",
    "core.v1.DownwardAPIVolumeSource": "defaultMode",
    "core.v1.HostPathVolumeSource": "type",
    "core.v1.KeyToPath": "mode",
    "core.v1.PersistentVolumeClaimSpec": "storageClassName volumeAttributesClassName",
    "core.v1.PodDNSConfigOption": "value",
    "core.v1.PodSecurityContext": "fsGroup runAsGroup runAsNonRoot runAsUser",
    "core.v1.PodSpec": "automountServiceAccountToken enableServiceLinks hostUsers priority "
    "runtimeClassName setHostnameAsFQDN shareProcessNamespace terminationGracePeriodSeconds",
    "core.v1.ProjectedVolumeSource": "defaultMode",
    "core.v1.Secret": "immutable",
    "core.v1.SecretEnvSource": "optional",
    "core.v1.SecretKeySelector": "optional",
    "core.v1.SecretProjection": "optional",
    "core.v1.SecretVolumeSource": "defaultMode optional",
    "core.v1.SecurityContext": "allowPrivilegeEscalation privileged readOnlyRootFilesystem "
    "runAsGroup runAsNonRoot runAsUser",
    "core.v1.ServiceAccount": "automountServiceAccountToken",
    "core.v1.ServiceSpec": "allocateLoadBalancerNodePorts",
    "core.v1.Toleration": "tolerationSeconds",
    "core.v1.TypedLocalObjectReference": "apiGroup",
    "networking.v1.IngressSpec": "ingressClassName",
    "scheduling.v1.PriorityClass": "value",
}
"""Optional scalars that come back when they are "", 0 or false."""

VALUES: Mapping[str, str] = {
    "apps.v1.DeploymentSpec": "minReadySeconds paused",
    "apps.v1.StatefulSetSpec": "minReadySeconds podManagementPolicy serviceName",
    "core.v1.ConfigMapEnvSource": "name",
    "core.v1.ConfigMapKeySelector": "name",
    "core.v1.Container": "imagePullPolicy stdin stdinOnce terminationMessagePath "
    "terminationMessagePolicy tty workingDir",
    "core.v1.ContainerPort": "hostIP hostPort name protocol",
    "core.v1.EmptyDirVolumeSource": "medium",
    "core.v1.EnvFromSource": "prefix",
    "core.v1.EnvVar": "value",
    "core.v1.HTTPGetAction": "host path scheme",
    "core.v1.PersistentVolumeClaimSpec": "volumeName",
    "core.v1.PersistentVolumeClaimVolumeSource": "readOnly",
    "core.v1.PodSpec": "dnsPolicy hostIPC hostNetwork hostPID hostname nodeName priorityClassName "
    "restartPolicy schedulerName serviceAccount serviceAccountName subdomain",
    "core.v1.Probe": "failureThreshold initialDelaySeconds periodSeconds successThreshold "
    "timeoutSeconds",
    "core.v1.Secret": "type",
    "core.v1.SecretEnvSource": "name",
    "core.v1.SecretKeySelector": "name",
    "core.v1.ServicePort": "name nodePort protocol",
    "core.v1.ServiceSpec": "clusterIP externalName externalTrafficPolicy healthCheckNodePort "
    "loadBalancerIP publishNotReadyAddresses sessionAffinity type",
    "core.v1.TCPSocketAction": "host",
    "core.v1.Toleration": "effect key operator value",
    "core.v1.VolumeMount": "readOnly subPath subPathExpr",
    "meta.v1.ObjectMeta": "generateName namespace",
    "networking.v1.HTTPIngressPath": "path",
    "networking.v1.IngressRule": "host",
    "networking.v1.IngressTLS": "secretName",
    "networking.v1.ServiceBackendPort": "name number",
    "rbac.v1.Subject": "apiGroup namespace",
    "scheduling.v1.PriorityClass": "description globalDefault",
}
"""Optional scalars that are forgotten when they are "", 0 or false."""

"""Acronyms in the fields of Kubernetes, which jsii spells its own way."""

from __future__ import annotations

from collections.abc import Mapping

ACRONYMS: Mapping[str, str] = {
    "clientIp": "clientIP",
    "clusterIp": "clusterIP",
    "clusterIPs": "clusterIPs",
    "clusterIPS": "clusterIPs",
    "clusterIps": "clusterIPs",
    "datasetUuid": "datasetUUID",
    "diskUri": "diskURI",
    "downwardApi": "downwardAPI",
    "externalId": "externalID",
    "externalIps": "externalIPs",
    "hostIp": "hostIP",
    "hostIpc": "hostIPC",
    "hostPid": "hostPID",
    "insecureSkipTlsVerify": "insecureSkipTLSVerify",
    "loadBalancerIp": "loadBalancerIP",
    "nodeId": "nodeID",
    "nonResourceUrLs": "nonResourceURLs",
    "openApiv3Schema": "openAPIV3Schema",
    "pdId": "pdID",
    "podCidr": "podCIDR",
    "podCidRs": "podCIDRs",
    "providerId": "providerID",
    "scaleIo": "scaleIO",
    "setHostnameAsFqdn": "setHostnameAsFQDN",
    "storagePolicyId": "storagePolicyID",
    "targetCpuUtilizationPercentage": "targetCPUUtilizationPercentage",
    "targetWwNs": "targetWWNs",
    "volumeId": "volumeID",
}
"""jsii's spelling -> that of Kubernetes, for all structs in `cdk8s_plus_27.k8s`."""

"""What a cluster does to pods whose uids it assigns, as OpenShift with `restricted-v2`."""

from __future__ import annotations

from copy import deepcopy

from integration.bundle import workloads
from integration.node.objects import Manifest

UID = 1000680000


def admitted(manifest: Manifest) -> Manifest:
    """A pod or workload as the admission plugin changes it; gid 0 is what images have."""
    result = deepcopy(manifest)
    if manifest["kind"] != "Pod" and not workloads([manifest]):
        return result
    pod = result if manifest["kind"] == "Pod" else result["spec"]["template"]
    spec = pod["spec"]
    ids = {"runAsUser", "runAsGroup", "fsGroup"}
    for context in [spec, *spec["containers"], *spec.get("initContainers", [])]:
        said = ids & set(context.get("securityContext") or {})
        assert not said, f"{manifest['metadata']['name']} asks for {said}: it would be refused"
    spec["securityContext"] |= {"runAsUser": UID, "runAsGroup": 0, "fsGroup": UID}
    return result

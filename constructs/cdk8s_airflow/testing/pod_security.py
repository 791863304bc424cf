"""The Pod Security Standard `restricted`, rule by rule.

See https://kubernetes.io/docs/concepts/security/pod-security-standards/
"""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod
from cdk8s_airflow.testing.containers import handlers

VOLUME_TYPES = {
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
}
SYSCTLS = {
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
}
SELINUX_TYPES = {
    None,
    "",
    "container_t",
    "container_init_t",
    "container_kvm_t",
    "container_engine_t",
}
PROFILES = {"RuntimeDefault", "Localhost"}


def check_restricted(bundle: Bundle) -> Iterator[str]:
    """A namespace that enforces `restricted` admits every pod."""
    for pod in bundle.pods:
        for problem in _pod_problems(pod):
            yield f"{pod}: {problem}"
        for container in [*pod.containers, *(pod.spec.get("ephemeralContainers") or [])]:
            for problem in _container_problems(pod, container):
                yield f"{pod}: container {container['name']}: {problem}"


def _pod_problems(pod: Pod) -> Iterator[str]:
    spec = pod.spec
    context = spec.get("securityContext") or {}
    for field in ("hostNetwork", "hostPID", "hostIPC"):
        if spec.get(field):
            yield f"{field} is set"
    for volume in pod.volumes:
        for kind in sorted(set(volume) - {"name"} - VOLUME_TYPES):
            yield f"volume {volume['name']} is of the forbidden type {kind}"
    for sysctl in context.get("sysctls") or []:
        if sysctl["name"] not in SYSCTLS:
            yield f"sysctl {sysctl['name']} is forbidden"
    for key, value in (pod.metadata.get("annotations") or {}).items():
        if key.startswith("container.apparmor.security.beta.kubernetes.io/"):
            if value != "runtime/default" and not value.startswith("localhost/"):
                yield f"AppArmor annotation {key} is {value!r}"
    yield from _context_problems(context)


def _context_problems(context: Manifest) -> Iterator[str]:
    """Rules that hold for the security context of pods and containers alike."""
    if (context.get("windowsOptions") or {}).get("hostProcess"):
        yield "hostProcess is set"
    options = context.get("seLinuxOptions") or {}
    if options.get("type") not in SELINUX_TYPES or options.get("user") or options.get("role"):
        yield f"seLinuxOptions are {options}"
    if context.get("runAsUser") == 0:
        yield "runAsUser is 0"
    for field in ("seccompProfile", "appArmorProfile"):
        profile = context.get(field)
        if profile is not None and profile.get("type") not in PROFILES:
            yield f"{field} is {profile.get('type')!r}, not one of {sorted(PROFILES)}"
    if context.get("runAsNonRoot") is False:
        yield "runAsNonRoot is false"


def _container_problems(pod: Pod, container: Manifest) -> Iterator[str]:
    outer = pod.spec.get("securityContext") or {}
    context = container.get("securityContext") or {}
    yield from _context_problems(context)
    if context.get("privileged"):
        yield "is privileged"
    if context.get("allowPrivilegeEscalation") is not False:
        yield "allowPrivilegeEscalation is not false"
    if not context.get("runAsNonRoot", outer.get("runAsNonRoot")):
        yield "runAsNonRoot is not true"
    if not (context.get("seccompProfile") or outer.get("seccompProfile")):
        yield "has no seccompProfile"
    if context.get("procMount", "Default") != "Default":
        yield f"procMount is {context['procMount']!r}"
    capabilities = context.get("capabilities") or {}
    if "ALL" not in (capabilities.get("drop") or []):
        yield "does not drop ALL capabilities"
    if added := set(capabilities.get("add") or []) - {"NET_BIND_SERVICE"}:
        yield f"adds the capabilities {sorted(added)}"
    for port in container.get("ports") or []:
        if port.get("hostPort"):
            yield f"uses hostPort {port['hostPort']}"
    for place, handler in handlers(container):
        for action in ("httpGet", "tcpSocket"):
            if (handler.get(action) or {}).get("host"):
                yield f"{place} names a host"

"""One pod: its network, volumes, init containers, sidecars and containers."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .api_server import ApiServer
from .container import Container, ContainerSpec, ExecResult, Identity, write_etc
from .dns import DOMAIN
from .environment import container_environment, expand
from .images import Image, image_of
from .logs import tail
from .memory import byte_count
from .network import NODE_ADDRESS, Network, PodNetwork
from .objects import (
    Manifest,
    NodeError,
    NotYetError,
    ObjectStore,
    namespace_of,
    refuse_unknown_fields,
)
from .policies import Policies
from .probes import ProbeResult, probe_once
from .supervisor import Supervisor
from .volumes import PodVolumes

_POD_FIELDS = (
    "activeDeadlineSeconds", "automountServiceAccountToken", "containers", "enableServiceLinks",
    "hostname", "initContainers", "restartPolicy", "securityContext", "serviceAccountName",
    "subdomain", "terminationGracePeriodSeconds", "volumes",
    # Nothing to decide for a single node:
    "affinity", "imagePullSecrets", "nodeSelector", "priorityClassName", "serviceAccount",
    "tolerations", "runtimeClassName", "topologySpreadConstraints",
)  # fmt: skip
_CONTAINER_FIELDS = (
    "args", "command", "env", "envFrom", "image", "lifecycle", "livenessProbe", "name", "ports",
    "readinessProbe", "restartPolicy", "securityContext", "startupProbe", "volumeMounts",
    "workingDir", "imagePullPolicy", "resources", "terminationMessagePolicy",
)  # fmt: skip
_POD_SECURITY = (
    "fsGroup", "fsGroupChangePolicy", "runAsGroup", "runAsNonRoot", "runAsUser", "seccompProfile",
    "supplementalGroups",
)  # fmt: skip
_CONTAINER_SECURITY = (
    "allowPrivilegeEscalation", "capabilities", "privileged", "readOnlyRootFilesystem",
    "runAsGroup", "runAsNonRoot", "runAsUser", "seccompProfile",
)  # fmt: skip
FORGET_SECONDS = 2.0
"""How long the API still knows a pod whose network is gone: headless Services name it till then."""
MOUNT_AGAIN_SECONDS = 1.0
"""How often volumes are tried of which something is missing (a kubelet waits longer each time)."""
PROVISION_SECONDS = 3.0
"""How long a new claim waits for its volume: somebody has to make it, once the pod is scheduled."""
_TOKEN_FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount"


@dataclass(frozen=True)
class NodeParts:
    """What all pods of the node share."""

    store: ObjectStore
    network: Network
    policies: Policies
    api: ApiServer
    folder: Path


class Pod:
    """Runs a pod from the moment it is made until it is deleted."""

    def __init__(self, manifest: Manifest, node: NodeParts, claims: Mapping[str, Path]) -> None:
        self.manifest = with_token_volume(manifest, node.store)
        self.name = str(manifest["metadata"]["name"])
        self.namespace = namespace_of(manifest)
        self.phase = "Pending"
        self.reason = "ContainerCreating"
        self.made_at = time.monotonic()
        self.terminating = False
        self.error: Exception | None = None
        self._node = node
        self._folder = node.folder / "pods" / str(manifest["metadata"]["uid"])
        self.logs = node.folder / "logs" / self.name
        self.logs.mkdir(parents=True, exist_ok=True)
        self.volumes = PodVolumes(
            self.manifest, node.store, self._folder / "volumes", claims, self._token
        )
        self.new_claims = [path for path in claims.values() if not path.exists()]
        """Those for which a volume has to be provisioned first."""
        self._network: PodNetwork | None = None
        self._tokens: dict[str, bytes] = {}
        self.supervisors: dict[str, Supervisor] = {}
        self._stopped, self._removal = threading.Event(), threading.Lock()
        _check(self.manifest["spec"])
        node.store.add_pod(self)
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)

    def start(self) -> None:
        """Begins the pod's life."""
        self._thread.start()

    @property
    def ip(self) -> str | None:
        """The pod's address, once it has one."""
        network = self._network  # another thread may take it away
        return network.ip if network else None

    @property
    def network(self) -> PodNetwork | None:
        """The pod's network namespace, once it has one."""
        return self._network

    @property
    def ready(self) -> bool:
        """Whether all containers are ready and the pod is to stay."""
        spec = self.manifest["spec"]
        sidecars = [c for c in spec.get("initContainers", []) if _is_sidecar(c)]
        names = [c["name"] for c in [*sidecars, *spec["containers"]]]
        supervisors = dict(self.supervisors)
        return (
            not self.terminating
            and self.phase == "Running"
            and all(name in supervisors and supervisors[name].ready for name in names)
        )

    @property
    def restarts(self) -> int:
        """Restarts of all its containers, init containers included."""
        return sum(supervisor.restarts for supervisor in dict(self.supervisors).values())

    def container(self, name: str | None = None) -> Container:
        """The current process of a container; the first main container by default."""
        name = name or self.manifest["spec"]["containers"][0]["name"]
        container = self.supervisors[name].container
        if container is None:
            raise NodeError(f"{self.name}: container {name} has not started")
        return container

    def exec(self, *argv: str, container: str | None = None, timeout: float = 60) -> ExecResult:
        """Runs a command in a container, like ``kubectl exec``."""
        return self.container(container).exec(argv, timeout)

    def probe(self, kind: str, container: str | None = None) -> ProbeResult:
        """Asks a probe of the manifest once, now; ``kind`` is e.g. ``livenessProbe``."""
        name = container or self.manifest["spec"]["containers"][0]["name"]
        spec = self.supervisors[name].spec
        return probe_once(spec[kind], self.manifest, str(self.ip), self.container(name))

    def hold_probes(self, hold: bool) -> None:
        """Stops the kubelet from asking the probes of this pod, or lets it go on."""
        for supervisor in self.supervisors.values():
            if supervisor.prober:
                (supervisor.prober.hold.set if hold else supervisor.prober.hold.clear)()

    def log(self, container: str | None = None) -> str:
        """What a container has written, all its runs together."""
        name = container or self.manifest["spec"]["containers"][0]["name"]
        path = self.logs / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def lose(self, *, silently: bool = False) -> None:
        """Kills every process at once and for good, as when the pod's node dies.

        Args:
            silently: Nobody hears of it: its connections are not closed, its address is dead.
        """
        if silently and self._network:
            self._node.network.cut_off(self._network)
        for supervisor in self.supervisors.values():
            supervisor.lose()

    def delete(self, grace: float | None = None) -> None:
        """Ends the pod within its grace period and removes all traces."""
        self.terminating = True
        self._stopped.set()
        seconds = self.manifest["spec"].get("terminationGracePeriodSeconds", 30)
        grace = float(seconds) if grace is None else grace
        main = {c["name"] for c in self.manifest["spec"]["containers"]}
        for names in (main, set(self.supervisors) - main):
            stops = [
                threading.Thread(target=self.supervisors[name].stop, args=(grace,))
                for name in names & set(self.supervisors)
            ]
            for stop in stops:
                stop.start()
            for stop in stops:
                stop.join()
        self._thread.join(30)
        with self._removal:
            if self._network:
                self._node.policies.remove(self)
                self._node.network.remove_pod(self._network)
                time.sleep(FORGET_SECONDS)
                self._network = None
        self._node.store.remove_pod(self)
        self._node.policies.refresh()
        self.volumes.remove()

    def describe(self) -> str:
        """One paragraph on how the pod is, for the messages of failed waits."""
        lines = [f"{self.name}: {self.phase} {self.reason} ready={self.ready}"]
        for name, s in self.supervisors.items():
            lines.append(
                f"  {name}: {s.state} {s.reason} restarts={s.restarts} exits={s.exit_codes}"
                f" kills={s.kills} probes={s.prober.history[-4:] if s.prober else []}"
            )
            lines += [f"    | {line}" for line in tail(self.log(name), 8)]
        return "\n".join(lines)

    def _run(self) -> None:
        try:
            self._live()
        except Exception as error:
            self.error = error
            self.reason = f"the stand-in node itself failed: {error!r}"
            raise

    def _live(self) -> None:
        self._network = self._node.network.add_pod()
        self._node.policies.add(self, self._network.namespace)
        if self.new_claims:
            self._stopped.wait(PROVISION_SECONDS)
        while not self._stopped.is_set():
            try:
                self.volumes.prepare()
                break
            except NotYetError as error:
                self.reason = f"ContainerCreating: {error}"
            self._stopped.wait(MOUNT_AGAIN_SECONDS)
        self.reason = "Initializing"
        spec = self.manifest["spec"]
        policy = spec.get("restartPolicy", "Always")
        threads = []
        for init in spec.get("initContainers", []):
            if self._stopped.is_set():
                return
            if _is_sidecar(init):
                threads.append(self._in_background(init, "Always"))
                while not self.supervisors[init["name"]].started and not self._stopped.wait(0.2):
                    pass
                continue
            code = self._supervise(init, "Never" if policy == "Never" else "OnFailure").run()
            if code != 0:
                self.phase = "Failed"
                return
        self.phase, self.reason = "Running", ""
        main = [self._in_background(container, policy) for container in spec["containers"]]
        for thread in main:
            thread.join()
        codes = [(self.supervisors[c["name"]].exit_codes or [137])[-1] for c in spec["containers"]]
        self.phase = "Failed" if any(codes) else "Succeeded"

    def _in_background(self, container: Manifest, policy: str) -> threading.Thread:
        supervisor = self._supervise(container, policy)
        thread = threading.Thread(target=supervisor.run, daemon=True)
        thread.start()
        return thread

    def _supervise(self, container: Manifest, policy: str) -> Supervisor:
        log = self.logs / f"{container['name']}.log"
        supervisor = Supervisor(container, self.manifest, self._prepare, str(self.ip), log, policy)
        self.supervisors[container["name"]] = supervisor
        if self._stopped.is_set():
            supervisor.stop(0)
        return supervisor

    def _prepare(self, container: Manifest) -> ContainerSpec:
        image = image_of(container["image"])
        pod_security = self.manifest["spec"].get("securityContext", {})
        security = {**pod_security, **container.get("securityContext", {})}
        user = int(security.get("runAsUser", image.user))
        if security.get("runAsNonRoot") and user == 0:
            raise NodeError("container has runAsNonRoot and image will run as root")
        groups = [*pod_security.get("supplementalGroups", []), pod_security.get("fsGroup")]
        identity = Identity(
            user,
            int(security.get("runAsGroup", image.group)),
            [int(group) for group in groups if group is not None],
        )
        base = {
            **image.env,
            "HOSTNAME": self.name,
            "KUBERNETES_SERVICE_HOST": self._node.api.address,
            "KUBERNETES_SERVICE_PORT": str(self._node.api.port),
        }
        addresses = {"status.podIP": str(self.ip), "status.hostIP": NODE_ADDRESS}
        env = container_environment(container, self.manifest, self._node.store, base, addresses)
        own_command = "command" in container
        command = container["command"] if own_command else image.entrypoint
        args = container.get("args", [] if own_command else image.command)
        etc = self._write_etc(container["name"], image)
        resources = container.get("resources", {})
        limit = resources.get("limits", {}).get("memory")
        return ContainerSpec(
            image=image,
            argv=[expand(word, env) for word in [*command, *args]],
            env=env,
            working_dir=container.get("workingDir", image.working_dir),
            identity=identity,
            mounts=self.volumes.mounts(container),
            read_only=bool(security.get("readOnlyRootFilesystem")),
            hostname=self.manifest["spec"].get("hostname", self.name),
            memory_limit=byte_count(limit) if limit else None,
            cpu_request=resources.get("requests", {}).get("cpu"),
            network=self._network.path if self._network else Path(),
            etc=etc,
        )

    def _write_etc(self, container: str, image: Image) -> Path:
        """The container's own: another one of the pod may be reading its passwd just now."""
        spec = self.manifest["spec"]
        host = spec.get("hostname", self.name)
        names = host
        if spec.get("subdomain"):
            names = f"{host}.{spec['subdomain']}.{self.namespace}.svc.{DOMAIN}\t{host}"
        etc = self._folder / "etc" / container
        write_etc(etc, image)
        (etc / "hostname").write_text(f"{host}\n")
        (etc / "hosts").write_text(f"127.0.0.1\tlocalhost\n{self.ip}\t{names}\n")
        search = f"{self.namespace}.svc.{DOMAIN} svc.{DOMAIN} {DOMAIN}"
        (etc / "resolv.conf").write_text(
            f"search {search}\nnameserver {NODE_ADDRESS}\noptions ndots:5\n"
        )
        return etc

    def _token(self, pod: Manifest, audience: str) -> bytes:
        if audience not in self._tokens:
            account = pod["spec"].get("serviceAccountName", "default")
            token = self._node.api.token(self.namespace, account, audience)
            self._tokens[audience] = token.encode()
        return self._tokens[audience]


def with_token_volume(pod: Manifest, store: ObjectStore) -> Manifest:
    """Adds the ServiceAccount's token to the containers, as the admission plugin does."""
    spec = pod["spec"]
    account = store.get("ServiceAccount", namespace_of(pod), spec.get("serviceAccountName", ""))
    wanted = spec.get("automountServiceAccountToken")
    if wanted is None:
        wanted = (account or {}).get("automountServiceAccountToken", True)
    if not wanted:
        return pod
    mount = {"name": "kube-api-access", "mountPath": _TOKEN_FOLDER, "readOnly": True}
    volume = {
        "name": "kube-api-access",
        "projected": {"sources": [
            {"serviceAccountToken": {"path": "token"}},
            {"configMap": {"name": "kube-root-ca.crt",
                           "items": [{"key": "ca.crt", "path": "ca.crt"}]}},
            {"downwardAPI": {"items": [
                {"path": "namespace", "fieldRef": {"fieldPath": "metadata.namespace"}}]}},
        ]},
    }  # fmt: skip
    mounted = [
        {**c, "volumeMounts": [*c.get("volumeMounts", []), mount]} for c in spec["containers"]
    ]
    inits = [
        {**c, "volumeMounts": [*c.get("volumeMounts", []), mount]}
        for c in spec.get("initContainers", [])
    ]
    return {
        **pod,
        "spec": {
            **spec,
            "containers": mounted,
            "initContainers": inits,
            "volumes": [*spec.get("volumes", []), volume],
        },
    }


def _is_sidecar(init_container: Manifest) -> bool:
    return init_container.get("restartPolicy") == "Always"


def _check(spec: Manifest) -> None:
    """Refuses fields that would be ignored, and rights that no container gets here."""
    refuse_unknown_fields("the pod", spec, _POD_FIELDS)
    refuse_unknown_fields("securityContext", spec.get("securityContext", {}), _POD_SECURITY)
    for container in [*spec["containers"], *spec.get("initContainers", [])]:
        security = container.get("securityContext", {})
        refuse_unknown_fields(f"container {container['name']}", container, _CONTAINER_FIELDS)
        refuse_unknown_fields("securityContext", security, _CONTAINER_SECURITY)
        if security.get("capabilities") != {"drop": ["ALL"]} or security.get("privileged"):
            raise NodeError(f"container {container['name']} keeps capabilities: not supported")
        if security.get("allowPrivilegeEscalation", True):
            raise NodeError(f"container {container['name']} allows privilege escalation")

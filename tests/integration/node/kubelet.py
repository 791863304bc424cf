"""The node as a whole: apply manifests, wait, look at pods, do harm to them."""

from __future__ import annotations

import copy
import random
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from . import cpu, memory
from .api_server import ApiServer
from .controllers import Controller, JobController, SinglePod, controller_for
from .dns import DnsServer
from .network import NODE_ADDRESS, Network
from .objects import Manifest, NodeError, ObjectStore, namespace_of, secret_data
from .outside import Outside
from .patience import patience
from .pod import NodeParts, Pod
from .pod_api import PodApi
from .policies import Policies
from .proxy import ServiceProxy


class Kubelet:
    """Runs what is applied to it, in namespaces that vanish when it is closed.

    It needs root and a network and mount namespace of its own, see ``tests/integration/run``.
    """

    def __init__(self) -> None:
        memory.remove_stale_groups()
        cpu.remove_stale_groups()
        self.folder = Path(tempfile.mkdtemp(prefix="node-"))
        self.folder.chmod(0o755)
        self.store = ObjectStore()
        self.network = Network()
        self.outside = Outside()
        self.dns = DnsServer(self.store, NODE_ADDRESS, self.outside)
        self.policies = Policies(self.store)
        self.proxy = ServiceProxy(self.store)
        certificates = self.folder / "certificates"
        certificates.mkdir()
        self.api = ApiServer(self.store, self.network.add_service_address(), certificates)
        self._parts = NodeParts(self.store, self.network, self.policies, self.api, self.folder)
        self.controllers: dict[tuple[str, str], Controller] = {}
        self.api.pods = PodApi(self._launch, self.delete_pod)

    def apply(self, manifests: Iterable[Manifest]) -> None:
        """Applies objects all at once and in no order; changed ones update what runs."""
        sent = [copy.deepcopy(manifest) for manifest in manifests]
        random.shuffle(sent)
        changed, todo = set(), []
        for manifest in sent:
            if manifest["kind"] == "Service":
                self._give_address(manifest)
            old, now = self.store.put(manifest)
            if old is not None and old != now:
                changed.add(manifest["kind"])
            todo.append(now)
            self._provide_root_certificate(namespace_of(manifest))
        self.policies.refresh()
        self.proxy.refresh()
        for manifest in todo:
            if manifest["kind"] in ("Deployment", "StatefulSet", "Job"):
                self._control(manifest)
        if changed & {"ConfigMap", "Secret"}:
            for pod in self.pods():
                pod.volumes.refresh()

    def pods(self, component: str | None = None) -> list[Pod]:
        """All pods, or those whose name begins with ``{component}-``."""
        controllers = list(self.controllers.values())
        found = [pod for controller in controllers for pod in list(controller.pods)]
        return [pod for pod in found if component is None or pod.name.startswith(f"{component}-")]

    def pod(self, name: str) -> Pod:
        """The pod of exactly this name, or the only one of a workload of this name."""
        found = [pod for pod in self.pods() if pod.name == name]
        for kind in ("Deployment", "StatefulSet", "Job"):
            controller = self.controllers.get((kind, name))
            found += list(controller.pods) if controller else []
        if len(found) != 1:
            raise NodeError(f"{len(found)} pods are named {name}")
        return found[0]

    def controller(self, name: str) -> Controller:
        """The controller of the Deployment, StatefulSet or Job of this name."""
        for (_, known), controller in self.controllers.items():
            if known == name:
                return controller
        raise NodeError(f"no workload is named {name}")

    def jobs(self) -> list[JobController]:
        """The controllers of all Jobs."""
        return [c for c in self.controllers.values() if isinstance(c, JobController)]

    def scale(self, name: str, replicas: int) -> None:
        """Like ``kubectl scale``; returns at once."""
        self.controller(name).scale(replicas)

    def delete_pod(self, pod: Pod, grace: float | None = None) -> None:
        """Like ``kubectl delete pod``: returns when it is gone."""
        for key, controller in list(self.controllers.items()):
            if pod in controller.pods:
                controller.delete_pod(pod, grace)
                if isinstance(controller, SinglePod):
                    self.controllers.pop(key, None)

    def delete(self, name: str) -> None:
        """Like ``kubectl delete``: ends a workload and all its pods."""
        for key, controller in list(self.controllers.items()):
            if key[1] == name:
                del self.controllers[key]
                controller.close(0)
                self.store.drop(key[0], namespace_of(controller.workload), name)

    def secret(self, name: str, namespace: str) -> dict[str, str]:
        """The decoded entries of a Secret."""
        found = self.store.get("Secret", namespace, name)
        if found is None:
            raise NodeError(f"there is no Secret {name}")
        return {key: value.decode() for key, value in secret_data(found).items()}

    def wait_ready(self, timeout: float) -> None:
        """Waits until every pod of every workload is ready and every Job is complete."""
        self.wait_for(self.all_ready, timeout, "everything ready")

    def all_ready(self) -> bool:
        """Whether all workloads are as their manifests say; raises when that cannot be any more."""
        for controller in list(self.controllers.values()):
            if controller.error is not None:
                raise controller.error
            if isinstance(controller, JobController) and controller.state == "Failed":
                raise NodeError("a Job failed\n" + self.describe())
        for pod in self.pods():
            if pod.error is not None:
                raise NodeError(f"{pod.name}: {pod.reason}") from pod.error
        return all(controller.done for controller in list(self.controllers.values()))

    def wait_for(self, condition: Callable[[], bool], timeout: float, what: str) -> None:
        """Waits for a condition; the error tells how all pods are."""
        deadline = time.monotonic() + patience(timeout)
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"not in {patience(timeout):.0f} s: {what}\n{self.describe()}")
            time.sleep(0.2)

    def describe(self) -> str:
        """How every pod is that is not simply ready."""
        return "\n".join(
            pod.describe() for pod in self.pods() if not pod.ready and pod.phase != "Succeeded"
        )

    def close(self) -> None:
        """Ends every process and removes everything that was made."""
        closings = [
            threading.Thread(target=controller.close, args=(0,))
            for controller in list(self.controllers.values())
        ]
        for closing in closings:
            closing.start()
        for closing in closings:
            closing.join()
        self.proxy.close()
        self.dns.close()
        self.api.close()
        self.network.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _control(self, manifest: Manifest) -> None:
        key = (manifest["kind"], manifest["metadata"]["name"])
        if key in self.controllers:
            self.controllers[key].update(manifest)
        else:
            self.controllers[key] = controller_for(manifest, self._parts)
            self.controllers[key].start()

    def _launch(self, manifest: Manifest) -> Pod:
        """Runs a pod that somebody has created through the API."""
        controller = SinglePod(manifest, self._parts)
        controller.start()
        self.controllers["Pod", manifest["metadata"]["name"]] = controller
        return controller.pods[0]

    def _give_address(self, service: Manifest) -> None:
        if service["spec"].get("clusterIP"):
            return
        old = self.store.get("Service", namespace_of(service), service["metadata"]["name"])
        address = old["spec"]["clusterIP"] if old else self.network.cluster_ip()
        service["spec"]["clusterIP"] = address

    def _provide_root_certificate(self, namespace: str) -> None:
        if self.store.get("ConfigMap", namespace, "kube-root-ca.crt") is None:
            self.store.put({
                "apiVersion": "v1", "kind": "ConfigMap",
                "metadata": {"name": "kube-root-ca.crt", "namespace": namespace},
                "data": {"ca.crt": self.api.ca_certificate.decode()},
            })  # fmt: skip

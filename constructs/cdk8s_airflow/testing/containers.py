"""Inside a pod: volumes and mounts, env, probes, claims and autoscaled replicas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod, namespace_of, title

VARIABLE = re.compile(r"(\$*)\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)")
SINGLE_NODE_MODES = {"ReadWriteOnce", "ReadWriteOncePod"}


def check_volumes(bundle: Bundle) -> Iterator[str]:
    """Every mount has a volume, every volume a mount, and no two mounts share a path."""
    for pod in bundle.pods:
        templates = [t["metadata"]["name"] for t in pod.claim_templates]
        names = [v["name"] for v in pod.volumes] + templates
        yield from _twice(f"{pod}: volume", names)
        read_only = {v["name"] for v in pod.volumes if v.keys() & _READ_ONLY}
        mounted: set[str] = set()
        for container in pod.containers:
            here = f"{pod}: container {container['name']}"
            mounts = container.get("volumeMounts") or []
            yield from _twice(f"{here}: mount path", [_clean(m["mountPath"]) for m in mounts])
            for mount in mounts:
                if mount["name"] not in names:
                    yield f"{here}: mounts {mount['name']!r}, which is no volume of the pod"
                if not mount["mountPath"].startswith("/"):
                    yield f"{here}: mount path {mount['mountPath']!r} is not absolute"
                for outer in mounts:
                    if outer["name"] in read_only and _inside(mount, outer):
                        yield (
                            f"{here}: {mount['mountPath']} lies in the read-only volume "
                            f"at {outer['mountPath']}, so it cannot be mounted"
                        )
            mounted |= {m["name"] for m in mounts}
            mounted |= {d["name"] for d in container.get("volumeDevices") or []}
        for name in names:
            if name not in mounted:
                yield f"{pod}: volume {name!r} is mounted nowhere"


_READ_ONLY = {"configMap", "secret", "projected", "downwardAPI"}


def _clean(path: str) -> str:
    return str(PurePosixPath(path))


def _inside(inner: Manifest, outer: Manifest) -> bool:
    below = PurePosixPath(inner["mountPath"]).parents
    return "subPath" not in outer and PurePosixPath(outer["mountPath"]) in below


def check_names_in_pods(bundle: Bundle) -> Iterator[str]:
    """Container and port names are unique in the pod, ports are opened once."""
    for pod in bundle.pods:
        yield from _twice(f"{pod}: container", [c["name"] for c in pod.containers])
        yield from _twice(f"{pod}: port name", [n for n, _, _ in pod.ports() if n])
        running = [f"{number}/{protocol}" for _, number, protocol in pod.ports()]
        yield from _twice(f"{pod}: port", running)


def check_env(bundle: Bundle) -> Iterator[str]:
    """Env names are legal and unique, and `$(VAR)` means a variable defined before."""
    for pod in bundle.pods:
        for container in pod.containers:
            here = f"{pod}: container {container['name']}"
            env = container.get("env") or []
            yield from _twice(f"{here}: env", [e["name"] for e in env])
            known = _env_from(bundle, pod, container)
            for entry in env:
                if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", entry["name"]):
                    yield f"{here}: env name {entry['name']!r} is no shell name"
                yield from _unknown(f"{here}: env {entry['name']}", [entry.get("value")], known)
                if known is not None:
                    known.add(entry["name"])
            words = [*(container.get("command") or []), *(container.get("args") or [])]
            yield from _unknown(f"{here}: command", words, known)


def _env_from(bundle: Bundle, pod: Pod, container: Manifest) -> set[str] | None:
    """Return the names that envFrom brings; None where only the cluster knows them."""
    names: set[str] = set()
    for entry in container.get("envFrom") or []:
        name = (entry.get("configMapRef") or {}).get("name")
        config_map = bundle.find("ConfigMap", name, pod.namespace) if name else None
        if config_map is None:
            return None
        names |= {entry.get("prefix", "") + key for key in config_map.get("data") or {}}
    return names


def _unknown(where: str, texts: Iterable[str | None], known: set[str] | None) -> Iterator[str]:
    for text in texts:
        for dollars, name in VARIABLE.findall(text or ""):
            always = name in ("KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT")
            if len(dollars) % 2 == 0 and known is not None and name not in known and not always:
                yield f"{where}: $({name}) is not defined before it"


def check_probes(bundle: Bundle) -> Iterator[str]:
    """Probes and lifecycle hooks call ports that the container opens."""
    for pod in bundle.pods:
        for container in pod.containers:
            ports = container.get("ports") or []
            known = {value for p in ports for value in (p["containerPort"], p.get("name"))}
            for place, handler in handlers(container):
                for action in ("httpGet", "tcpSocket", "grpc"):
                    port = (handler.get(action) or {}).get("port")
                    if port is not None and port not in known:
                        yield (
                            f"{pod}: container {container['name']}: {place} calls port {port}, "
                            f"which it does not open"
                        )


def handlers(container: Manifest) -> Iterator[tuple[str, Manifest]]:
    """Yield (place, handler) of the probes and lifecycle hooks of a container."""
    for place in ("startupProbe", "livenessProbe", "readinessProbe"):
        if probe := container.get(place):
            yield place, probe
    for place, hook in (container.get("lifecycle") or {}).items():
        yield place, hook


def check_claims(bundle: Bundle) -> Iterator[str]:
    """A claim for one node has at most one pod that uses it, or Jobs that wait for each other."""
    for claim in bundle.all("PersistentVolumeClaim"):
        name = claim["metadata"]["name"]
        modes = set(claim["spec"].get("accessModes") or [])
        users = [
            pod
            for pod in bundle.pods
            if pod.namespace == namespace_of(claim)
            and any(
                v.get("persistentVolumeClaim", {}).get("claimName") == name for v in pod.volumes
            )
        ]
        if not users:
            yield f"{title(claim)}: no pod uses it"
        if modes <= SINGLE_NODE_MODES:
            lasting = any(pod.long_running for pod in users)
            if lasting and sum(maximum_replicas(bundle, pod.owner) for pod in users) > 1:
                names = ", ".join(sorted(str(pod) for pod in users))
                yield f"{title(claim)}: is {'/'.join(sorted(modes))}, but shared by {names}"


def check_autoscaled(bundle: Bundle) -> Iterator[str]:
    """What an autoscaler scales has one autoscaler and no `replicas` of its own."""
    targets = [(scaler, _target(bundle, scaler)) for scaler in _scalers(bundle)]
    for scaler, target in targets:
        if target is not None and "replicas" in target["spec"]:
            yield f"{title(target)}: has replicas, which {title(scaler)} owns"
        if target is not None:
            yield from _unmeasured(scaler, target)
    yield from _twice(
        "autoscaler target",
        [f"{namespace_of(t)} {title(t)}" for _, t in targets if t is not None],
    )


def _unmeasured(scaler: Manifest, target: Manifest) -> Iterator[str]:
    containers = {c["name"]: c for c in target["spec"]["template"]["spec"]["containers"]}
    for metric in scaler["spec"].get("metrics") or []:
        measured = metric.get("containerResource") or {}
        if name := measured.get("container"):
            if name not in containers:
                yield f"{title(scaler)}: {title(target)} has no container {name!r}"
            elif measured["name"] not in containers[name]["resources"].get("requests", {}):
                yield f"{title(scaler)}: container {name!r} requests no {measured['name']}"


def _scalers(bundle: Bundle) -> list[Manifest]:
    return [*bundle.all("HorizontalPodAutoscaler"), *bundle.all("ScaledObject")]


def _target(bundle: Bundle, scaler: Manifest) -> Manifest | None:
    target = scaler["spec"]["scaleTargetRef"]
    kind = target.get("kind", "Deployment")
    return bundle.find(kind, target["name"], namespace_of(scaler))


def maximum_replicas(bundle: Bundle, owner: Manifest) -> int:
    """Return how many pods a workload may have, its autoscaler considered."""
    for scaler in _scalers(bundle):
        if _target(bundle, scaler) is owner:
            spec = scaler["spec"]
            return int(spec.get("maxReplicas", spec.get("maxReplicaCount", 100)))
    return int(owner["spec"].get("replicas", owner["spec"].get("parallelism", 1)))


def _twice(what: str, names: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{what} {name!r} is there {count} times"

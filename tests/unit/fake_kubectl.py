"""A kubectl of a cluster in a JSON file, for tests of what calls kubectl.

The file CLUSTER holds {"objects": [...], "pods": [...], "events": [...], "ready_after": N,
"unreachable": bool, "refuse": str, "differences": [[live, merged], ...], "defaults": bool,
"addons": [line of api-resources, ...]}; the fake writes it back, with every call in "calls".
Workloads become ready at the Nth look at them. A kind that the cluster does not have is an error.
With "defaults" an object is kept as the API server would keep it, and a diff names those that an
apply would change.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

STATE = Path(os.environ["CLUSTER"])
BUILT_IN = """
    configmaps                cm      v1                            true   ConfigMap
    events                    ev      v1                            true   Event
    limitranges               limits  v1                            true   LimitRange
    persistentvolumeclaims    pvc     v1                            true   PersistentVolumeClaim
    pods                      po      v1                            true   Pod
    resourcequotas            quota   v1                            true   ResourceQuota
    secrets                           v1                            true   Secret
    serviceaccounts           sa      v1                            true   ServiceAccount
    services                  svc     v1                            true   Service
    deployments               deploy  apps/v1                       true   Deployment
    controllerrevisions               apps/v1                       true   ControllerRevision
    replicasets               rs      apps/v1                       true   ReplicaSet
    statefulsets              sts     apps/v1                       true   StatefulSet
    horizontalpodautoscalers  hpa     autoscaling/v2                true   HorizontalPodAutoscaler
    cronjobs                  cj      batch/v1                      true   CronJob
    jobs                              batch/v1                      true   Job
    ingresses                 ing     networking.k8s.io/v1          true   Ingress
    networkpolicies           netpol  networking.k8s.io/v1          true   NetworkPolicy
    poddisruptionbudgets      pdb     policy/v1                     true   PodDisruptionBudget
    rolebindings                      rbac.authorization.k8s.io/v1  true   RoleBinding
    roles                             rbac.authorization.k8s.io/v1  true   Role
    priorityclasses           pc      scheduling.k8s.io/v1          false  PriorityClass
"""
"""What `kubectl api-resources` says of a cluster without add-ons; "addons" adds such lines."""


def status(thing: dict[str, Any], ready: bool) -> dict[str, Any]:
    count = thing.get("spec", {}).get("replicas", 1) if ready else 0
    if thing["kind"] == "Job":
        return {"conditions": [{"type": "Complete", "status": "True"}]} if ready else {"active": 1}
    return {
        "observedGeneration": 1,
        "replicas": thing.get("spec", {}).get("replicas", 1),
        **dict.fromkeys(["updatedReplicas", "readyReplicas", "availableReplicas"], count),
        "currentRevision": "a",
        "updateRevision": "a",
    }


def matches(thing: dict[str, Any], selector: str) -> bool:
    labels = thing["metadata"].get("labels", {})
    return all(labels.get(k) == v for k, v in (item.split("=") for item in selector.split(",")))


def manifests(folder: str) -> Iterator[dict[str, Any]]:
    for path in sorted(Path(folder).glob("*.yaml")):
        yield from filter(None, yaml.safe_load_all(path.read_text()))


def key(thing: dict[str, Any]) -> tuple[str, str]:
    return thing["kind"], thing["metadata"]["name"]


def apply(state: dict[str, Any], folder: str) -> None:
    for thing in manifests(folder):
        kind, name = key(thing)
        state["objects"] = [each for each in state["objects"] if key(each) != (kind, name)]
        state["objects"].append(kube_api().stored(thing) if state.get("defaults") else thing)
        print(f"{kind.lower()}/{name} serverside-applied")


def diff(state: dict[str, Any], folder: str) -> int:
    """As kubectl: it writes each changed object to two folders, and compares these."""
    pairs: list[list[dict[str, Any]]] = list(state.get("differences", []))
    live = {key(thing): thing for thing in state["objects"]}
    for thing in manifests(folder) if state.get("defaults") else ():
        old = live.get(key(thing), {})
        if not old or kube_api().is_changed(old, thing):
            pairs.append([generation(old, 1), generation(kube_api().stored(thing), 2)])
    words = os.environ.get("KUBECTL_EXTERNAL_DIFF", "diff -u -N").split()
    command = [word for word in words if re.fullmatch("[a-zA-Z0-9-=]+", word)]
    with tempfile.TemporaryDirectory() as place:
        sides = [Path(place, side) for side in ("LIVE-1", "MERGED-2")]
        for number, side in enumerate(sides):
            side.mkdir()
            for pair in pairs:
                if pair[number]:
                    file = ".".join(map(str, key(pair[0] or pair[1])))
                    side.joinpath(file).write_text(yaml.safe_dump(pair[number]))
        done = subprocess.run([*command, *map(str, sides)], capture_output=True, text=True)
        print(done.stdout, end="")
        return done.returncode


def generation(thing: dict[str, Any], count: int) -> dict[str, Any]:
    return thing and {**thing, "metadata": {**thing["metadata"], "generation": count}}


def kube_api() -> Any:
    """What tests know of the API server; slow to load, so only where it is asked for."""
    sys.path.insert(0, str(Path(__file__).parents[2] / "constructs"))
    return importlib.import_module("cdk8s_airflow.testing.kube_api.stored")


def served(state: dict[str, Any]) -> list[str]:
    """The lines of `kubectl api-resources`."""
    return [*BUILT_IN.strip().splitlines(), *state.get("addons", [])]


def kind_of(state: dict[str, Any], resource: str) -> str:
    """`deployments.apps`, `Deployment.v1.apps` or `deployment` -> `Deployment`."""
    first, _, rest = resource.partition(".")
    for line in served(state):
        plural, *_, api, _, kind = line.split()
        group = api.rpartition("/")[0]
        if first in (plural, kind.lower()) and rest in ("", group):
            return kind
        if first == kind and rest.partition(".")[2] == group:
            return kind
    print(f'error: the server doesn\'t have a resource type "{first}"', file=sys.stderr)
    sys.exit(1)


def get(state: dict[str, Any], kinds: str, selector: str) -> list[dict[str, Any]]:
    if kinds == "events":
        return list(state.get("events", []))
    wanted = {kind_of(state, kind) for kind in kinds.split(",")}
    if "Deployment" in wanted:
        state["looks"] = state.get("looks", 0) + 1
    ready = state.get("looks", 0) >= state.get("ready_after", 1)
    everything = state["objects"] + state.get("pods", [])
    found = [each for each in everything if each["kind"] in wanted and matches(each, selector)]
    for thing in found:
        if thing["kind"] in ("Deployment", "StatefulSet", "Job"):
            thing.setdefault("status", status(thing, ready))
            if ready and thing["status"] == status(thing, False):
                thing["status"] = status(thing, True)
    return found


def scale(state: dict[str, Any], rest: list[str]) -> None:
    replicas = int(rest[0].partition("=")[2])
    for target in rest[1:]:
        kind, _, name = target.partition("/")
        for thing in state["objects"]:
            if (thing["kind"], thing["metadata"]["name"]) == (kind_of(state, kind), name):
                thing["spec"]["replicas"] = replicas
                print(f"{target} scaled")
    # The pods of what was scaled end at the next look but `lingering` ones.
    ended = {target.partition("/")[2] for target in rest[1:]}
    state["pods"] = [
        pod
        for pod in state.get("pods", [])
        if pod["metadata"]["name"].rpartition("-")[0] not in ended or state.get("lingering")
    ]


def delete(state: dict[str, Any], targets: list[str]) -> None:
    for target in targets:
        kind, _, name = target.partition("/")
        kind = kind_of(state, kind)
        kept = [e for e in state["objects"] if (e["kind"], e["metadata"]["name"]) != (kind, name)]
        print(f"{target} deleted" if len(kept) < len(state["objects"]) else f"{target} unknown")
        state["objects"] = kept


def main(state: dict[str, Any], arguments: list[str]) -> int:
    assert arguments[0] == "--namespace"
    namespace, verb, *rest = arguments[1:]
    if state.get("unreachable") and verb != "config":
        print("noise\nThe connection to the server was refused", file=sys.stderr)
        return 1
    if verb == state.get("refuse"):
        print("Error from server (Forbidden): you may not", file=sys.stderr)
        return int(state.get("code", 1))
    option = dict(pairwise(rest))
    if verb == "config":
        print("test-context")
    elif rest[:1] == ["namespace"]:
        if verb == "create":
            state.setdefault("namespaces", []).append(rest[1])
        if rest[1] in state.get("namespaces", []):
            print(f"namespace/{rest[1]}")
    elif rest[:1] == ["--raw"]:
        print("{}")
    elif verb == "get":
        items = get(state, rest[0], option.get("--selector", "")) if rest else []
        for item in items:
            item.setdefault("metadata", {}).setdefault("namespace", namespace)
        print(json.dumps({"items": items}))
    elif verb == "api-resources":
        print("\n".join(served(state)))
    elif verb == "scale":
        scale(state, rest)
    elif verb == "apply":
        apply(state, option["--filename"])
    elif verb == "delete":
        delete(state, [each for each in rest if not each.startswith("--")])
    elif verb == "diff":
        return diff(state, option["--filename"])
    elif verb == "logs":
        print("first line\nTraceback: no such table")
    return 0


if __name__ == "__main__":
    cluster = json.loads(STATE.read_text())
    cluster.setdefault("objects", [])
    cluster.setdefault("calls", []).append(sys.argv[1:])
    code = main(cluster, sys.argv[1:])
    STATE.write_text(json.dumps(cluster))
    sys.exit(code)

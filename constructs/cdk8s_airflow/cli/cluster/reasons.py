"""Why a release is not ready, in words: its pods, their logs, the warnings of the cluster."""

from __future__ import annotations

import json
import sys

from cdk8s_airflow.cli.cluster.kubectl import Kubectl, KubectlError, instance, ours
from cdk8s_airflow.cli.cluster.rollout import crashed, trouble, unbound


def explain(kubectl: Kubectl, release: str) -> None:
    """Prints why pods are not ready, the logs of those that crashed, and the warnings."""
    print("\nWhat is not ready:")
    try:
        for pod in kubectl.get(["pods"], ours(release)):
            for reason in trouble(pod):
                print(f"  Pod/{pod['metadata']['name']}: {reason}")
            for container, previous in crashed(pod):
                for line in _log(kubectl, pod["metadata"]["name"], container, previous):
                    print(f"    | {line}")
        for claim in kubectl.get(["persistentvolumeclaims"], instance(release)):
            for reason in unbound(claim):
                print(f"  PersistentVolumeClaim/{claim['metadata']['name']}: {reason}")
        for line in _warnings(kubectl, release):
            print(f"  {line}")
    except KubectlError as error:
        print(f"  (the cluster does not tell: {error})")
    sys.stdout.flush()


def _warnings(kubectl: Kubectl, release: str) -> list[str]:
    """The latest warnings: refused pods, missing volumes, images that cannot be pulled."""
    options = ("--field-selector", "type=Warning", "--sort-by", ".lastTimestamp")
    text = kubectl.run("get", "events", *options, "--output", "json")
    lines = []
    for event in json.loads(text)["items"]:
        thing = event["involvedObject"]
        if f"{release}-" in thing["name"]:
            lines.append(f"{thing['kind']}/{thing['name']}: {event.get('message')}")
    return list(dict.fromkeys(lines))[-10:]


def _log(kubectl: Kubectl, pod: str, container: str, previous: bool) -> list[str]:
    options = ["--previous"] if previous else []
    try:
        text = kubectl.run("logs", pod, "-c", container, "--tail=8", *options, timeout=20)
    except KubectlError as error:
        return [f"(no log: {error})"]
    return text.splitlines()

"""How Airflow itself is, and its volumes, beside what kubectl shows of its pods."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cdk8s_airflow.cli.cluster.access import COMPONENT, admin_secret, stopped
from cdk8s_airflow.cli.cluster.kubectl import Kubectl, KubectlError, Object

PROGRAM = Path(__file__).with_name("ask_airflow.py")
API_SERVER = "api-server"
MAKES_ADMIN = "/create_admin.py"
NAME_AFTER = 3
"""How many words after the program the name of the first user stands in its command."""


def airflow_lines(kubectl: Kubectl, workloads: Sequence[Object]) -> Iterator[str]:
    """Version, heartbeats, queues and import errors, or why they are not known."""
    servers = [
        thing["metadata"]["name"]
        for thing in workloads
        if thing["metadata"].get("labels", {}).get(COMPONENT) == API_SERVER
    ]
    if not servers or stopped(workloads, API_SERVER):
        yield "Airflow: not asked, as no API server runs"
        return
    login, missing = _login(kubectl, workloads)
    options = ("--stdin", f"deployment/{servers[0]}", "--container", API_SERVER)
    command = ("exec", *options, "--", "python", "-c", PROGRAM.read_text())
    try:
        text = kubectl.run(*command, stdin=json.dumps(login) + "\n", timeout=180)
        found: dict[str, Any] = json.loads(text.strip().rpartition("\n")[2])
    except (KubectlError, ValueError) as error:
        yield f"Airflow: could not be asked: {error}"
        return
    yield from told(found)
    for reason in (*found["unasked"], *missing):
        yield f"  not known: {reason}"


def told(found: dict[str, Any]) -> Iterator[str]:
    """The lines for an answer of ask_airflow.py."""
    yield f"Airflow {found.get('version', 'of an unknown version')}"
    for name, state in found.get("status", {}).items():
        beat = found["heartbeats"].get(name)
        seen = "" if beat is None else f", last heartbeat {beat:.0f} s ago"
        yield f"  {name.replace('_', '-')}: {state}{seen}"
    for process in found.get("processes", ()):
        yield f"    {process['type']} in {process['host']}: {process['age']:.0f} s ago"
    if "tasks" in found:
        counts = ", ".join(f"{count} {state}" for state, count in found["tasks"].items())
        yield f"  tasks: {counts}"
        yield f"  import errors: {found['import_errors'] or 'none'}"
        for each in found["files"]:
            yield f"    {each['file']}: {each['reason']}"


def _login(kubectl: Kubectl, workloads: Sequence[Object]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Name and password of the admin, or why there is none."""
    what = "tasks, import errors and the heartbeat of each process, which only a user may see"
    if (place := admin_secret(workloads)) is None:
        return {}, (f"{what}, and the release has no admin of its own",)
    name, key = place
    try:
        secret = json.loads(kubectl.run("get", "secret", name, "--output", "json"))
        password = base64.b64decode(secret["data"][key]).decode()
    except (KubectlError, LookupError) as error:
        return {}, (f"{what}: Secret {name}: {error}",)
    return {"username": _admin_name(workloads), "password": password}, ()


def _admin_name(workloads: Sequence[Object]) -> str:
    """The name of the first user, as its Job creates it."""
    for thing in workloads:
        for container in thing["spec"]["template"]["spec"]["containers"]:
            words = container.get("command") or []
            for number, word in enumerate(words):
                if str(word).endswith(MAKES_ADMIN):
                    return str(words[number + NAME_AFTER])
    raise LookupError("no Job makes an admin")


def volume_lines(kubectl: Kubectl, pods: Sequence[Object]) -> Iterator[str]:
    """Each volume of the pods with its size and what of it is used."""
    mounts = {
        claim: (pod["metadata"]["name"], container["name"], mount["mountPath"])
        for pod in pods
        for volume in pod["spec"].get("volumes", ())
        if (claim := volume.get("persistentVolumeClaim", {}).get("claimName"))
        for container in pod["spec"]["containers"]
        for mount in container.get("volumeMounts", ())
        if mount["name"] == volume["name"] and pod["status"].get("phase") == "Running"
    }
    if not mounts:
        return
    yield "Volumes"
    for claim, (pod_name, container, path) in sorted(mounts.items()):
        command = ("exec", pod_name, "--container", container, "--", "df", "-P", "-h", path)
        try:
            _, size, used, _, share, *_ = kubectl.run(*command).splitlines()[-1].split()
            yield f"  {claim}: {used} of {size}, {share}"
        except (KubectlError, ValueError) as error:
            yield f"  {claim}: could not be asked: {error}"

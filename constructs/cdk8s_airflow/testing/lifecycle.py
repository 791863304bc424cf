"""How processes start and end: no hooks, one migration, signals that arrive, waits that end."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator

from cdk8s_airflow.checks.bundle import Bundle, Manifest, Pod, env_literals, title
from cdk8s_airflow.testing.containers import handlers

HOOKS = re.compile(r"(helm\.sh/hook|argocd\.argoproj\.io/(hook|sync-wave))")
BACKGROUND = re.compile(r"(?<![&>|])&(?=\s|$)")
LOOP = re.compile(r"\bdo\b.*?\bdone\b", re.DOTALL)
SLEEP = re.compile(r"\bsleep\s+[\d$]")
SERVERS = frozenset({"postgresql", "rabbitmq", "redis"})
SERVER = re.compile(r"-(postgresql|rabbitmq|redis)-server$|-pgbouncer$")
LIMITED_RUNS = {"-n", "--num-runs"}
TRY_AGAIN = os.EX_TEMPFAIL
"""Exit code of programs that have waited in vain."""


def check_hooks(bundle: Bundle) -> Iterator[str]:
    """No object asks the deploy tool for an order: all may be applied at once."""
    for manifest in bundle.manifests:
        for key in manifest["metadata"].get("annotations") or {}:
            if HOOKS.match(key):
                yield f"{title(manifest)}: has the hook {key}"


def check_migrations(bundle: Bundle) -> Iterator[str]:
    """The database of a release is migrated in one place, a Job."""
    places: Counter[tuple[str, str]] = Counter()
    for pod in bundle.pods:
        for container in pod.containers:
            if "db migrate" in " ".join(_words(container)):
                places[pod.namespace, pod.release] += 1
                if pod.owner["kind"] != "Job":
                    yield f"{pod}: container {container['name']} migrates, but is in no Job"
    for (_, release), count in places.items():
        if count > 1:
            yield f"{release}: {count} containers migrate the database"


def check_jobs(bundle: Bundle) -> Iterator[str]:
    """A Job of ours ends, after few tries, and the log of the last failure stays.

    With `OnFailure` the pod is deleted with its log when the tries are used up. What only waits is
    no try, as it may have to wait for long.
    """
    for pod in bundle.pods:
        if pod.owner["kind"] not in ("CronJob", "Job"):
            continue
        if pod.owner["kind"] == "CronJob":
            spec = pod.owner["spec"]["jobTemplate"]["spec"]
            if pod.owner["spec"].get("failedJobsHistoryLimit", 1) < 1:
                yield f"{pod}: keeps no Job that failed"
        else:
            spec = pod.owner["spec"]
        if "activeDeadlineSeconds" not in spec:
            yield f"{pod}: has no activeDeadlineSeconds"
        if spec.get("backoffLimit", 6) > 6:
            yield f"{pod}: tries {spec['backoffLimit']} times more"
        if pod.spec.get("restartPolicy") != "Never":
            yield f"{pod}: loses the log of its last failure, as restartPolicy is not Never"
        rules = spec.get("podFailurePolicy", {}).get("rules", [])
        ignored = [rule.get("onExitCodes", {}) for rule in rules if rule["action"] == "Ignore"]
        if not any(TRY_AGAIN in codes.get("values", []) for codes in ignored):
            yield f"{pod}: counts a wait as a failure"


def check_signals(bundle: Bundle) -> Iterator[str]:
    """SIGTERM reaches the process: a shell becomes it, and Airflow's image hands it on."""
    for pod in bundle.pods:
        for container in pod.main_containers if pod.long_running else ():
            here = f"{pod}: container {container['name']}"
            for script in scripts(container):
                if not re.search(r"(^|[;&|])\s*exec\s", script, re.MULTILINE):
                    yield f"{here}: a shell stays the parent, without exec"
                if BACKGROUND.search(script):
                    yield f"{here}: starts a process in the background"
            if _words(container)[:1] == ["airflow"]:
                if env_literals(container).get("DUMB_INIT_SETSID") != "0":
                    yield f"{here}: dumb-init would signal the whole group, not DUMB_INIT_SETSID=0"


def check_waits(bundle: Bundle) -> Iterator[str]:
    """Nothing sleeps but in a loop or ends to be restarted; a hook fits the grace period."""
    for pod in bundle.pods:
        for container in pod.containers:
            here = f"{pod}: container {container['name']}"
            if any(SLEEP.search(LOOP.sub("", script)) for script in scripts(container)):
                yield f"{here}: sleeps for a fixed time"
            words = _words(container)
            if words[:2] == ["airflow", "scheduler"] and LIMITED_RUNS & set(words):
                yield f"{here}: the scheduler ends after some runs"
            for place, handler in handlers(container):
                seconds = (handler.get("sleep") or {}).get("seconds", 0)
                if place == "preStop" and seconds >= _grace(pod):
                    yield f"{here}: preStop sleeps {seconds} s of a grace period of {_grace(pod)} s"


def check_first_containers(bundle: Bundle) -> Iterator[str]:
    """Who needs a Secret that is generated waits without it, for the server that needs it too.

    A container that asks for one too early is tried again after 10 to 15 s.
    """
    servers = {
        f"{service['metadata']['name']}:{port['port']}"
        for service in bundle.all("Service")
        if SERVER.search(service["metadata"]["name"])
        for port in service["spec"]["ports"]
    }
    for pod in bundle.pods:
        needed = {server for server in servers if server in str(pod.containers)}
        if needed and pod.component not in SERVERS:
            own = (each for each in pod.containers if each.get("restartPolicy") != "Always")
            first = next(own)
            here = f"{pod}: container {first['name']}"
            if late := sorted(needed - set(_words(first))):
                yield f"{here} comes first, and does not wait for {late}"
            if "secretKeyRef" in str(first):
                yield f"{here} comes first, and asks for a Secret"


def scripts(container: Manifest) -> list[str]:
    """The texts that a container gives to a shell."""
    words = _words(container)
    shells = {"sh", "bash", "/bin/sh", "/bin/bash"}
    return [
        words[index + 2]
        for index, word in enumerate(words[:-2])
        if word in shells and re.fullmatch(r"-[a-z]*c", words[index + 1])
    ]


def _words(container: Manifest) -> list[str]:
    return [str(word) for key in ("command", "args") for word in container.get(key) or []]


def _grace(pod: Pod) -> int:
    return int(pod.spec.get("terminationGracePeriodSeconds", 30))

"""The checks of how processes start and end refuse what is broken."""

from __future__ import annotations

import re

import pytest
from bundle.breakage import DELETE, Break, assert_refused, parameters, put
from bundle.sample import container, good, job_spec, template, thing

from cdk8s_airflow.checks.bundle import Bundle, Manifest, title
from cdk8s_airflow.testing.lifecycle import (
    check_first_containers,
    check_hooks,
    check_jobs,
    check_migrations,
    check_signals,
    check_waits,
)
from cdk8s_airflow.testing.synth import Check

API = "Deployment/af1-api-server"
WORKER = "StatefulSet/af1-worker"
JOB = "Job/af1-bootstrap-1a2b"
POD = "spec.template.spec"
MAIN = f"{POD}.containers[0]"
MIGRATE = ["airflow", "db", "migrate"]

SERVER = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "af1-redis-server", "namespace": "airflow"},
    "spec": {"ports": [{"port": 6379}]},
}
USES = {"name": "URL", "value": "redis://:{PW}@af1-redis-server:6379/0"}
WAITS = ["python", "wait_for_servers.py", "600", "af1-redis-server:6379"]
ASKS = [{"name": "PW", "valueFrom": {"secretKeyRef": {"name": "af1-redis", "key": "password"}}}]


def cron_job(**more: object) -> Manifest:
    pod = template("cleanup", container("cleanup"), restartPolicy="Never")
    spec = {"schedule": "@daily", "jobTemplate": {"spec": job_spec(pod)}, **more}
    return thing("batch/v1", "CronJob", "cleanup", spec=spec)


CASES: dict[Check, list[Break]] = {
    check_first_containers: [
        Break(API, f"{POD}.initContainers", [], "api-server comes first, and does not wait for"),
        Break(API, f"{POD}.initContainers[0].env", ASKS, "wait-for-servers comes first, and asks"),
    ],
    check_hooks: [
        Break(JOB, 'metadata.annotations."helm.sh/hook"', "post-install", "has the hook helm.sh"),
        Break(JOB, 'metadata.annotations."argocd.argoproj.io/hook"', "PreSync", "has the hook arg"),
        Break(API, 'metadata.annotations."argocd.argoproj.io/sync-wave"', "1", "hook .*sync-wave"),
    ],
    check_jobs: [
        Break(JOB, "spec.activeDeadlineSeconds", DELETE, "has no activeDeadlineSeconds"),
        Break(JOB, "spec.backoffLimit", 10, "tries 10 times more"),
        Break(JOB, f"{POD}.restartPolicy", "OnFailure", "loses the log of its last failure"),
        Break(JOB, "spec.podFailurePolicy", DELETE, "counts a wait as a failure"),
        Break(JOB, "spec.podFailurePolicy.rules[0].action", "Count", "counts a wait as a failure"),
        Break("", "", cron_job(failedJobsHistoryLimit=0), "keeps no Job that failed"),
        Break(
            "",
            "",
            cron_job(jobTemplate={"spec": {"template": template("cleanup", container("c"))}}),
            "CronJob/af1-cleanup: has no activeDeadlineSeconds",
        ),
    ],
    check_migrations: [
        Break(API, f"{POD}.initContainers", [container("m", args=MIGRATE)], "m migrates, but is"),
        Break(WORKER, f"{MAIN}.command", ["bash", "-c", "airflow db migrate; x"], "worker migrat"),
        Break(
            JOB,
            f"{POD}.containers",
            [container("a", args=MIGRATE), container("b", args=MIGRATE)],
            "af1: 2 containers migrate the database",
        ),
    ],
    check_signals: [
        Break(WORKER, f"{MAIN}.command", ["sh", "-c", "airflow celery worker"], "without exec"),
        Break(
            WORKER,
            f"{MAIN}.command",
            ["bash", "-ec", "airflow scheduler & exec airflow api-server"],
            "starts a process in the background",
        ),
        Break(API, f"{MAIN}.env[1]", DELETE, "not DUMB_INIT_SETSID=0"),
        Break(API, f"{MAIN}.env[1].value", "1", "dumb-init would signal the whole group"),
    ],
    check_waits: [
        Break(WORKER, f"{MAIN}.command", ["sh", "-c", "sleep 10; exec x"], "sleeps for a fixed"),
        Break(WORKER, f"{POD}.initContainers[0].args", ["sh", "-c", "sleep $WAIT"], "wait: sleeps"),
        Break(WORKER, f"{MAIN}.args", ["airflow", "scheduler", "-n", "5"], "ends after some runs"),
        Break(
            WORKER,
            f"{MAIN}.lifecycle.preStop",
            {"sleep": {"seconds": 120}},
            "preStop sleeps 120 s of a grace period of 30 s",
        ),
    ],
}


@pytest.mark.parametrize(("refusing", "broken"), parameters(CASES))
def test_a_check_refuses(refusing: Check, broken: Break) -> None:
    assert_refused(refusing, broken)


@pytest.mark.parametrize(
    ("waiting", "message"),
    [
        ({}, r"wait comes first, and does not wait for \['af1-redis-server:6379'\]"),
        ({"command": WAITS, "env": ASKS}, "wait comes first, and asks for a Secret"),
        ({"command": WAITS}, None),
        ({"command": WAITS, "restartPolicy": "Always"}, "worker comes first, and does not wait"),
    ],
)
def test_who_uses_an_embedded_server_waits_for_it_before_it_asks_for_a_secret(
    waiting: Manifest, message: str | None
) -> None:
    manifests = [*good(), SERVER]
    (worker,) = [each for each in manifests if title(each) == WORKER]
    put(worker, f"{MAIN}.env+", USES)
    put(worker, f"{POD}.initContainers[0]", container("wait", **waiting))
    problems = list(check_first_containers(Bundle(manifests)))
    assert bool(problems) is bool(message), problems
    assert not message or re.search(message, problems[0])


@pytest.mark.parametrize(
    "script", ["x && exec y", "exec y 2>&1", "ulimit -n 9 || true\nexec y >&2"]
)
def test_a_shell_that_becomes_the_process_passes(script: str) -> None:
    change = Break(WORKER, f"{MAIN}.command", ["sh", "-c", script], "")
    assert list(check_signals(Bundle(change.apply(good())))) == []

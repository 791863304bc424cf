"""The checks of how processes start and end refuse what is broken."""

from __future__ import annotations

import pytest
from bundle.breakage import DELETE, Break, assert_refused, parameters
from bundle.lifecycle import check_hooks, check_migrations, check_signals, check_waits
from bundle.model import Bundle
from bundle.sample import container, good
from bundle.synthesize import Check

API = "Deployment/af1-api-server"
WORKER = "StatefulSet/af1-worker"
JOB = "Job/af1-bootstrap-1a2b"
POD = "spec.template.spec"
MAIN = f"{POD}.containers[0]"
MIGRATE = ["airflow", "db", "migrate"]

CASES: dict[Check, list[Break]] = {
    check_hooks: [
        Break(JOB, 'metadata.annotations."helm.sh/hook"', "post-install", "has the hook helm.sh"),
        Break(JOB, 'metadata.annotations."argocd.argoproj.io/hook"', "PreSync", "has the hook arg"),
        Break(API, 'metadata.annotations."argocd.argoproj.io/sync-wave"', "1", "hook .*sync-wave"),
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
    "script", ["x && exec y", "exec y 2>&1", "ulimit -n 9 || true\nexec y >&2"]
)
def test_a_shell_that_becomes_the_process_passes(script: str) -> None:
    change = Break(WORKER, f"{MAIN}.command", ["sh", "-c", script], "")
    assert list(check_signals(Bundle(change.apply(good())))) == []

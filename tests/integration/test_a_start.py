"""The whole bundle, applied at once and in no order, comes up by itself."""

from __future__ import annotations

import pytest
from integration.bundle import NAMESPACE, generated_secrets, workloads
from integration.conftest import RunningBundle


def test_every_container_of_the_bundle_runs_and_is_ready(bundle: RunningBundle) -> None:
    for manifest in workloads(bundle.manifests, "Deployment", "StatefulSet"):
        pods = bundle.node.controller(manifest["metadata"]["name"]).pods
        assert len(pods) == manifest["spec"].get("replicas", 1)
        assert all(pod.ready for pod in pods)


def test_every_job_completes(bundle: RunningBundle) -> None:
    jobs = {job.workload["metadata"]["name"]: job.state for job in bundle.node.jobs()}
    names = {manifest["metadata"]["name"] for manifest in workloads(bundle.manifests, "Job")}
    assert jobs == dict.fromkeys(names, "Complete")


def test_no_container_had_to_be_restarted(bundle: RunningBundle) -> None:
    print(f"ready after {bundle.seconds_to_ready:.0f} s")
    restarts = {pod.name: pod.restarts for pod in bundle.node.pods()}
    assert restarts == dict.fromkeys(restarts, 0)


def test_no_container_asked_for_a_secret_before_it_was_there(bundle: RunningBundle) -> None:
    assert bundle.asked_too_early == {}


def test_nobody_imported_airflow_to_wait_for_the_migrations(bundle: RunningBundle) -> None:
    name = "wait-for-migrations"
    logs = [pod.log(name) for pod in bundle.node.pods() if name in pod.supervisors]
    assert logs == ["waiting for the migrations\n"] * 5


def test_containers_run_as_their_user_on_a_read_only_root(bundle: RunningBundle) -> None:
    for manifest in workloads(bundle.manifests, "Deployment", "StatefulSet"):
        for pod in bundle.node.controller(manifest["metadata"]["name"]).pods:
            user = 999 if "redis" in pod.name or "postgresql" in pod.name else 50000
            assert pod.exec("id", "-u").output.strip() == str(user)
            for path in ("/x", "/opt/x", "/etc/x", "/usr/x"):
                assert "Read-only file system" in pod.exec("touch", path).output


def test_the_two_workers_have_addresses_and_names_of_their_own(bundle: RunningBundle) -> None:
    name = bundle.name("worker")
    workers = [bundle.node.pod(f"{name}-{number}") for number in (0, 1)]
    other = f"{workers[1].name}.{name}.{NAMESPACE}.svc.cluster.local"
    found = workers[0].exec("getent", "hosts", other).output.split()
    assert found[:2] == [workers[1].ip, other]
    assert workers[0].ip != workers[1].ip


def test_the_bootstrap_job_makes_each_missing_secret_once(bundle: RunningBundle) -> None:
    posts = [status for method, _, status in bundle.node.api.requests if method == "POST"]
    secrets = generated_secrets(bundle.manifests)
    assert posts.count(201) == len(secrets) - len(bundle.brought)
    assert posts.count(409) == len(bundle.brought)
    for name, key in secrets.items():
        assert len(bundle.node.secret(name, NAMESPACE)[key]) >= 32


def test_the_bootstrap_job_leaves_the_secrets_that_the_user_brings(bundle: RunningBundle) -> None:
    assert bundle.brought
    for name, password in bundle.brought.items():
        assert list(bundle.node.secret(name, NAMESPACE).values()) == [password]


@pytest.mark.parametrize("secret", ["postgresql", "fernet-key", "jwt-secret", "admin-password"])
def test_a_worker_does_not_hold(bundle: RunningBundle, secret: str) -> None:
    (value,) = bundle.node.secret(bundle.name(secret), NAMESPACE).values()
    scheduler = bundle.node.pod(bundle.name("scheduler"))
    worker = bundle.node.pod(f"{bundle.name('worker')}-0")
    assert value not in worker.container().spec.env.values()
    if secret != "admin-password":
        assert value in scheduler.container().spec.env.values()


def test_applying_the_bundle_again_changes_nothing(bundle: RunningBundle) -> None:
    before = {pod.name: id(pod.supervisors) for pod in bundle.node.pods()}
    objects = bundle.node.store.everything()
    bundle.node.apply(bundle.manifests)
    bundle.node.wait_ready(10)
    assert {pod.name: id(pod.supervisors) for pod in bundle.node.pods()} == before
    assert bundle.node.store.everything() == objects

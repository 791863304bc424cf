"""A network whose only way out is a proxy: who hears of it, and who is reached without it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App
from platforms import platform_of

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    ExtraPackages,
    GitSyncDags,
    SchedulerProps,
    VolumeClaim,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.parts.proxies import with_own_hosts
from cdk8s_airflow.testing.synth import synthesize

PROXY = "http://proxy.example.com:3128"
USUAL = {"HTTP_PROXY": PROXY, "HTTPS_PROXY": PROXY, "NO_PROXY": "10.0.0.0/8, .example.com"}
OWN = (
    "localhost,127.0.0.1,$(KUBERNETES_SERVICE_HOST),af1-api-server,af1-execution-api,"
    ".svc,.cluster.local"
)
DAGS = GitSyncDags(repository="https://github.com/example/dags.git")


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(**{"dags": DAGS, **props}))

    return synthesize(build, tmp_path)


def env_of(bundle: Bundle, component: str, container: str) -> dict[str, str]:
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    (found,) = (each for each in pod.containers if each["name"] == container)
    return {each["name"]: each.get("value", "") for each in found.get("env", [])}


@pytest.mark.parametrize(
    ("component", "container"),
    [
        ("dag-processor", "dag-processor"),
        ("dag-processor", "git-sync-init"),
        ("dag-processor", "git-sync"),
        ("dag-processor", "install-packages"),
        ("worker", "worker"),
        ("worker", "git-sync"),
        ("migrations", "install-packages"),
        ("create-admin", "create-admin"),
    ],
)
def test_whoever_goes_out_knows_the_proxy(tmp_path: Path, component: str, container: str) -> None:
    bundle = bundle_of(tmp_path, env=USUAL, extra_packages=["pymongo==4.6.0"])
    env = env_of(bundle, component, container)
    assert (env["HTTP_PROXY"], env["HTTPS_PROXY"]) == (PROXY, PROXY)
    assert env["NO_PROXY"] == f"10.0.0.0/8,.example.com,{OWN}"


def test_git_sync_on_a_shared_volume_knows_it_and_may_reach_it(tmp_path: Path) -> None:
    dags = GitSyncDags(repository=DAGS.repository, volume=VolumeClaim(size="1Gi"))
    bundle = bundle_of(tmp_path, dags=dags, env={**USUAL, "TEAM": "data"})
    env = env_of(bundle, "git-sync", "git-sync")
    assert env["HTTPS_PROXY"] == PROXY
    assert "TEAM" not in env, "it runs no Airflow"
    (policy,) = (p for p in bundle.all("NetworkPolicy") if p["metadata"]["name"] == "af1-git-sync")
    ports = {port["port"] for rule in policy["spec"]["egress"] for port in rule.get("ports", [])}
    assert 3128 in ports


def test_a_role_with_a_proxy_of_its_own_reaches_the_release_too(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, scheduler=SchedulerProps(env={"https_proxy": PROXY}))
    assert env_of(bundle, "scheduler", "scheduler")["NO_PROXY"] == OWN
    assert "NO_PROXY" not in env_of(bundle, "worker", "worker")


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({}, {}),
        ({"A": "b"}, {}),
        ({"http_proxy": PROXY}, {"NO_PROXY": OWN}),
        ({"ALL_PROXY": PROXY, "no_proxy": "a.b"}, {"no_proxy": f"a.b,{OWN}"}),
        ({"NO_PROXY": "x", "no_proxy": "y"}, {"NO_PROXY": f"x,{OWN}", "no_proxy": f"y,{OWN}"}),
        ({"HTTP_PROXY": PROXY, "NO_PROXY": "*"}, {"NO_PROXY": "*"}),
        ({"NO_PROXY": OWN}, {"NO_PROXY": OWN}),
        (
            {"HTTP_PROXY": PROXY, "NO_PROXY": ConfigMapKey(name="net", key="no")},
            {"NO_PROXY": ConfigMapKey(name="net", key="no")},
        ),
    ],
)
def test_hosts_of_the_release_join_those_of_the_user(
    env: dict[str, Any], expected: dict[str, Any]
) -> None:
    assert with_own_hosts(env, platform_of()) == {**env, **expected}


@pytest.mark.parametrize(
    ("host", "direct"),
    [
        ("af1-api-server", True),
        ("af1-execution-api.airflow.svc", True),
        ("af1-worker-0.af1-worker.airflow.svc.cluster.local", True),
        ("127.0.0.1", True),
        ("github.com", False),
        ("af1-api-server.example.org", False),
    ],
)
def test_python_reads_the_list_as_it_is_meant(host: str, direct: bool) -> None:
    env = with_own_hosts({"http_proxy": PROXY}, platform_of())
    program = f"import urllib.request as r; print(bool(r.proxy_bypass({host!r})))"
    clean = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**clean, **{key: str(value) for key, value in env.items()}},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == str(direct)


def test_pip_is_told_of_its_index_by_its_usual_variables(tmp_path: Path) -> None:
    env = {"PIP_INDEX_URL": "https://pypi.example.com/simple", "PIP_USER": "1"}
    bundle = bundle_of(tmp_path, env=env, extra_packages=["dbt-core==1.10.*"])
    found = env_of(bundle, "worker", "install-packages")
    assert found["PIP_INDEX_URL"] == "https://pypi.example.com/simple"
    assert found["PIP_USER"] == "0", "it installs into the folder that the pods read"


def test_a_file_that_pip_would_not_find_is_told(tmp_path: Path) -> None:
    env = {"PIP_CONFIG_FILE": "/etc/pip.conf"}
    packages = ExtraPackages(requirements=["dbt-core"])
    with pytest.raises(ValueError, match=r"env has PIP_CONFIG_FILE, a file that the container"):
        bundle_of(tmp_path, env=env, extra_packages=packages)

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bundle.model import Bundle, Manifest, env_literals
from bundle.synthesize import synthesize
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    GitSshKey,
    GitSyncDags,
    GitToken,
    Image,
    SecretKey,
    VolumeClaim,
)

HTTPS = "https://git.example.com/team/dags.git"
SSH = "git@git.example.com:team/dags.git"
TOKEN = GitToken(token=SecretKey(name="git", key="token"))
KEY = GitSshKey(
    key=SecretKey(name="git-ssh", key="ssh-privatekey"),
    known_hosts=ConfigMapKey(name="git-hosts", key="known_hosts"),
)
FOLDER = "/opt/airflow/dags/repository/current"


def bundle_of(tmp_path: Path, dags: GitSyncDags, *external: str) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=dags))

    return synthesize(build, tmp_path, external=external)


def containers(bundle: Bundle, component: str) -> dict[str, Manifest]:
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    return {container["name"]: container for container in pod.containers}


def flags(dags: GitSyncDags) -> list[dict[str, str]]:
    """The flags of git-sync for once, and of git-sync for ever."""
    return [
        dict(word.removeprefix("--").split("=", 1) for word in container.args or ())
        for container in dags.containers(user=65533)
    ]


def test_git_sync_is_beside_airflow_where_dags_are_parsed_or_run(tmp_path: Path) -> None:
    dags = GitSyncDags(
        repository=HTTPS,
        subdirectory="dags",
        credentials=TOKEN,
        image=Image(repository="mirror/git-sync", tag="v4.7.1", pull_secrets=("mirror",)),
    )
    bundle = bundle_of(tmp_path, dags, "Secret/git", "Secret/mirror")
    holders = {
        pod.component
        for pod in bundle.pods
        if {"git-sync", "git-sync-init"} <= {item["name"] for item in pod.containers}
    }
    assert holders == {"dag-processor", "worker"}
    for component in holders:
        found = containers(bundle, component)
        airflow, sidecar = found[component], found["git-sync"]
        assert env_literals(airflow)["AIRFLOW__CORE__DAGS_FOLDER"] == f"{FOLDER}/dags"
        mounted = {"name": "dags", "mountPath": "/opt/airflow/dags", "readOnly": True}
        assert mounted in airflow["volumeMounts"]
        assert not any(mount["name"] == "git-dags" for mount in airflow["volumeMounts"])
        assert {entry["name"] for entry in sidecar["env"]} == {
            "GIT_TERMINAL_PROMPT",
            "GIT_CONFIG_COUNT",
            *(f"GIT_CONFIG_{what}_{number}" for what in ("KEY", "VALUE") for number in (0, 1)),
        }
        assert sidecar["securityContext"]["runAsUser"] == 65533
        assert "livenessProbe" not in found["git-sync-init"]
    (pod,) = (pod for pod in bundle.pods if pod.component == "worker")
    assert pod.spec["imagePullSecrets"] == [{"name": "mirror"}]


def test_a_shared_volume_has_one_writer_and_only_readers_else(tmp_path: Path) -> None:
    dags = GitSyncDags(repository=SSH, credentials=KEY, volume=VolumeClaim(size="2Gi"))
    bundle = bundle_of(tmp_path, dags, "Secret/git-ssh", "ConfigMap/git-hosts")
    writer = bundle.one("Deployment", "af1-git-sync")["spec"]
    assert (writer["replicas"], writer["strategy"]) == (1, {"type": "Recreate"})
    claim = bundle.one("PersistentVolumeClaim", "af1-dags")["spec"]
    assert claim["accessModes"] == ["ReadWriteMany"]
    for component in ("dag-processor", "worker"):
        found = containers(bundle, component)
        assert "git-sync" not in found
        assert FOLDER in found["wait-for-dags"]["command"][-1]
        (pod,) = (pod for pod in bundle.pods if pod.component == component)
        (volume,) = (volume for volume in pod.volumes if volume["name"] == "dags")
        source = {"claimName": "af1-dags", "readOnly": True}
        assert volume["persistentVolumeClaim"] == source
        assert not any(volume["name"] == "git-dags" for volume in pod.volumes)


def test_a_claim_that_exists_is_used(tmp_path: Path) -> None:
    dags = GitSyncDags(repository=HTTPS, volume="shared")
    bundle = bundle_of(tmp_path, dags, "PersistentVolumeClaim/shared")
    assert not bundle.all("PersistentVolumeClaim")
    volumes = {
        volume["persistentVolumeClaim"]["claimName"]
        for pod in bundle.pods
        for volume in pod.volumes
        if "persistentVolumeClaim" in volume
    }
    assert volumes == {"shared"}


def test_a_claim_for_one_pod_is_refused(tmp_path: Path) -> None:
    dags = GitSyncDags(
        repository=HTTPS, volume=VolumeClaim(size="1Gi", access_mode="ReadWriteOnce")
    )
    with pytest.raises(Exception, match=r"serves one pod, and these mount it: .*af1-git-sync"):
        bundle_of(tmp_path, dags)


def test_the_flags_say_what_the_props_say() -> None:
    once, lasting = flags(GitSyncDags(repository=HTTPS, ref="v1", period=30, depth=0))
    common = {
        "repo": HTTPS,
        "ref": "v1",
        "depth": "0",
        "submodules": "off",
        "root": "/git/repository",
        "link": "current",
    }
    assert once == {**common, "one-time": "true"}
    assert lasting == {
        **common,
        "period": "30s",
        "max-failures": "-1",
        "stale-worktree-timeout": "10m",
        "http-bind": ":1234",
    }


def test_ssh_gets_its_files_and_submodules_are_recursive() -> None:
    for found in flags(GitSyncDags(repository=SSH, credentials=KEY, submodules=True)):
        assert found["submodules"] == "recursive"
        assert found["ssh-key-file"] == "/etc/git-secret/dags/ssh"
        assert found["ssh-known-hosts-file"] == "/etc/git-secret/dags/known_hosts"


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"period": 0}, r"GitSyncDags\(period=0\): expected 1 or more seconds"),
    ({"depth": -1}, r"GitSyncDags\(depth=-1\): expected 1 or more commits, or 0 for all"),
    ({"volume": "My Claim"}, "GitSyncDags.volume='My Claim' cannot be the name of an object"),
    ({"repository": SSH}, r"GitSyncDags\(repository=.*is reached by ssh: give credentials="),
    ({"subdirectory": ".."}, "expected a path below the root of the repository"),
]


@pytest.mark.parametrize(("props", "message"), REFUSED)
def test_what_cannot_work_is_refused(props: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        GitSyncDags(**{"repository": HTTPS, **props})

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    GitHubApp,
    GitSshKey,
    GitSyncDags,
    GitToken,
    Image,
    SecretKey,
    VolumeClaim,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest, env_literals
from cdk8s_airflow.extension import Role, resolve
from cdk8s_airflow.testing.synth import synthesize
from cdk8s_airflow.values import read_values

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


APP = GitHubApp(
    private_key=SecretKey(name="github-app", key="key.pem"),
    application_id=12345,
    installation_id=67890,
)
GITHUB = "https://github.com/example/dags.git"


def ways_out(bundle: Bundle, component: str) -> set[tuple[int, str]]:
    """Ports of any address that a component reaches."""
    policy = bundle.one("NetworkPolicy", f"af1-{component}")
    return {
        (port["port"], port["protocol"])
        for rule in policy["spec"]["egress"]
        if "to" not in rule
        for port in rule.get("ports", ())
    }


@pytest.mark.parametrize("volume", [None, VolumeClaim(size="1Gi")])
def test_a_github_app_logs_in_with_a_key_file(tmp_path: Path, volume: VolumeClaim | None) -> None:
    dags = GitSyncDags(repository=GITHUB, credentials=APP, volume=volume)
    bundle = bundle_of(tmp_path, dags, "Secret/github-app")
    names = ("git-sync",) if volume else ("git-sync-init", "git-sync")
    component = "git-sync" if volume else "dag-processor"
    found = containers(bundle, component)
    for container in (found[name] for name in names):
        given = dict(word.removeprefix("--").split("=", 1) for word in container["args"])
        assert given["github-app-application-id"] == "12345"
        assert given["github-app-installation-id"] == "67890"
        assert given["github-base-url"] == "https://api.github.com/"
        key = given["github-app-private-key-file"]
        (mount,) = (m for m in container["volumeMounts"] if key.startswith(m["mountPath"] + "/"))
        assert mount["readOnly"]
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    (source,) = (v["projected"] for v in pod.volumes if v["name"] == mount["name"])
    items = [{"key": "key.pem", "path": Path(key).name}]
    assert source["sources"] == [{"secret": {"name": "github-app", "items": items}}]
    assert source["defaultMode"] == 0o440, "the key is for the group of git-sync, no one else"
    airflow = [c for name, c in found.items() if not name.startswith("git-sync")]
    assert not any(m["name"] == mount["name"] for c in airflow for m in c["volumeMounts"])
    assert (443, "TCP") in ways_out(bundle, component)


@pytest.mark.parametrize(
    ("repository", "given", "url", "peer"),
    [
        (GITHUB, {}, "https://api.github.com/", ("api.github.com", 443)),
        (HTTPS, {}, "https://git.example.com/api/v3/", ("git.example.com", 443)),
        (
            HTTPS,
            {"api_url": "https://api.example.com:8443/x/"},
            "https://api.example.com:8443/x/",
            ("api.example.com", 8443),
        ),
    ],
)
def test_the_api_is_that_of_the_server(
    repository: str, given: dict[str, Any], url: str, peer: tuple[str, int]
) -> None:
    app = dataclasses.replace(APP, **given)
    dags = GitSyncDags(repository=repository, credentials=app)
    assert [found["github-base-url"] for found in flags(dags)] == [url, url]
    assert peer in {(each.host, each.port) for each in dags.peers}


def test_an_app_may_be_known_by_its_client_id() -> None:
    app = GitHubApp(private_key=APP.private_key, client_id="Iv23liABC", installation_id=1)
    (once, _) = flags(GitSyncDags(repository=GITHUB, credentials=app))
    assert once["github-app-client-id"] == "Iv23liABC"
    assert "github-app-application-id" not in once


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"application_id": None}, "GitHubApp: has neither of application_id and client_id"),
        ({"client_id": "Iv23li"}, "GitHubApp: has both of application_id and client_id"),
        ({"installation_id": 0}, "installation_id=0: expected the number that GitHub shows"),
        (
            {"application_id": None, "client_id": "a b"},
            "expected letters and digits",
        ),
        ({"api_url": "http://h/api/v3/"}, "api_url: expected an https URL such as"),
        ({"api_url": "https://u:secret@h/"}, "api_url looks like a credential"),
    ],
)
def test_an_app_that_cannot_log_in_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        dataclasses.replace(APP, **given)


@pytest.mark.parametrize("volume", [None, VolumeClaim(size="1Gi")])
def test_every_git_sync_has_the_user_s_environment_and_flags(
    tmp_path: Path, volume: VolumeClaim | None
) -> None:
    dags = GitSyncDags(
        repository=HTTPS,
        volume=volume,
        env={
            "HTTPS_PROXY": "http://proxy.example.com:3128",
            "GITSYNC_VERBOSE": "5",
            "GITSYNC_PASSWORD": SecretKey(name="git", key="token"),
        },
        extra_flags={"sync-timeout": "5m", "max-failures": "9"},
    )

    def build(app: App) -> None:
        env = {"HTTPS_PROXY": "http://other.example.com:3128", "A": "b"}
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=dags, env=env))

    bundle = synthesize(build, tmp_path, external=["Secret/git"])
    component = "git-sync" if volume else "dag-processor"
    found = containers(bundle, component)
    syncs = [c for name, c in found.items() if name.startswith("git-sync")]
    assert len(syncs) == (1 if volume else 2)
    for container in syncs:
        assert "--sync-timeout=5m" in container["args"]
        ours = env_literals(container)
        assert ours["GITSYNC_VERBOSE"] == "5"
        assert ours["HTTPS_PROXY"] == "http://proxy.example.com:3128", "not that of the release"
        assert "A" not in ours, "what Airflow is told is not for git-sync"
        assert {e["name"] for e in container["env"]} >= {"GITSYNC_PASSWORD"}
        limits = [word for word in container["args"] if word.startswith("--max-failures")]
        lasting = container["name"] == "git-sync"
        assert limits == (["--max-failures=9"] if lasting else []), "a first sync tries once"
    if not volume:
        assert "GITSYNC_VERBOSE" not in env_literals(found["dag-processor"])
    assert (3128, "TCP") in ways_out(bundle, component)


@pytest.mark.parametrize("volume", [None, VolumeClaim(size="1Gi")])
def test_the_probes_of_git_sync_have_the_user_s_fields(
    tmp_path: Path, volume: VolumeClaim | None
) -> None:
    dags = GitSyncDags(repository=HTTPS, volume=volume, liveness_probe={"periodSeconds": 77})
    bundle = bundle_of(tmp_path, dags)
    found = containers(bundle, "git-sync" if volume else "worker")
    assert found["git-sync"]["livenessProbe"]["periodSeconds"] == 77
    assert found["git-sync"]["livenessProbe"]["tcpSocket"], "the rest is the bundle's"
    assert "livenessProbe" not in found.get("git-sync-init", {})


def test_values_files_say_the_same(tmp_path: Path) -> None:
    file = tmp_path / "values.yaml"
    file.write_text(
        "release: af1\n"
        "dags:\n"
        "  kind: GitSyncDags\n"
        f"  repository: {GITHUB}\n"
        "  env: {GITSYNC_VERBOSE: '1'}\n"
        "  extraFlags: {sync-timeout: 5m}\n"
        "  livenessProbe: {periodSeconds: 77}\n"
        "  credentials:\n"
        "    kind: GitHubApp\n"
        "    applicationId: 12345\n"
        "    installationId: 67890\n"
        "    privateKey: {name: github-app, key: key.pem}\n"
    )
    (release,) = read_values([file], defaults=AirflowProps())
    assert release.props.dags == GitSyncDags(
        repository=GITHUB,
        env={"GITSYNC_VERBOSE": "1"},
        extra_flags={"sync-timeout": "5m"},
        liveness_probe={"periodSeconds": 77},
        credentials=APP,
    )


def test_a_github_app_in_the_environment_reaches_github_and_is_told_of_its_key() -> None:
    dags = GitSyncDags(
        repository=HTTPS,
        env={
            "GITSYNC_GITHUB_APP_APPLICATION_ID": "1",
            "GITSYNC_GITHUB_APP_INSTALLATION_ID": "2",
            "GITSYNC_GITHUB_APP_PRIVATE_KEY_FILE": "/etc/github/key.pem",
        },
    )
    with pytest.warns(UserWarning, match=r"names '/etc/github/key.pem', a file that no container"):
        platform = resolve(AirflowProps(dags=dags), "af1")
    peers = {(peer.host, peer.port) for peer in platform.parts(Role.DAG_PROCESSOR).peers}
    assert ("api.github.com", 443) in peers


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"period": 0}, r"GitSyncDags\(period=0\): expected 1 or more seconds"),
    ({"depth": -1}, r"GitSyncDags\(depth=-1\): expected 1 or more commits, or 0 for all"),
    ({"volume": "My Claim"}, "GitSyncDags.volume='My Claim' cannot be the name of an object"),
    ({"repository": SSH}, r"GitSyncDags\(repository=.*is reached by ssh: give credentials="),
    ({"subdirectory": ".."}, "expected a path below the root of the repository"),
    (
        {"repository": "http://h/d", "credentials": APP},
        "would travel unencrypted; use https",
    ),
    ({"repository": SSH, "credentials": APP}, "is reached by ssh: give credentials=GitSshKey"),
    (
        {"extra_flags": {"repo": "x"}},
        r"GitSyncDags.extra_flags\['repo'\] is set by repository=: leave it out",
    ),
    ({"extra_flags": {"rev": "x"}}, r"extra_flags\['rev'\] is set by ref=: leave it out"),
    (
        {"extra_flags": {"github-base-url": "x"}},
        r"extra_flags\['github-base-url'\] is set by credentials=GitHubApp\(\.\.\.\)",
    ),
    ({"extra_flags": {"--period": "1s"}}, "expected the name of a flag without dashes"),
    ({"env": {"A=": "b"}}, r"GitSyncDags.env\['A='\] is not the name of an environment variable"),
    (
        {"env": {"GITSYNC_PERIOD": "1s"}},
        r"GitSyncDags.env\['GITSYNC_PERIOD'\] has no effect, as --period is set by period=",
    ),
]


@pytest.mark.parametrize(("props", "message"), REFUSED)
def test_what_cannot_work_is_refused(props: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        GitSyncDags(**{"repository": HTTPS, **props})

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App
from platforms import platform_of

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    GitDags,
    GitHubApp,
    GitSshKey,
    GitToken,
    Role,
    SecretKey,
)
from cdk8s_airflow.checks.bundle import env_literals
from cdk8s_airflow.dags.git import GitBundles
from cdk8s_airflow.kubernetes.objects import wire
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

HTTPS = "https://git.example.com/team/dags.git"
SSH = "git@git.example.com:team/dags.git"
TOKEN = GitToken(token=SecretKey(name="git", key="token"))
KEY = GitSshKey(
    key=SecretKey(name="git-ssh", key="ssh-privatekey"),
    known_hosts=ConfigMapKey(name="git-hosts", key="hosts"),
)
CA = ConfigMapKey(name="ca", key="ca.crt")
PRINTABLE = "".join(map(chr, range(32, 127)))


def environment(*dags: GitDags) -> dict[str, str]:
    """What the bundles add to the environment of a worker."""
    form: Any = wire(GitBundles(repositories=dags).parts(Role.WORKER, platform_of()).env)
    return {entry["name"]: entry.get("value", "") for entry in form}


def bundles(env: dict[str, str]) -> Any:
    return json.loads(env["AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST"])


def asked(tmp_path: Path, env: dict[str, str], secrets: dict[str, str], path: str) -> str:
    """What git would send to a URL, with its environment and files of a manifest."""
    for file, content in secrets.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(content)
    settings = {
        name: value.replace("/etc/git-secret", str(tmp_path))
        for name, value in env.items()
        if name.startswith("GIT_")
    }
    done = subprocess.run(
        ["git", "credential", "fill"],
        input=f"protocol=https\nhost=git.example.com\npath={path}\n\n",
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def test_one_repository_is_one_bundle_with_its_connection() -> None:
    env = environment(GitDags(repository=HTTPS, subdirectory="dags/"))
    (bundle,) = bundles(env)
    assert bundle == {
        "name": "dags",
        "classpath": "airflow.providers.git.bundles.git.GitDagBundle",
        "kwargs": {
            "git_conn_id": "git_dags",
            "tracking_ref": "main",
            "refresh_interval": 60,
            "subdir": "dags",
        },
    }
    assert json.loads(env["AIRFLOW_CONN_GIT_DAGS"]) == {"conn_type": "git", "host": HTTPS}
    assert "GIT_CONFIG_COUNT" not in env


def test_several_repositories_are_one_bundle_each() -> None:
    dags = GitDags(repository=HTTPS, ref="v1.2", submodules=True)
    more = GitDags(repository=SSH, name="more-dags", ref="c0ffee" * 6, credentials=KEY)
    env = environment(dags, more)
    assert [(item["name"], item["kwargs"]["tracking_ref"]) for item in bundles(env)] == [
        ("dags", "v1.2"),
        ("more-dags", "c0ffee" * 6),
    ]
    assert bundles(env)[0]["kwargs"]["submodules"] is True
    assert bundles(env)[1]["kwargs"]["git_conn_id"] == "git_more_dags"
    assert "AIRFLOW_CONN_GIT_MORE_DAGS" in env


def test_clones_and_credentials_are_only_where_dags_are_parsed_or_run(tmp_path: Path) -> None:
    def build(app: App) -> None:
        dags = GitDags(repository=HTTPS, credentials=TOKEN, ca=CA)
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=dags))

    bundle = synthesize(build, tmp_path, external={"Secret/git", "ConfigMap/ca"})
    holders = {
        pod.component
        for pod in bundle.pods
        if {"git-dags", "dag-bundles"} & {volume["name"] for volume in pod.volumes}
        or any(name.startswith("GIT_") for c in pod.containers for name in env_literals(c))
    }
    assert holders == {"dag-processor", "worker"}
    worker = bundle.container("StatefulSet", "af1-worker")
    storage = env_literals(worker)["AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH"]
    assert {"name": "dag-bundles", "mountPath": storage} in worker["volumeMounts"]


def test_the_files_of_a_key_are_as_ssh_accepts_them() -> None:
    dags = GitDags(repository=SSH, credentials=KEY)
    assert json.loads(environment(dags)["AIRFLOW_CONN_GIT_DAGS"])["extra"] == {
        "key_file": "/etc/git-secret/dags/ssh",
        "known_hosts_file": "/etc/git-secret/dags/known_hosts",
        "strict_host_key_checking": "yes",
    }
    volumes: Any = wire(GitBundles(repositories=[dags]).parts(Role.WORKER, platform_of()).volumes)
    sources = [
        {"secret": {"name": "git-ssh", "items": [{"key": "ssh-privatekey", "path": "ssh"}]}},
        {"configMap": {"name": "git-hosts", "items": [{"key": "hosts", "path": "known_hosts"}]}},
    ]
    assert volumes[0]["projected"] == {"defaultMode": 0o440, "sources": sources}


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_git_sends_a_token_of_any_characters(tmp_path: Path, end: str) -> None:
    env = environment(GitDags(repository=HTTPS, credentials=TOKEN))
    told = asked(tmp_path, env, {"dags/password": PRINTABLE + end}, "team/dags.git")
    assert f"password={PRINTABLE}\n" in told
    assert "username=git\n" in told


def test_git_takes_a_user_name_from_a_secret(tmp_path: Path) -> None:
    user = SecretKey(name="user", key="name")
    credentials = GitToken(token=TOKEN.token, username=user)
    env = environment(GitDags(repository=HTTPS, credentials=credentials))
    secrets = {"dags/password": "secret\n", "dags/username": PRINTABLE[:1:-1] + "\n"}
    told = asked(tmp_path, env, secrets, "team/dags.git")
    assert f"username={PRINTABLE[:1:-1]}\npassword=secret\n" in told


def test_a_token_goes_to_its_repository_and_to_no_other(tmp_path: Path) -> None:
    env = environment(GitDags(repository=HTTPS, credentials=TOKEN))
    secrets = {"dags/password": "secret"}
    assert "secret" not in asked(tmp_path, env, secrets, "team/other.git")
    wide = GitDags(repository=HTTPS, credentials=TOKEN, submodules=True)
    env = environment(wide)
    assert "secret" in asked(tmp_path, env, secrets, "team/other.git")


def test_two_repositories_of_one_server_have_a_token_each(tmp_path: Path) -> None:
    one = GitDags(repository=HTTPS, credentials=TOKEN)
    other = GitDags(
        repository="https://git.example.com/team/wide.git", credentials=TOKEN, submodules=True
    )
    secrets = {"dags/password": "narrow", "wide/password": "wide"}
    for dags in ((one, other), (other, one)):
        env = environment(*dags)
        assert "password=narrow\n" in asked(tmp_path, env, secrets, "team/dags.git")
        assert "password=wide\n" in asked(tmp_path, env, secrets, "team/library.git")


def test_a_private_ca_is_for_its_server_alone() -> None:
    env = environment(GitDags(repository=HTTPS, ca=CA))
    assert env["GIT_CONFIG_COUNT"] == "1"
    assert env["GIT_CONFIG_KEY_0"] == "http.https://git.example.com.sslCAInfo"
    assert env["GIT_CONFIG_VALUE_0"] == "/etc/git-secret/dags/ca.crt"


def test_a_template_of_links_reaches_airflow_as_it_is() -> None:
    template = "https://git.example.com/$(HOME)/{version}/{subdir}"
    env = environment(GitDags(repository=HTTPS, view_url_template=template))
    told = bundles(env)[0]["kwargs"]["view_url_template"]
    assert told.replace("$$", "$") == template
    assert "$$(HOME)" in told


@pytest.mark.parametrize(
    ("repository", "name"),
    [
        (HTTPS, "dags"),
        ("https://git.example.com/team/My_DAGs/", "my-dags"),
        ("ssh://git@git.example.com:2222/team/dags.v2.git", "dags-v2"),
        ("git@git.example.com:dags", "dags"),
    ],
)
def test_a_bundle_is_named_after_its_repository(repository: str, name: str) -> None:
    credentials = None if repository.startswith("https") else KEY
    assert GitDags(repository=repository, credentials=credentials).bundle_name == name


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"repository": "git.example.com/team/dags"}, "expected https://HOST/PATH, ssh://USER@HOST"),
    ({"repository": "https://git.example.com"}, "expected https://HOST/PATH"),
    ({"repository": "file:///srv/dags"}, "expected https://HOST/PATH"),
    ({"repository": "https://me:pw@git.example.com/d"}, r"https://\.\.\.@.*would be readable"),
    ({"repository": "https://git.example.com/d?x=1"}, "without spaces, query and fragment"),
    ({"repository": SSH}, r"is reached by ssh: give credentials=GitSshKey"),
    ({"repository": SSH, "credentials": TOKEN}, r"is reached by ssh: give credentials=GitSshKey"),
    ({"credentials": KEY}, "reached by https, where a GitSshKey does nothing"),
    ({"repository": "http://h/d", "credentials": TOKEN}, "would travel unencrypted; use https"),
    ({"repository": SSH, "credentials": KEY, "ca": CA}, "reached by ssh, where ca= does nothing"),
    (
        {"repository": "ssh://git:pw@h/d", "credentials": KEY},
        "ssh takes no password from a URL",
    ),
    ({"ref": ""}, r"ref=''\): expected the name of a branch or tag, or a commit"),
    ({"ref": "--upload-pack=x"}, "expected the name of a branch"),
    ({"ref": "a..b"}, "expected the name of a branch"),
    ({"ref": "a b"}, "expected the name of a branch"),
    ({"subdirectory": "/dags"}, "expected a path below the root of the repository"),
    ({"subdirectory": "../dags"}, "expected a path below the root"),
    ({"subdirectory": ""}, "for the root itself leave it out"),
    ({"name": "My DAGs"}, "GitDags.name='My DAGs' is not a valid name"),
    ({"name": "x" * 41}, "has 41 characters, at most 40 fit"),
    ({"repository": "https://h/...", "ref": "x"}, "no name can be made of it; give name="),
    ({"refresh_interval": 0}, r"refresh_interval=0\): expected 1 or more seconds"),
    ({"view_url_template": "javascript:{version}"}, r"expected a URL with \{version\}"),
    ({"view_url_template": "https://h/{commit}"}, r"expected a URL with \{version\}"),
]


@pytest.mark.parametrize(("props", "message"), REFUSED)
def test_what_cannot_work_is_refused(props: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        GitDags(**{"repository": HTTPS, **props})


def test_a_github_app_is_for_git_sync() -> None:
    app = GitHubApp(private_key=TOKEN.token, application_id=1, installation_id=2)
    with pytest.raises(ValueError, match=r"need a library for it that its image lacks"):
        GitDags(repository=HTTPS, credentials=app)


def test_all_problems_come_at_once() -> None:
    with pytest.raises(ValueError, match=r"(?s)unencrypted.*branch or tag.*below the root"):
        GitDags(repository="http://h/d", credentials=TOKEN, ref=" ", subdirectory="/")


def test_a_password_in_a_url_is_not_in_the_message() -> None:
    with pytest.raises(ValueError, match="would be readable") as caught:
        GitDags(repository="https://me:hush@git.example.com/d")
    assert "hush" not in str(caught.value)


def test_a_user_name_of_other_characters_needs_a_secret() -> None:
    with pytest.raises(ValueError, match=r"username='a b'\): expected letters, digits"):
        GitToken(token=TOKEN.token, username="a b")


def test_two_bundles_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two GitDags named 'dags': give each its own name="):
        resolve(
            AirflowProps(dags=[GitDags(repository=HTTPS), GitDags(repository="https://h/dags")]),
            "af1",
        )


def test_no_repository_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="dags is an empty list: give at least one GitDags"):
        resolve(AirflowProps(dags=[]), "af1")

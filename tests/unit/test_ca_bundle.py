"""Private certificate authorities: the manifests, and the programs that have to believe them."""

from __future__ import annotations

import http.server
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cdk8s import App
from platforms import platform_of

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    DagsFolder,
    GitSyncDags,
    SecretKey,
    VolumeClaim,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest, env_literals
from cdk8s_airflow.parts.ca_bundle import CaBundle
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
PROGRAM = Path(cdk8s_airflow.__file__).parent / "programs/join_certificates.py"
JOINED = "/opt/cdk8s-airflow-ca/joined"


def bundle_of(tmp_path: Path, props: AirflowProps, external: str) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=props)

    return synthesize(build, tmp_path, external=[external])


def containers(bundle: Bundle, component: str) -> dict[str, Manifest]:
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    return {container["name"]: container for container in pod.containers}


def test_all_airflow_processes_trust_them_and_the_installer_of_packages_too(tmp_path: Path) -> None:
    props = AirflowProps(
        dags=DAGS, ca_bundle=SecretKey(name="ca", key="ca.pem"), extra_packages=["cowsay"]
    )
    bundle = bundle_of(tmp_path, props, "Secret/ca")
    for pod in bundle.pods:
        if pod.component in ("postgresql", "redis", "bootstrap"):
            assert "ca-joined" not in str(pod.spec)
            continue
        names = [item["name"] for item in pod.spec["initContainers"]]
        assert names.index("join-certificates") < names.index("install-packages")
        main = pod.main_containers[0]
        (installer,) = (c for c in pod.containers if c["name"] == "install-packages")
        for container in (main, installer):
            env = env_literals(container)
            assert env["SSL_CERT_FILE"] == env["PIP_CERT"] == f"{JOINED}/ca-bundle.crt"
            assert {"name": "ca-joined", "mountPath": JOINED, "readOnly": True} in container[
                "volumeMounts"
            ]


def test_git_sync_trusts_them_too(tmp_path: Path) -> None:
    props = AirflowProps(
        dags=GitSyncDags(repository="https://git.example.com/team/dags.git"),
        ca_bundle=ConfigMapKey(name="ca", key="ca.pem"),
    )
    bundle = bundle_of(tmp_path, props, "ConfigMap/ca")
    found = containers(bundle, "worker")
    for name in ("git-sync-init", "git-sync"):
        assert env_literals(found[name])["GIT_CONFIG_GLOBAL"] == f"{JOINED}/gitconfig"
    (pod,) = (pod for pod in bundle.pods if pod.component == "worker")
    names = [item["name"] for item in pod.spec["initContainers"]]
    assert names.index("join-certificates") < names.index("git-sync-init")


def test_git_sync_on_a_shared_volume_trusts_them(tmp_path: Path) -> None:
    props = AirflowProps(
        dags=GitSyncDags(
            repository="https://git.example.com/team/dags.git", volume=VolumeClaim(size="1Gi")
        ),
        ca_bundle=ConfigMapKey(name="ca", key="ca.pem"),
    )
    bundle = bundle_of(tmp_path, props, "ConfigMap/ca")
    found = containers(bundle, "git-sync")
    assert env_literals(found["git-sync"])["GIT_CONFIG_GLOBAL"] == f"{JOINED}/gitconfig"
    assert "join-certificates" in found


# The program, and real clients against a real server with a certificate of a private authority.


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ca.crt and, signed by it, server.crt and server.key for localhost."""
    folder = tmp_path_factory.mktemp("ca")

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    new = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl(*new, "-keyout", "ca.key", "-out", "ca.crt", "-days", "2", "-subj", "/CN=Private CA")
    openssl(
        *new,
        *("-keyout", "server.key", "-out", "server.crt", "-days", "2", "-subj", "/CN=localhost"),
        *("-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=CA:FALSE"),
        *("-CA", "ca.crt", "-CAkey", "ca.key"),
    )
    return folder


@pytest.fixture(scope="module")
def server(authority: Path) -> Iterator[str]:
    """The URL of a server with that certificate."""
    httpd = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "server.crt", authority / "server.key")
    httpd.socket = context.wrap_socket(httpd.socket, server_side=True)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield f"https://localhost:{httpd.server_port}/"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def join(private: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROGRAM), str(private), str(folder)]
    return subprocess.run(command, capture_output=True, text=True)


def variables(folder: Path) -> dict[str, str]:
    """The environment that the contributor gives, for files in another folder."""
    bundle = CaBundle(source=SecretKey(name="ca", key="ca"))
    given = {str(item.name): str(item.value) for item in bundle.helper_parts(platform_of()).env}
    return {name: value.replace(JOINED, str(folder)) for name, value in given.items()}


FETCH = "import sys, urllib.request; urllib.request.urlopen(sys.argv[1]).read()"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("client", "failure"),
    [
        ([sys.executable, "-c", FETCH], "CERTIFICATE_VERIFY_FAILED"),
        (["git", "ls-remote"], "certificate"),
        ([sys.executable, "-m", "pip", "--isolated", "download", "-d", "x"], "CERTIFICATE_VERIFY"),
    ],
    ids=["python", "git", "pip"],
)
def test_clients_trust_the_private_authority_only_with_it(
    client: list[str], failure: str, authority: Path, server: str, tmp_path: Path
) -> None:
    done = join(authority / "ca.crt", tmp_path)
    assert done.returncode == 0, done.stderr
    bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PIP_RETRIES": "0"}
    url = f"{server}x-1.0-py3-none-any.whl" if "pip" in client else server

    def fetch(env: dict[str, str]) -> str:
        return subprocess.run(
            [*client, url], env={**bare, **env}, capture_output=True, text=True, timeout=60
        ).stderr

    assert failure in fetch({})
    trusted = fetch(variables(tmp_path))
    assert failure not in trusted
    assert trusted == "" or "404" in trusted or "not found" in trusted


def test_the_public_authorities_stay(authority: Path, tmp_path: Path) -> None:
    assert join(authority / "ca.crt", tmp_path).returncode == 0
    joined = (tmp_path / "ca-bundle.crt").read_text()
    assert joined.count("BEGIN CERTIFICATE") > 50
    assert joined.endswith((authority / "ca.crt").read_text())


def test_what_is_no_certificate_is_refused_with_the_option(tmp_path: Path) -> None:
    (tmp_path / "wrong.pem").write_text("nothing")
    done = join(tmp_path / "wrong.pem", tmp_path)
    assert done.returncode != 0
    assert "ca_bundle holds no certificates" in done.stderr
    assert not (tmp_path / "ca-bundle.crt").exists()

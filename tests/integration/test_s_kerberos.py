"""The containers of Kerberos as processes: real Airflow, real kinit, a real KDC."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from cdk8s_airflow import AirflowProps, DagsFolder, Kerberos, SecretKey

from .bundle import REPOSITORY, synthesize_props
from .node.network import program
from .node.objects import Manifest

PROGRAMS = REPOSITORY / "constructs/cdk8s_airflow/programs"
AIRFLOW = REPOSITORY / ".venv-airflow/bin"
PRINCIPAL = "airflow@EXAMPLE.COM"
_FOLDERS = "/opt/cdk8s-airflow-kerberos"
_KDC = """
[realms]
EXAMPLE.COM = {{
    database_name = {folder}/principal
    key_stash_file = {folder}/stash
    kdc_listen = 127.0.0.1:{port}
    kdc_tcp_listen = 127.0.0.1:{port}
    max_life = 10h
    max_renewable_life = 7d
}}
[logging]
kdc = FILE:{folder}/kdc.log
"""
_CLIENT = """
[libdefaults]
default_realm = EXAMPLE.COM
dns_lookup_kdc = false
dns_lookup_realm = false
[realms]
EXAMPLE.COM = {{
    kdc = 127.0.0.1:{port}
}}
"""


@dataclass(frozen=True, kw_only=True)
class Realm:
    """A KDC with one principal."""

    config: str
    """krb5.conf for clients."""
    keytab: Path
    """The keytab of the principal."""
    wrong_keytab: Path
    """A keytab from before a change of its password."""


@pytest.fixture(scope="module")
def realm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Realm]:
    folder = tmp_path_factory.mktemp("kdc")
    subprocess.run([program("ip"), "link", "set", "lo", "up"], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "kdc.conf").write_text(_KDC.format(folder=folder, port=port))
    (folder / "krb5.conf").write_text(_CLIENT.format(port=port))
    env = {
        **os.environ,
        "KRB5_KDC_PROFILE": str(folder / "kdc.conf"),
        "KRB5_CONFIG": str(folder / "krb5.conf"),
        "PATH": f"/usr/sbin:/sbin:{os.environ['PATH']}",
    }

    def admin(query: str) -> None:
        subprocess.run(["kadmin.local", "-q", query], env=env, check=True)

    subprocess.run(["kdb5_util", "create", "-s", "-P", "master"], env=env, check=True)
    admin("addprinc -randkey airflow")
    admin("modprinc -maxrenewlife 7d krbtgt/EXAMPLE.COM")
    admin(f"ktadd -k {folder}/wrong.keytab airflow")
    admin(f"ktadd -k {folder}/right.keytab airflow")
    kdc = subprocess.Popen(["krb5kdc", "-n"], env=env)
    try:
        _wait_for(port)
        yield Realm(
            config=_CLIENT.format(port=port),
            keytab=folder / "right.keytab",
            wrong_keytab=folder / "wrong.keytab",
        )
    finally:
        kdc.terminate()
        kdc.wait(30)


@dataclass(frozen=True, kw_only=True)
class Pod:
    """The worker's containers of Kerberos, with a folder in the place of each volume."""

    containers: Mapping[str, Manifest]
    root: Path

    def environment(self, name: str) -> dict[str, str]:
        """The environment of a container, its paths below our folder."""
        env = self.containers[name]["env"]
        said = {item["name"]: item["value"] for item in env if "value" in item}
        kept = {key: value for key, value in os.environ.items() if not key.startswith("AIRFLOW")}
        moved = {key: value.replace(_FOLDERS, str(self.root)) for key, value in said.items()}
        moved["AIRFLOW__LOGGING__BASE_LOG_FOLDER"] = str(self.root / "logs")
        path = f"{AIRFLOW}:{os.environ['PATH']}"
        return {**kept, **moved, "AIRFLOW_HOME": str(self.root), "PATH": path}

    def start(self, name: str) -> subprocess.Popen[str]:
        """Starts the container's process."""
        command = self.containers[name]["command"]
        return subprocess.Popen(
            [word.replace("/opt/cdk8s-airflow/", f"{PROGRAMS}/") for word in command],
            env=self.environment(name),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def probe(self, kind: str) -> bool:
        """What a probe of the renewer says."""
        argv = self.containers["kerberos"][kind]["exec"]["command"]
        moved = [word.replace(_FOLDERS, str(self.root)) for word in argv]
        return subprocess.run(moved, env=self.environment("kerberos")).returncode == 0

    @property
    def ticket(self) -> Path:
        """The file of the ticket."""
        return self.root / "ticket/ccache"


def pod(tmp_path: Path, realm: Realm, keytab: Path) -> Pod:
    kerberos = Kerberos(
        principal=PRINCIPAL,
        keytab=SecretKey(name="kerberos", key="airflow.keytab"),
        config=realm.config,
        reinit_frequency=3,
    )
    props = AirflowProps(dags=DagsFolder(str(REPOSITORY / "dags")), kerberos=kerberos)
    (tmp_path / "out").mkdir()
    manifests = synthesize_props(tmp_path / "out", props)
    (worker,) = (
        m for m in manifests if m["kind"] == "StatefulSet" and m["metadata"]["name"] == "af1-worker"
    )
    spec = worker["spec"]["template"]["spec"]
    found = {item["name"]: item for item in (*spec["initContainers"], *spec["containers"])}
    root = tmp_path / "pod"
    for name in ("config", "keytab", "ticket"):
        (root / name).mkdir(parents=True)
    (config,) = (m for m in manifests if m["metadata"]["name"] == "af1-kerberos")
    for name, text in config["data"].items():
        (root / "config" / name).write_text(text)
    (root / "keytab/keytab").write_bytes(keytab.read_bytes())
    return Pod(containers=found, root=root)


def test_the_ticket_is_there_before_airflow_and_is_renewed(tmp_path: Path, realm: Realm) -> None:
    worker = pod(tmp_path, realm, realm.keytab)
    assert not worker.probe("readinessProbe")
    init = worker.start("kerberos-init")
    output, _ = init.communicate(timeout=120)
    assert init.returncode == 0, output
    listed = subprocess.run(
        ["klist"], env=worker.environment("worker"), capture_output=True, text=True
    )
    assert PRINCIPAL in listed.stdout
    first = worker.ticket.read_bytes()
    renewer = worker.start("kerberos")
    try:
        deadline = time.monotonic() + 120
        while worker.ticket.read_bytes() == first and time.monotonic() < deadline:
            time.sleep(0.5)
        assert worker.ticket.read_bytes() != first
        assert worker.probe("readinessProbe")
        assert worker.probe("livenessProbe")
        assert renewer.poll() is None
    finally:
        renewer.terminate()
        renewer.communicate(timeout=60)


def test_a_keytab_that_is_not_valid_any_more_fails_with_the_reason(
    tmp_path: Path, realm: Realm
) -> None:
    worker = pod(tmp_path, realm, realm.wrong_keytab)
    init = worker.start("kerberos-init")
    output, _ = init.communicate(timeout=120)
    assert init.returncode != 0
    assert "Couldn't reinit from keytab" in output
    assert not worker.probe("readinessProbe")


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the KDC does not listen")

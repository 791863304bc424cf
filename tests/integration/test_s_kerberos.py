"""The containers of Kerberos as processes: real Airflow, real kinit, a real KDC."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from cdk8s_airflow import AirflowProps, DagsFolder, Kerberos, SecretKey

from .bundle import REPOSITORY, synthesize_props
from .kerberos_realm import PRINCIPAL, Realm
from .node.network import program
from .node.objects import Manifest

PROGRAMS = REPOSITORY / "constructs/cdk8s_airflow/programs"
AIRFLOW = REPOSITORY / ".venv-airflow/bin"
_FOLDERS = "/opt/cdk8s-airflow-kerberos"
KDC_ADDRESS = "10.88.0.1"


@pytest.fixture(scope="module")
def realm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Realm]:
    # Scenes before leave interfaces with IPv6 alone. Then the C library has no IPv4 for kinit
    # (AI_ADDRCONFIG), unless there is an IPv4 address beside that of the loopback: all pods have.
    ip("link", "add", "left", "type", "bridge")
    ip("link", "set", "left", "up")
    ip("link", "set", "lo", "up")
    ip("addr", "add", f"{KDC_ADDRESS}/32", "dev", "lo")
    # No port that the kernel gives to clients: who tries one of these may meet itself there.
    realm = Realm(tmp_path_factory.mktemp("kdc"), KDC_ADDRESS, 10088)
    yield realm
    realm.close()
    ip("addr", "del", f"{KDC_ADDRESS}/32", "dev", "lo")
    ip("link", "delete", "left")


def ip(*arguments: str) -> None:
    subprocess.run([program("ip"), *arguments], check=True)


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

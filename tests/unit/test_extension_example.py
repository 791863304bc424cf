"""The extension of examples/extension, as its user would test it: most of it without Node."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cdk8s_airflow import (
    AirflowProps,
    Connection,
    DagsFolder,
    KubernetesExecutor,
    LocalExecutor,
    SecretKey,
)
from cdk8s_airflow.extension import RUNS_TASKS, ConfigMapKey, PodParts, Role, resolve

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "extension"
DAGS = DagsFolder(str(FOLDER / "dags"))
ADDRESS = "https://vault.example.com:8200"


def _module() -> Any:
    spec = importlib.util.spec_from_file_location("vault_agent", FOLDER / "vault_agent.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules["vault_agent"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


vault_agent = _module()
CRM = vault_agent.VaultSecret(path="secret/data/crm", key="token")


def agent(**given: Any) -> Any:
    known = {"address": ADDRESS, "role": "airflow", "variables": {"crm": CRM}}
    return vault_agent.VaultAgent(**{**known, **given})


def added(role: Role, part: Any = None, **props: Any) -> PodParts:
    """What it adds to a pod of a release."""
    part = part or agent()
    platform = resolve(AirflowProps(dags=DAGS, extensions=[part], **props), "af1")
    parts: PodParts = part.parts(role, platform)
    return parts


def config(part: Any, **props: Any) -> dict[str, Any]:
    platform = resolve(AirflowProps(dags=DAGS, extensions=[part], **props), "af1")
    found: dict[str, Any] = json.loads(json.dumps(part._config(platform)))
    return found


def names(containers: Any) -> list[str]:
    return [container["name"] for container in containers]


def strict(folder: Path) -> subprocess.CompletedProcess[str]:
    """mypy --strict on a copy of the example: the package is one that is installed."""
    for file in FOLDER.glob("*.py"):
        if not (folder / file.name).exists():
            shutil.copy(file, folder)
    env = {**os.environ, "PYTHONPATH": str(ROOT / "constructs")}
    env.pop("MYPYPATH", None)
    cache = ROOT / "build" / "mypy-extension"
    command = ["mypy", "--strict", "--config-file=", "--python-version=3.10"]
    return subprocess.run(
        [sys.executable, "-m", *command, f"--cache-dir={cache}", "main.py", "vault_agent.py"],
        cwd=folder, env=env, capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.slow
def test_it_passes_mypy_strict_from_outside_the_package(tmp_path: Path) -> None:
    done = strict(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_mypy_sees_the_types_of_the_package_there(tmp_path: Path) -> None:
    text = (FOLDER / "vault_agent.py").read_text()
    wrong = text.replace("def parts(self, role: Role,", "def parts(self, role: int,")
    (tmp_path / "vault_agent.py").write_text(wrong.replace("url.port or 443", "url.netloc"))
    done = strict(tmp_path)
    assert 'incompatible with supertype "cdk8s_airflow.part.Part"' in done.stdout
    assert 'Argument "port" to "Peer" has incompatible type "str"' in done.stdout


def test_it_uses_nothing_but_the_public_interface() -> None:
    lines = (FOLDER / "vault_agent.py").read_text().splitlines()
    imports = [line for line in lines if "import" in line and "cdk8s_airflow" in line]
    assert imports == ["from cdk8s_airflow.extension import ("]


@pytest.mark.parametrize("role", Role)
def test_only_what_runs_tasks_has_an_agent_and_a_token(role: Role) -> None:
    assert (added(role) == PodParts()) is (role not in RUNS_TASKS)
    assert added(role).api_token is False


def test_a_worker_has_the_agent_before_and_beside_it() -> None:
    parts = added(Role.WORKER)
    assert names(parts.init_containers) == ["vault-agent-init"]
    assert names(parts.sidecars) == ["vault-agent"]
    once: dict[str, Any] = dict(parts.init_containers[0])  # type: ignore[arg-type]
    lasting: dict[str, Any] = dict(parts.sidecars[0])  # type: ignore[arg-type]
    assert (*lasting["command"], "-exit-after-auth") == once["command"]
    assert lasting["readinessProbe"] and lasting["livenessProbe"]


def test_the_pod_of_a_task_has_it_before_the_task_alone() -> None:
    parts = added(Role.TASK, executor=KubernetesExecutor())
    assert names(parts.init_containers) == ["vault-agent-init"]
    assert parts.sidecars == ()


def test_tasks_read_but_do_not_write_what_the_agent_writes_to_memory() -> None:
    parts = added(Role.WORKER)
    volumes: dict[str, Mapping[str, Any]] = {v["name"]: v for v in parts.volumes}  # type: ignore[index,misc]
    assert volumes["vault-secrets"]["emptyDir"]["medium"] == "Memory"
    (mount,) = parts.mounts
    assert dict(mount) == {  # type: ignore[arg-type]
        "name": "vault-secrets", "mountPath": "/opt/vault-agent/secrets", "readOnly": True,
    }  # fmt: skip
    token = volumes["vault-token"]["projected"]["sources"][0]["serviceAccountToken"]
    assert token["audience"] == "vault"  # without one it would be good for the Kubernetes API


@pytest.mark.parametrize(("address", "port"), [(ADDRESS, 8200), ("https://vault.example.com", 443)])
def test_the_way_to_vault_is_open(address: str, port: int) -> None:
    (peer,) = added(Role.WORKER, agent(address=address)).peers
    assert (peer.host, peer.port) == ("vault.example.com", port)


def test_values_are_quoted_by_the_template() -> None:
    (template,) = config(agent())["template"]
    assert template["contents"] == (
        '{"crm": {{ with secret "secret/data/crm" }}{{ .Data.data.token | toJSON }}{{ end }}}'
    )
    assert template["error_on_missing_key"] is True


def test_the_agent_listens_as_the_cluster_does() -> None:
    (listener,) = config(agent())["listener"]
    assert (listener["address"], listener["role"]) == ("0.0.0.0:8100", "metrics_only")
    (listener,) = config(agent(), ip_families=["IPv6"])["listener"]
    assert listener["address"] == "[::]:8100"


def test_the_authority_is_trusted_where_one_is_given() -> None:
    assert "ca_cert" not in config(agent())["vault"]
    given = agent(ca=ConfigMapKey(name="company-ca", key="ca.crt"))
    assert config(given)["vault"]["ca_cert"] == "/opt/vault-agent/ca/ca.crt"
    assert "vault-ca" in names(added(Role.WORKER, given).volumes)
    assert "vault-ca" not in names(added(Role.WORKER).volumes)


def test_a_change_of_the_configuration_rolls_the_pods() -> None:
    before, after = added(Role.WORKER), added(Role.WORKER, agent(refresh_seconds=60))
    assert before.checksum_inputs["vault-agent"] != after.checksum_inputs["vault-agent"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"address": "http://vault:8200"}, r"address='http://vault:8200'\): expected https://host"),
        ({"address": "https://vault:8200/v1"}, r"expected https://host:port"),
        ({"variables": {}}, r"variables=\{\}\): name one"),
        ({"refresh_seconds": 0}, r"refresh_seconds=0\): expected 1 or more"),
    ],
)
def test_a_malformed_agent_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        agent(**given)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"path": "secret/crm", "key": "token"}, r"path='secret/crm'\): expected the path of a"),
        ({"path": 'a/data/b" }}', "key": "token"}, r"expected the path of a"),
        ({"path": "secret/data/crm", "key": "a-b"}, r"key='a-b'\): expected letters, digits"),
    ],
)
def test_a_malformed_secret_is_refused(given: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        vault_agent.VaultSecret(**given)


def test_a_wrong_type_and_a_wrong_name_are_refused() -> None:
    with pytest.raises(TypeError, match=r"VaultAgent\(role=\.\.\.\): expected str, got int"):
        agent(role=1)
    with pytest.raises(TypeError, match=r"no prop 'adress'; did you mean 'address'"):
        agent(adress=ADDRESS)


def test_a_second_secrets_backend_is_refused_with_the_way_out() -> None:
    password = SecretKey(name="c", key="p")
    crm = Connection(conn_type="http", host="crm.example.com", password=password)
    with pytest.raises(ValueError, match=r"something else sets AIRFLOW__SECRETS__BACKEND"):
        added(Role.WORKER, connections={"crm": crm})
    added(Role.WORKER, connections={"crm": SecretKey(name="c", key="uri")})


def test_tasks_in_the_scheduler_have_it_there() -> None:
    assert names(added(Role.WORKER, executor=LocalExecutor()).sidecars) == ["vault-agent"]

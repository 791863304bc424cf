"""The servers of Airflow that know IPv4 alone unless told, told by the bundle: they know both."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from cdk8s_airflow import AirflowProps, DagsFolder, Flower

from .bundle import REPOSITORY, synthesize_props
from .node.network import program

AIRFLOW = REPOSITORY / ".venv-airflow/bin"
ADDRESSES = ("127.0.0.1", "[::1]")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Airflow's folder, with a database in it."""
    folder = tmp_path_factory.mktemp("airflow")
    subprocess.run([program("ip"), "link", "set", "lo", "up"], check=True)
    migrate = [str(AIRFLOW / "airflow"), "db", "migrate"]
    subprocess.run(migrate, env=environment(folder, {}), check=True, capture_output=True)
    return folder


def environment(folder: Path, said: Mapping[str, str]) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("AIRFLOW")}
    return {
        **kept,
        "PATH": f"{AIRFLOW}:{os.environ['PATH']}",
        "AIRFLOW_HOME": str(folder),
        "AIRFLOW_CONFIG": os.devnull,
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CELERY__BROKER_URL": "memory://",
        **said,
    }


def addresses_said(tmp_path: Path, component: str) -> dict[str, str]:
    """The variables with addresses that the bundle gives to a component."""
    dags = DagsFolder(str(REPOSITORY / "dags"))
    props = AirflowProps(dags=dags, flower=Flower(), ip_families=["IPv6"])
    (tmp_path / "out").mkdir()
    for manifest in synthesize_props(tmp_path / "out", props):
        if manifest["kind"] == "Deployment" and manifest["metadata"]["name"] == f"af1-{component}":
            env = manifest["spec"]["template"]["spec"]["containers"][0]["env"]
            return {e["name"]: e.get("value", "") for e in env if e["name"].endswith("_HOST")}
    raise LookupError(component)


@contextmanager
def running(folder: Path, said: Mapping[str, str], *command: str) -> Iterator[None]:
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            ["airflow", *command], env=environment(folder, said), stdout=log, stderr=log
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(60)


@pytest.mark.parametrize(
    ("component", "command", "path"),
    [
        ("api-server", ("api-server",), ":8080/api/v2/version"),
        ("flower", ("celery", "flower"), ":5555/healthcheck"),
    ],
)
def test_a_server_is_reached_by_both_families(
    component: str, command: tuple[str, ...], path: str, home: Path, tmp_path: Path
) -> None:
    said = addresses_said(tmp_path, component)
    assert list(said.values()) == [""]
    with running(home, said, *command):
        for address in ADDRESSES:
            wait_for(f"http://{address}{path}")


def test_untold_the_api_server_knows_ipv4_alone(home: Path) -> None:
    with running(home, {}, "api-server"):
        wait_for("http://127.0.0.1:8080/api/v2/version")
        with pytest.raises(URLError):
            urlopen("http://[::1]:8080/api/v2/version", timeout=5)


def wait_for(url: str) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            with urlopen(url, timeout=5) as answer:
                assert answer.status == 200
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)

"""`make image` for real: an image by buildah on a stand-in for Airflow's, and what is in it."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from integration.bundle import REPOSITORY
from integration.stand_in_image import NAME, Buildah

PASSWORD = "Zx81-of-the-index"
DAG = """\
from airflow.sdk import dag, task
from helper import GREETING

@dag(schedule=None)
def embedded():
    @task
    def hello():
        print(GREETING)
    hello()

embedded()
"""


class _Index(SimpleHTTPRequestHandler):
    """A package index that asks for a password."""

    def do_GET(self) -> None:
        wanted = base64.b64encode(f"team:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {wanted}":
            self.send_response(401)
            self.send_header("WWW-Authenticate", "Basic")
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass


def _wheel(folder: Path, name: str, version: str, *needs: str) -> None:
    place = folder / "simple" / name
    place.mkdir(parents=True, exist_ok=True)
    info = f"{name}-{version}.dist-info"
    requires = "".join(f"Requires-Dist: {need}\n" for need in needs)
    file = f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(place / file, "w") as wheel:
        wheel.writestr(f"{name}.py", f"VERSION = {version!r}\n")
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}"
        wheel.writestr(f"{info}/METADATA", metadata)
        kind = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        wheel.writestr(f"{info}/WHEEL", kind)
        wheel.writestr(f"{info}/RECORD", "")
    links = "".join(f'<a href="{wheel.name}">{wheel.name}</a>' for wheel in place.glob("*.whl"))
    (place / "index.html").write_text(links)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Text of a pip.conf for an index with three packages, password included."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    folder = tmp_path_factory.mktemp("index")
    _wheel(folder, "greeting", "1.0")
    _wheel(folder, "celery", "99.0")
    _wheel(folder, "modern", "2.0", "celery>=99")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Index, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://team:{PASSWORD}@127.0.0.1:{server.server_port}/simple"
    yield f"[global]\nindex-url = {url}\nretries = 0\n"
    server.shutdown()


@pytest.fixture(scope="module")
def buildah(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Buildah]:
    """A builder whose store holds the stand-in."""
    builder = Buildah(tmp_path_factory.mktemp("buildah"))
    builder.make_base()
    yield builder
    builder("rm", "--all")
    builder("rmi", "--all", "--force")


class Team:
    """A repository with nothing but DAGs and requirements, and its calls of make."""

    def __init__(self, folder: Path, buildah: Buildah, index: str) -> None:
        self.folder, self._env = folder, buildah.env
        (folder / "dags").mkdir(parents=True)
        (folder / "dags" / "embedded.py").write_text(DAG)
        (folder / "dags" / "helper.py").write_text("from greeting import VERSION as GREETING\n")
        self.requirements = folder / "requirements.txt"
        self.requirements.write_text("greeting==1.0\n")
        (folder / "pip.conf").write_text(index)

    def make(self, target: str, image: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                *("make", "--no-print-directory", "-C", str(REPOSITORY), target),
                *("BUILDER=buildah", f"BASE_IMAGE={NAME}", f"IMAGE={image}"),
                f"EMBEDDED_DAGS_LOCATION={self.folder / 'dags'}",
                f"REQUIREMENTS_TXT_LOCATION={self.requirements}",
                f"PIP_CONFIG={self.folder / 'pip.conf'}",
            ],
            cwd=self.folder,
            env={key: value for key, value in self._env.items() if not key.startswith("PIP_")},
            capture_output=True,
            text=True,
        )


@pytest.fixture(scope="module")
def image(buildah: Buildah, index: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The image of a team's repository, by one call of make from there."""
    team = Team(tmp_path_factory.mktemp("team"), buildah, index)
    done = team.make("image", "localhost/team/airflow")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "DAG embedded: 1 tasks" in done.stdout
    return done.stdout.split()[-1]


def test_the_image_starts_as_airflow_and_lists_its_dags(buildah: Buildah, image: str) -> None:
    start = ("/usr/bin/dumb-init", "--", "/entrypoint")
    command = (*start, "airflow", "dags", "list", "--local", "--bundle-name", "dags-folder")
    env = ("AIRFLOW_CONFIG=/dev/null", "CONNECTION_CHECK_MAX_COUNT=0", "USER=default")
    options = [word for entry in env for word in ("--env", entry)]
    with buildah.container(image) as container:
        buildah("run", container, "--", "airflow", "db", "migrate")
        listed = buildah("run", *options, container, "--", *command, "--output", "plain")
    assert re.search(r"^embedded\s", listed, re.MULTILINE), listed


def test_it_runs_as_airflow_and_its_dags_are_not_its_own(buildah: Buildah, image: str) -> None:
    config = json.loads(buildah("inspect", "--type", "image", image))["OCIv1"]["config"]
    assert config["User"] == "50000"
    assert config["Entrypoint"] == ["/usr/bin/dumb-init", "--", "/entrypoint"]
    with buildah.container(image) as container:
        root = Path(buildah("mount", container))
        dag = root / "opt/airflow/dags/embedded.py"
        state = dag.stat()
        assert (state.st_uid, state.st_gid, state.st_mode & 0o777) == (0, 0, 0o644)
        assert int(state.st_mtime) == 315532800
        assert not (root / "context").is_dir() or list((root / "context").iterdir()) == []
        buildah("umount", container)


def test_no_layer_and_no_history_holds_the_password_of_the_index(
    buildah: Buildah, image: str, tmp_path: Path
) -> None:
    buildah("push", "--disable-compression", image, f"dir:{tmp_path / 'pushed'}")
    blobs = sorted((tmp_path / "pushed").iterdir(), key=lambda path: path.stat().st_size)
    assert any(b"embedded.py" in blob.read_bytes() for blob in blobs[:-1])
    for blob in blobs[:-1]:  # the last is the base
        assert PASSWORD.encode() not in blob.read_bytes(), blob.name


def test_two_builds_are_equal_byte_for_byte(
    buildah: Buildah, index: str, image: str, tmp_path: Path
) -> None:
    first = buildah("inspect", "--type", "image", "--format", "{{.FromImageID}}", image)
    buildah("rmi", "--force", image)
    buildah("rmi", "--prune")
    team = Team(tmp_path / "elsewhere", buildah, index)
    os.utime(team.folder / "dags" / "embedded.py", (1, 1))
    done = team.make("image", "localhost/team/airflow")
    assert "Using cache" not in done.stdout
    assert done.stdout.split()[-1] == image
    assert buildah("inspect", "--type", "image", "--format", "{{.FromImageID}}", image) == first


def test_a_requirement_that_would_replace_a_part_of_airflow_is_refused(
    buildah: Buildah, index: str, tmp_path: Path
) -> None:
    team = Team(tmp_path, buildah, index)
    team.requirements.write_text("greeting==1.0\nmodern==2.0\n")
    done = team.make("image", "localhost/team/conflict:1")
    assert done.returncode != 0
    assert "conflict" in done.stdout + done.stderr
    assert "cannot be installed beside this Airflow" in done.stdout + done.stderr
    assert "conflict" not in buildah("images")


def test_a_dag_that_cannot_be_imported_gets_no_image(
    buildah: Buildah, index: str, image: str, tmp_path: Path
) -> None:
    team = Team(tmp_path, buildah, index)
    (team.folder / "dags" / "broken.py").write_text("from airflow.sdk import dag\nimport nowhere\n")
    for target in ("check-dags", "image"):
        done = team.make(target, "localhost/team/broken:1")
        assert done.returncode != 0
        assert "No module named 'nowhere'" in done.stdout + done.stderr
        assert "1 files that cannot be imported" in done.stdout + done.stderr
    assert "broken" not in buildah("images")

"""`make image` for real: an image by buildah on a stand-in for Airflow's, and what is in it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from integration.bundle import REPOSITORY
from integration.package_index import PASSWORD, PackageIndex
from integration.stand_in_image import NAME, Buildah

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


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Text of a pip.conf for an index with three packages, password included."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    index = PackageIndex(tmp_path_factory.mktemp("index"))
    index.add("greeting", "1.0")
    index.add("celery", "99.0")
    index.add("modern", "2.0", "celery>=99")
    yield index.pip_conf()
    index.close()


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

"""What `make image` gives to the builder; tests/integration builds for real."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from cdk8s_airflow import AirflowProps

ROOT = Path(__file__).resolve().parents[2]
FAKE = """\
#!/usr/bin/env python3
import json, os, pathlib, sys
context = pathlib.Path(sys.argv[-1])
files = {}
for path in sorted(context.rglob("*")) if context.is_dir() else []:
    state = path.stat()
    text = path.read_text() if path.is_file() else None
    files[str(path.relative_to(context))] = [oct(state.st_mode & 0o777), state.st_mtime, text]
with open(os.environ["FAKE_LOG"], "a") as log:
    log.write(json.dumps({"args": sys.argv[1:-1], "last": sys.argv[-1], "files": files}) + "\\n")
sys.exit(int(os.environ.get("FAKE_CODE", "0")))
"""


class Make:
    """Runs make in the repository, with a builder that only writes down what it is asked."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "log"
        for name in ("docker", "buildah", "podman"):
            builder = folder / "bin" / name
            builder.parent.mkdir(exist_ok=True)
            builder.write_text(FAKE)
            builder.chmod(0o755)
        self.env = {
            **{k: v for k, v in os.environ.items() if k not in ("BUILDER", "SOURCE_DATE_EPOCH")},
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "FAKE_LOG": str(self.log),
        }

    def __call__(
        self, *arguments: str, cwd: Path = ROOT, **env: str
    ) -> subprocess.CompletedProcess[str]:
        self.log.unlink(missing_ok=True)
        return subprocess.run(
            ["make", "--no-print-directory", "-C", str(ROOT), *arguments],
            env={**self.env, **env},
            cwd=cwd,
            capture_output=True,
            text=True,
        )

    @property
    def calls(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    @property
    def files(self) -> dict[str, list[object]]:
        files = self.calls[-1]["files"]
        assert isinstance(files, dict)
        return files


@pytest.fixture
def make(tmp_path: Path) -> Make:
    return Make(tmp_path)


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """A repository with nothing but DAGs and requirements."""
    folder = tmp_path / "team"
    for name, text in {
        "dags/a.py": "A",
        "dags/sub/.airflowignore": "x",
        "dags/sub/b.sql": "select 1",
        "dags/.env": "PASSWORD=secret",
        "dags/.git/config": "secret",
        "dags/__pycache__/a.pyc": "x",
        "requirements.txt": "humanize==4.12.0\n",
        "id_rsa": "secret",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def of(team: Path) -> tuple[str, str]:
    return (
        f"EMBEDDED_DAGS_LOCATION={team / 'dags'}",
        f"REQUIREMENTS_TXT_LOCATION={team / 'requirements.txt'}",
    )


def test_the_context_holds_dags_and_requirements_and_nothing_else_of_a_repository(
    make: Make, team: Path
) -> None:
    done = make("image", *of(team), cwd=team)
    assert done.returncode == 0, done.stderr
    names = {name for name, (_, _, text) in make.files.items() if text is not None}
    mine = {"dags/a.py", "dags/sub/.airflowignore", "dags/sub/b.sql", "requirements.txt"}
    assert names == mine | {"Dockerfile", "check_dags.py", "install.py"}
    assert make.files["requirements.txt"][2] == "humanize==4.12.0\n"


def test_times_and_modes_do_not_depend_on_the_machine(make: Make, team: Path) -> None:
    (team / "dags" / "a.py").chmod(0o777)
    make("image", *of(team))
    assert {entry[1] for entry in make.files.values()} == {315532800.0}
    assert {entry[0] for entry in make.files.values()} == {"0o644", "0o755"}
    make("image", *of(team), SOURCE_DATE_EPOCH="1700000000")
    assert {entry[1] for entry in make.files.values()} == {1700000000.0}
    assert "SOURCE_DATE_EPOCH=1700000000" in str(make.calls[-1]["args"])


def test_dags_are_checked_before_there_is_an_image(make: Make, team: Path) -> None:
    make("image", *of(team))
    targets = [call["args"][2] for call in make.calls]  # type: ignore[index]
    assert targets == ["check", "image"]
    make("check-dags", *of(team))
    assert [call["args"][2] for call in make.calls] == ["check"]  # type: ignore[index]
    failed = make("image", *of(team), FAKE_CODE="3")
    assert failed.returncode != 0
    assert len(make.calls) == 1
    assert "docker build failed" in failed.stderr


def test_a_tag_follows_from_the_content_and_push_names_the_same(make: Make, team: Path) -> None:
    said = make("image", "IMAGE=registry.example.com:5000/team/airflow", *of(team)).stdout
    found = re.search(
        r"image (registry\.example\.com:5000/team/airflow:3\.3\.2-[0-9a-f]{12})", said
    )
    assert found is not None
    make("push", "IMAGE=registry.example.com:5000/team/airflow", *of(team))
    assert [make.calls[-1]["args"], make.calls[-1]["last"]] == [["push"], found[1]]
    (team / "dags" / "a.py").write_text("B")
    assert found[1] not in make("image", "IMAGE=registry.example.com:5000/team/airflow").stdout


def test_a_tag_that_is_given_is_used(make: Make, team: Path) -> None:
    said = make("image", "IMAGE=team/airflow:17", *of(team)).stdout
    assert "image team/airflow:17" in said
    args = make.calls[-1]["args"]
    assert isinstance(args, list)
    assert args[args.index("--tag") + 1] == "team/airflow:17"


@pytest.mark.parametrize("builder", ["buildah", "podman"])
def test_platform_builder_base_and_secret_are_passed_on(
    make: Make, team: Path, builder: str
) -> None:
    config = team / "pip.conf"
    config.write_text("[global]\n")
    options = ("PLATFORM=linux/arm64", "BASE_IMAGE=team/base:3.3.2", f"PIP_CONFIG={config}")
    make("image", f"BUILDER={builder}", *options, *of(team))
    args = " ".join(map(str, make.calls[-1]["args"]))  # type: ignore[call-overload]
    assert "--platform linux/arm64" in args
    assert "--build-arg BASE_IMAGE=team/base:3.3.2" in args
    assert f"--secret id=pip,src={config}" in args
    assert "--layers=false --timestamp 315532800" in args
    assert "pip.conf" not in make.files


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("EMBEDDED_DAGS_LOCATION=nowhere", "EMBEDDED_DAGS_LOCATION=nowhere: there is no such"),
        ("EMBEDDED_DAGS_LOCATION=requirements", r"no \*.py file in it"),
        ("REQUIREMENTS_TXT_LOCATION=nowhere", "REQUIREMENTS_TXT_LOCATION=nowhere: there is no"),
        ("BUILDER=kaniko", "kaniko is not installed.*BUILDER=docker, BUILDER=podman"),
    ],
)
def test_what_cannot_be_built_is_told(make: Make, arguments: str, message: str) -> None:
    done = make("image", arguments)
    assert done.returncode != 0
    assert re.search(message, done.stderr)


def test_a_link_out_of_the_folder_is_refused(make: Make, team: Path) -> None:
    (team / "dags" / "key.py").symlink_to(team / "id_rsa")
    done = make("image", *of(team))
    assert "key.py is a link that leaves the folder" in done.stderr


def test_the_default_base_is_the_default_version() -> None:
    text = (ROOT / "Makefile").read_text()
    version = AirflowProps.__dataclass_fields__["airflow_version"].default
    assert f"BASE_IMAGE = apache/airflow:{version}\n" in text

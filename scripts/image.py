"""Builds an image of Airflow with DAGs and the packages that they need; checks it; pushes it.

Usage: image.py check|build|push --dags FOLDER --requirements FILE --base IMAGE
       [--image NAME[:TAG]] [--builder docker|buildah|podman] [--platform os/arch]
       [--pip-config FILE]

The standard library is enough for it. The build context is a folder of its own with nothing but
the DAGs, the requirements and what docker/ and the testing kit have: wherever these come from,
equal files give an equal context, and files that are no DAGs stay outside.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCKER = ROOT / "docker"
CHECK = ROOT / "constructs" / "cdk8s_airflow" / "testing" / "check_dags.py"
"""What imports the DAGs; the testing kit of the package runs the same."""
EPOCH = "315532800"
"""1980-01-01 in seconds, the first day that archives of every kind know."""
DAGS_FOLDER = "dags"


class ImageError(Exception):
    """What was asked for cannot be built; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Build:
    """One image."""

    dags: Path
    requirements: Path
    base: str
    image: str
    builder: str
    platform: str
    pip_config: str
    epoch: str

    def context(self) -> Mapping[str, bytes]:
        """Path in the build context -> content, sorted.

        Raises:
            ImageError: when there are no DAGs, or no file of requirements.
        """
        if not self.dags.is_dir():
            raise ImageError(f"EMBEDDED_DAGS_LOCATION={self.dags}: there is no such folder")
        if not self.requirements.is_file():
            raise ImageError(
                f"REQUIREMENTS_TXT_LOCATION={self.requirements}: there is no such file; an empty "
                "one will do"
            )
        found = {f"{DAGS_FOLDER}/{name}": content for name, content in _dags(self.dags)}
        if not any(name.endswith(".py") for name in found):
            raise ImageError(f"EMBEDDED_DAGS_LOCATION={self.dags}: no *.py file in it")
        found["requirements.txt"] = self.requirements.read_bytes()
        for path in (DOCKER / "Dockerfile", CHECK, DOCKER / "install.py"):
            found[path.name] = path.read_bytes()
        return dict(sorted(found.items()))

    def name(self, context: Mapping[str, bytes]) -> str:
        """Name and tag; a tag that is not given follows from the content, so it never moves."""
        if ":" in self.image.split("/")[-1]:
            return self.image
        digest = hashlib.sha256(f"{self.base}\0{self.platform}".encode())
        for path, content in context.items():
            digest.update(f"\0{path}\0{len(content)}\0".encode() + content)
        version = self.base.split("@")[0].split("/")[-1].partition(":")[2]
        return f"{self.image}:{'-'.join(filter(None, [version, digest.hexdigest()[:12]]))}"

    def command(self, folder: Path, target: str, name: str) -> Sequence[str]:
        """What builds a stage of docker/Dockerfile."""
        options = ["--target", target, "--file", str(folder / "Dockerfile")]
        options += ["--build-arg", f"BASE_IMAGE={self.base}"]
        options += ["--build-arg", f"SOURCE_DATE_EPOCH={self.epoch}"]
        if target == "image":
            options += ["--tag", name]
        if self.platform:
            options += ["--platform", self.platform]
        if self.pip_config:
            options += ["--secret", f"id=pip,src={Path(self.pip_config).resolve()}"]
        if Path(self.builder).name in ("buildah", "podman"):
            # Their cache of layers does not see that a mounted file has changed.
            options += ["--layers=false", "--timestamp", self.epoch]
        return [self.builder, "build", *options, str(folder)]

    def build(self, target: str) -> str:
        """Builds a stage, and returns the name of the image.

        Raises:
            ImageError: when the builder fails.
        """
        context = self.context()
        name = self.name(context)
        with tempfile.TemporaryDirectory(prefix="image-") as place:
            folder = Path(place)
            folder.chmod(0o755)
            _write(context, folder, int(self.epoch))
            _run(self.command(folder, target, name))
        return name


def _dags(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in relative.parts)
        if (hidden and relative.name != ".airflowignore") or "__pycache__" in relative.parts:
            continue
        if path.is_symlink() and folder.resolve() not in path.resolve().parents:
            raise ImageError(f"{path} is a link that leaves the folder: put the file itself there")
        if path.is_file() and path.suffix not in (".pyc", ".pyo"):
            yield relative.as_posix(), path.read_bytes()


def _write(context: Mapping[str, bytes], folder: Path, epoch: int) -> None:
    """Writes the context with one time and one mode for all, as layers hold both."""
    for name, content in context.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o644)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            path.chmod(0o755)
        os.utime(path, (epoch, epoch))


def _run(command: Sequence[str]) -> None:
    if shutil.which(command[0]) is None:
        raise ImageError(
            f"{command[0]} is not installed, or not on PATH: install it, or choose another with "
            "BUILDER=docker, BUILDER=podman or BUILDER=buildah"
        )
    done = subprocess.run(command, env={**os.environ, "DOCKER_BUILDKIT": "1"})
    if done.returncode:
        raise ImageError(f"{command[0]} {command[1]} failed, see above")


def main(arguments: Sequence[str]) -> int:
    """Does what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("action", choices=("check", "build", "push"))
    parser.add_argument("--dags", type=Path, required=True)
    parser.add_argument("--requirements", type=Path, required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--image", default="airflow-dags")
    parser.add_argument("--builder", default="docker")
    parser.add_argument("--platform", default="")
    parser.add_argument("--pip-config", default="")
    given = vars(parser.parse_args(arguments))
    action = given.pop("action")
    job = Build(**given, epoch=os.environ.get("SOURCE_DATE_EPOCH") or EPOCH)
    try:
        if action == "push":
            name = job.name(job.context())
            _run([job.builder, "push", name])
            print(f"pushed {name}")
            return 0
        # The gate: an image with a DAG that cannot be imported is never made.
        job.build("check")
        if action == "build":
            print(f"image {job.build('image')}")
    except ImageError as error:
        print(f"make image: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A container image that stands in for Airflow's official one, and what builds images here.

The image holds what the official one has for a build and a start: the real Airflow in a virtual
environment of uid 50000 at the same place, its interpreter with the libraries that it loads, a
shell, dumb-init and an entrypoint. It is made of this machine's files, without a registry.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from .node.images import ENTRYPOINTS, airflow_environment

VENV = "home/airflow/.local"
PROGRAMS = ("sh", "bash", "dumb-init", "sleep")
PATH = f"/{VENV}/bin:/usr/local/bin:/usr/bin:/bin"
NAME = "localhost/airflow:3.3.2"
CONFIG = (
    *("--user", "50000", "--workingdir", "/opt/airflow", "--cmd", ""),
    *("--entrypoint", '["/usr/bin/dumb-init", "--", "/entrypoint"]'),
    *("--env", f"PATH={PATH}", "--env", "HOME=/home/airflow", "--env", "LANG=C.UTF-8"),
    *("--env", f"VIRTUAL_ENV=/{VENV}", "--env", "AIRFLOW_HOME=/opt/airflow"),
)


class Buildah:
    """buildah with a store of its own, without a daemon and without nested containers."""

    def __init__(self, folder: Path) -> None:
        """Makes an empty store below a folder."""
        settings = folder / "storage.conf"
        driver = "overlay" if _overlay_works(folder) else "vfs"
        settings.write_text(
            f'[storage]\ndriver = "{driver}"\n'
            f'graphroot = "{folder}/graph"\nrunroot = "{folder}/run"\n'
        )
        policy = folder / "home" / ".config" / "containers" / "policy.json"
        policy.parent.mkdir(parents=True)
        policy.write_text('{"default": [{"type": "insecureAcceptAnything"}]}')
        self.env: Mapping[str, str] = {
            **os.environ,
            "CONTAINERS_STORAGE_CONF": str(settings),
            "BUILDAH_ISOLATION": "chroot",
            "HOME": str(folder / "home"),
        }

    def __call__(self, *args: str) -> str:
        """Runs one command, and returns what it printed, without the line's end."""
        done = subprocess.run(["buildah", *args], env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, f"buildah {' '.join(args)}: {done.stderr}"
        return done.stdout.strip()

    @contextmanager
    def container(self, image: str) -> Iterator[str]:
        """A container of an image, for `run` and `mount`."""
        name = self("from", "--pull-never", image)
        try:
            yield name
        finally:
            self("rm", name)

    def make_base(self) -> None:
        """Makes the stand-in under `NAME`."""
        container = self("from", "scratch")
        folder = Path(self("mount", container))
        for name, source in _files():
            _copy(source, folder / name)
        _relocate(folder / VENV / "bin")
        for name in ("opt/airflow/dags", "opt/airflow/logs", "tmp", "etc", "proc", "dev", "sys"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "bin").symlink_to("usr/bin")
        (folder / "etc" / "passwd").write_text(
            "root:x:0:0:root:/root:/bin/sh\nairflow:x:50000:0::/home/airflow:/bin/bash\n"
        )
        (folder / "etc" / "group").write_text("root:x:0:\n")
        (folder / "tmp").chmod(0o1777)
        for name in ("home/airflow", "opt/airflow"):
            subprocess.run(["chown", "-R", "50000:0", str(folder / name)], check=True)
        self("umount", container)
        self("config", *CONFIG, container)
        self("commit", "--quiet", "--rm", container, NAME)


def _overlay_works(folder: Path) -> bool:
    places = {name: folder / f"try-{name}" for name in ("lower", "upper", "work", "merged")}
    for place in places.values():
        place.mkdir()
    options = ",".join(f"{name}dir={places[name]}" for name in ("lower", "upper", "work"))
    target = str(places["merged"])
    mount = ["mount", "-t", "overlay", "overlay", "-o", options, target]
    works = subprocess.run(mount, capture_output=True).returncode == 0
    if works:
        subprocess.run(["umount", target], check=True)
    for place in places.values():
        shutil.rmtree(place)
    return works


def _files() -> Iterator[tuple[str, Path]]:
    """Path in the image, relative to its root -> file or folder of this machine."""
    venv = airflow_environment().resolve()
    interpreter = (venv / "bin" / "python").resolve()
    library = interpreter.parents[1] / "lib" / interpreter.name
    yield VENV, venv
    yield _relative(interpreter), interpreter
    for item in library.iterdir():
        if item.name not in _NOT_OF_PYTHON:
            yield _relative(item), item
    programs = [Path(found) for name in PROGRAMS if (found := shutil.which(name, path=_SYSTEM))]
    assert len(programs) == len(PROGRAMS), f"one of {PROGRAMS} is not installed"
    for program in programs:
        yield f"usr/bin/{program.name}", program.resolve()
    yield "entrypoint", ENTRYPOINTS / "airflow"
    binaries = [interpreter, *programs, *library.rglob("*.so"), *venv.rglob("*.so")]
    for needed in _libraries(binaries):
        yield _relative(needed), needed.resolve()


_NOT_OF_PYTHON = ("site-packages", "test", "idlelib")
_UNUSED = ("ready", "config-3*")
_SYSTEM = "/usr/bin:/bin:/usr/local/bin"


def _libraries(binaries: Iterable[Path]) -> set[Path]:
    """What the loader needs for the binaries, from outside their own folders."""
    done = subprocess.run(["ldd", *map(str, binaries)], capture_output=True, text=True)
    found = re.findall(r"(?:=>|^\t)\s*(/\S+) \(0x", done.stdout, re.MULTILINE)
    return {Path(path) for path in found if "site-packages" not in path}


def _relative(path: Path) -> str:
    return str(path).lstrip("/")


def _copy(source: Path, target: Path) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        ignored = shutil.ignore_patterns(*_UNUSED)
        shutil.copytree(source, target, symlinks=True, ignore=ignored)
    else:
        shutil.copy2(source, target)


def _relocate(programs: Path) -> None:
    """Lets the programs of the virtual environment start where the image has it."""
    interpreter = (airflow_environment() / "bin" / "python").resolve()
    for link in programs.glob("python*"):
        link.unlink()
        link.symlink_to(interpreter)
    for name in ("airflow", "celery"):
        _, _, rest = (programs / name).read_text().partition("\n")
        (programs / name).write_text(f"#!/{VENV}/bin/python\n{rest}")

"""Installs requirements beside Airflow without changing any package that is there already.

Usage: install.py REQUIREMENTS, in the environment of Airflow.

What is installed is the constraint: the image was tested with exactly these versions, and a newer
Celery, for example, would break it. So a requirement is installed, is there already, or is an
error; it never replaces a part of Airflow or of its providers.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from importlib.metadata import distributions
from pathlib import Path

PIP_CONFIG = Path("/run/secrets/pip.conf")
REFUSED = """
The requirements cannot be installed beside this Airflow. Where pip names a conflict with a
constraint, the image holds that package in the given version and Airflow needs it: ask for that
version, leave the version open, or run the task in an environment of its own (ExternalPython- or
PythonVirtualenvOperator)."""


def constraints() -> list[str]:
    """One line for each package of the environment."""
    found = {(d.metadata["Name"] or "").lower(): d.version for d in distributions()}
    return [f"{name}=={version}" for name, version in sorted(found.items()) if name]


def wanted(requirements: Path) -> bool:
    """Whether there is anything to install."""
    lines = (line.strip() for line in requirements.read_text(encoding="utf-8").splitlines())
    return any(line and not line.startswith("#") for line in lines)


def pip(*args: str) -> int:
    """Runs pip, and returns its exit code."""
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if PIP_CONFIG.is_file():
        env["PIP_CONFIG_FILE"] = str(PIP_CONFIG)
    return subprocess.run([sys.executable, "-B", "-m", "pip", *args], env=env).returncode


def settle(folder: Path, since: float, epoch: int) -> None:
    """Gives everything that is newer than `since` one time, so that two builds are equal."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.lstat().st_mtime >= since:
            os.utime(path, (epoch, epoch), follow_symlinks=False)
    os.utime(folder, (epoch, epoch))


def main(requirements: Path) -> int:
    """Installs, checks, and returns the exit code."""
    if not wanted(requirements):
        print("install.py: no requirements")
        return pip("check")
    began = time.time() - 1
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder) / "constraints.txt"
        pins.write_text("\n".join(constraints()) + "\n", encoding="utf-8")
        options = ("--no-cache-dir", "--no-compile", "--no-input", "--constraint", str(pins))
        failed = pip("install", *options, "--requirement", str(requirements)) or pip("check")
    if failed:
        print(REFUSED, file=sys.stderr)
        return failed
    settle(Path(sys.prefix), began, int(os.environ.get("SOURCE_DATE_EPOCH") or 315532800))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

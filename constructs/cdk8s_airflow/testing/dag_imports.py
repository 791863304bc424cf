"""Whether DAGs can be imported in the Airflow of a release, and with which packages."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PROGRAM = Path(__file__).with_name("check_dags.py")
"""Imports the DAGs of a folder; `make check-dags` runs the same in the image."""
EXTRAS = ("celery", "cncf-kubernetes", "fab", "postgres", "redis")
"""Extras of Airflow that a Celery release imports; Airflow's image has many more."""
CONSTRAINTS = (
    "https://raw.githubusercontent.com/apache/airflow/constraints-{airflow}/"
    "constraints-{python}.txt"
)
"""Where Airflow publishes the versions that its image of a version has."""


@dataclass(frozen=True)
class AirflowEnvironment:
    """A Python that has Airflow."""

    python: Path
    """The interpreter, for example `.venv-airflow/bin/python`."""

    @property
    def airflow_version(self) -> str:
        """The version of its Airflow.

        Raises:
            AssertionError: It has none.
        """
        ask = "from importlib.metadata import version; print(version('apache-airflow-core'))"
        done = subprocess.run([str(self.python), "-c", ask], capture_output=True, text=True)
        if done.returncode:
            raise AssertionError(
                f"{self.python} has no Airflow 3: make one with airflow_environment(), or name "
                "another interpreter"
            )
        return done.stdout.strip()


def airflow_environment(
    folder: Path,
    *,
    version: str,
    requirements: Path | None = None,
    constraints: str | Path | None = None,
    extras: Sequence[str] = EXTRAS,
    python: Path | None = None,
) -> AirflowEnvironment:
    """Make an environment with the packages of Airflow's image, or take the one made before.

    Args:
        folder: Where environments are kept, one for each set of arguments.
        version: Version of Airflow, as `AirflowProps(airflow_version=...)`.
        requirements: Packages that the DAGs need, installed below the constraints as in the image.
        constraints: File or URL of the versions of the image. Default: what Airflow publishes for
            `version` and for the Python.
        extras: Extras of Airflow. Default: those that a Celery release imports.
        python: The interpreter that makes it. Default: the one that runs the test.

    Raises:
        RuntimeError: pip cannot install it; its words are in the message.
    """
    base = str(python or sys.executable)
    if constraints is None:
        ask = "import sys; print('.'.join(map(str, sys.version_info[:2])))"
        minor = subprocess.run([base, "-c", ask], check=True, capture_output=True, text=True)
        constraints = CONSTRAINTS.format(airflow=version, python=minor.stdout.strip())
    asked = repr((version, str(constraints), sorted(extras), base)).encode()
    for file in (requirements, constraints):
        if isinstance(file, Path):
            asked += file.read_bytes()
    home = folder / f"airflow-{version}-{hashlib.sha256(asked).hexdigest()[:12]}"
    found = AirflowEnvironment(home / "bin" / "python")
    if not (home / "ready").exists():
        _run(base, "-m", "venv", "--clear", str(home))
        wanted = f"apache-airflow[{','.join(sorted(extras))}]=={version}"
        more = ["--requirement", str(requirements)] if requirements else []
        pip = ("-m", "pip", "install", "--quiet", "--constraint", str(constraints))
        _run(str(found.python), *pip, wanted, *more)
        (home / "ready").touch()
    return found


def assert_dags_import(
    dags: Path, environment: AirflowEnvironment, *, version: str | None = None
) -> list[str]:
    """Import all DAGs of a folder, as the DAG processor does.

    Args:
        dags: The folder.
        environment: A Python with Airflow and the packages of the DAGs.
        version: What its Airflow has to be, as `AirflowProps(airflow_version=...)`. Default: any.

    Returns:
        The ids of the DAGs.

    Raises:
        AssertionError: A file cannot be imported, there is no DAG, or Airflow is another version;
            the message has the tracebacks.
    """
    found = environment.airflow_version
    if version is not None and Version(found) != Version(version):
        raise AssertionError(
            f"the DAGs would be imported by Airflow {found}, but the release runs {version}: make "
            f"an environment with airflow_environment(version={version!r})"
        )
    command = [str(environment.python), "-B", str(PROGRAM), str(dags)]
    done = subprocess.run(command, capture_output=True, text=True, env=_environment())
    if done.returncode:
        raise AssertionError(f"{dags}: not all DAGs can be imported:\n{done.stderr}{done.stdout}")
    words = [line.split() for line in done.stdout.splitlines()]
    return [line[1].rstrip(":") for line in words if line[:1] == ["DAG"]]


def assert_requirements_fit(requirements: Path, constraints: Path) -> None:
    """Find, without installing anything, what the image could not have beside Airflow.

    Args:
        requirements: Packages that the DAGs need, one a line.
        constraints: The versions of the image, `name==version` lines.

    Raises:
        AssertionError: A requirement excludes the version of the image, or is none; all of them.
    """
    pins = {
        canonicalize_name(line.name): next(iter(line.specifier)).version
        for _, line in _lines(constraints)
        if isinstance(line, Requirement) and len(line.specifier) == 1
    }
    problems = []
    for number, line in _lines(requirements):
        if isinstance(line, str):
            problems.append(f"{requirements}:{number}: {line!r} is no requirement")
        elif pin := pins.get(canonicalize_name(line.name)):
            if not line.specifier.contains(pin, prereleases=True):
                problems.append(
                    f"{requirements}:{number}: {line}, but the image has {line.name} {pin}: leave "
                    "the version open, or run the task in an environment of its own"
                )
    if problems:
        raise AssertionError("\n".join(problems))


def _lines(file: Path) -> Iterator[tuple[int, Requirement | str]]:
    """Number and requirement of each line; a text is none."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        text = line.partition(" #")[0].strip()
        if text and not text.startswith(("#", "-")):
            try:
                yield number, Requirement(text)
            except InvalidRequirement:
                yield number, text


def _environment() -> dict[str, str]:
    """Without what belongs to the Python of the test."""
    return {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=_environment())
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}{done.stdout}")

"""The small Python programs that run in the pods: waits, probes, the bootstrap."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from constructs import Construct

from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.workloads import config_map
from cdk8s_airflow.part import Part, programs_of
from cdk8s_airflow.parts.runtime import SETTINGS_FOLDER
from cdk8s_airflow.platform import Platform, Role

_FOLDER = "/opt/cdk8s-airflow"
_COMPONENT = "programs"
_IMPORT = re.compile(r"^ *(?:from|import) (\w+)", re.MULTILINE)
_ALWAYS = (
    "bootstrap.py",
    "cdk8s_airflow_database.py",
    "celery_pool.py",
    "celery_results.py",
    "create_admin.py",
    "database.py",
    "job_probe.py",
    "migrate.py",
    "migrated.py",
    "result_database.py",
    "url.py",
    "wait_for_api_server.py",
    "wait_for_database.py",
    "wait_for_servers.py",
    "worker_probe.py",
)
"""The programs of every release; those of an optional feature come with it."""
PROGRAM_MOUNTS: Sequence[Manifest] = ({"name": _COMPONENT, "mountPath": _FOLDER, "readOnly": True},)
"""The mounts that a container needs to run programs; all pods of Airflow have the volume."""


def run(program: str, *args: str, isolated: bool = False) -> tuple[str, ...]:
    """The command line of a program, for a container with `PROGRAM_MOUNTS`.

    Args:
        program: its file name.
        args: its arguments.
        isolated: run Python with `-IS`, which starts faster, for programs without imports of
            packages.
    """
    return ("python", *(("-IS",) if isolated else ()), f"{_FOLDER}/{program}", *args)


def importable(program: str) -> PodParts:
    """Mounts a program as a module that Airflow can import.

    Args:
        program: its file name.
    """
    where = {"mountPath": f"{SETTINGS_FOLDER}/{program}", "subPath": program, "readOnly": True}
    return PodParts(
        mounts=({"name": _COMPONENT, **where},),
        checksum_inputs={program: hashes()[f"{_FOLDER}/{program}"]},
    )


@cache
def sources(package: str = "cdk8s_airflow") -> dict[str, str]:
    """File name -> source of all programs in the folder `programs` of a package."""
    folder = files(package).joinpath("programs")
    found = {item.name: item for item in folder.iterdir() if item.name.endswith(".py")}
    return {name: found[name].read_text("utf-8") for name in sorted(found)}


def packaged(*names: str, package: str = "cdk8s_airflow") -> Mapping[str, str]:
    """File name -> source of some programs, and of those that they import.

    Args:
        names: the files.
        package: the package that has them in its folder `programs`.

    Raises:
        KeyError: for a file that is not there.
    """
    found = sources(package)
    needed = {each for name in names for each in _needed(name, found)}
    return {name: found[name] for name in sorted(needed)}


@cache
def hashes() -> dict[str, str]:
    """Path of each program in a pod -> hash of its source and of all that it imports."""
    return _hashes(sources())


def _hashes(programs: Mapping[str, str]) -> dict[str, str]:
    return {
        f"{_FOLDER}/{name}": content_hash(
            {each: programs[each] for each in _needed(name, programs)}, 16
        )
        for name in programs
    }


def _needed(name: str, programs: Mapping[str, str]) -> set[str]:
    """A program, those that it imports, and those that these import."""
    needed: set[str] = set()
    found = [name]
    while found:
        needed.add(each := found.pop())
        found += _imported(programs[each]) & programs.keys() - needed
    return needed


@cache
def _imported(source: str) -> frozenset[str]:
    return frozenset(f"{module}.py" for module in _IMPORT.findall(source))


@dataclass(frozen=True)
class Programs(Part):
    """The ConfigMap with the programs, and its volume in every pod that runs the Airflow image."""

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The programs of every release."""
        return packaged(*_ALWAYS)

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The volume, and the hash of each program: a change restarts the pods that run it."""
        return PodParts(
            volumes=({"name": _COMPONENT, "configMap": {"name": platform.name(_COMPONENT)}},),
            mounts=tuple(PROGRAM_MOUNTS),
            files=hashes() | _hashes(self._others(platform)),
        )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the ConfigMap, with the programs of all parts."""
        data = dict(sorted(programs_of(platform).items()))
        labels = platform.labels(_COMPONENT)
        config_map(
            Construct(scope, _COMPONENT), "ConfigMap", platform.name(_COMPONENT), labels, data=data
        )

    def _others(self, platform: Platform) -> Mapping[str, str]:
        """Programs that are not of this package."""
        return {k: v for k, v in programs_of(platform).items() if sources().get(k) != v}

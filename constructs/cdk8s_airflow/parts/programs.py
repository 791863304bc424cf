"""The small Python programs that run in the pods: waits, probes, the bootstrap."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from constructs import Construct

from cdk8s_airflow.kubernetes.named_files import NamedFiles
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.parts import PodParts
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


def program_path(program: str) -> str:
    """Where a program is in the pods whose environment or command names this path."""
    return f"{_FOLDER}/{program}"


def importable(program: str) -> PodParts:
    """Mounts a program as a module that Airflow can import.

    Args:
        program: its file name.
    """
    where = {"mountPath": f"{SETTINGS_FOLDER}/{program}", "subPath": program, "readOnly": True}
    return PodParts(
        mounts=({"name": _COMPONENT, **where},),
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
    """The programs, in the pods that run them."""

    _made: set[str] = field(default_factory=set, compare=False, repr=False)

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The programs of every release."""
        return packaged(*_ALWAYS)

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """A volume with the programs that the pod runs."""
        # A scheduler reads the template of task pods up to a minute after it has changed.
        lags = role is Role.TASK
        name = platform.name(_COMPONENT)
        files = NamedFiles(
            config_map=f"{name}-{role.value}" if lags else name,
            labels=platform.labels(_COMPONENT),
            folder=_FOLDER,
            texts=programs_of(platform),
            needs=_needed,
            immutable=not lags,
            made=self._made,
        )
        return PodParts(
            volumes=({"name": _COMPONENT, "configMap": {"name": name}},),
            mounts=tuple(PROGRAM_MOUNTS),
            files={_COMPONENT: files},
        )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Forgets what an earlier build has made: each component adds the ConfigMap it needs."""
        self._made.clear()

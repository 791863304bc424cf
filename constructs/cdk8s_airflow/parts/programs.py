"""The small Python programs that run in the pods: waits, probes, the bootstrap."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from constructs import Construct

from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.workloads import config_map
from cdk8s_airflow.parts.runtime import SETTINGS_FOLDER
from cdk8s_airflow.platform import Platform, Role

_FOLDER = "/opt/cdk8s-airflow"
_COMPONENT = "programs"
_IMPORT = re.compile(r"^ *(?:from|import) (\w+)", re.MULTILINE)
ON_DEMAND = frozenset(
    {
        "clean_database.py",
        "groom_logs.py",
        "install_packages.py",
        "join_certificates.py",
        "local_health.py",
        "pgbouncer.py",
        "renew_ticket.py",
        "write_connections.py",
    }
)
"""Programs of features that a release may do without: only those that use them hold them."""


def run(program: str, *args: str, isolated: bool = False) -> tuple[str, ...]:
    """The command that runs one of the programs in a pod that has them.

    Args:
        program: its file name.
        args: its arguments.
        isolated: it needs the standard library alone, and starts faster then.
    """
    return ("python", *(("-IS",) if isolated else ()), f"{_FOLDER}/{program}", *args)


def importable(program: str) -> PodParts:
    """Makes one of the programs a module that Airflow finds by name, in a pod that has them.

    Args:
        program: its file name.
    """
    where = {"mountPath": f"{SETTINGS_FOLDER}/{program}", "subPath": program, "readOnly": True}
    return PodParts(
        mounts=({"name": _COMPONENT, **where},),
        hashed={program: hashes()[f"{_FOLDER}/{program}"]},
    )


@cache
def sources() -> dict[str, str]:
    """File name -> source of all programs, as they are in the package."""
    folder = files("cdk8s_airflow").joinpath("programs")
    found = {item.name: item for item in folder.iterdir() if item.name.endswith(".py")}
    return {name: found[name].read_text("utf-8") for name in sorted(found)}


@cache
def hashes() -> dict[str, str]:
    """Path of each program in a pod -> hash of its source and of all that it imports."""
    return {
        f"{_FOLDER}/{name}": content_hash({each: sources()[each] for each in _needed(name)}, 16)
        for name in sources()
    }


def _needed(name: str) -> set[str]:
    """A program, those that it imports, and those that these import."""
    needed: set[str] = set()
    found = [name]
    while found:
        needed.add(each := found.pop())
        imported = {f"{module}.py" for module in _IMPORT.findall(sources()[each])}
        found += imported & sources().keys() - needed
    return needed


@dataclass(frozen=True, kw_only=True)
class Programs:
    """Contributor: the programs, in every pod that runs the Airflow image."""

    config_map: str
    """Name of the ConfigMap that holds them."""

    def parts(self, role: Role) -> PodParts:
        """The programs, read-only."""
        return PodParts(
            volumes=({"name": _COMPONENT, "configMap": {"name": self.config_map}},),
            mounts=({"name": _COMPONENT, "mountPath": _FOLDER, "readOnly": True},),
            files=hashes(),
        )


class ProgramsConfigMap(Construct):
    """The ConfigMap that holds the programs."""

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, demanded: Collection[str] = ()
    ) -> None:
        """Adds it to the tree.

        Args:
            scope: the release.
            id: its id in the tree.
            platform: the release as its components see it.
            demanded: those of `ON_DEMAND` that the release uses.
        """
        super().__init__(scope, id)
        name = platform.name(_COMPONENT)
        left_out = ON_DEMAND - set(demanded)
        data = {name: source for name, source in sources().items() if name not in left_out}
        config_map(self, "ConfigMap", name, platform.labels(_COMPONENT), data=data)
        self.contributor = Programs(config_map=name)
        """What mounts it."""

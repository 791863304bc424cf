"""What a deploy would change in a cluster: its objects before, and after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from cdk8s_airflow.cli.cluster.bundle import read_bundle
from cdk8s_airflow.cli.cluster.kubectl import FIELD_MANAGER, KubectlError, Object
from cdk8s_airflow.cli.cluster.release import Cluster

CONTEXT = 10_000_000
"""So many lines around a difference that kubectl shows both objects whole."""


def changes(cluster: Cluster, folder: Path) -> tuple[list[Object], list[Object]]:
    """The objects that a deploy would change or delete, and what they would be.

    The API server says so itself: defaults, other field managers and webhooks are in it.

    Args:
        cluster: the release.
        folder: the bundle.

    Raises:
        KubectlError: when the cluster refuses an object.
    """
    objects = read_bundle(folder)
    text = cluster.kubectl.run(
        *("diff", "--server-side", "--force-conflicts", f"--field-manager={FIELD_MANAGER}"),
        *("--filename", str(folder)),
        fine=(0, 1),
        environment={"KUBECTL_EXTERNAL_DIFF": f"diff -u -N -U{CONTEXT}"},
    )
    pairs = list(_pairs(text))
    before = [live for live, _ in pairs if live] + cluster.dropped(objects)
    return before, [merged for _, merged in pairs if merged]


def _pairs(text: str) -> Iterator[tuple[Object, Object]]:
    """The live and the merged object of each file of a unified diff with whole context."""
    old: list[str] = []
    new: list[str] = []
    inside = False
    for line in text.splitlines():
        if line.startswith("@@ ") and not inside:
            inside = True
        elif line.startswith("diff ") or (not inside and line.startswith(("--- ", "+++ "))):
            if inside:
                yield _read(old), _read(new)
            old, new, inside = [], [], False
        elif inside and line[:1] in (" ", "-", ""):
            old.append(line[1:])
            if line[:1] != "-":
                new.append(line[1:])
        elif inside and line[:1] == "+":
            new.append(line[1:])
        elif not line.startswith("\\"):
            raise KubectlError(f"kubectl diff says what is no diff: {line}")
    if inside:
        yield _read(old), _read(new)


def _read(lines: list[str]) -> Object:
    found: Object = yaml.safe_load("\n".join(lines)) or {}
    return found

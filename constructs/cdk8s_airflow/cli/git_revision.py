"""Manifests as a git revision has them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import yaml

from cdk8s_airflow.cli.cluster.kubectl import Object
from cdk8s_airflow.cli.exits import CommandError


def read_revision(revision: str, folder: Path) -> list[Object]:
    """The objects of a folder in a revision of the repository that it lies in.

    Raises:
        CommandError: when there is no such revision, no repository, or nothing in the folder then.
    """
    place = folder.resolve()
    root = place if place.is_dir() else place.parent
    names = _git(root, "ls-tree", "-z", "--name-only", revision, "./", revision=revision)
    objects: list[Object] = []
    for name in sorted(filter(None, names.split("\0"))):
        if name.endswith(".yaml"):
            text = _git(root, "show", f"{revision}:./{name}", revision=revision)
            objects += [document for document in yaml.safe_load_all(text) if document]
    if not objects:
        raise CommandError(f"no manifests in {folder} at {revision}")
    return objects


def _git(folder: Path, *arguments: str, revision: str) -> str:
    if revision.startswith("-"):
        raise CommandError(f"{revision}: expected cluster, a folder, or a git revision")
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8"
        )
    except FileNotFoundError:
        raise CommandError(f"{revision} is no folder, and git is not installed") from None
    if done.returncode:
        raise CommandError(
            f"{revision} is neither cluster, nor a folder, nor a git revision: "
            f"{done.stderr.strip().splitlines()[0]}"
        )
    return done.stdout

"""Folders of manifests of which only what has changed is written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from cdk8s_airflow.kubernetes.names import is_label

ONLY = "ONLY"
"""Variable with the names of the releases to write, separated by commas or spaces."""
INDEX = "fleet.json"
"""Names, namespaces and folders of all releases, as Argo CD's git generator reads them."""
MANIFESTS = (".yaml", ".yml", ".json")


def update_folder(folder: Path, fresh: Path) -> list[Path]:
    """Makes a folder equal to another, and touches no file that is equal already.

    Args:
        folder: the folder; it holds nothing but manifests.
        fresh: what it has to hold.

    Returns:
        The files that were written or deleted, sorted.

    Raises:
        ValueError: the folder holds other files, which would be deleted.
    """
    new = {path.relative_to(fresh): path for path in fresh.rglob("*") if path.is_file()}
    old = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    refuse_foreign(folder)
    changed = []
    for name, path in new.items():
        target, content = folder / name, path.read_bytes()
        if name not in old or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            changed.append(target)
    for name in old - new.keys():
        (folder / name).unlink()
        changed.append(folder / name)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return sorted(changed)


def update_fleet(outdir: Path, fresh: Path, *, whole: bool) -> list[Path]:
    """Makes the folders of a fleet equal to those in another folder.

    Args:
        outdir: the folder of the folders.
        fresh: what it has to hold, the index included.
        whole: whether `fresh` has all releases, so that folders of others are deleted.

    Returns:
        The files that were written or deleted, sorted.
    """
    outdir.mkdir(parents=True, exist_ok=True)
    if whole:
        return update_folder(outdir, fresh)
    changed = []
    for folder in sorted(path for path in fresh.iterdir() if path.is_dir()):
        changed += update_folder(outdir / folder.name, folder)
    return [*changed, *write_index(outdir, json.loads((fresh / INDEX).read_text("utf-8")))]


def refuse_foreign(folder: Path) -> None:
    """Raises ValueError when a folder holds anything but manifests."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    foreign = [str(path) for path in found if path.suffix not in MANIFESTS]
    if foreign:
        raise ValueError(
            f"{folder} holds {', '.join(foreign[:3])}, which would be deleted: the output of a "
            "release is a folder of manifests alone"
        )


def known_folders(outdir: Path) -> list[str]:
    """Folders of the releases of the last synth; empty before the first.

    Raises:
        ValueError: the index is not as `write_index` writes it.
    """
    index = outdir / INDEX
    if not index.is_file():
        return []
    try:
        found = json.loads(index.read_text("utf-8"))
        names = [each["folder"] for each in found] if isinstance(found, list) else [""]
        sound = all(isinstance(name, str) and is_label(name) for name in names)
    except (KeyError, TypeError, ValueError):
        sound = False
    if not sound:
        raise ValueError(
            f"{index} is no index of a fleet: restore it from git, or delete it and the folders of "
            "releases that are gone"
        )
    return names


def write_index(outdir: Path, releases: Iterable[Mapping[str, str]]) -> list[Path]:
    """Writes the index, if it changes; returns what was written."""
    text = json.dumps([*releases], indent=2) + "\n"
    index = outdir / INDEX
    if index.is_file() and index.read_text("utf-8") == text:
        return []
    index.write_text(text, "utf-8")
    return [index]


def delete_folders(outdir: Path, names: Iterable[str]) -> list[Path]:
    """Deletes folders of releases that are gone; returns those that were there."""
    gone = [outdir / name for name in names if (outdir / name).is_dir()]
    for folder in gone:
        refuse_foreign(folder)
    for folder in gone:
        shutil.rmtree(folder)
    return gone

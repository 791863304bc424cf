"""Builds the wheel and the sdist, and checks what an index and its users would see of them.

Usage: build_package.py [FOLDER]

Beside them it writes a bill of materials (CycloneDX): what an installation brings along, with the
versions of constraints.txt. Two builds of one commit are byte-identical.
"""

from __future__ import annotations

import email
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.metadata import Metadata
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from readme_renderer.markdown import render

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "package"
EXTRAS = ("node", "values")
"""What the bill of materials includes beside the plain dependencies."""


def build(folder: Path) -> tuple[Path, Path]:
    """The sdist and the wheel, made anew in an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel"]
    subprocess.run([*command, "-d", str(folder)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (sdist,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    return sdist, wheel


def problems(sdist: Path, wheel: Path) -> Iterator[str]:
    """What an index would refuse, or its page show wrongly."""
    texts = {wheel: _of_wheel(wheel, "METADATA"), sdist: _of_sdist(sdist, "PKG-INFO")}
    if len(set(texts.values())) > 1:
        yield f"{sdist.name} and {wheel.name} differ in their metadata"
    for path, text in texts.items():
        try:
            Metadata.from_email(text, validate=True)
        except Exception as error:  # a group of all that is wrong
            yield from (f"{path.name}: {each}" for each in getattr(error, "exceptions", [error]))
    readme = email.message_from_string(texts[wheel]).get_payload()
    if render(str(readme), variant="GFM") is None:
        yield "README.md cannot be rendered"
    for name in ("LICENSE",):
        if f"licenses/{name}" not in " ".join(zipfile.ZipFile(wheel).namelist()):
            yield f"{wheel.name} lacks {name}"
        if not _of_sdist(sdist, name):
            yield f"{sdist.name} lacks {name}"


def bill(wheel: Path) -> dict[str, object]:
    """What an installation of the wheel brings along, as this environment has it.

    Raises:
        PackageNotFoundError: when the environment lacks one of the dependencies.
    """
    root = Metadata.from_email(_of_wheel(wheel, "METADATA"))
    needs = dict(_closure(root.requires_dist or []))
    reference = f"pkg:pypi/{root.name}@{root.version}"
    component = {"type": "application", "bom-ref": reference, "purl": reference}
    licence = {"licenses": [{"expression": str(root.license_expression)}]}
    own = {_reference(each.name) for each in root.requires_dist or [] if _applies(each, EXTRAS)}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {**component, "name": root.name, "version": str(root.version), **licence}
        },
        "components": [_component(name) for name in sorted(needs)],
        "dependencies": [
            {"ref": reference, "dependsOn": sorted(own)},
            *(
                {"ref": _reference(name), "dependsOn": [_reference(each) for each in sorted(below)]}
                for name, below in sorted(needs.items())
            ),
        ],
    }


def _closure(needs: Iterable[Requirement]) -> Iterator[tuple[str, set[str]]]:
    """Each distribution that is needed, with those that it needs itself."""
    found: dict[str, set[str]] = {}
    waiting = [(each.name, frozenset(each.extras)) for each in needs if _applies(each, EXTRAS)]
    seen = set()
    while waiting:
        this, extras = waiting.pop()
        name = canonicalize_name(this)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        below = found.setdefault(name, set())
        for need in map(Requirement, distribution(name).requires or []):
            if _applies(need, extras):
                below.add(canonicalize_name(need.name))
                waiting.append((need.name, frozenset(need.extras)))
    yield from found.items()


def _applies(need: Requirement, extras: Iterable[str]) -> bool:
    return not need.marker or any(need.marker.evaluate({"extra": each}) for each in (*extras, ""))


def _component(name: str) -> dict[str, object]:
    found = distribution(name)
    stated = [found.metadata.get_all(name) or [""] for name in ("License-Expression", "License")]
    licence = next((str(texts[0]) for texts in stated if texts[0]), "")
    known = [
        each.rpartition(" :: ")[2]
        for each in found.metadata.get_all("Classifier") or []
        if each.startswith("License ::")
    ]
    if not licence or "\n" in licence:
        licence = " OR ".join(known)
    spdx = bool(re.fullmatch(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*", licence))
    told = {"expression": licence} if spdx else {"license": {"name": licence}}
    return {
        "type": "library",
        "bom-ref": _reference(name),
        "name": canonicalize_name(found.name),
        "version": found.version,
        "purl": _reference(name),
        **({"licenses": [told]} if licence else {}),
    }


def _reference(name: str) -> str:
    return f"pkg:pypi/{canonicalize_name(name)}@{distribution(name).version}"


def _of_wheel(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        (member,) = (each for each in archive.namelist() if each.endswith(f".dist-info/{name}"))
        return archive.read(member).decode()


def _of_sdist(path: Path, name: str) -> str:
    with tarfile.open(path) as archive:
        for member in archive:
            if member.name.split("/")[1:] == [name]:
                found = archive.extractfile(member)
                return found.read().decode() if found else ""
    return ""


def main() -> int:
    """The command line; the exit code."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    sdist, wheel = build(folder)
    found = list(problems(sdist, wheel))
    for line in found:
        print(f"package: {line}", file=sys.stderr)
    try:
        text = json.dumps(bill(wheel), indent=2) + "\n"
    except PackageNotFoundError as error:
        print(f"package: {error}: make clean, and again", file=sys.stderr)
        return 1
    materials = folder / f"{wheel.name.split('-py3')[0]}.cdx.json"
    materials.write_text(text)
    for path in (sdist, wheel, materials):
        print(path)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

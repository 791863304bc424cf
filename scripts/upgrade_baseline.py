"""Keeps the manifests of a version in tests/upgrade/last/, for what compares the next with it.

Usage: python upgrade_baseline.py [REVISION]

REVISION is what git calls the version: the tag of a release, made just before. Default: HEAD.
"""

from __future__ import annotations

import io
import lzma
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "upgrade" / "last"
BUNDLE = "dist/af1.k8s.yaml"
"""The default bundle in the repository."""
EXAMPLES = "examples.tar.xz"
"""Their manifests, and what they are made of."""


def keep(revision: str, folder: Path = FOLDER) -> None:
    """Writes the default bundle, the examples, and of which revision they are."""
    commit = _git("rev-parse", "--short=12", f"{revision}^{{commit}}").decode().strip()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / Path(BUNDLE).name).write_bytes(_git("show", f"{commit}:{BUNDLE}"))
    names = _git("ls-tree", "-r", "-z", "--name-only", commit, "examples/").decode().split("\0")
    kept = sorted(name for name in names if name and not name.endswith(".md"))
    texts = {name: _git("show", f"{commit}:{name}") for name in kept}
    (folder / EXAMPLES).write_bytes(_archive(texts))
    date = _git("show", "--no-patch", "--format=%cs", commit).decode().strip()
    version = revision if _is_tag(revision) else "no version yet"
    (folder / "REVISION").write_text(f"{commit} of {date}, {version}\n")


def _archive(files: dict[str, bytes]) -> bytes:
    """The same bytes for the same files: no time, no owner."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return lzma.compress(plain.getvalue(), preset=9 | lzma.PRESET_EXTREME)


def _is_tag(revision: str) -> bool:
    return revision in _git("tag", "--list").decode().split()


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout


if __name__ == "__main__":
    keep(sys.argv[1] if len(sys.argv) > 1 else "HEAD")

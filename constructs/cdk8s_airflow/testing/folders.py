"""What a synth writes: by a program, in files, as manifests."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from cdk8s_airflow.checks.bundle import Manifest

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DOCUMENT = re.compile(r"^---(?:\n|\Z)", re.MULTILINE)


def run_program(
    program: Path,
    folder: Path,
    env: Mapping[str, str] | None = None,
    working_folder: Path | None = None,
) -> None:
    """Run a program such as main.py with its output in a folder.

    Args:
        program: The program.
        folder: Where its manifests go.
        env: Variables on top of the present environment.
        working_folder: Where it runs; default: in its own folder, as under the command line.

    Raises:
        subprocess.CalledProcessError: The program failed.
    """
    inherited = {k: v for k, v in os.environ.items() if k not in {"RELEASE", "NAMESPACE"}}
    subprocess.run(
        [sys.executable, "-O", str(program)],
        cwd=working_folder or program.parent,
        env={**inherited, **(env or {}), "CDK8S_OUTDIR": str(folder)},
        check=True,
    )


def differences(first: Mapping[str, bytes], second: Mapping[str, bytes]) -> list[str]:
    """Return the names of files that two synths do not have in common, byte for byte."""
    return sorted(n for n in first.keys() | second.keys() if first.get(n) != second.get(n))


def parse(text: str) -> list[Manifest]:
    """Parse a stream of YAML documents; empty documents are left out."""
    found = (pickle.loads(_pickled(each)) for each in _DOCUMENT.split(text))
    try:
        return [document for documents in found for document in documents if document]
    except yaml.YAMLError:  # whose place is to be told as one in the stream
        return [document for document in yaml.load_all(text, Loader=_Loader) if document]


@lru_cache(maxsize=4096)
def _pickled(text: str) -> bytes:
    """Remembered, as most objects are the same in test after test; each gets its own copy."""
    return pickle.dumps([*yaml.load_all(text, Loader=_Loader)])


def read_files(folder: Path) -> dict[str, bytes]:
    """Read every file that a synth wrote, by its name below the folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read_folder(folder: Path) -> tuple[list[Manifest], dict[str, bytes]]:
    """Read every manifest file that a synth wrote."""
    files = read_files(folder)
    manifests = [
        manifest
        for name, content in files.items()
        if re.search(r"\.ya?ml$", name)
        for manifest in parse(content.decode())
    ]
    return manifests, files

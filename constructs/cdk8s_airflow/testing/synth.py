"""The one way in which tests synthesize: every bundle passes every check.

    def build(app: cdk8s.App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps())

    bundle = synthesize(build, tmp_path)
    assert bundle.one("Deployment", "af1-scheduler")["spec"]["replicas"] == 1

No check can be switched off. What a test may say is what the manifests cannot: which objects
the user brings (`external`), which fields newer than the oldest supported Kubernetes it uses
knowingly (`newer_fields`), and whose token is for others than Roles of the bundle (`tokens`).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

import cdk8s

from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing.every_check import CHECKS, Check, check
from cdk8s_airflow.testing.folders import (
    differences,
    parse,
    read_files,
    read_folder,
    run_program,
)

__all__ = [
    "CHECKS",
    "SYNTHS",
    "Build",
    "Check",
    "check",
    "differences",
    "parse",
    "read_files",
    "read_folder",
    "run_program",
    "synthesize",
]

Build: TypeAlias = Callable[[cdk8s.App], None]

SYNTHS = int(os.environ.get("SYNTHS", "2"))
"""How often a bundle is synthesized; `SYNTHS=1` does it once and compares nothing, for haste."""

_sound: set[bytes] = set()
"""Fingerprints of the bundles that have passed every check in this process."""


def synthesize(
    source: Build | Path,
    tmp_path: Path,
    *,
    external: Iterable[str] = (),
    newer_fields: Iterable[str] = (),
    tokens: Iterable[str] = (),
) -> Bundle:
    """Synthesize twice, compare the bytes, run every check.

    Bytes that have come out before, and were sound, are a second synth already.

    Args:
        source: A function that fills an App, or the path of a program that makes its own.
        tmp_path: A folder for the output; may be used again.
        external: Objects that the user brings, as `Kind/name`.
        newer_fields: Keys of `cdk8s_airflow.testing.schema.FIRST_MINOR`.
        tokens: ServiceAccounts whose pods have a token for a Vault, or for a Role of the user's.

    Returns:
        The bundle, for the assertions of the test.

    Raises:
        AssertionError: One or more checks found something; the message lists all of it.
    """
    folder = Path(tempfile.mkdtemp(prefix="synth-", dir=tmp_path))
    _write(source, folder)
    manifests, files = read_folder(folder)
    declared = (frozenset(external), frozenset(newer_fields), frozenset(tokens))
    bundle = Bundle(manifests, files, *declared)
    known = _fingerprint(bundle)
    if known not in _sound:
        problems = [] if manifests else ["the synth wrote no manifest"]
        for _ in range(1, SYNTHS):
            problems += _differences_again(source, bundle, tmp_path)
        check(bundle, problems)
        _sound.add(known)
    return bundle


def _write(source: Build | Path, folder: Path) -> None:
    if isinstance(source, Path):
        run_program(source, folder)
    else:
        app = cdk8s.App(outdir=str(folder))
        source(app)
        app.synth()


def _differences_again(source: Build | Path, bundle: Bundle, tmp_path: Path) -> list[str]:
    """Return what another synth makes differently."""
    again = Path(tempfile.mkdtemp(prefix="synth-", dir=tmp_path))
    _write(source, again)
    different = differences(bundle.files, read_files(again))
    return [f"{name}: differs in another synth" for name in different]


def _fingerprint(bundle: Bundle) -> bytes:
    """Return what the checks can tell bundles apart by."""
    declared = [sorted(each) for each in (bundle.external, bundle.newer_fields, bundle.tokens)]
    return hashlib.sha256(repr((declared, [*bundle.files.items()])).encode()).digest()

"""Fixtures of all tests."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from syrupy.assertion import SnapshotAssertion
from without_node import makes

from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing import synth
from cdk8s_airflow.testing.snapshots import ManifestSnapshot


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compare with `__snapshots__/<module>/<test>.k8s.yaml`; `--snapshot-update` writes it."""
    return snapshot.use_extension(ManifestSnapshot)


def pytest_collection_finish() -> None:
    """A third of a synth was the search for garbage among modules and tests, which stay anyway."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.fixture(autouse=True, scope="session")
def another_synth_in_python() -> Iterator[None]:
    """The second synth of each bundle is made in Python where that suffices, which is faster.

    What could differ, such as a random value or a state that a synth leaves behind, is all there.
    """
    in_node = synth._differences_again

    def differences(source: synth.Build | Path, bundle: Bundle, tmp_path: Path) -> list[str]:
        if callable(source) and makes(source, bundle.manifests):
            return []
        return in_node(source, bundle, tmp_path)

    with pytest.MonkeyPatch.context() as session:
        session.setattr(synth, "_differences_again", differences)
        yield


@pytest.fixture
def values_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """`synth` of values files fills its app in this process, as a start of Node is a second.

    That it starts a program is a test of its own: tests/unit/test_cli.py.
    """
    import cdk8s

    from cdk8s_airflow.cli import synth, values_app

    app = ["-O", "-m", values_app.__name__]

    def run(
        command: Sequence[str], *, env: Mapping[str, str], cwd: Path
    ) -> subprocess.CompletedProcess[str]:
        if [*command[1:4]] != app:
            return subprocess.run(command, env=env, cwd=cwd, text=True)
        code = 0
        with monkeypatch.context() as there:
            there.chdir(cwd)
            for name in os.environ.keys() - env.keys():
                there.delenv(name)
            for name, value in env.items():
                there.setenv(name, value)
            # Node has the environment that it was started with.
            there.setattr(values_app, "App", partial(cdk8s.App, outdir=env["CDK8S_OUTDIR"]))
            try:
                values_app.main(command[4:])
            except SystemExit as refusal:
                print(refusal, file=sys.stderr)
                code = 1
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(synth, "subprocess", SimpleNamespace(run=run))

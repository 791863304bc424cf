"""Fixtures of all tests."""

from __future__ import annotations

import pytest
from snapshots import ManifestSnapshot
from syrupy.assertion import SnapshotAssertion


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Compare with `__snapshots__/<module>/<test>.k8s.yaml`; `--snapshot-update` writes it."""
    return snapshot.use_extension(ManifestSnapshot)

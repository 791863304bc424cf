"""What is sent comes back from the API server as it was sent, so a second apply changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator

from cdk8s_airflow.checks.bundle import Bundle, Manifest, title
from cdk8s_airflow.testing.kube_api.changes import changes

_verdicts: dict[str, tuple[str, ...]] = {}


def check_stored(bundle: Bundle) -> Iterator[str]:
    """No field is dropped or written anew, and none is filled in where that would be a conflict."""
    for manifest in bundle.manifests:
        for change in _changes(manifest):
            yield f"{title(manifest)}: {change}"


def _changes(manifest: Manifest) -> tuple[str, ...]:
    """Remembered by content, since most objects return unchanged in test after test."""
    content = json.dumps(manifest, sort_keys=True)
    if content not in _verdicts:
        try:
            _verdicts[content] = tuple(changes(manifest))
        except (LookupError, ValueError) as error:
            _verdicts[content] = (str(error.args[0]),)
    return _verdicts[content]

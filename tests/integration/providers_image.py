"""Airflow's image with the providers of secrets backends, which the official one has."""

from __future__ import annotations

from dataclasses import replace

from .bundle import REPOSITORY
from .node.images import Image, airflow_environment, airflow_image

BACKENDS = REPOSITORY / "build" / "backends"
"""What ``setup`` installs from ``requirements-backends.txt``."""


BOTH = REPOSITORY / "build" / "airflow-with-providers"
"""These beside Airflow's own packages."""


def image_with_providers(tag: str = "") -> Image:
    """Airflow's image, with the providers among its packages."""
    plain = airflow_image(tag)
    (packages,) = airflow_environment().glob("lib/python3*/site-packages")
    inside = f"/home/airflow/.local/lib/{packages.parent.name}/site-packages"
    return replace(plain, binds={**plain.binds, inside: BOTH})

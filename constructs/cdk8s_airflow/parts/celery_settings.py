"""`[celery] extra_celery_config`: settings of Celery from the library and the user."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform

SECTION, OPTION = "celery", "extra_celery_config"


class CelerySettings(Part):
    """A part with settings of Celery; a release without Celery has none."""

    def settings(self, platform: Platform) -> Mapping[str, object]:
        """Settings for the servers of the release; the user's override them."""
        raise NotImplementedError


def settings_in(value: object) -> Mapping[str, object] | None:
    """The mapping in a value of the option, which may be JSON; None: it is neither."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    return value if isinstance(value, Mapping) else None


def merged(settings: Mapping[str, object], value: object) -> Mapping[str, object]:
    """The library's settings, overridden by the user's.

    Args:
        settings: the library's.
        value: the user's value of the option, checked; None: not set.
    """
    return {**settings, **(settings_in(value) or {})}

"""Celery's own settings, which Airflow takes as one option: the library's and the user's."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform

SECTION, OPTION = "celery", "extra_celery_config"


class CelerySettings(Part):
    """A part that has settings of Celery; without one a release has no Celery."""

    def settings(self, platform: Platform) -> Mapping[str, object]:
        """Those that suit the servers, below what the user says."""
        raise NotImplementedError


def settings_in(value: object) -> Mapping[str, object] | None:
    """What a value of the option says, a mapping or its JSON; None: it is neither."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    return value if isinstance(value, Mapping) else None


def merged(settings: Mapping[str, object], value: object) -> Mapping[str, object]:
    """The library's settings, and over each of them the user's.

    Args:
        settings: the library's.
        value: what the user gives the option, checked; None: nothing.
    """
    return {**settings, **(settings_in(value) or {})}

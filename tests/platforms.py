"""A release for what asks one alone: plain Python, without a chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.celery_settings import CelerySettings
from cdk8s_airflow.platform import Platform


@dataclass(frozen=True)
class Celery(CelerySettings):
    """A Celery with these settings."""

    given: Mapping[str, object] = field(default_factory=dict)

    def settings(self, platform: Platform) -> Mapping[str, object]:
        return self.given


def platform_of(*parts: Part) -> Platform:
    """A release with these parts; without any it has Celery."""
    return Platform(
        release="af1",
        airflow_version="3.3.2",
        image=Image(repository="apache/airflow", tag="3.3.2"),
        namespace="airflow",
        contributors=parts or (Celery(),),
    )

"""The one door for optional features that add to many pods: packages, Kerberos, a CA bundle."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from constructs import Construct

from cdk8s_airflow.parts.programs import Programs
from cdk8s_airflow.platform import Contributor, Platform


class Feature(Protocol):
    """Props of a feature that a release has or has not."""

    @property
    def programs(self) -> Collection[str]:
        """The programs of `ON_DEMAND` that its pods run."""
        ...

    def build(self, scope: Construct, platform: Platform, programs: Programs) -> Contributor:
        """Adds its objects to the bundle.

        Args:
            scope: the release.
            platform: the release, without its contributors.
            programs: what mounts the programs, for init containers.

        Returns:
            What it adds to the pods.
        """
        ...

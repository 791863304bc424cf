"""A check at the end of the build: no digest is of an image that the release does not use."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.kubernetes.image_digests import PinnedImages
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform


@dataclass(frozen=True)
class UsedDigests(Part):
    """Checks `image_digests`, when all pods are there."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds nothing.

        Raises:
            ValueError: for digests of other images.
        """
        if isinstance(platform.registry, PinnedImages):
            platform.registry.check_used()

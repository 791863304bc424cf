"""The check of a release that has objects of the user's own."""

from __future__ import annotations

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.checks.validation import validate_at_synth
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform


@dataclass(frozen=True)
class OwnObjects(Part):
    """Has all objects of the release checked at the synth.

    Extensions and manifests of the user's add some that no prop describes.
    """

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds nothing but the validation."""
        validate_at_synth(scope, release=platform.release)

"""Metrics of the refreshes of git DAG bundles, which Airflow itself does not count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cdk8s_airflow.dags.git import GitBundles
from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.part import Part
from cdk8s_airflow.parts.programs import importable, packaged
from cdk8s_airflow.platform import Platform, Role

_MODULE = "cdk8s_airflow_bundles"
_CLASS = f"{_MODULE}.CountedGitDagBundle"


@dataclass(frozen=True)
class BundleMetrics(Part):
    """Counts refreshes in the DAG processor, the one process that makes them."""

    def programs(self, platform: Platform) -> Mapping[str, str]:
        """The module with the class of the bundles."""
        return packaged(f"{_MODULE}.py") if platform.find(GitBundles) else {}

    def parts(self, role: Role, platform: Platform) -> PodParts:
        """The same bundles, by a class that counts."""
        bundles = platform.find(GitBundles)
        if role is not Role.DAG_PROCESSOR or bundles is None:
            return NOTHING
        return PodParts(env=bundles.config(_CLASS)) + importable(f"{_MODULE}.py")

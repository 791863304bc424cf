"""Dashboards of a release for Grafana."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from constructs import Construct

from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.labelled import AnnotationMap, LabelMap
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.part import Feature
from cdk8s_airflow.platform import Platform

_COMPONENT = "dashboards"
DASHBOARDS = ("overview", "scheduler", "workers", "servers")
"""The files that scripts/generate_dashboards.py has written."""


@dataclass(frozen=True, kw_only=True)
class Dashboards(Props, Feature):
    """Dashboards for Grafana: overview, scheduler and DAG processing, workers and queues, servers.

    Each is a ConfigMap with a label for which the sidecar of Grafana's chart looks in all
    namespaces. They have a variable for the data source, and begin with this release.
    """

    labels: LabelMap | None = None
    """Labels by which Grafana's sidecar finds ConfigMaps, in place of `grafana_dashboard: "1"`,
    which is what Grafana's chart and kube-prometheus-stack look for. Default: that one."""
    folder: str | None = None
    """Folder in Grafana, as the annotation `grafana_folder`; the sidecar needs
    `folderAnnotation: grafana_folder` to see it. Default: the sidecar's own."""
    annotations: AnnotationMap | None = None
    """Annotations of the ConfigMaps, for a sidecar that is set up otherwise. Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.labels is not None and not self.labels:
            yield (
                "Dashboards(labels={}): Grafana's sidecar would find nothing; name its label, or "
                "leave labels out"
            )
        if self.folder is not None and not self.folder.strip():
            yield (
                f"Dashboards(folder={self.folder!r}): expected a name such as 'Airflow'; leave it "
                "out for the sidecar's own"
            )

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds a ConfigMap for each dashboard."""
        owner, labels = Construct(scope, _COMPONENT), platform.labels(_COMPONENT)
        folder = {"grafana_folder": self.folder} if self.folder else {}
        for name in DASHBOARDS:
            KubernetesObject(
                owner,
                name,
                api_version="v1",
                kind="ConfigMap",
                name=platform.name(f"dashboard-{name}"),
                labels={**(self.labels or {"grafana_dashboard": "1"}), **labels.all},
                annotations={**folder, **(self.annotations or {})},
                # The sidecar writes the files of all ConfigMaps into one folder.
                body={"data": {f"{_whose(platform, '-')}-{name}.json": _text(name, platform)}},
            )


def _text(name: str, platform: Platform) -> str:
    """A dashboard under a name of its own, which begins with the release."""
    made = json.loads(files("cdk8s_airflow.parts").joinpath(f"dashboards/{name}.json").read_bytes())
    # Grafana takes one dashboard of a uid, which may have 40 characters.
    made["uid"] = f"airflow-{name}-{content_hash(_whose(platform, '/'))}"
    made["title"] += f" ({_whose(platform, '/')})"
    known = {"namespace": platform.namespace, "release": platform.release}
    for variable in made["templating"]["list"]:
        if value := known.get(variable["name"]):
            variable["current"] = {"text": value, "value": value}
    return json.dumps(made, separators=(",", ":"), sort_keys=True) + "\n"


def _whose(platform: Platform, between: str) -> str:
    return between.join(filter(None, (platform.namespace, platform.release)))

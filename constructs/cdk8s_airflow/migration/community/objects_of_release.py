"""Objects beside the release, and monitors."""

from __future__ import annotations

from typing import Any

import yaml

from cdk8s_airflow.migration.conversion import Target, truth
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    dropped,
    is_empty,
    plain,
)


def manifests(target: Target, value: Any) -> Outcome:
    """Manifests of the user's; Secrets have no place among them."""
    made, lost = target.conversion, False
    for each in value or []:
        read = list(yaml.safe_load_all(each)) if isinstance(each, str) else [each]
        for manifest in filter(None, read):
            if manifest.get("kind") == "Secret":
                name = plain((manifest.get("metadata") or {}).get("name"))
                made.secret(
                    name,
                    *(manifest.get("stringData") or manifest.get("data") or {}),
                    source="extraManifests",
                )
                lost = True
            else:
                made.manifests.append(manifest)
    note = "Secrets have no place in the bundle: create them" if lost else ""
    return Outcome("secret" if lost else "carried", "extraManifests" if value else "", note)


def settings(target: Target, value: Any) -> Outcome:
    """The text of an airflow_local_settings.py, in a ConfigMap of the bundle."""
    if is_empty(value):
        return Outcome("carried")
    made, file = target.conversion, "airflow_local_settings.py"
    name = made.name("local-settings")
    made.manifests.append(
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": name},
            "data": {file: str(value)},
        }
    )
    return _mount(target, {"configMap": {"name": name}})


def settings_secret(target: Target, value: Any) -> Outcome:
    """An airflow_local_settings.py in a Secret of the user's."""
    if is_empty(value):
        return Outcome("carried")
    return _mount(target, {"secret": {"secretName": value}})


def _mount(target: Target, source: dict[str, Any]) -> Outcome:
    file, volume = "airflow_local_settings.py", "local-settings"
    path = f"/opt/airflow/config/{file}"
    mount = {"name": volume, "mountPath": path, "subPath": file, "readOnly": True}
    pods = {"extraVolumes": [{"name": volume, **source}], "extraVolumeMounts": [mount]}
    target.put("airflowPods", pods)
    return Outcome("carried", "airflowPods.extraVolumes", "check it against Airflow 3")


MONITOR = dropped("metrics are the exporter's: metrics.serviceMonitor, not a page of the UI")


RULES = dropped("give PrometheusRules as extraManifests")


def monitor(target: Target, value: Any) -> Outcome:
    """A ServiceMonitor."""
    if not truth(value):
        return Outcome("carried", "", "off")
    path = target.put("metrics", {"kind": "StatsdExporter", "serviceMonitor": {}})
    note = "of the StatsD exporter, as Airflow 3 has no plugin with a page of metrics"
    return Outcome("changed", path, note)

"""Objects beside the release: ConfigMaps, Secrets, local settings, limits of the namespace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from cdk8s_airflow.migration.conversion import Target
from cdk8s_airflow.migration.old_values import has_template
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    is_empty,
    plain,
)


def config_maps(target: Target, value: Any) -> Outcome:
    """`extraConfigMaps`, as manifests of the bundle."""
    made, notes = target.conversion, []
    for name, each in (value or {}).items():
        data = _data(each.get("data"))
        manifest: dict[str, Any] = {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": str(name)},
            "data": data,
        }
        for field in ("labels", "annotations"):
            kept = {
                key: item
                for key, item in (each.get(field) or {}).items()
                if not str(key).startswith("helm.sh/")
            }
            if kept:
                manifest["metadata"][field] = kept
        if has_template(str(name)):
            notes.append(f"{name} has a template that nobody here can resolve: left out")
            continue
        if has_template(data):
            notes.append(f"{name} has templates in its data: read them")
        made.manifests.append(manifest)
    status: Any = "changed" if notes else "carried"
    return Outcome(status, "extraManifests" if value else "", "; ".join(notes))


def _data(data: Any) -> dict[str, str]:
    read = yaml.safe_load(data) if isinstance(data, str) else data
    return {str(key): plain(item) for key, item in (read or {}).items()}


def secrets(target: Target, value: Any) -> Outcome:
    """`extraSecrets`: the user creates them."""
    made = target.conversion
    if is_empty(value):
        return Outcome("carried")
    for name, each in value.items():
        keys = {**_data(each.get("data")), **_data(each.get("stringData"))}
        made.secret(str(name), *keys, source="extraSecrets")
    return Outcome("secret", "", f"create the Secrets {', '.join(map(str, value))}")


def settings(target: Target, value: Any) -> Outcome:
    """An airflow_local_settings.py, in a ConfigMap of the bundle."""
    if is_empty(value) or target.conversion.chart.default("airflowLocalSettings") == value:
        return Outcome("carried")
    text = str(value)
    if text.startswith("\n{{-") or "semverCompare" in text:
        return Outcome("carried", "", "the chart's own text, for old versions")
    made = target.conversion
    name = made.name("local-settings")
    if has_template(text):
        return Outcome(
            "dropped", "", "a template of the chart: write the file, and give it as plugins="
        )
    made.manifests.append(
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": name},
            "data": {"airflow_local_settings.py": text},
        }
    )
    file = "airflow_local_settings.py"
    made.root.put(
        "airflowPods",
        {
            "extraVolumes": [{"name": "local-settings", "configMap": {"name": name}}],
            "extraVolumeMounts": [
                {
                    "name": "local-settings",
                    "mountPath": f"/opt/airflow/config/{file}",
                    "subPath": file,
                    "readOnly": True,
                }
            ],
        },
    )
    return Outcome("carried", "airflowPods.extraVolumes", "check it against Airflow 3")


def quotas(target: Target, value: Any) -> Outcome:
    """A ResourceQuota of the namespace."""
    if is_empty(value):
        return Outcome("carried")
    hard = value.get("hard", value) if isinstance(value, Mapping) else {}
    found = {str(key): plain(item) for key, item in hard.items()}
    return Outcome("carried", target.put("namespaceLimits.quota", found))


def limits(target: Target, value: Any) -> Outcome:
    """A LimitRange of the namespace."""
    if is_empty(value):
        return Outcome("carried")
    lost = False
    names = {"default": "defaultLimits", "defaultRequest": "defaultRequests", "max": "maximum"}
    for each in value:
        for key, item in each.items():
            if key in names and each.get("type") == "Container":
                limits = {name: plain(size) for name, size in item.items()}
                target.put(f"namespaceLimits.{names[key]}", limits)
            elif key != "type":
                lost = True
    note = (
        "namespaceLimits has default requests, limits and a maximum for containers" if lost else ""
    )
    return Outcome("changed" if lost else "carried", "namespaceLimits", note)


def classes(target: Target, value: Any) -> Outcome:
    """PriorityClasses, with the names that the chart gives them."""
    for each in value or []:
        target.conversion.manifests.append(
            {
                "apiVersion": "scheduling.k8s.io/v1",
                "kind": "PriorityClass",
                "metadata": {"name": f"{target.conversion.release}-{each['name']}"},
                "value": each.get("value", 0),
                "preemptionPolicy": each.get("preemptionPolicy", "PreemptLowerPriority"),
            }
        )
    return Outcome("carried", "extraManifests" if value else "")

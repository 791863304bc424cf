"""Ingress objects of the community's chart."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Rule, Target
from cdk8s_airflow.migration.official.ingress import extra_path
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    is_empty,
    patched,
    plain,
)


def ui(made: Conversion) -> str:
    """The section of the UI's Ingress."""
    return "ingress.apiServer" if made.given("ingress.apiServer") else "ingress.web"


def start(made: Conversion) -> None:
    """Writes the exposure."""
    section = ui(made)
    ingress: dict[str, Any] = {"kind": "Ingress"}
    host = made.get(f"{section}.host")
    if host:
        ingress["host"] = host
    if path := plain(made.get(f"{section}.path")).rstrip("/"):
        ingress["webPath"] = path
    if name := made.get(f"{section}.ingressClassName"):
        ingress["className"] = name
    if made.on(f"{section}.tls.enabled") and host:
        ingress["tls"] = made.get(f"{section}.tls.secretName") or True
    if annotations := made.get(f"{section}.annotations"):
        ingress["webAnnotations"] = annotations
    if made.groups and made.on("flower.enabled"):
        _flower(made, ingress)
    paths = [
        found
        for key in ("precedingPaths", "succeedingPaths")
        for each in made.get(f"{section}.{key}") or []
        if (found := extra_path(each))
    ]
    if paths:
        ingress["extraPaths"] = paths
    made.root.put("exposure", ingress)


def _flower(made: Conversion, ingress: dict[str, Any]) -> None:
    section = "ingress.flower"
    path = plain(made.get(f"{section}.path")).rstrip("/")
    host = made.get(f"{section}.host")
    if host and host != ingress.get("host"):
        ingress["flowerHost"] = host
        ingress["flowerPath"] = path or "/"
        if made.on(f"{section}.tls.enabled"):
            ingress["flowerTls"] = made.get(f"{section}.tls.secretName") or True
    else:
        ingress["flowerPath"] = path or "/flower"
    if annotations := made.get(f"{section}.annotations"):
        ingress["flowerAnnotations"] = annotations


def _entry(section: str, path: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        made = target.conversion
        if is_empty(value):
            return Outcome("carried")
        if not made.on("ingress.enabled"):
            return Outcome("dead", "", "ingress.enabled is off")
        flower = section == "ingress.flower"
        if flower and not (made.groups and made.on("flower.enabled")):
            return Outcome("dead", "", "there is no Flower")
        if not flower and section != ui(made):
            return Outcome("dead", "", f"the UI has {ui(made)}")
        if flower and path in ("precedingPaths", "succeedingPaths"):
            return Outcome(
                "dropped", "", "extraPaths are of the UI's hosts; extraManifests takes an Ingress"
            )
        return Outcome("carried", f"exposure.{path}")

    return rule


def table(section: str, names: dict[str, str]) -> dict[str, Rule]:
    """The keys of one Ingress: key -> rule."""
    labels = patched("Ingress", lambda value: {"metadata": {"labels": value}})
    component = "flower" if section.endswith("flower") else "api-server"

    def labelled(target: Target, value: Any) -> Outcome:
        made = _entry(section, "patches")(target, value)
        if made.status != "carried" or is_empty(value):
            return made
        here = Target(target.conversion, {}, "", component, "Ingress")
        return labels(here, value)

    return {
        **{f"{section}.{key}": _entry(section, path) for key, path in names.items()},
        f"{section}.labels": labelled,
    }


WEB = {
    "annotations": "webAnnotations",
    "host": "host",
    "ingressClassName": "className",
    "path": "webPath",
    "tls.enabled": "tls",
    "tls.secretName": "tls",
    "precedingPaths": "extraPaths",
    "succeedingPaths": "extraPaths",
}


FLOWER = {
    "annotations": "flowerAnnotations",
    "host": "flowerHost",
    "ingressClassName": "className",
    "path": "flowerPath",
    "tls.enabled": "flowerTls",
    "tls.secretName": "flowerTls",
    "precedingPaths": "precedingPaths",
    "succeedingPaths": "succeedingPaths",
}

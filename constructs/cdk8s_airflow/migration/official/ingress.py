"""Ingress objects of the UI and of Flower."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target, truth
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import below, dropped, is_empty, plain

_PARTS = ("web", "apiServer", "flower", "statsd", "pgbouncer")


def enabled(made: Conversion, part: str) -> bool:
    """Whether the chart makes this Ingress; `ingress.enabled` is for all of users at once."""
    if made.on("ingress.enabled") and part in ("web", "apiServer", "flower"):
        return part != "flower" or made.on("flower.enabled")
    if part == "flower" and not made.on("flower.enabled"):
        return False
    return made.on(f"ingress.{part}.enabled")


def ui_part(made: Conversion) -> str:
    """The section that the UI has, `web` for Airflow 2, `apiServer` for 3; empty: no Ingress."""
    part = "web" if made.airflow2 else "apiServer"
    return part if enabled(made, part) else ""


def start(made: Conversion) -> None:
    """Writes the exposure."""
    part = ui_part(made)
    flower = enabled(made, "flower") and bool(made.groups)
    if not part:
        return
    ingress: dict[str, Any] = {"kind": "Ingress"}
    hosts = hosts_of(made, f"ingress.{part}")
    if hosts:
        ingress["hosts"] = [each["name"] if each["tls"] is None else each for each in hosts]
    if path := _path(made.get(f"ingress.{part}.path")):
        ingress["webPath"] = path
    if name := made.get(f"ingress.{part}.ingressClassName"):
        ingress["className"] = name
    if (
        tls := _tls(
            made.get(f"ingress.{part}.tls.enabled"), made.get(f"ingress.{part}.tls.secretName")
        )
    ) and hosts:
        ingress["tls"] = tls
    if annotations := made.get(f"ingress.{part}.annotations"):
        ingress["webAnnotations"] = annotations
    if flower:
        _flower(made, ingress, hosts)
    if extra := _extra(made, part):
        ingress["extraPaths"] = extra
    made.root.put("exposure", ingress)


def hosts_of(made: Conversion, section: str) -> list[dict[str, Any]]:
    """Name and certificate of each host of an Ingress."""
    found = []
    for each in made.get(f"{section}.hosts") or []:
        if isinstance(each, str):
            found.append({"name": each, "tls": None})
        elif each.get("name"):
            tls = each.get("tls") or {}
            found.append(
                {"name": each["name"], "tls": _tls(tls.get("enabled"), tls.get("secretName"))}
            )
    if not found and (host := made.get(f"{section}.host")):
        found.append({"name": host, "tls": None})
    return found


def _tls(enabled: Any, secret: Any) -> Any:
    if not truth(enabled):
        return None
    return secret or True


def _path(value: Any) -> str:
    path = plain(value).rstrip("*").rstrip("/")
    return path if path not in ("", "/") else ""


def _flower(made: Conversion, ingress: dict[str, Any], hosts: list[dict[str, Any]]) -> None:
    section = "ingress.flower"
    own = hosts_of(made, section)
    path = _path(made.get(f"{section}.path"))
    names = [each["name"] for each in hosts]
    if own and own[0]["name"] not in names:
        ingress["flowerHost"] = own[0]["name"]
        ingress["flowerPath"] = path or "/"
        tls = own[0]["tls"] or _tls(
            made.get(f"{section}.tls.enabled"), made.get(f"{section}.tls.secretName")
        )
        if tls:
            ingress["flowerTls"] = tls
    else:
        ingress["flowerPath"] = path or "/flower"
    if annotations := made.get(f"{section}.annotations"):
        ingress["flowerAnnotations"] = annotations


def _extra(made: Conversion, part: str) -> list[dict[str, Any]]:
    found = []
    for key in ("precedingPaths", "succeedingPaths"):
        for each in made.get(f"ingress.{part}.{key}") or []:
            if made_path := extra_path(each):
                found.append(made_path)
    return found


def extra_path(each: dict[str, Any]) -> dict[str, Any] | None:
    """A further path; both charts spell it alike."""
    service = each.get("serviceName") or ((each.get("backend") or {}).get("service") or {}).get(
        "name"
    )
    port = each.get("servicePort") or (
        ((each.get("backend") or {}).get("service") or {}).get("port") or {}
    ).get("number")
    if not service or port is None:
        return None
    found = {"path": plain(each.get("path")).rstrip("*") or "/", "service": service}
    found["port"] = port if isinstance(port, int) or not plain(port).isdigit() else int(port)
    kind = each.get("pathType")
    return {**found, **({"pathType": kind} if kind else {})}


def _dead(target: Target, part: str) -> str:
    made = target.conversion
    if part in ("statsd", "pgbouncer"):
        return "" if enabled(made, part) else f"ingress.{part}.enabled is off"
    if part == "flower" and not made.groups:
        return "there is no Flower without Celery"
    if not enabled(made, part):
        return f"the Ingress of {part} is off"
    if part in ("web", "apiServer") and ui_part(made) != part:
        return f"the UI of this Airflow has ingress.{'web' if made.airflow2 else 'apiServer'}"
    return ""


def _to(part: str, path: str, *, note: str = "") -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        if why := _dead(target, part):
            return Outcome("dead", "", why)
        return Outcome("carried", f"exposure.{path}", note)

    return rule


def _path_type(part: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if why := _dead(target, part):
            return Outcome("dead", "", why)
        path = plain(target.conversion.get(f"ingress.{part}.path"))
        if plain(value) == "Prefix" or path in ("", "/", "/*"):
            return Outcome("carried", "exposure", "the path is a Prefix: all below it")
        return Outcome("changed", "exposure", "the path is a Prefix: all below it is the UI's")

    return rule


def _switch(part: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if not truth(value):
            return Outcome("carried", "", "no Ingress")
        if part == "flower" and not target.conversion.on("flower.enabled"):
            return Outcome("dead", "", "flower.enabled is off")
        if why := _dead(target, part):
            return Outcome("dead", "", why)
        return Outcome("carried", "exposure")

    return rule


def _metrics(target: Target, value: Any) -> Outcome:
    if not truth(value):
        return Outcome("carried", "", "no Ingress")
    return Outcome(
        "dropped", "", "metrics are for the cluster; extraManifests takes an Ingress of yours"
    )


def _all(target: Target, value: Any) -> Outcome:
    return Outcome("carried", "exposure" if truth(value) else "")


def _of(part: str, ui: bool) -> dict[str, Rule]:
    hosts = "hosts" if ui else "flowerHost"
    return {
        "enabled": _switch(part),
        "annotations": _to(part, "webAnnotations" if ui else "flowerAnnotations"),
        "host": _to(part, hosts),
        "hosts": _hosts(part, hosts),
        "ingressClassName": _to(part, "className") if ui else _class(part),
        "path": _to(part, "webPath" if ui else "flowerPath"),
        "pathType": _path_type(part),
        "tls.enabled": _to(part, "tls" if ui else "flowerTls"),
        "tls.secretName": _to(part, "tls" if ui else "flowerTls"),
        "precedingPaths": _to(part, "extraPaths"),
        "succeedingPaths": _to(part, "extraPaths"),
    }


def _hosts(part: str, to: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        outcome = _to(part, to)(target, value)
        if part == "flower" and outcome.status == "carried" and len(value or []) > 1:
            return Outcome("changed", outcome.to, "Flower has one host; extraManifests takes more")
        return outcome

    return rule


def _class(part: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        if why := _dead(target, part):
            return Outcome("dead", "", why)
        ui = (target.conversion.out.get("exposure") or {}).get("className")
        if ui in (None, value):
            return Outcome("carried", target.conversion.root.put("exposure.className", value))
        return Outcome("changed", "exposure.className", f"both have the class of the UI, {ui}")

    return rule


def _of_metrics(part: str) -> dict[str, Rule]:
    away = dropped("metrics are for the cluster; extraManifests takes an Ingress of yours")

    def rule(target: Target, value: Any) -> Outcome:
        why = _dead(target, part)
        return Outcome("dead", "", why) if why and not is_empty(value) else away(target, value)

    keys = ("annotations", "host", "hosts", "ingressClassName", "path", "pathType")
    return {"enabled": _metrics, **dict.fromkeys(keys, rule)}


TABLE: Table = {
    "ingress.enabled": _all,
    **below("ingress.web", _of("web", True)),
    **below("ingress.apiServer", _of("apiServer", True)),
    **below("ingress.flower", _of("flower", False)),
    **below("ingress.statsd", _of_metrics("statsd")),
    **below("ingress.pgbouncer", _of_metrics("pgbouncer")),
}

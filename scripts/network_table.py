"""Writes who talks to whom into docs/network.md, from the policies of the default bundle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
BUNDLE = ROOT / "dist" / "af1.k8s.yaml"
DOCUMENT = ROOT / "docs" / "network.md"
_TABLE = re.compile(r"(?<=<!-- table -->\n).*?(?=<!-- end of table -->)", re.DOTALL)
_COMPONENT = "app.kubernetes.io/component"
_DNS = {"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}


def table(policies: Iterable[Mapping[str, Any]]) -> str:
    """A row for each NetworkPolicy: the component, whom it connects to, who connects to it."""
    rows = ["| component | connects to | is reached by |", "|---|---|---|"]
    specs = (policy["spec"] for policy in policies)
    for spec in sorted(specs, key=lambda spec: _name(spec["podSelector"])):
        egress = [_rule(rule, "to") for rule in spec["egress"] if rule != _DNS]
        ingress = [_rule(rule, "from") for rule in spec.get("ingress", [])]
        name = _name(spec["podSelector"])
        rows.append(f"| {name} | {'; '.join(egress) or '-'} | {'; '.join(ingress) or '-'} |")
    return "\n".join(rows) + "\n"


def with_table(text: str, policies: Iterable[Mapping[str, Any]]) -> str:
    """The document with the table in its place."""
    return _TABLE.sub(table(policies), text)


def policies_of(path: Path) -> list[Mapping[str, Any]]:
    """The NetworkPolicies of a file of manifests."""
    manifests = yaml.safe_load_all(path.read_text())
    return [manifest for manifest in manifests if manifest["kind"] == "NetworkPolicy"]


def _rule(rule: Mapping[str, Any], side: str) -> str:
    peers = ", ".join(dict.fromkeys(_peer(peer) for peer in rule.get(side) or []))
    ports = ", ".join(
        f"{port['port']}" + ("" if port["protocol"] == "TCP" else f"/{port['protocol']}")
        for port in rule.get("ports") or []
    )
    return f"{peers or 'any address'}: {ports or 'any port'}"


def _peer(peer: Mapping[str, Any]) -> str:
    if "podSelector" in peer:
        return _name(peer["podSelector"])
    return "any address but metadata services"


def _name(selector: Mapping[str, Any]) -> str:
    name: str = selector["matchLabels"][_COMPONENT]
    return name


if __name__ == "__main__":
    DOCUMENT.write_text(with_table(DOCUMENT.read_text(), policies_of(BUNDLE)))

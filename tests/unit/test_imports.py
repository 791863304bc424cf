"""The bindings of custom resources are of the definitions that are there.

That nobody edited them is tested in tests/integration/test_bindings.py.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cdk8s
import pytest
import yaml
from crds import CRDS

from cdk8s_airflow.testing.schema import verdict

ROOT = Path(__file__).resolve().parents[2]
IMPORTS = ROOT / "imports"
GROUPS = sorted({crd.group for crd in CRDS})

MODULES = {
    "cert-manager.io": "airflow_crds.io.cert_manager",
    "external-secrets.io": "airflow_crds.io.external_secrets",
    "gateway.networking.k8s.io": "airflow_crds.io.k8s.networking.gateway",
    "keda.sh": "airflow_crds.sh.keda",
    "monitoring.coreos.com": "airflow_crds.com.coreos.monitoring",
}
MINIMAL: dict[str, Any] = {
    "Certificate": {"issuer_ref": {"name": "issuer"}, "secret_name": "certificate"},
    "ExternalSecret": {
        "secret_store_ref": {"name": "vault"},
        "data_from": [{"extract": {"key": "airflow"}}],
    },
    "HTTPRoute": {
        "parent_refs": [{"name": "gateway", "sectionName": "https"}],
        "hostnames": ["a.example.com"],
    },
    "Issuer": {"ca": {"secret_name": "authority"}},
    "PodMonitor": {"selector": {}, "pod_metrics_endpoints": [{"port": "metrics"}]},
    "PrometheusRule": {
        "groups": [{"name": "airflow", "rules": [{"alert": "Down", "expr": "up == 0"}]}]
    },
    "ScaledObject": {
        "scale_target_ref": {"name": "x"},
        "triggers": [{"type": "cpu", "metadata": {"value": "1"}}],
    },
    "ServiceMonitor": {"selector": {}, "endpoints": [{"port": "metrics"}]},
    "TriggerAuthentication": {
        "secret_target_ref": [{"parameter": "password", "name": "a", "key": "b"}]
    },
}


def definitions() -> Iterator[Any]:
    for group in GROUPS:
        yield from yaml.safe_load_all((IMPORTS / "crds" / f"{group}.yaml").read_text())


def test_the_definitions_are_those_that_the_script_names() -> None:
    names = [
        (d["spec"]["group"], d["spec"]["versions"][0]["name"], d["spec"]["names"]["kind"])
        for d in definitions()
    ]
    assert sorted(names) == sorted((crd.group, crd.version, crd.kind) for crd in CRDS)
    assert {path.stem for path in (IMPORTS / "crds").glob("*.yaml")} == set(GROUPS) == set(MODULES)


def test_the_readme_names_what_the_script_pins() -> None:
    script = (ROOT / "scripts/imports.sh").read_text()
    table = (IMPORTS / "README.md").read_text()
    for crd in CRDS:
        version = script.split(f"{crd.package}@")[1].split()[0].rstrip(")")
        assert f"`@kubernetes-models/{crd.package}` {version} |" in table
        assert f"`{MODULES[crd.group]}`" in table
        assert crd.kind in table


@pytest.mark.parametrize("crd", CRDS, ids=lambda crd: crd.kind)
def test_an_object_of_a_binding_is_valid(crd: Any, tmp_path: Path) -> None:
    module = importlib.import_module(MODULES[crd.group])
    kind = crd.kind if hasattr(module, crd.kind) else crd.kind.replace("HTTP", "Http")
    app = cdk8s.App(outdir=str(tmp_path))
    getattr(module, kind)(cdk8s.Chart(app, "c"), "x", spec=MINIMAL[crd.kind])
    (manifest,) = yaml.safe_load_all(app.synth_yaml())
    assert manifest["spec"]
    assert verdict(manifest, 30) == ()
    assert verdict({**manifest, "spec": {**manifest["spec"], "bogus": 1}}, 30) != ()


def test_numbers_are_integers_where_the_api_server_wants_them() -> None:
    (scaled,) = [d for d in definitions() if d["spec"]["names"]["kind"] == "ScaledObject"]
    spec = scaled["spec"]["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["spec"]
    counts = [
        name for name, schema in spec["properties"].items() if schema.get("type") == "integer"
    ]
    assert counts == [
        "cooldownPeriod",
        "idleReplicaCount",
        "initialCooldownPeriod",
        "maxReplicaCount",
        "minReplicaCount",
        "pollingInterval",
    ]
    fallback = spec["properties"]["fallback"]["properties"]
    assert fallback["failureThreshold"]["type"] == "integer"

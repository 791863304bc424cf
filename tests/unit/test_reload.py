from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ConfigMapKey,
    DagsFolder,
    ExternalPostgresql,
    ExternalRedis,
    SchedulerProps,
    SecretKey,
    TriggererProps,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
CONFIG_MAPS = "configmap.reloader.stakater.com/reload"
SECRETS = "secret.reloader.stakater.com/reload"
BROUGHT = {
    "database": ExternalPostgresql(
        host="db.example.com", password=SecretKey(name="db", key="password")
    ),
    "broker": ExternalRedis(
        host="redis.example.com", password=SecretKey(name="queue", key="password")
    ),
    "env": {"REGION": ConfigMapKey(name="site", key="region")},
}
OBJECTS = ("Secret/db", "Secret/queue", "ConfigMap/site")


def bundle_of(tmp_path: Path, *external: str, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path, external=external)


def annotated(bundle: Bundle, annotation: str) -> dict[str, str]:
    """Workload -> value of the annotation on it."""
    return {
        f"{m['kind']}/{m['metadata']['name']}": m["metadata"]["annotations"][annotation]
        for m in bundle.manifests
        if annotation in (m["metadata"].get("annotations") or {})
    }


def test_every_workload_names_what_it_consumes_and_no_more(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, *OBJECTS, reload="reloader", **BROUGHT)
    assert annotated(bundle, SECRETS) == {
        "Deployment/af1-api-server": "af1-api-secret-key,af1-fernet-key,af1-jwt-secret,db",
        "Deployment/af1-dag-processor": "af1-fernet-key,db",
        "Deployment/af1-scheduler": "af1-fernet-key,af1-jwt-secret,db,queue",
        "StatefulSet/af1-triggerer": "af1-api-secret-key,af1-fernet-key,db",
        "StatefulSet/af1-worker": "af1-api-secret-key,queue",
    }


def test_config_maps_of_the_bundle_are_left_to_the_checksum(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, *OBJECTS, reload="reloader", **BROUGHT)
    found = annotated(bundle, CONFIG_MAPS)
    assert set(found.values()) == {"site"}
    assert set(found) == set(annotated(bundle, SECRETS))


def test_what_one_pod_adds_by_volume_or_sidecar_counts_too(tmp_path: Path) -> None:
    projected = {"sources": [{"secret": {"name": "ca"}}, {"configMap": {"name": "hosts"}}]}
    volumes = [
        {"name": "keytab", "secret": {"secretName": "keytab"}},
        {"name": "both", "projected": projected},
    ]
    mounts = [{"name": name, "mountPath": f"/{name}"} for name in ("keytab", "both")]
    source = {"configMapRef": {"name": "proxy"}}
    resources = {
        "requests": {"cpu": "1m", "memory": "1Mi", "ephemeral-storage": "1Mi"},
        "limits": {"memory": "1Mi"},
    }
    init = {"name": "i", "image": "busybox:1.37", "envFrom": [source], "resources": resources}
    props = SchedulerProps(extra_volumes=volumes, extra_volume_mounts=mounts)
    bundle = bundle_of(
        tmp_path,
        *("Secret/keytab", "Secret/ca", "ConfigMap/hosts", "ConfigMap/proxy"),
        reload="reloader",
        scheduler=props,
        triggerer=TriggererProps(extra_init_containers=[init]),
    )
    secrets = annotated(bundle, SECRETS)
    assert {"ca", "keytab"} <= set(secrets.pop("Deployment/af1-scheduler").split(","))
    assert not {"ca", "keytab"} & set(",".join(secrets.values()).split(","))
    assert annotated(bundle, CONFIG_MAPS) == {
        "Deployment/af1-scheduler": "hosts",
        "StatefulSet/af1-triggerer": "proxy",
    }


def test_jobs_run_once_and_are_not_annotated(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, reload="reloader")
    kinds = {name.split("/")[0] for name in annotated(bundle, SECRETS)}
    assert kinds == {"Deployment", "StatefulSet"}
    assert annotated(bundle, SECRETS)["StatefulSet/af1-postgresql"] == "af1-postgresql"


def test_the_configmapcontroller_of_the_old_chart_knows_config_maps_only(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, *OBJECTS, reload="configmapcontroller", **BROUGHT)
    found = annotated(bundle, "configmap.fabric8.io/update-on-change")
    assert set(found.values()) == {"site"} and len(found) == 5
    assert annotated(bundle, SECRETS) == annotated(bundle, CONFIG_MAPS) == {}


def test_without_the_option_nothing_is_annotated(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, *OBJECTS, **BROUGHT)
    for annotation in (SECRETS, CONFIG_MAPS, "configmap.fabric8.io/update-on-change"):
        assert annotated(bundle, annotation) == {}


def test_a_controller_that_is_not_known_is_refused() -> None:
    with pytest.raises(TypeError, match=r"reload='reloder'.*expected.*'reloader'"):
        resolve(AirflowProps(dags=DAGS, reload="reloder"), "af1")  # type: ignore[arg-type]

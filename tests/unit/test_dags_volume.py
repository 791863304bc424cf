from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import ApiObject, App, JsonPatch

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagProcessorProps,
    DagsVolume,
    KubernetesExecutor,
    LocalExecutor,
    PluginsInDags,
    VolumeClaim,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing.synth import synthesize

CONSUMERS = {"dag-processor", "worker"}


def bundle_of(dags: DagsVolume, tmp_path: Path, *external: str, **more: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=dags, **more))

    return synthesize(build, tmp_path, external=external)


def mounts(bundle: Bundle) -> dict[str, dict[str, Any]]:
    """Component -> the mount of the main container at Airflow's DAG folder."""
    return {
        pod.component: mount
        for pod in bundle.pods
        for mount in pod.spec["containers"][0].get("volumeMounts") or []
        if mount["mountPath"] == "/opt/airflow/dags"
    }


def test_an_existing_claim_is_mounted_read_only_where_dags_are_read(tmp_path: Path) -> None:
    claim = "PersistentVolumeClaim/team-dags"
    bundle = bundle_of(DagsVolume("team-dags"), tmp_path, claim)
    assert bundle.all("PersistentVolumeClaim") == []
    assert set(mounts(bundle)) == CONSUMERS
    assert all(mount["readOnly"] is True for mount in mounts(bundle).values())
    for pod in bundle.pods:
        volumes = [v for v in pod.volumes if "persistentVolumeClaim" in v]
        assert bool(volumes) is (pod.component in CONSUMERS)
        for volume in volumes:
            source = {"claimName": "team-dags", "readOnly": True}
            assert volume["persistentVolumeClaim"] == source


def test_the_dag_folder_is_the_mount(tmp_path: Path) -> None:
    bundle = bundle_of(DagsVolume(VolumeClaim(size="1Gi"), refresh_interval=300), tmp_path)
    for kind, name in (("Deployment", "af1-dag-processor"), ("StatefulSet", "af1-worker")):
        env = {e["name"]: e.get("value") for e in bundle.container(kind, name)["env"]}
        assert env["AIRFLOW__CORE__DAGS_FOLDER"] == "/opt/airflow/dags"
        config = env["AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST"]
        assert '"refresh_interval": 300' in config and '"path": "/opt/airflow/dags"' in config


def test_a_new_claim_is_an_object_of_the_bundle(tmp_path: Path) -> None:
    claim = VolumeClaim(size="5Gi", storage_class="nfs", access_mode="ReadWriteMany")
    bundle = bundle_of(DagsVolume(claim), tmp_path)
    made = bundle.one("PersistentVolumeClaim", "af1-dags")
    assert made["spec"] == {
        "accessModes": ["ReadWriteMany"],
        "resources": {"requests": {"storage": "5Gi"}},
        "storageClassName": "nfs",
    }
    assert made["metadata"]["labels"]["app.kubernetes.io/instance"] == "af1"


def test_a_volume_that_exists_is_bound_without_a_class(tmp_path: Path) -> None:
    claim = VolumeClaim(size="5Gi", volume_name="nfs-dags", access_mode="ReadOnlyMany")
    spec = bundle_of(DagsVolume(claim), tmp_path).one("PersistentVolumeClaim", "af1-dags")["spec"]
    assert (spec["volumeName"], spec["storageClassName"]) == ("nfs-dags", "")


def test_a_folder_of_the_volume_is_all_that_pods_see(tmp_path: Path) -> None:
    dags = DagsVolume(VolumeClaim(size="1Gi"), sub_path="team/dags")
    assert {m["subPath"] for m in mounts(bundle_of(dags, tmp_path)).values()} == {"team/dags"}


@pytest.mark.parametrize(
    ("writable_by", "executor", "writers"),
    [
        (["dag-processor"], CeleryExecutor(), {"dag-processor"}),
        (["worker"], CeleryExecutor(), {"worker"}),
        (["worker"], KubernetesExecutor(), {"task"}),
        (["worker"], LocalExecutor(), {"scheduler"}),
        (["worker", "dag-processor"], CeleryExecutor(), {"dag-processor", "worker"}),
    ],
)
def test_who_syncs_through_a_pod_may_write_there_and_nowhere_else(
    tmp_path: Path, writable_by: Any, executor: Any, writers: set[str]
) -> None:
    dags = DagsVolume(VolumeClaim(size="1Gi"), writable_by=writable_by)
    bundle = bundle_of(dags, tmp_path, executor=executor, plugins=PluginsInDags())
    found = mounts(bundle)
    assert found.keys() > writers, "API server and triggerer have the plugins too"
    assert {name for name in found if "readOnly" not in found[name]} == writers
    for pod in bundle.pods:
        for volume in pod.volumes:
            if volume["name"] == "dags":
                source = volume["persistentVolumeClaim"]
                assert ("readOnly" not in source) is (pod.component in writers)


def test_nobody_writes_to_a_claim_that_is_only_read() -> None:
    claim = VolumeClaim(size="1Gi", volume_name="nfs", access_mode="ReadOnlyMany")
    with pytest.raises(ValueError, match=r"writable_by=\['worker'\]\): nobody may write to a"):
        DagsVolume(claim, writable_by=["worker"])


@pytest.mark.parametrize("mode", ["ReadWriteOnce", "ReadWriteOncePod"])
def test_a_mode_for_one_pod_cannot_serve_several(mode: Any, tmp_path: Path) -> None:
    claim = VolumeClaim(size="1Gi", access_mode=mode)
    with pytest.raises(
        Exception,
        match=rf"access_mode='{mode}'.*'af1-dags' serves one pod.*af1-dag-processor \(1\), "
        r"af1-worker \(2\); use 'ReadWriteMany'",
    ):
        bundle_of(DagsVolume(claim), tmp_path)


def test_a_mode_for_one_pod_serves_exactly_one(tmp_path: Path) -> None:
    dags = DagsVolume(VolumeClaim(size="1Gi", access_mode="ReadWriteOnce"))
    executor = CeleryExecutor(workers=[WorkerGroup(replicas=0)])
    assert bundle_of(dags, tmp_path, executor=executor).all("PersistentVolumeClaim")
    for changed in (
        {"executor": CeleryExecutor(workers=[WorkerGroup(replicas=1)])},
        {"executor": executor, "dag_processor": DagProcessorProps(replicas=2)},
    ):
        with pytest.raises(Exception, match="serves one pod"):
            bundle_of(dags, tmp_path, **changed)


def test_a_workload_that_another_controller_scales_counts_as_many(tmp_path: Path) -> None:
    def build(app: App) -> None:
        dags = DagsVolume(VolumeClaim(size="1Gi", access_mode="ReadWriteOnce"))
        executor = CeleryExecutor(workers=[WorkerGroup(replicas=0)])
        props = AirflowProps(dags=dags, executor=executor)
        airflow = AirflowChart(app, "af1", namespace="airflow", props=props).airflow
        patch = JsonPatch.remove("/spec/replicas")
        ApiObject.of(airflow.dag_processor).add_json_patch(patch)

    with pytest.raises(Exception, match=r"af1-dag-processor \(inf\)"):
        synthesize(build, tmp_path)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"claim": "No_Name"}, r"DagsVolume.claim='No_Name' cannot be the name"),
        ({"claim": "a", "sub_path": "/dags"}, "expected a path below the root of the volume"),
        ({"claim": "a", "sub_path": "a/../../b"}, "expected a path below the root"),
        ({"claim": "a", "sub_path": ""}, "expected a path below the root"),
        ({"claim": "a", "refresh_interval": 0}, "refresh_interval=0.*expected 1 or more seconds"),
    ],
)
def test_a_malformed_volume_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        DagsVolume(**given)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"size": "5 GB"}, ValueError, r"VolumeClaim.size='5 GB': expected a quantity"),
        ({"size": "1Gi", "volume_name": "A"}, ValueError, "VolumeClaim.volume_name='A' cannot be"),
        (
            {"size": "1Gi", "access_mode": "ReadOnlyMany"},
            ValueError,
            "would be empty for ever.*give volume_name= or data_source=",
        ),
        ({"size": "1Gi", "access_mode": "RWX"}, TypeError, "access_mode='RWX'.*expected"),
    ],
)
def test_a_malformed_claim_is_refused(
    given: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        VolumeClaim(**given)

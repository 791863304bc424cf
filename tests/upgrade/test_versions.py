"""The default bundle with the older Airflows that it supports: each starts and runs a DAG."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from integration.bundle import copy_dags, synthesize_props, workloads
from integration.conftest import RunningBundle, Scene, Stage

from cdk8s_airflow import AirflowProps

VERSIONS = ("3.1.8", "3.2.2")
"""The newest of each minor version below the default one; ``setup`` puts them into build/."""
PROBES = ("startupProbe", "readinessProbe", "livenessProbe")


@pytest.fixture(scope="module", params=VERSIONS)
def bundle(
    request: pytest.FixtureRequest, stage: Stage, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningBundle]:
    """The default bundle with another `airflow_version`, all ready."""
    dags = copy_dags(tmp_path_factory.mktemp("dags") / "dags")
    props = AirflowProps(airflow_version=request.param, dags=dags)
    folder = tmp_path_factory.mktemp("synth")
    yield stage.play(request.param, lambda: Scene(synthesize_props(folder, props)))
    stage.clear()


def test_a_dag_runs_and_its_log_can_be_read(bundle: RunningBundle) -> None:
    airflow = bundle.client()
    run = airflow.run_to_end("changing_first")
    assert airflow.state("changing_first", run) == "success"
    assert "this is the first text" in airflow.log("changing_first", run, "hello")


def test_every_probe_is_good_and_nothing_restarted(bundle: RunningBundle) -> None:
    asked = []
    for manifest in workloads(bundle.manifests, "Deployment", "StatefulSet"):
        (pod, *_) = bundle.node.controller(manifest["metadata"]["name"]).pods
        for container in manifest["spec"]["template"]["spec"]["containers"]:
            for kind in [kind for kind in PROBES if kind in container]:
                asked.append((pod.name, container["name"], kind))
                result = pod.probe(kind, container["name"])
                assert result.success, (pod.name, container["name"], kind, result)
    assert len(asked) > 12
    restarts = {pod.name: pod.restarts for pod in bundle.node.pods()}
    assert restarts == dict.fromkeys(restarts, 0)


def test_no_option_is_unknown_to_it(bundle: RunningBundle) -> None:
    """Each option that is set in a pod is one of this Airflow, or of a section that takes any."""
    for name in ("api-server", "scheduler", "dag-processor", "triggerer"):
        (pod, *_) = bundle.node.controller(bundle.name(name)).pods
        done = pod.exec("python", "-c", UNKNOWN, timeout=120)
        assert done.exit_code == 0, done.output
        assert done.output.splitlines()[-1] == "unknown: []", (name, done.output)


UNKNOWN = """
import os
from airflow.configuration import conf
from airflow.providers_manager import ProvidersManager
ProvidersManager().initialize_providers_configuration()
known = {(section, key) for section, options in conf.configuration_description.items()
         for key in options["options"]}
unknown = []
for name in os.environ:
    section, _, key = name.removeprefix("AIRFLOW__").lower().partition("__")
    plain = key.removesuffix("_cmd").removesuffix("_secret")
    if name.startswith("AIRFLOW__") and section != "celery_broker_transport_options":
        if not {(section, key), (section, plain)} & known:
            unknown.append(name)
print("unknown:", unknown)
"""

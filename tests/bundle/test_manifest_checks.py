"""The checks of names, values and the inside of pods refuse what is broken."""

from __future__ import annotations

import pytest
from bundle.breakage import DELETE, Break, assert_refused, parameters
from bundle.sample import thing

from cdk8s_airflow.testing.containers import (
    check_autoscaled,
    check_claims,
    check_env,
    check_names_in_pods,
    check_probes,
    check_volumes,
)
from cdk8s_airflow.testing.names import (
    check_config_maps,
    check_metadata,
    check_names,
    check_namespaces,
    check_unique,
    check_values,
)
from cdk8s_airflow.testing.synth import Check

API = "Deployment/af1-api-server"
WORKER = "StatefulSet/af1-worker"
POD = "spec.template.spec"
MAIN = f"{POD}.containers[0]"
SCALER = "HorizontalPodAutoscaler/af1-api-server"
MEASURED = {
    "type": "ContainerResource",
    "containerResource": {"name": "cpu", "container": "other"},
}
MEMORY_VOLUME = {"name": "tmp", "emptyDir": {}}


CASES: dict[Check, list[Break]] = {
    check_unique: [
        Break("", "", thing("v1", "Service", "worker", spec={}), "Service/af1-worker: is there 2"),
    ],
    check_namespaces: [
        Break("", "", thing("v1", "Namespace", "x"), "Namespace/af1-x: is cluster-scoped"),
        Break(WORKER, "metadata.namespace", DELETE, "StatefulSet/af1-worker: has no namespace"),
    ],
    check_names: [
        Break(WORKER, "metadata.name", "af1-" + "w" * 49, "53 characters, 52 fit a StatefulSet"),
        Break("Service/af1-worker", "metadata.name", "1-worker", "'1-worker' is no legal name of"),
        Break(API, "metadata.name", "af1.api", "'af1.api' is no legal name of a Deployment"),
        Break("ConfigMap/af1-programs", "metadata.name", "a_b", "'a_b' is no legal name of a Conf"),
        Break(WORKER, "metadata.namespace", "Airflow", "'Airflow' is no legal namespace"),
        Break(API, f"{MAIN}.name", "api_server", "'api_server' is no legal name in containers"),
        Break(API, f"{POD}.volumes[0].name", "a.b", "'a.b' is no legal name in volumes"),
        Break(API, f"{MAIN}.ports[0].name", "a-name-too-long-for-a-port", "no legal port name"),
        Break(API, f"{MAIN}.ports[0].containerPort", -1, "-1 is no port"),
    ],
    check_metadata: [
        Break(WORKER, 'metadata.labels."a b"', "x", "'a b' is no legal label"),
        Break(WORKER, "metadata.labels.x", "y" * 64, "label x has the value .*not text of <= 63"),
        Break(WORKER, "metadata.labels.x", 3, "label x has the value 3"),
        Break(API, "spec.template.metadata.labels.x", "3.3+1", "pod: label x has the illegal"),
        Break(API, "metadata.annotations.x", 3, "annotation 'x': 3 is not legal"),
    ],
    check_values: [
        Break(API, f"{MAIN}.lifecycle", None, "containers\\[0\\].lifecycle is null"),
        Break("ConfigMap/af1-programs", "data.key", None, "data.key is null"),
        Break(API, "metadata.labels.x", "undefined-deployment", "holds the text 'undefined'"),
        Break(API, f"{MAIN}.args+", "--host=None", "holds the text 'None'"),
        Break(API, f"{MAIN}.imagePullPolicy", "Sometimes", "'Sometimes', not one of"),
        Break("Service/af1-worker", "spec.type", "Bogus", "spec.type is 'Bogus', not one of"),
    ],
    check_config_maps: [
        Break("ConfigMap/af1-programs", "data.n", 3, "n is 3, not text"),
        Break("ConfigMap/af1-programs", 'data."a/b.py"', "", "'a/b.py' is no legal key"),
        Break("ConfigMap/af1-programs", "data.big", "x" * 1048576, "more than 1048576"),
        Break("ConfigMap/af1-programs", "data", {}, "is empty"),
    ],
    check_volumes: [
        Break(API, f"{MAIN}.volumeMounts[0].name", "dags", "mounts 'dags', which is no volume"),
        Break(API, f"{POD}.volumes+", MEMORY_VOLUME, "volume 'tmp' is mounted nowhere"),
        Break("StatefulSet/af1-postgresql", f"{MAIN}.volumeMounts", [], "volume 'data' is mounted"),
        Break(
            API,
            f"{MAIN}.volumeMounts+",
            {"name": "programs", "mountPath": "/opt/cdk8s-airflow/"},
            "mount path '/opt/cdk8s-airflow' is there 2 times",
        ),
        Break(
            API,
            f"{MAIN}.volumeMounts+",
            {"name": "programs", "mountPath": "/opt/cdk8s-airflow/more"},
            "lies in the read-only volume at /opt/cdk8s-airflow",
        ),
        Break(API, f"{MAIN}.volumeMounts[0].mountPath", "opt", "mount path 'opt' is not absolute"),
        Break(API, f"{POD}.volumes+", {"name": "programs", "emptyDir": {}}, "'programs' is there"),
    ],
    check_names_in_pods: [
        Break(WORKER, f"{POD}.initContainers[0].name", "worker", "container 'worker' is there 2"),
        Break(API, f"{MAIN}.ports+", {"name": "web", "containerPort": 81}, "port name 'web' is th"),
        Break(API, f"{MAIN}.ports+", {"containerPort": 8080}, "port '8080/TCP' is there 2 times"),
    ],
    check_env: [
        Break(API, f"{MAIN}.env+", {"name": "PORT", "value": "1"}, "env 'PORT' is there 2 times"),
        Break(API, f"{MAIN}.env+", {"name": "A-B", "value": "1"}, "env name 'A-B' is no shell"),
        Break(
            API,
            f"{MAIN}.env[0].value",
            "$(DATABASE_PASSWORD)",
            r"env PORT: \$\(DATABASE_PASSWORD\) is not defined before it",
        ),
        Break(API, f"{MAIN}.args+", "$(NOWHERE)", r"command: \$\(NOWHERE\) is not defined"),
    ],
    check_probes: [
        Break(API, f"{MAIN}.readinessProbe.httpGet.port", "http", "readinessProbe calls port http"),
        Break(API, f"{MAIN}.livenessProbe", {"tcpSocket": {"port": 1}}, "livenessProbe calls po"),
        Break(
            API,
            f"{MAIN}.lifecycle.preStop",
            {"httpGet": {"port": 1, "path": "/"}},
            "preStop calls port 1, which it does not open",
        ),
    ],
    check_claims: [
        Break(
            "PersistentVolumeClaim/af1-scheduler",
            "spec.accessModes",
            ["ReadWriteOnce"],
            "is ReadWriteOnce, but shared by Deployment/af1-scheduler",
        ),
        Break("PersistentVolumeClaim/af1-scheduler", "metadata.name", "x", "no pod uses it"),
    ],
    check_autoscaled: [
        Break(API, "spec.replicas", 2, "has replicas, which HorizontalPodAutoscaler/af1-api-serv"),
        Break(
            "",
            "",
            thing(
                "keda.sh/v1alpha1",
                "ScaledObject",
                "x",
                spec={"scaleTargetRef": {"name": "af1-api-server"}},
            ),
            "target 'airflow Deployment/af1-api-server' is there 2 times",
        ),
        Break(SCALER, "spec.metrics", [MEASURED], "af1-api-server has no container 'other'"),
        Break(
            SCALER,
            "spec.metrics",
            [{**MEASURED, "containerResource": {"name": "gpu", "container": "api-server"}}],
            "container 'api-server' requests no gpu",
        ),
    ],
}


@pytest.mark.parametrize(("refusing", "broken"), parameters(CASES))
def test_a_check_refuses(refusing: Check, broken: Break) -> None:
    assert_refused(refusing, broken)

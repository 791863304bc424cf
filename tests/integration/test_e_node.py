"""The stand-in node itself: were it kinder than a kubelet, the other tests would prove little."""

from __future__ import annotations

import copy
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from integration.conftest import RunningBundle
from integration.node.kubelet import Kubelet
from integration.node.memory import limits_are_enforced
from integration.node.objects import Manifest, NodeError
from integration.node.pod import PROVISION_SECONDS
from integration.node.timeline import timeline
from integration.report import report

NAMESPACE = "sandbox"
RESTRICTED = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]},
              "readOnlyRootFilesystem": True}  # fmt: skip

CALL_API = """
import os, ssl, urllib.request, urllib.error
folder = "/var/run/secrets/kubernetes.io/serviceaccount/"
request = urllib.request.Request(
    f"https://{os.environ['KUBERNETES_SERVICE_HOST']}/api/v1/namespaces/sandbox/secrets",
    data=b'{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "mine"}}',
    headers={"Authorization": "Bearer " + open(folder + "token").read()},
)
try:
    context = ssl.create_default_context(cafile=folder + "ca.crt")
    print("status", urllib.request.urlopen(request, context=context).status)
except urllib.error.HTTPError as error:
    print("status", error.code)
"""


CONNECT = """
import socket
try:
    socket.create_connection(("{name}", 80), 5)
    print("connected")
except OSError as error:
    print(error)
"""


def job(name: str, *command: str, **container: Any) -> Manifest:
    """A Job with one container that runs a command as user 1000."""
    return {
        "apiVersion": "batch/v1", "kind": "Job",
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": {"backoffLimit": 0, "template": {
            "metadata": {"labels": {"job": name}},
            "spec": {
                "restartPolicy": "Never",
                "automountServiceAccountToken": False,
                "securityContext": {"runAsUser": 1000, "runAsGroup": 1000, "runAsNonRoot": True},
                "containers": [{"name": "main", "image": "redis:7", "command": list(command),
                                "securityContext": RESTRICTED, **container}],
            },
        }},
    }  # fmt: skip


@pytest.fixture
def node(bundle: RunningBundle) -> Iterator[Kubelet]:
    """The node of the bundle, and nothing of these tests left on it afterwards."""
    known = set(bundle.node.controllers)
    yield bundle.node
    for _, name in set(bundle.node.controllers) - known:
        bundle.node.delete(name)


def ended(node: Kubelet, manifest: Manifest, timeout: float = 20) -> str:
    """Runs a Job to its end; its state and what it wrote."""
    name = manifest["metadata"]["name"]
    node.apply([manifest])
    (controller,) = (job for job in node.jobs() if job.workload["metadata"]["name"] == name)
    node.wait_for(lambda: controller.state != "Active", timeout, f"{name} ends")
    return f"{controller.state}: {controller.pods[-1].log()}"


def test_a_report_begins_with_the_last_words_of_a_container(node: Kubelet) -> None:
    since = time.time()
    script = "for turn in 1 2 3; do echo waiting; done; echo 'last words'; exit 3"
    ended(node, job("dies", "sh", "-c", script))
    first, *lines = report(node, None, since).splitlines()
    assert first.startswith("dies-")
    assert " with 3, kills: []" in first
    assert lines[:2] == ["    | waiting (3 times)", "    | last words"]
    assert lines[-1].endswith(" restarts=0"), "what is well comes last, in one line"
    assert "/main ended" not in report(node, None, time.time()), "it ended before"


def test_a_report_has_the_log_of_a_task_that_failed(bundle: RunningBundle) -> None:
    since = time.time()
    client = bundle.client()
    run_id = client.trigger("slow", {"seconds": "never"})
    assert client.wait_for_run("slow", run_id, 120) == "failed"
    text = report(bundle.node, bundle, since)
    assert f"task slow/{run_id}/in_python: failed, try 1; its log:" in text
    assert "invalid literal for int() with base 10: 'never'" in text
    assert "sleep: invalid time interval" in text


def test_a_field_that_the_node_does_not_honour_is_refused(node: Kubelet) -> None:
    manifest = job("shares-processes", "true")
    manifest["spec"]["template"]["spec"]["shareProcessNamespace"] = True
    node.apply([manifest])
    controller = node.controller("shares-processes")
    node.wait_for(lambda: controller.error is not None, 60, "the error")
    assert "shareProcessNamespace" in str(controller.error)


def test_a_changed_template_of_a_job_is_refused(node: Kubelet) -> None:
    manifest = job("changes", "true")
    node.apply([manifest])
    changed = copy.deepcopy(manifest)
    changed["spec"]["template"]["spec"]["containers"][0]["command"] = ["false"]
    with pytest.raises(NodeError, match="immutable"):
        node.apply([changed])


def test_of_an_immutable_config_map_only_the_metadata_may_change(node: Kubelet) -> None:
    metadata = {"name": "fixed", "labels": {"a": "1"}}
    fixed = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"x": "1"}}
    node.apply([fixed])
    node.apply([{**fixed, "immutable": True}])
    relabelled = {**fixed, "immutable": True, "metadata": {**metadata, "labels": {"a": "2"}}}
    node.apply([relabelled])
    for change in ({"data": {"x": "2"}}, {"binaryData": {"y": "eQ=="}}, {"immutable": None}):
        changed = {key: value for key, value in {**relabelled, **change}.items() if value}
        with pytest.raises(NodeError, match="immutable"):
            node.apply([changed])


def test_a_job_whose_container_fails_is_not_complete(node: Kubelet) -> None:
    assert ended(node, job("fails", "false")).startswith("Failed")


def test_a_failure_that_a_job_ignores_is_none_and_the_pod_stays_with_its_log(node: Kubelet) -> None:
    manifest = job("patient", "sh", "-c", "echo waited in vain; exit 75")
    ignored = {"action": "Ignore", "onExitCodes": {"operator": "In", "values": [75]}}
    manifest["spec"]["podFailurePolicy"] = {"rules": [ignored]}
    node.apply([manifest])
    (controller,) = [j for j in node.jobs() if j.workload["metadata"]["name"] == "patient"]
    node.wait_for(lambda: len(controller.pods) == 2, 60, "the next pod")
    assert controller.state == "Active"
    assert controller.pods[0].log() == "waited in vain\n"


def test_a_container_without_a_mount_cannot_write_anywhere(node: Kubelet) -> None:
    script = (
        "for d in / /tmp /var /opt /home; do touch $d/x 2>/dev/null && echo wrote $d; done; id -u"
    )
    assert ended(node, job("writes", "sh", "-c", script)) == "Complete: 1000\n"


def test_a_host_outside_the_cluster_is_found_by_its_name_alone(node: Kubelet) -> None:
    node.outside.add("host.example.com", "10.30.0.1")
    with socket.create_server(("10.30.0.1", 80)):
        for name, told in (("host", "connected"), ("other", "Name or service not known")):
            script = CONNECT.format(name=f"{name}.example.com")
            assert told in ended(node, job(f"calls-{name}", "python3", "-c", script))


def test_an_ephemeral_volume_is_empty_and_can_be_written(node: Kubelet) -> None:
    manifest = job("scratches", "sh", "-c", "ls -A /scratch; touch /scratch/x; ls /scratch",
                   volumeMounts=[{"name": "scratch", "mountPath": "/scratch"}])  # fmt: skip
    claim = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
    volume = {"name": "scratch", "ephemeral": {"volumeClaimTemplate": {"spec": claim}}}
    manifest["spec"]["template"]["spec"]["volumes"] = [volume]
    assert ended(node, manifest) == "Complete: x\n"


def test_a_container_waits_for_a_secret_that_is_missing(node: Kubelet) -> None:
    reference = {"secretKeyRef": {"name": "late", "key": "k"}}
    manifest = job("waits", "sh", "-c", "echo $K", env=[{"name": "K", "valueFrom": reference}])
    node.apply([manifest])
    pod = node.controller("waits").pods
    node.wait_for(lambda: bool(pod) and "late" in pod[0].describe(), 60, "the reason is shown")
    assert node.jobs()[-1].state == "Active"
    asked = time.monotonic()
    secret = {"apiVersion": "v1", "kind": "Secret", "stringData": {"k": "here"},
              "metadata": {"name": "late", "namespace": NAMESPACE}}  # fmt: skip
    node.apply([secret])
    assert ended(node, manifest) == "Complete: here\n"
    supervisor = pod[0].supervisors["main"]
    assert supervisor.began is not None
    waited = supervisor.began - asked
    assert 8 < waited < 30, "nothing tells a kubelet that the Secret is there"
    told = next(timeline(pod, asked))
    assert f"main {waited:.1f}" in told
    assert "(after CreateContainerConfigError), complete " in told


def test_a_pod_whose_claim_is_new_waits_for_its_volume(node: Kubelet) -> None:
    manifest = workload("StatefulSet", "claims", "sleep", "600")
    claim = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
    manifest["spec"]["volumeClaimTemplates"] = [{"metadata": {"name": "data"}, "spec": claim}]
    provisioned = []
    for _ in range(2):
        node.apply([manifest])
        controller = node.controller("claims")
        node.wait_for(lambda: controller.done, 60, "it runs")  # noqa: B023
        (pod,) = controller.pods
        provisioned.append(bool(pod.new_claims))
        if pod.new_claims:
            assert (pod.supervisors["main"].began or 0) - pod.made_at > PROVISION_SECONDS
        node.delete("claims")
    assert provisioned == [True, False], "the second finds the volume of the first"


def test_variables_are_expanded_and_fields_filled_in(node: Kubelet) -> None:
    env = [
        {"name": "POD_IP", "valueFrom": {"fieldRef": {"fieldPath": "status.podIP"}}},
        {"name": "URL", "value": "http://$(POD_IP):$(UNKNOWN)/$$(POD_IP)"},
    ]
    log = ended(node, job("expands", "sh", "-c", "echo $URL", env=env))
    ip = node.controller("expands").pods[0].ip
    assert log == f"Complete: http://{ip}:$(UNKNOWN)/$(POD_IP)\n"


def test_a_service_account_without_a_role_may_not_create_secrets(node: Kubelet) -> None:
    manifest = job("asks", "python", "-c", CALL_API, image="apache/airflow:3.3.2")
    manifest["spec"]["template"]["spec"]["automountServiceAccountToken"] = True
    manifest["spec"]["template"]["spec"]["serviceAccountName"] = "nobody"
    assert ended(node, manifest) == "Complete: status 403\n"


def workload(kind: str, name: str, *command: str) -> Manifest:
    """A Deployment or StatefulSet of one pod that runs a command."""
    template = copy.deepcopy(job(name, *command, image="apache/airflow:3.3.2"))["spec"]["template"]
    del template["spec"]["restartPolicy"]
    (container,) = template["spec"]["containers"]
    container["ports"] = [{"name": "http", "containerPort": 8000}]
    if "http.server" in command:
        container["readinessProbe"] = {"tcpSocket": {"port": 8000}, "periodSeconds": 1}
    spec = {"replicas": 1, "selector": {"matchLabels": {"job": name}}, "template": template,
            "serviceName": name}  # fmt: skip
    if kind == "Deployment":
        del spec["serviceName"]
    metadata = {"name": name, "namespace": NAMESPACE}
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": metadata, "spec": spec}


def service(name: str, selected: str, **more: Any) -> Manifest:
    ports = [{"name": "http", "port": 80, "targetPort": "http"}]
    spec = {"selector": {"job": selected}, "ports": ports, **more}
    metadata = {"name": name, "namespace": NAMESPACE}
    return {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec}


def connect(node: Kubelet, host: str, port: int) -> str:
    """How an attempt of the pod `client` to connect ends."""
    program = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 1)"
    done = node.pod("client").exec("python", "-c", program, host, str(port))
    return done.output.strip().rpartition("\n")[2].partition(":")[0]


def test_addresses_of_pods_that_are_gone_are_silent_and_services_lead_on(node: Kubelet) -> None:
    serve = ("python", "-m", "http.server", "--directory", "/tmp")
    headless = {"clusterIP": "None", "publishNotReadyAddresses": True}
    node.apply([
        workload("Deployment", "client", "sleep", "600"),
        workload("StatefulSet", "served", *serve),
        service("served", "served", **headless),
        service("stable", "served"),
    ])  # fmt: skip
    both = [node.controller(name) for name in ("client", "served")]
    node.wait_for(lambda: all(each.done for each in both), 60, "both run")
    old = node.pod("served")
    address = str(old.ip)
    assert connect(node, address, 8000) == ""
    assert connect(node, address, 8001) == "ConnectionRefusedError"
    stable = f"stable.{NAMESPACE}"
    node.wait_for(lambda: connect(node, stable, 80) == "", 60, "the proxy knows the Service")
    deletion = threading.Thread(target=node.delete_pod, args=(old, 0))
    deletion.start()
    node.wait_for(lambda: old.terminating, 60, "the deletion has begun")
    name, silent = f"served.{NAMESPACE}.svc.cluster.local", False
    while node.dns.resolve(name) == [address]:
        silent = silent or connect(node, address, 8000) == "TimeoutError"
    assert silent, "the name leads to an address that is dead already"
    deletion.join()
    assert connect(node, f"stable.{NAMESPACE}", 80) == "ConnectionRefusedError"
    begun = time.monotonic()
    assert connect(node, address, 8000) == "TimeoutError"
    node.wait_for(lambda: node.controller("served").done, 60, "the next pod")
    assert time.monotonic() - begun > 1, "a cluster takes seconds as well"
    assert str(node.pod("served").ip) != address
    node.wait_for(lambda: connect(node, f"stable.{NAMESPACE}", 80) == "", 60, "it leads on")


def test_a_container_whose_liveness_probe_fails_is_restarted(node: Kubelet) -> None:
    probe = {"exec": {"command": ["false"]}, "periodSeconds": 1, "failureThreshold": 2}
    manifest = job("unwell", "sleep", "60", livenessProbe=probe)
    spec = manifest["spec"]["template"]["spec"]
    spec.update(restartPolicy="OnFailure", terminationGracePeriodSeconds=1)
    node.apply([manifest])
    pods = node.controller("unwell").pods
    node.wait_for(lambda: bool(pods) and pods[0].restarts > 0, 60, "the restart")


def test_a_job_goes_on_when_a_sidecar_is_started_again(node: Kubelet) -> None:
    """Only with `restartPolicy: OnFailure` are restarts failures of the Job."""
    begin = "if [ -e /data/once ]; then exec sleep 60; fi; touch /data/once; exit 1"
    manifest = job("steady", "sh", "-c", "sleep 5; getent passwd redis")
    spec = manifest["spec"]["template"]["spec"]
    mount = {"name": "data", "mountPath": "/data"}
    sidecar = {
        **spec["containers"][0],
        **{"name": "sidecar", "image": "postgres:17", "restartPolicy": "Always"},
        **{"command": ["sh", "-c", begin], "volumeMounts": [mount]},
    }
    spec.update(initContainers=[sidecar], volumes=[{"name": "data", "emptyDir": {}}])
    node.apply([manifest])
    steady = node.controller("steady")
    node.wait_for(lambda: steady.done, 60, "it is complete")
    (pod,) = steady.pods
    assert pod.supervisors["sidecar"].exit_codes[0] == 1
    assert pod.log().startswith("redis:x:999:"), "/etc/passwd is that of its own image"


@pytest.mark.parametrize("grace", [1])
def test_a_process_that_ignores_sigterm_is_killed_after_the_grace_period(
    node: Kubelet, grace: int
) -> None:
    manifest = job("stubborn", "sh", "-c", "trap '' TERM; echo up; while :; do sleep 1; done")
    manifest["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] = grace
    node.apply([manifest])
    pods = node.controller("stubborn").pods
    node.wait_for(lambda: bool(pods) and "up" in pods[0].log(), 60, "it runs")
    supervisor = pods[0].supervisors["main"]
    pods[0].delete()
    assert (supervisor.exit_codes, supervisor.kills) == ([137], ["not gone 1 s after SIGTERM"])


def test_where_processors_are_scarce_containers_get_them_by_their_requests(node: Kubelet) -> None:
    busy = "for n in 1 2 3 4; do (while :; do :; done) & done; echo up; wait"
    jobs = [
        job(f"busy-{cpu}", "sh", "-c", busy, resources={"requests": {"cpu": cpu}})
        for cpu in ("100m", "400m")
    ]
    node.apply(jobs)
    names = [each["metadata"]["name"] for each in jobs]
    pods = [node.controller(name).pods for name in names]
    node.wait_for(lambda: all(each and "up" in each[0].log() for each in pods), 90, "both run")
    containers = [each[0].container() for each in pods]

    def used() -> list[float]:
        for each in containers:
            each.measure()
        return [each.cpu_seconds for each in containers]

    before = used()
    time.sleep(8)  # both at work: how long each took to start does not count
    few, many = (now - then for now, then in zip(used(), before, strict=True))
    for name in names:
        node.delete(name)
    if few:  # this machine has control groups
        assert many > 2 * few


def test_a_container_over_its_memory_limit_is_killed_where_that_can_be(node: Kubelet) -> None:
    script = "print('start', flush=True); x = b'x' * (200 << 20); print('survived')"
    manifest = job("greedy", "python", "-c", script, image="apache/airflow:3.3.2",
                   resources={"limits": {"memory": "64Mi"}})  # fmt: skip
    killed, alive = "Failed: start\n", "Complete: start\nsurvived\n"
    assert ended(node, manifest) == (killed if limits_are_enforced() else alive)

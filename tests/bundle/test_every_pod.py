"""What holds for every pod of every release, that of a Job and of a task too."""

from __future__ import annotations

from bundle.everything import RELEASES, bundle, bundle_of, pods

from cdk8s_airflow.checks.bundle import Bundle, namespace_of
from cdk8s_airflow.checks.selectors import matches

KINDS = {"CronJob", "Deployment", "Job", "Pod", "StatefulSet"}


def test_there_is_every_kind_of_pod() -> None:
    assert {pod.owner["kind"] for _, pod in pods()} == KINDS


def test_one_network_policy_is_for_each_pod_those_of_jobs_and_tasks_included() -> None:
    for release in RELEASES:
        policies = bundle(release).all("NetworkPolicy")
        for pod in bundle(release).pods:
            its = [
                policy["spec"]
                for policy in policies
                if namespace_of(policy) == pod.namespace
                and matches(policy["spec"]["podSelector"], pod.labels)
            ]
            assert len(its) == 1, (release, pod)
            assert its[0]["policyTypes"] == ["Ingress", "Egress"], (release, pod)


def test_each_container_is_restricted_and_writes_to_volumes_alone() -> None:
    for name, pod in pods():
        context = pod.spec["securityContext"]
        assert context["runAsNonRoot"] is True, name
        assert context["seccompProfile"] == {"type": "RuntimeDefault"}, name
        shared = [pod.spec.get(key) for key in ("hostNetwork", "hostPID", "hostIPC")]
        assert not any(shared), name
        assert not any("hostPath" in volume for volume in pod.volumes), name
        for container in pod.containers:
            own = container["securityContext"]
            assert own["readOnlyRootFilesystem"] is True, (name, container["name"])
            assert own["allowPrivilegeEscalation"] is False, (name, container["name"])
            assert own["capabilities"] == {"drop": ["ALL"]}, (name, container["name"])
            assert own.get("runAsUser", context.get("runAsUser")) != 0, (name, container["name"])


def test_no_sidecar_takes_its_pod_from_a_service_that_others_need() -> None:
    """A starved node or a failed exporter made it so, and no process had its database."""
    sidecars = [
        (release, pod.component, container["name"])
        for release in RELEASES
        for pod in bundle(release).pods
        for service in bundle(release).all("Service")
        if not service["spec"].get("publishNotReadyAddresses")
        and matches({"matchLabels": service["spec"]["selector"]}, pod.labels)
        for container in pod.main_containers[1:]
        if "readinessProbe" in container
    ]
    assert sidecars == []


def budgets(found: Bundle) -> dict[str, dict[str, object]]:
    """Name -> spec."""
    return {b["metadata"]["name"]: b["spec"] for b in found.all("PodDisruptionBudget")}


def test_several_pods_have_a_budget_and_a_single_one_blocks_no_drain() -> None:
    assert budgets(bundle("default")).keys() == {"af1-worker"}, "of which there are two"
    medium = bundle_of(size="medium")
    several = {"af1-api-server", "af1-scheduler", "af1-triggerer", "af1-worker"}
    assert budgets(medium).keys() == several
    for name, spec in budgets(medium).items():
        assert spec["maxUnavailable"] == 1, name
        # Else pods that never become ready would block a drain too.
        assert spec["unhealthyPodEvictionPolicy"] == "AlwaysAllow", name
        selector = spec["selector"]
        assert isinstance(selector, dict)
        its = [pod for pod in medium.pods if matches(selector, pod.labels)]
        assert [f"af1-{pod.component}" for pod in its] == [name]

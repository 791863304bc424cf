"""The ServiceAccounts of pods: identities in clouds, accounts of the user's, tokens."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowPods,
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    DagsFolder,
    DatabaseCleanup,
    EmbeddedRedis,
    GitSyncDags,
    JobProps,
    KubernetesExecutor,
    LocalExecutor,
    NetworkPolicies,
    PgBouncer,
    PodDefaults,
    SchedulerProps,
    ServiceAccount,
    TriggererProps,
    VolumeClaim,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest
from cdk8s_airflow.kubernetes.service_accounts import merged_accounts
from cdk8s_airflow.testing.synth import synthesize
from cdk8s_airflow.values import add_releases

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
GIT_SYNC = GitSyncDags(
    repository="https://git.example.com/team/dags.git", volume=VolumeClaim(size="1Gi")
)
AIRFLOW = {
    *("api-server", "create-admin", "dag-processor", "database-cleanup"),
    *("migrations", "scheduler", "triggerer"),
}
AWS = {"eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/data"}
GOOGLE = {"iam.gke.io/gcp-service-account": "data@project.iam.gserviceaccount.com"}
AZURE = {"azure.workload.identity/client-id": "00000000-0000-0000-0000-000000000001"}
FULL: dict[str, Any] = {
    "dags": GIT_SYNC,
    "pgbouncer": PgBouncer(),
    "database_cleanup": DatabaseCleanup(),
}


def bundle_of(folder: Path, *external: str, tokens: tuple[str, ...] = (), **props: Any) -> Bundle:
    def build(app: App) -> None:
        given = AirflowProps(**{"dags": DAGS, **props})
        AirflowChart(app, "af1", namespace="airflow", props=given)

    return synthesize(build, folder, external=external, tokens=tokens)


def accounts(bundle: Bundle) -> dict[str, Manifest]:
    """Component -> metadata of the account of its pods, if the bundle has it."""
    made = {
        (account["metadata"]["namespace"], account["metadata"]["name"]): account["metadata"]
        for account in bundle.all("ServiceAccount")
    }
    return {
        pod.component: made.get((pod.namespace, pod.spec["serviceAccountName"]), {})
        for pod in bundle.pods
    }


def tokens(bundle: Bundle) -> set[str]:
    return {p.component for p in bundle.pods if p.spec["automountServiceAccountToken"]}


def egress(bundle: Bundle, component: str) -> list[Manifest]:
    policy = bundle.one("NetworkPolicy", f"af1-{component}")
    rules: list[Manifest] = policy["spec"]["egress"]
    return rules


EVERYWHERE: dict[str, dict[str, Any]] = {
    "the release": {"service_account": ServiceAccount(annotations=AWS)},
    "all Airflow pods": {
        "airflow_pods": AirflowPods(service_account=ServiceAccount(annotations=AWS))
    },
    "all pods": {"pods": PodDefaults(service_account=ServiceAccount(annotations=AWS))},
}


@pytest.mark.parametrize("given", EVERYWHERE.values(), ids=EVERYWHERE)
@pytest.mark.parametrize("executor", [CeleryExecutor(), KubernetesExecutor()])
def test_an_identity_of_all_is_for_airflow_and_no_server(
    tmp_path: Path, given: dict[str, Any], executor: Any
) -> None:
    bundle = bundle_of(tmp_path, executor=executor, **FULL, **given)
    tasks = "worker" if isinstance(executor, CeleryExecutor) else "task"
    found = accounts(bundle)
    having = {name for name, account in found.items() if account.get("annotations") == AWS}
    assert having == AIRFLOW | {tasks}
    assert {*found} - having >= {"bootstrap", "git-sync", "pgbouncer", "postgresql"}
    assert not any(found[name].get("annotations") for name in {*found} - having)


def test_each_role_has_words_of_its_own_which_win(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        service_account=ServiceAccount(annotations={**AWS, "team": "data"}, labels={"a": "1"}),
        scheduler=SchedulerProps(service_account=ServiceAccount(annotations={"team": "ops"})),
        executor=CeleryExecutor(
            workers=[
                WorkerGroup(),
                WorkerGroup(
                    name="gpu",
                    queues=["gpu"],
                    service_account=ServiceAccount(annotations=GOOGLE, labels={"a": "2"}),
                ),
            ]
        ),
    )
    found = accounts(bundle)
    assert found["worker"]["annotations"] == {**AWS, "team": "data"}
    assert found["scheduler"]["annotations"] == {**AWS, "team": "ops"}
    assert found["worker-gpu"]["annotations"] == {**AWS, "team": "data", **GOOGLE}
    assert [found[name]["labels"]["a"] for name in ("worker", "worker-gpu")] == ["1", "2"]


def test_servers_and_the_git_sync_pod_have_what_they_say_themselves(tmp_path: Path) -> None:
    account = ServiceAccount(name="platform", token=True)
    bundle = bundle_of(
        tmp_path,
        "ServiceAccount/platform",
        tokens=("platform",),
        dags=dataclasses.replace(GIT_SYNC, pod=PodDefaults(service_account=account)),
        broker=EmbeddedRedis(service_account=account),
        pgbouncer=PgBouncer(service_account=account),
        bootstrap=JobProps(service_account=ServiceAccount(annotations=AWS)),
    )
    found = accounts(bundle)
    assert {name for name in found if not found[name]} == {"git-sync", "redis", "pgbouncer"}
    assert tokens(bundle) == {"bootstrap", "git-sync", "redis", "pgbouncer"}
    for component in ("git-sync", "redis", "pgbouncer"):
        assert reaches(bundle, component, 6443), "the Kubernetes API"
    assert found["bootstrap"]["annotations"] == AWS


def reaches(bundle: Bundle, component: str, port: int, cidr: str | None = None) -> bool:
    return any(
        {"port": port, "protocol": "TCP"} in rule.get("ports", ())
        and (cidr is None or {"ipBlock": {"cidr": cidr}} in rule.get("to", ()))
        for rule in egress(bundle, component)
    )


@pytest.mark.parametrize(
    ("executor", "bound"),
    [
        (KubernetesExecutor(), {"af1-scheduler-tasks", "af1-task-launcher"}),
        (KubernetesExecutor(pod_launcher=True), {"af1-scheduler-tasks", "af1-task-launcher"}),
        (LocalExecutor(pod_launcher=True), {"af1-scheduler-launcher"}),
    ],
)
def test_an_account_of_the_user_s_is_not_made_and_gets_the_rights(
    tmp_path: Path, executor: Any, bound: set[str]
) -> None:
    if isinstance(executor, KubernetesExecutor):
        executor = dataclasses.replace(
            executor, service_account=ServiceAccount(name="terraform-tasks"), pod_launcher=True
        )
    kubernetes = isinstance(executor, KubernetesExecutor)
    bundle = bundle_of(
        tmp_path,
        "ServiceAccount/terraform-scheduler",
        *(["ServiceAccount/terraform-tasks"] if kubernetes else []),
        executor=executor,
        scheduler=SchedulerProps(service_account=ServiceAccount(name="terraform-scheduler")),
        service_account=ServiceAccount(annotations=AWS),
    )
    assert accounts(bundle)["scheduler"] == {}
    assert accounts(bundle)["api-server"]["annotations"] == AWS
    subjects = {
        binding["metadata"]["name"]: binding["subjects"][0]["name"]
        for binding in bundle.all("RoleBinding")
        if "terraform" in binding["subjects"][0]["name"]
    }
    assert {*subjects} == bound
    assert subjects.get("af1-task-launcher", "terraform-tasks") == "terraform-tasks"
    assert subjects.get("af1-scheduler-tasks", "terraform-scheduler") == "terraform-scheduler"
    assert "scheduler" in tokens(bundle)


MINE = ServiceAccount(name="mine")


@pytest.mark.parametrize(
    ("given", "binding"),
    [
        (
            {
                "executor": KubernetesExecutor(),
                "api_server": ApiServerProps(service_account=MINE),
            },
            "af1-api-server-task-logs",
        ),
        (
            {"triggerer": TriggererProps(pod_launcher=True, service_account=MINE)},
            "af1-triggerer-launcher",
        ),
        (
            {
                "executor": CeleryExecutor(
                    workers=[WorkerGroup(pod_launcher=True, service_account=MINE)]
                )
            },
            "af1-worker-launcher",
        ),
        ({"bootstrap": JobProps(service_account=MINE)}, "af1-bootstrap"),
    ],
)
def test_the_rights_of_each_role_follow_its_account(
    tmp_path: Path, given: dict[str, Any], binding: str
) -> None:
    bundle = bundle_of(tmp_path, "ServiceAccount/mine", **given)
    assert bundle.one("RoleBinding", binding)["subjects"][0]["name"] == "mine"


def test_servers_have_the_label_of_an_identity_too(tmp_path: Path) -> None:
    account = ServiceAccount(annotations=AZURE)
    bundle = bundle_of(
        tmp_path,
        dags=dataclasses.replace(GIT_SYNC, pod=PodDefaults(service_account=account)),
        broker=EmbeddedRedis(service_account=account),
    )
    labelled = {p.component for p in bundle.pods if "azure.workload.identity/use" in p.labels}
    assert labelled == {"git-sync", "redis"}


def test_one_account_of_all_is_made_once(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        service_account=ServiceAccount(name="airflow", create=True, annotations=AWS),
        triggerer=TriggererProps(service_account=ServiceAccount(create=True)),
        **FULL,
    )
    found = accounts(bundle)
    names = {name: account["name"] for name, account in found.items()}
    having = {name for name in names if names[name] == "airflow"}
    assert having == {*AIRFLOW, "worker"} - {"triggerer"}
    assert names["triggerer"] == "af1-triggerer", "create= is an account of its own"
    assert all(found[name]["annotations"] == AWS for name in {*having, "triggerer"})


def test_one_account_of_all_is_in_each_namespace_of_task_pods(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        service_account=ServiceAccount(name="airflow", create=True, annotations=AWS),
        executor=KubernetesExecutor(namespaces=["team-a", "airflow"]),
    )
    made = [
        account["metadata"]["namespace"]
        for account in bundle.all("ServiceAccount")
        if account["metadata"]["name"] == "airflow"
    ]
    assert sorted(made) == ["airflow", "team-a"]


def test_a_token_without_rights_of_ours_is_for_a_vault(tmp_path: Path) -> None:
    group = WorkerGroup(
        annotations={"vault.hashicorp.com/agent-inject": "true"},
        service_account=ServiceAccount(token=True),
    )
    bundle = bundle_of(tmp_path, tokens=("af1-worker",), executor=CeleryExecutor(workers=[group]))
    assert tokens(bundle) == {"bootstrap", "worker"}
    assert not [b for b in bundle.all("RoleBinding") if b["subjects"][0]["name"] == "af1-worker"]


ROLE: dict[str, Any] = {
    "apiVersion": "rbac.authorization.k8s.io/v1",
    "kind": "Role",
    "metadata": {"name": "flink"},
    "rules": [{"apiGroups": ["flink.apache.org"], "resources": ["jobs"], "verbs": ["create"]}],
}
BINDING = {
    **ROLE,
    "kind": "RoleBinding",
    "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "flink"},
    "subjects": [{"kind": "ServiceAccount", "name": "af1-worker", "namespace": "airflow"}],
}
del BINDING["rules"]


def test_a_token_is_for_a_role_of_the_user_s(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        extra_manifests=[ROLE, BINDING],
        executor=CeleryExecutor(workers=[WorkerGroup(service_account=ServiceAccount(token=True))]),
        network_policies=NetworkPolicies(user_egress=[]),
    )
    assert "worker" in tokens(bundle)
    assert reaches(bundle, "worker", 6443), "the Kubernetes API"


def test_the_identity_of_a_cloud_has_its_way_out(tmp_path: Path) -> None:
    def with_account(annotations: dict[str, str]) -> Bundle:
        return bundle_of(
            tmp_path,
            api_server=ApiServerProps(service_account=ServiceAccount(annotations=annotations)),
        )

    aws, google, azure, none = map(with_account, (AWS, GOOGLE, AZURE, {"a": "b"}))
    assert not reaches(none, "api-server", 443)
    for cloud in (aws, google, azure):
        assert reaches(cloud, "api-server", 443), "its service for credentials"
        assert not reaches(cloud, "triggerer", 443), "nobody else"
    assert reaches(google, "api-server", 80, "169.254.169.254/32")
    assert reaches(google, "api-server", 988, "169.254.169.252/32")
    labels = {pod.component: pod.labels for pod in azure.pods}
    assert labels["api-server"]["azure.workload.identity/use"] == "true"
    assert "azure.workload.identity/use" not in labels["triggerer"]


def test_an_account_whose_annotations_are_elsewhere_may_say_its_cloud(tmp_path: Path) -> None:
    """Made by Terraform, so that nothing here says for what; or EKS's by an association."""
    account = ServiceAccount(name="airflow-terraform", identity="azure")
    bundle = bundle_of(tmp_path, "ServiceAccount/airflow-terraform", service_account=account)
    labelled = {p.component for p in bundle.pods if "azure.workload.identity/use" in p.labels}
    assert labelled == AIRFLOW - {"database-cleanup"} | {"worker"}
    assert reaches(bundle, "api-server", 443)
    aws, google = ServiceAccount(identity="aws"), ServiceAccount(identity="google")
    assert {(peer.host, peer.port) for peer in aws.peers} == {
        ("", 443),
        ("169.254.170.23", 80),
        ("fd00:ec2::23", 80),
    }
    assert google.peers == ServiceAccount(annotations=GOOGLE).peers
    assert not aws.pod_parts.labels and not google.pod_parts.labels
    assert merged_accounts(ServiceAccount(token=True), aws).identity == "aws"
    assert merged_accounts(google, aws).identity == "google"


def test_the_first_of_several_wins() -> None:
    everyones = ServiceAccount(name="all", token=True)
    own = ServiceAccount(create=True, annotations=AWS)
    merged = merged_accounts(own, everyones)
    assert merged == ServiceAccount(create=True, annotations=AWS, token=True)
    assert merged_accounts(ServiceAccount(token=False), everyones).token is False
    mine = ServiceAccount(name="mine")
    assert merged_accounts(mine, ServiceAccount(annotations=AWS, labels={"a": "1"})) == mine


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": "A b"}, r"ServiceAccount\.name='A b' cannot be the name of an object"),
        (
            {"name": "mine", "annotations": AWS},
            r"ServiceAccount\(name='mine'\) is an account of yours, which annotations here",
        ),
        (
            {"create": False, "annotations": AWS, "labels": {"a": "1"}},
            r"ServiceAccount\(create=False\) is an account of yours, which annotations and labels",
        ),
        (
            {"labels": {"app.kubernetes.io/name": "x"}},
            r"labels of app.kubernetes.io/ tell whose an object is",
        ),
    ],
)
def test_what_nobody_would_have_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ServiceAccount(**given)


@pytest.mark.parametrize(
    ("props", "message"),
    [
        (
            {"airflow_pods": AirflowPods(service_account=ServiceAccount(token=True))},
            r"service_account and airflow_pods=AirflowPods\(service_account=\.\.\.\) are both",
        ),
        (
            {"scheduler": SchedulerProps(service_account=ServiceAccount(annotations=AWS))},
            r"SchedulerProps\(service_account=ServiceAccount\(annotations=\.\.\.\)\): all Airflow "
            r"pods have the account 'all'",
        ),
        (
            {"migrations": JobProps(service_account=ServiceAccount(labels={"a": "1"}))},
            r"JobProps\(service_account=ServiceAccount\(labels=\.\.\.\)\): all Airflow pods",
        ),
    ],
)
@pytest.mark.parametrize("create", [None, True])
def test_words_about_an_account_of_all_are_refused(
    props: dict[str, Any], message: str, create: bool | None
) -> None:
    given = AirflowProps(
        dags=DAGS, service_account=ServiceAccount(name="all", create=create), **props
    )
    with pytest.raises(ValueError, match=message):
        AirflowChart(App(), "af1", props=given)


def test_values_files_say_the_same(tmp_path: Path) -> None:
    file = tmp_path / "values.yaml"
    file.write_text(
        "release: af1\nnamespace: airflow\n"
        f"dags: {{kind: DagsFolder, path: {DAGS.path}}}\n"
        "serviceAccount: {annotations: {eks.amazonaws.com/role-arn: arn}}\n"
        "scheduler: {serviceAccount: {name: terraform}}\n"
        "executor: {kind: KubernetesExecutor, serviceAccount: {token: true}}\n"
    )

    def build(app: App) -> None:
        add_releases(app, [file], defaults=AirflowProps())

    bundle = synthesize(build, tmp_path, external=["ServiceAccount/terraform"], tokens=["af1-task"])
    found = accounts(bundle)
    assert found["scheduler"] == {}
    assert found["task"]["annotations"] == {"eks.amazonaws.com/role-arn": "arn"}
    assert "task" in tokens(bundle)

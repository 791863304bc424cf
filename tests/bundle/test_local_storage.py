"""What pods write to the disks of nodes: the check, and why each size is what it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from bundle.breakage import DELETE, Break, assert_refused, parameters
from bundle.everything import bundle_of, pods
from bundle.sample import container

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowPods,
    CeleryExecutor,
    GitDags,
    GitSyncDags,
    LocalExecutor,
    Logs,
    LogVolume,
    SchedulerProps,
    WorkerGroup,
)
from cdk8s_airflow.kubernetes.quantities import number
from cdk8s_airflow.testing.local_storage import STORAGE, check_local_storage
from cdk8s_airflow.testing.synth import Check

API = "Deployment/af1-api-server"
POD = "spec.template.spec"
BARE = {"requests": {"cpu": "1", "memory": "1Gi"}, "limits": {"memory": "1Gi"}}
REPOSITORY = "https://git.example.com/team/dags.git"

CASES: dict[Check, list[Break]] = {
    check_local_storage: [
        Break(API, f"{POD}.volumes+", {"name": "tmp", "emptyDir": {}}, "volume tmp: .* sizeLimit"),
        Break(
            API,
            f"{POD}.volumes+",
            {"name": "tmp", "emptyDir": {"medium": "Memory"}},
            "volume tmp: emptyDir has no sizeLimit",
        ),
        Break(
            API,
            f"{POD}.containers[0].resources.requests.{STORAGE}",
            DELETE,
            "container api-server: has no ephemeral-storage in requests",
        ),
        Break(
            API,
            f"{POD}.initContainers+",
            container("more", resources=BARE),
            "container more: has no ephemeral-storage in requests",
        ),
    ],
}

AIRFLOW = "50 MiB of byte code, uploads, and what a provider writes for a request"
TASKS = "what tasks download and write for a while; nobody knows it, but a node has more"
SILENT = "logs go to standard output; a provider may still write a file"
WRITTEN = (
    "twice the 8Gi that the groomer keeps, as it keeps those of the last hour whatever happens"
)
HELPER = "no Airflow: a token, a lock, byte code of small programs"
VOLUMES: Mapping[str, tuple[str, str]] = {
    # Volume, and the pods that differ -> size, why.
    "tmp worker": ("10Gi", TASKS),
    "tmp task": ("10Gi", TASKS),
    "tmp scheduler (local)": ("10Gi", TASKS),
    "tmp bootstrap": ("64Mi", HELPER),
    "tmp releases": ("64Mi", HELPER),
    "tmp pgbouncer": ("64Mi", HELPER),
    "tmp statsd": ("64Mi", HELPER),
    "tmp finished-pods": ("64Mi", HELPER),
    "tmp git-sync": ("64Mi", HELPER),
    "tmp objects": ("64Mi", HELPER),
    "tmp postgresql": ("64Mi", "sorts that are too large for memory go to the data"),
    "tmp rabbitmq": ("64Mi", HELPER),
    "tmp": ("1Gi", AIRFLOW),
    "logs worker": ("16Gi", WRITTEN),
    "logs task": ("16Gi", WRITTEN),
    "logs dag-processor": ("16Gi", WRITTEN),
    "logs triggerer": ("16Gi", WRITTEN),
    "logs scheduler (local)": ("16Gi", WRITTEN),
    "logs": ("256Mi", SILENT),
    "run postgresql": ("16Mi", "a socket and its lock"),
    "run rabbitmq": ("256Mi", "settings, and the dump of an Erlang VM that crashes"),
    "dag-bundles": ("4Gi", "a clone, and a checkout for each version that runs still need"),
    "dags": ("4Gi", "history of one commit, and the checkouts of ten minutes"),
    "git-sync-tmp": ("64Mi", HELPER),
    "packages": ("2Gi", "ExtraPackages(size_limit=...) says it"),
    "packages-tmp": ("4Gi", "pip has downloads there, and a copy of what it installs"),
    "ca-joined": ("8Mi", "the public certificates are 300 KiB; private ones are few"),
    "kerberos-ticket": ("4Mi", "a ticket is some KiB; in memory, so it has to be small"),
    "token-keys": ("1Mi", "a key is some hundred bytes; in memory"),
    "passwords": ("1Mi", "one line of JSON, in memory"),
    "connections": ("16Mi", "a Secret is at most 1 MiB; in memory"),
    "pgbouncer-files": ("1Mi", "three small files with passwords, in memory"),
    "database-client": ("16Mi", "scripts and copies of certificates, in memory; dumps pass a pipe"),
    "scratch": ("10Gi", "Verify(scratch_size=...) says it"),
    "scratch-socket": ("16Mi", "a socket and its lock"),
    "scratch-tmp": ("64Mi", HELPER),
    "pgbouncer-sockets": ("1Mi", "a socket, in memory"),
}

OUTPUT = "standard output alone, of which the kubelet keeps 50 MiB"
CODE = "50 MiB of byte code in /tmp, 50 MiB of standard output, some temporary files"
REQUESTS: Mapping[str, tuple[str, str]] = {
    # Container -> request, why.
    "worker": ("1Gi", "logs of some days, temporary files of several tasks"),
    "scheduler (local)": ("1Gi", "it runs tasks, as a worker does"),
    "base": ("512Mi", "one task with its log"),
    "dag-processor": ("512Mi", "logs of DAG files, a clone of the repository"),
    "triggerer": ("512Mi", "logs of triggers"),
    **dict.fromkeys(
        ("api-server", "scheduler", "execution-api", "flower", "migrations", "create-admin"),
        ("256Mi", CODE),
    ),
    "database-cleanup": ("256Mi", CODE),
    **dict.fromkeys(("backup", "backup-verify", "restore", "wait-for-database"), ("256Mi", CODE)),
    "scratch-database": ("1Gi", "a database of a million task runs; a larger one is rare"),
    "objects-account": ("256Mi", CODE),
    "rotate-fernet-key": ("256Mi", CODE),
    **dict.fromkeys(
        ("wait-for-servers", "wait-for-migrations", "wait-for-api-server"),
        ("256Mi", "it may import Airflow; no more than the main container, so it costs nothing"),
    ),
    "git-sync": ("256Mi", "a checkout of up to about 100 MiB"),
    "git-sync (git-sync-volume)": ("64Mi", "the checkout is on a claim"),
    "git-sync-init": ("256Mi", "a checkout of up to about 100 MiB"),
    "install-packages": ("1Gi", "half of what may be there"),
}
"""All others write to standard output alone."""


def volume_sizes() -> Iterator[tuple[str, str, str]]:
    for name, pod in pods():
        for volume in pod.volumes:
            if "emptyDir" in volume:
                yield volume["name"], name, volume["emptyDir"]["sizeLimit"]


def row(volume: str, pod: str) -> str:
    component = pod.partition(" ")[0]
    for key in (f"{volume} {pod}", f"{volume} {component}"):
        if key in VOLUMES:
            return key
    return volume


@pytest.mark.parametrize(("refusing", "broken"), parameters(CASES))
def test_a_check_refuses(refusing: Check, broken: Break) -> None:
    assert_refused(refusing, broken)


def test_each_volume_has_a_size_and_the_table_says_why() -> None:
    found = {row(volume, pod): size for volume, pod, size in volume_sizes()}
    assert found == {key: size for key, (size, _) in VOLUMES.items()}
    for volume, pod, size in volume_sizes():
        assert size == VOLUMES[row(volume, pod)][0], (volume, pod)


def test_secrets_are_kept_in_memory() -> None:
    secret = {"connections", "kerberos-ticket", "pgbouncer-files"}
    media = {
        volume["name"]: volume["emptyDir"].get("medium")
        for _, pod in pods()
        for volume in pod.volumes
        if volume["name"] in secret
    }
    assert media == dict.fromkeys(secret, "Memory")


def test_each_container_requests_what_it_usually_writes() -> None:
    seen = set()
    for name, pod in pods():
        for each in pod.containers:
            key = name if name in REQUESTS and name.startswith(f"{each['name']} ") else each["name"]
            wanted, reason = REQUESTS.get(key, ("64Mi", OUTPUT))
            assert each["resources"]["requests"][STORAGE] == wanted, (key, reason)
            seen.add(key)
    assert seen >= REQUESTS.keys()


def test_no_container_has_a_limit_which_would_count_logs_and_volumes_together() -> None:
    for _, pod in pods():
        for each in pod.containers:
            assert STORAGE not in each["resources"]["limits"], (pod, each["name"])


def test_no_pod_requests_more_than_it_can_write() -> None:
    for name, pod in pods():
        volumes = [each["emptyDir"] for each in pod.volumes if "emptyDir" in each]
        on_disk = [number(each["sizeLimit"]) for each in volumes if "medium" not in each]
        most = sum(on_disk) + number("64Mi") * len(pod.containers)
        main = [number(c["resources"]["requests"][STORAGE]) for c in pod.main_containers]
        assert sum(main) <= most, name


READERS = {"migration", "testing"}
"""What reads volumes of others, and makes none."""


def test_only_one_function_makes_such_a_volume() -> None:
    folder = Path(cdk8s_airflow.__file__).parent
    makers = {
        path.name
        for path in folder.rglob("*.py")
        if path.relative_to(folder).parts[0] not in READERS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and key.value == "emptyDir"
    }
    assert makers == {"containers.py"}


def test_a_volume_of_the_same_name_takes_the_place_of_ours() -> None:
    own = {"name": "tmp", "emptyDir": {"sizeLimit": "50Gi"}}
    group = WorkerGroup(extra_volumes=[own])
    bundle = bundle_of(
        executor=CeleryExecutor(workers=[group]),
        airflow_pods=AirflowPods(extra_volumes=[{**own, "emptyDir": {"sizeLimit": "3Gi"}}]),
    )
    for pod in bundle.pods:
        sizes = {each["name"]: each.get("emptyDir", {}).get("sizeLimit") for each in pod.volumes}
        ours = {"postgresql": "64Mi", "redis": None, "bootstrap": "64Mi", "worker": "50Gi"}
        assert sizes.get("tmp") == ours.get(pod.component, "3Gi")


def test_a_disk_of_the_pod_s_own_may_take_the_place_of_ours() -> None:
    claim = {
        "accessModes": ["ReadWriteOnce"],
        "resources": {"requests": {"storage": "200Gi"}},
    }
    own = {"name": "tmp", "ephemeral": {"volumeClaimTemplate": {"spec": claim}}}
    group = WorkerGroup(extra_volumes=[own])
    (pod,) = [
        each
        for each in bundle_of(executor=CeleryExecutor(workers=[group])).pods
        if each.component == "worker"
    ]
    assert [each for each in pod.volumes if each["name"] == "tmp"] == [own]
    mounts = pod.main_containers[0]["volumeMounts"]
    assert [each["mountPath"] for each in mounts if each["name"] == "tmp"] == ["/tmp"]


def sizes_of(component: str, **props: object) -> dict[str, str]:
    (pod,) = [each for each in bundle_of(**props).pods if each.component == component]
    return {v["name"]: v["emptyDir"]["sizeLimit"] for v in pod.volumes if "emptyDir" in v}


@pytest.mark.parametrize(
    ("logs", "size"),
    [
        (Logs(max_size="1500Mi"), "3000Mi"),
        (Logs(max_size=None), "100Gi"),
        (Logs(size_limit="9Gi"), "9Gi"),
        (Logs(retention_days=None, size_limit="5Gi"), "5Gi"),
    ],
)
def test_the_volume_of_logs_follows_what_the_groomer_keeps(logs: Logs, size: str) -> None:
    assert sizes_of("worker", logs=logs)["logs"] == size
    assert sizes_of("api-server", logs=logs)["logs"] == "256Mi"  # nobody grooms it, nobody writes


def test_a_volume_of_logs_that_is_evicted_before_it_is_groomed_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Logs\(size_limit='8Gi', max_size='8Gi'\): a pod would"):
        Logs(size_limit="8Gi")
    with pytest.raises(
        ValueError, match=r"Logs\(store=\.\.\., size_limit='20Gi'\): .* whose claim"
    ):
        Logs(store=LogVolume(claim="logs"), size_limit="20Gi")
    with pytest.raises(ValueError, match=r"Logs\.size_limit='much': expected a quantity"):
        Logs(size_limit="much")


def test_several_repositories_share_a_volume_as_large_as_all_of_them() -> None:
    more = GitDags(repository=REPOSITORY, name="more", size_limit="1536Mi")
    dags = [GitDags(repository=REPOSITORY), more]
    assert sizes_of("worker", dags=dags)["dag-bundles"] == "5632Mi"


def test_the_checkout_of_git_sync_has_the_size_that_is_asked_for() -> None:
    dags = GitSyncDags(repository=REPOSITORY, size_limit="20Gi")
    assert sizes_of("dag-processor", dags=dags)["dags"] == "20Gi"
    with pytest.raises(ValueError, match=r"GitSyncDags\(volume=\.\.\., size_limit='20Gi'\)"):
        GitSyncDags(repository=REPOSITORY, volume="dags", size_limit="20Gi")
    with pytest.raises(ValueError, match=r"GitDags\.size_limit='much': expected a quantity"):
        GitDags(repository=REPOSITORY, size_limit="much")


@pytest.mark.parametrize(
    ("given", "request_of", "limit"),
    [
        ({"requests": {"cpu": "2"}}, "256Mi", None),
        ({"requests": {STORAGE: "3Gi"}}, "3Gi", None),
        ({"limits": {STORAGE: "3Gi"}}, None, "3Gi"),  # Kubernetes makes it the request too
    ],
)
def test_the_users_resources_win(given: object, request_of: str | None, limit: str | None) -> None:
    bundle = bundle_of(scheduler=SchedulerProps(resources=given))  # type: ignore[arg-type]
    found = bundle.container("Deployment", "af1-scheduler")["resources"]
    assert found.get("requests", {}).get(STORAGE) == request_of
    assert found.get("limits", {}).get(STORAGE) == limit
    assert found.get("requests", {}).get("memory") is None


@pytest.mark.parametrize("size", ["medium", "large"])
def test_a_size_leaves_the_disk_as_it_is(size: str) -> None:
    for bundle in (bundle_of(size=size), bundle_of(size=size, executor=LocalExecutor())):
        for pod in bundle.pods:
            main = pod.main_containers[0]
            local = "StatefulSet" == pod.owner["kind"] and pod.component == "scheduler"
            key = "scheduler (local)" if local else main["name"]
            wanted, _ = REQUESTS.get(key, ("64Mi", OUTPUT))
            assert main["resources"]["requests"][STORAGE] == wanted, pod

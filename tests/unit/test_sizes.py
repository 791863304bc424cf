"""Sizes: what they say, and that what a user says wins."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    DagProcessorProps,
    DagsFolder,
    EmbeddedPostgresql,
    EmbeddedRedis,
    ExternalPostgresql,
    SchedulerProps,
    TriggererProps,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.props import Size
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.release.sizes import with_size_defaults
from cdk8s_airflow.testing.synth import synthesize

ROOT = Path(__file__).resolve().parents[2]
DAGS = DagsFolder(str(ROOT / "dags"))
RESOURCES = {
    "requests": {"cpu": "1m", "memory": "1Mi", "ephemeral-storage": "1Mi"},
    "limits": {"memory": "2Mi"},
}
SIZES: tuple[Size, ...] = ("small", "medium", "large")


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path)


def replicas(bundle: Bundle) -> dict[str, int]:
    return {pod.component: pod.owner["spec"].get("replicas", 1) for pod in bundle.pods}


def count_of(component: str) -> Callable[[Bundle], int]:
    return lambda bundle: replicas(bundle)[component]


def env(bundle: Bundle, name: str) -> str:
    entries = bundle.container("Deployment", "af1-scheduler")["env"]
    return str({entry["name"]: entry.get("value") for entry in entries}.get(name))


def millis(quantity: str) -> int:
    return int(quantity[:-1]) if quantity.endswith("m") else int(quantity) * 1000


def mebi(quantity: str) -> int:
    number, unit = re.fullmatch(r"(\d+)(Mi|Gi)", quantity).groups()  # type: ignore[union-attr]
    return int(number) * (1024 if unit == "Gi" else 1)


def figures(bundle: Bundle) -> tuple[int, int, int]:
    """Requests of CPU (m) and memory (MiB), and limits of memory, of all that keeps running."""
    sums = [0, 0, 0]
    for pod in bundle.pods:
        if pod.owner["kind"] == "Job":
            continue
        count = pod.owner["spec"]["replicas"]
        for container in pod.spec["containers"]:
            wanted, limits = container["resources"]["requests"], container["resources"]["limits"]
            sums[0] += count * millis(wanted["cpu"])
            sums[1] += count * mebi(wanted["memory"])
            sums[2] += count * mebi(limits["memory"])
    return sums[0], sums[1], sums[2]


def slots(bundle: Bundle) -> int:
    worker = bundle.one("StatefulSet", "af1-worker")
    args = bundle.container("StatefulSet", "af1-worker")["args"]
    return int(worker["spec"]["replicas"]) * int(args[args.index("--concurrency") + 1])


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> dict[Size, Bundle]:
    return {size: bundle_of(tmp_path_factory.mktemp(size), size=size) for size in SIZES}


def test_small_is_the_default(bundles: dict[Size, Bundle], tmp_path: Path) -> None:
    assert bundle_of(tmp_path).manifests == bundles["small"].manifests


@pytest.mark.parametrize(("size", "tasks"), [("small", 16), ("medium", 64), ("large", 160)])
def test_a_size_runs_so_many_tasks(bundles: dict[Size, Bundle], size: Size, tasks: int) -> None:
    assert slots(bundles[size]) == tasks
    if size != "small":
        assert env(bundles[size], "AIRFLOW__CORE__PARALLELISM") == str(tasks)
        assert int(env(bundles[size], "AIRFLOW__CORE__DEFAULT_POOL_TASK_SLOT_COUNT")) >= tasks


@pytest.mark.parametrize("size", ["medium", "large"])
def test_larger_sizes_survive_the_loss_of_a_pod(bundles: dict[Size, Bundle], size: Size) -> None:
    counts = replicas(bundles[size])
    assert all(counts[name] > 1 for name in ("api-server", "scheduler", "triggerer", "worker"))
    budgets = {item["metadata"]["name"] for item in bundles[size].all("PodDisruptionBudget")}
    assert {"af1-api-server", "af1-scheduler", "af1-triggerer", "af1-worker"} <= budgets


def test_a_larger_size_asks_for_more_of_everything(bundles: dict[Size, Bundle]) -> None:
    ladder = [figures(bundles[size]) for size in SIZES]
    for low, high in pairwise(ladder):
        assert all(less < more for less, more in zip(low, high, strict=True))


def test_the_docs_have_the_figures(bundles: dict[Size, Bundle]) -> None:
    text = (ROOT / "docs" / "sizes.md").read_text()
    for size in SIZES:
        cpu, memory, limit = figures(bundles[size])
        sums = f"{cpu / 1000:g} CPU, {memory / 1024:.1f} GiB, at most {limit / 1024:.1f} GiB"
        assert f"| `{size}` | {slots(bundles[size])} | {sums} |" in text


EXPLICIT: dict[str, tuple[dict[str, Any], Callable[[Bundle], object], object]] = {
    **{
        f"replicas of the {component}": (
            {field: kind(replicas=1)},
            count_of(component),
            1,
        )
        for component, field, kind in [
            ("api-server", "api_server", ApiServerProps),
            ("scheduler", "scheduler", SchedulerProps),
            ("dag-processor", "dag_processor", DagProcessorProps),
            ("triggerer", "triggerer", TriggererProps),
        ]
    },
    "replicas of the workers": (
        {"executor": CeleryExecutor(workers=[WorkerGroup(replicas=2)])},
        count_of("worker"),
        2,
    ),
    "concurrency": (
        {"executor": CeleryExecutor(workers=[WorkerGroup(concurrency=8)])},
        slots,
        80,
    ),
    "resources": (
        {"scheduler": SchedulerProps(resources=RESOURCES)},
        lambda bundle: bundle.container("Deployment", "af1-scheduler")["resources"],
        RESOURCES,
    ),
    "resources of the database": (
        {"database": EmbeddedPostgresql(resources=RESOURCES)},
        lambda bundle: bundle.container("StatefulSet", "af1-postgresql")["resources"],
        RESOURCES,
    ),
    "resources of the broker": (
        {"broker": EmbeddedRedis(resources=RESOURCES)},
        lambda bundle: bundle.container("StatefulSet", "af1-redis")["resources"],
        RESOURCES,
    ),
    "config": (
        {"config": {"core": {"parallelism": 7}}},
        lambda bundle: (
            env(bundle, "AIRFLOW__CORE__PARALLELISM"),
            env(bundle, "AIRFLOW__CORE__MAX_ACTIVE_TASKS_PER_DAG"),
        ),
        ("7", "64"),
    ),
    "env": (
        {"env": {"AIRFLOW__CORE__PARALLELISM": "9"}},
        lambda bundle: env(bundle, "AIRFLOW__CORE__PARALLELISM"),
        "9",
    ),
}
"""What the user says beside `size="large"`, where to look, what is there."""


@pytest.mark.parametrize("case", EXPLICIT)
def test_what_the_user_says_wins(case: str, tmp_path: Path) -> None:
    props, look, expected = EXPLICIT[case]
    assert look(bundle_of(tmp_path, size="large", **props)) == expected


def test_a_group_of_another_name_keeps_its_own_defaults(tmp_path: Path) -> None:
    groups = [WorkerGroup(), WorkerGroup(name="gpu", queues=["gpu"])]
    bundle = bundle_of(tmp_path, size="large", executor=CeleryExecutor(workers=groups))
    counts = replicas(bundle)
    assert (counts["worker"], counts["worker-gpu"]) == (10, 2)


def test_a_size_adds_no_server_to_a_release_that_brings_its_own(tmp_path: Path) -> None:
    props = AirflowProps(size="large", database=ExternalPostgresql(host="db.example.com"))
    assert with_size_defaults(props).database is props.database


def test_another_size_is_refused() -> None:
    with pytest.raises(TypeError, match=r"AirflowProps\(size='huge'\): expected .*'small', 'medi"):
        resolve(AirflowProps(size="huge"), "af1")  # type: ignore[arg-type]

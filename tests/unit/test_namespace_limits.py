"""ResourceQuota and LimitRange, and whether a release fits into them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    DagsFolder,
    HpaAutoscaling,
    NamespaceLimits,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.kubernetes.quantities import format_amount, number
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))


def bundle_of(tmp_path: Path, limits: NamespaceLimits) -> Bundle:
    def build(app: App) -> None:
        props = AirflowProps(dags=DAGS, namespace_limits=limits)
        AirflowChart(app, "af1", namespace="airflow", props=props)

    return synthesize(build, tmp_path)


def refusal(limits: NamespaceLimits, **props: Any) -> str:
    app = App(outdir="unused")
    given = AirflowProps(dags=DAGS, namespace_limits=limits, **props)
    AirflowChart(app, "af1", namespace="airflow", props=given)
    with pytest.raises(RuntimeError) as error:
        app.synth_yaml()
    return str(error.value)


def test_the_objects_say_what_the_props_say(tmp_path: Path) -> None:
    limits = NamespaceLimits(
        quota={"requests.cpu": "20", "requests.memory": "64Gi", "pods": "100"},
        default_requests={"cpu": "100m"},
        default_limits={"cpu": "2"},
        maximum={"memory": "16Gi"},
    )
    bundle = bundle_of(tmp_path, limits)
    assert bundle.one("ResourceQuota", "af1-namespace")["spec"]["hard"] == limits.quota
    assert bundle.one("LimitRange", "af1-namespace")["spec"]["limits"] == [
        {
            "type": "Container",
            "default": {"cpu": "2", "memory": "16Gi"},
            "defaultRequest": {"cpu": "100m", "memory": "16Gi"},
            "max": {"memory": "16Gi"},
        }
    ]


def test_only_what_is_said_becomes_an_object(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, NamespaceLimits(quota={"pods": "100"}))
    assert bundle.all("LimitRange") == []
    bundle = bundle_of(tmp_path, NamespaceLimits(maximum={"memory": "16Gi"}))
    assert bundle.all("ResourceQuota") == []


def test_a_quota_below_what_the_release_asks_for_is_refused_with_the_numbers() -> None:
    said = refusal(NamespaceLimits(quota={"cpu": "100m", "limits.memory": "1Gi", "pods": "3"}))
    assert "namespace_limits.quota['cpu']='100m' is less than the " in said
    assert "namespace_limits.quota['limits.memory']='1Gi' is less than the " in said
    assert "namespace_limits.quota['pods']='3' is less than the 11 of this release" in said


def test_the_quota_counts_replicas_and_init_containers_as_kubernetes_does(tmp_path: Path) -> None:
    asks = {"requests": {"cpu": "3"}, "limits": {"memory": "1Gi"}}
    two = ApiServerProps(replicas=2, resources=asks)
    room = NamespaceLimits(quota={"requests.cpu": "6500m"})
    assert "is less than the" in refusal(room, api_server=two)
    one = ApiServerProps(resources=asks)
    said = refusal(NamespaceLimits(quota={"requests.cpu": "3"}), api_server=one)
    assert "='3' is less than the" in said


def test_the_quota_has_room_for_all_that_autoscalers_may_make() -> None:
    limits = NamespaceLimits(quota={"pods": "20"})
    said = refusal(limits, api_server=ApiServerProps(autoscaling=HpaAutoscaling(max_replicas=30)))
    assert "is less than the 40 of this release" in said


def test_a_quota_of_cpu_limits_would_keep_our_pods_out() -> None:
    said = refusal(NamespaceLimits(quota={"limits.cpu": "100"}))
    assert "add default_limits={'cpu': '2'}" in said


def test_a_container_beyond_the_bound_is_named() -> None:
    said = refusal(NamespaceLimits(maximum={"memory": "900Mi"}))
    assert "Deployment 'af1-api-server': container 'api-server' asks for 1Gi of memory" in said
    assert "namespace_limits.maximum allows 900Mi" in said


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, r"NamespaceLimits\(\) sets nothing: give quota="),
        ({"quota": {"pods": "many"}}, r"NamespaceLimits.quota\['pods'\]: 'many' is no quantity"),
        ({"maximum": {"cpu": "2 cores"}}, r"maximum\['cpu'\]: '2 cores' is no quantity"),
    ],
)
def test_what_means_nothing_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        NamespaceLimits(**given)


@pytest.mark.parametrize(
    ("quantity", "meant"),
    [
        ("250m", "0.25"),
        ("2", "2"),
        ("1.5", "1.5"),
        ("1k", "1000"),
        ("512Mi", "536870912"),
        ("1Ei", "1152921504606846976"),
        ("1E", "1000000000000000000"),
        ("2e3", "2000"),
        ("100n", "0.0000001"),
    ],
)
def test_quantities_are_those_of_kubernetes(quantity: str, meant: str) -> None:
    assert number(quantity) == Decimal(meant)


@pytest.mark.parametrize(
    ("resource", "amount", "words"),
    [
        ("requests.cpu", "1.25", "1250m"),
        ("requests.cpu", "3", "3"),
        ("limits.memory", "2684354560", "2.5Gi"),
        ("memory", "1048576", "1Mi"),
        ("pods", "12", "12"),
    ],
)
def test_amounts_are_told_as_people_say_them(resource: str, amount: str, words: str) -> None:
    assert format_amount(resource, Decimal(amount)) == words

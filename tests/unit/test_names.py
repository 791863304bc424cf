from __future__ import annotations

import re

import pytest

from cdk8s_airflow.kubernetes.hashing import content_hash
from cdk8s_airflow.kubernetes.labels import Labels, label_value
from cdk8s_airflow.kubernetes.names import (
    dns_label_problems,
    object_name,
    object_name_problems,
    release_name_problems,
)


@pytest.mark.parametrize("name", ["af1", "a", "data-platform", "a1-b2", "a" * 32])
def test_names_that_services_can_have_are_releases(name: str) -> None:
    assert list(release_name_problems(name)) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "release='' is not a valid name: expected lower-case letters"),
        ("Af1", "release='Af1' is not a valid name"),
        ("af_1", "is not a valid name"),
        ("-af1", "is not a valid name"),
        ("af1-", "is not a valid name"),
        ("a.b", "is not a valid name"),
        ("1af", r"release='1af' begins with a digit: .* choose for example 'r1af'"),
        ("a" * 64, "has 64 characters, at most 63 fit: shorten it"),
    ],
)
def test_other_names_are_refused_as_releases(name: str, message: str) -> None:
    (problem,) = release_name_problems(name)
    assert re.search(message, problem)


def test_a_namespace_may_begin_with_a_digit() -> None:
    assert list(dns_label_problems("namespace", "123")) == []


def test_an_object_name_leaves_room_for_the_suffixes_of_pods() -> None:
    assert object_name("a" * 36, "scheduler") == "a" * 36 + "-scheduler"
    with pytest.raises(ValueError, match=r"has 47 characters, at most 46 .* at most 36 characters"):
        object_name("a" * 37, "scheduler")


@pytest.mark.parametrize("name", ["keys", "my.secret-1", "0"])
def test_names_of_the_users_objects_may_hold_dots(name: str) -> None:
    assert list(object_name_problems("SecretKey.name", name)) == []


@pytest.mark.parametrize("name", ["", "Keys", "a..b", ".a", "a" * 254])
def test_names_that_no_object_can_have_are_refused(name: str) -> None:
    (problem,) = object_name_problems("SecretKey.name", name)
    assert re.match(r"SecretKey\.name='.*' cannot be the name of an object", problem)


def test_a_hash_depends_on_the_content_and_not_on_its_order() -> None:
    assert content_hash({"a": 1, "b": 2}) == content_hash({"b": 2, "a": 1})
    assert content_hash({"a": 1}) != content_hash({"a": 2})
    assert len(content_hash("x", length=16)) == 16


@pytest.mark.parametrize(
    ("version", "label"),
    [("3.3.2", "3.3.2"), ("3.3.2+dags/17", "3.3.2_dags_17"), ("-x-", "x"), ("v" * 80, "v" * 63)],
)
def test_a_version_becomes_a_legal_label(version: str, label: str) -> None:
    assert label_value(version) == label


def test_the_selector_is_name_instance_and_component_and_nothing_that_changes() -> None:
    labels = Labels(name="airflow", instance="af1", component="x", part_of="airflow", version="1")
    assert labels.selector == {
        "app.kubernetes.io/name": "airflow",
        "app.kubernetes.io/instance": "af1",
        "app.kubernetes.io/component": "x",
    }
    assert set(labels.all) - set(labels.selector) == {
        "app.kubernetes.io/part-of",
        "app.kubernetes.io/managed-by",
    }
    assert dict(labels.with_version) == {**labels.all, "app.kubernetes.io/version": "1"}

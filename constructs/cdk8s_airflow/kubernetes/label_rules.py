"""Names and values of labels, and names of annotations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cdk8s_airflow.kubernetes.names import is_object_name
from cdk8s_airflow.kubernetes.problems import Problem

_NAME = re.compile(r"[A-Za-z0-9]([-._A-Za-z0-9]{0,61}[A-Za-z0-9])?")


def qualified_name_problem(key: str) -> str:
    """The problem of the name of a label, annotation, taint or resource, or nothing."""
    prefix, slash, name = key.rpartition("/")
    if _NAME.fullmatch(name) and (is_object_name(prefix) if slash else not prefix):
        return ""
    return (
        f": {key!r} is no name for it: expected at most 63 letters, digits, '-', '_' and '.', "
        "beginning and ending with a letter or digit, after a DNS name and '/' if you like"
    )


def label_problems(labels: Mapping[str, object]) -> Iterator[Problem]:
    """The problems of labels, or of a selector of labels."""
    for key, value in labels.items():
        if text := qualified_name_problem(str(key)):
            yield Problem((str(key),), text)
        if isinstance(value, str) and value and not _NAME.fullmatch(value):
            yield Problem(
                (str(key),), f"={value!r} is no value of a label: expected at most 63 letters, "
                "digits, '-', '_' and '.', beginning and ending with a letter or digit"
            )  # fmt: skip


def annotation_problems(annotations: Mapping[str, object]) -> Iterator[Problem]:
    """The problems of annotations, whose values are free."""
    for key in annotations:
        if text := qualified_name_problem(str(key)):
            yield Problem((str(key),), text)

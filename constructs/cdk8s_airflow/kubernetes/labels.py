"""The recommended labels of Kubernetes, and those of them that are selectors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_MANAGER = "cdk8s-airflow"
NAME_LABEL = "app.kubernetes.io/name"
INSTANCE_LABEL = "app.kubernetes.io/instance"
COMPONENT_LABEL = "app.kubernetes.io/component"
VERSION_LABEL = "app.kubernetes.io/version"


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The labels of a component's objects and pods.

    See https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
    """

    name: str
    """The application, for example `airflow`."""
    instance: str
    """The release."""
    component: str
    """The component of the release, for example `scheduler`."""
    part_of: str
    """The larger whole, for example `airflow`."""
    version: str
    """The version of the application in the image of the pods; characters that a label cannot hold
    become `_`."""

    @property
    def selector(self) -> Mapping[str, str]:
        """The labels that select the pods; they never change, as selectors are immutable."""
        return {
            NAME_LABEL: self.name,
            INSTANCE_LABEL: self.instance,
            COMPONENT_LABEL: self.component,
        }

    @property
    def all(self) -> Mapping[str, str]:
        """All labels of an object that runs no image: an upgrade leaves it as it is."""
        return {
            **self.selector,
            "app.kubernetes.io/part-of": self.part_of,
            "app.kubernetes.io/managed-by": _MANAGER,
        }

    @property
    def with_version(self) -> Mapping[str, str]:
        """All labels and the version, for pods and workloads, which an upgrade changes anyway."""
        return {**self.all, VERSION_LABEL: label_value(self.version)}


def label_value(text: str) -> str:
    """`text` as a legal label value: at most 63 of `[A-Za-z0-9._-]`, alphanumeric at both ends."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", text)[:63].strip("._-")


def reserved_label_problems(owner: str, labels: Iterable[str], what: str) -> Iterator[str]:
    """Labels of a user that the library sets itself.

    Args:
        owner: name of the class, for messages.
        labels: their names.
        what: has them: `a pod` or `an object`.
    """
    for label in labels:
        if label.startswith("app.kubernetes.io/"):
            yield (
                f"{owner}.labels[{label!r}]: labels of app.kubernetes.io/ tell whose {what} is and "
                "cannot be changed; use a prefix of your own"
            )

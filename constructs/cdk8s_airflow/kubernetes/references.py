"""References to keys of Secrets and ConfigMaps, and environment variables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from cdk8s_airflow.kubernetes.names import object_name_problems
from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.props import Props

_DATA_KEY = re.compile(r"[-._a-zA-Z0-9]{1,253}")
_OF_THE_IMAGE = frozenset({"PATH", "HOME", "AIRFLOW_HOME"})
_POD_FIELDS = (
    *("metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName"),
    *("spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP"),
    "status.podIPs",
)
_POD_MAPS = re.compile(r"metadata\.(labels|annotations)\['[^']+'\]")
_RESOURCE_FIELD = re.compile(r"(limits|requests)\.(cpu|memory|ephemeral-storage)")
_ENV_NAME = re.compile(r"[-._a-zA-Z][-._a-zA-Z0-9]*")


class EnvVar(dict[str, object]):
    """An environment variable in wire form, with the attributes of the struct `k8s.EnvVar`."""

    @property
    def name(self) -> str:
        """`name`."""
        return str(self["name"])

    @property
    def value(self) -> str | None:
        """`value`; None: it comes from elsewhere, or is empty."""
        return str(self["value"]) if "value" in self else None


@dataclass(frozen=True, kw_only=True)
class _Key(Props):
    name: str
    """Name of the object, in the release's namespace."""
    key: str
    """Key in its data."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        kind = type(self).__name__
        yield from object_name_problems(f"{kind}.name", self.name)
        if not _DATA_KEY.fullmatch(self.key):
            yield (
                f"{kind}(name={self.name!r}).key={self.key!r} is not a key: expected 1 to 253 "
                "letters, digits, dots, dashes and underscores; name the entry of its data"
            )


@dataclass(frozen=True, kw_only=True)
class SecretKey(_Key):
    """One key of a Secret that exists in the release's namespace."""

    def env(self, name: str) -> EnvVar:
        """An environment variable that takes its value from the key."""
        selector = {"name": self.name, "key": self.key}
        return EnvVar({"name": name, "valueFrom": {"secretKeyRef": selector}})

    def volume(self, name: str, file: str, *, mode: int | None = None) -> Manifest:
        """A volume with the key as its one file.

        Args:
            name: of the volume.
            file: name of the file.
            mode: permissions of the file. Default: Kubernetes's 0644.
        """
        items = [{"key": self.key, "path": file}]
        source = {"secretName": self.name, "items": items, "defaultMode": mode}
        return {"name": name, "secret": source}


@dataclass(frozen=True, kw_only=True)
class ConfigMapKey(_Key):
    """One key of a ConfigMap that exists in the release's namespace."""

    def env(self, name: str) -> EnvVar:
        """An environment variable that takes its value from the key."""
        selector = {"name": self.name, "key": self.key}
        return EnvVar({"name": name, "valueFrom": {"configMapKeyRef": selector}})

    def volume(self, name: str, file: str) -> Manifest:
        """A volume of that name with the key as its one file."""
        items = [{"key": self.key, "path": file}]
        return {"name": name, "configMap": {"name": self.name, "items": items}}


@dataclass(frozen=True, kw_only=True)
class FieldRef(Props):
    """A field of the pod, for example the address of its node: `FieldRef(path="status.hostIP")`."""

    path: str
    """`fieldPath`: one of those that the downward API knows for variables, such as
    `metadata.name`, `metadata.labels['team']`, `spec.nodeName`, `status.podIP`."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if self.path not in _POD_FIELDS and not _POD_MAPS.fullmatch(self.path):
            yield (
                f"FieldRef(path={self.path!r}): expected one of {', '.join(_POD_FIELDS)}, "
                "metadata.labels['...'] or metadata.annotations['...']"
            )

    def env(self, name: str) -> EnvVar:
        """An environment variable with the value of the field."""
        selector = {"fieldPath": self.path, "apiVersion": "v1"}
        return EnvVar({"name": name, "valueFrom": {"fieldRef": selector}})


@dataclass(frozen=True, kw_only=True)
class ResourceFieldRef(Props):
    """A request or limit of the container: `ResourceFieldRef(resource="limits.memory")`."""

    resource: str
    """`resource`: `limits.` or `requests.` and `cpu`, `memory` or `ephemeral-storage`."""
    divisor: str = "1"
    """`divisor`: the unit of the value, for example `1Mi`. Default: 1, cores or bytes."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if not _RESOURCE_FIELD.fullmatch(self.resource):
            yield (
                f"ResourceFieldRef(resource={self.resource!r}): expected 'limits.cpu', "
                "'requests.memory' or the like"
            )

    def env(self, name: str) -> EnvVar:
        """An environment variable with the value of the resource."""
        selector = {"resource": self.resource, "divisor": self.divisor}
        return EnvVar({"name": name, "valueFrom": {"resourceFieldRef": selector}})


EnvValue: TypeAlias = str | SecretKey | ConfigMapKey | FieldRef | ResourceFieldRef
"""The value of an environment variable: literal, or taken from the cluster."""


def env_problems(option: str, env: Mapping[str, EnvValue]) -> Iterator[str]:
    """Invalid names of environment variables of a user, and those that the image sets.

    Args:
        option: name of the option in messages.
        env: name -> value.
    """
    for name in env:
        if name in _OF_THE_IMAGE:
            yield (
                f"{option}[{name!r}] is set by the image, and its programs would not be found with "
                "another: leave it out"
            )
        elif not _ENV_NAME.fullmatch(name):
            yield (
                f"{option}[{name!r}] is not the name of an environment variable: expected letters, "
                "digits, `_`, `-` and `.`, not beginning with a digit"
            )


def env_vars(env: Mapping[str, EnvValue]) -> tuple[EnvVar, ...]:
    """A mapping of environment variables as `env` of a container."""
    return tuple(
        env_var(name, value) if isinstance(value, str) else value.env(name)
        for name, value in env.items()
    )


def env_var(name: str, value: str) -> EnvVar:
    """An environment variable with a literal value."""
    return EnvVar({"name": name, "value": value} if value else {"name": name})


def literal(text: str) -> str:
    """A text escaped for `value` of an environment variable.

    Kubernetes would expand `$(NAME)` in it, and make one dollar of two.
    """
    return text.replace("$", "$$") if "$(" in text or "$$" in text else text

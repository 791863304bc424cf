"""Container images by tag or digest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cdk8s_airflow.kubernetes.image_reference import is_repository
from cdk8s_airflow.kubernetes.props import Props

_PREFIX = re.compile(r"[a-z0-9][a-z0-9.-]*(:[0-9]+)?(/[a-z0-9._-]+)*")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class Registry(Props):
    """One registry that all images come from, as in a network without another way to images.

    It has them under their own paths: `apache/airflow:3.3.2` and
    `registry.k8s.io/git-sync/git-sync:v4.7.1` are `apache/airflow:3.3.2` and
    `git-sync/git-sync:v4.7.1` there.
    """

    prefix: str
    """Host, and a path if you like: `registry.example.com/mirror`."""
    pull_secret: str | None = None
    """Name of a `kubernetes.io/dockerconfigjson` Secret in the namespace, for all pods. Default:
    none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        if not _PREFIX.fullmatch(self.prefix) or not _has_host(f"{self.prefix}/"):
            yield (
                f"Registry(prefix={self.prefix!r}): expected a host, with a path if you like, such "
                "as 'registry.example.com/mirror'; no scheme and no slash at its end"
            )

    def reference(self, image: str) -> str:
        """The `image` of a container in this registry."""
        if image.startswith(f"{self.prefix}/"):
            return image
        return f"{self.prefix}/{image.partition('/')[2] if _has_host(image) else image}"


def _has_host(image: str) -> bool:
    """Whether the first part of a reference is a host, as container runtimes see it."""
    first, slash, _ = image.partition("/")
    return bool(slash) and ("." in first or ":" in first or first == "localhost")


@dataclass(frozen=True, kw_only=True)
class Image(Props):
    """A container image.

    Example: `Image(repository="registry.example.com/airflow", tag="3.3.2-dags-17")`.
    """

    repository: str
    """Registry and path, for example `apache/airflow`; no tag."""
    tag: str | None = None
    """Tag, for example `3.3.2`; `latest` is an error, as it is another image each day. Default:
    none."""
    digest: str | None = None
    """Digest, `sha256:` and 64 hex digits; the tag is then used for the version label only.
    Default: none."""
    pull_policy: Literal["Always", "IfNotPresent", "Never"] = "IfNotPresent"
    """`imagePullPolicy`. Default: `IfNotPresent`, as tags should not move."""
    pull_secrets: tuple[str, ...] = ()
    """`imagePullSecrets`: names of `kubernetes.io/dockerconfigjson` Secrets in the namespace.
    Default: none."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        name = f"Image(repository={self.repository!r})"
        if not is_repository(self.repository):
            yield (
                f"{name}.repository: expected a name such as 'apache/airflow' without tag; "
                "give the tag as tag="
            )
        if self.tag is None and self.digest is None:
            yield f"{name} has neither tag nor digest: give tag='3.3.2' or digest='sha256:...'"
        if self.tag is not None and (self.tag == "latest" or not _TAG.fullmatch(self.tag)):
            yield (
                f"{name}.tag={self.tag!r}: expected a fixed tag of letters, digits, '_', '.', '-'"
            )
        if self.digest is not None and not _DIGEST.fullmatch(self.digest):
            yield f"{name}.digest={self.digest!r}: expected 'sha256:' + 64 hex digits"

    @property
    def reference(self) -> str:
        """The value of a container's `image`."""
        return (
            f"{self.repository}@{self.digest}" if self.digest else f"{self.repository}:{self.tag}"
        )

    @property
    def version(self) -> str:
        """The tag, or the beginning of the digest: for the version label."""
        return self.tag or str(self.digest)[7:19]

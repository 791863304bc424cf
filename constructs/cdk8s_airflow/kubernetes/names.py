"""Names of objects: valid, with room for the suffixes that Kubernetes appends."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
_SERVICE = re.compile(r"[a-z]([-a-z0-9]*[a-z0-9])?")
_DNS_SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")

LIMIT = 63
"""Characters in a DNS label, a label value, a Service name and a pod's host name."""

SUFFIX_ROOM = 17
"""What Kubernetes adds to a workload's name: `-<template hash>-<pod id>`, 10 + 5 + 2 dashes.

A StatefulSet needs 11 for the revision label of its pods, a Job 9 for our hash and 6 for its pods.
"""


def is_label(text: str) -> bool:
    """Whether it is a DNS-1123 label."""
    return len(text) <= LIMIT and bool(_LABEL.fullmatch(text))


def is_object_name(text: str) -> bool:
    """Whether an object may have that name (DNS-1123 subdomain)."""
    return len(text) <= 253 and bool(_DNS_SUBDOMAIN.fullmatch(text))


def dns_label_problems(option: str, value: str, *, limit: int = LIMIT) -> Iterator[str]:
    """Why `value` is no DNS-1123 label.

    Args:
        option: name of the option in messages.
        value: the name.
        limit: the longest allowed, in characters.
    """
    if len(value) > limit:
        yield f"{option}={value!r} has {len(value)} characters, at most {limit} fit: shorten it"
    elif not _LABEL.fullmatch(value):
        yield (
            f"{option}={value!r} is not a valid name: expected lower-case letters, digits and "
            "dashes, beginning and ending with a letter or digit (DNS-1123 label)"
        )


def release_name_problems(value: str) -> Iterator[str]:
    """Why it is no release name: a DNS-1123 label that begins with a letter, as Services demand."""
    found = list(dns_label_problems("release", value))
    yield from found
    if not found and not _SERVICE.fullmatch(value):
        yield (
            f"release={value!r} begins with a digit: names of Services begin with a letter "
            f"(DNS-1035), so choose for example {'r' + value!r}"
        )


def object_name_problems(option: str, value: str) -> Iterator[str]:
    """Why an object that the user brings, such as a Secret, cannot have that name (DNS subdomain).

    Args:
        option: name of the option in messages.
        value: the name.
    """
    if not is_object_name(value):
        yield (
            f"{option}={value!r} cannot be the name of an object: expected lower-case letters, "
            "digits, dashes and dots, beginning and ending with a letter or digit, at most 253"
        )


def object_name(release: str, component: str) -> str:
    """The name of a component's objects: `{release}-{component}`.

    Args:
        release: the name of the release.
        component: for example `scheduler`.

    Raises:
        ValueError: when it leaves no room for the suffixes of pods and Jobs.
    """
    name = f"{release}-{component}"
    limit = LIMIT - SUFFIX_ROOM
    if len(name) > limit:
        raise ValueError(
            f"release={release!r} is too long: {name!r} has {len(name)} characters, at most "
            f"{limit} leave room for the suffixes of its pods; use a release name of at most "
            f"{max(limit - len(component) - 1, 0)} characters"
        )
    return name

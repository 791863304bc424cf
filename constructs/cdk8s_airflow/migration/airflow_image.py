"""The image and the version of Airflow, of which the old ones are too old."""

from __future__ import annotations

import re
from typing import Any

from cdk8s_airflow.migration.conversion import Conversion
from cdk8s_airflow.migration.rules import (
    plain,
)

DEFAULT = "3.3.2"
"""The version of Airflow that the library has by default."""


OLDEST = (3, 1)


OFFICIAL = ("apache/airflow", "docker.io/apache/airflow")


_VERSION = re.compile(r"(?<!\d)(\d{1,4})\.(\d{1,4})\.(\d{1,4})")


_PYTHON = re.compile(r"-python3\.(\d+)")


def numbers(text: Any) -> tuple[int, int, int] | None:
    """The version of Airflow in a text, such as a tag."""
    found = _VERSION.search(plain(text))
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def new_tag(tag: str, *, official: bool) -> str:
    """A tag with the version of Airflow that this library runs, if the old one is too old."""
    found = numbers(tag)
    if found is None or found >= (*OLDEST, 0):
        return tag
    tag = tag.replace(".".join(map(str, found)), DEFAULT, 1)
    python = _PYTHON.search(tag)
    return tag.replace(python[0], "") if official and python and int(python[1]) < 10 else tag


def put_image(made: Conversion, repository: str, tag: str, policy: str, digest: str) -> None:
    """Writes the image, in the version that this library runs."""
    official = repository in OFFICIAL
    wanted = new_tag(tag, official=official)
    default = official and not digest and wanted in ("", DEFAULT)
    in_image = not any(made.on(f"dags.{key}.enabled") for key in ("gitSync", "persistence"))
    if default and policy in ("", "IfNotPresent") and not in_image:
        return
    image: dict[str, Any] = {"repository": repository}
    image["tag"] = wanted or DEFAULT
    if digest and wanted == tag:
        image["digest"] = digest
    if policy not in ("", "IfNotPresent"):
        image["pullPolicy"] = policy
    made.root.put("image", image)
    if wanted != tag:
        text = "is published" if official else "has to be built: FROM apache/airflow:3.3.2"
        made.step(f"The image `{repository}:{wanted}` {text}; the old one, `{tag}`, is too old.")


def version(made: Conversion, text: Any) -> None:
    """Writes the version, if it is one that the library knows and not its default."""
    found = numbers(text)
    if found and found >= (*OLDEST, 0) and plain(text) != DEFAULT:
        made.root.put("airflowVersion", plain(text))

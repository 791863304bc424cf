"""Images by digest, from a file that a script keeps up to date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cdk8s_airflow.kubernetes.image_reference import is_reference
from cdk8s_airflow.kubernetes.images import Registry
from cdk8s_airflow.kubernetes.problems import refuse
from cdk8s_airflow.kubernetes.props import Props

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_SCRIPT = "python scripts/image_digests.py"


@dataclass(frozen=True)
class ImageDigests(Props):
    """Digests of images, which a tag may lose and a digest never: nobody can change such an image.

    The file has a line for each image, by the name that the manifests have without this option and
    without `images=`:

        redis:7.4.7: sha256:0123...

    An image that has no line keeps its tag. `scripts/image_digests.py` writes the file anew.
    """

    file: str
    """Path of the file, absolute or relative to the working folder of the app."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        here = f"ImageDigests({self.file!r})"
        if not Path(self.file).is_file():
            yield (
                f"{here}: there is no such file (working folder: {Path.cwd().name}/); make it: "
                f"{_SCRIPT} {self.file} redis:7.4.7 ..."
            )
            return
        lines: dict[str, int] = {}
        for number, image, digest in self._entries:
            if problem := _problem(image, digest, lines):
                yield f"{here}, line {number}: {problem}"
            lines[image] = number

    @cached_property
    def _entries(self) -> Sequence[tuple[int, str, str]]:
        """Line, image and digest, as the file was when the props were made."""
        entries = []
        for number, line in enumerate(Path(self.file).read_text("utf-8").splitlines(), 1):
            text = line.partition(" #")[0].strip()
            if text and not text.startswith("#"):
                image, _, digest = text.rpartition(": ")
                entries.append((number, image.strip().strip("'\""), digest.strip().strip("'\"")))
        return entries

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Image by tag -> its digest."""
        return {image: digest for _, image, digest in self._entries}

    def line(self, image: str) -> int:
        """The line of an image in the file."""
        return next(number for number, name, _ in self._entries if name == image)


def _problem(image: str, digest: str, lines: Mapping[str, int]) -> str:
    """What is wrong with a line; empty: nothing."""
    if not image:
        return "expected 'image:tag: sha256:...'"
    tagged = ":" in image.rpartition("/")[2]
    if "@" in image or not tagged or not is_reference(image):
        return f"{image!r} is no image with a tag, such as 'apache/airflow:3.3.2'"
    if not _DIGEST.fullmatch(digest):
        return f"{digest!r} of {image} is no digest: expected 'sha256:' + 64 hex digits"
    if image in lines:
        return f"{image} is here twice, first in line {lines[image]}"
    return ""


@dataclass(frozen=True, kw_only=True)
class PinnedImages:
    """The images of a release, by digest where there is one."""

    pins: ImageDigests
    """The digests."""
    registry: Registry | None = None
    """Where all images come from. Default: each from its own."""
    _used: set[str] = field(default_factory=set, compare=False, repr=False)

    @property
    def pull_secret(self) -> str | None:
        """Name of the Secret of the registry."""
        return self.registry.pull_secret if self.registry else None

    def reference(self, image: str) -> str:
        """The `image` of a container."""
        digest = self.pins.digests.get(image)
        if digest is not None:
            self._used.add(image)
            image = f"{image.rpartition(':')[0]}@{digest}"
        return self.registry.reference(image) if self.registry else image

    def check_used(self) -> None:
        """Checks that each digest is one of an image of the release, once all pods are made.

        Raises:
            ValueError: with all that are not: after an upgrade, or a slip of the pen.
        """
        refuse(
            f"ImageDigests({self.pins.file!r}), line {self.pins.line(image)}: no container of the "
            f"release has the image {image!r}; give the tag that it has, and refresh the digest: "
            f"{_SCRIPT} {self.pins.file}"
            for image in self.pins.digests
            if image not in self._used
        )

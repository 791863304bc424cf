"""Looks up the digests of images in their registries, and writes the file that props read.

Usage: image_digests.py FILE [IMAGE:TAG ...] [--registry PREFIX] [--check]

FILE has a line `image:tag: sha256:...` for each image, as `ImageDigests` reads it. Each digest is
looked up anew, those of further images are added; the file is written only when all are known.
With --registry the registry of `images=Registry(prefix=...)` is asked. With --check nothing is
written, and the exit code is 1 when a tag has another digest by now.

A registry that wants a password gets REGISTRY_USER and REGISTRY_PASSWORD of the environment. The
standard library is enough for it.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from email.message import Message
from pathlib import Path
from urllib.parse import urlencode

MANIFESTS = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
)
"""Those of all platforms first: a digest of one platform would start on no other."""
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
HUB = "docker.io"
HUB_API = "registry-1.docker.io"
CHALLENGE = re.compile(r'(\w+)="([^"]*)"')
HEADER = "# Digests of images by tag; python scripts/image_digests.py looks them up again.\n"


class DigestError(Exception):
    """A registry has no such image, or does not answer."""


def split_image(image: str, registry: str = "") -> tuple[str, str, str]:
    """Host, repository and tag of an image.

    Args:
        image: for example `redis:7.4.7`, which is `library/redis` of Docker Hub.
        registry: host and path of the registry that has all images. Default: each has its own.
    """
    name, _, tag = image.rpartition(":")
    first, slash, rest = name.partition("/")
    has_host = slash and ("." in first or ":" in first or first == "localhost")
    if registry:
        host, _, folder = registry.partition("/")
        return host, "/".join(filter(None, (folder, rest if has_host else name))), tag
    host, path = (first, rest) if has_host else (HUB, name)
    return host, f"library/{path}" if host == HUB and "/" not in path else path, tag


def look_up(image: str, registry: str = "") -> str:
    """The digest that the tag of an image has now.

    Raises:
        DigestError: with the reason.
    """
    host, repository, tag = split_image(image, registry)
    here = host.partition(":")[0] in ("localhost", "127.0.0.1")  # as container runtimes do
    server = f"{'http' if here else 'https'}://{HUB_API if host == HUB else host}"
    url = f"{server}/v2/{repository}/manifests/{tag}"
    headers = {"Accept": ", ".join(MANIFESTS)}
    try:
        found, _ = ask(url, headers, "HEAD")
        digest = found.get("Docker-Content-Digest", "")
        if not digest:  # which is no must; then it is that of the text
            _, text = ask(url, headers, "GET")
            digest = f"sha256:{hashlib.sha256(text).hexdigest()}"
    except urllib.error.HTTPError as error:
        hint = "; set REGISTRY_USER and REGISTRY_PASSWORD" if error.code in (401, 403) else ""
        raise DigestError(f"{image}: {host} answers {error.code} {error.reason}{hint}") from error
    except (OSError, ValueError) as error:
        raise DigestError(f"{image}: {host} does not answer: {error}") from error
    if not DIGEST.fullmatch(digest):
        raise DigestError(f"{image}: {host} answers {digest!r}, which is no digest by SHA-256")
    return digest


def ask(url: str, headers: Mapping[str, str], method: str) -> tuple[Message, bytes]:
    """Header and text of an answer; with the token that the registry asks for, if it does."""
    try:
        return answer(url, headers, method)
    except urllib.error.HTTPError as error:
        wanted = error.headers.get("WWW-Authenticate", "")
        basic = wanted.lower().startswith("basic")
        if error.code != 401 or not wanted or (basic and not login()):
            raise
        return answer(url, {**headers, "Authorization": authorization(wanted)}, method)


def answer(url: str, headers: Mapping[str, str], method: str) -> tuple[Message, bytes]:
    """Header and text of an answer."""
    request = urllib.request.Request(url, headers=dict(headers), method=method)
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.headers, response.read()


def authorization(challenge: str) -> str:
    """What a registry wants to see, by its own words.

    See https://distribution.github.io/distribution/spec/auth/token/
    """
    scheme, _, rest = challenge.partition(" ")
    if scheme.lower() == "basic":
        return login()
    words = dict(CHALLENGE.findall(rest))
    query = urlencode({key: words[key] for key in ("service", "scope") if key in words})
    headers = {"Authorization": mine} if (mine := login()) else {}
    _, text = answer(f"{words['realm']}?{query}", headers, "GET")
    token = json.loads(text)
    return f"Bearer {token.get('token') or token['access_token']}"


def login() -> str:
    """The user and password of the environment; empty: there are none."""
    user, password = os.environ.get("REGISTRY_USER"), os.environ.get("REGISTRY_PASSWORD")
    if not user or not password:
        return ""
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


def read(file: Path) -> dict[str, str]:
    """Image -> digest, of the file; nothing if there is none."""
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    texts = [text for line in lines if (text := line.partition(" #")[0].strip())]
    pairs = [text.rpartition(": ") for text in texts if not text.startswith("#")]
    return {image.strip().strip("'\""): digest.strip() for image, _, digest in pairs}


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("image", nargs="*")
    parser.add_argument("--registry", default="", metavar="PREFIX")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    known = read(options.file)
    wanted = sorted({*known, *options.image})
    found: dict[str, str] = {}
    problems = []
    for image in wanted:
        if "@" in image or ":" not in image.rpartition("/")[2]:
            problems.append(f"{image}: expected a tag, and no digest: redis:7.4.7")
            continue
        try:
            found[image] = look_up(image, options.registry)
        except DigestError as error:
            problems.append(str(error))
    if not wanted:
        problems.append(f"{options.file} names no image: add some, for example redis:7.4.7")
    if problems:
        print("\n".join(problems), file=sys.stderr)
        return 1
    changed = {image: digest for image, digest in found.items() if known.get(image) != digest}
    for image, digest in changed.items():
        print(f"{image}: {known.get(image) or 'new'} -> {digest}")
    if options.check:
        return 1 if changed else 0
    options.file.write_text(
        HEADER + "".join(f"{image}: {digest}\n" for image, digest in found.items()), "utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

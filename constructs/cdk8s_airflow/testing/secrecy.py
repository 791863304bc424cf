"""No secret is in the manifests."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from cdk8s_airflow.checks.bundle import POD_TEMPLATE, Bundle, Manifest, pod_template, title
from cdk8s_airflow.testing.walk import walk

SECRET_WORDS = {
    "APIKEY",
    "CREDENTIAL",
    "CREDENTIALS",
    "KEY",
    "PASS",
    "PASSWD",
    "PASSWORD",
    "PASSPHRASE",
    "PW",
    "SECRET",
    "TOKEN",
}
POINTER_WORDS = {"CMD", "FILE", "ID", "NAME", "PATH", "URL"}
"""An env name with one of these at its end holds where a secret is, not what it is."""

NAMES_OF_OPTIONS = re.compile(r"GIT_CONFIG_KEY_\d+")
"""Env names that hold what git calls a key: the name of one of its options."""

HARMLESS = re.compile(r"|\d{1,9}(\.\d+)?|(?i:true|false|none|yes|no)|/[\w./-]+|\$\([A-Za-z_]\w*\)")
CREDENTIALS = re.compile(
    r"\b[a-z][a-z0-9+.-]*://(?P<user>[^\s:/@\"'<>]*):(?P<password>[^\s@\"'<>]*)@"
)
TEMPLATE = re.compile(r"\{[A-Z][A-Z0-9_]*\}|\$\([A-Z][A-Z0-9_]*\)|\$\{?[A-Z][A-Z0-9_]*\}?")
BLOB = re.compile(r"(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{32,}={0,2}(?![A-Za-z0-9+/_=-])")
HEX = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-f]{32,}|[0-9A-F]{32,})(?![0-9A-Za-z])")
PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
RANDOM_BITS = {"blob": 4.1, "hex": 3.0}
"""Bits of entropy per character above which a text passes for random."""

CHECKSUM_ANNOTATIONS = frozenset({"cdk8s-airflow/checksum"})


def check_no_secret_objects(bundle: Bundle) -> Iterator[str]:
    """No Secret carries data: what is in Git is no secret."""
    for secret in bundle.all("Secret"):
        if secret.get("data") or secret.get("stringData"):
            yield f"{title(secret)}: carries data"


def check_env_literals(bundle: Bundle) -> Iterator[str]:
    """An env variable that is a secret by its name takes its value from a Secret."""
    for pod in bundle.pods:
        for container in pod.containers:
            for entry in container.get("env") or []:
                if "value" in entry and is_secret_name(entry["name"]):
                    if not is_harmless(str(entry["value"])):
                        yield (
                            f"{pod}: container {container['name']}: env {entry['name']} "
                            "is a literal, not a reference to a Secret"
                        )


def is_secret_name(name: str) -> bool:
    """Tell whether an env variable of that name holds a secret."""
    if NAMES_OF_OPTIONS.fullmatch(name):
        return False
    words = [word for word in name.upper().split("_") if word]
    return bool(SECRET_WORDS & set(words)) and words[-1] not in POINTER_WORDS


def is_harmless(value: str) -> bool:
    """Tell whether a literal is no secret: empty, a number or switch, a path, a reference."""
    return HARMLESS.fullmatch(value) is not None or TEMPLATE.fullmatch(value) is not None


def check_texts(bundle: Bundle) -> Iterator[str]:
    """No text anywhere holds credentials in a URL, a private key, or what looks random."""
    for manifest in bundle.manifests:
        for path, value in walk(_without_checksums(_opened(manifest))):
            if not isinstance(value, str) or path.endswith(".image"):
                continue
            for problem in text_problems(value):
                yield f"{title(manifest)}: {path}: {problem}"


@cache
def text_problems(text: str) -> tuple[str, ...]:
    """Tell what in a text looks like a secret, without repeating it."""
    return tuple(_text_problems(text))


def _text_problems(text: str) -> Iterator[str]:
    for match in CREDENTIALS.finditer(text):
        password = match["password"]
        if password and not TEMPLATE.fullmatch(password):
            yield f"a URL holds the password of {match['user']!r}"
    if PRIVATE_KEY.search(text):
        yield "holds a private key"
    for match in HEX.finditer(text):
        if entropy(match[0]) > RANDOM_BITS["hex"]:
            yield f"{match[0][:6]}... looks like a random key ({len(match[0])} hex digits)"
    for match in BLOB.finditer(text):
        word = match[0]
        mixed = all(re.search(kind, word) for kind in ("[a-z]", "[A-Z]", "[0-9]"))
        if mixed and entropy(word) > RANDOM_BITS["blob"]:
            yield f"{word[:6]}... looks like a random key ({len(word)} characters)"


def entropy(text: str) -> float:
    """Return the Shannon entropy of a text in bits per character."""
    counts = Counter(text)
    return -sum(n / len(text) * math.log2(n / len(text)) for n in counts.values())


def _opened(manifest: Manifest) -> Manifest:
    """A ConfigMap with its pod template as a tree, in which images can be told from keys."""
    template = pod_template(manifest) if manifest["kind"] == "ConfigMap" else None
    if template is None:
        return manifest
    return {**manifest, "data": {**manifest["data"], POD_TEMPLATE: template}}


def _without_checksums(manifest: Manifest) -> Manifest:
    def strip(value: object) -> object:
        if isinstance(value, dict):
            return {k: strip(v) for k, v in value.items() if k not in CHECKSUM_ANNOTATIONS}
        if isinstance(value, list):
            return [strip(item) for item in value]
        return value

    stripped = strip(manifest)
    assert isinstance(stripped, dict)
    return stripped

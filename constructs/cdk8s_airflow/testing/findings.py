"""What the checks find in manifests of anybody."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from cdk8s_airflow.checks.bundle import Bundle, title
from cdk8s_airflow.testing.anyone import ANYONE, STRICT, Level, Rule
from cdk8s_airflow.testing.documents import Document, Documents
from cdk8s_airflow.testing.kube_api.types import define
from cdk8s_airflow.testing.schema import MINORS, UNKNOWN, forget_schemas, verdict

SCHEMA = "schema"
OBJECT = "object"
MEANINGS = {
    OBJECT: "A file is YAML, and what has a kind is an object with a name.",
    SCHEMA: "An object is valid, without unknown fields, in each version that is asked for.",
}
"""Rules that are no check of a bundle."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong."""

    rule: str
    level: Level
    message: str
    file: str
    line: int


def find(
    documents: Documents,
    *,
    minors: Sequence[int] = MINORS[-1:],
    external: Collection[str] = (),
    ignore: Collection[str] = (),
    strict: bool = False,
    definitions: Documents | None = None,
) -> list[Finding]:
    """All that the checks find, in the order of files.

    Args:
        documents: the objects; CustomResourceDefinitions among them serve the others.
        minors: minor versions of Kubernetes 1 whose schemas are asked. Default: the newest known.
        external: objects that the cluster has, as `Kind/name`.
        ignore: names of rules that are not asked.
        strict: whether the manifests are a bundle of this package, of which more is expected.
        definitions: more CustomResourceDefinitions, which are not checked themselves.

    Raises:
        ValueError: a rule to ignore, or a minor, does not exist.
    """
    rules = [rule for rule in rules_of(strict=strict) if rule.name not in ignore]
    known = {*MEANINGS, *(rule.name for rule in rules_of(strict=strict))}
    if unknown := sorted(set(ignore) - known):
        raise ValueError(f"there is no rule {', '.join(unknown)}; expected of {sorted(known)}")
    if unsupported := sorted(set(minors) - set(MINORS)):
        names = ", ".join(f"1.{minor}" for minor in unsupported)
        first, last = MINORS[0], MINORS[-1]
        raise ValueError(f"no schema of Kubernetes {names}; expected 1.{first} to 1.{last}")
    found = [
        Finding(OBJECT, "error", each.message, each.file, each.line)
        for each in documents.refused
        if OBJECT not in ignore
    ]
    for each in (documents, definitions) if definitions else (documents,):
        _define(each)
    sound = []
    for document in documents.objects:
        problems = list(_schema(document, minors))
        if not any(each.level == "error" for each in problems):
            sound.append(document.manifest)
        found += problems if SCHEMA not in ignore else []
    bundle = Bundle(sound, external=frozenset(external))
    for rule in rules:
        for message in dict.fromkeys(rule.check(bundle)):
            found.append(Finding(rule.name, rule.level, message, *documents.place(message)))
    return sorted(found, key=lambda each: (each.file, each.line))


def rules_of(*, strict: bool) -> Sequence[Rule]:
    """The checks of a bundle that are asked."""
    return STRICT if strict else ANYONE


def _define(documents: Documents) -> None:
    told = [each.manifest for each in documents.objects]
    own = [each for each in told if each["kind"] == "CustomResourceDefinition"]
    for definition in own:
        if not verdict(definition, MINORS[-1]):
            define(definition)
    if own:
        forget_schemas()


def _schema(document: Document, minors: Sequence[int]) -> Iterator[Finding]:
    """The problems with a schema; the other checks would trip over such an object."""
    seen: dict[str, list[int]] = {}
    for minor in sorted(minors):
        for problem in verdict(document.manifest, minor):
            seen.setdefault(problem, []).append(minor)
    for problem, of in seen.items():
        versions = f"1.{of[0]}" if len(of) == 1 else f"1.{of[0]} to 1.{of[-1]}"
        unknown = UNKNOWN in problem
        text = problem if unknown else f"schema of {versions}: {problem}"
        message = f"{title(document.manifest)}: {text}"
        level: Level = "note" if unknown else "error"
        yield Finding(SCHEMA, level, message, document.file, document.line)

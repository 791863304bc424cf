"""Writes what an upgrade from the last version changes into docs/upgrades.md.

The manifests of the last version are in tests/upgrade/last (`make upgrade-baseline`). They are
compared with today's: the default bundle, and each example that is written as it was then.
"""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from upgrade_baseline import BUNDLE, EXAMPLES, FOLDER, ROOT

from cdk8s_airflow.cli.differences import ABSENT, CHECKSUM, Difference, FieldChange, differences

DOCUMENT = ROOT / "docs" / "upgrades.md"
DEFAULT = "the default bundle"
NOTES = re.compile(r"(?<=<!-- notes -->\n).*?(?=<!-- end of notes -->)", re.DOTALL)
WIDTH = 60
"""Characters of a value that are shown."""
SHOWN = 2
"""Changes of one name that are shown."""

_HASH = re.compile(r"-[0-9a-f]{8}\b")
_ITEM = re.compile(r".*\b(?P<list>containers|initContainers|volumes)\[(?P<item>[^\]]*)\]\.?")
_KEY = re.compile(r"metadata\.(?:labels|annotations)\.(?P<key>.+)$")
_ENV = re.compile(r"env\[(?P<name>[^\]]+)\]")
_SOURCES = ("configMap", "csi", "persistentVolumeClaim", "projected", "secret")
_DOCUMENTS = re.compile(r"^---\n", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One set of manifests, as the last version wrote it and as it is now."""

    title: str
    found: list[Difference]


@dataclass
class Changed:
    """A default with another value."""

    values: dict[tuple[str, str], None] = field(default_factory=dict)
    """Before and after, in their order."""
    where: dict[str, None] = field(default_factory=dict)
    """The components that have it."""
    cases: dict[str, None] = field(default_factory=dict)


def cases(last: Path = FOLDER, root: Path = ROOT) -> list[Case]:
    """The default bundle, then each example whose own files are as they were."""
    found = [Case(DEFAULT, compared((last / Path(BUNDLE).name).read_text(), (root / BUNDLE)))]
    files = _kept(last)
    for folder in sorted({name.split("/")[1] for name in files}):
        own = {name: text for name, text in files.items() if name.startswith(f"examples/{folder}/")}
        if _written_alike(own, root, folder):
            for name in sorted(name for name in own if name.endswith(".k8s.yaml")):
                title = "/".join(name.removesuffix(".k8s.yaml").split("/")[1:])
                found.append(Case(title, compared(own[name], root / name)))
    return found


def rewritten(last: Path = FOLDER, root: Path = ROOT) -> list[str]:
    """The examples of the last version whose own files are others now, or gone."""
    files = _kept(last)
    folders = {name.split("/")[1] for name in files}
    return sorted(folder for folder in folders if not _written_alike(files, root, folder))


def compared(before: str, after: Path) -> list[Difference]:
    """What differs between two files of manifests; documents that are equal are not parsed."""
    old, new = (_DOCUMENTS.split(text) for text in (before, after.read_text()))
    same = set(old) & set(new)
    return differences(*(
        [thing for text in texts if text not in same for thing in _parse(text)]
        for texts in (old, new)
    ))  # fmt: skip


def changed_defaults(found: Iterable[Case]) -> dict[str, Changed]:
    """Name -> what has changed: of fields, and of objects that appear or vanish."""
    names: dict[str, Changed] = {}
    for case in found:
        replaced = _replaced(case)
        for each in case.found:
            if (each.kind, component(each)) in replaced:
                continue
            for name, before, after in _changes(each):
                changed = names.setdefault(name, Changed())
                changed.values[before, after] = None
                changed.where[component(each)] = None
                changed.cases[case.title] = None
    return dict(sorted(names.items()))


def component(each: Difference) -> str:
    """The name of an object without the release and without a hash; programs are one."""
    name = _HASH.sub("", each.name.partition("-")[2]) or each.name
    return "programs" if name.startswith("programs") else name


def name_of(kind: str, path: str) -> str | None:
    """What a changed field is called in the change log; None: it follows from other changes."""
    if path.endswith(CHECKSUM) or (kind, path) == ("ConfigMap", "immutable"):
        return None
    key = _KEY.search(path)
    if key:
        return key["key"]
    item = _ITEM.match(path)
    rest = path[item.end() :] if item else path
    variable = _ENV.match(rest)
    if variable:
        return variable["name"]
    parts = re.sub(r"\[.*?\](?=\.|$)| \(order\)$", "", rest).split(".")
    if item:
        whole = f"{item['list']}[{item['item']}]"
        if parts == [""] or (item["list"] == "volumes" and parts[0] in _SOURCES):
            return whole
        return ".".join(parts[: 2 if parts[0].endswith("Probe") else 3])
    if kind == "ConfigMap":
        return path.partition(".")[2] or path
    while parts[0] in ("spec", "template", "jobTemplate") and len(parts) > 1:
        parts = parts[1:]
    return (
        parts[0]
        if kind in ("CronJob", "Deployment", "Job", "StatefulSet")
        else (f"{kind}.{parts[0]}")
    )


def notes(found: list[Case], revision: str, others: list[str]) -> str:
    """The generated part of the page."""
    default = found[0]
    lines = [f"From `{revision.split()[0]}` ({revision.partition(' ')[2]}) to this state.", ""]
    lines += ["### Pods that roll", "", *_rolls(default), ""]
    lines += ["### Objects that appear and vanish", "", *_objects(found), ""]
    lines += ["### Changed defaults", "", *_defaults(changed_defaults(found), len(found)), ""]
    refused = [
        f"* {case.title}: {each.kind} `{each.name}`: `spec.{name}`"
        for case in found
        for each in case.found
        for name in each.refused
    ]
    lines += ["### What a cluster refuses to change", ""]
    lines += refused or ["Nothing: every object is changed where it is."]
    if others:
        lines += ["", f"Not compared, as they are written anew: {', '.join(others)}."]
    return "\n".join(lines) + "\n"


def with_notes(text: str, generated: str) -> str:
    """The page with the generated part in its place."""
    return NOTES.sub(lambda _: generated, text)


def _changes(each: Difference) -> Iterator[tuple[str, str, str]]:
    """Name, value before and value after of what differs in one object."""
    if each.state != "changed":
        sides = ("-", "there") if each.state == "added" else ("there", "-")
        yield (f"{each.kind} {component(each)}", *sides)
        return
    for change in _single(each.fields):
        name = name_of(each.kind, change.path)
        if name:
            yield name, _value(change.before), _value(change.after)


def _replaced(case: Case) -> set[tuple[str, str]]:
    """Kind and component of what has another name each time, since it tells of the content."""
    appear, vanish = (
        {(each.kind, component(each)) for each in case.found if each.state == state}
        for state in ("added", "removed")
    )
    return appear & vanish


def _single(changes: Iterable[FieldChange]) -> Iterator[FieldChange]:
    """The changes, with one for each entry of labels or annotations that come or go as a whole."""
    for change in changes:
        whole = change.path.endswith(("metadata.labels", "metadata.annotations"))
        before, after = (
            value if isinstance(value, Mapping) else {} for value in (change.before, change.after)
        )
        if not whole:
            yield change
            continue
        for key in [*before, *after]:
            sides = (before.get(key, ABSENT), after.get(key, ABSENT))
            yield FieldChange(path=f"{change.path}.{key}", before=sides[0], after=sides[1])


def _rolls(case: Case) -> Iterator[str]:
    rolling = [each for each in case.found if each.rolls]
    if not rolling:
        yield "None: no pod of the default bundle is replaced."
        return
    yield from ("| workload | pods | what is new in its template |", "|---|---|---|")
    for each in rolling:
        names = dict.fromkeys(
            name
            for change in _single(each.fields)
            if (name := name_of(each.kind, change.path)) and ".template." in change.path
        )
        why = ", ".join(f"`{name}`" for name in names) or "data that its processes read"
        yield f"| {each.kind} {component(each)} | {each.pods} | {why} |"


def _objects(found: list[Case]) -> Iterator[str]:
    rows: dict[tuple[str, str, str], dict[str, None]] = {}
    for case in found:
        replaced = _replaced(case)
        for each in case.found:
            if each.state == "changed":
                continue
            state = "appears" if each.state == "added" else "vanishes"
            if (each.kind, component(each)) in replaced:
                state = "runs once more" if each.kind == "Job" else "others take its place"
            rows.setdefault((each.kind, component(each), state), {})[case.title] = None
    if not rows:
        yield "None."
        return
    yield from ("| object | | in |", "|---|---|---|")
    for (kind, name, state), titles in sorted(rows.items()):
        yield f"| {kind} {name} | {state} | {_titles(titles, len(found))} |"


def _defaults(names: Mapping[str, Changed], count: int) -> Iterator[str]:
    fields = {name: changed for name, changed in names.items() if " " not in name}
    if not fields:
        yield "None."
        return
    yield from ("| name | before | now | of | in |", "|---|---|---|---|---|")
    for name, changed in fields.items():
        pairs = list(changed.values)
        before, after = (
            "<br>".join(_cell(pair[side]) for pair in pairs[:SHOWN]) for side in (0, 1)
        )
        if len(pairs) > SHOWN:
            after += "<br>and others"
        where = ", ".join(sorted(changed.where)[:8]) + (" ..." if len(changed.where) > 8 else "")
        yield f"| `{name}` | {before} | {after} | {where} | {_titles(changed.cases, count)} |"


def _titles(titles: Iterable[str], count: int) -> str:
    found = list(titles)
    if len(found) == count:
        return "every bundle"
    return ", ".join(found[:3]) + (f" and {len(found) - 3} others" if len(found) > 3 else "")


def _value(value: object) -> str:
    if value is ABSENT:
        return "-"
    if isinstance(value, str) and "\n" in value:
        return "another text"
    text = value if isinstance(value, str) and value else json.dumps(value, default=str)
    text = _HASH.sub("-...", text)
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 3]}..."


def _cell(value: str) -> str:
    return value if value in ("-", "there", "another text") else f"`{value}`".replace("|", "\\|")


def _kept(last: Path) -> dict[str, str]:
    with tarfile.open(last / EXAMPLES) as archive:
        return {
            entry.name: found.read().decode()
            for entry in archive
            if (found := archive.extractfile(entry)) is not None
        }


def _written_alike(files: Mapping[str, str], root: Path, folder: str) -> bool:
    place = f"examples/{folder}/"
    own = {n: t for n, t in files.items() if n.startswith(place) and not n.endswith(".k8s.yaml")}
    return all((root / name).is_file() and (root / name).read_text() == own[name] for name in own)


def _parse(text: str) -> list[dict[str, object]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return [thing for thing in yaml.load_all(text, loader) if thing]


def generated() -> str:
    """The notes of this state."""
    return notes(cases(), (FOLDER / "REVISION").read_text().strip(), rewritten())


if __name__ == "__main__":
    DOCUMENT.write_text(with_notes(DOCUMENT.read_text(), generated()))

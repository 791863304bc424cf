"""A picture in the forms of Mermaid, Graphviz and JSON."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
from collections.abc import Iterator

from cdk8s_airflow.cli.exits import CommandError
from cdk8s_airflow.cli.flows import Picture

SHAPES = {"pods": ('["', '"]'), "outside": ('(["', '"])'), "secret": ('[("', '")]')}
"""How Mermaid is told the form of a node."""
FORMS = {
    "pods": "shape=box, style=filled, fillcolor=white",
    "outside": "shape=ellipse, style=dashed",
    "secret": "shape=cylinder, style=filled, fillcolor=lightyellow",
}
"""The same for Graphviz."""


def draw(picture: Picture, form: str) -> bytes:
    """The picture as `mermaid`, `dot`, `svg`, `png` or `json`.

    Raises:
        CommandError: for svg and png without Graphviz, or when it fails.
    """
    if form == "mermaid":
        return "".join(f"{line}\n" for line in _mermaid(picture)).encode()
    if form == "json":
        told = {
            "nodes": [
                {"id": name, "kind": kind, "name": called}
                for name, (kind, called) in sorted(picture.nodes.items())
            ],
            "edges": [dataclasses.asdict(edge) for edge in picture.edges],
        }
        return (json.dumps(told, indent=2) + "\n").encode()
    text = "".join(f"{line}\n" for line in _dot(picture)).encode()
    return text if form == "dot" else _graphviz(text, form)


def _graphviz(text: bytes, form: str) -> bytes:
    if shutil.which("dot") is None:
        raise CommandError(
            f"{form} needs Graphviz: install it (`apt-get install graphviz`, `brew install "
            "graphviz`), or take --format mermaid"
        )
    done = subprocess.run(["dot", f"-T{form}"], input=text, capture_output=True)
    if done.returncode:
        raise CommandError(f"dot: {done.stderr.decode().strip()}")
    return done.stdout


def _ids(picture: Picture) -> dict[str, str]:
    return {name: f"n{number}" for number, name in enumerate(sorted(picture.nodes))}


def _mermaid(picture: Picture) -> Iterator[str]:
    ids = _ids(picture)
    yield "flowchart LR"
    for name, id in ids.items():
        kind, called = picture.nodes[name]
        before, after = SHAPES[kind]
        yield f"  {id}{before}{_plain(called)}{after}"
    for edge in picture.edges:
        arrow = "-.->" if edge.kind == "secret" else "-->"
        yield f'  {ids[edge.start]} {arrow}|"{_plain(edge.label)}"| {ids[edge.end]}'


def _plain(text: str) -> str:
    return text.replace('"', "#quot;")


def _dot(picture: Picture) -> Iterator[str]:
    ids = _ids(picture)
    yield "digraph bundle {"
    yield '  rankdir=LR; node [fontname="Helvetica"]; edge [fontname="Helvetica", fontsize=10];'
    for name, id in ids.items():
        kind, called = picture.nodes[name]
        yield f"  {id} [label={json.dumps(called)}, {FORMS[kind]}];"
    for edge in picture.edges:
        style = ", style=dotted" if edge.kind == "secret" else ""
        yield f"  {ids[edge.start]} -> {ids[edge.end]} [label={json.dumps(edge.label)}{style}];"
    yield "}"

"""An option explained: its words, its YAML, and the difference that it makes."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from cdk8s_airflow.cli import difference_text
from cdk8s_airflow.cli.cluster.bundle import read_bundle
from cdk8s_airflow.cli.differences import Difference, differences
from cdk8s_airflow.cli.exits import CommandError
from cdk8s_airflow.cli.options import Option, option
from cdk8s_airflow.cli.synth import synthesize
from cdk8s_airflow.cli.terminal import BOLD, paint

DAG = "from airflow.sdk import DAG\n"
"""What a release has in its folder `dags` here."""


def lines(path: str, value: str | None, *, most: int | None) -> Iterator[str]:
    """The explanation as text.

    Args:
        path: of the option.
        value: YAML; None: a value of its own if one is obvious.
        most: lines of difference; None: all.

    Raises:
        CommandError: when there is no such option, or the value is none for it.
    """
    found = option(path)
    if found.path:
        yield paint(found.path, BOLD) + (f": {', '.join(found.types)}" if found.types else "")
        if found.values:
            yield f"one of {', '.join(found.values)}"
        if found.default is not None:
            yield f"default: {json.dumps(found.default)}"
        if found.text:
            yield f"\n{found.text}"
    if found.below:
        yield "\nOptions:" if found.path else "Options of a release:"
        width = max(map(len, found.below))
        yield from (f"  {name:{width}}  {text}" for name, text in found.below.items())
    set_to = _value(found, value)
    if set_to is None:
        return
    values = _tree(found.path, set_to)
    yield "\nIn a values file:\n"
    yield from (f"  {line}" for line in yaml.safe_dump(values, sort_keys=False).splitlines())
    yield "\nIt makes this difference to a default release:\n"
    told = list(difference_text.lines(yields(values), none="none"))
    yield from (f"  {line}" for line in told[:most])
    if most is not None and len(told) > most:
        yield f"  ... and {len(told) - most} lines more: --whole shows them"


def as_json(path: str, value: str | None) -> str:
    """The explanation for a machine.

    Raises:
        CommandError: when there is no such option, or the value is none for it.
    """
    found = option(path)
    set_to = _value(found, value)
    changes = [] if set_to is None else yields(_tree(found.path, set_to))
    told = {**dataclasses.asdict(found), "yields": difference_text.data(changes)}
    return json.dumps(told, indent=2, default=str)


def yields(values: Mapping[str, object]) -> list[Difference]:
    """The difference that values make to a default release.

    Raises:
        CommandError: when they are refused; the reason was printed.
    """
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "dags").mkdir()
        (folder / "dags" / "hello.py").write_text(DAG)
        objects = []
        for name, content in (("plain", {}), ("set", values)):
            (folder / f"{name}.yaml").write_text(yaml.safe_dump(content))
            synthesize(Path(name), [Path(f"{name}.yaml")], project=folder)
            objects.append(read_bundle(folder / name))
        return differences(*objects)


def _value(found: Option, value: str | None) -> object:
    """The value to show: as given, or another one than the default where one is obvious."""
    first = found.path.partition(".")[0]
    if value is not None and (not first or first[0].isupper()):
        raise CommandError(f"{found.path or 'a release'}: a value needs the path of an option")
    if value is not None:
        try:
            return yaml.safe_load(value)
        except yaml.YAMLError as error:
            raise CommandError(f"{found.path}={value!r} is no YAML: {error}") from None
    if not first or first[0].isupper() or "." in found.path:
        return None
    if isinstance(found.default, bool):
        return not found.default
    if found.types == ("integer",) and isinstance(found.default, int):
        return found.default + 1
    return None


def _tree(path: str, value: object) -> dict[str, object]:
    """The value in its place."""
    for step in reversed(path.split(".")):
        value = {step: value}
    assert isinstance(value, dict)
    return value

"""YAML files with the line of each value; what could take a reader's time or memory is refused.

PyYAML is imported when the first file is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cdk8s_airflow.kubernetes.credentials import NotSecret
from cdk8s_airflow.kubernetes.problems import Path as Steps

if TYPE_CHECKING:
    import yaml

MEGABYTES = 5
"""The largest file of manifests, in MB: an object has at most 1.5, a values file some KB."""
DEPTH = 100
"""The deepest nesting; the deepest type of Kubernetes has about 20 levels."""
VALUES = 500_000
"""The most values of a file, those of each alias counted again: a file of 5 MB has fewer."""


class YamlError(ValueError):
    """What is wrong with a file, and in which line."""

    def __init__(self, line: int, text: str) -> None:
        """Keeps both.

        Args:
            line: counted from 1.
            text: what is wrong.
        """
        super().__init__(text)
        self.line = line


@dataclass(frozen=True)
class Document:
    """One document of a file."""

    value: Any
    """Its content as plain mappings, lists and scalars; dates are text."""
    node: yaml.Node

    def line(self, path: Steps) -> int:
        """The line that a path leads to, as far as it exists."""
        node, line = self.node, self.node.start_mark.line
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return line + 1


def read_text(path: Path, megabytes: int = MEGABYTES) -> str:
    """The text of a file of at most so many MB.

    Raises:
        YamlError: when it cannot be read, is too large or is no UTF-8.
    """
    try:
        if path.stat().st_size > megabytes * 1_000_000:
            raise YamlError(1, f"has more than {megabytes} MB; split it, or leave out what is data")
        return path.read_text("utf-8")
    except OSError as error:
        raise YamlError(1, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise YamlError(1, "is not UTF-8 text") from error


def read_documents(path: Path) -> Iterator[Document]:
    """The documents of a file, without empty ones.

    Raises:
        YamlError: for a file that cannot be read, or is not YAML.
    """
    import yaml

    text = read_text(path)
    fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        check_depth(text, fast)
        loader = fast(text)
        while loader.check_node():
            node = loader.get_node()
            check_nodes(node)
            builder = plain_loader()("")
            value = builder.construct_document(node)
            if value is not None:
                yield Document(value, node)
    except yaml.YAMLError as error:
        raise yaml_error(error) from error
    except (TypeError, ValueError) as error:
        if isinstance(error, YamlError):
            raise
        raise YamlError(1, f"not YAML: {error}") from error


def yaml_error(error: Exception) -> YamlError:
    """PyYAML's error with its line."""
    mark = getattr(error, "problem_mark", None)
    text = " ".join(str(getattr(error, "problem", None) or error).split())
    return YamlError(mark.line + 1 if mark else 1, f"not YAML: {text}")


def plain_loader() -> Any:
    """A YAML loader that keeps dates as text."""
    import yaml

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    text: Any = yaml.SafeLoader.construct_yaml_str
    Loader.add_constructor("tag:yaml.org,2002:timestamp", text)
    Loader.add_constructor("!not-secret", lambda loader, node: NotSecret(str(node.value)))
    return Loader


def check_depth(text: str, loader: Any) -> None:
    """Checks the nesting of brackets and lines, which loaders follow by recursion.

    Raises:
        YamlError: for more than `DEPTH` levels.
        yaml.YAMLError: for what is not YAML.
    """
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEPTH:
                mark = event.start_mark
                raise YamlError(mark.line + 1 if mark else 1, _deep())
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def check_nodes(node: yaml.Node) -> None:
    """Checks nesting, and how much the aliases of a file amount to.

    Raises:
        YamlError: for an alias inside of its own anchor, or too much of either.
    """
    sizes: dict[int, int] = {}
    inside: set[int] = set()

    def size(each: yaml.Node, depth: int) -> int:
        line = each.start_mark.line + 1
        if id(each) in inside:
            raise YamlError(line, "the anchor here is used inside of itself; write the value out")
        if depth > DEPTH:
            raise YamlError(line, _deep())
        if id(each) not in sizes:
            inside.add(id(each))
            sizes[id(each)] = 1 + sum(size(item, depth + 1) for item in _items(each))
            inside.discard(id(each))
            if sizes[id(each)] > VALUES:
                raise YamlError(
                    line, f"has more than {VALUES} values, with those of its aliases; use fewer"
                )
        return sizes[id(each)]

    size(node, 0)


def _deep() -> str:
    return f"is nested more than {DEPTH} levels deep; no value of these files is"


def _items(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node.value, list):
        for item in node.value:
            if isinstance(item, tuple):
                yield from item
            else:
                yield item


def _child(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    if not isinstance(node.value, list):
        return None
    if isinstance(step, int):
        found = node.value[step] if step < len(node.value) else None
        return None if found is None or isinstance(found, tuple) else (found.start_mark.line, found)
    for pair in node.value:
        if isinstance(pair, tuple) and pair[0].value == step:
            return pair[0].start_mark.line, pair[1]
    return None

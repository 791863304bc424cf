"""`cdk8s-airflow schema`: the JSON Schema of values files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

SCHEMA = Path(__file__).resolve().parents[1] / "values" / "schema.json"


def schema(*, output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None) -> None:
    """Print the JSON Schema of values files, which editors complete and check from.

    In a values file: `# yaml-language-server: $schema=values.schema.json`.

    Args:
        output: a file to write it to, in place of standard output.
    """
    text = SCHEMA.read_text("utf-8")
    if output is None:
        print(text, end="")
    else:
        output.write_text(text, "utf-8")

"""`cdk8s-airflow check`: the checks of this package for manifests of anybody."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from cdk8s_airflow.cli.exits import DIFFERENT, DONE, CommandError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cdk8s_airflow.testing.documents import Documents
    from cdk8s_airflow.testing.findings import Finding


def check(
    source: Annotated[tuple[str, ...], Parameter(required=True, allow_leading_hyphen=True)],
    /,
    *,
    kubernetes: tuple[str, ...] = (),
    crds: tuple[Path, ...] = (),
    external: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    strict: bool = False,
    fail_on: Literal["error", "warning", "never"] = "error",
    json: bool = False,
    sarif: Path | None = None,
    junit: Path | None = None,
) -> int:
    """Check manifests: schemas, references, selectors, pod security, secrets, network flows.

    Nothing is asked of a cluster. Exit codes: 0 nothing found, 3 findings of the level of
    --fail-on, 1 the manifests cannot be read.

    Args:
        source: folders, files, or `-` for standard input, as in `helm template x | cdk8s-airflow
            check -`.
        kubernetes: a version whose schemas are asked, as 1.31; may be repeated. Default: the
            newest that is known.
        crds: files or folders with CustomResourceDefinitions, beside those of the manifests.
        external: an object that the cluster has, as Secret/registry; may be repeated.
        ignore: name of a rule that is not asked; may be repeated.
        strict: the manifests are a bundle of this package: every check, and each is an error.
        fail_on: what ends the command with 3.
        json: print one JSON object in place of lines.
        sarif: file for a SARIF 2.1.0 report, which code hosts show beside the lines.
        junit: file for a JUnit XML report, a test case for each rule.
    """
    try:
        from cdk8s_airflow.testing.documents import read_documents
        from cdk8s_airflow.testing.findings import find
        from cdk8s_airflow.testing.reports import as_json, as_junit, as_sarif, as_text
        from cdk8s_airflow.testing.schema import MINORS
    except ModuleNotFoundError as error:
        raise CommandError(f"needs {error.name}: pip install 'cdk8s-airflow[testing]'") from None
    try:
        documents = read_documents(source)
        found = find(
            documents,
            minors=[_minor(each) for each in kubernetes] or MINORS[-1:],
            external=external,
            ignore=ignore,
            strict=strict,
            definitions=read_documents(crds) if crds else None,
        )
    except (OSError, ValueError) as error:
        raise CommandError(str(error)) from None
    levels = {"error": ["error"], "warning": ["error", "warning"], "never": []}[fail_on]
    if sarif:
        report = as_sarif(found, strict=strict, version=version("cdk8s-airflow"))
        sarif.write_text(report, "utf-8")
    if junit:
        junit.write_text(as_junit(found, strict=strict, levels=levels), "utf-8")
    objects = len(documents.objects)
    if json:
        print(as_json(found, objects=objects, skipped=documents.skipped), end="")
    else:
        print(as_text(found), end="")
        print(_summary(found, documents), file=sys.stderr)
    return DIFFERENT if any(each.level in levels for each in found) else DONE


def _minor(version: str) -> int:
    one, _, rest = version.removeprefix("v").partition(".")
    minor = rest.partition(".")[0]
    if one != "1" or not minor.isdecimal():
        raise ValueError(f"--kubernetes {version}: expected a version such as 1.31")
    return int(minor)


def _summary(found: Sequence[Finding], documents: Documents) -> str:
    counts = [sum(each.level == level for each in found) for level in ("error", "warning")]
    objects = len(documents.objects)
    skipped = f"; no objects in {', '.join(documents.skipped)}" if documents.skipped else ""
    return f"{objects} objects: {counts[0]} errors, {counts[1]} warnings{skipped}"

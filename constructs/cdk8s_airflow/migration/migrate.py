"""A migration as a whole: from the text of a values file to new values and a report."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any

import yaml

from cdk8s_airflow.migration import adopt as adoption
from cdk8s_airflow.migration import defaults, open_secrets
from cdk8s_airflow.migration.airflow_image import numbers
from cdk8s_airflow.migration.community import tables as community
from cdk8s_airflow.migration.conversion import Conversion
from cdk8s_airflow.migration.finish import finish
from cdk8s_airflow.migration.known import Family, chart
from cdk8s_airflow.migration.official import tables as official
from cdk8s_airflow.migration.official.workers import WRONG_TYPE
from cdk8s_airflow.migration.old_values import UMBRELLA, ValuesError, flatten, parse, resolved
from cdk8s_airflow.migration.report import Finding, Outcome, Report
from cdk8s_airflow.migration.rules import plain

_ELSE = "of another chart of the umbrella: extraManifests takes objects of yours"
_WRONG = (AttributeError, KeyError, TypeError, ValueError)
_NEW_COMMUNITY = frozenset({"apiServer", "dagProcessor", "executors", "jwtSecret", "jwtSecretName"})
"""Keys that only the fork of the community's chart for Airflow 3 has."""
_TABLES = {"official": official, "community": community}


@dataclass(frozen=True)
class Migration:
    """What comes out of a migration."""

    values: dict[str, Any]
    """The new values."""
    report: Report


def migrate(
    text: str,
    *,
    family: Family,
    chart_version: str = "",
    release: str = "",
    namespace: str = "airflow",
    adopt: bool = False,
) -> Migration:
    """The new values of a release, and what became of each key of the old ones.

    Args:
        text: the old values file.
        family: the chart that it is for.
        chart_version: version of the chart, which says which Airflow it installs by default.
            Default: what the keys of the file tell.
        release: name of the release. Default: `fullnameOverride` where the chart reads it, else
            `airflow`.
        namespace: its namespace.
        adopt: whether the new release keeps volumes, generated keys and Service names of the old.

    Raises:
        ValuesError: for a file that holds no values.
    """
    known, tables = chart(family), _TABLES[family]
    values, prefix = parse(text, known)
    others: dict[str, Any] = {}
    if prefix:
        others = {key: item for key, item in yaml.safe_load(text).items() if key != UMBRELLA}
    release = release or _release(values) or "airflow"
    names = {".Release.Name": release, ".Release.Namespace": namespace, "fullname": release}
    values = resolved(values, names, values)
    made = Conversion(known, values, release, namespace)
    made.report.namespace = namespace
    made.airflow2 = _airflow2(made, chart_version)
    made.out |= {"release": release, "namespace": namespace}
    flat = flatten(values, known, tables.EXTRA)
    try:
        of_workers = tables.start(made)
    except _WRONG as error:
        raise ValuesError(f"a value is not of the type that the chart takes: {error}") from error
    outcomes = {
        key: open_secrets.marked(key, item, _outcome(tables, made, key, item, of_workers))
        for key, item in flat.items()
    }
    outcomes |= {key: made.details[key] for key in made.details if key not in outcomes}
    defaults.report(made)
    if adopt:
        adoption.adopt(made)
    new = finish(made, outcomes)
    above = f"{prefix}." if prefix else ""
    made.report.findings = [Finding(f"{above}{key}", each) for key, each in outcomes.items()]
    made.report.findings += [Finding(str(key), Outcome("dropped", "", _ELSE)) for key in others]
    made.report.findings.sort(key=lambda each: each.key)
    return Migration(new, made.report)


def _outcome(
    tables: ModuleType, made: Conversion, key: str, value: Any, of_workers: dict[str, Outcome]
) -> Outcome:
    """What becomes of a key; one whose value no chart takes is dropped, and told."""
    try:
        found: Outcome = tables.outcome(made, key, value, of_workers)
    except _WRONG:
        return Outcome("dropped", "", WRONG_TYPE)
    return found


def _release(values: dict[str, Any]) -> str:
    """The name that the chart gives its objects, if the values say so."""
    standard = values.get("useStandardNaming")
    return plain(values.get("fullnameOverride")) if standard else ""


def _airflow2(made: Conversion, chart_version: str) -> bool:
    """Whether the old release runs Airflow 2: by its version, its image, its chart, its keys."""
    if made.family == "community":
        if found := numbers(
            made.get("airflow.image.tag") if made.given("airflow.image.tag") else ""
        ):
            return found[0] < 3
        return not _NEW_COMMUNITY & {*made.values, *(made.values.get("airflow") or {})}
    for key in ("airflowVersion", "images.airflow.tag", "defaultAirflowTag"):
        if made.given(key) and (found := numbers(made.get(key))):
            return found[0] < 3
    if found := numbers(f"{chart_version}.0" if chart_version.count(".") == 1 else chart_version):
        return found < (1, 17, 0)
    web = set(made.values.get("webserver") or {}) - {"defaultUser"}
    ingress = made.values.get("ingress") or {}
    old = web or "web" in ingress
    return bool(old) and not made.values.get("apiServer") and "apiServer" not in ingress

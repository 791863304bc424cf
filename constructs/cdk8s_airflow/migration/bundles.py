"""DAG bundles of the old release: those of git have a class here, others need an extension."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from cdk8s_airflow.migration.conversion import Conversion, Target
from cdk8s_airflow.migration.old_values import without_credentials
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import is_empty, plain, reference

GIT_BUNDLE = "airflow.providers.git.bundles.git.GitDagBundle"
_NAME = "dag_bundle_config_list"
_OPTION = f"AIRFLOW__DAG_PROCESSOR__{_NAME.upper()}"
_UNKNOWN = "https://git.example.com/dags.git"
_FOLDERS = ("dags.gitSync.enabled", "dags.persistence.enabled")


def git_bundles(made: Conversion) -> list[dict[str, Any]]:
    """The bundles of the old release as GitDags, if there are some and all are of git."""
    found = _given(made)
    if not found or any(each.get("classpath") != GIT_BUNDLE for each in found):
        return []
    return [_git(made, each) for each in found]


def put_git_bundles(made: Conversion) -> bool:
    """Writes them as the source of the DAGs, and says whether there were any."""
    found = git_bundles(made)
    if found:
        made.root.put("dags", found if len(found) > 1 else {"kind": "GitDags", **found[0]})
    return bool(found)


def _git(made: Conversion, bundle: Mapping[str, Any]) -> dict[str, Any]:
    words = bundle.get("kwargs") or {}
    url = words.get("repo_url")
    if not url:
        made.step(
            f"Name the repository of the bundle `{bundle['name']}` in dags: the connection "
            f"`{words.get('git_conn_id', '')}` of the old release has its URL."
        )
    found: dict[str, Any] = {
        "repository": without_credentials(plain(url or _UNKNOWN)),
        "ref": plain(words.get("tracking_ref") or "main"),
        "name": bundle["name"],
    }
    if words.get("subdir"):
        found["subdirectory"] = words["subdir"]
    if words.get("refresh_interval"):
        found["refreshInterval"] = int(words["refresh_interval"])
    if words.get("git_conn_id"):
        secret = made.name(f"git-{bundle['name']}")
        found["credentials"] = {"kind": "GitToken", "token": reference(secret, "token")}
        made.secret(secret, "token", source=f"connection {words['git_conn_id']}")
    return found


def _given(made: Conversion) -> Sequence[Mapping[str, Any]]:
    """The list, from where the charts and Airflow look for it."""
    processor = made.values.get("dagProcessor")
    if isinstance(processor, Mapping) and processor.get("dagBundleConfigList"):
        return _read(processor["dagBundleConfigList"])
    option = f"config.dag_processor.{_NAME}"
    places = [_value(made, option), _value(made, "airflow.config", _OPTION)]
    for key in ("env", "airflow.extraEnv"):
        entries = _value(made, key)
        for each in entries if isinstance(entries, list) else ():
            places += [each.get("value")] if each.get("name") == _OPTION else []
    return next((read for place in places if (read := _read(place))), [])


def _value(made: Conversion, key: str, part: str = "") -> Any:
    """The value of a key of the file; the charts have defaults for none of them."""
    found = made.get(key) if made.given(key) else None
    return found.get(part) if part and isinstance(found, Mapping) else None if part else found


def _read(value: Any) -> Sequence[Mapping[str, Any]]:
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def bundle_list(target: Target, value: Any) -> Outcome:
    """The list as a key of the chart, or as an option of Airflow."""
    made = target.conversion
    if is_empty(value):
        return Outcome("carried")
    found = _read(value)
    if not found:
        return Outcome("carried", "dags", "pods find the DAGs where their source puts them")
    if any(made.on(key) for key in _FOLDERS):
        return Outcome("changed", "dags", "the DAGs come from git-sync or the volume")
    if git_bundles(made):
        conn = any((each.get("kwargs") or {}).get("git_conn_id") for each in found)
        note = "the token of the connection is a Secret here, see its command" if conn else ""
        return Outcome("carried", "dags", note)
    if all(str(each.get("classpath", "")).endswith("LocalDagBundle") for each in found):
        return Outcome("carried", "dags", "the folder of the image")
    return Outcome("dropped", "", "bundles of other kinds need an extension, docs/extensions.md")

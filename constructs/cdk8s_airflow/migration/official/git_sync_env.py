"""Variables of git-sync, of which some are its flags; and its durations."""

from __future__ import annotations

import re
from typing import Any

from cdk8s_airflow.migration.conversion import Target
from cdk8s_airflow.migration.environment import put_env
from cdk8s_airflow.migration.report import Outcome, summed
from cdk8s_airflow.migration.rules import plain

_UNIT = {"h": 3600, "m": 60, "s": 1, "ms": 0.001}
_PART = re.compile(r"(?<![\d.])([\d.]{1,12})(h|ms|m|s)")
_FLAGS = {
    "SUBMODULES": "submodules",
    "DEPTH": "depth",
    "PERIOD": "period",
    "WAIT": "period",
    "REF": "ref",
    "BRANCH": "ref",
}
"""Variable of git-sync, without its prefix -> the option of GitSyncDags."""
_SET = frozenset({"HTTP_BIND", "LINK", "ONE_TIME", "REPO", "ROOT"})
"""Flags that are no option."""


def seconds(text: object) -> int:
    """`1m30s` or a number as seconds, 1 at least."""
    found = _PART.findall(plain(text))
    total = (
        sum(float(number) * _UNIT[unit] for number, unit in found) if found else float(plain(text))
    )
    return max(round(total), 1)


def variables(target: Target, value: Any) -> Outcome:
    """Variables of the container; of those that are flags, the ones that have an option."""
    outcomes, rest = [], []
    for each in value or []:
        name = plain(each.get("name"))
        flag = name.removeprefix("GITSYNC_").removeprefix("GIT_SYNC_")
        if flag in _SET and flag != name:
            note = "the bundle sets it, as others read the folder"
            outcomes.append((name, Outcome("dropped", "", note)))
        elif flag == name or flag not in _FLAGS:
            rest.append(each)
        elif "value" not in each:
            note = f"{_FLAGS[flag]} is an option here, and takes no reference"
            outcomes.append((name, Outcome("changed", "dags", note)))
        else:
            outcomes.append((name, _flag_variable(target, flag, plain(each["value"]))))
    if not outcomes:
        return put_env(target, value)
    if rest:
        outcomes.append(("others", put_env(target, rest)))
    return summed(outcomes, "dags")


def _flag_variable(target: Target, flag: str, value: str) -> Outcome:
    option = _FLAGS[flag]
    if option == "submodules":
        note = "" if value != "shallow" else "they are fetched recursively"
        path = target.put("submodules", value != "off")
        return Outcome("changed" if note else "carried", path, note)
    if option in ("depth", "period"):
        made = int(value) if option == "depth" else seconds(value)
        return Outcome("carried", target.put(option, made))
    if target.has(option):
        return Outcome("dead", "", f"the chart gives the flag, dags.{option}")
    return Outcome("carried", target.put(option, value))

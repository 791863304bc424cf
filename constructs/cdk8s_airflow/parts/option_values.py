"""Values of Airflow's options: types, ranges, enumerations, and those that hang together."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cdk8s_airflow.kubernetes.nearest import nearest

_BOOLEANS = frozenset({"t", "true", "1", "f", "false", "0"})
_ONE_OR_MORE = frozenset(
    {
        ("api", "workers"),
        ("celery", "worker_concurrency"),
        ("core", "max_active_runs_per_dag"),
        ("core", "max_active_tasks_per_dag"),
        ("core", "max_map_length"),
        ("dag_processor", "parsing_processes"),
        ("scheduler", "job_heartbeat_sec"),
        ("scheduler", "scheduler_health_check_threshold"),
        ("scheduler", "scheduler_heartbeat_sec"),
        ("scheduler", "task_instance_heartbeat_sec"),
        ("scheduler", "task_instance_heartbeat_timeout"),
        ("triggerer", "capacity"),
        ("triggerer", "job_heartbeat_sec"),
    }
)
"""Options with which Airflow would do nothing, or go round without a pause, at 0."""

_PAIRS = (
    ("scheduler.scheduler_health_check_threshold", "30", "scheduler.scheduler_heartbeat_sec", "5"),
    ("scheduler.task_instance_heartbeat_timeout", "300",
     "scheduler.task_instance_heartbeat_sec", "0"),
    ("triggerer.triggerer_health_check_threshold", "30", "triggerer.job_heartbeat_sec", "5"),
)  # fmt: skip
"""A threshold with its default, and the interval with its default that has to be shorter."""


def value_problem(
    facts: Mapping[str, Any], section: str, option: str, value: str | int | float | bool
) -> str:
    """What is wrong with the value of an option, as the end of a message, or nothing.

    Args:
        facts: all that Airflow says of its options.
        section: the section.
        option: an option in it.
        value: what the user gives.
    """
    described = facts["sections"].get(section, {})
    text = str(value).strip()
    if option in described.get("boolean", ()) and text.lower() not in _BOOLEANS | {""}:
        return "expected True or False"
    if option in described.get("number", ()) and text:
        return _number_problem(described, section, option, value)
    known = facts["values"].get(section, {}).get(option)
    if known and text not in known and text.upper() not in known:
        name = text.upper() if known[0].isupper() else text
        hint = nearest(name, [each for each in known if each])
        return f"Airflow knows no such value{hint.replace('it has', 'expected one of')}"
    if (section, option) == ("core", "default_timezone") and text not in ("system", "utc", ""):
        return _time_zone_problem(text)
    return ""


def _number_problem(
    described: Mapping[str, Any], section: str, option: str, value: str | int | float | bool
) -> str:
    number = _number(value)
    if number is None or isinstance(value, bool):
        return "expected a number"
    whole = option in described.get("whole", ())
    if whole and (number != int(number) or "." in str(value) or "e" in str(value).lower()):
        return "expected a whole number"
    if option.endswith("port") and not 1 <= number <= 65535:
        return "expected a port from 1 to 65535"
    if (section, option) in _ONE_OR_MORE:
        return "" if number >= 1 or (number > 0 and not whole) else "expected 1 or more"
    if option in described.get("positive", ()) and number < 0:
        return "expected 0 or more"
    return ""


def _number(value: object) -> float | None:
    try:
        number = float(str(value).replace("_", "x"))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _time_zone_problem(name: str) -> str:
    from zoneinfo import available_timezones

    zones = available_timezones()  # empty on a machine without the database of time zones
    if not zones or name in zones:
        return ""
    hint = nearest(name, zones)
    return "expected a time zone such as 'Europe/Berlin', or utc" + (
        hint if "did you mean" in hint else ""
    )


def pair_problems(value_of: Callable[[str, str], object]) -> Iterator[str]:
    """The problems of options that hang together.

    Args:
        value_of: section and option -> what the user gives, or None.
    """
    for threshold, default, interval, usual in _PAIRS:
        given = [value_of(*name.split(".")) for name in (threshold, interval)]
        if given == [None, None]:
            continue
        numbers = [
            _number(default if value is None else value)
            for value, default in zip(given, (default, usual), strict=True)
        ]
        if None not in numbers and numbers[0] <= numbers[1]:  # type: ignore[operator]
            yield (
                f"{threshold}={numbers[0]:g} is not above {interval}={numbers[1]:g}: between two "
                "heartbeats each process would count as dead; raise the threshold"
            )

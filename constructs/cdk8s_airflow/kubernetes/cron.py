"""Schedules of CronJobs."""

from __future__ import annotations

import re
from datetime import datetime, timezone

from cdk8s_airflow.kubernetes.nearest import close_to

_FIELD = re.compile(r"[0-9A-Za-z*?/,-]+")
_EVERY = re.compile(r"@every (?:[0-9]+(?:h|m|s))+")
_NAMED = frozenset(
    {"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"}
)


def time_zone_problem(text: str) -> str:
    """What is wrong with the name of a time zone, as the end of a message, or nothing.

    The names are those of this machine's database of time zones, which Kubernetes has too; without
    one any name passes.
    """
    from zoneinfo import available_timezones

    known = available_timezones()
    if not known or text in known:
        return ""
    hint = f"; did you mean {close!r}?" if (close := close_to(text, known)) else ""
    return f"expected the name of a time zone such as 'Europe/Berlin'{hint}"


def schedule_problem(text: str) -> str:
    """What is wrong with a schedule, as the end of a message, or nothing.

    The parser, cronsim, is imported when the first schedule is checked. Kubernetes knows no `L`,
    `W` and `#`, which it does.
    """
    if text in _NAMED or _EVERY.fullmatch(text):
        return ""
    fields = text.split()
    if len(fields) != 5 or not all(_FIELD.fullmatch(each) for each in fields):
        return "expected the five fields of cron such as '30 3 * * 0', or '@weekly'"

    from cronsim import CronSim, CronSimError

    if re.search(r"(?i)l$|w", fields[2]) or re.search(r"(?i)[0-9]l$", fields[4]):
        return "Kubernetes does not know L and W; name days"
    try:
        next(CronSim(text.replace("?", "*"), datetime(2024, 1, 1, tzinfo=timezone.utc)))
    except CronSimError as error:
        return f"{error} of cron; expected for example '30 3 * * 0'"
    return ""

"""`[metrics] stat_name_handler`: any name of a DAG, task or queue makes a name for StatsD.

Airflow's own refuses other characters and long names. A metric is lost then, and a timer is none:
the runs of such a DAG are never scheduled, with `'NoneType' object does not support the context
manager protocol` in the scheduler's log.
"""

import re

_OTHERS = re.compile(r"[^A-Za-z0-9_.,=/-]")


def stat_name(name: str) -> str:
    """A name and its tags, in characters that neither StatsD nor its client trips over."""
    return _OTHERS.sub("_", name)

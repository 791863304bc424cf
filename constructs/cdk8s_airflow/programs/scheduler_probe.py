"""Exits with 0 when this host's scheduler is healthy and schedules; it imports no Airflow.

Usage: python scheduler_probe.py URL SECONDS STALLED_SECONDS

Its own health server at URL knows its heartbeat alone, which goes on where the scheduler skips all
that others have locked, or has no slots left. So the database is asked as well: whether runs are
looked at, begin, and have their tasks queued. What waits for a pool, a limit or a pause is none
of it. Nothing counts before the scheduler has run as long itself, so a cause that a restart does
not cure restarts it now and then only.
"""

import socket
import sys
from collections.abc import Sequence
from typing import Any

from database import DatabaseError, run
from job_probe import elapsed
from local_health import main as ask_health

# The heads of what can wait: `true` where nothing else may be the reason.
_RUNS = """
from dag_run r join dag d on d.dag_id = r.dag_id
where not d.is_paused and not d.is_stale and r.run_after <= now()
and exists (select 1 from serialized_dag s where s.dag_id = r.dag_id)
"""
QUERY = f"""
select
(select max(start_date) from job
 where job_type = 'SchedulerJob' and state = 'running'
 and (hostname = :host or hostname like :full)),
(select max(coalesce(r.last_scheduling_decision, r.updated_at)) {_RUNS}
 and r.state = 'running'),
(select min(coalesce(r.queued_at, r.updated_at)) {_RUNS}
 and r.state = 'queued' and r.run_type <> 'backfill' and d.max_active_runs > 0
 and not exists (select 1 from dag_run o where o.dag_id = r.dag_id and o.state = 'running')
 and not exists (
  select 1 from dag_run o where o.id > r.id and o.start_date is not null)),
(select min(t.scheduled_dttm) from task_instance t
 join dag_run r on r.dag_id = t.dag_id and r.run_id = t.run_id and r.state = 'running'
 join dag d on d.dag_id = t.dag_id and not d.is_paused and not d.is_stale
 and d.max_active_tasks > 0
 join slot_pool p on p.pool = t.pool and (p.slots = -1 or p.slots >= t.pool_slots)
 and not p.include_deferred
 where t.state = 'scheduled' and not exists (
  select 1 from task_instance o where o.state in ('queued', 'running', 'restarting')))
"""
WORDS = (
    "no run of a DAG has been looked at for {:.0f} s",
    "runs that nothing holds back have waited for {:.0f} s, and no later one has begun",
    "tasks have waited for {:.0f} s, and none is queued or running",
)


def problem(row: Sequence[Any], seconds: float) -> str:
    """What the scheduler does not do; nothing if all goes on, or there is nothing to do.

    Args:
        row: start of the scheduler, and the time of each head; None: there is none.
        seconds: after which it should have gone on.
    """
    start, *heads = row
    if start is None or elapsed(start).total_seconds() < seconds:
        return ""
    ages = (None if head is None else elapsed(head).total_seconds() for head in heads)
    found = [
        words.format(age) for words, age in zip(WORDS, ages, strict=True) if age and age > seconds
    ]
    return "; ".join(found)


if __name__ == "__main__":
    ask_health(*sys.argv[1:3])
    host = socket.gethostname()
    try:
        (answer,) = run(QUERY, {"host": host, "full": f"{host}.%"})
    except DatabaseError as error:  # the heartbeat tells when it is away for long
        print(f"the database does not answer: {error}")
        sys.exit(0)
    if stalled := problem(answer, float(sys.argv[3])):
        sys.exit(f"scheduler_probe.py: {stalled}")

"""The `preStop` hook of the embedded PostgreSQL: it breaks off no transaction of the scheduler.

SIGTERM lets the server take no new sessions. The processes that end when a statement is broken off
hold a lock while they use a session, see the program `cdk8s_airflow_database.py`: once it is ours,
none of them uses one, and none begins to. Then the idle sessions end, which clients with a pool
notice before they use them, until none is left. The fast shutdown of the image alone would break
off statements. What still runs after twenty seconds is cut.
"""

from __future__ import annotations

LOCK = 5_432_001
"""The advisory lock in the metadata database that a session holds while it is in use."""

DRAIN = rf"""exec psql --host=/var/run/postgresql --username="$POSTGRES_USER" "$POSTGRES_DB" <<'END'
\! kill -TERM 1
set lock_timeout = '10s';
select pg_advisory_lock({LOCK});
do $drain$
begin
  for turn in 1..100 loop
    perform pg_stat_clear_snapshot();
    perform pg_terminate_backend(pid) from pg_stat_activity
      where state = 'idle' and clock_timestamp() - state_change > interval '200 ms';
    exit when not exists (select from pg_stat_activity
      where backend_type = 'client backend' and pid <> pg_backend_pid());
    perform pg_sleep(0.1);
  end loop;
end $drain$;
END
"""
"""A `preStop` hook, for `sh -c`; `POSTGRES_USER` is a superuser without password on the socket."""

"""How the embedded PostgreSQL ends: no statement of a client is broken off.

SIGTERM lets the server take no new sessions. Then the idle ones end, which clients with a pool
notice before they use them, until none is left. The fast shutdown of the image alone would break
off statements, and Airflow's processes end on that. What still runs after ten seconds is cut.
"""

from __future__ import annotations

DRAIN = r"""exec psql --host=/var/run/postgresql --username="$POSTGRES_USER" postgres <<'END'
\! kill -TERM 1
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

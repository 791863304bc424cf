"""PgBouncer's pool sizes, computed from the pods and tasks of a release."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, kw_only=True)
class Load:
    """The clients of the databases: pods of each kind, and tasks."""

    api_servers: int
    schedulers: int
    dag_processors: int
    triggerers: int
    task_slots: int
    """Tasks that may run at a time."""
    engine_connections: int = 15
    """Connections that one process may open: `[database] sql_alchemy_pool_size` and
    `sql_alchemy_max_overflow`."""

    @property
    def processes(self) -> int:
        """Airflow's processes that use the metadata database."""
        return self.api_servers + self.schedulers + self.dag_processors + self.triggerers

    @property
    def metadata_pool(self) -> int:
        """Concurrent transactions on the metadata, see docs/pgbouncer.md."""
        pods = 5 * self.api_servers + 3 * self.schedulers
        return 2 + pods + 2 * self.dag_processors + 2 * self.triggerers + ceil(self.task_slots / 16)

    @property
    def results_pool(self) -> int:
        """Concurrent transactions on the database for results."""
        return 1 + 2 * self.schedulers + ceil(self.task_slots / 8)

    def clients(self, results: bool) -> int:
        """Connections that Airflow may open, those of old and new pods during a rollout."""
        count = self.engine_connections * self.processes
        if results:
            count += self.engine_connections * self.schedulers + self.task_slots
        return 2 * count + 50

"""Celery's pool of processes, which knows who is busy after a lost broker, too.

Celery before 5.7 forgets it then, and gives new tasks to processes that run one: they wait for its
end, for hours maybe, while other processes are idle.
"""

from celery.concurrency import asynpool, prefork


class AsynPool(asynpool.AsynPool):  # type: ignore[misc]
    """The processes."""

    def flush(self) -> None:
        """Forgets what was not begun, when the broker is lost: it will come again."""
        begun = [job for job in self._cache.values() if job._accepted and not job.ready()]
        running = {job._scheduled_for.inqW_fd for job in begun if job._scheduled_for}
        busy = self._busy_workers & running
        super().flush()
        self._busy_workers.update(busy)


class TaskPool(prefork.TaskPool):  # type: ignore[misc]
    """`[celery] pool = prefork`."""

    Pool = AsynPool

"""Airflow's git DAG bundle, for the DAG processor: it counts whether a refresh has succeeded.

Airflow itself writes to the log alone that a bundle could not be refreshed, and goes on with the
DAGs that it has.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from airflow.providers.git.bundles.git import GitDagBundle

try:
    from airflow.observability.stats import Stats
except ImportError:  # before Airflow 3.2
    from airflow.stats import Stats


class CountedGitDagBundle(GitDagBundle):  # type: ignore[misc]
    """A git DAG bundle that sends `dag_bundle.refreshed` and `dag_bundle.refresh_failed`."""

    _counts = False

    def initialize(self) -> None:
        """Clones the repository, and refreshes it."""
        with self._failures_counted():
            super().initialize()

    def refresh(self) -> None:
        """Fetches what is new."""
        with self._failures_counted():
            super().refresh()
        Stats.incr("dag_bundle.refreshed", tags={"bundle_name": self.name})

    @contextmanager
    def _failures_counted(self) -> Iterator[None]:
        """Counts a failure once, also that of a refresh within `initialize`."""
        outermost, self._counts = not self._counts, True
        try:
            yield
        except Exception:
            if outermost:
                Stats.incr("dag_bundle.refresh_failed", tags={"bundle_name": self.name})
            raise
        finally:
            self._counts = not outermost

"""Users of Airflow's own database, with passwords there: FAB's login, and the default."""

from __future__ import annotations

from dataclasses import dataclass

from cdk8s_airflow.auth.fab import FabLogin


@dataclass(frozen=True, kw_only=True)
class DatabaseUsers(FabLogin):
    """Users and their passwords are in Airflow's database: `admin=` is the first of them.

    Others come in with `airflow users create`, or in the UI (Security > List Users).
    """

    @property
    def has_passwords(self) -> bool:
        """They are in the database."""
        return True

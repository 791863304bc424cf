"""DAGs of two teams, and one of nobody in particular."""

from __future__ import annotations

from airflow.sdk import DAG

TEAMS = ("team-a", "team-b")

for team in TEAMS:
    with DAG(
        f"{team.replace('-', '_')}_dag",
        access_control={team: {"DAGs": {"can_read", "can_edit"}, "DAG Runs": {"can_create"}}},
    ):
        pass

with DAG("common"):
    pass

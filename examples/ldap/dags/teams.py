"""A DAG of each team, which others do not see."""

from __future__ import annotations

from airflow.sdk import dag, task

RIGHTS = {"DAGs": {"can_read", "can_edit"}, "DAG Runs": {"can_create"}}


def of_team(team: str) -> None:
    @dag(dag_id=f"{team}_report", access_control={team: RIGHTS})
    def report() -> None:
        @task
        def write() -> None:
            print(f"the report of {team}")

        write()

    report()


for team in ("sales", "finance"):
    of_team(team)

"""The one option that the module for connections reads."""

from __future__ import annotations


class Configuration:
    def get(self, section: str, option: str) -> str:
        assert (section, option) == ("database", "sql_alchemy_conn")
        return "postgresql+psycopg2://airflow@db/metadata"


conf = Configuration()

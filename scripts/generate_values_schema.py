"""Writes the JSON Schema of values files into the package; run it when props change."""

from __future__ import annotations

import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "constructs"
sys.path.insert(0, str(SOURCE))

from cdk8s_airflow.values.json_schema import json_schema  # noqa: E402

SCHEMA = SOURCE / "cdk8s_airflow" / "values" / "schema.json"

if __name__ == "__main__":
    SCHEMA.write_text(json_schema(), "utf-8")

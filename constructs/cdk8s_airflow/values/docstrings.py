"""The docstrings of fields, where the values files need them."""

from __future__ import annotations

from cdk8s_airflow.kubernetes.docstrings import field_docstrings as field_docstrings

"""Bundles on the stand-in node, as in tests/integration."""

from integration.conftest import (
    pytest_cmdline_main,
    pytest_configure,
    pytest_runtest_makereport,
    pytest_terminal_summary,
    stage,
)

__all__ = [
    "pytest_cmdline_main",
    "pytest_configure",
    "pytest_runtest_makereport",
    "pytest_terminal_summary",
    "stage",
]

"""No release for an older Airflow sets an option that is newer than it."""

from __future__ import annotations

import re

import pytest
from bundle.everything import RELEASES, bundle_of

from cdk8s_airflow.checks.bundle import env_literals
from cdk8s_airflow.parts.config_check import airflow_options, named_option

VERSIONS = ("3.1.8", "3.2.2")
REFUSED = {
    ("opentelemetry", "3.1.8"): "needs Airflow 3.2",
    **{("rotation", version): "does not name the key of a token" for version in VERSIONS},
}
"""Release and version -> why the synth refuses it."""


def number(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))


def newer(airflow_version: str, **props: object) -> set[str]:
    """The variables of a release that are options of a newer Airflow."""
    sections = airflow_options()["sections"]
    found = set()
    for pod in bundle_of(airflow_version=airflow_version, **props).pods:
        for container in pod.containers:
            for name in env_literals(container):
                section, option = named_option(name) if name.startswith("AIRFLOW__") else ("", "")
                since = sections.get(section, {}).get("since", {})
                added = since.get(option) or since.get(option.removesuffix("_cmd"))
                if added and number(added) > number(airflow_version):
                    found.add(f"{name} is of {added}")
    return found


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("release", RELEASES)
def test_no_option_is_newer_than_the_airflow(release: str, version: str) -> None:
    """Airflow ignores what it does not know, and nobody would notice."""
    reason = REFUSED.get((release, version))
    if reason:
        with pytest.raises(ValueError, match=reason):
            newer(version, **RELEASES[release])
        return
    assert newer(version, **RELEASES[release]) == set()

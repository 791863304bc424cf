"""Dashboards: how Grafana finds them, that releases do not share them, and what they ask."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from unit.test_alerts import METRIC, exported, of_others
from without_node import manifests

from cdk8s_airflow import AirflowProps, DagsFolder, Dashboards, StatsdExporter

ROOT = Path(__file__).resolve().parents[2]
DAGS = DagsFolder(str(ROOT / "dags"))
FILES = sorted((ROOT / "constructs/cdk8s_airflow/parts/dashboards").iterdir())


def config_maps(
    release: str = "af1", namespace: str | None = "airflow", **props: Any
) -> dict[str, dict[str, Any]]:
    """Name -> ConfigMap with a dashboard."""
    given = AirflowProps(
        **{"dags": DAGS, "metrics": StatsdExporter(), "dashboards": Dashboards(), **props}
    )
    named = {o["metadata"]["name"]: o for o in manifests(given, release, namespace)}
    return {name: made for name, made in named.items() if "dashboard" in name}


def dashboards(**given: Any) -> dict[str, dict[str, Any]]:
    """Name of the file in Grafana -> the dashboard."""
    texts = [o["data"] for o in config_maps(**given).values()]
    return {name: json.loads(text) for data in texts for name, text in data.items()}


def queries(dashboard: dict[str, Any]) -> Iterator[str]:
    for panel in dashboard["panels"]:
        yield from (target["expr"] for target in panel["targets"])


def test_no_dashboards_without_the_prop() -> None:
    assert config_maps(dashboards=None) == {}


def test_grafana_s_sidecar_finds_them_by_their_label() -> None:
    found = config_maps()
    names = ("overview", "scheduler", "servers", "workers")
    assert set(found) == {f"af1-dashboard-{name}" for name in names}
    for made in found.values():
        assert made["metadata"]["labels"]["grafana_dashboard"] == "1"
        assert "annotations" not in made["metadata"]


def test_label_folder_and_annotations_are_the_user_s() -> None:
    given = Dashboards(labels={"team": "data"}, folder="Airflow", annotations={"k8s-x/y": "z"})
    for made in config_maps(dashboards=given).values():
        labels = made["metadata"]["labels"]
        assert labels["team"] == "data"
        assert "grafana_dashboard" not in labels
        annotations = {"grafana_folder": "Airflow", "k8s-x/y": "z"}
        assert made["metadata"]["annotations"] == annotations


def test_two_releases_share_neither_file_nor_uid_nor_title() -> None:
    everyones = [
        dashboards(),
        dashboards(release="af2"),
        dashboards(namespace="other"),
        dashboards(namespace=None),
    ]
    files = [name for each in everyones for name in each]
    made = [one for each in everyones for one in each.values()]
    for values in (files, [one["uid"] for one in made], [one["title"] for one in made]):
        assert len(values) == len(set(values)) == 16
    assert all(len(one["uid"]) <= 40 for one in made)
    assert max(len(json.dumps(one)) for one in made) < 100_000  # of 1 MiB of a ConfigMap


def test_a_dashboard_begins_with_its_release() -> None:
    for one in dashboards().values():
        variables = {each["name"]: each for each in one["templating"]["list"]}
        assert list(variables) == ["datasource", "namespace", "release"]
        assert variables["datasource"]["query"] == "prometheus"
        assert variables["namespace"]["current"]["value"] == "airflow"
        assert variables["release"]["current"]["value"] == "af1"
        assert "(airflow/af1)" in one["title"]


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_panel_asks_for_the_release_and_its_data_source(file: Path) -> None:
    dashboard = json.loads(file.read_text())
    for panel in dashboard["panels"]:
        assert panel["datasource"]["uid"] == "${datasource}"
        assert panel["title"]
        assert panel["description"]
        ids = [target["refId"] for target in panel["targets"]]
        assert ids == sorted(set(ids)) and all(ids)
    for query in queries(dashboard):
        selectors = re.findall(r"\{([^}]*)\}", query)
        assert selectors
        for selector in selectors:
            assert 'namespace="$namespace"' in selector, query
            assert "$release" in selector, query


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_every_metric_of_a_dashboard_is_sent_by_somebody(file: Path) -> None:
    asked = queries(json.loads(file.read_text()))
    found = {name for query in asked for name in METRIC.findall(query)}
    servers = ("pg_", "pgbouncer_", "redis_")  # tests/integration/test_u_metrics.py scrapes them
    unknown = found - exported() - of_others() - {"ALERTS"}
    assert {name for name in unknown if not name.startswith(servers)} == set()


def test_panels_do_not_overlap() -> None:
    for file in FILES:
        taken: set[tuple[int, int]] = set()
        for panel in json.loads(file.read_text())["panels"]:
            at = panel["gridPos"]
            cells = {
                (x, y)
                for x in range(at["x"], at["x"] + at["w"])
                for y in range(at["y"], at["y"] + at["h"])
            }
            assert not cells & taken
            assert at["x"] + at["w"] <= 24
            taken |= cells


def test_dashboards_that_stay_empty_are_a_warning() -> None:
    with pytest.warns(UserWarning, match="most panels stay empty, unless an exporter of yours"):
        config_maps(metrics=None)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        config_maps()


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match=r"labels=\{\}\): Grafana's sidecar would find nothing"):
        Dashboards(labels={})
    with pytest.raises(ValueError, match=r"folder=' '\): expected a name such as 'Airflow'"):
        Dashboards(folder=" ")

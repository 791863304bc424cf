"""What Python renders by itself is what cdk8s would have written, and costs fewer messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cdk8s
import jsii
import pytest
import yaml
from cdk8s import (
    ApiObject,
    ApiObjectMetadata,
    App,
    Chart,
    JsonPatch,
    LazyResolver,
    YamlOutputType,
)
from cdk8s_plus_27 import Resource
from constructs import Construct, IValidation
from jsii._kernel.providers.process import _NodeProcess

from cdk8s_airflow import AirflowChart
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.kubernetes.whole_chart import WholeChart

Change = Callable[[Construct, KubernetesObject], object]
LABELS = {"b": "2", "a": "1"}


def config_map(scope: Construct, id: str = "ConfigMap", **options: Any) -> KubernetesObject:
    options = {"name": "config", "labels": LABELS, "body": {"data": {"k": "v"}}, **options}
    return KubernetesObject(scope, id, api_version="v1", kind="ConfigMap", **options)


def written(app: App) -> dict[str, str]:
    app.synth()
    folder = Path(app.outdir)
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.yaml")}


@jsii.implements(IValidation)
class Refuses:
    def validate(self) -> list[str]:
        return ["it is not right"]


class Foreign(Resource):
    """A construct of another library, whose code in Node knows our object as its `apiObject`."""

    def __init__(self, scope: Construct, id: str, known: KubernetesObject) -> None:
        self._known = known
        super().__init__(scope, id)

    @property
    def _api_object(self) -> ApiObject:
        return self._known

    @property
    def resource_type(self) -> str:
        return "configmaps"


def nested(scope: Construct, thing: KubernetesObject) -> None:
    config_map(Chart(scope, "inner", namespace="other"))


def native(scope: Construct, thing: KubernetesObject) -> None:
    ApiObject(scope, "native", api_version="v1", kind="Secret")


def depends(scope: Construct, thing: KubernetesObject) -> None:
    thing.node.add_dependency(config_map(Construct(scope, "below"), name="first"))


CHANGES: dict[str, Change] = {
    "nothing": lambda scope, thing: None,
    "a label from Python": lambda scope, thing: thing.metadata.add_label("added", "1"),
    "a label from Node": lambda scope, thing: Foreign(scope, "f", thing).metadata.add_label(
        "added", "1"
    ),
    "an annotation": lambda scope, thing: thing.metadata.add_annotation("added", "1"),
    "a field of the metadata": lambda scope, thing: thing.metadata.add("generateName", "g"),
    "a patch": lambda scope, thing: thing.add_json_patch(JsonPatch.add("/data/k", "patched")),
    "a patch of the metadata": lambda scope, thing: ApiObject.of(thing).add_json_patch(
        JsonPatch.add("/metadata/labels/added", "1")
    ),
    "a dependency": depends,
    "an object of cdk8s": native,
    "an object of the cluster": lambda scope, thing: KubernetesObject(
        scope, "r", api_version="rbac.authorization.k8s.io/v1", kind="ClusterRole", name="r"
    ),
    "annotations of its own": lambda scope, thing: config_map(
        scope, "x", name="x", namespace="own", annotations=LABELS, labels=None
    ),
    "a nested chart": nested,
}
"""What may happen to a chart before its synth."""


@pytest.mark.parametrize("output", YamlOutputType)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_written_is_what_cdk8s_writes(
    change: Change, output: YamlOutputType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def app(name: str) -> App:
        app = App(outdir=str(tmp_path / name), yaml_output_type=output)
        for number in range(2):
            chart = WholeChart(app, f"chart-{number}", namespace="data")
            change(chart, config_map(chart, name=f"config-{number}"))
        return app

    ours = written(app("ours"))
    monkeypatch.setattr(WholeChart, "to_json", Chart.to_json)
    monkeypatch.setattr(KubernetesObject, "_head", ApiObject.to_json)
    assert ours == written(app("theirs"))
    assert ours


@pytest.mark.parametrize("namespace", [None, "data"])
def test_labels_of_a_plain_chart_reach_its_objects(tmp_path: Path, namespace: str | None) -> None:
    app = App(outdir=str(tmp_path))
    chart = Chart(app, "chart", namespace=namespace, labels={"c": "3", "b": "chart"})
    manifest: Any = config_map(Construct(chart, "below")).to_json()
    expected: Any = ApiObject(
        chart,
        "native",
        api_version="v1",
        kind="ConfigMap",
        metadata=ApiObjectMetadata(name="config", labels=LABELS),
    ).to_json()
    assert list(manifest.pop("data")) == ["k"]
    assert manifest == expected
    assert list(manifest["metadata"]["labels"]) == ["a", "b", "c"]


class Renames(LazyResolver):
    def resolve(self, context: Any) -> None:
        if context.key == ["name"]:
            context.replace_value("renamed") if context.value != "renamed" else None


def test_resolvers_of_the_app_see_the_metadata(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path), resolvers=[Renames()])
    config_map(WholeChart(app, "chart"))
    assert "name: renamed" in written(app)["chart.k8s.yaml"]


@pytest.mark.parametrize("render", [cdk8s.Testing.synth, lambda chart: chart.to_json(), written])
def test_a_chart_that_is_asked_by_itself_is_validated(
    tmp_path: Path, render: Callable[[Any], object]
) -> None:
    app = App(outdir=str(tmp_path))
    chart = WholeChart(app, "chart")
    assert cdk8s.Testing.synth(chart) == []
    app.synth()
    chart.node.add_validation(Refuses())
    with pytest.raises(RuntimeError, match="it is not right"):
        render(app if render is written else chart)


def test_the_synth_of_another_app_says_nothing_of_this_one(tmp_path: Path) -> None:
    other = WholeChart(App(outdir=str(tmp_path / "other")), "chart")
    other.node.add_validation(Refuses())
    app = App(outdir=str(tmp_path))
    KubernetesObject(
        WholeChart(app, "chart"),
        "asks",
        api_version="v1",
        kind="ConfigMap",
        name="asks",
        body=lambda: {"data": {"other": str(other.to_json())}},
    )
    with pytest.raises(RuntimeError, match="it is not right"):
        app.synth()


def test_construct_metadata_are_recorded(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path), record_construct_metadata=True)
    config_map(WholeChart(app, "chart"))
    app.synth()
    assert (
        '"config":{"path":"chart/ConfigMap"}' in (tmp_path / "construct-metadata.json").read_text()
    )


def test_synth_yaml_has_all_objects(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    config_map(WholeChart(app, "chart"))
    assert [item["data"] for item in yaml.safe_load_all(app.synth_yaml())] == [{"k": "v"}]


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How many messages Python sends to Node, by kind."""
    counts: Counter[str] = Counter()
    send = _NodeProcess.send

    def counting(self: _NodeProcess, request: Any, response_type: Any) -> Any:
        counts[type(request).__name__] += 1
        return send(self, request, response_type)

    monkeypatch.setattr(_NodeProcess, "send", counting)
    yield counts


def releases(app: App, first: int, count: int) -> None:
    for number in range(first, first + count):
        AirflowChart(app, f"af{number}", namespace="airflow")


def test_an_object_costs_one_message_and_a_release_few_more(
    tmp_path: Path, messages: Counter[str]
) -> None:
    """Each message is a round trip through three processes, and so what a synth consists of."""
    app = App(outdir=str(tmp_path))
    releases(app, 0, 1)
    app.synth()
    messages.clear()
    releases(app, 1, 2)
    objects = sum(1 for item in app.node.find_all() if isinstance(item, KubernetesObject)) * 2 // 3
    built = messages["CreateRequest"]
    assert messages.total() - 2 == built, "nothing but creations; the two are this test's question"
    constructs = sum(1 for item in app.node.find_all()) - 1
    assert built == constructs * 2 // 3
    messages.clear()
    app.synth()
    charts = 3
    # Of each chart: its node, the graph of it and the order; and one answer with all manifests.
    assert messages["CompleteRequest"] + messages["_CompleteRequest"] == charts + 2
    assert messages.total() == charts * 4 + 2 + 1 + 2
    assert objects == 118

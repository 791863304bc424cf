"""Python of the documents: programs run, and fragments of props become a release."""

from __future__ import annotations

import ast
import dataclasses
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import cdk8s

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    Backup,
    CeleryExecutor,
    ExternalMysql,
    ExternalPostgresql,
    ExternalRedis,
    Fleet,
    FleetRelease,
    HpaAutoscaling,
    Ingress,
    KedaAutoscaling,
    KubernetesExecutor,
    LocalExecutor,
    OpenTelemetry,
    OtelCollector,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Manifest
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.release.resolve import resolve

APP = cdk8s.App  # a test gives programs one that writes elsewhere
RELEASE, NAMESPACE = "af1", "airflow"
FIELDS = frozenset(field.name for field in dataclasses.fields(AirflowProps))
HOLDERS: Mapping[type, Callable[[Any], Mapping[str, Any]]] = {
    Backup: lambda each: {"backup": each},
    CeleryExecutor: lambda each: {"executor": each},
    ExternalMysql: lambda each: {"database": each},
    ExternalPostgresql: lambda each: {"database": each},
    ExternalRedis: lambda each: {"broker": each},
    HpaAutoscaling: lambda each: {"api_server": cdk8s_airflow.ApiServerProps(autoscaling=each)},
    Ingress: lambda each: {"exposure": each},
    KedaAutoscaling: lambda each: _workers(WorkerGroup(autoscaling=each)),
    KubernetesExecutor: lambda each: {"executor": each},
    LocalExecutor: lambda each: {"executor": each},
    OtelCollector: lambda each: {"metrics": OpenTelemetry(collector=each)},
    WorkerGroup: lambda each: _workers(each),
}
"""The frame of a fragment: props that are not those of a release -> where a release has them."""

_KEY = 'SecretKey(name="sample", key="sample")'
REST: Mapping[str, Mapping[str, str]] = {
    "Backup": {
        "store": 'S3Backups(bucket="airflow-backups")',
        "encrypt_to": '"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"',
    },
    "ExternalPostgresql": {"host": '"db.example.com"', "password": _KEY},
    "ExternalRedis": {"host": '"redis.example.com"', "password": _KEY},
    "GitDags": {"repository": '"https://git.example.com/team/more.git"'},
    "SecretKey": {"name": '"sample"', "key": '"sample"'},
}
"""What `Backup(...)` and the like leave out, for want of which there would be no object."""

LEFT_OUT: Mapping[str, str] = {
    "ca": 'ConfigMapKey(name="sample", key="ca.crt")',
    "exporters": '[OtlpExporter(endpoint="https://otlp.example.com:4318")]',
    "headers": f'{{"api-key": {_KEY}}}',
    "identity": _KEY,
    "password": _KEY,
}
"""What `identity=...`, `headers={...}` and the like leave out."""

INSIDE = ("airflow", "cdk8s_airflow_oidc")
"""Packages that are there in the pods alone."""


def _workers(group: WorkerGroup) -> Mapping[str, Any]:
    return {"executor": CeleryExecutor(workers=[group])}


class Code:
    """The Python of a page: what it has defined so far, and the releases that it describes."""

    def __init__(self, page: str) -> None:
        self.module = ModuleType(f"docs_{page}")
        sys.modules[self.module.__name__] = self.module  # dataclasses look for it there
        names = {name: getattr(cdk8s_airflow, name) for name in cdk8s_airflow.__all__}
        vars(self.module).update(names, HERE=Path())
        self.releases: list[AirflowProps] = []
        self._bundles: list[list[Manifest]] = []

    def close(self) -> None:
        """Forget the page."""
        del sys.modules[self.module.__name__]

    def run(self, text: str) -> None:
        """Runs a program, or makes releases of fragments.

        Raises:
            Exception: it does not run, or the release is refused.
        """
        self.releases, self._bundles = [], []
        said: dict[str, Any] = {}
        table: dict[str, Any] = {}
        for statement in _Complete().visit(ast.parse(text)).body:
            name = _name_of(statement)
            if name in FIELDS:
                if name in said:
                    self.add(AirflowProps(**said))
                    said = {}
                said[name] = self.value(statement)
            elif name == "releases":
                table[name] = self.value(statement)
            elif isinstance(statement, ast.Expr):
                self.keep(self.evaluate(statement.value))
            else:
                self.execute(statement)
        if said:
            self.add(AirflowProps(**said))
        if table:
            Fleet(**table).synth()

    def value(self, statement: Any) -> Any:
        """The value of `name=value`, or of `name=value,` in a list of arguments."""
        found = self.evaluate(statement.value)
        if isinstance(statement.value, ast.Tuple):
            (found,) = found
        return found

    def evaluate(self, tree: ast.expr) -> Any:
        """The value of an expression."""
        return eval(compile(ast.Expression(tree), "docs", "eval"), vars(self.module))

    def execute(self, statement: ast.stmt) -> None:
        """Runs a statement of a program."""
        module = ast.Module(body=[statement], type_ignores=[])
        exec(compile(module, "docs", "exec", dont_inherit=True), vars(self.module))

    def keep(self, found: object) -> None:
        """A release of props; what a call of a program returns is nobody's."""
        if isinstance(found, AirflowProps):
            self.add(found)
        elif isinstance(found, Props) and not isinstance(found, FleetRelease):
            self.add(AirflowProps(**HOLDERS[type(found)](found)))

    def add(self, props: AirflowProps) -> None:
        """One more release, which passes all that needs no construct."""
        resolve(props, RELEASE, NAMESPACE)
        self.releases.append(props)

    def bundles(self) -> Iterator[list[Manifest]]:
        """What each release of the last block yields, or the app of the last program."""
        if not self._bundles:
            apps = [each for each in vars(self.module).values() if isinstance(each, APP)]
            if not self.releases:
                self._bundles = [_manifests(app) for app in apps[-1:]]
            for props in self.releases:
                app = APP()
                AirflowChart(app, RELEASE, namespace=NAMESPACE, props=props)
                self._bundles.append(_manifests(app))
        yield from self._bundles

    def texts(self) -> Iterator[str]:
        """The files that the releases put into pods."""
        for manifest in (each for bundle in self.bundles() for each in bundle):
            if manifest["kind"] in ("ConfigMap", "Secret"):
                yield from (manifest.get("data") or {}).values()
                yield from (manifest.get("stringData") or {}).values()


def _manifests(app: cdk8s.App) -> list[Manifest]:
    found = [each for chart in app.charts for each in chart.to_json()]
    return cast("list[Manifest]", json.loads(json.dumps(found)))


def runs_inside(text: str) -> str:
    """The package of the pods that a program imports; empty: it runs on the user's machine."""
    for statement in ast.walk(ast.parse(text)):
        if isinstance(statement, ast.Import):
            names = [alias.name for alias in statement.names]
        else:
            names = [statement.module or ""] if isinstance(statement, ast.ImportFrom) else []
        for name in names:
            if name.partition(".")[0] in INSIDE:
                return name.partition(".")[0]
    return ""


def has_tests(text: str) -> bool:
    """Whether a program is a module of tests."""
    return any(
        isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
        for each in ast.parse(text).body
    )


def _name_of(statement: ast.stmt) -> str:
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    return ""


class _Complete(ast.NodeTransformer):
    """Puts samples where the documents have `...`."""

    def visit_Call(self, call: ast.Call) -> ast.Call:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if any(_left_out(each) for each in call.args):
            call.args = [each for each in call.args if not _left_out(each)]
            given = {keyword.arg for keyword in call.keywords}
            call.keywords += [
                ast.keyword(arg=key, value=ast.parse(text, mode="eval").body)
                for key, text in REST[name].items()
                if key not in given
            ]
        for keyword in call.keywords:
            if _left_out(keyword.value):
                keyword.value = ast.parse(LEFT_OUT[str(keyword.arg)], mode="eval").body
        self.generic_visit(call)
        return ast.fix_missing_locations(call)


def _left_out(node: ast.expr) -> bool:
    """`...`, `[...]` and `{...}`."""
    if isinstance(node, (ast.List, ast.Set)) and len(node.elts) == 1:
        (node,) = node.elts
    return isinstance(node, ast.Constant) and node.value is ...

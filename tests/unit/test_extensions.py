"""The door for parts: what a feature of ours touches, and what one of a user's may do."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cdk8s
import pytest
import yaml
from cdk8s import App
from constructs import Construct

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    DagsFolder,
    KubernetesExecutor,
    LocalExecutor,
    WorkerGroup,
    extension,
)
from cdk8s_airflow.extension import (
    NOTHING,
    PROGRAM_MOUNTS,
    RUNS_TASKS,
    ConfigMapKey,
    Container,
    GeneratedSecret,
    Part,
    Peer,
    Platform,
    PodParts,
    Role,
    SecretKey,
    config_map,
    content_hash,
    env_vars,
    run,
)
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.values import read_values

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "constructs" / "cdk8s_airflow"
DAGS = DagsFolder(str(ROOT / "dags"))

TOY = '''"""A toy."""

from dataclasses import dataclass

from constructs import Construct

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.pods import Container
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.references import env_vars
from cdk8s_airflow.kubernetes.workloads import config_map
from cdk8s_airflow.part import Feature
from cdk8s_airflow.parts.programs import PROGRAM_MOUNTS, run
from cdk8s_airflow.platform import Platform, Role


@dataclass(frozen=True, kw_only=True)
class Toy(Props, Feature):
    """A toy."""

    colour: str
    """Its colour."""

    def validate(self, platform):
        return [] if self.colour else ["Toy(colour=''): expected a colour"]

    def programs(self, platform):
        return {"play.py": "print('plays')\\\\n"}

    def parts(self, role: Role, platform: Platform) -> PodParts:
        if role is not Role.TRIGGERER:
            return NOTHING
        player = Container(
            name="player", image=platform.image, command=run("play.py"), mounts=PROGRAM_MOUNTS
        )
        return PodParts(env=env_vars({"TOY": self.colour}), sidecars=(player.wire(),))

    def build(self, scope: Construct, platform: Platform) -> None:
        name, labels = platform.name("toy"), platform.labels("toy")
        config_map(scope, "Toy", name, labels, data={"colour": self.colour})
'''


def manifests(**props: Any) -> list[dict[str, Any]]:
    app = cdk8s.Testing.app()
    chart = AirflowChart(
        app, "af1", namespace="airflow", props=AirflowProps(**{"dags": DAGS, **props})
    )
    return json.loads(json.dumps(chart.to_json()))  # type: ignore[no-any-return]


def found(items: Sequence[Mapping[str, Any]], kind: str, name: str) -> dict[str, Any]:
    (item,) = (
        item for item in items if item["kind"] == kind and item["metadata"]["name"].startswith(name)
    )
    return dict(item)


def pod(items: Sequence[Mapping[str, Any]], kind: str, name: str) -> dict[str, Any]:
    template: dict[str, Any] = found(items, kind, name)["spec"]["template"]
    return template


def programs_with(items: Sequence[Mapping[str, Any]], program: str) -> dict[str, str]:
    """What the one ConfigMap has that has this program."""
    data: list[dict[str, str]] = [item.get("data") or {} for item in items]
    (programs,) = (each for each in data if program in each)
    return programs


def env(container: Mapping[str, Any]) -> dict[str, Any]:
    return {item["name"]: item.get("value") for item in container["env"]}


def test_a_feature_touches_its_own_module_and_the_props(tmp_path: Path) -> None:
    """A copy of the package gets a module and a line; all else follows from the interface."""
    package = tmp_path / "cdk8s_airflow"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "parts" / "toy.py").write_text(TOY.replace("\\\\n", "\\n"))
    props = (package / "props.py").read_text()
    line = "    kerberos: Kerberos | None = None\n"
    assert line in props
    props = props.replace(line, f"    toy: Toy | None = None\n{line}").replace(
        "from cdk8s_airflow.part import IN_PYTHON, Part\n",
        "from cdk8s_airflow.part import IN_PYTHON, Part\nfrom cdk8s_airflow.parts.toy import Toy\n",
    )
    (package / "props.py").write_text(props)
    (tmp_path / "main.py").write_text(
        "from cdk8s import App\n"
        "from cdk8s_airflow import AirflowChart, AirflowProps, DagsFolder\n"
        "from cdk8s_airflow.parts.toy import Toy\n"
        "app = App()\n"
        f"props = AirflowProps(dags=DagsFolder({str(ROOT / 'dags')!r}), toy=Toy(colour='red'))\n"
        "AirflowChart(app, 'af1', namespace='airflow', props=props)\n"
        "app.synth()\n"
    )
    clean = {**os.environ, "PYTHONPATH": str(tmp_path), "CDK8S_OUTDIR": str(tmp_path / "dist")}
    done = subprocess.run(
        [sys.executable, "main.py"], cwd=tmp_path, env=clean, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    items = list(yaml.safe_load_all((tmp_path / "dist" / "af1.k8s.yaml").read_text()))
    assert found(items, "ConfigMap", "af1-toy")["data"] == {"colour": "red"}
    assert programs_with(items, "play.py")["play.py"] == "print('plays')\n"
    triggerer = pod(items, "StatefulSet", "af1-triggerer")["spec"]["containers"][0]
    assert env(triggerer)["TOY"] == "red"
    assert "TOY" not in env(pod(items, "Deployment", "af1-scheduler")["spec"]["containers"][0])


@pytest.mark.parametrize("module", ["kerberos", "ca_bundle"])
def test_our_own_features_use_nothing_but_the_public_interface(module: str) -> None:
    tree = ast.parse((PACKAGE / "parts" / f"{module}.py").read_text())
    imports = [
        (str(node.module), alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("cdk8s_airflow")
        for alias in node.names
    ]
    assert imports
    assert [name for _, name in imports if name not in extension.__all__] == []
    for origin, name in imports:
        public = getattr(extension, name)
        assert public is getattr(sys.modules[origin], name), name


@dataclass(frozen=True)
class Agent(Part):
    """Gives each answer of the interface."""

    word: str = "x"

    def validate(self, platform: Platform) -> Iterable[str]:
        if self.word == platform.release:
            yield f"Agent({self.word!r}): expected another word than the release's name"

    def programs(self, platform: Platform) -> Mapping[str, str]:
        return {"ask.py": f"import sys\nprint({self.word!r}, sys.argv)\n"}

    def generated(self, platform: Platform) -> Sequence[GeneratedSecret]:
        return [GeneratedSecret(secret=self._secret(platform), kind="password")]

    def parts(self, role: Role, platform: Platform) -> PodParts:
        if role not in RUNS_TASKS:
            return NOTHING
        agent = Container(
            name="agent",
            image=platform.image,
            command=run("ask.py", "task"),
            mounts=PROGRAM_MOUNTS,
        )
        return PodParts(
            env=(*env_vars({"WORD": self.word}), self._secret(platform).env("AGENT_PASSWORD")),
            sidecars=(agent.wire(),),
            checksum_inputs={"agent": content_hash(self.word)},
            peers=(Peer(host="agent.example.com", port=8200),),
        )

    def helper_parts(self, platform: Platform) -> PodParts:
        return PodParts(env=env_vars({"AGENT_HELPER": "yes"}))

    def build(self, scope: Construct, platform: Platform) -> None:
        labels = platform.labels("agent")
        config_map(scope, "Agent", platform.name("agent"), labels, data={"word": self.word})

    @staticmethod
    def _secret(platform: Platform) -> SecretKey:
        return SecretKey(name=platform.name("agent"), key="password")


def test_each_answer_of_an_extension_counts() -> None:
    items = manifests(extensions=[Agent()], extra_packages=["cowsay"])
    assert found(items, "ConfigMap", "af1-agent")["data"] == {"word": "x"}
    (name,) = (
        item["metadata"]["name"]
        for item in items
        if item["kind"] == "ConfigMap" and "ask.py" in item["data"]
    )
    volumes = json.dumps(pod(items, "StatefulSet", "af1-worker")["spec"]["volumes"])
    assert name in volumes
    job = pod(items, "Job", "af1-bootstrap")["spec"]["containers"][0]
    made = {item["secret"] for item in json.loads(env(job)["GENERATE"])}
    assert "af1-agent" in made
    worker = pod(items, "StatefulSet", "af1-worker")["spec"]
    names = [container["name"] for container in worker["containers"]]
    assert "agent" in names
    assert env(worker["containers"][0])["WORD"] == "x"
    installer = next(c for c in worker["initContainers"] if c["name"] == "install-packages")
    assert env(installer)["AGENT_HELPER"] == "yes"
    assert "AGENT_HELPER" not in env(worker["containers"][0])
    ports = {
        port["port"]
        for rule in found(items, "NetworkPolicy", "af1-worker")["spec"]["egress"]
        for port in rule.get("ports", ())
    }
    assert 8200 in ports
    scheduler = pod(items, "Deployment", "af1-scheduler")["spec"]
    assert [container["name"] for container in scheduler["containers"]] == ["scheduler"]


def test_a_changed_program_of_an_extension_rolls_the_pods_that_run_it_and_no_others() -> None:
    class Other(Agent):
        def programs(self, platform: Platform) -> Mapping[str, str]:
            return {"ask.py": "print('other')\n"}

    def templates(agent: Agent) -> dict[str, object]:
        return {
            item["metadata"]["name"]: item["spec"]["template"]
            for item in manifests(extensions=[agent])
            if "template" in item.get("spec", {})
        }

    before, after = templates(Agent()), templates(Other())
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == {"af1-worker"}


def test_what_an_extension_adds_wins_over_the_environment_of_the_release() -> None:
    items = manifests(extensions=[Agent("mine")], env={"WORD": "theirs", "OTHER": "1"})
    worker = env(pod(items, "StatefulSet", "af1-worker")["spec"]["containers"][0])
    assert (worker["WORD"], worker["OTHER"]) == ("mine", "1")


def test_what_a_role_says_itself_wins_over_an_extension() -> None:
    workers = CeleryExecutor(workers=[WorkerGroup(env={"WORD": "of the group"})])
    items = manifests(extensions=[Agent("mine")], executor=workers)
    worker = env(pod(items, "StatefulSet", "af1-worker")["spec"]["containers"][0])
    assert worker["WORD"] == "of the group"


@pytest.mark.parametrize(
    ("executor", "kind", "name"),
    [
        (CeleryExecutor(), "StatefulSet", "af1-worker"),
        (LocalExecutor(), "StatefulSet", "af1-scheduler"),
    ],
)
def test_an_extension_reaches_whatever_runs_tasks(executor: Any, kind: str, name: str) -> None:
    items = manifests(executor=executor, extensions=[Agent()])
    assert env(pod(items, kind, name)["spec"]["containers"][0])["WORD"] == "x"


def test_an_extensions_objects_follow_task_pods_into_their_namespace() -> None:
    @dataclass(frozen=True)
    class Mounted(Part):
        def parts(self, role: Role, platform: Platform) -> PodParts:
            source = ConfigMapKey(name=platform.name("mounted"), key="file")
            return PodParts(volumes=(source.volume("mounted", "file"),))

        def build(self, scope: Construct, platform: Platform) -> None:
            name, labels = platform.name("mounted"), platform.labels("mounted")
            config_map(scope, "Mounted", name, labels, data={"file": "x"})

    items = manifests(executor=KubernetesExecutor(namespaces=["tasks"]), extensions=[Mounted()])
    places = {
        item["metadata"]["namespace"] for item in items if item["metadata"]["name"] == "af1-mounted"
    }
    assert places == {"airflow", "tasks"}


def test_what_is_wrong_with_an_extension_is_told_before_there_is_any_object() -> None:
    app = App()
    with pytest.raises(ValueError, match=r"Agent\('af1'\): expected another word"):
        AirflowChart(app, "af1", props=AirflowProps(dags=DAGS, extensions=[Agent("af1")]))
    resolve(AirflowProps(dags=DAGS, extensions=[Agent("af1")]), "af2")


def test_an_extension_is_a_part() -> None:
    with pytest.raises(TypeError, match=r"extensions=\.\.\.\): expected Sequence.*Part"):
        AirflowProps(dags=DAGS, extensions=["x"])  # type: ignore[list-item]


def test_a_values_file_cannot_name_one(tmp_path: Path) -> None:
    file = tmp_path / "values.yaml"
    file.write_text("release: af1\nextensions:\n  - kind: Agent\n")
    with pytest.raises(ValueError, match=r"values.yaml:2: extensions: an extension is a class of"):
        read_values([file], defaults=AirflowProps(dags=DAGS))


def test_parts_find_each_other_by_their_kind() -> None:
    platform = resolve(AirflowProps(dags=DAGS, extensions=[Agent("a"), Agent("b")]), "af1")
    assert [agent.word for agent in platform.all(Agent)] == ["a", "b"]
    assert platform.find(Agent) == Agent("a")
    assert resolve(AirflowProps(dags=DAGS), "af1").find(Agent) is None

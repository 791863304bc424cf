"""Two bundles run side by side in the integration tests; tests of one bundle stay together."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from integration.side_by_side import SHARED, scene

FOLDER = Path(__file__).resolve().parents[1] / "integration"
TEXTS = {path.stem: path.read_text() for path in sorted(FOLDER.glob("test_*.py"))}
OWN = re.compile(r"^def bundle\(", re.MULTILINE)


def test_tests_of_the_default_bundle_run_in_one_process() -> None:
    users = {name for name, text in TEXTS.items() if re.search(r"\bbundle: RunningBundle", text)}
    default = {name for name in users if not OWN.search(TEXTS[name])}
    assert default == {name for name, shared in SHARED.items() if shared == "default"}


def test_modules_that_play_one_bundle_run_in_one_process() -> None:
    played: dict[str, set[str]] = defaultdict(set)
    for name, text in TEXTS.items():
        for bundle in re.findall(r'stage\.play\("(.+?)"', text):
            played[bundle].add(scene(f"tests/integration/{name}.py::test"))
        if re.search(r"ingress_scene import [^)]*\bplay\b", text):
            played["ingress"].add(scene(f"tests/integration/{name}.py::test"))
    assert len(played) > 10
    assert {bundle: len(scenes) for bundle, scenes in played.items()} == dict.fromkeys(played, 1)
    assert len({next(iter(scenes)) for scenes in played.values()}) == len(played)


@pytest.mark.parametrize(
    ("nodeid", "found"),
    [
        ("tests/integration/test_c_probes.py::test_a_probe[redis]", "default"),
        ("test_c_probes.py::test_a_probe[redis]", "default"),
        ("tests/integration/test_q_drain.py::test_only_work", "test_q_drain"),
        ("test_t_examples.py::test_an_example[git]", "test_t_examples.py::test_an_example[git]"),
    ],
)
def test_a_scene_is_a_bundle_or_a_module_or_an_example(nodeid: str, found: str) -> None:
    assert scene(nodeid) == found


def test_the_table_names_modules_that_are_there() -> None:
    assert SHARED.keys() <= TEXTS.keys()

"""Several bundles run side by side in the integration tests; tests of one bundle stay together."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from pathlib import Path

import pytest
from integration.side_by_side import APART, LONG, SHARED, is_long, scene
from integration.turns import STARTS, turn

FOLDER = Path(__file__).resolve().parents[1] / "integration"
TEXTS = {path.stem: path.read_text() for path in sorted(FOLDER.glob("test_*.py"))}
OUTAGE = "test_no_task_fails_while_the_api_server_is_away"
OWN = re.compile(r"^def bundle\(", re.MULTILINE)


def test_tests_of_the_default_bundle_run_in_one_process() -> None:
    users = {name for name, text in TEXTS.items() if re.search(r"\bbundle: RunningBundle", text)}
    default = {name for name in users if not OWN.search(TEXTS[name])}
    default -= set(APART)
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
    for name in LONG:
        module, _, test = name.partition("::")
        assert f"def {test}(" in TEXTS[module] if test else module in TEXTS, name


@pytest.mark.parametrize(
    ("nodeid", "found"),
    [
        ("tests/integration/test_v_rotation.py::test_any[a]", True),
        ("tests/integration/test_v_rotation.py::test_any[api/secret_key]", True),
        (f"test_n_kubernetes.py::{OUTAGE}", True),
        (f"test_n_kubernetes.py::{OUTAGE}[a]", True),
        ("test_n_kubernetes.py::test_another", False),
        ("tests/integration/test_d_failures.py::test_any", False),
    ],
)
def test_what_takes_long_is_a_module_or_a_test(nodeid: str, found: bool) -> None:
    assert is_long(nodeid) is found


def test_two_start_and_a_third_waits_for_one_of_them(tmp_path: Path) -> None:
    assert STARTS == 2, "as many as processors, of which a start needs one at least"
    started, over = threading.Semaphore(0), [threading.Event() for _ in range(3)]

    def start(number: int) -> None:
        with turn(tmp_path):
            started.release()
            assert over[number].wait(60)

    threads = [threading.Thread(target=start, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    assert all(started.acquire(timeout=30) for _ in threads)
    third = threading.Thread(target=start, args=(2,))
    third.start()
    assert not started.acquire(timeout=1.5)
    over[0].set()
    assert started.acquire(timeout=30)
    for event in over:
        event.set()
    for thread in [*threads, third]:
        thread.join(30)

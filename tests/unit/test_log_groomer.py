"""Old logs: the program that deletes them, on real files; who has it; what is refused."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cdk8s import App

import cdk8s_airflow
from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    ClaimTemplate,
    DagsFolder,
    Image,
    KubernetesExecutor,
    LocalExecutor,
    Logs,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
PROGRAM = Path(cdk8s_airflow.__file__).parent / "programs" / "groom_logs.py"
HOUR, DAY = 3600, 86400
BLOCK = 64 << 10
NOW = time.time()


@pytest.fixture
def groomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("groom_logs", PROGRAM)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "STATE", str(tmp_path / "state"))
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "logs"
    made.mkdir()
    return made


def log(path: Path, age: float) -> Path:
    """A file of 64 KiB whose last line was written so many seconds ago, in folders as old."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(os.urandom(BLOCK))
    for each in (path, path.parent):
        os.utime(each, (NOW - age, NOW - age))
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*")}


def test_logs_are_deleted_by_the_age_of_their_last_line(groomer: ModuleType, folder: Path) -> None:
    log(folder / "a" / "old", 15 * DAY + 60)
    log(folder / "a" / "kept", 15 * DAY - 60)
    assert groomer.groom(str(folder), 15, 0, NOW) == (1, BLOCK)
    assert names(folder) == {"a", "kept"}


def test_beyond_the_size_the_oldest_go_until_the_rest_fits(
    groomer: ModuleType, folder: Path
) -> None:
    for number in range(10):
        log(folder / f"run-{number % 3}" / f"log-{number}", (2 + number) * HOUR)
    assert groomer.groom(str(folder), 15, 4 * BLOCK, NOW) == (6, 4 * BLOCK)
    assert {name for name in names(folder) if "log" in name} == {f"log-{n}" for n in range(4)}
    assert groomer.groom(str(folder), 15, 4 * BLOCK, NOW) == (0, 4 * BLOCK)


def test_of_one_minute_no_more_go_than_have_to(groomer: ModuleType, folder: Path) -> None:
    for number in range(10):
        log(folder / f"log-{number}", 2 * HOUR)
    assert groomer.groom(str(folder), 15, 7 * BLOCK, NOW) == (3, 7 * BLOCK)


def test_a_log_of_the_last_hour_stays_whatever_the_size(groomer: ModuleType, folder: Path) -> None:
    log(folder / "written", 60)
    log(folder / "silent", 2 * HOUR)
    assert groomer.groom(str(folder), 1, 1, NOW) == (1, BLOCK)
    assert names(folder) == {"written"}


def test_a_small_volume_is_its_own_limit(
    groomer: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Volume:
        f_blocks, f_frsize = 10, BLOCK

    for number in range(10):
        log(folder / f"log-{number}", (2 + number) * HOUR)
    monkeypatch.setattr(os, "statvfs", lambda _: Volume)
    for most in (0, 1 << 40):
        assert groomer.groom(str(folder), 15, most, NOW)[1] == 8 * BLOCK


def test_links_are_not_followed_and_not_deleted(groomer: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    outside = log(tmp_path / "outside" / "precious", 99 * DAY)
    log(folder / "2026-01-01" / "old", 99 * DAY)
    (folder / "latest").symlink_to("2026-01-01")
    (folder / "elsewhere").symlink_to(outside.parent)
    (folder / "file").symlink_to(outside)
    assert groomer.groom(str(folder), 15, 1, NOW) == (1, 0)
    assert outside.exists()
    assert names(folder) == {"2026-01-01", "latest", "elsewhere", "file"}


def test_a_log_that_somebody_else_deletes_is_no_error(
    groomer: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        log(folder / name, 99 * DAY)
    remove, lstat = os.remove, os.lstat

    def vanishing(how: Callable[..., Any]) -> Callable[[str], Any]:
        def call(path: str) -> Any:
            if os.path.basename(path) == "a":
                with suppress(FileNotFoundError):
                    remove(path)
            return how(path)

        return call

    monkeypatch.setattr(os, "lstat", vanishing(lstat))
    assert groomer.groom(str(folder), 15, 0, NOW) == (1, 0)
    log(folder / "a", 99 * DAY)
    monkeypatch.setattr(os, "lstat", lstat)
    assert not groomer.deleted(str(folder / "a"), vanishing(remove))


def test_empty_folders_go_when_nothing_has_changed_in_them(
    groomer: ModuleType, folder: Path
) -> None:
    log(folder / "dag" / "run" / "log", 2 * HOUR)
    (folder / "new").mkdir()
    for name in ("old", "lost+found"):
        (folder / name).mkdir()
        os.utime(folder / name, (NOW - DAY, NOW - DAY))
    os.utime(folder, (NOW - DAY, NOW - DAY))
    assert groomer.prune(str(folder), time.time()) == 1
    assert names(folder) == {"dag", "run", "log", "new", "lost+found"}
    shutil.rmtree(folder / "dag")
    (folder / "new").rmdir()
    groomer.prune(str(folder), time.time() + DAY)
    assert folder.exists()


def test_it_is_well_while_it_tells_of_itself(
    groomer: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not groomer.is_alive(900)
    groomer.touch_heartbeat()
    assert groomer.is_alive(900)
    os.utime(groomer.STATE, (time.time() - 2600, time.time() - 2600))
    assert groomer.is_alive(60), "a round may last"
    os.utime(groomer.STATE, (time.time() - 4000, time.time() - 4000))
    assert not groomer.is_alive(900)
    assert groomer.is_alive(1500)


def test_it_grooms_and_sigterm_ends_it(folder: Path, tmp_path: Path) -> None:
    old = log(folder / "dag" / "old", 99 * DAY)
    program = tmp_path / "groom_logs.py"
    program.write_text(PROGRAM.read_text().replace("/tmp/groom-logs", f"{tmp_path}/state"))
    command = [sys.executable, "-IS", str(program), str(folder), "15", "0", "900"]
    check = [*command, "--check"]
    before = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (before.returncode, before.stderr) == (1, "no round has ended for a long time\n")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "deleted 1 files and folders; 0 MiB are left\n"
        assert not old.exists()
        assert subprocess.run(check, check=False).returncode == 0
        running.terminate()
        assert running.wait(60) == 0


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(dags=DAGS, **props))

    return synthesize(build, tmp_path)


def groomed(bundle: Bundle) -> dict[str, Any]:
    return {
        pod.component: container
        for pod in bundle.pods
        for container in pod.containers
        if container["name"] == "log-groomer"
    }


@pytest.mark.parametrize(
    ("executor", "found"),
    [
        (CeleryExecutor(), {"dag-processor", "triggerer", "worker"}),
        (LocalExecutor(), {"dag-processor", "scheduler", "triggerer"}),
        (KubernetesExecutor(), {"dag-processor", "triggerer"}),
    ],
)
def test_what_writes_logs_and_stays_has_a_groomer(
    executor: Any, found: set[str], tmp_path: Path
) -> None:
    assert set(groomed(bundle_of(tmp_path, executor=executor))) == found


def test_it_has_the_image_of_its_pod_the_volume_and_no_credentials(tmp_path: Path) -> None:
    group = WorkerGroup(
        image=Image(repository="team/airflow", tag="1"), persistence=ClaimTemplate(size="2Gi")
    )
    logs = Logs(retention_days=3, max_size="1.5Gi", interval_minutes=5)
    executor = CeleryExecutor(workers=[group])
    container = groomed(bundle_of(tmp_path, executor=executor, logs=logs))["worker"]
    assert container["image"] == "team/airflow:1"
    assert container["command"][2:] == [
        "/opt/cdk8s-airflow/groom_logs.py",
        "/opt/airflow/logs",
        "3",
        "1610612736",
        "300",
    ]
    assert {mount["name"] for mount in container["volumeMounts"]} == {"logs", "programs", "tmp"}
    assert "env" not in container


def test_none_leaves_logs_to_others_and_says_so(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, logs=Logs(retention_days=None))
    assert groomed(bundle) == {}
    assert "groom_logs.py" not in str([each.get("data") for each in bundle.all("ConfigMap")])
    worker = bundle.pod("StatefulSet", "af1-worker")
    assert worker.metadata["annotations"]["cdk8s-airflow/log-retention"] == "unlimited"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"retention_days": 0}, r"Logs\(retention_days=0\): expected 1 or more"),
        ({"interval_minutes": 0}, r"Logs\(interval_minutes=0\): expected 1 or more"),
        ({"max_size": "8 GB"}, r"Logs.max_size='8 GB': expected a quantity such as"),
        (
            {"retention_days": None, "max_size": "1Gi"},
            r"retention_days=None, max_size='1Gi'\): None means that nothing deletes",
        ),
    ],
)
def test_what_cannot_work_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Logs(**given)

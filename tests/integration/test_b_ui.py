"""The web interface as a person sees it, with the DAG of the tutorial; and a picture of it.

With PICTURES=folder the picture is written there: it is docs/ui.png.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from integration.airflow_client import AirflowClient
from integration.browser import Browser
from integration.conftest import RunningBundle

HOST = "airflow.example.com"
URL = f"http://{HOST}:8080"
LOGIN = """
document.querySelector('input[name=username]').value = 'admin';
document.querySelector('input[name=password]').value = '%s';
document.querySelector('form[name=login]').submit()
"""
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def run_id(airflow: AirflowClient) -> str:
    """A run of the tutorial's DAG that has ended."""
    airflow.wait(lambda: "greet" in str(airflow.get("dags")), 120, "greet is parsed")
    run_id = airflow.trigger("greet")
    airflow.wait_for_run("greet", run_id, 180)
    return run_id


@pytest.fixture(scope="module")
def browser(bundle: RunningBundle, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Somebody who has logged in."""
    service = bundle.node.store.get("Service", "airflow", bundle.name("api-server"))
    assert service is not None
    folder = tmp_path_factory.mktemp("chromium")
    browser = Browser(HOST, str(service["spec"]["clusterIP"]), folder)
    try:
        browser.open(f"{URL}/")
        browser.wait_for("document.querySelector('input[name=password]') !== null")
        browser.evaluate(LOGIN % bundle.admin_password)
        browser.wait_for("!location.pathname.includes('auth')")
        yield browser
    finally:
        browser.close()


def test_the_tasks_of_the_tutorial_succeed_and_their_log_greets(
    airflow: AirflowClient, run_id: str
) -> None:
    tasks = airflow.tasks("greet", run_id)
    assert {name: task["state"] for name, task in tasks.items()} == {
        "name": "success",
        "say": "success",
    }
    assert "hello, cluster" in airflow.log("greet", run_id, "say")


def test_the_ui_lists_the_dags(browser: Browser, run_id: str) -> None:
    browser.open(f"{URL}/dags")
    browser.wait_for("document.body.innerText.includes('greet')")
    browser.wait_for("document.body.innerText.includes('tutorial')")


def test_the_ui_shows_a_run_and_its_tasks(browser: Browser, run_id: str) -> None:
    browser.open(f"{URL}/dags/greet/runs/{run_id}")
    browser.wait_for("document.body.innerText.includes('say')")
    browser.wait_for("document.querySelectorAll('[data-testid], button').length > 10")
    time.sleep(3)  # the page draws its graph
    picture = browser.picture(1280, 620)
    assert picture.startswith(PNG)
    assert len(picture) > 30_000, "the page is empty"
    if folder := os.environ.get("PICTURES"):
        (Path(folder) / "ui.png").write_bytes(picture)

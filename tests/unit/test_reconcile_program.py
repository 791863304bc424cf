"""The program that makes objects in Airflow what the code says, against an API in memory."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from unit.fake_airflow import PASSWORD, FakeAirflow, fake_airflow

import cdk8s_airflow

sys.path.append(str(Path(cdk8s_airflow.__file__).parent / "programs"))
api = import_module("airflow_api")
record = import_module("objects_record")
program = import_module("reconcile_objects")

OPTIONS = {
    "release": "af1", "username": "cdk8s-airflow-objects", "drift": "enforce", "adopt": False,
    "test": False, "removed_users": "delete", "interval": 0,
}  # fmt: skip
NONE: dict[str, Any] = {"connections": {}, "variables": {}, "pools": {}}


def pool(name: str, slots: int = 1) -> dict[str, Any]:
    return {"name": name, "slots": slots, "description": None, "include_deferred": False}


def connection(id: str, **more: Any) -> dict[str, Any]:
    fields = ("description", "host", "login", "schema", "port", "password", "extra")
    return {**dict.fromkeys(fields), "connection_id": id, "conn_type": "http", **more}


def pools(*names: str) -> dict[str, Any]:
    return {**NONE, "pools": {name: pool(name) for name in names}}


@pytest.fixture
def airflow() -> Iterator[FakeAirflow]:
    with fake_airflow() as running:
        yield running


@pytest.fixture
def apply(airflow: FakeAirflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs one pass of a declaration; whether it was good."""
    monkeypatch.setattr(api, "PAUSE", 0.01)
    monkeypatch.setattr(record, "PAUSE", 0.01)
    monkeypatch.setattr(program, "_said", [])
    count = iter(range(1000))

    def run(
        objects: dict[str, Any],
        values: Any = (),
        job: str = "",
        patience: float = 5,
        files_at: float | None = None,
        **more: Any,
    ) -> bool:
        path = tmp_path / "objects.json"
        path.write_text(json.dumps({"objects": objects, "values": list(values)}))
        if files_at is not None:
            os.utime(path, (files_at, files_at))
        monkeypatch.setenv("OBJECTS", str(path))
        monkeypatch.setenv("OPTIONS", json.dumps({**OPTIONS, **more}))
        monkeypatch.setenv("OBJECTS_PASSWORD", PASSWORD)
        monkeypatch.setenv("JOB_UID", job or f"job-{next(count)}")
        return bool(program.main(airflow.url, patience))

    return run


def test_what_is_declared_appears_changes_and_vanishes(airflow: FakeAirflow, apply: Any) -> None:
    assert apply(pools("a", "b"))
    assert airflow.ids("pools") == {"a", "b", "default_pool"}
    assert apply({**NONE, "pools": {"a": pool("a", 5)}})
    assert airflow.ids("pools") == {"a", "default_pool"}
    assert airflow.rows["pools"]["a"]["slots"] == 5
    assert apply(NONE)
    assert airflow.ids("pools") == {"default_pool"}


def test_a_second_pass_writes_nothing(airflow: FakeAirflow, apply: Any) -> None:
    apply(pools("a"))
    airflow.requests.clear()
    assert apply(pools("a"))
    assert {method for method, path, _ in airflow.requests if path != "/auth/token"} == {"GET"}


def test_what_people_made_is_neither_changed_nor_removed(
    airflow: FakeAirflow, apply: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    airflow.rows["pools"]["theirs"] = pool("theirs", 9)
    assert not apply({**NONE, "pools": {"theirs": pool("theirs"), "ours": pool("ours")}})
    assert "people have made what the code declares too" in capsys.readouterr().out
    assert airflow.rows["pools"]["theirs"]["slots"] == 9
    assert "ours" in airflow.ids("pools")
    assert apply(NONE)
    assert airflow.ids("pools") == {"theirs", "default_pool"}


def test_adopt_takes_over_what_people_made(airflow: FakeAirflow, apply: Any) -> None:
    airflow.rows["pools"]["theirs"] = pool("theirs", 9)
    assert apply(pools("theirs"), adopt=True)
    assert airflow.rows["pools"]["theirs"]["slots"] == 1
    assert apply(NONE)
    assert airflow.ids("pools") == {"default_pool"}


def test_drift_is_reverted_or_only_reported(
    airflow: FakeAirflow, apply: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    apply(pools("a", "b"))
    airflow.rows["pools"]["a"]["slots"] = 7
    del airflow.rows["pools"]["b"]
    capsys.readouterr()
    assert apply(pools("a", "b", "c"), drift="report")
    said = capsys.readouterr().out
    assert "pools: 2 changed by hand, left as they are: a (slots), b (removed)" in said
    assert airflow.rows["pools"]["a"]["slots"] == 7
    assert airflow.ids("pools") == {"a", "c", "default_pool"}
    changed = {**NONE, "pools": {**pools("b", "c")["pools"], "a": pool("a", 2)}}
    apply(changed, drift="report")  # the code has changed, so that is no drift
    assert airflow.rows["pools"]["a"]["slots"] == 2
    apply(changed)
    assert airflow.ids("pools") == {"a", "b", "c", "default_pool"}


def test_airflows_own_pool_is_changed_and_never_removed(airflow: FakeAirflow, apply: Any) -> None:
    assert apply({**NONE, "pools": {"default_pool": pool("default_pool", 64)}})
    own = airflow.rows["pools"]["default_pool"]
    assert (own["slots"], own["description"]) == (64, "own")
    assert apply(NONE)
    assert "default_pool" in airflow.ids("pools")


def test_a_credential_that_airflow_hides_is_written_again_and_is_in_no_log(
    airflow: FakeAirflow, apply: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "values" / "SecretKey" / "web" / "password"
    file.parent.mkdir(parents=True)
    file.write_text("s3cret-p:w")
    declared = {**NONE, "connections": {"web": connection("web", extra={"token": None})}}
    values = [
        (("connections", "web", "password"), "SecretKey/web/password", True),
        (("connections", "web", "extra", "token"), "SecretKey/web/password", True),
    ]
    assert apply(declared, values, test=True)
    airflow.rows["connections"]["web"]["password"] = "by hand"
    assert apply(declared, values)
    found = airflow.rows["connections"]["web"]
    assert (found["password"], found["extra"]) == ("s3cret-p:w", '{"token": "s3cret-p:w"}')
    said = capsys.readouterr().out
    assert "connections: 1 written again: web" in said
    assert "test of connection web: it does not work: no way in with ***" in said
    assert "s3cret" not in said


def test_the_record_holds_no_credential(airflow: FakeAirflow, apply: Any) -> None:
    apply({**NONE, "variables": {"v": {"key": "v", "value": "s3cret", "description": None}}})
    (kept,) = [row for id, row in airflow.rows["connections"].items() if "made-by-code" in id]
    keeper = record.Record(api.Api(airflow.url, "x", PASSWORD, 5), "af1", "me", "", 0)
    keeper.read({kept["connection_id"]: kept})
    assert set(keeper.made["variables"]) == {"v"}
    assert "s3cret" not in str(keeper._content)


def test_an_object_that_airflow_refuses_hinders_no_other(
    airflow: FakeAirflow, apply: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    declared = {**NONE, "pools": {"bad": pool("bad", -7), "good": pool("good")}}
    assert not apply(declared)
    assert airflow.ids("pools") == {"good", "default_pool"}
    said = capsys.readouterr().out
    assert "problem: pools bad: PATCH /api/v2/pools: HTTP 422: slots: too low" in said
    assert "pools: 1 created: good" in said
    airflow.rows["pools"]["bad"] = pool("bad")  # of a person: ours was never made
    assert apply(pools("good"))
    assert "bad" in airflow.ids("pools")


def test_a_server_that_is_away_is_asked_again(airflow: FakeAirflow, apply: Any) -> None:
    airflow.faults = [(503, {"detail": "away"}), (500, "")]
    assert apply(pools("a"))
    assert "a" in airflow.ids("pools")


def test_rights_that_come_later_are_waited_for(airflow: FakeAirflow, apply: Any) -> None:
    airflow.faults = [(403, {"detail": "Forbidden"})]
    assert apply(pools("a"))
    assert "a" in airflow.ids("pools")


def test_a_process_ends_when_nothing_is_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    monkeypatch.setattr(api, "stop", stop)
    api.pause(0)
    stop.set()
    begin = time.monotonic()
    with pytest.raises(SystemExit) as ended:
        api.pause(60)
    assert ended.value.code == 75
    assert time.monotonic() - begin < 1


def test_a_job_that_waited_in_vain_is_no_failure(airflow: FakeAirflow, apply: Any) -> None:
    airflow.faults = [(503, {})] * 1000
    with pytest.raises(SystemExit) as ended:
        apply(pools("a"), patience=0.05)
    assert ended.value.code == 75


def test_a_turn_whose_answer_was_lost_is_ours(airflow: FakeAirflow, apply: Any) -> None:
    airflow.lost = 1
    begin = time.monotonic()
    assert apply(pools("a"))
    assert time.monotonic() - begin < 5
    records = [id for id in airflow.rows["connections"] if "made-by-code" in id]
    assert len(records) == 1


def test_more_objects_than_a_page_has_are_all_known(airflow: FakeAirflow, apply: Any) -> None:
    many = pools(*(f"p{number}" for number in range(250)))
    assert apply(many)
    airflow.requests.clear()
    assert apply(many)
    assert airflow.written == []


def test_who_is_faster_makes_the_other_look_again(airflow: FakeAirflow, apply: Any) -> None:
    def faster() -> None:
        airflow.rows["pools"]["a"] = pool("a", 9)

    airflow.before_write = faster
    assert apply(pools("a"))
    assert airflow.rows["pools"]["a"]["slots"] == 1


def test_a_later_job_wins_over_the_retry_of_an_earlier_one(
    airflow: FakeAirflow, apply: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    apply(pools("a"), job="first")
    apply(pools("b"), job="second")
    assert apply(pools("a"), job="first")
    assert "a later apply has been here" in capsys.readouterr().out
    assert airflow.ids("pools") == {"b", "default_pool"}
    apply(pools("a"), job="a rollback is a new Job")
    assert airflow.ids("pools") == {"a", "default_pool"}


def test_of_two_jobs_at_once_the_one_with_later_files_wins_whichever_begins_first(
    airflow: FakeAirflow, apply: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    apply(pools("b"), job="second", files_at=2000.5)
    assert apply(pools("a"), job="first", files_at=2000.0)
    assert "a later apply has been here" in capsys.readouterr().out
    assert "b" in airflow.rows["pools"]
    assert "a" not in airflow.rows["pools"]


def test_only_one_has_the_turn_and_one_that_stopped_loses_it(
    airflow: FakeAirflow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "PAUSE", 0.01)
    monkeypatch.setattr(record, "ABANDONED", 0.2)
    client = api.Api(airflow.url, "x", PASSWORD, 5)
    first, second = (record.Record(client, "af1", name, "", 0) for name in ("first", "second"))
    first.take()
    begin = time.monotonic()
    second.take()
    assert time.monotonic() - begin > 0.15
    with pytest.raises(api.ConflictError, match="another apply has taken the turn"):
        first.save({})
    second.save({"pools": {"a": "1"}}, busy=False)
    first.take()
    assert first.made == {"pools": {"a": "1"}}


def test_a_record_that_was_changed_by_hand_removes_nothing(
    airflow: FakeAirflow, apply: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    apply(pools("a"))
    (id,) = [id for id in airflow.rows["connections"] if "made-by-code" in id]
    airflow.rows["connections"][id]["extra"] = '{"record": "eA=="}'
    apply(NONE)
    assert "was changed by hand" in capsys.readouterr().out
    assert airflow.ids("pools") == {"a", "default_pool"}


USERS = {
    "ann": {
        "username": "ann", "email": "a@example.com", "first_name": "A", "last_name": "B",
        "roles": [{"name": "Viewer"}], "password": "first-password",
    }
}  # fmt: skip


def test_a_password_is_written_once_and_a_user_who_left_may_come_back(
    airflow: FakeAirflow, apply: Any
) -> None:
    apply({**NONE, "users": USERS, "roles": {}})
    user = airflow.rows["users"]["ann"]
    assert user["password"] == "first-password"
    user |= {"password": "by ann", "last_name": "by hand"}
    apply({**NONE, "users": USERS, "roles": {}})
    assert (user["password"], user["last_name"]) == ("by ann", "B")
    apply({**NONE, "users": {}, "roles": {}}, removed_users="disable")
    assert user["roles"] == []
    assert len(user["password"]) > 30
    apply({**NONE, "users": {}, "roles": {}})  # disabled once, and kept
    assert "ann" in airflow.ids("users")
    apply({**NONE, "users": USERS, "roles": {}})
    assert (user["password"], user["roles"]) == ("first-password", [{"name": "Viewer"}])
    apply({**NONE, "users": {}, "roles": {}})
    assert airflow.ids("users") == set()


def test_users_that_are_not_managed_stay(airflow: FakeAirflow, apply: Any) -> None:
    apply({**NONE, "users": USERS, "roles": {}})
    apply(NONE)
    assert airflow.ids("users") == {"ann"}


def permission(resource: str) -> dict[str, Any]:
    return {"action": {"name": "can_read"}, "resource": {"name": resource}}


def test_a_role_keeps_what_dags_and_airflow_give_it(airflow: FakeAirflow, apply: Any) -> None:
    declared = {"a": {"name": "a", "actions": [permission("DAGs")]}}
    apply({**NONE, "roles": declared, "users": {}})
    given = [permission("DAG:team"), permission("Website")]
    airflow.rows["roles"]["a"]["actions"] = [permission("Pools"), *given]
    apply({**NONE, "roles": declared, "users": {}})
    found = [each["resource"]["name"] for each in airflow.rows["roles"]["a"]["actions"]]
    assert found == ["DAG:team", "DAGs", "Website"]
    airflow.requests.clear()
    apply({**NONE, "roles": declared, "users": {}})
    assert airflow.written == []


def test_a_pass_that_finds_all_as_it_was_is_silent(
    airflow: FakeAirflow, apply: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    apply(pools("a"))
    apply(pools("a"))
    lines = ["pools: 1 created: a", "all is as declared", "all is as declared"]
    assert capsys.readouterr().out.splitlines() == lines
    apply(pools("a"))
    assert capsys.readouterr().out == ""


def test_a_controller_is_ready_when_its_last_pass_was_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state"
    monkeypatch.setattr(program, "STATE", state)
    assert list(program.check(60, [])) == ["no pass has ended yet"]
    state.write_text("bad")
    assert list(program.check(60, [])) == []
    assert list(program.check(60, ["--good"])) == ["the last pass had a problem: see the log"]
    state.write_text("good")
    assert list(program.check(60, ["--good"])) == []
    monkeypatch.setattr(time, "time", lambda: state.stat().st_mtime + 3 * 60 + 3601)
    (found,) = program.check(60, [])
    assert found.startswith("the last pass ended 3781 s ago")


kinds = import_module("objects_kinds")
KIND = {kind.name: kind for kind in kinds.KINDS}
ROLE_A, ROLE_B = {"name": "a"}, {"name": "b"}


@pytest.mark.parametrize(
    ("kind", "wanted", "found", "differ"),
    [
        ("pools", {"slots": 1}, {"slots": 2, "open_slots": 2}, ["slots"]),
        ("pools", {"description": None}, {"description": ""}, []),
        ("pools", {"include_deferred": False}, {"include_deferred": True}, ["include_deferred"]),
        ("variables", {"value": '{"a": 1}'}, {"value": '{\n  "a": 1\n}'}, []),
        ("variables", {"value": "a b"}, {"value": "a  b"}, ["value"]),
        ("variables", {"value": "s3cret"}, {"value": "***"}, []),
        (
            "variables",
            {"value": '{"token": "x", "a": 1}'},
            {"value": '{"token": "***", "a": 2}'},
            ["value"],
        ),
        ("connections", {"password": "x"}, {"password": "***"}, []),
        ("connections", {"password": None}, {"password": "***"}, ["password"]),
        ("connections", {"password": "x"}, {"password": None}, ["password"]),
        ("connections", {"extra": '{"a": [1, 2]}'}, {"extra": '{"a": [1, 3]}'}, ["extra"]),
        ("connections", {"extra": None}, {"extra": "{}"}, []),
        ("users", {"roles": [ROLE_B, ROLE_A]}, {"roles": [ROLE_A, ROLE_B]}, []),
        ("users", {"roles": [ROLE_B]}, {"roles": [ROLE_A]}, ["roles"]),
        ("users", {"email": "a@b.c", "password": "x"}, {"email": "a@b.c"}, []),
    ],
)  # fmt: skip
def test_what_differs_is_what_airflow_shows(
    kind: str, wanted: dict[str, Any], found: dict[str, Any], differ: list[str]
) -> None:
    assert kinds.differences(KIND[kind], {"name": "x", **wanted}, found) == differ


def test_a_text_that_is_no_connection_is_told_without_its_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Connection:
        @staticmethod
        def from_uri(text: str, conn_id: str) -> None:
            raise ValueError(f"bad: {text}")

    sdk = ModuleType("airflow.sdk")
    monkeypatch.setattr(sdk, "Connection", Connection, raising=False)
    monkeypatch.setitem(sys.modules, "airflow", ModuleType("airflow"))
    monkeypatch.setitem(sys.modules, "airflow.sdk", sdk)
    secret = tmp_path / "values" / "secrets" / "uris" / "web"
    secret.parent.mkdir(parents=True)
    secret.write_text("http://u:s3cret@h")
    content = {
        "objects": {"connections": {"web": None}},
        "values": [[["connections", "web"], "secrets/uris/web", True]],
    }
    (tmp_path / "objects.json").write_text(json.dumps(content))
    files = import_module("objects_files")
    with pytest.raises(ValueError, match="its Secret is no connection by URI or JSON") as error:
        files.declared(str(tmp_path / "objects.json"))
    assert "s3cret" not in str(error.value)


def test_a_changed_credential_is_written_though_airflow_shows_none() -> None:
    planned = import_module("objects_plan").planned
    form, shown = connection("web", password="new"), connection("web", password="***")
    digest = import_module("objects_plan").digest(KIND["connections"], form, b"key")

    def updated(written: str) -> set[str]:
        plan = planned(
            KIND["connections"], {"web": form}, {"web": shown}, {"web": written}, OPTIONS, False,
            b"key",
        )  # fmt: skip
        return set(plan.update)

    assert updated("of the old one") == {"web"}
    assert updated(digest) == set()


def test_users_that_were_disabled_are_no_drift() -> None:
    plan = import_module("objects_plan").Plan(KIND["users"], {"ann": {}})
    plan.leave({}, {"ann": "disabled", "ben": "digest"})
    assert (plan.remove, plan.gone) == ([], ["ben"])


def test_the_account_gets_what_it_needs_and_loses_what_it_had() -> None:
    account = import_module("create_account")
    lines = [" ".join(words) for words in account.commands("acc", ["Pools"])]
    actions = "can_read can_create can_edit can_delete"
    assert lines == [
        "roles create acc",
        f"roles add-perms acc --resource Pools --action {actions}",
        f"roles del-perms acc --resource Users Roles --action {actions}",
        "users create --role acc --username acc --email acc@example.invalid --firstname Objects "
        "--lastname as code",
        "users reset-password --username acc",
    ]
    assert not [words for words in account.commands("acc", ["Users", "Roles"]) if "del" in words[1]]

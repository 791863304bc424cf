"""Modules, paths and connections that options and environment name, and no pod is seen to have."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import pytest

from cdk8s_airflow import (
    AirflowPods,
    AirflowProps,
    ApiServerProps,
    CeleryExecutor,
    Connection,
    DagProcessorProps,
    DagsFolder,
    GitDags,
    GitSyncDags,
    Image,
    JobProps,
    KubernetesExecutor,
    LocalExecutor,
    PluginsFolder,
    PluginsInDags,
    PluginsInImage,
    PluginsVolume,
    PodDefaults,
    SchedulerProps,
    SecretKey,
    ServiceAccount,
    TriggererProps,
    WorkerGroup,
)
from cdk8s_airflow.parts.config_check import airflow_options
from cdk8s_airflow.release.log_checks import unknown_log_connection
from cdk8s_airflow.release.module_checks import NAMES_A_MODULE, unseen_modules
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.release.role_props import props_of_roles

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
GIT = GitDags(repository="https://git.example.com/team/dags.git")
GIT_SYNC = GitSyncDags(repository="https://git.example.com/team/dags.git", subdirectory="dags")
ROOT = "/opt/airflow/dags/repository/current"
XCOM: dict[str, Any] = {"config": {"core": {"xcom_backend": "include.xcom.Backend"}}}


def mount(path: str) -> dict[str, Any]:
    return {
        "extra_volumes": [{"name": "own", "configMap": {"name": "own"}}],
        "extra_volume_mounts": [{"name": "own", "mountPath": path}],
    }


def told(**props: Any) -> list[str]:
    return list(unseen_modules(AirflowProps(**{"dags": GIT, **props})))


def test_every_option_that_names_a_module_exists() -> None:
    sections = airflow_options()["sections"]
    for section, option in NAMES_A_MODULE:
        facts = sections[section]
        assert option in {*facts.get("other", ()), *facts.get("sensitive", ())}, option


def test_a_module_that_nobody_brings_is_told_with_the_roles_and_the_way() -> None:
    (text,) = told(**XCOM)
    assert text.startswith("[core] xcom_backend is 'include.xcom.Backend', and as far as is known")
    assert "no image, package or folder here has a module 'include'" in text
    assert "api-server, scheduler, triggerer would not start: give plugins=" in text
    # The DAG processor and workers may have it beside the DAGs.
    assert "dag-processor" not in text
    with pytest.warns(UserWarning, match="include.xcom.Backend"):
        resolve(AirflowProps(dags=GIT, **XCOM), "af1")


@pytest.mark.parametrize(
    "props",
    [
        {"config": {"core": {"xcom_backend": "airflow.providers.common.io.xcom.backend.X"}}},
        {"config": {"logging": {"logging_config_class": "logging.config.CONFIG"}}},
        {**XCOM, "image": Image(repository="team/airflow", tag="1")},
        {**XCOM, "extra_packages": ["include"]},
        {**XCOM, "env": {"PYTHONPATH": "/opt/code"}},
        {**XCOM, "plugins": PluginsVolume("plugins")},
        {**XCOM, "plugins": PluginsInImage("/srv/plugins")},
        {**XCOM, "dags": GIT_SYNC, "plugins": PluginsInDags("plugins", python_path=True)},
        {**XCOM, "pods": PodDefaults(**mount("/opt/airflow/plugins"))},
        {**XCOM, "airflow_pods": AirflowPods(**mount("/opt/airflow/config/include"))},
        {**XCOM, "airflow_pods": AirflowPods(**mount("/usr/lib/python3.12/site-packages/include"))},
        {
            "config": {"logging": {"logging_config_class": "log_config.LOGGING_CONFIG"}},
            "pods": PodDefaults(**mount("/opt/airflow/config/log_config.py")),
        },
        {"executor": CeleryExecutor(workers=[WorkerGroup(env={"A": "include.xcom.Backend"})])},
        {"config": {"core": {"xcom_backend": "plain"}}},
    ],
    ids=str,
)
def test_what_may_be_there_is_not_told(props: dict[str, Any]) -> None:
    assert told(**props) == []


def test_a_file_brings_its_own_module_and_no_other() -> None:
    pods = PodDefaults(**mount("/opt/airflow/config/log_config.py"))
    (text,) = told(**XCOM, pods=pods)
    assert "no image, package or folder here has a module 'include'" in text


def test_a_folder_of_plugins_is_looked_into(tmp_path: Path) -> None:
    (tmp_path / "include").mkdir()
    (tmp_path / "include" / "xcom.py").write_text("class Backend: ...\n")
    (tmp_path / "menu.py").write_text("")
    plugins = PluginsFolder(str(tmp_path))
    assert told(**XCOM, plugins=plugins) == []
    (text,) = told(config={"core": {"xcom_backend": "includes.xcom.Backend"}}, plugins=plugins)
    assert "has a module 'includes'" in text


def test_the_jobs_have_no_plugins() -> None:
    config = {"core": {"auth_manager": "team.auth.Manager"}}
    (text,) = told(config=config, admin=None, plugins=PluginsVolume("plugins"))
    assert "migrations have no plugins: give image= or extra_packages= that has it" in text
    assert "would not start" not in text


@pytest.mark.parametrize(
    ("props", "owner", "roles"),
    [
        (
            {"api_server": ApiServerProps(env={"AIRFLOW__CORE__XCOM_BACKEND": "a.B"})},
            "ApiServerProps",
            "api-server",
        ),
        (
            {"triggerer": TriggererProps(env={"AIRFLOW__CORE__XCOM_BACKEND": "a.B"})},
            "TriggererProps",
            "triggerer",
        ),
    ],
)
def test_the_environment_of_a_role_is_looked_at_too(
    props: dict[str, Any], owner: str, roles: str
) -> None:
    (text,) = told(**props)
    assert text.startswith(f"{owner}.env['AIRFLOW__CORE__XCOM_BACKEND'] is 'a.B'")
    assert f"{roles} would not start" in text


def test_a_scheduler_that_runs_tasks_may_have_what_lies_beside_the_dags() -> None:
    (text,) = told(**XCOM, executor=LocalExecutor())
    assert "api-server, triggerer would not start" in text


@pytest.mark.parametrize(
    ("props", "message"),
    [
        (
            {"api_server": ApiServerProps(env={"PYTHONPATH": f"/opt/code:{ROOT}"})},
            rf"ApiServerProps.env\['PYTHONPATH'\] names '{ROOT}', a path of the DAG source, which "
            r"these pods do not have: api-server; give plugins=PluginsInDags",
        ),
        (
            {"migrations": JobProps(env={"PYTHONPATH": ROOT})},
            r"migrations.env\['PYTHONPATH'\] names .*: migrations; leave it out there",
        ),
    ],
)
def test_a_path_below_the_dags_in_the_environment_of_a_role_without_them(
    props: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        resolve(AirflowProps(dags=GIT_SYNC, **props), "af1")


@pytest.mark.parametrize(
    "props",
    [
        {"dag_processor": DagProcessorProps(env={"PYTHONPATH": ROOT})},
        {"executor": CeleryExecutor(workers=[WorkerGroup(env={"PYTHONPATH": ROOT})])},
        {"executor": KubernetesExecutor(env={"PYTHONPATH": ROOT})},
        {"executor": LocalExecutor(), "scheduler": SchedulerProps(env={"PYTHONPATH": ROOT})},
        {"plugins": PluginsInDags(), "api_server": ApiServerProps(env={"PYTHONPATH": ROOT})},
        {"api_server": ApiServerProps(env={"PYTHONPATH": ROOT}, **mount("/opt/airflow/dags"))},
        {"api_server": ApiServerProps(env={"PYTHONPATH": "/opt/airflow/dagsters"})},
        {
            "dags": GIT,
            "executor": CeleryExecutor(
                workers=[WorkerGroup(env={"PYTHONPATH": ROOT}, **mount("/opt/airflow/dags"))]
            ),
        },
    ],
)
def test_who_has_the_dags_may_be_told_of_them(props: dict[str, Any]) -> None:
    resolve(AirflowProps(**{"dags": GIT_SYNC, **props}), "af1")


LOGGING: dict[str, Any] = {"remote_logging": True, "remote_log_conn_id": "minio"}


def lost(**props: Any) -> list[str]:
    given = {"config": {"logging": LOGGING}, **props}
    return list(unknown_log_connection(AirflowProps(dags=GIT, **given)))


def test_a_log_connection_that_nothing_has_is_told() -> None:
    (text,) = lost(connections={"miniio": Connection(conn_type="aws")})
    assert text.startswith("[logging] remote_log_conn_id is 'minio', and nothing here has a conn")
    assert "of that id; did you mean 'miniio'? Unless users add it to the database" in text
    assert "give connections={'minio': Connection(...)}" in text
    with pytest.warns(UserWarning, match="remote_log_conn_id is 'minio'"):
        resolve(AirflowProps(dags=GIT, config={"logging": LOGGING}), "af1")


@pytest.mark.parametrize(
    "props",
    [
        {"connections": {"minio": Connection(conn_type="aws")}},
        {"env": {"AIRFLOW_CONN_MINIO": SecretKey(name="minio", key="uri")}},
        {
            "executor": CeleryExecutor(
                workers=[WorkerGroup(env={"AIRFLOW_CONN_MINIO": SecretKey(name="m", key="uri")})]
            )
        },
        {"airflow_pods": AirflowPods(env_from=[{"secretRef": {"name": "connections"}}])},
        {"config": {"logging": LOGGING, "secrets": {"backend": "airflow.providers.x.Backend"}}},
        {"config": {"logging": {**LOGGING, "remote_logging": False}}},
        {"config": {"logging": {**LOGGING, "remote_log_conn_id": "aws_default"}}},
        {"service_account": ServiceAccount(annotations={"eks.amazonaws.com/role-arn": "arn:a"})},
        {"config": {"logging": {"remote_logging": True}}},
    ],
)
def test_a_log_connection_that_may_be_there_is_not_told(props: dict[str, Any]) -> None:
    assert lost(**props) == []


def test_all_roles_of_airflow_are_looked_at() -> None:
    props = AirflowProps(dags=GIT, executors=[CeleryExecutor(), KubernetesExecutor()])
    found = [(each.owner, each.role.value) for each in props_of_roles(props)]
    assert found == [
        ("ApiServerProps", "api-server"),
        ("SchedulerProps", "scheduler"),
        ("DagProcessorProps", "dag-processor"),
        ("TriggererProps", "triggerer"),
        ("WorkerGroup", "worker"),
        ("KubernetesExecutor", "task"),
        ("AdminUser", "create-admin"),
        ("migrations", "migrations"),
    ]


def test_without_near_connections_there_is_no_hint() -> None:
    (text,) = lost()
    assert "has a connection of that id. Unless users add it" in text
    (text,) = lost(connections={"crm": Connection(conn_type="http")})
    assert "has a connection of that id; it has crm. Unless users add it" in text


def test_a_release_that_names_nothing_is_told_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        resolve(AirflowProps(dags=DAGS), "af1")

"""Code beside the DAGs: plugins, XCom backends, timetables; who imports it, and has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    ApiServerProps,
    DagsFolder,
    DagsInImage,
    DagsVolume,
    ExecutionApiProps,
    GitDags,
    GitSyncDags,
    Image,
    KubernetesExecutor,
    PluginsFolder,
    PluginsInDags,
    PluginsInImage,
    PluginsVolume,
    PodDefaults,
    VolumeClaim,
)
from cdk8s_airflow.checks.bundle import Bundle, env_literals
from cdk8s_airflow.testing.synth import synthesize

REPOSITORY = "https://git.example.com/team/dags.git"
GIT_SYNC = GitSyncDags(repository=REPOSITORY, subdirectory="dags")
IMPORTERS = {"api-server", "execution-api", "scheduler", "dag-processor", "triggerer", "worker"}
OPTION = "AIRFLOW__CORE__PLUGINS_FOLDER"


def bundle_of(tmp_path: Path, *external: str, **props: Any) -> Bundle:
    def build(app: App) -> None:
        given = {"execution_api": ExecutionApiProps(), **props}
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps(**given))

    return synthesize(build, tmp_path, external=external)


def folder(tmp_path: Path, name: str = "plugins") -> Path:
    made = tmp_path / name
    (made / "nested").mkdir(parents=True)
    (made / "menu.py").write_text("MENU = 1\n")
    (made / "nested" / "macros.py").write_text("MACRO = 2\n")
    return made


def named(bundle: Bundle, variable: str) -> dict[str, str]:
    """Component -> value of a variable of its main container."""
    found = {pod.component: env_literals(pod.main_containers[0]) for pod in bundle.pods}
    return {name: env[variable] for name, env in found.items() if variable in env}


def mounted(bundle: Bundle, path: str) -> set[str]:
    return {
        pod.component
        for pod in bundle.pods
        if path in {mount["mountPath"] for mount in pod.main_containers[0].get("volumeMounts", ())}
    }


def test_the_checkout_comes_to_every_role_that_imports_plugins(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, dags=GIT_SYNC, plugins=PluginsInDags())
    assert named(bundle, OPTION) == dict.fromkeys(
        IMPORTERS, "/opt/airflow/dags/repository/current/plugins"
    )
    assert mounted(bundle, "/opt/airflow/dags") == IMPORTERS
    syncing = {p.component for p in bundle.pods if "git-sync" in {c["name"] for c in p.containers}}
    assert syncing == IMPORTERS
    parsing = named(bundle, "AIRFLOW__CORE__DAGS_FOLDER")
    assert set(parsing) == {"dag-processor", "worker"}, "the others know DAGs from the database"


def test_without_plugins_it_stays_where_dags_are_parsed_and_run(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, dags=GIT_SYNC)
    assert mounted(bundle, "/opt/airflow/dags") == {"dag-processor", "worker"}
    assert named(bundle, OPTION) == {}


@pytest.mark.parametrize("packages", [None, ["cowsay"]])
def test_modules_beside_the_folder_are_found_by_python(
    tmp_path: Path, packages: list[str] | None
) -> None:
    bundle = bundle_of(
        tmp_path,
        dags=GIT_SYNC,
        plugins=PluginsInDags("plugins", python_path=True),
        config={"core": {"xcom_backend": "include.xcom.Backend"}},
        extra_packages=packages,
    )
    root = "/opt/airflow/dags/repository/current"
    path = named(bundle, "PYTHONPATH")
    expected = f"/opt/airflow/packages:{root}" if packages else root
    installed = path["create-admin"] if packages else ""
    assert {path[role] for role in IMPORTERS} == {
        expected.replace("/opt/airflow/packages", installed) if packages else root
    }
    assert "include.xcom.Backend" in named(bundle, "AIRFLOW__CORE__XCOM_BACKEND").values()


@pytest.mark.parametrize(
    ("root", "external"),
    [
        ("/opt/airflow/dags/..data", ()),
        ("/opt/airflow/dags", ("PersistentVolumeClaim/dags",)),
        ("/opt/airflow/code", ()),
    ],
)
def test_each_source_with_a_fixed_path_may_hold_them(
    tmp_path: Path, root: str, external: tuple[str, ...]
) -> None:
    sources: dict[str, Any] = {
        "/opt/airflow/dags/..data": DagsFolder(str(folder(tmp_path, "dags"))),
        "/opt/airflow/dags": DagsVolume("dags"),
        "/opt/airflow/code": DagsInImage("/opt/airflow/code"),
    }
    image = Image(repository="registry.example.com/airflow", tag="3.3.2-1")
    bundle = bundle_of(
        tmp_path, *external, image=image, dags=sources[root], plugins=PluginsInDags("nested/")
    )
    assert named(bundle, OPTION) == dict.fromkeys(IMPORTERS, f"{root}/nested")


@pytest.mark.parametrize("role", ["api-server", "scheduler", "dag-processor", "triggerer"])
def test_waits_find_settings_of_the_users_own_where_the_process_does(
    tmp_path: Path, role: str
) -> None:
    bundle = bundle_of(
        tmp_path,
        dags=DagsFolder(str(folder(tmp_path, "dags"))),
        plugins=PluginsInDags("nested", python_path=True),
    )
    (pod,) = (pod for pod in bundle.pods if pod.component == role)
    (wait,) = (c for c in pod.containers if c["name"] == "wait-for-migrations")
    main = pod.main_containers[0]
    for variable in (OPTION, "PYTHONPATH"):
        assert env_literals(wait)[variable] == env_literals(main)[variable]
    assert "/opt/airflow/dags" in {mount["mountPath"] for mount in wait["volumeMounts"]}


def test_task_pods_have_them_too(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path, dags=GIT_SYNC, plugins=PluginsInDags(), executor=KubernetesExecutor()
    )
    assert "task" in named(bundle, OPTION)


def test_a_folder_of_plugins_is_carried_and_a_change_restarts_the_pods(tmp_path: Path) -> None:
    made = folder(tmp_path)

    def built() -> Bundle:
        return bundle_of(
            tmp_path, dags=GitDags(repository=REPOSITORY), plugins=PluginsFolder(str(made))
        )

    before = built()
    assert named(before, OPTION) == dict.fromkeys(IMPORTERS, "/opt/airflow/plugins/..data")
    assert before.one("ConfigMap", "af1-plugins")["data"] == {"menu.py": "MENU = 1\n"}
    (made / "menu.py").write_text("MENU = 3\n")
    after = built()
    annotation = "cdk8s-airflow/checksum"
    changed = {
        old.component
        for old in before.pods
        for new in after.pods
        if old.component == new.component
        and (old.metadata.get("annotations") or {}).get(annotation)
        != (new.metadata.get("annotations") or {}).get(annotation)
    }
    assert changed == IMPORTERS


def test_a_volume_of_plugins_is_read_by_all_who_import_them(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        dags=GitDags(repository=REPOSITORY),
        plugins=PluginsVolume(VolumeClaim(size="1Gi"), sub_path="team"),
    )
    assert mounted(bundle, "/opt/airflow/plugins") == IMPORTERS
    claim = bundle.one("PersistentVolumeClaim", "af1-plugins")["spec"]
    assert claim["accessModes"] == ["ReadWriteMany"]
    (pod,) = (pod for pod in bundle.pods if pod.component == "api-server")
    (mount,) = (
        m
        for m in pod.main_containers[0]["volumeMounts"]
        if m["mountPath"] == "/opt/airflow/plugins"
    )
    assert (mount["subPath"], mount["readOnly"]) == ("team", True)


def test_plugins_in_the_image_are_found_in_another_folder(tmp_path: Path) -> None:
    dags = GitDags(repository=REPOSITORY)
    bundle = bundle_of(tmp_path, dags=dags, plugins=PluginsInImage("/srv/plugins"))
    assert named(bundle, OPTION) == dict.fromkeys(IMPORTERS, "/srv/plugins")


CHECKOUT = "/opt/airflow/dags/repository/current"


@pytest.mark.parametrize(
    ("props", "words"),
    [
        (
            {"config": {"core": {"plugins_folder": f"{CHECKOUT}/plugins"}}},
            f"{OPTION} names '{CHECKOUT}/plugins', a path of the DAG source, which these pods do "
            "not have: api-server, execution-api, scheduler, triggerer; give plugins=PluginsInDags",
        ),
        (
            {"env": {"PYTHONPATH": f"/srv/code:{CHECKOUT}"}},
            f"PYTHONPATH names '{CHECKOUT}', a path of the DAG source, which these pods do not ",
        ),
        (
            {"dags": GitDags(repository=REPOSITORY), "plugins": PluginsInDags()},
            "GitDags has a checkout for each version of the DAGs, and no fixed path",
        ),
        (
            {
                "plugins": PluginsInDags(),
                "config": {"core": {"plugins_folder": "/srv/plugins"}},
            },
            r"plugins=PluginsInDags(...) and [core] plugins_folder = '/srv/plugins' both say where",
        ),
    ],
)
def test_what_a_role_does_not_have_is_told(
    tmp_path: Path, props: dict[str, Any], words: str
) -> None:
    with pytest.raises(ValueError) as error:
        bundle_of(tmp_path, **{"dags": GIT_SYNC, **props})
    assert words in str(error.value)


@pytest.mark.parametrize(
    "props",
    [
        {"env": {"PYTHONPATH": "/srv/code"}},
        {"config": {"core": {"plugins_folder": "/opt/airflow/plugins"}}},
        {
            "env": {"PYTHONPATH": "/opt/airflow/dags/shared"},
            "pods": PodDefaults(
                extra_volumes=[{"name": "code", "configMap": {"name": "code"}}],
                extra_volume_mounts=[{"name": "code", "mountPath": "/opt/airflow/dags/shared"}],
            ),
        },
    ],
)
def test_what_may_be_there_is_not_refused(tmp_path: Path, props: dict[str, Any]) -> None:
    dags = GitDags(repository=REPOSITORY)
    external = ["ConfigMap/code"] if "pods" in props else []
    bundle_of(tmp_path, *external, **{"dags": dags, **props})


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: PluginsInDags("/plugins"), "expected a path below the root of the DAG source"),
        (lambda: PluginsInDags("../plugins"), "expected a path below the root of the DAG source"),
        (lambda: PluginsVolume("My Claim"), "PluginsVolume.claim='My Claim' cannot be the name"),
        (lambda: PluginsVolume("a", sub_path="/x"), "expected a path below the root of the volume"),
        (lambda: PluginsInImage("plugins"), "expected an absolute path such as '/opt/airflow/plug"),
        (lambda: PluginsFolder("nowhere"), "PluginsFolder('nowhere'): there is no such folder"),
    ],
)
def test_a_wrong_place_is_refused(make: Any, words: str) -> None:
    with pytest.raises(ValueError) as error:
        make()
    assert words in str(error.value)


def test_a_role_may_have_an_own_volume_there(tmp_path: Path) -> None:
    """Nobody knows here which role it is; the others may do without."""
    mount = {"name": "code", "mountPath": "/opt/airflow/dags"}
    bundle_of(
        tmp_path,
        "ConfigMap/code",
        dags=GitDags(repository=REPOSITORY),
        api_server=ApiServerProps(
            env={"PYTHONPATH": "/opt/airflow/dags"},
            extra_volumes=[{"name": "code", "configMap": {"name": "code"}}],
            extra_volume_mounts=[mount],
        ),
    )

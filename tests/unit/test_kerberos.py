"""Kerberos: who holds the keytab, who the ticket; the real kinit runs in tests/integration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cdk8s import App

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    ConfigMapKey,
    DagsFolder,
    Image,
    Kerberos,
    SecretKey,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest, env_literals
from cdk8s_airflow.release.resolve import resolve
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
KEYTAB = SecretKey(name="kerberos", key="airflow.keytab")
CONFIG = "[libdefaults]\ndefault_realm = EXAMPLE.COM\n"


def bundle_of(tmp_path: Path, kerberos: Kerberos, *external: str, **props: Any) -> Bundle:
    def build(app: App) -> None:
        given = AirflowProps(dags=DAGS, kerberos=kerberos, **props)
        AirflowChart(app, "af1", namespace="airflow", props=given)

    return synthesize(build, tmp_path, external=["Secret/kerberos", *external])


def containers(bundle: Bundle, component: str) -> dict[str, Manifest]:
    (pod,) = (pod for pod in bundle.pods if pod.component == component)
    return {container["name"]: container for container in pod.containers}


def volumes(container: Manifest) -> dict[str, bool]:
    """Volume of Kerberos -> whether it is read-only."""
    return {
        mount["name"].removeprefix("kerberos-"): mount.get("readOnly", False)
        for mount in container["volumeMounts"]
        if mount["name"].startswith("kerberos-")
    }


def test_only_the_renewers_hold_the_keytab_and_airflow_holds_the_ticket(tmp_path: Path) -> None:
    kerberos = Kerberos(principal="airflow", keytab=KEYTAB, config=CONFIG)
    bundle = bundle_of(tmp_path, kerberos)
    found = containers(bundle, "worker")
    renewing = {"config": True, "keytab": True, "ticket": False}
    assert volumes(found["kerberos-init"]) == renewing
    assert volumes(found["kerberos"]) == renewing
    assert volumes(found["worker"]) == {"config": True, "ticket": True}
    env = env_literals(found["worker"])
    assert env["AIRFLOW__CORE__SECURITY"] == "kerberos"
    assert (
        env["KRB5CCNAME"] == f"FILE:{env_literals(found['kerberos'])['AIRFLOW__KERBEROS__CCACHE']}"
    )
    assert all("value" in variable for variable in found["kerberos"]["env"])
    for component in ("scheduler", "triggerer", "dag-processor", "api-server"):
        assert "kerberos" not in containers(bundle, component)
    (written,) = (m for m in bundle.manifests if m["metadata"]["name"] == "af1-kerberos")
    assert written["data"] == {"krb5.conf": CONFIG}


def test_the_options_are_those_of_the_props(tmp_path: Path) -> None:
    kerberos = Kerberos(
        principal="airflow/_HOST@EXAMPLE.COM",
        keytab=KEYTAB,
        config=ConfigMapKey(name="site", key="krb5"),
        reinit_frequency=600,
        forwardable=False,
        include_ip=True,
        roles=["triggerer"],
    )
    found = containers(bundle_of(tmp_path, kerberos, "ConfigMap/site"), "triggerer")
    env = env_literals(found["kerberos"])
    assert {
        name.removeprefix("AIRFLOW__KERBEROS__"): value
        for name, value in env.items()
        if name.startswith("AIRFLOW__KERBEROS__")
    } == {
        "PRINCIPAL": "airflow/_HOST@EXAMPLE.COM",
        "KEYTAB": "/opt/cdk8s-airflow-kerberos/keytab/keytab",
        "CCACHE": "/opt/cdk8s-airflow-kerberos/ticket/ccache",
        "REINIT_FREQUENCY": "600",
        "FORWARDABLE": "False",
        "INCLUDE_IP": "True",
    }
    assert found["kerberos-init"]["command"][1:] == [
        "/opt/cdk8s-airflow/renew_ticket.py",
        "--one-time",
    ]


def test_the_renewers_have_the_image_of_their_role(tmp_path: Path) -> None:
    image = Image(repository="example.com/hadoop", tag="1")
    kerberos = Kerberos(principal="airflow", keytab=KEYTAB, config=CONFIG)
    workers = CeleryExecutor(workers=[WorkerGroup(image=image)])
    found = containers(bundle_of(tmp_path, kerberos, executor=workers), "worker")
    assert {item["image"] for item in found.values()} == {"example.com/hadoop:1"}


def test_a_changed_text_rolls_the_pods_that_read_it(tmp_path: Path) -> None:
    def checksums(config: str) -> list[str]:
        kerberos = Kerberos(principal="airflow", keytab=KEYTAB, config=config)
        bundle = bundle_of(tmp_path, kerberos)
        pods = {pod.component: pod.metadata.get("annotations") or {} for pod in bundle.pods}
        return [pods[name].get("cdk8s-airflow/checksum", "") for name in ("worker", "scheduler")]

    (worker, scheduler), (other, same) = checksums(CONFIG), checksums(CONFIG + "# more\n")
    assert worker != other
    assert scheduler == same


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"principal": "air flow"}, r"Kerberos\(principal='air flow'\): expected a name such as"),
        ({"config": "krb5.conf"}, r"Kerberos\(config='krb5.conf'\) is not the text of a krb5.conf"),
        ({"reinit_frequency": 0}, r"Kerberos\(reinit_frequency=0\): expected 1 or more seconds"),
        ({"roles": ()}, r"Kerberos\(roles=\(\)\) gives nobody a ticket"),
    ],
)
def test_what_cannot_work_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Kerberos(**{"principal": "airflow", "keytab": KEYTAB, "config": CONFIG, **given})


def test_its_options_are_owned() -> None:
    with pytest.raises(ValueError, match=r"kerberos.*principal.*use kerberos=Kerberos"):
        resolve(AirflowProps(dags=DAGS, config={"kerberos": {"principal": "x"}}), "af1")

"""Connections against what their providers say: a slip of the pen is told at synth."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import generate_connection_types
import pytest

from cdk8s_airflow import AirflowProps, Connection, DagsFolder, Image, SecretKey
from cdk8s_airflow.parts.connection_types import connection_types, doubtful_types
from cdk8s_airflow.release.resolve import resolve

ROOT = Path(__file__).resolve().parents[2]
DAGS = DagsFolder(str(ROOT / "dags"))
FILE = ROOT / "constructs/cdk8s_airflow/parts/connection_types.json"


def warnings_of(packages: Any = (), **given: Any) -> list[str]:
    return list(doubtful_types({"x": Connection(**given)}, packages))


def test_a_misspelt_field_of_extra_is_an_error_with_the_nearest() -> None:
    web = Connection(conn_type="http", host="h", extra={"srv_lokup": True})
    says = r"connections\['web'\].extra has 'srv_lokup', which no http connection knows; did you"
    with pytest.raises(ValueError, match=says):
        resolve(AirflowProps(dags=DAGS, connections={"web": web}), "af1")


@pytest.mark.parametrize(
    ("conn_type", "name"),
    [
        ("http", "srv_lookup"),
        ("http", "extra__http__srv_lookup"),
        ("http", "X-Header"),  # hooks take what their providers do not describe
        ("mysql", "charset"),
        ("google_cloud_platform", "project_id"),
        ("of_ours", "srv_lokup"),
    ],
)
def test_a_field_that_may_be_meant_is_none(conn_type: str, name: str) -> None:
    known = Connection(conn_type=conn_type, extra={name: "x"})
    resolve(AirflowProps(dags=DAGS, connections={"x": known}), "af1")


def test_an_unknown_type_is_a_warning_with_the_nearest() -> None:
    assert warnings_of(conn_type="postgress") == [
        "connections['x'].conn_type='postgress': no provider that is known has it; did you mean "
        "'postgres'?"
    ]
    assert warnings_of(conn_type="of_a_provider_of_ours") == []


def test_a_type_of_a_provider_that_the_image_lacks_is_a_warning() -> None:
    (found,) = warnings_of(conn_type="mongo")
    assert "is of apache-airflow-providers-mongo, which the official image lacks" in found
    assert warnings_of(["apache-airflow-providers-mongo==5.0"], conn_type="mongo") == []
    mongo = {"x": Connection(conn_type="mongo")}
    image = Image(repository="team/airflow", tag="1")
    resolve(AirflowProps(dags=DAGS, connections=mongo, image=image), "af1")
    with pytest.warns(UserWarning, match="the official image lacks"):
        resolve(AirflowProps(dags=DAGS, connections=mongo), "af1")


def test_a_field_that_the_type_does_not_use_is_a_warning() -> None:
    (found,) = warnings_of(conn_type="aws", host="s3.example.com", login="key")
    assert found.startswith("connections['x'] has host, which aws connections do not use")


def test_the_file_of_types_is_what_the_script_would_write() -> None:
    facts = json.loads(FILE.read_text())
    assert generate_connection_types.text(facts) == FILE.read_text()
    wanted = {*generate_connection_types.IN_IMAGE, *generate_connection_types.OTHERS}
    assert set(facts["versions"]) == wanted
    assert {"generic", "email", "http", "mysql", "postgres", "aws", "ssh"} <= facts["types"].keys()


def test_it_is_read_only_when_there_are_connections() -> None:
    program = (
        "from cdk8s_airflow import AirflowProps, SecretKey\n"
        "from cdk8s_airflow.release.resolve import resolve\n"
        "from cdk8s_airflow.parts.connection_types import connection_types\n"
        "resolve(AirflowProps(), 'af1')\n"
        "assert connection_types.cache_info().currsize == 0\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)
    assert connection_types()["types"]
    assert list(doubtful_types({"x": SecretKey(name="a", key="b")}, ())) == []

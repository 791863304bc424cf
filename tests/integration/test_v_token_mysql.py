"""A MariaDB that takes tokens alone, as they are, by PAM: as RDS and Cloud SQL take them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from integration.airflow_client import AirflowClient
from integration.bundle import NAMESPACE, copy_dags, synthesize_props
from integration.conftest import RunningBundle, Scene, Stage, secret
from integration.node.objects import Manifest
from integration.servers import certificate, host, server
from integration.sql_clients import engines

from cdk8s_airflow import (
    AirflowProps,
    ExternalMysql,
    LocalExecutor,
    SecretKey,
    TokenCommand,
)

USER, KEY, LIFE = "airflow_iam", "a key of the tokens", 12
MAKE = 'now=$(date +%s); echo "$now.$(printf %s "$TOKEN_USER:$now:$TOKEN_KEY" | sha256sum)"'
CHECK = f"""
read -r token
then=${{token%%.*}}
[ "$token" = "$then.$(printf %s "$PAM_USER:$then:{KEY}" | sha256sum)" ] || exit 1
[ $(($(date +%s) - then)) -le {LIFE} ]
"""
PAM = """
auth required pam_exec.so quiet expose_authtok /bin/bash /etc/server/check
account required pam_permit.so
"""
START = """
set -e
cp /etc/server/pam /etc/pam.d/tokens
mariadb-install-db --no-defaults --datadir=/var/lib/mysql --skip-test-db
exec mariadbd --no-defaults --datadir=/var/lib/mysql --socket=/run/mysqld/mysqld.sock \\
  --init-file=/etc/server/users.sql --character-set-server=utf8mb4 --skip-name-resolve \\
  --plugin-load-add=auth_pam_v1 --pam-use-cleartext-plugin=ON --require-secure-transport=ON \\
  --ssl-cert=/etc/server/tls.crt --ssl-key=/etc/server/tls.key
"""
USERS = f"""
CREATE DATABASE meta;
CREATE USER '{USER}'@'%' IDENTIFIED VIA pam USING 'tokens';
GRANT ALL ON meta.* TO '{USER}'@'%';
"""


@pytest.fixture(scope="module")
def bundle(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> RunningBundle:
    """Airflow whose processes log in to a MariaDB by tokens that a command prints."""

    def prepare() -> Scene:
        files = certificate(tmp_path_factory.mktemp("sql"), host("mariadb"))
        props = AirflowProps(
            dags=copy_dags(tmp_path_factory.mktemp("dags") / "dags"),
            executor=LocalExecutor(parallelism=4),
            database=ExternalMysql(
                host=host("mariadb"),
                database="meta",
                user=USER,
                token=TokenCommand(command=["sh", "-c", MAKE], lifetime=LIFE - 4),
                ca=SecretKey(name="server-ca", key="ca.crt"),
                mariadb=True,
            ),
            env={"TOKEN_KEY": SecretKey(name="token", key="key")},
        )
        return Scene(
            synthesize_props(tmp_path_factory.mktemp("synth"), props),
            [
                secret("token", {"key": KEY}),
                secret("server-ca", {"ca.crt": files["ca.crt"]}),
                *mariadb({**files, "pam": PAM, "check": CHECK, "users.sql": USERS}),
            ],
        )

    return stage.play("tokens of mysql", prepare)


def mariadb(files: Mapping[str, str]) -> list[Manifest]:
    folders = ("/var/lib/mysql", "/run/mysqld", "/tmp", "/etc/pam.d")
    found = server("mariadb", "mariadb:10.11", 3306, (), folders=folders, files=files)
    (workload,) = (manifest for manifest in found if manifest["kind"] == "StatefulSet")
    # The image's entrypoint knows no users of PAM.
    (container,) = workload["spec"]["template"]["spec"]["containers"]
    container["command"] = ["bash", "-c", START]
    return found


def test_a_run_of_the_tutorial_succeeds(airflow: AirflowClient) -> None:
    assert set(airflow.run("tutorial").values()) == {"success"}


@pytest.mark.parametrize("component", ["api-server", "triggerer-0"])
def test_both_engines_log_in_by_tokens(bundle: RunningBundle, component: str) -> None:
    found = engines(bundle.node.pod(bundle.name(component)))
    assert {name: it.tls for name, it in found.items()} == {
        "synchronous": "TLSv1.3",
        "asynchronous": "TLSv1.3",
    }


def test_the_programs_log_in_and_another_token_is_refused(bundle: RunningBundle) -> None:
    pod = bundle.node.pod(bundle.name("dag-processor"))
    wait = ("python", "/opt/cdk8s-airflow/wait_for_database.py", "5", "--migrations")
    probe = pod.probe("livenessProbe")
    assert probe.success, probe.detail
    done = pod.exec("env", "DATABASE_LOGIN=" + '{"kind": "command", "command": ["echo", "1.2"], '
                    '"lifetime": 0}', *wait)  # fmt: skip
    assert "Access denied for user" in done.output
    assert pod.exec(*wait).output == ""


def test_no_pod_was_restarted(bundle: RunningBundle) -> None:
    pods = [pod for pod in bundle.node.pods() if pod.namespace == NAMESPACE]
    assert {pod.name: pod.restarts for pod in pods} == {pod.name: 0 for pod in pods}

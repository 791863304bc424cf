"""What the user of each example brings: the objects and hosts that its README asks for."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

from integration.bundle import REPOSITORY
from integration.conftest import secret
from integration.example_cluster import Cluster
from integration.git_scene import small
from integration.node.objects import Manifest
from integration.servers import server

FOLDER = REPOSITORY / "examples"
PASSWORD = "simple-and-long-enough"
FERNET_KEY = base64.urlsafe_b64encode(b"f" * 32).decode()
REDIS_0 = "redis-node-0.redis-headless.redis.svc.cluster.local"
START_REDIS_AND_SENTINEL = f"""
cp /etc/server/redis.conf /data
[ "$(hostname)" = redis-node-0 ] || echo "replicaof {REDIS_0} 6379" >>/data/redis.conf
redis-server /data/redis.conf &
until first=$(getent hosts {REDIS_0}); do sleep 0.2; done
sed "s/FIRST/${{first%% *}}/" /etc/server/sentinel.conf >/data/sentinel.conf
exec redis-server /data/sentinel.conf --sentinel
"""
REDIS_CONF = f"protected-mode no\ndir /data\nrequirepass {PASSWORD}\nmasterauth {PASSWORD}\n"
SENTINEL_CONF = f"""\
protected-mode no
port 26379
dir /data
requirepass {PASSWORD}
sentinel monitor mymaster FIRST 6379 2
sentinel auth-pass mymaster {PASSWORD}
"""


def dags(folder: str) -> list[Path]:
    """The DAG files of a folder of the repository."""
    return sorted((REPOSITORY / folder).glob("*.py"))


def database(cluster: Cluster) -> list[Manifest]:
    return [
        cluster.secret("airflow-database", password=PASSWORD),
        *cluster.postgresql(PASSWORD),
    ]


def connections(cluster: Cluster) -> list[Manifest]:
    uri = "postgres://user:p%40ss@warehouse.example.com/sales"
    return [
        cluster.secret("mysql", password=PASSWORD),
        cluster.secret("warehouse", uri=uri),
        cluster.secret("report", token="the-token"),
        *cluster.mysql(PASSWORD),
    ]


def objects(cluster: Cluster) -> list[Manifest]:
    return [
        cluster.secret("warehouse", password=PASSWORD),
        cluster.secret("weather", uri="http://user:p%40ss@weather.example.com:8443/v2"),
        cluster.secret("people", ben=PASSWORD),
    ]


def pgbouncer(cluster: Cluster) -> list[Manifest]:
    return [
        cluster.secret("airflow-database", password=PASSWORD),
        cluster.secret("airflow-results", password=PASSWORD + "-r"),
        secret("database-ca", {"ca.crt": cluster.authority.certificate}),
        *cluster.postgresql(PASSWORD, {"airflow_results": PASSWORD + "-r"}),
    ]


def s3_logs(cluster: Cluster) -> list[Manifest]:
    cluster.image_with_stores("registry.example.com/data/airflow")
    return [
        cluster.secret("minio", access_key="airflow", secret_key=PASSWORD),
        secret("minio-ca", {"ca.crt": cluster.authority.certificate}),
        *cluster.minio("airflow-logs", "airflow", PASSWORD),
    ]


def opentelemetry(cluster: Cluster) -> list[Manifest]:
    return [
        cluster.secret("otlp", api_key="the-key"),
        secret("otlp-ca", {"ca.crt": cluster.authority.certificate}),
        *cluster.otlp("api-key=the-key"),
    ]


def backup(cluster: Cluster) -> list[Manifest]:
    made = subprocess.run(["age-keygen"], check=True, capture_output=True, text=True)
    return [
        cluster.secret("minio", access_key="airflow", secret_key=PASSWORD),
        secret("minio-ca", {"ca.crt": cluster.authority.certificate}),
        cluster.secret("backup-key", identity=made.stdout),
        *cluster.minio("airflow-backups", "airflow", PASSWORD),
    ]


def production(cluster: Cluster) -> list[Manifest]:
    cluster.assign_uids()
    cluster.image("registry.example.com/data/airflow")
    git, index, realm = cluster.git_server("the-token"), cluster.package_index(), cluster.realm()
    git.push("team/sales", {"sales.py": small("sales", "import cowsay")})
    text = small("reports").replace("@task\n", "@task(executor='KubernetesExecutor')\n")
    git.push("team/reports", {"reports.py": text})
    index.add("cowsay", "6.1")
    keytab = base64.b64encode(realm.keytab.read_bytes()).decode()
    return [
        *pgbouncer(cluster),
        *cluster.redis(PASSWORD, tls=True),
        cluster.secret("airflow-redis", password=PASSWORD),
        cluster.secret("git", token=git.token),
        cluster.secret("warehouse", password=PASSWORD),
        secret("pip", {"pip.conf": index.pip_conf("pypi.example.com")}),
        {**cluster.secret("kerberos"), "data": {"airflow.keytab": keytab}},
        cluster.config_map("kerberos", {"krb5.conf": realm.config}),
        cluster.config_map("company-ca", {"ca.crt": cluster.authority.certificate}),
    ]


def dags_in_image(cluster: Cluster) -> list[Manifest]:
    for image in ("airflow", "airflow-gpu"):
        cluster.image(f"registry.example.com/data/{image}", FOLDER / "quickstart" / "dags")
    return []


def dags_volume(cluster: Cluster) -> list[Manifest]:
    cluster.fill("af1-dags", "current/dags", dags("dags"))
    return []


def external_services(cluster: Cluster) -> list[Manifest]:
    cluster.trust()
    cluster.image("registry.example.com/data/airflow")
    return [
        cluster.secret("airflow-database", username="airflow", password=PASSWORD),
        cluster.secret("airflow-redis", password=PASSWORD),
        cluster.secret("airflow-admin", password=PASSWORD),
        cluster.config_map("company-ca", {"ca.crt": cluster.authority.certificate}),
        cluster.secret("airflow-keys", fernet=FERNET_KEY, api="a" * 32, jwt="j" * 64),
        *cluster.postgresql(PASSWORD),
        *cluster.redis(PASSWORD, tls=True),
    ]


def extension(cluster: Cluster) -> list[Manifest]:
    vault = cluster.vault()
    vault.role("airflow", "airflow", "af1-worker")
    vault.put("secret/data/crm", account="team", token='any "character" {{ will }} do')
    return [cluster.config_map("company-ca", {"ca.crt": cluster.authority.certificate})]


def external_secrets(cluster: Cluster) -> list[Manifest]:
    """What External Secrets would make of the ExternalSecrets, and what it and Airflow ask."""
    cluster.providers()
    vault = cluster.vault()
    vault.role("airflow", "airflow", "airflow")
    vault.put("secret/data/connections/crm", conn_uri="http://team@crm.example.com")
    vault.put("secret/data/variables/region", value="eu")
    keys = {"fernet_key": FERNET_KEY, "api_secret_key": "a" * 64, "jwt_secret": "j" * 64}
    return [
        cluster.secret("airflow-database", password=PASSWORD),
        cluster.secret("airflow-redis", password=PASSWORD),
        cluster.secret("airflow-admin", password=PASSWORD),
        cluster.secret("airflow-keys", **keys),
        cluster.config_map("company-ca", {"ca.crt": cluster.authority.certificate}),
        *cluster.postgresql(PASSWORD),
        *cluster.redis(PASSWORD),
    ]


def git_dags(cluster: Cluster) -> list[Manifest]:
    git = cluster.git_server("the-token")
    git.push("team/dags", {"dags/branch.py": small("branch")})
    git.push("team/reports", {"tagged.py": small("tagged")}, tag="v2.1.0")
    git.push("team/reports", {"tagged.py": small("untagged")})
    return [
        cluster.secret("git", token=git.token),
        cluster.secret("git-reports", ssh_privatekey=git.ssh_key),
        cluster.config_map("git-hosts", {"known_hosts": git.known_hosts}),
        cluster.config_map("company-ca", {"ca.crt": git.ca}),
    ]


def git_sync(cluster: Cluster) -> list[Manifest]:
    cluster.trust()
    git = cluster.git_server("the-token")
    git.push("team/dags", {"dags/synced.py": small("synced")})
    return [cluster.secret("git", token=git.token)]


def kubernetes_executor(cluster: Cluster) -> list[Manifest]:
    (here,) = git_sync(cluster)
    return [here, {**here, "metadata": {**here["metadata"], "namespace": "tasks"}}]


def high_availability(cluster: Cluster) -> list[Manifest]:
    cluster.trust()
    git = cluster.git_server("")
    for name in ("sales", "reports"):
        git.push(f"team/{name}", {f"{name}.py": small(name)})
    return [
        *database(cluster),
        cluster.secret("airflow-redis", password=PASSWORD),
        *cluster.redis(PASSWORD),
    ]


def fleet(cluster: Cluster) -> list[Manifest]:
    """A Secret, a database and a user for each release; a word each, so that none fits another."""
    cluster.trust()
    git = cluster.git_server("")
    words = {name: f"{PASSWORD}-{name}" for name in ("sales", "reports")}
    for name in words:
        git.push(f"team/{name}", {f"{name}.py": small(name)})
    secrets = [
        cluster.secret(f"{name}-servers", database=word, redis=PASSWORD)
        for name, word in words.items()
    ]
    return [*secrets, *cluster.postgresql(PASSWORD, words), *cluster.redis(PASSWORD)]


def fleet_servers(cluster: Cluster) -> list[Manifest]:
    """Repositories alone: servers, databases, users and passwords are made in the cluster."""
    cluster.trust()
    git = cluster.git_server("")
    for name in ("sales", "reports"):
        git.push(f"team/{name}", {f"{name}.py": small(name)})
    return []


def ldap(cluster: Cluster) -> list[Manifest]:
    directory = cluster.directory("the reader's")
    directory.add_user("admin", PASSWORD)
    directory.add_group("admins", ["admin"])
    certificate = cluster.authority.issue("data.example.com")
    files = {name: certificate[name] for name in ("tls.crt", "tls.key")}
    return [
        secret("data-example-com", files),
        cluster.secret("directory", password="the reader's"),
        cluster.secret("password-of-an-admin", password=PASSWORD),
        cluster.config_map("company-ca", {"ca.crt": cluster.authority.certificate}),
    ]


def mysql(cluster: Cluster) -> list[Manifest]:
    return [
        cluster.secret("airflow-mysql", username="airflow", password=PASSWORD),
        cluster.config_map("mysql-ca", {"ca.crt": cluster.authority.certificate}),
        *cluster.mysql(PASSWORD, tls=True),
    ]


def redis_sentinel(cluster: Cluster) -> list[Manifest]:
    return [
        cluster.secret("airflow-redis", password=PASSWORD, sentinel_password=PASSWORD),
        *server(
            "redis-node", "redis:7.2.11", 26379, ("sh", "-c", START_REDIS_AND_SENTINEL),
            folders=["/data"], replicas=3, namespace="redis", service="redis-headless",
            files={"redis.conf": REDIS_CONF, "sentinel.conf": SENTINEL_CONF},
        ),
    ]  # fmt: skip


def reload(cluster: Cluster) -> list[Manifest]:
    return [*database(cluster), cluster.config_map("site", {"region": "eu"})]


def values(cluster: Cluster) -> list[Manifest]:
    return [
        cluster.secret("database", password=PASSWORD),
        cluster.secret("mysql", password=PASSWORD),
        cluster.secret("tokens", api="the-token"),
        *cluster.postgresql(PASSWORD),
    ]

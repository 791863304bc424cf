"""A cluster for an example: the hosts and objects that its user has, and what controllers add."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from functools import partial
from pathlib import Path

from integration.assigned_ids import admitted
from integration.conftest import secret
from integration.directory import Directory
from integration.git_server import GitServer, Place
from integration.kerberos_realm import Realm
from integration.node.images import IMAGES, airflow_image, airflow_with_stores
from integration.node.kubelet import Kubelet
from integration.node.objects import Manifest
from integration.node.pod import Pod
from integration.package_index import PackageIndex
from integration.providers_image import image_with_providers
from integration.servers import Authority, server
from integration.turns import turn
from integration.vault_server import VaultServer

TRUSTED = Path("/etc/ssl/certs/ca-certificates.crt")
ADDRESSES = {
    "db.example.com": "10.20.0.10",
    "redis.example.com": "10.20.0.11",
    "mysql.example.com": "10.20.0.12",
    "git.example.com": "10.20.0.13",
    "kdc.example.com": "10.20.0.14",
    "pypi.example.com": "10.20.0.15",
    "vault.example.com": "10.20.0.16",
    "minio.example.com": "10.20.0.17",
    "ldap.example.com": "10.20.0.18",
    "otlp.example.com": "10.20.0.19",
}
"""Where the hosts that examples name are: the first as the production example says."""

START_POSTGRESQL = """
set -e
install -m 600 /etc/server/tls.key /tmp/tls.key
cp /etc/server/*.sh /docker-entrypoint-initdb.d
exec docker-entrypoint.sh postgres -c ssl=on -c ssl_cert_file=/etc/server/tls.crt \\
    -c ssl_key_file=/tmp/tls.key -c max_connections=200
"""
TLS_ALONE = 'sed -i "s/^host all all all/hostssl all all all/" "$PGDATA/pg_hba.conf"\n'
ANOTHER_DATABASE = """
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres -v name={name} -v word={password} <<END
CREATE USER :"name" PASSWORD :'word';
CREATE DATABASE :"name" OWNER :"name";
END
"""
REDIS = """\
protected-mode no
dir /data
requirepass {password}
masterauth {password}
"""
REDIS_TLS = """\
port 0
tls-port 6379
tls-auth-clients no
tls-cert-file /etc/server/tls.crt
tls-key-file /etc/server/tls.key
tls-ca-cert-file /etc/server/ca.crt
"""


class Cluster:
    """The stand-in node, and around it what an example takes for granted."""

    def __init__(self, folder: Path, namespace: str) -> None:
        """Starts an empty node.

        Args:
            folder: An empty folder to work in.
            namespace: Of the example's objects.
        """
        self.node = Kubelet()
        self._folder, self._namespace = folder, namespace
        (folder / "authority").mkdir()
        self.authority = Authority(folder / "authority")
        """Who signs the certificates of all hosts."""
        self._servers: list[Directory | GitServer | PackageIndex | Realm | VaultServer] = []
        self._pods: dict[str, str] = {}
        self._trusted = False
        self._official = IMAGES["apache/airflow"]

    def secret(self, name: str, /, **entries: str) -> Manifest:
        """A Secret beside the release; ``_`` in a key is ``-``."""
        named = {key.replace("_", "-"): value for key, value in entries.items()}
        return secret(name, named, self._namespace)

    def config_map(self, name: str, entries: Mapping[str, str]) -> Manifest:
        """A ConfigMap beside the release."""
        metadata = {"name": name, "namespace": self._namespace}
        return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": entries}

    def trust(self) -> None:
        """Makes the authority one that every image trusts, as those of public hosts are."""
        bundle = self._folder / "ca-certificates.crt"
        bundle.write_text(TRUSTED.read_text() + self.authority.certificate)
        subprocess.run(["mount", "--bind", str(bundle), str(TRUSTED)], check=True)
        self._trusted = True

    def image(self, name: str, dags: Path | None = None) -> None:
        """Lets an image of the user's be Airflow's, with DAGs in it or none."""
        IMAGES[name] = partial(airflow_image, dags=dags)

    def image_with_stores(self, name: str) -> None:
        """Lets an image of the user's be Airflow's with its provider of S3, and s3fs."""
        IMAGES[name] = airflow_with_stores

    def providers(self) -> None:
        """Gives the official image the providers that it has, of which most tests need none."""
        self._official = IMAGES["apache/airflow"]
        IMAGES["apache/airflow"] = image_with_providers

    def fill(self, claim: str, folder: str, files: Iterable[Path]) -> None:
        """Puts files on a volume, as a process of the user's does."""
        target = self.node.folder / "claims" / self._namespace / claim / folder
        target.mkdir(parents=True)
        for file in files:
            (target / file.name).write_bytes(file.read_bytes())

    def postgresql(self, password: str, others: Mapping[str, str] | None = None) -> list[Manifest]:
        """``db.example.com``, which takes nothing but TLS.

        Args:
            password: Of the user ``airflow``, whose database is ``airflow``.
            others: More users with a database of their own -> password.
        """
        scripts = {"tls.sh": TLS_ALONE}
        for name, word in (others or {}).items():
            scripts[f"{name}.sh"] = ANOTHER_DATABASE.format(name=name, password=word)
        env = {"POSTGRES_USER": "airflow", "POSTGRES_PASSWORD": password, "PGDATA": "/data/pgdata"}
        return self._host(
            "db.example.com", "postgres:17.6", 5432, ("sh", "-c", START_POSTGRESQL), env=env,
            folders=("/data", "/var/run/postgresql", "/tmp", "/docker-entrypoint-initdb.d"),
            files=scripts,
        )  # fmt: skip

    def redis(self, password: str, *, tls: bool = False) -> list[Manifest]:
        """``redis.example.com``, by TLS alone or without."""
        text = REDIS.format(password=password) + (REDIS_TLS if tls else "")
        command = ("redis-server", "/etc/server/redis.conf")
        return self._host("redis.example.com", "redis:7.2.11", 6379, command,
                          folders=["/data"], files={"redis.conf": text})  # fmt: skip

    def mysql(self, password: str, *, tls: bool = False) -> list[Manifest]:
        """``mysql.example.com``, with a user and a database ``airflow``: by TLS, or by it alone."""
        env = {"MARIADB_USER": "airflow", "MARIADB_PASSWORD": password,
               "MARIADB_DATABASE": "airflow", "MARIADB_RANDOM_ROOT_PASSWORD": "1"}  # fmt: skip
        command = ("mariadbd", "--character-set-server=utf8mb4", "--skip-name-resolve",
                   "--ssl-cert=/etc/server/tls.crt", "--ssl-key=/etc/server/tls.key",
                   *(["--require-secure-transport=ON"] if tls else []))  # fmt: skip
        folders = ("/var/lib/mysql", "/run/mysqld", "/tmp")
        return self._host("mysql.example.com", "mariadb:10.11", 3306, command,
                          env=env, folders=folders)  # fmt: skip

    def minio(self, bucket: str, user: str, password: str) -> list[Manifest]:
        """``minio.example.com`` with a bucket, and Airflow's image with its provider of S3."""
        IMAGES["apache/airflow"] = airflow_with_stores
        env = {"MINIO_ROOT_USER": user, "MINIO_ROOT_PASSWORD": password, "MINIO_BUCKET": bucket}
        command = ("server", "--address", ":9000", "--certs-dir", "/etc/server", "/data")
        return self._host("minio.example.com", "minio/minio:latest", 9000, command,
                          env=env, folders=("/data", "/tmp"))  # fmt: skip

    def otlp(self, header: str) -> list[Manifest]:
        """``otlp.example.com``, which takes metrics and traces that have the header."""
        command = ("--http=4318", "--grpc=4317", "--files=/etc/server", f"--header={header}")
        image = "example/otlp-backend:1"
        return self._host("otlp.example.com", image, 4318, command, folders=())

    def git_server(self, token: str) -> GitServer:
        """``git.example.com``, by https with that token (by none if it is empty) and by ssh."""
        name = "git.example.com"
        folder, address = self._process(name)
        git = GitServer(folder, token, Place(name, address, 443, 22), self.authority)
        self._servers.append(git)
        return git

    def package_index(self) -> PackageIndex:
        """``pypi.example.com``, by https."""
        name = "pypi.example.com"
        folder, address = self._process(name)
        index = PackageIndex(folder, address, 443, self.authority.issue(name))
        self._servers.append(index)
        return index

    def realm(self) -> Realm:
        """``EXAMPLE.COM``, whose KDC is ``kdc.example.com``."""
        name = "kdc.example.com"
        realm = Realm(*self._process(name), 88, name)
        self._servers.append(realm)
        return realm

    def directory(self, password: str) -> Directory:
        """``ldap.example.com`` by TLS, which an account of Airflow's may read with a password."""
        name = "ldap.example.com"
        directory = Directory(*self._process(name), self.authority.issue(name), password)
        self._servers.append(directory)
        return directory

    def vault(self) -> VaultServer:
        """``vault.example.com``, which knows the tokens of the node's pods."""
        name = "vault.example.com"
        folder, address = self._process(name)
        vault = VaultServer(folder, address, self.authority.issue(name), self.node.api.review)
        self._servers.append(vault)
        return vault

    def assign_uids(self) -> None:
        """Gives a uid to each pod that is made through the API, as to those of workloads."""
        api = self.node.api.pods
        assert api is not None
        launch = api.launch
        api.launch = lambda manifest: launch(admitted(manifest))

    def start(self, manifests: Sequence[Manifest], timeout: float) -> float:
        """Applies all at once, and waits until all is ready; when it was applied."""
        with turn():
            begin = time.monotonic()
            self.node.apply(manifests)
            for name, workload in self._pods.items():
                self.node.outside.add(name, ADDRESSES[name], self._pod(f"{workload}-0").network)
            self.node.wait_ready(timeout)
        return begin

    def close(self) -> None:
        """Ends all of it."""
        self.node.close()
        IMAGES["apache/airflow"] = self._official
        for each in self._servers:
            each.close()
        if self._trusted:
            subprocess.run(["umount", str(TRUSTED)], check=True)

    def _host(
        self, name: str, image: str, port: int, command: Sequence[str], *,
        folders: Sequence[str], env: Mapping[str, str] | None = None,
        files: Mapping[str, str] | None = None,
    ) -> list[Manifest]:  # fmt: skip
        """A server that runs in a pod and has its certificate, but not its name, from there."""
        workload = name.split(".")[0]
        self._pods[name] = workload
        every = {**self.authority.issue(name), **(files or {})}
        return server(workload, image, port, command, env=env, folders=folders, files=every)

    def _process(self, name: str) -> tuple[Path, str]:
        """A folder and an address for a server that is a process of the node."""
        folder = self._folder / name
        folder.mkdir()
        self.node.outside.add(name, ADDRESSES[name])
        return folder, ADDRESSES[name]

    def _pod(self, name: str) -> Pod:
        found: list[Pod] = []

        def there() -> bool:
            found[:] = [pod for pod in self.node.pods() if pod.name == name and pod.network]
            return bool(found)

        self.node.wait_for(there, 60, f"an address of {name}")
        return found[0]


def scaled(manifests: Iterable[Manifest]) -> list[Manifest]:
    """The objects with the replicas that an autoscaler gives them at rest.

    Where that is none (KEDA), there is one, as for the first task.
    """
    found = [deepcopy(manifest) for manifest in manifests]
    for autoscaler in found:
        least = {"HorizontalPodAutoscaler": "minReplicas", "ScaledObject": "minReplicaCount"}
        if autoscaler["kind"] in least:
            target = autoscaler["spec"]["scaleTargetRef"]
            (workload,) = (
                other for other in found
                if (other["kind"], other["metadata"]["name"]) == (target["kind"], target["name"])
            )  # fmt: skip
            assert "replicas" not in workload["spec"], "two would decide"
            workload["spec"]["replicas"] = max(1, autoscaler["spec"][least[autoscaler["kind"]]])
    return found

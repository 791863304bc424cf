"""What the pods of backups have in common: settings, Secrets as files, the database's client."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from cdk8s_airflow.kubernetes.images import Image
from cdk8s_airflow.kubernetes.parts import PodParts
from cdk8s_airflow.kubernetes.pods import Container, empty_dir_volume, resources
from cdk8s_airflow.kubernetes.references import EnvValue, FieldRef, SecretKey, env_vars
from cdk8s_airflow.parts.access import DatabaseAccess
from cdk8s_airflow.platform import Platform
from cdk8s_airflow.services.database import Kind
from cdk8s_airflow.services.postgresql import EmbeddedPostgresql

CLIENT = "database-client"
_CLIENT_FOLDER = "/opt/cdk8s-airflow-client"
_SECRETS = "/opt/cdk8s-airflow-backup/secrets"
_IDENTITY = "/opt/cdk8s-airflow-backup/identity"
_GROUP_MAY_READ = 0o440
_SERVER_USER = 999  # of the official images of PostgreSQL, MySQL and MariaDB
# Runs one script after another that the program beside it puts into the folder; see
# programs/backup_client.py. One that it finds half done has died with its container.
_LOOP = f"""\
umask 077
trap 'exit 0' TERM
cd {_CLIENT_FOLDER} || exit 1
if [ -e running ] && [ ! -e status ]; then echo 137 >status.new && mv status.new status; fi
while :; do
    if [ -e request ]; then
        mv request running
        sh ./running >output 2>errors
        echo $? >status.new && mv status.new status
    fi
    sleep 0.2
done
"""


def kind_of(platform: Platform) -> Kind:
    """The kind of the release's database; of a URL in a Secret, PostgreSQL is assumed."""
    access = platform.find(DatabaseAccess)
    return access.server.kind if access and access.server else "postgresql"


def server_image(platform: Platform) -> Image | None:
    """The image of the release's own PostgreSQL; None: it is an external server."""
    embedded = platform.find(EmbeddedPostgresql)
    return embedded.image if embedded else None


def settings(platform: Platform, **more: object) -> PodParts:
    """The environment of a program of backups.

    Args:
        platform: the release.
        more: settings beside those of all.
    """
    found = {"release": platform.release, **more}
    namespace = FieldRef(path="metadata.namespace")
    env: dict[str, EnvValue] = {"BACKUP": json.dumps(found), "POD_NAMESPACE": namespace}
    return PodParts(env=env_vars(env))


def secret_files(keys: Iterable[SecretKey]) -> PodParts:
    """Keys of Secrets as files, `<Secret>/<key>`: the pod needs no right to read Secrets."""
    items: dict[str, list[Mapping[str, str]]] = {}
    for key in keys:
        item = {"key": key.key, "path": f"{key.name}/{key.key}"}
        items.setdefault(key.name, []).append(item)
    sources = [{"secret": {"name": name, "items": found}} for name, found in items.items()]
    projected = {"sources": sources, "defaultMode": _GROUP_MAY_READ}
    return PodParts(
        volumes=({"name": "secrets", "projected": projected},),
        mounts=({"name": "secrets", "mountPath": _SECRETS, "readOnly": True},),
    )


def secrets_folder() -> str:
    """Where `secret_files` are."""
    return _SECRETS


def identity_file(key: SecretKey) -> tuple[str, PodParts]:
    """The path of the private key in the pod, and its volume."""
    volume = key.volume("identity", "identity", mode=_GROUP_MAY_READ)
    mount = {"name": "identity", "mountPath": _IDENTITY, "readOnly": True}
    return f"{_IDENTITY}/identity", PodParts(volumes=(volume,), mounts=(mount,))


def client(image: Image) -> PodParts:
    """The container that runs the database's client for the program beside it.

    Args:
        image: has a shell, and the client.
    """
    mount = {"name": CLIENT, "mountPath": _CLIENT_FOLDER}
    container = Container(
        name=CLIENT,
        image=image,
        command=("sh", "-c", _LOOP),
        mounts=(mount,),
        resources=resources(cpu="100m", memory="64Mi", memory_limit="512Mi"),
    )
    return PodParts(
        # Scripts with a password, in memory; what it dumps passes through a pipe.
        volumes=(empty_dir_volume(CLIENT, "16Mi", memory=True),),
        mounts=(mount,),
        sidecars=(container.wire(),),
        pull_secrets=tuple(image.pull_secrets),
    )


def scratch(kind: Kind, image: Image, size: str, platform: Platform) -> tuple[str, PodParts]:
    """A server of the pod's own, which only its containers reach: its URL and its container.

    It is reached by TCP: on its first start, the entrypoint of an official image sets it up with a
    server that listens to its socket alone, and soon ends.

    Args:
        kind: of the server.
        image: the official one of PostgreSQL, MySQL or MariaDB, or a compatible one.
        size: of its data, a Kubernetes quantity.
        platform: the release.
    """
    data, run = {
        "postgresql": ("/var/lib/postgresql/data", "/var/run/postgresql"),
        "mysql": ("/var/lib/mysql", "/run/mysqld"),
    }[kind]
    env = {
        "postgresql": {
            "POSTGRES_HOST_AUTH_METHOD": "trust",
            "POSTGRES_USER": "airflow",
            "POSTGRES_DB": "airflow",
            "PGDATA": f"{data}/pgdata",
        },
        "mysql": {"MYSQL_ALLOW_EMPTY_PASSWORD": "1", "MYSQL_DATABASE": "airflow"},
    }[kind]
    args = {
        # Nothing of it outlives the pod, so nothing has to reach a disk.
        "postgresql": ("postgres", "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"),
        # MariaDB does not know the X protocol, which MySQL offers to everybody.
        "mysql": ("--bind-address=127.0.0.1", "--loose-mysqlx=OFF"),
    }[kind]
    url = {
        "postgresql": "postgresql+psycopg2://airflow@127.0.0.1/airflow",
        "mysql": "mysql+mysqldb://root@127.0.0.1/airflow",
    }[kind]
    container = Container(
        name="scratch-database",
        image=image,
        args=args,
        env=env_vars(env),
        mounts=(
            {"name": "scratch", "mountPath": data},
            {"name": "scratch-socket", "mountPath": run},
            {"name": "scratch-tmp", "mountPath": "/tmp"},
        ),
        user=platform.fixed_id(_SERVER_USER),
        resources=resources(cpu="100m", memory="256Mi", memory_limit="1Gi", storage="1Gi"),
    )
    return url, PodParts(
        volumes=(
            empty_dir_volume("scratch", size),
            empty_dir_volume("scratch-socket", "16Mi"),
            empty_dir_volume("scratch-tmp", "64Mi"),
        ),
        sidecars=(container.wire(),),
        pull_secrets=tuple(image.pull_secrets),
    )

"""Servers that the user has already, in a namespace of their own: pods of the stand-in node."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .node.objects import Manifest

ELSEWHERE = "elsewhere"


def host(name: str) -> str:
    """The name by which pods of other namespaces reach a server."""
    return f"{name}.{ELSEWHERE}.svc.cluster.local"


BY_CERTIFICATE = "local all all trust\nhostssl all all all scram-sha-256 clientcert=verify-ca\n"
"""A pg_hba.conf."""

PROCESSORS = "2"
"""What a server outside the cluster has to itself: the pods that start do not starve it."""


def server(
    name: str,
    image: str,
    port: int,
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    folders: Sequence[str] = (),
    files: Mapping[str, str] | None = None,
    private: bool = False,
    replicas: int = 1,
    user: int = 999,
    namespace: str = ELSEWHERE,
    service: str = "",
) -> list[Manifest]:
    """A server of an image that the node knows.

    Args:
        name: Of its StatefulSet, and of its Service too unless `service` says another.
        image: Repository and tag.
        port: Where it listens.
        command: Arguments of the image's entrypoint.
        env: Literal environment; no secret of the bundle's cluster is needed here.
        folders: Writable folders, empty at the start.
        files: Name -> text, in ``/etc/server``.
        private: The files are for the server alone, as PostgreSQL wants it of a key.
        replicas: Number of pods, ``{name}-0`` and so on.
        user: uid of the image.
        namespace: Of all objects.
        service: The name of its Service.
    """
    labels = {"app": name}
    metadata = {"name": name, "namespace": namespace}
    service_metadata = {**metadata, "name": service or name}
    mounts = [{"name": f"folder-{i}", "mountPath": path} for i, path in enumerate(folders)]
    volumes: list[Manifest] = [{"name": mount["name"], "emptyDir": {}} for mount in mounts]
    config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": files}
    if files:
        mounts.append({"name": "files", "mountPath": "/etc/server"})
        mode = {"defaultMode": 0o440} if private else {}
        volumes.append({"name": "files", "configMap": {"name": name, **mode}})
    container = {
        "name": "server",
        "image": image,
        "args": list(command),
        "env": [{"name": key, "value": _literal(value)} for key, value in (env or {}).items()],
        "volumeMounts": mounts,
        "resources": {"requests": {"cpu": PROCESSORS}},
        "readinessProbe": {"tcpSocket": {"port": port}, "periodSeconds": 1},
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
        },
    }
    security = {"runAsUser": user, "runAsGroup": user, "fsGroup": user}
    template = {
        "metadata": {"labels": labels},
        "spec": {"securityContext": security, "containers": [container], "volumes": volumes},
    }
    spec = {
        "serviceName": service or name,
        "replicas": replicas,
        "podManagementPolicy": "Parallel",
        "selector": {"matchLabels": labels},
        "template": template,
    }
    addresses = {"clusterIP": "None", "publishNotReadyAddresses": True, "selector": labels,
                 "ports": [{"name": "server", "port": port, "targetPort": port}]}  # fmt: skip
    return [
        {"apiVersion": "v1", "kind": "Service", "metadata": service_metadata, "spec": addresses},
        {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": metadata, "spec": spec},
        *([config] if files else []),
    ]


class Authority:
    """A certificate authority of the tests' own."""

    def __init__(self, folder: Path) -> None:
        """Makes its key and certificate in a folder that is there."""
        self._folder = folder
        self._openssl("-subj", "/CN=authority", "-keyout", "ca.key", "-out", "ca.crt")

    @property
    def certificate(self) -> str:
        """Its own certificate, which those have that trust it."""
        return (self._folder / "ca.crt").read_text()

    def issue(self, name: str) -> Mapping[str, str]:
        """A certificate for a server's name or address, its key and the authority, by file name."""
        kind = "DNS" if any(letter.isalpha() for letter in name) else "IP"
        self._openssl(
            *("-subj", f"/CN={name}", "-keyout", "tls.key", "-out", "tls.crt"),
            *("-CA", "ca.crt", "-CAkey", "ca.key", "-addext", f"subjectAltName={kind}:{name}"),
            *("-addext", "basicConstraints=critical,CA:FALSE"),
        )
        files = ("ca.crt", "tls.crt", "tls.key")
        return {file: (self._folder / file).read_text() for file in files}

    def _openssl(self, *args: str) -> None:
        new = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")
        subprocess.run([*new, *args], cwd=self._folder, check=True, capture_output=True)


def certificate(folder: Path, name: str) -> Mapping[str, str]:
    """A certificate for a server's name and the authority that signed it, by file name.

    ``client.crt`` and its key are of the same authority, ``other.crt`` is another one.
    """
    ours, other = Authority(folder), folder / "other"
    other.mkdir(exist_ok=True)
    client = ours.issue("airflow")
    return {
        **{f"client.{kind}": client[f"tls.{kind}"] for kind in ("crt", "key")},
        **ours.issue(name),
        "other.crt": Authority(other).certificate,
    }


def postgresql(
    files: Mapping[str, str], *, user: str, password: str, database: str, hba: str = BY_CERTIFICATE
) -> list[Manifest]:
    """A PostgreSQL ``database`` on port 5433 that lets in who comes by TLS with a certificate."""
    env = {"POSTGRES_USER": user, "POSTGRES_PASSWORD": password, "POSTGRES_DB": database,
           "PGDATA": "/data/pgdata"}  # fmt: skip
    tls = {"ssl": "on", "ssl_cert_file": "tls.crt", "ssl_key_file": "tls.key",
           "ssl_ca_file": "ca.crt", "hba_file": "pg_hba.conf"}  # fmt: skip
    options = [
        word
        for name, value in tls.items()
        for word in ("-c", f"{name}={value}" if name == "ssl" else f"{name}=/etc/server/{value}")
    ]
    folders = ("/data", "/var/run/postgresql", "/tmp")
    return server(
        "database", "postgres:17.6", 5433, ("postgres", "-p", "5433", *options),
        env=env, folders=folders, files={**files, "pg_hba.conf": hba}, private=True,
    )  # fmt: skip


def client_secrets(files: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    """The Secrets by which a release knows a server and is known: name -> data."""
    return {
        "server-ca": {"ca.crt": files["ca.crt"], "other.crt": files["other.crt"]},
        "client": {"tls.crt": files["client.crt"], "tls.key": files["client.key"]},
    }


def _literal(value: str) -> str:
    return value.replace("$", "$$")

"""Files in the pods with CA certificates of servers, and with client certificates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey

Authority: TypeAlias = SecretKey | ConfigMapKey
"""A key with CA certificates: PEM, one or several."""

_FILE = "ca.crt"
CERTIFICATE, KEY = "tls.crt", "tls.key"
"""The entries of a Secret of type `kubernetes.io/tls`."""
# A key that others may read is refused by libpq; the kubelet makes root its owner and, by fsGroup,
# the pod's group its reader.
_KEY_MODE = 0o440


def authority_file(prefix: str) -> str:
    """Path of the CA certificates in the pods.

    Args:
        prefix: the use of the server, for example `urls.BROKER`.
    """
    return f"{_folder(prefix, 'authority')}/{_FILE}"


def authority_parts(prefix: str, ca: Authority | None) -> PodParts:
    """The volume with the CA certificates, read-only; `NOTHING` without `ca`."""
    if ca is None:
        return NOTHING
    name = _name(prefix, "authority")
    mount = {"name": name, "mountPath": _folder(prefix, "authority"), "readOnly": True}
    return PodParts(volumes=(ca.volume(name, _FILE),), mounts=(mount,))


def certificate_files(prefix: str) -> tuple[str, str]:
    """Paths of the client's certificate and its key in the pods."""
    folder = _folder(prefix, "certificate")
    return f"{folder}/{CERTIFICATE}", f"{folder}/{KEY}"


def certificate_parts(prefix: str, secret: str | None) -> PodParts:
    """The volume with both, read-only; `NOTHING` without a Secret."""
    if secret is None:
        return NOTHING
    name = _name(prefix, "certificate")
    items = [{"key": key, "path": key} for key in (CERTIFICATE, KEY)]
    source = {"secretName": secret, "items": items, "defaultMode": _KEY_MODE}
    mount = {"name": name, "mountPath": _folder(prefix, "certificate"), "readOnly": True}
    return PodParts(volumes=({"name": name, "secret": source},), mounts=(mount,))


def _name(prefix: str, what: str) -> str:
    return f"{prefix.lower().replace('_', '-')}-{what}"


def _folder(prefix: str, what: str) -> str:
    return f"/etc/cdk8s-airflow/{_name(prefix, what)}"


def authority_problems(kind: str, tls: bool, ca: Authority | None) -> Iterator[str]:
    """A `ca` of a connection that does not use TLS."""
    if ca is not None and not tls:
        yield f"{kind}(ca={ca!r}) does nothing without TLS: add tls=True"

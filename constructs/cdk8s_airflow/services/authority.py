"""The certificate authority of a server that exists already: a file in the pods that need it."""

from __future__ import annotations

from typing import TypeAlias

from cdk8s_airflow.kubernetes.parts import NOTHING, PodParts
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey

Authority: TypeAlias = SecretKey | ConfigMapKey
"""Where the certificates are: PEM, one or several."""

_FILE = "ca.crt"


def authority_file(prefix: str) -> str:
    """Path of the file in the pods.

    Args:
        prefix: what the server is to the release: `urls.BROKER` and the like.
    """
    return f"/etc/cdk8s-airflow/{_name(prefix)}/{_FILE}"


def authority_parts(prefix: str, ca: Authority | None) -> PodParts:
    """The volume with the file, read-only; nothing without an authority."""
    if ca is None:
        return NOTHING
    name = _name(prefix)
    folder = authority_file(prefix).removesuffix(f"/{_FILE}")
    return PodParts(
        volumes=(ca.volume(name, _FILE),),
        mounts=({"name": name, "mountPath": folder, "readOnly": True},),
    )


def _name(prefix: str) -> str:
    return f"{prefix.lower().replace('_', '-')}-authority"


def check_authority(kind: str, tls: bool, ca: Authority | None) -> None:
    """Checks that an authority has something to vouch for.

    Raises:
        ValueError: when the connection does not use TLS.
    """
    if ca is not None and not tls:
        raise ValueError(f"{kind}(ca={ca!r}) does nothing without TLS: add tls=True")

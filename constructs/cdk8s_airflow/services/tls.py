"""Checks of TLS options of SQL servers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk8s_airflow.kubernetes.names import object_name_problems
from cdk8s_airflow.services.authority import Authority

VERIFIES = frozenset({"verify-ca", "verify-full"})
"""Values of libpq's `sslmode` that verify the server."""
MYSQL_VERIFIES = frozenset({"VERIFY_CA", "VERIFY_IDENTITY"})
"""Values of mysqlclient's `ssl_mode` that verify the server."""
LIBPQ_ENCRYPTS = VERIFIES | {"require"}
"""Values of libpq's `sslmode` that require encryption."""
MYSQL_ENCRYPTS = MYSQL_VERIFIES | {"REQUIRED"}
"""Values of mysqlclient's `ssl_mode` that require encryption."""
_BY_CA = "give ca=SecretKey(name=..., key=...) with the CA certificates of the server"


def postgresql_problems(
    parameters: Mapping[str, str], ca: Authority | None, client_certificate: str | None
) -> Iterator[str]:
    """What is wrong with TLS to a PostgreSQL."""
    kind, mode, root = "ExternalPostgresql", parameters.get("sslmode"), "sslrootcert"
    yield from _own_files(
        kind,
        parameters,
        {root: ca, "sslcert": client_certificate, "sslkey": client_certificate},
    )
    if mode in VERIFIES and not ca and root not in parameters:
        yield (
            f"{kind}(parameters={{'sslmode': {mode!r}}}) has no CA certificate for the server, so "
            f"no process would connect: {_BY_CA}, or add {{'sslrootcert': 'system'}} to the "
            "parameters for the authorities of the image and of ca_bundle="
        )
    if ca and mode and mode not in VERIFIES:
        yield (
            f"{kind}(ca=...) has no effect with sslmode={mode!r}: expected 'verify-full', "
            "which is what it is if you leave it out, or 'verify-ca'"
        )
    if parameters.get(root) == "system" and mode not in (None, "verify-full"):
        yield (
            f"{kind}(parameters={{'sslrootcert': 'system', 'sslmode': {mode!r}}}): libpq expects "
            "'verify-full' with the authorities of the system; leave sslmode out"
        )
    yield from _unasked(kind, client_certificate, "sslmode", mode, LIBPQ_ENCRYPTS)
    if client_certificate is not None:
        yield from object_name_problems(f"{kind}.client_certificate", client_certificate)


def mysql_problems(
    parameters: Mapping[str, str], ca: Authority | None, client_certificate: str | None
) -> Iterator[str]:
    """What is wrong with TLS to a MySQL."""
    kind, mode = "ExternalMysql", parameters.get("ssl_mode")
    yield from _own_files(
        kind,
        parameters,
        {"ssl_ca": ca, "ssl_cert": client_certificate, "ssl_key": client_certificate},
    )
    if mode in MYSQL_VERIFIES and not (ca or {"ssl_ca", "ssl_capath"} & parameters.keys()):
        yield (
            f"{kind}(parameters={{'ssl_mode': {mode!r}}}) has no CA certificate for the server, "
            f"so no process would connect: {_BY_CA}; or add {{'ssl_ca': "
            "'/etc/ssl/certs/ca-certificates.crt'} to the parameters for those of the image"
        )
    if ca and mode and mode not in MYSQL_VERIFIES:
        yield (
            f"{kind}(ca=...) has no effect with ssl_mode={mode!r}: expected "
            "'VERIFY_IDENTITY', which is what it is if you leave it out, or 'VERIFY_CA'"
        )
    yield from _unasked(kind, client_certificate, "ssl_mode", mode, MYSQL_ENCRYPTS)
    if client_certificate is not None:
        yield from object_name_problems(f"{kind}.client_certificate", client_certificate)


def _own_files(
    kind: str, parameters: Mapping[str, str], props: Mapping[str, Authority | str | None]
) -> list[str]:
    return [
        f"{kind} has {'client_certificate' if isinstance(value, str) else 'ca'}= and parameters="
        f"{{{name!r}: {parameters[name]!r}}}, which names another file: give one of them"
        for name, value in props.items()
        if value is not None and name in parameters
    ]


def _unasked(
    kind: str, certificate: str | None, option: str, mode: str | None, encrypts: frozenset[str]
) -> list[str]:
    if certificate is None or mode is None or mode in encrypts:
        return []
    return [
        f"{kind}(client_certificate={certificate!r}) needs TLS, and {option}={mode!r} may do "
        f"without: expected one of {sorted(encrypts)}, or leave it out"
    ]

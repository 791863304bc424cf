"""Certificates from cert-manager."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from constructs import Construct

from cdk8s_airflow.kubernetes.labels import Labels
from cdk8s_airflow.kubernetes.names import object_name_problems
from cdk8s_airflow.kubernetes.objects import KubernetesObject
from cdk8s_airflow.kubernetes.props import Props

_DURATION = re.compile(r"(\d+h)?(\d+m)?(\d+s)?")


@dataclass(frozen=True, kw_only=True)
class Certificate(Props):
    """A certificate that cert-manager requests from an issuer, and renews.

    The bundle holds a `Certificate` object; cert-manager creates the Secret with key and
    certificate. See https://cert-manager.io/docs/reference/api-docs/
    """

    issuer: str
    """Name of the issuer, `issuerRef.name`."""
    issuer_kind: Literal["ClusterIssuer", "Issuer"] = "ClusterIssuer"
    """`issuerRef.kind`; an `Issuer` is in the release's namespace. Default: `ClusterIssuer`."""
    secret_name: str | None = None
    """Name of the Secret. Default: `{release}-{component}-tls`."""
    duration: str | None = None
    """`duration` of a certificate in hours, minutes and seconds, for example `2160h`. Default:
    cert-manager's, 90 days."""
    renew_before: str | None = None
    """`renewBefore`: how long before it expires it is renewed, for example `360h`. Default:
    cert-manager's, a third of the duration."""

    def _problems(self) -> Iterator[str]:
        yield from super()._problems()
        yield from object_name_problems("Certificate.issuer", self.issuer)
        if self.secret_name is not None:
            yield from object_name_problems("Certificate.secret_name", self.secret_name)
        for option in ("duration", "renew_before"):
            value = getattr(self, option)
            if value is not None and not (value and _DURATION.fullmatch(value)):
                yield (
                    f"Certificate.{option}={value!r}: expected hours, minutes and seconds, for "
                    "example '2160h' or '36h30m'"
                )

    def build(self, scope: Construct, labels: Labels, *, name: str, hosts: Sequence[str]) -> str:
        """Adds the object to the bundle.

        Args:
            scope: the construct that owns it.
            labels: of the component that it is for.
            name: name of the object, and of the Secret unless `secret_name` is set.
            hosts: the host names that it is for.

        Returns:
            The name of the Secret.
        """
        secret = self.secret_name or name
        KubernetesObject(
            scope,
            f"{name}-certificate",
            api_version="cert-manager.io/v1",
            kind="Certificate",
            name=name,
            labels=labels.all,
            body={
                "spec": {
                    "secretName": secret,
                    "dnsNames": list(hosts),
                    "issuerRef": {
                        "name": self.issuer,
                        "kind": self.issuer_kind,
                        "group": "cert-manager.io",
                    },
                    "duration": self.duration,
                    "renewBefore": self.renew_before,
                    "privateKey": {"rotationPolicy": "Always"},
                }
            },
        )
        return secret

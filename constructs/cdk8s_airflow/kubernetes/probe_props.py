"""Fields of a container's probes that a user sets."""

from __future__ import annotations

from dataclasses import dataclass

from cdk8s_airflow.kubernetes.objects import Manifest, wire_mapping
from cdk8s_airflow.kubernetes.props import Props
from cdk8s_airflow.kubernetes.structs import k8s

_HANDLERS = frozenset({"exec", "grpc", "httpGet", "tcpSocket"})


@dataclass(frozen=True, kw_only=True)
class ProbeProps(Props):
    """The probes of a container, of which any field may be set."""

    startup_probe: k8s.Probe | Manifest | None = None
    """Fields of the container's `startupProbe` that override the bundle's, for example
    `{"failureThreshold": 60}` on slow nodes. Default: none."""
    readiness_probe: k8s.Probe | Manifest | None = None
    """Fields of its `readinessProbe`, in the form of `startup_probe`. Default: none."""
    liveness_probe: k8s.Probe | Manifest | None = None
    """Fields of its `livenessProbe`, for example `{"timeoutSeconds": 30}`; with a handler
    (`tcpSocket` ...) it takes the place of the bundle's. Default: none."""

    def with_probes(self, container: Manifest) -> Manifest:
        """The container with these fields of its probes.

        Args:
            container: in wire form, or with structs.

        Raises:
            ValueError: for a probe that the container does not have, without a handler.
        """
        found = dict(container)
        for name in ("startup_probe", "readiness_probe", "liveness_probe"):
            given = wire_mapping(getattr(self, name) or {})
            if not given:
                continue
            field = f"{name.partition('_')[0]}Probe"
            probe = dict(wire_mapping(found.get(field) or {}))
            if _HANDLERS & given.keys():
                probe = {key: value for key, value in probe.items() if key not in _HANDLERS}
            elif not probe:
                raise ValueError(
                    f"{type(self).__name__}.{name}={given}: the container {found['name']!r} has no "
                    f"{field}, so give it a handler too: 'exec', 'httpGet' or 'tcpSocket'"
                )
            found[field] = {**probe, **given}
        return found

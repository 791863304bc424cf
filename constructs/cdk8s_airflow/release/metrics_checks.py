"""Checks of options about metrics beside `metrics=`."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.components.opentelemetry import OpenTelemetry
from cdk8s_airflow.components.statsd_exporter import StatsdExporter
from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.option_checks import roles_with_env
from cdk8s_airflow.release.options import option_value

_SET = (
    *("statsd_on", "statsd_host", "statsd_port", "statsd_prefix", "statsd_ipv6"),
    *("statsd_influxdb_enabled", "legacy_names_on"),
)
_INSTEAD = ("statsd_datadog_enabled", "otel_on")
_OTEL = tuple(
    ("metrics" if each.startswith("metrics") else "traces", each.partition(" ")[2])
    for each in (
        *("metrics otel_on", "metrics otel_host", "metrics otel_port", "metrics otel_ssl_active"),
        *("metrics otel_service", "metrics otel_interval_milliseconds", "metrics statsd_on"),
        *("metrics statsd_datadog_enabled", "metrics legacy_names_on", "traces otel_on"),
        *("traces otel_host", "traces otel_port", "traces otel_ssl_active", "traces otel_service"),
    )
)
_OTEL_VARIABLES = (
    *("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_HEADERS"),
    *("OTEL_EXPORTER_OTLP_CERTIFICATE", "OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_TRACES_EXPORTER"),
    *("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
    *("OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_METRIC_EXPORT_INTERVAL"),
    *("OTEL_SDK_DISABLED", "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"),
)
_FREE = "metrics_allow_list, metrics_block_list and statsd_disabled_tags are yours"


def metrics_problems(props: AirflowProps) -> Iterator[str]:
    """The options that would send metrics elsewhere than `metrics=` does."""
    if isinstance(props.metrics, OpenTelemetry):
        yield from _otel_problems(props)
    if not isinstance(props.metrics, StatsdExporter):
        return
    for option in (*_SET, *_INSTEAD):
        name = variable("metrics", option)
        somewhere = any(name in (role.env or {}) for role in roles_with_env(props))
        if not somewhere and option_value(props, "metrics", option) is None:
            continue
        why = (
            "is set by metrics=StatsdExporter(...)"
            if option in _SET
            else "would send metrics elsewhere than metrics=StatsdExporter(...), of which Airflow "
            "can have one"
        )
        yield f"[metrics] {option} {why}: leave it out, or leave metrics= out; {_FREE}"


def empty_dashboards(props: AirflowProps) -> Iterator[str]:
    """A warning, if nobody sends what the dashboards show."""
    if props.dashboards and not isinstance(props.metrics, StatsdExporter):
        yield (
            "dashboards=Dashboards(...) shows metrics under the names of metrics=StatsdExporter(), "
            "which the release does not have: most panels stay empty, unless an exporter of yours "
            "has its mapping"
        )


def grpc_beside_forks(props: AirflowProps) -> Iterator[str]:
    """A warning, if Airflow itself is to send by gRPC."""
    if isinstance(props.metrics, OpenTelemetry) and props.metrics.protocol == "grpc":
        yield (
            "metrics=OpenTelemetry(protocol='grpc'): Airflow forks processes for tasks, and gRPC "
            "may crash one (SIGSEGV) while its server is away; take protocol='http', or collector="
            "OtelCollector(exporters=[OtlpExporter(protocol='grpc', ...)]) with http before it"
        )


def _otel_problems(props: AirflowProps) -> Iterator[str]:
    roles = roles_with_env(props)
    for section, option in _OTEL:
        name = variable(section, option)
        somewhere = any(name in (role.env or {}) for role in roles)
        if somewhere or option_value(props, section, option) is not None:
            yield (
                f"[{section}] {option} is set by metrics=OpenTelemetry(...), or would send "
                "elsewhere: leave it out, or leave metrics= out"
            )
    for name in _OTEL_VARIABLES:
        if any(name in (env or {}) for env in (props.env, *(role.env for role in roles))):
            yield (
                f"env[{name!r}] is set by metrics=OpenTelemetry(...), or would send elsewhere: "
                "give its props, or leave metrics= out"
            )

"""Checks of options about metrics beside `metrics=`."""

from __future__ import annotations

from collections.abc import Iterator

from cdk8s_airflow.parts.config_check import variable
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.release.option_checks import roles_with_env
from cdk8s_airflow.release.options import option_value

_SET = (
    *("statsd_on", "statsd_host", "statsd_port", "statsd_prefix", "statsd_ipv6"),
    *("statsd_influxdb_enabled", "legacy_names_on"),
)
_INSTEAD = ("statsd_datadog_enabled", "otel_on")
_FREE = "metrics_allow_list, metrics_block_list and statsd_disabled_tags are yours"


def metrics_problems(props: AirflowProps) -> Iterator[str]:
    """The options that would send metrics elsewhere than to the exporter of `metrics=`."""
    if props.metrics is None:
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

"""OpenTelemetry: who sends what where, and what a collector of the release does with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import pytest
from without_node import manifests

from cdk8s_airflow import (
    AirflowProps,
    CeleryExecutor,
    ConfigMapKey,
    DagsFolder,
    KubernetesExecutor,
    OpenTelemetry,
    OtelCollector,
    OtlpExporter,
    SecretKey,
    ServiceMonitor,
    StatsdExporter,
)
from cdk8s_airflow.extension import resolve
from cdk8s_airflow.kubernetes.objects import wire_mapping
from cdk8s_airflow.kubernetes.peers import Peer
from cdk8s_airflow.kubernetes.service_monitor import PROMETHEUS
from cdk8s_airflow.parts.otel_config import BUCKETS_MS, UNBOUNDED
from cdk8s_airflow.platform import Role
from cdk8s_airflow.release.metrics_checks import grpc_beside_forks
from cdk8s_airflow.roles import LONG_RUNNING

DAGS = DagsFolder(str(Path(__file__).resolve().parents[2] / "dags"))
KEY = SecretKey(name="vendor", key="api-key")
CA = ConfigMapKey(name="site", key="ca.crt")
SERVER = OpenTelemetry(endpoint="https://otlp.example.com/otlp/")
TO_SERVER = OtelCollector(exporters=[OtlpExporter(endpoint="https://otlp.example.com:4318")])
SENDERS = {
    *(Role.API_SERVER, Role.EXECUTION_API, Role.SCHEDULER, Role.DAG_PROCESSOR),
    *(Role.TRIGGERER, Role.WORKER, Role.TASK),
}


def parts(metrics: OpenTelemetry, role: Role = Role.SCHEDULER, **props: Any) -> Any:
    given = AirflowProps(**{"dags": DAGS, "metrics": metrics, **props})
    return resolve(given, "af1", "airflow").parts(role)


def env(metrics: OpenTelemetry, role: Role = Role.SCHEDULER, **props: Any) -> dict[str, Any]:
    """The variables of OpenTelemetry, and Airflow's switches; `None`: from elsewhere."""
    found = {each.name: each.value for each in parts(metrics, role, **props).env}
    ours = ("OTEL_", "AIRFLOW__METRICS__", "AIRFLOW__TRACES__")
    return {name: value for name, value in found.items() if name.startswith(ours)}


def objects(**props: Any) -> dict[str, Any]:
    """`Kind/name` -> manifest."""
    given = AirflowProps(**{"dags": DAGS, **props})
    return {f"{o['kind']}/{o['metadata']['name']}": o for o in manifests(given)}


def config(collector: OtelCollector, **options: Any) -> Any:
    found = objects(metrics=OpenTelemetry(collector=collector, **options))
    return json.loads(found["ConfigMap/af1-otel-collector"]["data"]["config.yaml"])


# --- who sends, and where to


@pytest.mark.parametrize("role", Role)
def test_who_runs_airflows_processes_sends_by_the_variables_of_opentelemetry(role: Role) -> None:
    component = "worker" if role is Role.TASK else role.value
    # The pod of a task would be a series of its own, and without an id each process is one.
    lasting = role in LONG_RUNNING
    instance = "$(OTEL_POD)" if lasting else "task"
    attributes = f"service.instance.id={instance},airflow.instance={instance},"
    attributes += f"service.namespace=airflow,airflow.component={component}"
    named = {"OTEL_POD": None} if lasting else {}
    expected = {
        "AIRFLOW__METRICS__OTEL_ON": "True",
        "AIRFLOW__METRICS__LEGACY_NAMES_ON": "False",
        "AIRFLOW__METRICS__METRICS_BLOCK_LIST": r"^dagrun\..+\.first_task_scheduling_delay$",
        "AIRFLOW__TRACES__OTEL_ON": "True",
        "AIRFLOW__TRACES__TASK_RUNNER_FLUSH_TIMEOUT_MILLISECONDS": "5000",
        "OTEL_EXPORTER_OTLP_ENDPOINT": "https://otlp.example.com/otlp",
        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE": "cumulative",
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        "OTEL_EXPORTER_OTLP_TIMEOUT": "5",
        "OTEL_METRIC_EXPORT_INTERVAL": "60000",
        "OTEL_RESOURCE_ATTRIBUTES": attributes,
        "OTEL_SERVICE_NAME": "airflow",
        "OTEL_TRACES_EXPORTER": "otlp_proto_http",
        **named,
    }
    assert env(SERVER, role) == (expected if role in SENDERS else {})


@pytest.mark.parametrize(("protocol", "warned"), [("http", False), ("grpc", True)])
def test_grpc_beside_the_forks_of_airflow_is_a_warning(
    protocol: Literal["http", "grpc"], warned: bool
) -> None:
    metrics = OpenTelemetry(endpoint="http://otlp:4317", protocol=protocol)
    found = list(grpc_beside_forks(AirflowProps(dags=DAGS, metrics=metrics)))
    assert (
        any("may crash one (SIGSEGV) while its server is away" in each for each in found) is warned
    )


def test_grpc_is_said_to_both_of_airflows_exporters() -> None:
    found = env(OpenTelemetry(endpoint="http://otlp:4317", protocol="grpc"))
    assert found["OTEL_EXPORTER_OTLP_PROTOCOL"] == "grpc"
    assert found["OTEL_TRACES_EXPORTER"] == "otlp_proto_grpc"
    assert found["OTEL_EXPORTER_OTLP_ENDPOINT"] == "http://otlp:4317"


def test_metrics_or_traces_alone() -> None:
    traces = env(OpenTelemetry(endpoint="http://otlp:4318", metrics=False, sampling=0.25))
    assert "AIRFLOW__METRICS__OTEL_ON" not in traces
    assert traces["OTEL_TRACES_SAMPLER"] == "parentbased_traceidratio"
    assert traces["OTEL_TRACES_SAMPLER_ARG"] == "0.25"
    metrics = env(OpenTelemetry(endpoint="http://otlp:4318", traces=False, interval=15, timeout=2))
    assert not {"AIRFLOW__TRACES__OTEL_ON", "OTEL_TRACES_EXPORTER"} & metrics.keys()
    assert metrics["OTEL_METRIC_EXPORT_INTERVAL"] == "15000"
    assert metrics["OTEL_EXPORTER_OTLP_TIMEOUT"] == "2"


def test_headers_and_attributes_are_percent_encoded_and_a_secret_is_named() -> None:
    found = env(
        OpenTelemetry(
            endpoint="https://otlp.example.com",
            headers={"x-scope-orgid": "team a,b", "api-key": KEY},
            resource_attributes={"team": "a=b, c"},
            service_name="$(x)",
        )
    )
    assert found["OTEL_EXPORTER_OTLP_HEADERS"] == (
        "x-scope-orgid=team%20a%2Cb,api-key=$(OTEL_HEADER_API_KEY)"
    )
    assert found["OTEL_HEADER_API_KEY"] is None, "from the Secret"
    names = list(found)
    assert names.index("OTEL_HEADER_API_KEY") < names.index("OTEL_EXPORTER_OTLP_HEADERS")
    assert found["OTEL_RESOURCE_ATTRIBUTES"].endswith(",team=a%3Db%2C%20c")
    assert found["OTEL_SERVICE_NAME"] == "$$(x)"


def test_tls_with_a_private_authority_and_a_certificate_of_ones_own() -> None:
    metrics = OpenTelemetry(
        endpoint="https://otlp.example.com:4318", ca=CA, client_certificate="client"
    )
    found, folder = env(metrics), "/etc/cdk8s-airflow/otel"
    assert found["OTEL_EXPORTER_OTLP_CERTIFICATE"] == f"{folder}-authority/ca.crt"
    assert found["OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE"] == f"{folder}-certificate/tls.crt"
    assert found["OTEL_EXPORTER_OTLP_CLIENT_KEY"] == f"{folder}-certificate/tls.key"
    paths = {wire_mapping(mount)["mountPath"] for mount in parts(metrics, Role.TASK).mounts}
    assert {f"{folder}-authority", f"{folder}-certificate"} <= paths


@pytest.mark.parametrize(
    ("endpoint", "file"),
    [
        ("https://otlp:4318", "/opt/cdk8s-airflow-ca/joined/ca-bundle.crt"),
        ("http://otlp:4318", None),
    ],
)
def test_the_authorities_of_the_release_are_named_as_grpc_looks_for_no_file(
    endpoint: str, file: str | None
) -> None:
    found = env(OpenTelemetry(endpoint=endpoint), ca_bundle=CA)
    assert found.get("OTEL_EXPORTER_OTLP_CERTIFICATE") == file


@pytest.mark.parametrize(
    ("endpoint", "port"),
    [
        ("https://otlp.example.com", 443),
        ("http://otlp.example.com/x", 80),
        ("https://otlp.example.com:4318", 4318),
    ],
)
def test_the_way_through_the_network_is_to_the_port_of_the_server(endpoint: str, port: int) -> None:
    found = parts(OpenTelemetry(endpoint=endpoint), Role.WORKER)
    assert Peer(host="otlp.example.com", port=port) in found.peers


# --- the collector


def test_airflow_sends_to_the_collector_and_adds_nothing_up_itself() -> None:
    metrics = OpenTelemetry(collector=TO_SERVER)
    for role in (Role.SCHEDULER, Role.TASK):
        found = env(metrics, role)
        url = "http://af1-otel-collector.airflow.svc:4318"  # .svc: no proxy
        assert found["OTEL_EXPORTER_OTLP_ENDPOINT"] == url
        assert found["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] == "delta"
        assert Peer(component="otel-collector", port=4318) in parts(metrics, role).peers
    own = OpenTelemetry(collector=TO_SERVER, temporality="cumulative")
    assert env(own)["OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE"] == "cumulative"


def test_the_collector_by_tls_and_grpc() -> None:
    collector = OtelCollector(prometheus=True, tls="otel-tls", ca=CA)
    metrics = OpenTelemetry(collector=collector, protocol="grpc", traces=False)
    found = env(metrics)
    assert found["OTEL_EXPORTER_OTLP_ENDPOINT"] == "https://af1-otel-collector.airflow.svc:4317"
    assert found["OTEL_EXPORTER_OTLP_CERTIFICATE"] == "/etc/cdk8s-airflow/otel-authority/ca.crt"
    receiver = config(collector, protocol="grpc", traces=False)["receivers"]["otlp"]["protocols"]
    folder = "/etc/otel-collector-tls"
    assert receiver == {
        "grpc": {
            "endpoint": "0.0.0.0:4317",
            "tls": {
                "cert_file": f"{folder}/tls.crt",
                "key_file": f"{folder}/tls.key",
                "reload_interval": "1m",
            },
        }
    }


def test_what_it_does_with_metrics_and_traces() -> None:
    first = OtlpExporter(
        endpoint="https://otlp.example.com/", headers={"api-key": KEY, "x-tenant": "a$b"}, ca=CA
    )
    second = OtlpExporter(
        endpoint="http://tempo:4317", protocol="grpc", metrics=False, client_certificate=None
    )
    third = OtlpExporter(
        endpoint="https://mimir:443", protocol="grpc", traces=False, client_certificate="mine"
    )
    collector = OtelCollector(
        exporters=[first, second, third], prometheus=True, ttl=600, max_series=7
    )
    found = config(collector)
    own = "/etc/cdk8s-airflow/exporter-"
    assert found["exporters"] == {
        "otlp_http/0": {
            "endpoint": "https://otlp.example.com",
            "headers": {"api-key": "${env:EXPORTER_0_API_KEY}", "x-tenant": "a$$b"},
            "tls": {"ca_file": f"{own}0-authority/ca.crt"},
        },
        "otlp_grpc/1": {"endpoint": "tempo:4317", "tls": {"insecure": True}},
        "otlp_grpc/2": {
            "endpoint": "mimir:443",
            "tls": {
                "cert_file": f"{own}2-certificate/tls.crt",
                "key_file": f"{own}2-certificate/tls.key",
            },
        },
        "prometheus": {
            "endpoint": "0.0.0.0:8889",
            "metric_expiration": "600s",
            "without_scope_info": True,
        },
    }
    first_steps = ["memory_limiter", "filter/forked", "attributes/bounded", "delta_to_cumulative"]
    assert found["service"] == {
        "extensions": ["health_check"],
        "pipelines": {
            "traces": {
                "receivers": ["otlp"],
                "processors": ["memory_limiter", "batch"],
                "exporters": ["otlp_http/0", "otlp_grpc/1"],
            },
            "metrics": {
                "receivers": ["otlp"],
                "processors": [*first_steps, "batch"],
                "exporters": ["otlp_http/0", "otlp_grpc/2"],
            },
            "metrics/prometheus": {
                "receivers": ["otlp"],
                "processors": [*first_steps, "transform/histograms", "batch"],
                "exporters": ["prometheus"],
            },
        },
    }
    processors = found["processors"]
    assert processors["delta_to_cumulative"] == {"max_stale": "600s", "max_streams": 7}
    deleted = {
        (each["key"], each["action"]) for each in processors["attributes/bounded"]["actions"]
    }
    assert deleted == {(key, "delete") for key in UNBOUNDED}
    assert {"run_id", "job_id", "result", "kwargs"} <= set(UNBOUNDED), "any of them is unbounded"
    assert processors["memory_limiter"] == {
        "check_interval": "1s",
        "limit_percentage": 80,
        "spike_limit_percentage": 20,
    }
    # A forked process sends once more what its parent has not sent yet, by an id of its own.
    (condition,) = processors["filter/forked"]["metric_conditions"]
    assert condition == (
        'resource.attributes["airflow.instance"] != nil and '
        'resource.attributes["airflow.instance"] != resource.attributes["service.instance.id"]'
    )
    (statement,) = processors["transform/histograms"]["metric_statements"][0]["statements"]
    assert statement.startswith('convert_exponential_histogram_to_histogram("midpoint", [5.0, 10.0')
    assert list(BUCKETS_MS) == sorted(set(BUCKETS_MS)) and BUCKETS_MS[-1] == 24 * 3600 * 1000
    pod = objects(metrics=OpenTelemetry(collector=collector))["Deployment/af1-otel-collector"]
    (container,) = pod["spec"]["template"]["spec"]["containers"]
    assert container["env"] == [
        {
            "name": "EXPORTER_0_API_KEY",
            "valueFrom": {"secretKeyRef": {"name": "vendor", "key": "api-key"}},
        }
    ]


def test_each_component_that_a_pipeline_names_is_there_and_each_is_named() -> None:
    """The collector refuses the first, and says of the second that it is unused."""
    for collector in (TO_SERVER, OtelCollector(exporters=TO_SERVER.exporters, prometheus=True)):
        found = config(collector)
        for kind in ("receivers", "processors", "exporters"):
            pipelines = found["service"]["pipelines"].values()
            assert {name for each in pipelines for name in each[kind]} == found[kind].keys()


def test_a_configuration_of_ones_own_is_merged_into_it() -> None:
    own = {
        "exporters": {"debug": {"verbosity": "basic"}},
        "service": {"pipelines": {"traces": {"exporters": ["debug"]}}},
    }
    found = config(OtelCollector(exporters=TO_SERVER.exporters, config=own))
    assert found["exporters"].keys() == {"otlp_http/0", "debug"}
    traces = found["service"]["pipelines"]["traces"]
    assert (traces["exporters"], traces["receivers"]) == (["debug"], ["otlp"])


def test_prometheus_and_airflow_get_in_and_nobody_else() -> None:
    def ingress(**options: Any) -> Any:
        collector = OtelCollector(exporters=TO_SERVER.exporters, **options)
        found = objects(
            metrics=OpenTelemetry(collector=collector),
            executors=[CeleryExecutor(), KubernetesExecutor()],
        )
        assert ("ServiceMonitor/af1-otel-collector" in found) == ("service_monitor" in options)
        return found["NetworkPolicy/af1-otel-collector"]["spec"]["ingress"]

    (airflow,) = ingress()
    senders = {
        peer["podSelector"]["matchLabels"]["app.kubernetes.io/component"]
        for peer in airflow["from"]
    }
    assert senders == {
        *("api-server", "dag-processor", "scheduler", "task", "triggerer", "worker"),
    }
    assert airflow["ports"] == [{"port": 4318, "protocol": "TCP"}]
    _, prometheus = ingress(prometheus=True, service_monitor=ServiceMonitor())
    assert prometheus == {"from": [PROMETHEUS], "ports": [{"port": 8889, "protocol": "TCP"}]}


def test_with_ipv6_the_collector_listens_there() -> None:
    found = objects(metrics=OpenTelemetry(collector=TO_SERVER), ip_families=["IPv6"])
    text = found["ConfigMap/af1-otel-collector"]["data"]["config.yaml"]
    assert '"endpoint": "[::]:4318"' in text and '"endpoint": "[::]:13133"' in text


def test_another_configuration_restarts_the_collector_and_not_airflow() -> None:
    def pods(**options: Any) -> dict[str, Any]:
        collector = OtelCollector(exporters=TO_SERVER.exporters, **options)
        found = objects(metrics=OpenTelemetry(collector=collector))
        return {
            name: each["spec"]["template"]
            for name, each in found.items()
            if each["kind"] in ("Deployment", "StatefulSet")
        }

    before, after = pods(), pods(ttl=600)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"Deployment/af1-otel-collector"}


# --- what cannot work

BAD: Any = [
    (dict(), r"expected either endpoint='https://...', a server of yours, or collector="),
    (dict(endpoint="https://o", collector=TO_SERVER), r"expected either endpoint="),
    (dict(endpoint="otlp:4318"), r"endpoint='otlp:4318'\): expected a URL such as 'https://otlp"),
    (dict(endpoint="https://user@o:1"), r"'https://...@o:1'\): .* credentials are headers="),
    (dict(endpoint="https://o:0"), r"expected a URL such as"),
    (dict(endpoint="https://o/v1/traces"), r"leave out /v1/..., which is appended"),
    (dict(endpoint="https://o", protocol="grpc"), r"protocol='grpc' expected a port and no path"),
    (dict(endpoint="https://o:1/x", protocol="grpc"), r"expected a port and no path"),
    (dict(endpoint="https://o", headers={"a b": "c"}), r"'a b': ...\}\): expected the name"),
    (dict(endpoint="https://o", headers={"api-key": "abcd1234efgh"}), r"looks like a credential"),
    (dict(endpoint="https://o", headers={"authorization": "abcd1234"}), r"looks like a credential"),
    (dict(endpoint="http://o", ca=CA), r"\(ca=...\) does nothing with 'http://o': expected https://"),
    (dict(endpoint="http://o", client_certificate="c"), r"client_certificate=...\) does nothing"),
    (dict(endpoint="https://o", metrics=False, traces=False), r"sends nothing: leave metrics= out"),
    (dict(endpoint="https://o", sampling=1.5), r"sampling=1.5\): expected a share from 0 to 1"),
    (dict(endpoint="https://o", interval=0), r"interval=0\): expected 1 or more seconds"),
    (dict(endpoint="https://o", timeout=0), r"timeout=0\): expected 1 or more seconds"),
    (
        dict(endpoint="https://o", resource_attributes={"service.instance.id": "a"}),
        r"'service.instance.id': ...\}\) is set for each process, so that the series of tasks",
    ),
    (dict(collector=TO_SERVER, ca=CA), r"\(ca=...\) is for endpoint=: give it to OtlpExporter"),
    (dict(collector=TO_SERVER, headers={"a": "b"}), r"\(headers=...\) is for endpoint="),
    (
        dict(collector=OtelCollector(prometheus=True)),
        r"traces would end in the collector, which sends them nowhere: .* or traces=False here",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("given", "told"), BAD)
def test_what_cannot_work_is_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        OpenTelemetry(**given)


BAD_COLLECTORS: Any = [
    (dict(), r"OtelCollector\(\) would send nothing anywhere: give exporters="),
    (
        dict(exporters=TO_SERVER.exporters, service_monitor=ServiceMonitor()),
        r"service_monitor=...\) does nothing without prometheus=True",
    ),
    (
        dict(exporters=TO_SERVER.exporters, scraped_from=[PROMETHEUS]),
        r"scraped_from=...\) does nothing without prometheus=True",
    ),
    (dict(prometheus=True, scraped_from=[]), r"OtelCollector\(scraped_from=\[\]\): nobody could"),
    (dict(prometheus=True, ca=CA), r"ca=...\) does nothing without TLS: add tls="),
    (dict(prometheus=True, ttl=60), r"ttl=60\): expected 300 or more seconds"),
    (dict(prometheus=True, max_series=0), r"max_series=0\): expected 1 or more"),
    (dict(config={"recievers": {}}), r"config has 'recievers': expected one of receivers, "),
    (
        dict(config={"service": {"pipelines": {"logs": {"exporters": ["debug"]}}}}),
        r"config: the pipeline 'logs' names 'debug' of no exporters",
    ),
    (dict(config={"service": {"pipelines": {"x": {}}}}), r"pipeline 'x': expected metrics, traces"),
    (dict(config={"service": {"pipelines": {"y": 3}}}), r"pipeline 'y': expected metrics, traces"),
    (dict(config={"service": {"extensions": ["pprof"]}}), r"names 'pprof' of no extensions"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "told"), BAD_COLLECTORS)
def test_a_collector_that_cannot_work_is_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        OtelCollector(**given)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"endpoint": "o:1"}, r"OtlpExporter\(endpoint='o:1'\): expected a URL"),
        ({"endpoint": "https://o", "headers": {"": "x"}}, r"OtlpExporter\(headers=\{'': ...\}\)"),
        ({"endpoint": "http://o", "ca": CA}, r"OtlpExporter\(ca=...\) does nothing"),
        (
            {"endpoint": "http://o", "metrics": False, "traces": False},
            r"OtlpExporter\(metrics=False, traces=False\) is sent nothing: leave it out",
        ),
    ],
)
def test_an_exporter_that_cannot_work_is_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        OtlpExporter(**given)


@pytest.mark.parametrize(
    ("props", "told"),
    [
        ({"airflow_version": "3.1.8"}, r"metrics=OpenTelemetry\(...\) needs Airflow 3.2, and"),
        ({"config": {"metrics": {"otel_host": "x"}}}, r"\[metrics\] otel_host is set by metrics="),
        ({"config": {"metrics": {"statsd_on": True}}}, r"\[metrics\] statsd_on is set by metrics="),
        ({"config": {"traces": {"otel_on": False}}}, r"\[traces\] otel_on is set by metrics="),
        (
            {"env": {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x:1"}},
            r"env\['OTEL_EXPORTER_OTLP_ENDPOINT'\] is set by metrics=OpenTelemetry",
        ),
    ],
)
def test_what_would_send_elsewhere_is_refused(props: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        objects(metrics=SERVER, **props)


def test_the_lists_of_metrics_are_yours() -> None:
    name = "AIRFLOW__METRICS__METRICS_BLOCK_LIST"
    config = {"metrics": {"metrics_block_list": "ti."}}
    assert env(SERVER, config=config)[name] == "ti."
    # Airflow would warn of both in each process.
    assert name not in env(SERVER, config={"metrics": {"metrics_allow_list": "ti."}})


def test_other_variables_of_opentelemetry_are_yours() -> None:
    assert env(SERVER, env={"OTEL_BSP_SCHEDULE_DELAY": "1000"})["OTEL_BSP_SCHEDULE_DELAY"] == "1000"


def test_a_certificate_that_nobody_could_verify_is_refused() -> None:
    collector = OtelCollector(exporters=TO_SERVER.exporters, tls="otel-tls")
    told = r"OtelCollector\(tls='otel-tls'\): Airflow has no CA certificate for it .* ca_bundle="
    with pytest.raises(ValueError, match=told):
        objects(metrics=OpenTelemetry(collector=collector))
    assert objects(metrics=OpenTelemetry(collector=collector), ca_bundle=CA)


def test_statsd_refuses_opentelemetry_beside_it_for_metrics_alone() -> None:
    with pytest.raises(ValueError, match=r"\[metrics\] otel_on would send metrics elsewhere"):
        objects(metrics=StatsdExporter(), config={"metrics": {"otel_on": True}})

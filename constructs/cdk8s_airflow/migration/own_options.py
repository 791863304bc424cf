"""Options of Airflow that the library sets itself: where each goes instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk8s_airflow.migration.bundles import bundle_list
from cdk8s_airflow.migration.conversion import Rule, Target, truth
from cdk8s_airflow.migration.open_secrets import hides_login
from cdk8s_airflow.migration.own_login import auth_backends, auth_manager
from cdk8s_airflow.migration.report import Outcome, Status
from cdk8s_airflow.migration.rules import carried, changed, is_empty, plain, reference

_FLOWER_LOGIN = "Flower has a user and a password: flower.username, secrets.flowerPassword"


def _base_url(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    return Outcome("carried", target.put("baseUrl", plain(value).rstrip("/")))


def _concurrency(target: Target, value: Any) -> Outcome:
    target.conversion.concurrency = int(value)
    return Outcome("carried", "executor.workers[].concurrency")


def _capacity(target: Target, value: Any) -> Outcome:
    return Outcome("carried", target.put("triggerer.capacity", int(value)))


def _basic_auth(target: Target, value: Any) -> Outcome:
    """`user:password` of Flower, of which the first is taken."""
    made = target.conversion
    if is_empty(value):
        return Outcome("carried")
    if not made.on("flower.enabled"):
        return Outcome("dead", "", "there is no Flower")
    if isinstance(value, Mapping):
        return Outcome("changed", "secrets.flowerPassword", _FLOWER_LOGIN)
    name = made.name("flower-login")
    made.secret(name, "password", source="celery.flower_basic_auth")
    target.put("flower.username", plain(value).partition(":")[0])
    path = target.put("secrets.flowerPassword", reference(name, "password"))
    return Outcome("secret", path, f"create the Secret {name} with the key password")


def _elasticsearch(target: Target, value: Any) -> Outcome:
    """The server of Elasticsearch, which is the store of logs if there is no other."""
    made = target.conversion
    if is_empty(value):
        return Outcome("carried")
    if "store" in (made.out.get("logs") or {}):
        return Outcome("changed", "logs.store", "there is another store: give one of them")
    if isinstance(value, str) and not hides_login("host", value.rpartition("://")[2]):
        url = value if "://" in value else f"http://{value}"
        path = target.put("logs.store", {"kind": "ElasticsearchLogs", "host": url})
        return Outcome("carried", path)
    status: Status = "carried"
    host, note = value, ""
    if isinstance(value, str):
        name = made.name("migrated-elasticsearch")
        made.secret(name, "connection", source="elasticsearch.host")
        note = f"create the Secret {name} with the key connection"
        status, host = "secret", reference(name, "connection")
    target.put("logs.store", {"kind": "ElasticsearchLogs", "host": host})
    return Outcome(status, "logs.store", note)


def _flower_prefix(target: Target, value: Any) -> Outcome:
    if is_empty(value) or value == "/":
        return Outcome("carried")
    if not target.conversion.on("flower.enabled"):
        return Outcome("dead", "", "there is no Flower")
    return Outcome("carried", target.put("flower.urlPrefix", plain(value)))


def _server(option: str, key: str) -> Rule:
    """A URL with a password in `config`."""

    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        made = target.conversion
        if isinstance(value, Mapping):
            return Outcome("carried", target.put(option, value))
        name = made.name(key)
        made.secret(name, "connection", source=option)
        note = f"create the Secret {name} with the key connection"
        return Outcome("secret", target.put(option, reference(name, "connection")), note)

    return rule


def _key(option: str, key: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        if is_empty(value):
            return Outcome("carried")
        if isinstance(value, Mapping):
            return Outcome("carried", target.put(f"secrets.{option}", value))
        made = target.conversion
        name = made.name(f"migrated-{key}")
        made.secret(name, key, source=f"secrets.{option}")
        note = f"create the Secret {name} with the key {key}"
        return Outcome("secret", target.put(f"secrets.{option}", reference(name, key)), note)

    return rule


def _executor(target: Target, value: Any) -> Outcome:
    old = str(target.conversion.get("executor") or "")
    if is_empty(value) or plain(value) == old or "{{" in plain(value):
        return Outcome("carried", "executor")
    return Outcome("changed", "executor", f"the executor is {old}, as the chart's `executor` says")


def _proxy(target: Target, value: Any) -> Outcome:
    if not truth(value):
        return Outcome("carried", "", "headers of proxies are trusted where exposure says so")
    note = "with exposure= the API server trusts its proxy; others by apiServer.trustedProxies"
    return Outcome("carried", "apiServer.trustedProxies", note)


_NUMBER = changed("Services, probes and NetworkPolicies hold this number: pods keep Airflow's own")
_DAGS = carried("pods find the DAGs where their source puts them", "dags")
_KERBEROS = carried("see kerberos", "kerberos")
_TASK_IMAGE = carried("the image of task pods is that of the release", "executor.image")
_TLS = changed("TLS ends at the ingress; the pods speak HTTP")
_STATSD = carried("metrics: StatsdExporter sets it", "metrics")
_SIMPLE_USERS = changed("see auth: SimpleAuth")

OWN: Mapping[tuple[str, str], Rule] = {
    ("api", "base_url"): _base_url,
    ("webserver", "base_url"): _base_url,
    ("webserver", "enable_proxy_fix"): _proxy,
    ("fab", "enable_proxy_fix"): _proxy,
    ("webserver", "rbac"): carried("FAB's roles are always on"),
    ("webserver", "web_server_ssl_cert"): _TLS,
    ("webserver", "web_server_ssl_key"): _TLS,
    ("api", "ssl_cert"): _TLS,
    ("api", "ssl_key"): _TLS,
    ("api", "host"): carried("the API server listens on all addresses"),
    ("api", "port"): _NUMBER,
    ("webserver", "web_server_host"): carried("the API server listens on all addresses"),
    ("webserver", "web_server_port"): _NUMBER,
    ("webserver", "secret_key"): _key("apiSecretKey", "api-secret-key"),
    ("api", "secret_key"): _key("apiSecretKey", "api-secret-key"),
    ("api_auth", "jwt_secret"): _key("jwtSecret", "jwt-secret"),
    ("core", "fernet_key"): _key("fernetKey", "fernet-key"),
    ("core", "sql_alchemy_conn"): _server("database", "database"),
    ("database", "sql_alchemy_conn"): _server("database", "database"),
    ("database", "sql_alchemy_conn_async"): changed("it follows from the database", "database"),
    ("celery", "broker_url"): _server("broker", "broker"),
    ("celery", "result_backend"): _server("resultBackend", "results"),
    ("celery", "worker_concurrency"): _concurrency,
    ("celery", "worker_autoscale"): changed(
        "a worker's memory follows its concurrency; give autoscaling of pods instead"
    ),
    ("celery", "flower_url_prefix"): _flower_prefix,
    ("celery", "flower_host"): carried("Flower listens on all addresses"),
    ("celery", "flower_port"): _NUMBER,
    ("celery", "flower_basic_auth"): _basic_auth,
    ("api", "auth_backend"): auth_backends,
    ("api", "auth_backends"): auth_backends,
    ("fab", "auth_backends"): auth_backends,
    ("celery", "worker_enable_remote_control"): carried("the workers' probes need it: it is on"),
    ("core", "executor"): _executor,
    ("elasticsearch", "host"): _elasticsearch,
    ("core", "auth_manager"): auth_manager,
    ("core", "dags_folder"): _DAGS,
    ("dag_processor", "dag_bundle_config_list"): bundle_list,
    ("dag_processor", "dag_bundle_storage_path"): _DAGS,
    ("core", "execution_api_server_url"): changed("it follows from the Service of the API server"),
    ("core", "hostname_callable"): changed("probes and logs need the host names of the pods"),
    ("core", "security"): _KERBEROS,
    ("core", "remote_logging"): carried("it is [logging] remote_logging now"),
    ("core", "colored_console_log"): carried("console logs have no colours"),
    ("core", "simple_auth_manager_users"): _SIMPLE_USERS,
    ("core", "simple_auth_manager_all_admins"): _SIMPLE_USERS,
    ("core", "simple_auth_manager_passwords_file"): _SIMPLE_USERS,
    **{
        ("kerberos", option): _KERBEROS
        for option in (
            *("ccache", "forwardable", "include_ip", "keytab", "kinit_path", "principal"),
            "reinit_frequency",
        )
    },
    ("kubernetes_executor", "namespace"): carried("task pods run in the release's namespace"),
    ("kubernetes_executor", "multi_namespace_mode"): carried("see multiNamespaceMode", "executor"),
    ("kubernetes_executor", "multi_namespace_mode_namespace_list"): changed(
        "name them: KubernetesExecutor namespaces=", "executor.namespaces"
    ),
    ("kubernetes_executor", "pod_template_file"): changed(
        "task pods have the settings of KubernetesExecutor", "executor"
    ),
    ("kubernetes_executor", "worker_container_repository"): _TASK_IMAGE,
    ("kubernetes_executor", "worker_container_tag"): _TASK_IMAGE,
    ("kubernetes_executor", "airflow_configmap"): carried("pods have the options as environment"),
    ("kubernetes_executor", "airflow_local_settings_configmap"): carried(
        "see airflowLocalSettings"
    ),
    ("logging", "base_log_folder"): changed("only this folder is writable", "logs"),
    ("logging", "worker_log_server_port"): _NUMBER,
    ("logging", "trigger_log_server_port"): _NUMBER,
    ("scheduler", "enable_health_check"): carried("the probes ask it: it is on"),
    ("scheduler", "scheduler_health_check_server_host"): carried("probes reach it"),
    ("scheduler", "scheduler_health_check_server_port"): _NUMBER,
    ("scheduler", "run_duration"): changed("a scheduler runs until it is stopped"),
    ("triggerer", "capacity"): _capacity,
    ("triggerer", "default_capacity"): _capacity,
    **{
        (section, option): _STATSD
        for section in ("metrics", "scheduler")
        for option in ("statsd_on", "statsd_host", "statsd_port", "statsd_prefix")
    },
}
"""(section, option) of any Airflow from 2 on -> its rule."""

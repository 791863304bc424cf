"""The options of Airflow that the library sets itself."""

from __future__ import annotations

from collections.abc import Mapping

_LOGS = "the Services for logs and their NetworkPolicies hold this number"
_HEALTH = "the scheduler's probes ask there"
_TLS = "the probes and the workers speak plain HTTP to the api-server; TLS ends at the ingress"
_SIMPLE = "it belongs to SimpleAuthManager: use auth=SimpleAuth(...)"
_FLOWER = "Service and probes of Flower hold it"
_PROXY = "use api_server=ApiServerProps(trusted_proxies=...)"
_KERBEROS = "use kerberos=Kerberos(...)"
_NAMESPACES = "Roles hold them; use KubernetesExecutor(namespaces=[...], cluster_wide=...)"
_TASK_IMAGE = "the pod template holds it; use KubernetesExecutor(image=...)"
_DAGS = "pods find the DAGs where the source puts them; use dags="

OWNED: Mapping[tuple[str, str], str] = {
    (
        "api",
        "base_url",
    ): "use base_url= or ingress= (exposure=); probes and workers follow its path",
    ("api", "host"): "probes and Service reach the api-server on all addresses of its pod",
    ("api", "port"): "Service and probes hold this number",
    ("api", "secret_key"): "use secrets=Secrets(api_secret_key=SecretKey(...))",
    ("api", "ssl_cert"): _TLS,
    ("api", "ssl_key"): _TLS,
    ("api_auth", "jwt_secret"): "use secrets=Secrets(jwt_secret=SecretKey(...))",
    ("celery", "broker_url"): "use broker=",
    ("celery", "flower_basic_auth"): (
        "use flower=Flower(username=...) and secrets=Secrets(flower_password=...)"
    ),
    ("celery", "flower_host"): _FLOWER,
    ("celery", "flower_port"): _FLOWER,
    ("celery", "flower_url_prefix"): (
        "use flower=Flower(url_prefix=...) or ingress=Ingress(flower_path=...)"
    ),
    ("celery", "result_backend"): "use result_backend=",
    ("celery", "worker_autoscale"): (
        "a worker's memory is sized by its concurrency; use WorkerGroup(concurrency=...)"
    ),
    ("celery", "worker_concurrency"): "use WorkerGroup(concurrency=...)",
    ("celery", "worker_enable_remote_control"): "the workers' probes are a remote command",
    (
        "core",
        "auth_manager",
    ): (
        "use auth=, such as auth=Keycloak(...) or auth=AuthManager('corp.auth.CorpAuthManager'); "
        "with admin=None it may be another too"
    ),
    ("core", "dags_folder"): _DAGS,
    ("core", "execution_api_server_url"): "it follows from the Service of the api-server",
    ("core", "executor"): "use executor=",
    ("core", "fernet_key"): "use secrets=Secrets(fernet_key=SecretKey(...))",
    ("core", "hostname_callable"): (
        "the api-server fetches logs, and the probes ask, by the pods' own host names"
    ),
    ("core", "simple_auth_manager_all_admins"): _SIMPLE,
    ("core", "simple_auth_manager_passwords_file"): _SIMPLE,
    ("core", "simple_auth_manager_users"): _SIMPLE,
    ("core", "security"): _KERBEROS,
    ("dag_processor", "dag_bundle_config_list"): _DAGS,
    ("dag_processor", "dag_bundle_storage_path"): _DAGS,
    ("database", "sql_alchemy_conn"): "use database=",
    ("database", "sql_alchemy_conn_async"): "use database=",
    ("fab", "enable_proxy_fix"): _PROXY,
    ("kerberos", "ccache"): _KERBEROS,
    ("kerberos", "forwardable"): _KERBEROS,
    ("kerberos", "include_ip"): _KERBEROS,
    ("kerberos", "keytab"): _KERBEROS,
    ("kerberos", "kinit_path"): "the renewing containers run the kinit of the image",
    ("kerberos", "principal"): _KERBEROS,
    ("kerberos", "reinit_frequency"): _KERBEROS,
    ("kubernetes_executor", "multi_namespace_mode"): _NAMESPACES,
    ("kubernetes_executor", "multi_namespace_mode_namespace_list"): _NAMESPACES,
    ("kubernetes_executor", "namespace"): _NAMESPACES,
    ("kubernetes_executor", "pod_template_file"): "use the props of KubernetesExecutor(...)",
    ("kubernetes_executor", "worker_container_repository"): _TASK_IMAGE,
    ("kubernetes_executor", "worker_container_tag"): _TASK_IMAGE,
    ("logging", "base_log_folder"): "only this folder is writable; use logs=",
    ("logging", "trigger_log_server_port"): _LOGS,
    ("logging", "worker_log_server_port"): _LOGS,
    ("scheduler", "enable_health_check"): _HEALTH,
    ("scheduler", "scheduler_health_check_server_host"): _HEALTH,
    ("scheduler", "scheduler_health_check_server_port"): _HEALTH,
    ("triggerer", "capacity"): "use triggerer=TriggererProps(capacity=...)",
}
"""(section, option) -> why the user may not set it, and what to use instead."""

"""`cdk8s-airflow migrate` changes no meaning: what values of real deployments have shown."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from cdk8s_airflow.migration.known import chart
from cdk8s_airflow.migration.migrate import Migration, migrate
from cdk8s_airflow.migration.report import Outcome

Family = Literal["official", "community"]


def migrated(text: str, family: Family = "official", *, adopt: bool = False) -> Migration:
    return migrate(text, family=family, release="old", adopt=adopt)


def outcome(made: Migration, key: str) -> Outcome:
    found = made.report.get(key)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("family", "text", "sections"),
    [
        (
            "official",
            "executor: CeleryExecutor\nflower: {enabled: false}\npgbouncer: {enabled: false}\n"
            "databaseCleanup: {enabled: false}\nstatsd: {enabled: false}",
            ("flower", "pgbouncer", "databaseCleanup", "metrics"),
        ),
        (
            "community",
            "airflow: {executor: CeleryExecutor}\nflower: {enabled: false}\n"
            "pgbouncer: {enabled: false}\ndbCleanup: {enabled: false}",
            ("flower", "pgbouncer", "databaseCleanup", "metrics"),
        ),
    ],
)
def test_what_is_off_stays_off(family: Family, text: str, sections: tuple[str, ...]) -> None:
    assert not set(sections) & set(migrated(text, family).values)


def test_what_is_on_with_its_defaults_stays_on() -> None:
    made = migrated("executor: CeleryExecutor\nflower: {enabled: true}")
    assert made.values["flower"] == {}
    made = migrated("airflow: {executor: CeleryExecutor}\ndbCleanup: {enabled: true}", "community")
    found = {key: made.values[key] for key in ("flower", "pgbouncer", "databaseCleanup")}
    assert found == {"flower": {}, "pgbouncer": {}, "databaseCleanup": {}}


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        ('["bash", "-c", "exec airflow scheduler"]', "carried", "the process is the same"),
        ('["bash", "-c", "exec \\\\\\nairflow scheduler"]', "carried", "the process is the same"),
        ('["airflow", "scheduler"]', "carried", "the process is the same"),
        ('["bash", "-c", "exec airflow scheduler --pid /a"]', "changed", "without --pid"),
        (
            '["bash", "-c", "pip install a && exec airflow scheduler"]',
            "changed",
            "extraPackages installs packages",
        ),
        ('["bash", "-c", "pip install a; exec airflow scheduler"]', "changed", "is left out"),
        ('["bash", "-c", "/start.sh"]', "dropped", "give a patch"),
    ],
)
def test_a_command_is_the_same_only_if_it_does_nothing_else(
    args: str, status: str, words: str
) -> None:
    made = migrated(f"executor: LocalExecutor\nscheduler: {{args: {args}}}")
    found = outcome(made, "scheduler.args")
    assert (found.status, words in found.note) == (status, True), found


def test_queues_and_concurrency_of_a_command_of_workers_are_options() -> None:
    made = migrated(
        'executor: CeleryExecutor\nworkers: {args: ["bash", "-c", "exec airflow celery worker '
        '-q default,io --concurrency=4 --without-gossip"]}'
    )
    (group,) = made.values["executor"]["workers"]
    assert group == {"queues": ["default", "io"], "concurrency": 4}
    assert outcome(made, "workers.args").status == "changed"
    assert "without --without-gossip" in outcome(made, "workers.args").note


def test_a_login_before_a_host_is_a_secret() -> None:
    made = migrated(
        "airflow: {executor: CeleryExecutor, config: "
        '{AIRFLOW__ELASTICSEARCH__HOST: "elastic:open-sesame@es.example:9200", '
        'PROXY_URL: "proxy:open-sesame@proxy.example:3128"}}',
        "community",
    )
    assert "open-sesame" not in str(made.values)
    assert made.values["logs"]["store"] == {
        "kind": "ElasticsearchLogs",
        "host": {"kind": "SecretKey", "name": "old-migrated-elasticsearch", "key": "connection"},
    }
    assert made.values["env"]["PROXY_URL"]["name"] == "old-environment"
    made = migrated("executor: LocalExecutor\nenv: [{name: MAIL_HOST, value: 'mail:25'}]")
    assert made.values["env"] == {"MAIL_HOST": "mail:25"}


def test_the_store_of_logs_is_said_once() -> None:
    made = migrated(
        "executor: LocalExecutor\nelasticsearch: {enabled: true, connection: {host: es}}\n"
        "config: {logging: {remote_logging: 'True', logging_level: INFO}}\n"
    )
    assert made.values["config"]["logging"] == {"logging_level": "INFO"}


BUNDLES = """[{"name": "a", "classpath": "airflow.providers.git.bundles.git.GitDagBundle",
  "kwargs": {"repo_url": "https://git.example/a.git", "tracking_ref": "prod", "subdir": "dags",
             "git_conn_id": "git"}}]"""


@pytest.mark.parametrize(
    ("family", "values"),
    [
        ("official", {"config": {"dag_processor": {"dag_bundle_config_list": BUNDLES}}}),
        (
            "official",
            {"env": [{"name": "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST", "value": BUNDLES}]},
        ),
        (
            "community",
            {"airflow": {"config": {"AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": BUNDLES}}},
        ),
    ],
)
def test_bundles_of_git_are_the_source_wherever_they_stand(
    family: Family, values: dict[str, Any]
) -> None:
    import yaml

    made = migrated(yaml.safe_dump(values), family)
    assert made.values["dags"] == {
        "kind": "GitDags",
        "repository": "https://git.example/a.git",
        "ref": "prod",
        "name": "a",
        "subdirectory": "dags",
        "credentials": {
            "kind": "GitToken",
            "token": {"kind": "SecretKey", "name": "old-git-a", "key": "token"},
        },
    }


def test_a_bundle_whose_url_only_a_connection_knows_is_told() -> None:
    text = BUNDLES.replace('"repo_url": "https://git.example/a.git", ', "").replace("\n", " ")
    made = migrated(f"config: {{dag_processor: {{dag_bundle_config_list: '{text}'}}}}")
    assert any("Name the repository of the bundle `a`" in step for step in made.report.steps)


@pytest.mark.parametrize(
    ("given", "new", "status"),
    [
        (
            "airflow.api.auth.backend.basic_auth,airflow.api.auth.backend.session",
            "airflow.providers.fab.auth_manager.api.auth.backend.basic_auth,"
            "airflow.providers.fab.auth_manager.api.auth.backend.session",
            "carried",
        ),
        ("airflow.api.auth.backend.default", None, "changed"),
        ("own.backend", "own.backend", "carried"),
    ],
)
def test_modules_of_the_api_have_the_names_of_airflow_3(
    given: str, new: str | None, status: str
) -> None:
    """Airflow 3 has no module airflow.api.auth: the API server would not start."""
    made = migrated(f"config: {{api: {{auth_backends: '{given}'}}}}")
    assert (made.values.get("config") or {}).get("fab", {}).get("auth_backends") == new
    assert outcome(made, "config.api.auth_backends").status == status


def test_the_fab_auth_manager_of_any_airflow_is_the_default() -> None:
    old = "airflow.auth.managers.fab.fab_auth_manager.FabAuthManager"
    made = migrated(f"config: {{core: {{auth_manager: {old}}}}}")
    assert "auth" not in made.values


def test_variables_of_git_sync_that_are_flags_are_options() -> None:
    made = migrated(
        "dags: {gitSync: {enabled: true, repo: 'https://git.example/a.git', branch: main, env: ["
        "{name: GITSYNC_SUBMODULES, value: 'off'}, {name: GIT_SYNC_DEPTH, value: '1'}, "
        "{name: GITSYNC_REF, value: other}, {name: GITSYNC_ROOT, value: /git}, "
        "{name: HTTPS_PROXY, value: 'http://proxy.example:3128'}]}}"
    )
    dags = made.values["dags"]
    assert (dags["submodules"], dags["depth"], dags["ref"]) == (False, 1, "main")
    assert dags["env"] == {"HTTPS_PROXY": "http://proxy.example:3128"}
    note = outcome(made, "dags.gitSync.env").note
    assert "GITSYNC_ROOT: the bundle sets it" in note
    assert "GITSYNC_REF: the chart gives the flag, dags.ref" in note


def test_a_login_from_a_configmap_comes_from_a_secret() -> None:
    made = migrated(
        "airflow: {connections: [{id: s, type: sftp, login: '${U}'}], "
        "connectionsTemplates: {U: {kind: configmap, name: c, key: u}}}",
        "community",
    )
    assert made.values["connections"]["s"]["login"] == {
        "kind": "SecretKey",
        "name": "old-connections",
        "key": "s-login",
    }
    assert [each.source for each in made.report.secrets if "connections" in each.name] == [
        "ConfigMap c"
    ]


def test_slots_by_the_clock_are_told() -> None:
    made = migrated(
        "airflow: {pools: [{name: a, slots: 2, policies: [{name: n, slots: 9}]}]}", "community"
    )
    assert outcome(made, "airflow.pools").status == "changed"
    assert "a: slots do not follow the clock" in outcome(made, "airflow.pools").note


def test_affinity_selects_pods_by_the_labels_that_they_have_here() -> None:
    made = migrated("""
        executor: CeleryExecutor
        scheduler:
          affinity:
            podAntiAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: zone
                  labelSelector:
                    matchLabels: {tier: airflow, release: old, component: webserver}
              preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 1
                  podAffinityTerm:
                    topologyKey: host
                    labelSelector:
                      matchExpressions:
                        - {key: component, operator: In, values: [scheduler, webserver]}
                        - {key: component, operator: NotIn, values: [kafka]}
                        - {key: release, operator: Exists}
            podAffinity:
              requiredDuringSchedulingIgnoredDuringExecution:
                - topologyKey: zone
                  labelSelector: {matchLabels: {component: kafka}}
    """)
    apart = made.values["scheduler"]["affinity"]["podAntiAffinity"]
    (required,) = apart["requiredDuringSchedulingIgnoredDuringExecution"]
    label = "app.kubernetes.io"
    assert required["labelSelector"]["matchLabels"] == {
        f"{label}/name": "airflow",
        f"{label}/instance": "old",
        f"{label}/component": "api-server",
    }
    (preferred,) = apart["preferredDuringSchedulingIgnoredDuringExecution"]
    assert preferred["podAffinityTerm"]["labelSelector"]["matchExpressions"] == [
        {
            "key": f"{label}/component",
            "operator": "In",
            "values": ["scheduler", "api-server"],
        },
        {"key": "component", "operator": "NotIn", "values": ["kafka"]},
        {"key": f"{label}/instance", "operator": "Exists"},
    ]
    near = made.values["scheduler"]["affinity"]["podAffinity"]
    (kafka,) = near["requiredDuringSchedulingIgnoredDuringExecution"]
    assert kafka["labelSelector"] == {"matchLabels": {"component": "kafka"}}


def test_the_login_of_flower_is_a_secret_and_a_name() -> None:
    made = migrated(
        "airflow: {executor: CeleryExecutor, config: "
        "{AIRFLOW__CELERY__FLOWER_BASIC_AUTH: 'ops:open-sesame'}}",
        "community",
    )
    assert made.values["flower"]["username"] == "ops"
    assert made.values["secrets"]["flowerPassword"]["name"] == "old-flower-login"
    assert "open-sesame" not in str(made.values)


def test_servers_in_a_login_file_are_those_that_may_be_reached() -> None:
    text = 'AUTH_TYPE = AUTH_LDAP\\nAUTH_LDAP_SERVER = "ldaps://ad.example:3269"\\n'
    made = migrated(f'airflowVersion: 2.10.5\nwebserver: {{webserverConfig: "{text}"}}'.replace(
        '"ldaps://ad.example:3269"', "'ldaps://ad.example:3269'"
    ))  # fmt: skip
    assert made.values["auth"]["urls"] == ["ldaps://ad.example:3269"]
    text = text.replace("AUTH_LDAP", "AUTH_DB").replace("ldaps://", "")
    made = migrated("airflowVersion: 2.10.5\nwebserver: {webserverConfig: 'AUTH_TYPE = AUTH_DB'}")
    assert made.values["auth"]["urls"] == []
    made = migrated("airflowVersion: 2.10.5\nwebserver: {webserverConfig: 'T = AUTH_OAUTH'}")
    assert "urls" not in made.values["auth"]


CHART_SECRETS = frozenset(
    {
        *("api-secret-key", "broker-url", "elasticsearch", "fernet-key", "flower", "jwt-secret"),
        *("kerberos-keytab", "metadata", "opensearch", "pgbouncer-certificates"),
        *("pgbouncer-config", "pgbouncer-stats", "redis-password", "registry", "result-backend"),
        *("ssh-secret", "webserver-secret-key", "config-envs", "known-hosts"),
    }
)
"""Secrets of the old charts, without the release."""


@pytest.mark.parametrize(
    ("family", "text"),
    [
        (
            "official",
            """
            executor: CeleryExecutor
            fernetKey: "1"
            webserverSecretKey: "2"
            postgresql: {enabled: false}
            redis: {enabled: false}
            data:
              metadataConnection: {host: db, pass: "3"}
              resultBackendConnection: {host: db, pass: "4"}
              brokerUrl: "redis://:5@redis:6379/0"
            pgbouncer: {enabled: true, sslmode: verify-ca, ssl: {ca: "6"}}
            flower: {enabled: true, password: "7"}
            dags: {gitSync: {enabled: true, repo: "git@git.example:a.git", sshKey: "8"}}
            elasticsearch: {enabled: true, connection: {host: es, user: a, pass: "9"}}
            """,
        ),
        (
            "community",
            "airflow: {executor: CeleryExecutor}\nredis: {enabled: false}\n"
            "externalRedis: {host: r, password: p}\npostgresql: {enabled: false}\n"
            "externalDatabase: {host: d, password: q}",
        ),
    ],
)
def test_no_secret_to_create_has_the_name_of_one_that_the_chart_has_made(
    family: Family, text: str
) -> None:
    """It would be there already, and go with the old release."""
    made = migrated(text, family)
    names = {each.name.removeprefix("old-") for each in made.report.secrets}
    assert len(names) > 2
    assert not names & CHART_SECRETS


@pytest.mark.parametrize(
    ("text", "old_service"),
    [
        ("airflow: {executor: LocalExecutor}", "old-web"),
        ("airflow: {executor: LocalExecutor, image: {tag: 2.8.4-python3.9}}", "old-web"),
        ("airflow: {executor: LocalExecutor, image: {tag: 3.1.8}}", ""),
        ("airflow: {executors: [LocalExecutor], jwtSecret: a}", ""),
    ],
)
def test_a_release_of_the_community_keeps_the_name_of_its_ui(text: str, old_service: str) -> None:
    made = migrated(text, "community", adopt=True)
    names = [each["metadata"]["name"] for each in made.values.get("extraManifests", [])]
    assert names == ([old_service] if old_service else [])


def test_the_old_name_of_the_ui_has_the_old_port() -> None:
    text = "airflow: {executor: LocalExecutor}\nweb: {service: {externalPort: 80}}"
    made = migrated(text, "community", adopt=True)
    (service,) = made.values["extraManifests"]
    assert service["spec"]["ports"] == [{"name": "airflow-ui", "port": 80, "targetPort": 8080}]


def test_servers_of_sub_charts_go_with_their_secrets_after_the_dump() -> None:
    """Secret and Service of the new server have the same names."""
    made = migrated("executor: CeleryExecutor", adopt=True)
    (step,) = [each for each in made.report.steps if each.startswith("Once the dump")]
    assert (
        "rolebinding,secret --namespace airflow --selector app.kubernetes.io/name=postgresql"
        in step
    )
    made = migrated("airflow: {executor: CeleryExecutor}", "community", adopt=True)
    steps = [each for each in made.report.steps if each.startswith("Once the dump")]
    assert ["app=postgresql,release=old" in steps[0], "app=redis,release=old" in steps[1]] == [
        True,
        True,
    ]
    made = migrated("postgresql: {enabled: false}", adopt=True)
    assert not [each for each in made.report.steps if each.startswith("Once the dump")]


def test_autoscalers_go_first_as_they_would_start_pods_again() -> None:
    made = migrated("executor: CeleryExecutor\nworkers: {keda: {enabled: true}}", adopt=True)
    assert any("kubectl delete scaledobject,deployment," in step for step in made.report.steps)


@pytest.mark.parametrize(
    ("family", "text", "told"),
    [
        ("official", "executor: LocalExecutor", True),
        ("official", "createUserJob: {defaultUser: {password: own-1}}", False),
        ("official", "webserver: {defaultUser: {enabled: false}}", False),
        ("community", "airflow: {executor: LocalExecutor}", True),
        ("community", "airflow: {users: []}", False),
    ],
)
def test_a_user_with_a_public_password_stays_and_is_told(
    family: Family, text: str, told: bool
) -> None:
    steps = migrated(text, family).report.steps
    assert any("with the password `admin`" in step for step in steps) is told


def test_a_switch_that_is_off_turns_nothing_on() -> None:
    """An empty section is one that is on with its defaults."""

    def on(made: Migration) -> set[str]:
        return {key for key, value in made.values.items() if value == {}}

    families: tuple[Family, ...] = ("official", "community")
    for family in families:
        usual = on(migrated("", family))
        for key in chart(family).keys:
            section, _, switch = key.partition(".")
            if switch == "enabled":
                made = migrated(f"{section}: {{enabled: false}}", family)
                assert on(made) <= usual, key


def test_accounts_with_another_name_are_told_to_clouds() -> None:
    role = "serviceAccount: {annotations: {eks.amazonaws.com/role-arn: a}}"
    made = migrated(
        f"airflowVersion: 2.10.5\nexecutor: KubernetesExecutor\nwebserver: {{{role}}}\n"
        f"workers: {{{role}}}\nscheduler: {{{role}}}"
    )
    told = [each for each in made.report.steps if "trust policies" in each]
    assert [step.partition(" has the")[0] for step in told] == [
        "The ServiceAccount `old-task`",
        "The ServiceAccount `old-api-server`",
    ]
    named = role.replace("{annotations", "{name: own, annotations")
    made = migrated(f"airflowVersion: 2.10.5\nwebserver: {{{named}}}")
    assert not [each for each in made.report.steps if "trust policies" in each]


@pytest.mark.parametrize("keda", [True, False])
def test_a_url_that_keda_reads_too_names_no_driver(keda: bool) -> None:
    made = migrated(
        "executor: CeleryExecutor\npostgresql: {enabled: false}\ndata: {metadataSecretName: m}\n"
        f"workers: {{keda: {{enabled: {str(keda).lower()}}}}}"
    )
    (step,) = [each for each in made.report.steps if "a whole SQLAlchemy URL" in each]
    assert ("takes `postgresql://` alone" in step) is keda

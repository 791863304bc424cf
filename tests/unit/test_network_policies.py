"""NetworkPolicies: they follow from the settings, and their options."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
from cdk8s import App
from network_table import BUNDLE, DOCUMENT, policies_of, table, with_table

from cdk8s_airflow import (
    AirflowChart,
    AirflowProps,
    CeleryExecutor,
    ConfigMapKey,
    Connection,
    DagsFolder,
    ExposedService,
    ExternalPostgresql,
    ExternalRedis,
    Flower,
    GitDags,
    GitSshKey,
    Ingress,
    Kerberos,
    NetworkPolicies,
    Peer,
    RedisSentinel,
    SchedulerProps,
    SecretKey,
    WorkerGroup,
)
from cdk8s_airflow.checks.bundle import Bundle, Manifest
from cdk8s_airflow.kubernetes.address_ranges import ALL_PODS
from cdk8s_airflow.parts.network_policies import UserRole
from cdk8s_airflow.parts.peers import peers_in
from cdk8s_airflow.testing.synth import synthesize

DAGS = DagsFolder(str(Path(__file__).parents[2] / "dags"))
KEY = SecretKey(name="mine", key="it")
CONTROLLER = {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "proxies"}}}
DNS = {"ports": [{"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}]}


def bundle_of(tmp_path: Path, **props: Any) -> Bundle:
    def build(app: App) -> None:
        settings = AirflowProps(**{"dags": DAGS, **props})
        AirflowChart(app, "af1", namespace="airflow", props=settings)

    return synthesize(build, tmp_path, external=["Secret/mine"] if "'mine'" in repr(props) else [])


def rules(bundle: Bundle, component: str, direction: str) -> list[Manifest]:
    policy = bundle.one("NetworkPolicy", f"af1-{component}")
    found: list[Manifest] = policy["spec"].get(direction, [])
    return found


def named(bundle: Bundle, component: str, direction: str) -> dict[str, set[int]]:
    """Component on the other side -> ports."""
    found: dict[str, set[int]] = {}
    for rule in rules(bundle, component, direction):
        for peer in rule.get("to" if direction == "egress" else "from") or []:
            other = peer["podSelector"]["matchLabels"]["app.kubernetes.io/component"]
            found.setdefault(other, set()).update(port["port"] for port in rule["ports"])
    return found


def outside(bundle: Bundle, component: str) -> set[tuple[int, str]]:
    """Ports that a component reaches at any address, DNS left out."""
    assert rules(bundle, component, "egress")[0] == DNS
    return {
        (port["port"], port["protocol"])
        for rule in rules(bundle, component, "egress")[1:]
        for port in rule.get("ports") or []
        if "to" not in rule or ALL_PODS in rule["to"]
    }


def test_each_component_reaches_its_peers_and_is_reached_by_them(tmp_path: Path) -> None:
    groups = [WorkerGroup(), WorkerGroup(name="gpu", queues=["gpu"])]
    bundle = bundle_of(tmp_path, executor=CeleryExecutor(workers=groups), flower=Flower())
    assert named(bundle, "api-server", "egress") == {
        "postgresql": {5432},
        "triggerer": {8794},
        "worker": {8793},
        "worker-gpu": {8793},
    }
    assert named(bundle, "api-server", "ingress") == {
        "create-admin": {8080},
        "worker": {8080},
        "worker-gpu": {8080},
    }
    assert set(named(bundle, "redis", "ingress")) == {"flower", "scheduler", "worker", "worker-gpu"}
    assert set(named(bundle, "postgresql", "ingress")) == {
        *("api-server", "create-admin", "dag-processor"),
        *("migrations", "scheduler", "triggerer"),
    }
    assert rules(bundle, "postgresql", "egress") == [DNS]
    assert rules(bundle, "flower", "ingress") == []


def test_only_the_pod_with_a_token_reaches_the_kubernetes_api(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path)
    assert outside(bundle, "bootstrap") == {(443, "TCP"), (6443, "TCP")}
    assert outside(bundle, "scheduler") == set()


PROVIDERS = "airflow.providers"
METADATA = {"169.254.169.254", "169.254.170.23", "100.100.100.200", "fd00:ec2::254"}
"""AWS, Azure, Google Cloud, Oracle; EKS Pod Identity; Alibaba Cloud; AWS by IPv6."""
PRIVATE = {"10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd12::1"}
PUBLIC = {"93.184.216.34", "2606:2800:220:1::1"}


def reached(bundle: Bundle, component: str) -> set[str]:
    """Which of the addresses above pods reach on any port."""
    blocks = [
        peer["ipBlock"]
        for rule in rules(bundle, component, "egress")
        for peer in rule.get("to", ())
        if "ports" not in rule and "ipBlock" in peer
    ]
    if {} in rules(bundle, component, "egress"):
        return METADATA | PRIVATE | PUBLIC
    return {
        text
        for text in METADATA | PRIVATE | PUBLIC
        for block in blocks
        if ip_address(text) in ip_network(block["cidr"])
        and not any(ip_address(text) in ip_network(each) for each in block["except"])
    }


def test_tasks_may_connect_anywhere_and_nobody_else_may(tmp_path: Path) -> None:
    """Not to the metadata services of clouds: a task would get the rights of its node."""
    bundle = bundle_of(tmp_path)
    for component in ("api-server", "dag-processor", "migrations", "scheduler", "triggerer"):
        assert reached(bundle, component) == set(), component
    assert reached(bundle, "worker") == PRIVATE | PUBLIC
    assert any(ALL_PODS in rule.get("to", ()) for rule in rules(bundle, "worker", "egress"))


@pytest.mark.parametrize("role", ["dag-processor", "triggerer", "worker"])
def test_user_egress_says_whose_code_may_connect_anywhere(role: UserRole, tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, network_policies=NetworkPolicies(user_egress=[role]))
    for each in ("dag-processor", "triggerer", "worker"):
        assert reached(bundle, each) == (PRIVATE | PUBLIC if each == role else set())


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"user_egress_to": "everything"}, PRIVATE | PUBLIC),
        ({"user_egress_to": "public"}, PUBLIC),
        ({"user_egress_to": "nothing"}, set()),
        ({"metadata_services": True}, METADATA | PRIVATE | PUBLIC),
    ],
)
def test_what_tasks_may_connect_to_is_one_of_three_words(
    options: dict[str, Any], expected: set[str], tmp_path: Path
) -> None:
    bundle = bundle_of(tmp_path, network_policies=NetworkPolicies(**options))
    assert reached(bundle, "worker") == expected


def test_a_server_on_port_80_opens_no_metadata_service(tmp_path: Path) -> None:
    for opened in (False, True):
        bundle = bundle_of(
            tmp_path,
            env={"INDEX": "http://index.example.com/"},
            network_policies=NetworkPolicies(metadata_services=opened),
        )
        (rule,) = (
            rule
            for rule in rules(bundle, "scheduler", "egress")
            if {"port": 80, "protocol": "TCP"} in rule.get("ports", ())
        )
        assert ("to" in rule) is not opened
        if not opened:
            assert "169.254.0.0/16" in rule["to"][0]["ipBlock"]["except"]


def test_servers_elsewhere_are_reached_on_their_port_or_their_address(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        database=ExternalPostgresql(host="db.example.com", port=6432),
        broker=ExternalRedis(host="fd00::17"),
    )
    redis = {"to": [{"ipBlock": {"cidr": "fd00::17/128"}}]}
    assert outside(bundle, "scheduler") == {(6432, "TCP")}
    assert redis in [
        {key: rule[key] for key in ("to",) if key in rule}
        for rule in rules(bundle, "scheduler", "egress")
    ]
    assert outside(bundle, "migrations") == {(6432, "TCP")}


def test_networks_of_a_host_take_the_place_of_any_address(tmp_path: Path) -> None:
    networks = {
        "db.example.com": ["10.1.0.0/16", "fd00:1::/64"],
        "kubernetes.default.svc": ["10.0.0.1/32"],
    }
    bundle = bundle_of(
        tmp_path,
        database=ExternalPostgresql(host="db.example.com"),
        network_policies=NetworkPolicies(hosts=networks),
    )
    blocks = [{"ipBlock": {"cidr": cidr}} for cidr in networks["db.example.com"]]
    assert rules(bundle, "scheduler", "egress")[1] == {
        "to": blocks,
        "ports": [{"port": 5432, "protocol": "TCP"}],
    }
    assert rules(bundle, "bootstrap", "egress")[1]["to"] == [{"ipBlock": {"cidr": "10.0.0.1/32"}}]


def test_a_ticket_is_had_where_krb5_conf_says(tmp_path: Path) -> None:
    def kerberos(config: str | ConfigMapKey) -> Kerberos:
        roles: Any = ["dag-processor"]
        return Kerberos(principal="airflow", keytab=KEY, config=config, roles=roles)

    text = "[realms]\nEXAMPLE = {\n  kdc = a.example.com:750\n  kdc = b.example.com\n}\n"
    both = {(port, protocol) for port in (88, 750) for protocol in ("TCP", "UDP")}
    assert outside(bundle_of(tmp_path, kerberos=kerberos(text)), "dag-processor") == both
    bundle = bundle_of(tmp_path, kerberos=kerberos("[libdefaults]"))
    assert outside(bundle, "dag-processor") == {(88, "TCP"), (88, "UDP")}


def test_a_url_that_only_a_secret_knows_may_lead_anywhere(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path, database=KEY)
    assert reached(bundle, "scheduler") == PRIVATE | PUBLIC
    assert rules(bundle, "redis", "egress") == [DNS]


def test_a_sentinel_tells_of_servers_on_the_port_of_redis(tmp_path: Path) -> None:
    broker = RedisSentinel(hosts=["a.example.com", "b.example.com:5000"], master_name="m")
    bundle = bundle_of(tmp_path, broker=broker)
    assert outside(bundle, "scheduler") == {(26379, "TCP"), (5000, "TCP"), (6379, "TCP")}


@pytest.mark.parametrize(
    ("repository", "port"),
    [
        ("https://git.example.com/dags.git", 443),
        ("https://git.example.com:8443/dags.git", 8443),
        ("http://git.example.com/dags.git", 80),
        ("ssh://git@git.example.com:2222/dags.git", 2222),
        ("git@git.example.com:team/dags.git", 22),
    ],
)
def test_repositories_are_reached_where_dags_are_parsed_and_run(
    repository: str, port: int, tmp_path: Path
) -> None:
    ssh = GitSshKey(key=KEY, known_hosts=KEY) if "git@" in repository else None
    bundle = bundle_of(tmp_path, dags=GitDags(repository=repository, credentials=ssh))
    assert outside(bundle, "dag-processor") == {(port, "TCP")}
    assert outside(bundle, "worker") == {(port, "TCP")}
    assert outside(bundle, "scheduler") == set()


def test_options_environment_and_connections_name_further_servers(tmp_path: Path) -> None:
    bundle = bundle_of(
        tmp_path,
        config={"metrics": {"statsd_host": "statsd.example.com"}},
        env={"PROXY": "http://proxy.example.com:3128"},
        scheduler=SchedulerProps(env={"EXAMPLE": "https://api.example.com/"}),
        connections={
            "one": Connection(conn_type="mysql", host="a.example.com", port=3306),
            "two": Connection(conn_type="http", host="https://b.example.com/v1"),
            "three": Connection(conn_type="http", host="http://c.example.com", port=81),
        },
    )
    everywhere = {(8125, "UDP"), (3128, "TCP")}
    assert outside(bundle, "scheduler") == everywhere | {(443, "TCP")}
    assert outside(bundle, "triggerer") == everywhere | {(3306, "TCP"), (443, "TCP"), (81, "TCP")}
    assert outside(bundle, "api-server") == everywhere


def test_nobody_outside_reaches_the_api_server_unless_users_come(tmp_path: Path) -> None:
    everyone = {"ports": [{"port": 8080, "protocol": "TCP"}]}
    assert everyone not in rules(bundle_of(tmp_path), "api-server", "ingress")
    ingress = Ingress(host="data.example.com", flower_path="/flower")
    bundle = bundle_of(tmp_path, ingress=ingress, flower=Flower())
    assert everyone in rules(bundle, "api-server", "ingress")
    assert {"ports": [{"port": 5555, "protocol": "TCP"}]} in rules(bundle, "flower", "ingress")
    bundle = bundle_of(tmp_path, base_url="https://data.example.com", flower=Flower())
    assert everyone in rules(bundle, "api-server", "ingress")
    assert rules(bundle, "flower", "ingress") == []
    bundle = bundle_of(tmp_path, exposure=ExposedService(), flower=Flower())
    assert everyone in rules(bundle, "api-server", "ingress")
    assert rules(bundle, "flower", "ingress") == []


def test_ingress_from_names_who_brings_the_users(tmp_path: Path) -> None:
    policies = NetworkPolicies(ingress_from=[CONTROLLER])
    bundle = bundle_of(
        tmp_path, ingress=Ingress(host="data.example.com"), network_policies=policies
    )
    last = rules(bundle, "api-server", "ingress")[-1]
    assert last == {"from": [CONTROLLER], "ports": [{"port": 8080, "protocol": "TCP"}]}
    assert all("from" in rule for rule in rules(bundle, "api-server", "ingress"))
    closed = bundle_of(
        tmp_path,
        base_url="https://data.example.com",
        network_policies=NetworkPolicies(ingress_from=[]),
    )
    assert len(rules(closed, "api-server", "ingress")) == 1


def test_a_policy_without_rules_says_so_by_its_types_alone(tmp_path: Path) -> None:
    spec = bundle_of(tmp_path).one("NetworkPolicy", "af1-scheduler")["spec"]
    assert spec["policyTypes"] == ["Ingress", "Egress"]
    assert "ingress" not in spec


def test_rules_can_be_added_to_a_component_a_role_or_all(tmp_path: Path) -> None:
    groups = [WorkerGroup(), WorkerGroup(name="gpu", queues=["gpu"])]
    backup: Manifest = {"from": [CONTROLLER], "ports": [{"port": 5432}]}
    ldap, mail, gpu = [Manifest(to=[CONTROLLER], ports=[{"port": n}]) for n in (636, 25, 9)]
    policies = NetworkPolicies(
        extra_ingress={"postgresql": [backup]},
        extra_egress={"*": [mail], "api-server": [ldap], "worker": [ldap], "worker-gpu": [gpu]},
    )
    bundle = bundle_of(tmp_path, executor=CeleryExecutor(workers=groups), network_policies=policies)
    for rule in (backup, ldap, mail, gpu):
        rule["ports"][0]["protocol"] = "TCP"
    assert rules(bundle, "postgresql", "ingress")[-1] == backup
    assert rules(bundle, "postgresql", "egress")[-1] == mail
    assert rules(bundle, "api-server", "egress")[-2:] == [mail, ldap]
    assert rules(bundle, "worker", "egress")[-2:] == [mail, ldap]
    assert rules(bundle, "worker-gpu", "egress")[-3:] == [mail, ldap, gpu]


def test_ports_of_dns_and_the_kubernetes_api_are_options(tmp_path: Path) -> None:
    policies = NetworkPolicies(dns_ports=[53, 5353], kubernetes_api_ports=[443, 6443, 16443])
    bundle = bundle_of(tmp_path, network_policies=policies)
    dns, kubernetes = rules(bundle, "bootstrap", "egress")
    assert [(p["port"], p["protocol"]) for p in dns["ports"]] == [
        *((53, "UDP"), (53, "TCP"), (5353, "UDP"), (5353, "TCP"))
    ]
    assert [port["port"] for port in kubernetes["ports"]] == [443, 6443, 16443]


def test_none_switches_them_off(tmp_path: Path) -> None:
    assert bundle_of(tmp_path, network_policies=None).all("NetworkPolicy") == []


@pytest.mark.parametrize(
    ("env", "peers"),
    [
        ({"A": "https://[fd00::1]:8443/x and http://b"},
         [("fd00::1", 8443), ("b", 80)]),
        ({"A": "postgresql+psycopg2://u@db.example.com/x"}, [("db.example.com", 5432)]),
        ({"A": "s3://bucket/logs"}, [("", 443)]),
        ({"A": "cloudwatch://arn:aws:logs:eu-west-1:1:log-group:airflow"}, [("", 443)]),
        ({"A": "stackdriver://airflow"}, [("", 443)]),
        ({"AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER": "wasb-logs/airflow"}, [("", 443)]),
        ({"A": "wasb-logs/airflow"}, []),
        ({"AIRFLOW__SECRETS__BACKEND": f"{PROVIDERS}.amazon.aws.secrets.a.B"}, [("", 443)]),
        ({"AIRFLOW__SECRETS__BACKEND": f"{PROVIDERS}.google.cloud.secrets.a.B"}, [("", 443)]),
        ({"AIRFLOW__SECRETS__BACKEND": f"{PROVIDERS}.microsoft.azure.secrets.B"}, [("", 443)]),
        ({"AIRFLOW__SECRETS__BACKEND": f"{PROVIDERS}.hashicorp.secrets.vault.B"}, []),
        ({"A": '{"url": "https://vault.example.com:8200"}'}, [("vault.example.com", 8200)]),
        ({"AIRFLOW__ELASTICSEARCH__HOST": "es.example.com:9200"}, [("es.example.com", 9200)]),
        ({"MAIL_HOST": "mail:99999"}, []),
        ({"A": "file:///tmp/x", "B": "unknown://host/x", "C": "https://"}, []),
        ({"MAIL_HOST": "mail", "MAIL_PORT": "25"}, [("mail", 25)]),
        ({"HOST": "db", "PORT": 5432}, [("db", 5432)]),
        ({"MAIL_HOST": "mail"}, []),
        ({"AIRFLOW__FAB__PROXY_FIX_X_HOST": "1", "AIRFLOW__FAB__PROXY_FIX_X_PORT": "1"}, []),
        ({"AIRFLOW__SMTP__SMTP_HOST": "mail"}, [("mail", 25)]),
        ({"A": KEY}, []),
    ],
)  # fmt: skip
def test_servers_are_read_from_variables(
    env: dict[str, object], peers: list[tuple[str, int]]
) -> None:
    assert [(peer.host, peer.port) for peer in peers_in(env)] == peers


def test_statsd_is_reached_by_udp() -> None:
    (peer,) = peers_in({"AIRFLOW__METRICS__STATSD_HOST": "s"})
    assert peer == Peer(host="s", port=8125, protocol="UDP")


def test_the_table_in_the_docs_is_current() -> None:
    """`make network-table` writes it."""
    policies = policies_of(BUNDLE)
    assert len(policies) == len(table(policies).splitlines()) - 2 > 8
    text = DOCUMENT.read_text()
    assert with_table(text, policies) == text
    assert table(policies) in text


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"hosts": {"db": ["10.1.2.3/16"]}}, r"hosts\['db'\] has '10.1.2.3/16': expected a netw"),
        ({"hosts": {"db": ["10.1.2.3"]}}, r"hosts\['db'\] has '10.1.2.3': expected a network"),
        ({"hosts": {"db": []}}, r"hosts\['db'\] is empty: name a network"),
        ({"dns_ports": []}, r"dns_ports=\[\]: expected ports from 1 to 65535"),
        ({"kubernetes_api_ports": [0]}, r"kubernetes_api_ports=\[0\]: expected ports from 1"),
    ],
)
def test_a_malformed_option_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"NetworkPolicies.{message}"):
        NetworkPolicies(**given)


def test_all_problems_come_at_once() -> None:
    with pytest.raises(ValueError, match=r"(?s)hosts\['a'\].*dns_ports.*kubernetes_api_ports"):
        NetworkPolicies(hosts={"a": ["x"]}, dns_ports=[0], kubernetes_api_ports=[70000])


def test_unknown_user_code_is_refused() -> None:
    with pytest.raises(TypeError, match="user_egress"):
        NetworkPolicies(user_egress=["scheduler"])  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"hosts": {"db.exmaple.com": ["10.1.0.0/16"]}},
         r"hosts\['db.exmaple.com'\] is unknown in this release; did you mean 'db.example.com'"),
        ({"extra_egress": {"workers": [{"ports": [{"port": 1}]}]}},
         r"extra_egress\['workers'\] is unknown in this release; did you mean 'worker'"),
        ({"extra_ingress": {"postgres": [{"ports": [{"port": 1}]}]}},
         r"extra_ingress\['postgres'\] is unknown"),
    ],
)  # fmt: skip
def test_a_name_that_means_nothing_is_refused_at_the_synth(
    given: dict[str, Any], message: str, tmp_path: Path
) -> None:
    props = AirflowProps(
        dags=DAGS,
        database=ExternalPostgresql(host="db.example.com"),
        network_policies=NetworkPolicies(**given),
    )
    app = App(outdir=str(tmp_path))
    AirflowChart(app, "af1", props=props)
    with pytest.raises(Exception, match=message):
        app.synth()

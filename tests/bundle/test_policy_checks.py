"""The checks of NetworkPolicies refuse what is broken."""

from __future__ import annotations

import pytest
from bundle.breakage import Break, assert_refused, parameters
from bundle.sample import good, policy, selector, thing

from cdk8s_airflow.checks.bundle import Bundle, Manifest
from cdk8s_airflow.testing.policies import check_flows, check_one_policy, check_scalers
from cdk8s_airflow.testing.synth import Check

HOST = "af1-postgresql.airflow.svc"
API = "NetworkPolicy/af1-api-server"
WORKER = "NetworkPolicy/af1-worker"
POSTGRESQL = "NetworkPolicy/af1-postgresql"
SCHEDULER = "NetworkPolicy/af1-scheduler"
SCHEDULER_POD = "Deployment/af1-scheduler"
MAIN = "spec.template.spec.containers[0]"
ENV = f"{MAIN}.env+"


def connection(text: str) -> Manifest:
    return {"name": "AIRFLOW_CONN_X", "value": text}


SCALER = thing(
    "keda.sh/v1alpha1",
    "ScaledObject",
    "worker",
    spec={
        "scaleTargetRef": {"kind": "StatefulSet", "name": "af1-worker"},
        "triggers": [{"type": "postgresql", "metadata": {"host": HOST, "port": "5432"}}],
    },
)

CASES: dict[Check, list[Break]] = {
    check_scalers: [
        Break("", "", SCALER, "KEDA may not connect to StatefulSet/af1-postgresql on port 5432")
    ],
    check_one_policy: [
        Break(WORKER, "spec.podSelector.matchLabels", selector("x"), "worker: 0 NetworkPolicies"),
        Break("", "", policy("worker", [], []), "af1-worker: 2 NetworkPolicies select it"),
        Break(WORKER, "spec.policyTypes", ["Egress"], "af1-worker: is not for ingress and egress"),
    ],
    check_flows: [
        Break(
            SCHEDULER,
            "spec.egress[0].ports",
            [{"port": 53}],
            "scheduler: may not connect to any address:53/UDP, as it has to: DNS",
        ),
        Break(
            "NetworkPolicy/af1-bootstrap",
            "spec.egress[1].ports",
            [{"port": 443}],
            "bootstrap-1a2b: may not connect to kubernetes.default.svc:6443/TCP, .* token",
        ),
        Break(
            API,
            "spec.egress[2].ports[0].port",
            5433,
            "api-server: may not connect to StatefulSet/af1-postgresql on port 5432, .*CONN_CMD",
        ),
        Break(
            POSTGRESQL,
            "spec.ingress",
            [],
            "api-server: may not connect to StatefulSet/af1-postgresql on port 5432",
        ),
        Break(
            WORKER,
            "spec.ingress[0].from[0].podSelector.matchLabels",
            selector("scheduler"),
            "api-server: may not connect to StatefulSet/af1-worker on port 8793, .*the logs of",
        ),
        Break(
            SCHEDULER_POD,
            ENV,
            {"name": "EXAMPLE_URL", "value": "https://api.example.com/v1"},
            "scheduler: may not connect to api.example.com:443/TCP, .*env EXAMPLE_URL",
        ),
        Break(
            SCHEDULER_POD,
            f"{MAIN}.command",
            ["run", "redis://af1-redis/0"],
            "scheduler: may not connect to af1-redis:6379/TCP, .*command",
        ),
        Break(
            SCHEDULER_POD,
            ENV,
            connection('{"conn_type": "git", "host": "git@git.example.com:team/dags.git"}'),
            "scheduler: may not connect to git.example.com:22/TCP",
        ),
        Break(
            SCHEDULER_POD,
            ENV,
            connection('{"conn_type": "mysql", "host": "10.1.2.3", "port": 3306}'),
            "scheduler: may not connect to 10.1.2.3:3306/TCP",
        ),
        Break(
            SCHEDULER_POD,
            ENV,
            {
                "name": "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
                "valueFrom": {"secretKeyRef": {"name": "team", "key": "url"}},
            },
            "scheduler: may not connect to any address:any port/TCP, .* which only a Secret knows",
        ),
        Break(
            POSTGRESQL,
            "spec.ingress[0].from+",
            {"podSelector": {"matchLabels": selector("worker")}},
            "worker: may connect to StatefulSet/af1-postgresql on port 5432, for no reason",
        ),
        Break(POSTGRESQL, "spec.ingress", [{}], "af1-postgresql: everyone may connect to it, for"),
        Break(SCHEDULER, "spec.egress+", {}, "af1-scheduler: may connect anywhere, for no reason"),
        Break(
            SCHEDULER,
            "spec.egress+",
            {"ports": [{"port": 25}]},
            "scheduler: may connect to port 25/TCP of any address, for no reason",
        ),
    ],
}


@pytest.mark.parametrize(("refusing", "broken"), parameters(CASES))
def test_a_check_refuses(refusing: Check, broken: Break) -> None:
    assert_refused(refusing, broken)


def test_a_release_without_policies_is_the_users_choice() -> None:
    manifests = [manifest for manifest in good() if manifest["kind"] != "NetworkPolicy"]
    assert [*check_one_policy(Bundle(manifests)), *check_flows(Bundle(manifests))] == []

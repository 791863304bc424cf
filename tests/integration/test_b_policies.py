"""The node enforces the bundle's NetworkPolicies: what they leave out is refused."""

from __future__ import annotations

import socket
import subprocess

import pytest
from integration.conftest import RunningBundle
from integration.node.network import BRIDGE, NODE_ADDRESS, program

CONNECT = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 10)"


def connects(bundle: RunningBundle, component: str, host: str, port: int) -> bool:
    """Whether a pod reaches a Service or an address."""
    name = bundle.name(component)
    pods = bundle.node.controller(name).pods
    return pods[0].exec("python", "-c", CONNECT, host, str(port)).exit_code == 0


@pytest.mark.parametrize(
    ("component", "server", "port", "allowed"),
    [
        ("scheduler", "postgresql", 5432, True),
        ("worker", "postgresql", 5432, False),
        ("worker", "redis", 6379, True),
        ("triggerer", "redis", 6379, False),
        ("dag-processor", "redis", 6379, False),
        ("api-server", "worker", 8793, True),
        ("api-server", "triggerer", 8794, True),
        ("scheduler", "worker", 8793, False),
        ("worker", "triggerer", 8794, False),
    ],
)
def test_a_pod_reaches_its_peers_alone(
    bundle: RunningBundle, component: str, server: str, port: int, allowed: bool
) -> None:
    assert connects(bundle, component, bundle.name(server), port) is allowed


def test_services_lead_only_where_policies_allow(bundle: RunningBundle) -> None:
    """A connection to a cluster IP is taken by the proxy, which ends it where none may go on."""
    ask = (
        "import sys, urllib.request;"
        f"urllib.request.urlopen('http://{bundle.name('api-server')}:8080/api/v2/version')"
    )
    for component, allowed in (("worker", True), ("scheduler", False), ("triggerer", False)):
        pod = bundle.node.controller(bundle.name(component)).pods[0]
        assert (pod.exec("python", "-c", ask).exit_code == 0) is allowed, component


def test_only_tasks_reach_what_no_setting_names(bundle: RunningBundle) -> None:
    """The node's own address stands for the world; a free port there refuses by itself."""
    service = bundle.node.api
    for component, allowed in (("worker", True), ("scheduler", False), ("triggerer", False)):
        assert connects(bundle, component, service.address, service.port) is allowed, component
    assert not connects(bundle, "worker", NODE_ADDRESS, 9)


def test_no_pod_reaches_what_hands_out_the_credentials_of_the_node(bundle: RunningBundle) -> None:
    """Clouds have their metadata services there; a task could act as the node otherwise."""
    for address, reached in (("169.254.169.254", False), ("198.51.100.7", True)):
        subprocess.run(
            [program("ip"), "address", "add", f"{address}/32", "dev", BRIDGE], check=True
        )
        with socket.create_server((address, 80)):
            assert connects(bundle, "worker", address, 80) is reached, address
            assert not connects(bundle, "scheduler", address, 80), address

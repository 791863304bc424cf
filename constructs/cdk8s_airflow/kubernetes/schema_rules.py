"""Rules of the API server that the types of Kubernetes do not say, by type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import ip_address
from typing import Any

from cdk8s_airflow.kubernetes.image_reference import is_reference
from cdk8s_airflow.kubernetes.label_rules import label_problems, qualified_name_problem
from cdk8s_airflow.kubernetes.names import is_label, is_object_name
from cdk8s_airflow.kubernetes.network_rules import NETWORK_RULES, Rule
from cdk8s_airflow.kubernetes.problems import Problem
from cdk8s_airflow.kubernetes.resource_rules import resource_problems
from cdk8s_airflow.kubernetes.workload_rules import pod_problems, workload_problems

_PORT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ENV_NAME = re.compile(r"[-._a-zA-Z][-._a-zA-Z0-9]*")
_PERCENT = re.compile(r"\d+%")


def _container(value: Mapping[str, Any]) -> Iterator[Problem]:
    if not is_label(value["name"]):
        yield Problem(
            ("name",), f"={value['name']!r}: expected lower-case letters, digits and dashes (a "
            "DNS-1123 label)"
        )  # fmt: skip
    image = value.get("image")
    if not image:
        yield Problem((), f": container {value['name']!r} has no image; give it one")
    elif not is_reference(image):
        yield Problem(("image",), f"={image!r} is no image: expected for example 'busybox:1.37'")
    if value.get("workingDir"):
        yield from _absolute(value, "workingDir")
    policy = value.get("restartPolicy")
    if policy not in (None, "Always", "Never", "OnFailure"):
        yield Problem(
            ("restartPolicy",), f"={policy!r}: expected Always, for a native sidecar among the "
            "init containers, or nothing"
        )  # fmt: skip
    names = [port["name"] for port in value.get("ports") or () if port.get("name")]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(("ports",), f": the name {name!r} is there twice; give each port its own")


def _port(value: Mapping[str, Any]) -> Iterator[Problem]:
    for key in ("containerPort", "hostPort", "port", "endPort"):
        number = value.get(key)
        if isinstance(number, int) and not 1 <= number <= 65535:
            yield Problem((key,), f"={number}: expected a port from 1 to 65535")
    name = value.get("name")
    if name and "containerPort" in value and not _is_port_name(name):
        yield Problem(("name",), f"={name!r}: {_PORT_NAME_EXPECTED}")
    end, port = value.get("endPort"), value.get("port")
    if isinstance(end, int) and isinstance(port, int) and end < port:
        yield Problem(("endPort",), f"={end} is below port={port}: expected the higher one")


_PORT_NAME_EXPECTED = (
    "expected the name of a port: at most 15 lower-case letters, digits and dashes, with a letter"
)


def _is_port_name(name: str) -> bool:
    return len(name) <= 15 and bool(_PORT_NAME.fullmatch(name)) and not name.isdigit()


def _target(value: Mapping[str, Any]) -> Iterator[Problem]:
    port = value.get("port")
    if isinstance(port, int) and not 1 <= port <= 65535:
        yield Problem(("port",), f"={port}: expected a port from 1 to 65535")
    if isinstance(port, str) and not _is_port_name(port):
        yield Problem(
            ("port",), f"={port!r}: {_PORT_NAME_EXPECTED}; a number stands without quotes"
        )


def _env(value: Mapping[str, Any]) -> Iterator[Problem]:
    if not _ENV_NAME.fullmatch(value["name"]):
        yield Problem(("name",), f"={value['name']!r} is not the name of an environment variable")
    if value.get("value") and value.get("valueFrom"):
        yield Problem((), f": {value['name']!r} has value and valueFrom; give one of them")


def _one_of(*keys: str, needed: bool = True) -> Rule:
    def rule(value: Mapping[str, Any]) -> Iterator[Problem]:
        found = [key for key in keys if value.get(key) is not None]
        if len(found) > 1:
            yield Problem((), f": {' and '.join(found)} exclude each other; give one of them")
        if needed and not found:
            yield Problem((), f": expected one of {', '.join(keys)}")

    return rule


def _volume(value: Mapping[str, Any]) -> Iterator[Problem]:
    name = value["name"]
    if not is_label(name):
        yield Problem(
            ("name",), f"={name!r}: expected lower-case letters, digits and dashes (a DNS-1123 "
            "label)"
        )  # fmt: skip
    sources = [key for key in value if key != "name" and value[key] is not None]
    if len(sources) != 1:
        has = f"has {' and '.join(sources)}" if sources else "says not what it is"
        yield Problem((), f": volume {name!r} {has}: expected one source, such as emptyDir: {{}}")


def _mount(value: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _absolute(value, "mountPath")
    for key in ("subPath", "subPathExpr"):
        path = value.get(key) or ""
        if path.startswith("/") or ".." in path.split("/"):
            yield Problem((key,), f"={path!r}: expected a path inside the volume, without '..'")
    yield from _one_of("subPath", "subPathExpr", needed=False)(value)


def _absolute(value: Mapping[str, Any], key: str) -> Iterator[Problem]:
    path = value[key]
    if not path.startswith("/") or ":" in path or ".." in path.split("/"):
        yield Problem((key,), f"={path!r}: expected an absolute path without ':' and '..'")


def _toleration(value: Mapping[str, Any]) -> Iterator[Problem]:
    operator = value.get("operator") or "Equal"
    if not value.get("key") and operator != "Exists":
        yield Problem((), ": without key it needs operator: Exists, and then tolerates all taints")
    if operator == "Exists" and value.get("value"):
        yield Problem(("value",), ": operator Exists takes no value; leave it out, or use Equal")
    if value.get("key") and (text := qualified_name_problem(value["key"])):
        yield Problem(("key",), text)
    if value.get("tolerationSeconds") is not None and value.get("effect") != "NoExecute":
        yield Problem(("tolerationSeconds",), ": is for effect: NoExecute alone; leave it out")


def _selector_term(value: Mapping[str, Any]) -> Iterator[Problem]:
    operator, values = value["operator"], value.get("values") or []
    if operator in ("In", "NotIn") and not values:
        yield Problem(("values",), f": operator {operator} needs values; name one or more")
    if operator in ("Exists", "DoesNotExist") and values:
        yield Problem(("values",), f": operator {operator} takes no values; leave them out")
    if operator in ("Gt", "Lt") and not (len(values) == 1 and values[0].lstrip("-").isdigit()):
        yield Problem(("values",), f": operator {operator} takes one whole number, in quotes")
    if text := qualified_name_problem(value["key"]):
        yield Problem(("key",), text)


def _label_selector(value: Mapping[str, Any]) -> Iterator[Problem]:
    for problem in label_problems(value.get("matchLabels") or {}):
        yield problem.below("matchLabels")


def _range(key: str, least: int, most: int) -> Rule:
    def rule(value: Mapping[str, Any]) -> Iterator[Problem]:
        number = value.get(key)
        if isinstance(number, int) and not least <= number <= most:
            yield Problem((key,), f"={number}: expected a number from {least} to {most}")

    return rule


def _metadata(value: Mapping[str, Any]) -> Iterator[Problem]:
    for problem in label_problems(value.get("labels") or {}):
        yield problem.below("labels")
    for key in value.get("annotations") or {}:
        if text := qualified_name_problem(key):
            yield Problem(("annotations", key), text)


def _host_alias(value: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _addresses(value.get("ip") or "", ("ip",))
    if not value.get("hostnames"):
        yield Problem(("hostnames",), " is empty: name one or more hosts")
    for place, name in enumerate(value.get("hostnames") or ()):
        if not is_object_name(name):
            yield Problem(("hostnames", place), f"={name!r} is no host name")


def _dns(value: Mapping[str, Any]) -> Iterator[Problem]:
    servers = value.get("nameservers") or []
    for place, server in enumerate(servers):
        yield from _addresses(server, ("nameservers", place))
    if len(servers) > 3:
        yield Problem(("nameservers",), f" has {len(servers)} servers: expected at most 3")


def _addresses(text: str, path: tuple[str | int, ...]) -> Iterator[Problem]:
    try:
        ip_address(text)
    except ValueError:
        yield Problem(path, f"={text!r}: expected an IP address such as '10.0.0.7'")


def _strategy(value: Mapping[str, Any]) -> Iterator[Problem]:
    rolling, kind = value.get("rollingUpdate"), value.get("type")
    if rolling and kind not in (None, "", "RollingUpdate"):
        yield Problem(("rollingUpdate",), f": type {kind} takes none; leave it out")
    amounts = {k: (rolling or {}).get(k) for k in ("maxSurge", "maxUnavailable")}
    for key, amount in amounts.items():
        bad = isinstance(amount, str) and not _PERCENT.fullmatch(amount)
        if bad or (isinstance(amount, int) and amount < 0):
            expected = "expected a number of pods, or a share such as '25%'"
            yield Problem(("rollingUpdate", key), f"={amount!r}: {expected}")
    if all(str(amount) in ("0", "0%") for amount in amounts.values()):
        yield Problem(("rollingUpdate",), ": maxSurge and maxUnavailable are both 0, so no pod "
                      "could be replaced; raise one")  # fmt: skip


def _http_header(value: Mapping[str, Any]) -> Iterator[Problem]:
    if not value["name"].replace("-", "").replace("_", "").isalnum():
        yield Problem(("name",), f"={value['name']!r} is no name of an HTTP header")


_SOURCES = ("secretRef", "configMapRef")
_KINDS = ("apps.v1.DaemonSet", "apps.v1.Deployment", "apps.v1.StatefulSet", "batch.v1.Job")
_HANDLERS = ("exec", "httpGet", "tcpSocket")

RULES: Mapping[str, Sequence[Rule]] = {
    **NETWORK_RULES,
    "core.v1.Container": (_container,),
    "core.v1.ContainerPort": (_port,),
    "core.v1.EnvFromSource": (_one_of(*_SOURCES),),
    "core.v1.EnvVar": (_env,),
    "core.v1.HTTPGetAction": (_target,),
    "core.v1.HTTPHeader": (_http_header,),
    "core.v1.HostAlias": (_host_alias,),
    "core.v1.HostPathVolumeSource": (lambda value: _absolute(value, "path"),),
    "core.v1.LifecycleHandler": (_one_of(*_HANDLERS, "sleep"),),
    "core.v1.NodeSelectorRequirement": (_selector_term,),
    "core.v1.PodDNSConfig": (_dns,),
    "core.v1.PreferredSchedulingTerm": (_range("weight", 1, 100),),
    "core.v1.Probe": (_one_of(*_HANDLERS, "grpc", needed=False),),
    "core.v1.ResourceRequirements": (resource_problems,),
    "core.v1.TCPSocketAction": (_target,),
    "core.v1.Toleration": (_toleration,),
    "core.v1.TopologySpreadConstraint": (_range("maxSkew", 1, 2**31 - 1),),
    "core.v1.Volume": (_volume,),
    "core.v1.VolumeMount": (_mount,),
    "core.v1.WeightedPodAffinityTerm": (_range("weight", 1, 100),),
    "meta.v1.LabelSelector": (_label_selector,),
    "meta.v1.LabelSelectorRequirement": (_selector_term,),
    "meta.v1.ObjectMeta": (_metadata,),
    "networking.v1.NetworkPolicyPort": (_port,),
    "apps.v1.DeploymentStrategy": (_strategy,),
    "core.v1.Pod": (pod_problems,),
    **{f"{kind}Spec": (workload_problems,) for kind in _KINDS},
}
"""Type -> its rules."""

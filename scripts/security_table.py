"""Writes what each pod runs, holds and may reach into docs/security.md.

Code of others, keys and servers come from the table of roles; commands, uids, folders and rights
from the manifests of a release with each executor and all options that have pods.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import cdk8s
import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "constructs"))

from cdk8s_airflow import (  # noqa: E402
    AirflowChart,
    AirflowProps,
    Backup,
    DagsInImage,
    DatabaseCleanup,
    ExecutionApiProps,
    FinishedPods,
    Flower,
    GitSyncDags,
    Image,
    KubernetesExecutor,
    PgBouncer,
    Restore,
    S3Backups,
    SecretKey,
    Secrets,
    StatsdExporter,
    Verify,
)
from cdk8s_airflow.roles import ROLES, Duties, Role  # noqa: E402

DOCUMENT = ROOT / "docs" / "security.md"
_TABLE = re.compile(r"(?<=<!-- table -->\n).*?(?=<!-- end of table -->)", re.DOTALL)
_COMPONENT = "app.kubernetes.io/component"
_COLUMNS = (
    *("pod", "runs", "code of others", "keys", "servers, with their credentials"),
    *("Kubernetes API", "uid", "writes to"),
)
_IMAGE = Image(repository="registry.example.com/airflow", tag="3.3.2")
_KEY = SecretKey(name="backup-key", key="identity")
# Of the documentation of age.
_RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
_ALL = AirflowProps(
    backup=Backup(
        store=S3Backups(bucket="backups"),
        encrypt_to=_RECIPIENT,
        verify=Verify(identity=_KEY),
        restore=Restore(identity=_KEY),
    ),
    image=_IMAGE,
    dags=DagsInImage(),
    flower=Flower(),
    execution_api=ExecutionApiProps(),
    database_cleanup=DatabaseCleanup(),
    pgbouncer=PgBouncer(),
    metrics=StatsdExporter(),
    pools={},
    secrets=Secrets(rotation={"fernet-key": [2, 1]}),
)
RELEASES: Mapping[str, AirflowProps] = {
    "": _ALL,
    "KubernetesExecutor": AirflowProps(
        image=_IMAGE,
        dags=DagsInImage(),
        executor=KubernetesExecutor(finished_pods=FinishedPods()),
    ),
    "GitSyncDags(volume=...)": AirflowProps(
        dags=GitSyncDags(repository="https://git.example.com/dags.git", volume="dags")
    ),
}
"""With what a release has a pod or a right -> its props; the first has all that needs no more."""


class Pod(NamedTuple):
    """What a manifest says of a pod."""

    component: str
    account: str
    spec: Mapping[str, Any]

    @property
    def main(self) -> Mapping[str, Any]:
        """The container that the pod is for."""
        container: Mapping[str, Any] = self.spec["containers"][0]
        return container


def manifests(props: AirflowProps) -> list[Mapping[str, Any]]:
    """The objects of a release."""
    chart = AirflowChart(cdk8s.Testing.app(), "af1", namespace="airflow", props=props)
    found: list[Mapping[str, Any]] = chart.to_json()
    return found


def pods_of(objects: Iterable[Mapping[str, Any]]) -> list[Pod]:
    """The pods of a release, that of tasks included."""
    found = []
    for item in objects:
        spec = item.get("spec", {})
        template = spec.get("jobTemplate", {}).get("spec", spec).get("template")
        if "pod_template.yaml" in item.get("data", {}):
            template = yaml.safe_load(item["data"]["pod_template.yaml"])
        if template and "spec" in template:
            component = template["metadata"]["labels"][_COMPONENT]
            account = template["spec"].get("serviceAccountName", "")
            found.append(Pod(component, account, template["spec"]))
    return found


@cache
def table() -> str:
    """A row for each role, in the order of their table, and one for each embedded server."""
    rows: dict[str, list[str]] = {}
    rights: dict[str, list[str]] = {}
    for condition, props in RELEASES.items():
        objects = manifests(props)
        for pod in pods_of(objects):
            duties = ROLES.get(Role(pod.component)) if pod.component in _ROLES else None
            rows.setdefault(pod.component, _row(pod, duties))
            right = _rights(pod, objects)
            if right and right not in rights.get(pod.component, []):
                text = f"{right} (with {condition})" if condition else right
                rights.setdefault(pod.component, []).append(text)
    order = [*(role for role in _ROLES if role in rows), *sorted(rows.keys() - set(_ROLES))]
    lines = [f"| {' | '.join(_COLUMNS)} |", "|---" * len(_COLUMNS) + "|"]
    for name in order:
        runs, code, keys, servers, uid, folders = rows[name]
        right = "; ".join(rights.get(name, [])) or "-"
        lines.append(f"| {' | '.join((name, runs, code, keys, servers, right, uid, folders))} |")
    return "\n".join(lines) + "\n"


def with_table(text: str) -> str:
    """The document with the table in its place."""
    return _TABLE.sub(lambda _: table(), text)


_FILES = {
    Role.BACKUP: "all that are generated, as files",
    Role.BACKUP_VERIFY: "the private key of backups",
    Role.RESTORE: "the private key of backups",
}
"""Role -> the keys that its pods have in files, as they do not use them as Airflow does."""
_ROLES = [role.value for role in Role]


def _row(pod: Pod, duties: Duties | None) -> list[str]:
    context = pod.spec["securityContext"]
    uid = pod.main["securityContext"].get("runAsUser", context.get("runAsUser"))
    if duties is None:
        own = ["-", "its own password", "-"]
    else:
        held = _FILES.get(Role(pod.component)) or _list(duties.holds)
        own = [_list(duties.runs), held, _list(duties.reaches)]
    return [_command(pod), *own, str(uid), _list(_folders(pod))]


def _command(pod: Pod) -> str:
    """The words of a command before its options, or the name of its program."""
    words = [*pod.main.get("command", ()), *pod.main.get("args", ())]
    if words[:1] == ["python"]:
        return f"`{next(w for w in words if w.endswith('.py')).rpartition('/')[2]}`"
    if not words:
        return "one task, by the scheduler's command"
    if words[:1] == ["sh"]:
        return f"`{pod.main['name']}`"
    known = itertools.takewhile(re.compile(r"\w[\w-]*").fullmatch, words)
    return f"`{' '.join(known)}`"


def _folders(pod: Pod) -> Iterable[str]:
    kinds = {volume["name"]: volume for volume in pod.spec.get("volumes", ())}
    for mount in pod.main.get("volumeMounts", ()):
        kind = kinds.get(mount["name"], {"claim": {}})
        if not mount.get("readOnly") and not {"configMap", "secret", "projected"} & kind.keys():
            yield f"`{mount['mountPath']}`"


def _rights(pod: Pod, objects: Iterable[Mapping[str, Any]]) -> str:
    """What the Roles that are bound to its ServiceAccount let it do, if it has a token."""
    if not pod.spec.get("automountServiceAccountToken"):
        return ""
    items = list(objects)
    bound = {
        item["roleRef"]["name"]
        for item in items
        if item["kind"] == "RoleBinding"
        and any(subject["name"] == pod.account for subject in item["subjects"])
    }
    rules = [rule for item in items if item["kind"] == "Role" and item["metadata"]["name"] in bound
             for rule in item["rules"]]  # fmt: skip
    return ", ".join(f"{'/'.join(rule['verbs'])} {'/'.join(rule['resources'])}" for rule in rules)


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "-"


if __name__ == "__main__":
    DOCUMENT.write_text(with_table(DOCUMENT.read_text()))

"""Images, their registry, and the version of Airflow."""

from __future__ import annotations

from typing import Any

from cdk8s_airflow.migration.airflow_image import (
    DEFAULT,
    OFFICIAL,
    OLDEST,
    new_tag,
    numbers,
    put_image,
    version,
)
from cdk8s_airflow.migration.conversion import Conversion, Rule, Table, Target, truth
from cdk8s_airflow.migration.report import Outcome
from cdk8s_airflow.migration.rules import (
    below,
    carried,
    changed,
    is_empty,
    plain,
)


def old_tag(made: Conversion) -> str:
    """The tag of the old release."""
    for key in ("images.airflow.tag", "defaultAirflowTag", "airflowVersion"):
        if made.given(key):
            return plain(made.get(key))
    return ""


def start(made: Conversion) -> None:
    """Writes image and version."""
    given = made.get("airflowVersion") if made.given("airflowVersion") else old_tag(made)
    version(made, given)
    repository = plain(
        made.get("images.airflow.repository") or made.get("defaultAirflowRepository")
    )
    digest = plain(made.get("images.airflow.digest") or made.get("defaultAirflowDigest"))
    policy = plain(made.get("images.airflow.pullPolicy"))
    tag = old_tag(made)
    put_image(made, repository, tag, policy, digest)
    for each in made.get("imagePullSecrets") or []:
        name = each if isinstance(each, str) else each["name"]
        _pull(made, name)
    if name := made.get("registry.secretName"):
        _pull(made, name)


def _pull(made: Conversion, name: str) -> None:
    made.root.put("pods.imagePullSecrets", [{"name": name}])


def _tag(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    old = plain(value)
    made = target.conversion
    if old != old_tag(made) and made.given("images.airflow.tag"):
        return Outcome("dead", "", "images.airflow.tag wins")
    found = numbers(old)
    if found and found < (*OLDEST, 0):
        note = f"Airflow {DEFAULT}: the oldest here is 3.1, so the image has to be a new one"
        return Outcome("changed", "image.tag", note)
    return Outcome("carried", "image.tag")


def _version(target: Target, value: Any) -> Outcome:
    found = numbers(value)
    if found and found < (*OLDEST, 0):
        return Outcome("changed", "airflowVersion", f"{DEFAULT}; the oldest here is 3.1")
    return Outcome("carried", "airflowVersion")


def _digest(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    made = target.conversion
    if (made.out.get("image") or {}).get("digest"):
        return Outcome("carried", "image.digest")
    return Outcome("changed", "image.digest", "the image has to be a new one")


_PULLED = "pods.imagePullSecrets"


def _other(section: str, on: str, path: str, repository: str, tag: str) -> dict[str, Rule]:
    """The image of a helper: kept where the same program starts in it."""

    def rule(field: str) -> Rule:
        def put(target: Target, value: Any) -> Outcome:
            made = target.conversion
            if is_empty(value):
                return Outcome("carried")
            where, _, _ = path.partition(".")
            here = made.out.get(where)
            if not made.on(on) or not isinstance(here, dict):
                return Outcome("dead", "", f"{on} is off")
            image = here.setdefault("image", {"repository": repository, "tag": tag})
            image[field] = plain(value)
            return Outcome("carried", f"{path}.{field}")

        return put

    def newer(target: Target, value: Any) -> Outcome:
        """The tag of the chart is for its own configuration; the bundle's is tested with ours."""
        made = target.conversion
        repo = plain(made.get(f"images.{section}.repository"))
        note = f"the tag {tag} is what the bundle is tested with; mirror it to {repo}"
        if not made.on(on) or not isinstance(made.out.get(path.partition(".")[0]), dict):
            return Outcome("dead", "", f"{on} is off")
        return Outcome("changed", f"{path}.tag", note)

    return {"repository": rule("repository"), "tag": newer, "pullPolicy": rule("pullPolicy")}


def _task(field: str) -> Rule:
    def rule(target: Target, value: Any) -> Outcome:
        made = target.conversion
        if is_empty(value):
            return Outcome("carried")
        if "Kubernetes" not in plain(made.get("executor")):
            return Outcome("dead", "", "no executor is Kubernetes")
        repository = plain(
            made.get("images.pod_template.repository")
            or made.get("images.airflow.repository")
            or made.get("defaultAirflowRepository")
        )
        tag = plain(made.get("images.pod_template.tag") or old_tag(made) or DEFAULT)
        image = {"repository": repository, "tag": new_tag(tag, official=repository in OFFICIAL)}
        policy = plain(made.get("images.pod_template.pullPolicy"))
        if policy not in ("", "IfNotPresent"):
            image["pullPolicy"] = policy
        made.task_pods["image"] = image
        if field == "tag" and image["tag"] != plain(value):
            return Outcome("changed", "executor.image.tag", f"Airflow {DEFAULT}: 3.1 is the oldest")
        return Outcome("carried", f"executor.image.{field}")

    return rule


def _exporter(target: Target, value: Any) -> Outcome:
    if not target.conversion.on("pgbouncer.enabled"):
        return Outcome("dead", "", "pgbouncer.enabled is off")
    note = "pgbouncer.exporter has the community's image, which needs no password"
    return Outcome("changed", "pgbouncer.exporter.image", note)


def _wait(target: Target, value: Any) -> Outcome:
    return Outcome("carried", "", "pods wait as long as the migrations take")


def _migrations(target: Target, value: Any) -> Outcome:
    note = (
        "the migrations are those of the image that runs"
        if not truth(value)
        else ("the migrations run in the image of the release, with the DAGs' packages")
    )
    return Outcome("carried", "migrations.image", note)


def _connection(target: Target, value: Any) -> Outcome:
    if is_empty(value):
        return Outcome("carried")
    made = target.conversion
    name = made.name("registry")
    _pull(made, name)
    made.step(
        f"Create the pull secret `{name}`: `kubectl create secret docker-registry {name} "
        f"--docker-server=... --docker-username=... --docker-password=... "
        f"--namespace {made.namespace}`."
    )
    return Outcome("secret", _PULLED, f"create the Secret {name} of type docker-registry")


_FLOWER = changed("Flower runs in Airflow's image, so that its Celery is the same", "flower.image")
TABLE: Table = {
    "airflowVersion": _version,
    "defaultAirflowTag": _tag,
    "defaultAirflowRepository": carried("", "image.repository"),
    "defaultAirflowDigest": _digest,
    "images.airflow.tag": _tag,
    "images.airflow.repository": carried("", "image.repository"),
    "images.airflow.digest": _digest,
    "images.airflow.pullPolicy": carried("", "image.pullPolicy"),
    "imagePullSecrets": carried("", _PULLED),
    "registry.secretName": carried("", _PULLED),
    **{f"registry.connection.{part}": _connection for part in ("email", "host", "pass", "user")},
    "images.migrationsWaitTimeout": _wait,
    "images.useDefaultImageForMigration": _migrations,
    **below("images.flower", dict.fromkeys(("repository", "tag", "pullPolicy"), _FLOWER)),
    **{
        f"images.pod_template.{field}": _task(field)
        for field in ("repository", "tag", "pullPolicy")
    },
    **below(
        "images.gitSync",
        _other(
            "gitSync",
            "dags.gitSync.enabled",
            "dags.image",
            "registry.k8s.io/git-sync/git-sync",
            "v4.7.1",
        ),
    ),
    **below("images.redis", _other("redis", "redis.enabled", "broker.image", "redis", "7.2.11")),
    **below(
        "images.statsd",
        _other("statsd", "statsd.enabled", "metrics.image", "prom/statsd-exporter", "v0.28.0"),
    ),
    **below(
        "images.pgbouncer",
        dict.fromkeys(
            ("repository", "tag", "pullPolicy"),
            changed(
                "the bundle's PgBouncer starts by its own file: edoburu/pgbouncer",
                "pgbouncer.image",
            ),
        ),
    ),
    **below(
        "images.pgbouncerExporter", dict.fromkeys(("repository", "tag", "pullPolicy"), _exporter)
    ),
    **below(
        "images.otelCollector",
        dict.fromkeys(
            ("repository", "tag", "pullPolicy"), changed("there is no collector in the bundle")
        ),
    ),
}

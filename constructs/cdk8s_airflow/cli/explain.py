"""`cdk8s-airflow explain`: what an option means, and the manifests that it yields."""

from __future__ import annotations


def explain(
    option: str = "", value: str | None = None, /, *, json: bool = False, whole: bool = False
) -> None:
    """Tell what an option means, its type, its default, and what it changes in the manifests.

    Args:
        option: such as airflowVersion, executor.workers.concurrency, WorkerGroup, or
            WorkerGroup.concurrency; the spelling of Python does as well. Default: list all.
        value: a value of it, as YAML; the difference that it makes to a default release is shown.
            `executor.workers` and other lists take a list. Default: another switch or number.
        json: print one JSON object: `path`, `text`, `types`, `values`, `default`, `below` (the
            options in it) and `yields` (objects as `diff --json` has them).
        whole: show every changed object and field, not the first thirty lines.
    """
    from cdk8s_airflow.cli.explanation import as_json, lines

    if json:
        print(as_json(option, value))
        return
    for line in lines(option, value, most=None if whole else 30):
        print(line)

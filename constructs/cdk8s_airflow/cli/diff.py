"""`cdk8s-airflow diff`: what a bundle changes, by object and field."""

from __future__ import annotations

from pathlib import Path

from cdk8s_airflow.cli.exits import DIFFERENT, DONE
from cdk8s_airflow.cli.target import TARGET, Target


def diff(
    against: str = "cluster",
    /,
    *,
    target: Target = TARGET,
    json: bool = False,
    exit_code: bool = False,
) -> int:
    """Show what the bundle changes, object by object and field by field, and which pods roll.

    Args:
        against: `cluster`: what a deploy would change; a folder of manifests; or a git revision, of
            which the same folder is read. Default: cluster.
        target: the bundle and its release.
        json: print a JSON list of objects: `kind`, `name`, `namespace`, `state` (added, removed,
            changed), `fields` (`path`, `before`, `after`), `pods`, `rolls` (why they are replaced),
            `refused` (fields that a cluster does not let change).
        exit_code: end with 3 when something differs.
    """
    import json as encoder

    from cdk8s_airflow.cli import difference_text
    from cdk8s_airflow.cli.cluster.bundle import read_bundle
    from cdk8s_airflow.cli.cluster.changes import changes
    from cdk8s_airflow.cli.differences import differences
    from cdk8s_airflow.cli.git_revision import read_revision

    none = f"The bundle is as in {against}."
    if against == "cluster":
        none = "The cluster is as the bundle says."
        before, after = changes(target.cluster(), target.bundle)
    else:
        after = read_bundle(target.bundle)
        folder = Path(against)
        before = read_bundle(folder) if folder.is_dir() else read_revision(against, target.bundle)
    found = differences(before, after)
    if json:
        print(encoder.dumps(difference_text.data(found), indent=2, default=str))
    else:
        for line in difference_text.lines(found, none=none):
            print(line)
    return DIFFERENT if found and exit_code else DONE

"""The one way in which tests synthesize: every bundle passes every check.

    def build(app: cdk8s.App) -> None:
        AirflowChart(app, "af1", namespace="airflow", props=AirflowProps())

    bundle = synthesize(build, tmp_path)
    assert bundle.one("Deployment", "af1-scheduler")["spec"]["replicas"] == 1

No check can be switched off. What a test may say is what the manifests cannot: which objects
the user brings (`external`), which fields newer than the oldest supported Kubernetes it uses
knowingly (`newer_fields`), and whose token is for others than Roles of the bundle (`tokens`).
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import cdk8s
import yaml
from bundle.addresses import check_addresses
from bundle.agreement import check_agreement, check_base_path, check_distinct_keys
from bundle.containers import (
    check_autoscaled,
    check_claims,
    check_env,
    check_names_in_pods,
    check_probes,
    check_volumes,
)
from bundle.growth import check_growth
from bundle.lifecycle import (
    check_first_containers,
    check_hooks,
    check_jobs,
    check_migrations,
    check_signals,
    check_waits,
)
from bundle.local_storage import check_local_storage
from bundle.names import (
    check_config_maps,
    check_metadata,
    check_names,
    check_namespaces,
    check_unique,
    check_values,
)
from bundle.paths import check_folders, check_programs
from bundle.pod_security import check_restricted
from bundle.policies import check_flows, check_one_policy, check_scalers
from bundle.roles import check_material
from bundle.schema import check_schema
from bundle.secrecy import check_env_literals, check_no_secret_objects, check_texts
from bundle.security import (
    check_accounts,
    check_containers,
    check_disruption_budgets,
    check_labels,
    check_roles,
)
from bundle.stored import check_stored

from cdk8s_airflow.checks.bundle import Bundle, Manifest
from cdk8s_airflow.checks.references import check_references
from cdk8s_airflow.checks.selectors import (
    check_own_selectors,
    check_peers,
    check_ports,
    check_stateful_services,
)

Check: TypeAlias = Callable[[Bundle], Iterator[str]]
Build: TypeAlias = Callable[[cdk8s.App], None]

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

SYNTHS = int(os.environ.get("SYNTHS", "2"))
"""How often a bundle is synthesized; `make test-fast` does it once and compares nothing."""

_sound: set[bytes] = set()
"""Fingerprints of the bundles that have passed every check in this process."""

CHECKS: tuple[Check, ...] = (
    check_stored,
    check_unique,
    check_namespaces,
    check_names,
    check_metadata,
    check_values,
    check_config_maps,
    check_references,
    check_own_selectors,
    check_peers,
    check_stateful_services,
    check_ports,
    check_addresses,
    check_one_policy,
    check_flows,
    check_scalers,
    check_volumes,
    check_names_in_pods,
    check_env,
    check_probes,
    check_claims,
    check_autoscaled,
    check_folders,
    check_programs,
    check_agreement,
    check_base_path,
    check_distinct_keys,
    check_first_containers,
    check_hooks,
    check_jobs,
    check_migrations,
    check_signals,
    check_waits,
    check_growth,
    check_local_storage,
    check_restricted,
    check_containers,
    check_accounts,
    check_roles,
    check_disruption_budgets,
    check_labels,
    check_no_secret_objects,
    check_env_literals,
    check_texts,
    check_material,
)


def synthesize(
    source: Build | Path,
    tmp_path: Path,
    *,
    external: Iterable[str] = (),
    newer_fields: Iterable[str] = (),
    tokens: Iterable[str] = (),
) -> Bundle:
    """Synthesize twice, compare the bytes, run every check.

    Bytes that have come out before, and were sound, are a second synth already.

    Args:
        source: A function that fills an App, or the path of a program that makes its own.
        tmp_path: A folder for the output; may be used again.
        external: Objects that the user brings, as `Kind/name`.
        newer_fields: Keys of `bundle.schema.FIRST_MINOR`.
        tokens: ServiceAccounts whose pods have a token for a Vault, or for a Role of the user's.

    Returns:
        The bundle, for the assertions of the test.

    Raises:
        AssertionError: One or more checks found something; the message lists all of it.
    """
    folder = Path(tempfile.mkdtemp(prefix="synth-", dir=tmp_path))
    _write(source, folder)
    manifests, files = read_folder(folder)
    declared = (frozenset(external), frozenset(newer_fields), frozenset(tokens))
    bundle = Bundle(manifests, files, *declared)
    known = _fingerprint(bundle)
    if known not in _sound:
        problems = [] if manifests else ["the synth wrote no manifest"]
        for _ in range(1, SYNTHS):
            again = Path(tempfile.mkdtemp(prefix="synth-", dir=tmp_path))
            _write(source, again)
            problems += [
                f"{name}: differs in another synth"
                for name in differences(files, read_files(again))
            ]
        check(bundle, problems)
        _sound.add(known)
    return bundle


def _write(source: Build | Path, folder: Path) -> None:
    if isinstance(source, Path):
        run_program(source, folder)
    else:
        app = cdk8s.App(outdir=str(folder))
        source(app)
        app.synth()


def _fingerprint(bundle: Bundle) -> bytes:
    """Return what the checks can tell bundles apart by."""
    declared = [sorted(each) for each in (bundle.external, bundle.newer_fields, bundle.tokens)]
    return hashlib.sha256(repr((declared, [*bundle.files.items()])).encode()).digest()


def check(bundle: Bundle, problems: Iterable[str] = ()) -> None:
    """Run every check on a bundle.

    Raises:
        AssertionError: Something was found, `problems` included.
    """
    found = [*problems, *check_schema(bundle)]
    # The other checks read manifests by their schema; they would trip over an invalid one.
    if not found:
        found = [problem for each in CHECKS for problem in each(bundle)]
    if found:
        lines = "\n".join(f"  - {problem}" for problem in dict.fromkeys(found))
        raise AssertionError(f"{len(set(found))} problems in the bundle:\n{lines}")


def run_program(
    program: Path,
    folder: Path,
    env: Mapping[str, str] | None = None,
    working_folder: Path | None = None,
) -> None:
    """Run a program such as main.py with its output in a folder.

    Args:
        program: The program.
        folder: Where its manifests go.
        env: Variables on top of the present environment.
        working_folder: Where it runs; default: in its own folder, as under the command line.
    """
    inherited = {k: v for k, v in os.environ.items() if k not in {"RELEASE", "NAMESPACE"}}
    subprocess.run(
        [sys.executable, "-O", str(program)],
        cwd=working_folder or program.parent,
        env={**inherited, **(env or {}), "CDK8S_OUTDIR": str(folder)},
        check=True,
    )


def differences(first: Mapping[str, bytes], second: Mapping[str, bytes]) -> list[str]:
    """Return the names of files that two synths do not have in common, byte for byte."""
    return sorted(n for n in first.keys() | second.keys() if first.get(n) != second.get(n))


def parse(text: str) -> list[Manifest]:
    """Parse a stream of YAML documents; empty documents are left out."""
    return [document for document in yaml.load_all(text, Loader=_Loader) if document]


def read_files(folder: Path) -> dict[str, bytes]:
    """Read every file that a synth wrote, by its name below the folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read_folder(folder: Path) -> tuple[list[Manifest], dict[str, bytes]]:
    """Read every manifest file that a synth wrote."""
    files = read_files(folder)
    manifests = [
        manifest
        for name, content in files.items()
        if re.search(r"\.ya?ml$", name)
        for manifest in parse(content.decode())
    ]
    return manifests, files

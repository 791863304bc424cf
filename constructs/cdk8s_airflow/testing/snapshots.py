"""Snapshots for review: one readable YAML file per test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

if TYPE_CHECKING:
    from syrupy.types import PropertyFilter, PropertyMatcher, SerializableData


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def to_yaml(data: object) -> str:
    """Return manifests as YAML: a list becomes documents, nothing is abbreviated by aliases."""
    documents = data if isinstance(data, list) else [data]
    return yaml.dump_all(documents, Dumper=_Dumper, sort_keys=False, width=100, allow_unicode=True)


class ManifestSnapshot(SingleFileSnapshotExtension):
    """Writes `__snapshots__/<module>/<test>.k8s.yaml` beside the test."""

    file_extension = "k8s.yaml"
    _write_mode = WriteMode.TEXT

    def serialize(
        self,
        data: SerializableData,
        *,
        exclude: PropertyFilter | None = None,
        include: PropertyFilter | None = None,
        matcher: PropertyMatcher | None = None,
    ) -> str:
        """Return what the file holds; a checksum stands for content that the test is not about."""
        return re.sub(r"(?m)^( *cdk8s-airflow/checksum: ).*$", r"\1(checksum)", to_yaml(data))

"""What code declares for Airflow's database, as a file and the values that it needs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cdk8s_airflow.kubernetes.objects import Manifest
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey

FILE = "objects.json"
LARGEST = 1_000_000
"""Bytes of the file: a ConfigMap takes 1 MiB."""


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What the code declares, without the values of Secrets and ConfigMaps."""

    objects: Mapping[str, Mapping[str, object]]
    """Kind -> id -> form."""
    values: Mapping[tuple[str | int, ...], SecretKey | ConfigMapKey]
    """Path in `objects` -> where its value comes from."""

    @cached_property
    def text(self) -> str:
        """The file that the program reads."""
        values = [
            [list(path), _file(key), isinstance(key, SecretKey)]
            for path, key in self.values.items()
        ]
        return json.dumps({"objects": self.objects, "values": values}, sort_keys=True, indent=1)

    def sources(self, config_map: str) -> Sequence[Manifest]:
        """The sources of the volume with that file and the values."""
        files: dict[tuple[str, str], list[Manifest]] = {
            ("configMap", config_map): [{"key": FILE, "path": FILE}]
        }
        for key in dict.fromkeys(self.values.values()):
            kind = "secret" if isinstance(key, SecretKey) else "configMap"
            item = {"key": key.key, "path": f"values/{_file(key)}"}
            files.setdefault((kind, key.name), []).append(item)
        return [{kind: {"name": name, "items": i}} for (kind, name), i in files.items()]


def _file(key: SecretKey | ConfigMapKey) -> str:
    kind = "secrets" if isinstance(key, SecretKey) else "config-maps"
    return f"{kind}/{key.name}/{key.key}"

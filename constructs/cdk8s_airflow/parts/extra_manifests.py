"""The user's own manifests, in the bundle of the release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cdk8s import JsonPatch, Yaml
from constructs import Construct

from cdk8s_airflow.kubernetes.objects import CLUSTER_SCOPED, KubernetesObject, Manifest, Wire, wire
from cdk8s_airflow.part import Part
from cdk8s_airflow.platform import Platform

COMPONENT = "extra"
_FIXED = tuple(f"app.kubernetes.io/{key}" for key in ("instance", "managed-by", "part-of"))
_ROUTED = frozenset({"name", "namespace", "labels", "annotations"})


@dataclass(frozen=True, kw_only=True)
class ExtraManifests(Part):
    """The user's manifests, with the release's namespace and labels."""

    manifests: Sequence[Manifest | str]
    """Mappings in wire form, and paths of YAML files."""

    def build(self, scope: Construct, platform: Platform) -> None:
        """Adds the objects."""
        ExtraObjects(scope, COMPONENT, platform=platform, manifests=self.manifests)


class ExtraObjects(Construct):
    """The objects of `ExtraManifests`."""

    def __init__(
        self, scope: Construct, id: str, *, platform: Platform, manifests: Sequence[Manifest | str]
    ) -> None:
        """Adds the objects.

        Args:
            scope: the release.
            id: its construct id.
            platform: the release as its components see it.
            manifests: mappings in wire form, and paths of YAML files.

        Raises:
            ValueError: with all problems of the manifests.
        """
        super().__init__(scope, id)
        ours = platform.labels(COMPONENT).all
        # These tell the tools that clean up what belongs to the release; the others are yours.
        fixed = {key: ours[key] for key in _FIXED}
        found = list(_manifests(manifests))
        problems = [text for where, item in found for text in _problems(where, item)]
        if problems:
            raise ValueError("\n".join(problems))
        for number, (_, item) in enumerate(found):
            metadata = _mapping(item["metadata"])
            made = KubernetesObject(
                self,
                f"{number}",
                api_version=str(item["apiVersion"]),
                kind=str(item["kind"]),
                name=str(metadata["name"]),
                namespace=_text(metadata.get("namespace")),
                labels={**ours, **_texts(metadata.get("labels")), **fixed},
                annotations=_texts(metadata.get("annotations")),
                body={k: v for k, v in item.items() if k not in ("apiVersion", "kind", "metadata")},
            )
            for key in sorted(metadata.keys() - _ROUTED):
                made.add_json_patch(JsonPatch.add(f"/metadata/{key}", metadata[key]))


def _manifests(manifests: Sequence[Manifest | str]) -> Iterator[tuple[str, Mapping[str, Wire]]]:
    """The option or file of each manifest, for messages, and the manifest."""
    for number, item in enumerate(manifests):
        here = f"AirflowProps.extra_manifests[{number}]"
        if not isinstance(item, str):
            yield here, _mapping(wire(item))
            continue
        if not Path(item).is_file():
            raise ValueError(f"{here}={item!r}: there is no such file; expected a path of YAML")
        for place, document in enumerate(Yaml.load(item)):
            if document is not None:
                yield f"{here}, {item} document {place + 1}", _mapping(document)


def _problems(where: str, item: Mapping[str, Wire]) -> Iterator[str]:
    metadata = _mapping(item.get("metadata"))
    missing = [key for key in ("apiVersion", "kind") if not isinstance(item.get(key), str)]
    if not isinstance(metadata.get("name"), str):
        missing.append("metadata.name")
    if missing:
        yield f"{where}: {', '.join(missing)} missing: expected a Kubernetes object"
        return
    here = f"{where}: {item['kind']} {metadata['name']!r}"
    if item["kind"] == "List":
        yield f"{here}: expected its items, each as a manifest of its own"
    if item["kind"] == "Secret" and (item.get("data") or item.get("stringData")):
        yield (
            f"{here} would put its values into the bundle, and so into Git: make it in the "
            "cluster, or give an ExternalSecret or SealedSecret"
        )
    if item["kind"] in CLUSTER_SCOPED and metadata.get("namespace"):
        yield f"{here} has a namespace, but its kind lives outside of them: leave it out"


def _mapping(value: object) -> Mapping[str, Wire]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Wire) -> str | None:
    return None if value is None else str(value)


def _texts(value: Wire) -> Mapping[str, str]:
    return {key: str(item) for key, item in _mapping(value).items()}

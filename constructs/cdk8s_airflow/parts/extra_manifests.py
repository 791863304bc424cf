"""The user's own manifests, in the bundle of the release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cdk8s import JsonPatch
from constructs import Construct

from cdk8s_airflow.kubernetes.credentials import form_problems
from cdk8s_airflow.kubernetes.names import is_object_name
from cdk8s_airflow.kubernetes.objects import CLUSTER_SCOPED, KubernetesObject, Manifest, Wire, wire
from cdk8s_airflow.kubernetes.problems import Path as Steps
from cdk8s_airflow.kubernetes.problems import format_path, refuse
from cdk8s_airflow.kubernetes.yaml_files import Document, YamlError, read_documents
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
        refuse(text for each in found for text in _problems(each))
        for number, item in enumerate(each.form for each in found):
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


@dataclass(frozen=True)
class Found:
    """A manifest of the user."""

    origin: str
    """The option that gives it, and its file."""
    form: Mapping[str, Wire]
    """The manifest."""
    document: Document | None = None
    """Its text, if it is from a file."""

    def where(self, path: Steps = ()) -> str:
        """The option, or file and line, for messages."""
        return f"{self.origin}:{self.document.line(path)}" if self.document else self.origin


def _manifests(manifests: Sequence[Manifest | str]) -> Iterator[Found]:
    """Each manifest with the option or file that it is from."""
    for number, item in enumerate(manifests):
        here = f"AirflowProps.extra_manifests[{number}]"
        if not isinstance(item, str):
            yield Found(here, _mapping(wire(item)))
            continue
        if not Path(item).is_file():
            raise ValueError(f"{here}={item!r}: there is no such file; expected a path of YAML")
        try:
            for document in read_documents(Path(item)):
                yield Found(f"{here}, {item}", _mapping(document.value), document)
        except YamlError as error:
            raise ValueError(f"{here}, {item}:{error.line}: {error}") from error


def _problems(found: Found) -> Iterator[str]:
    item, where = found.form, found.where()
    metadata = _mapping(item.get("metadata"))
    missing = [key for key in ("apiVersion", "kind") if not isinstance(item.get(key), str)]
    if not isinstance(metadata.get("name"), str):
        missing.append("metadata.name")
    if missing:
        yield f"{where}: {', '.join(missing)} missing: expected a Kubernetes object"
        return
    title = f"{item['kind']} {metadata['name']!r}"
    here = f"{where}: {title}"
    if item["kind"] == "List":
        yield f"{here}: expected its items, each as a manifest of its own"
        return
    if item["kind"] == "Secret" and (item.get("data") or item.get("stringData")):
        yield (
            f"{here} would put its values into the bundle, and so into Git: make it in the "
            "cluster, or give an ExternalSecret or SealedSecret"
        )
        return
    if item["kind"] in CLUSTER_SCOPED and metadata.get("namespace"):
        yield f"{here} has a namespace, but its kind lives outside of them: leave it out"
    if not is_object_name(str(metadata["name"])):
        yield f"{here}: expected a name of lower-case letters, digits, dashes and dots"
    from cdk8s_airflow.kubernetes.schema import object_problems

    credentials = form_problems(item) if found.document else ()
    for problem in (*object_problems(item), *credentials):
        path, text = format_path(problem.path), problem.text
        yield f"{found.where(problem.path)}: {title}: {path}{text}".replace(": : ", ": ")


def _mapping(value: object) -> Mapping[str, Wire]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Wire) -> str | None:
    return None if value is None else str(value)


def _texts(value: Wire) -> Mapping[str, str]:
    return {key: str(item) for key, item in _mapping(value).items()}

"""Writes CustomResourceDefinitions below imports/crds/ from the models that npm packages carry.

Usage: crds.py NODE_MODULES FOLDER

The registries that this repository builds from hold no CRD files, but packages of the types behind
them: a declaration (`.d.ts`) and a compiled validator for each Go type of a project. The
declaration has names, descriptions, requirements and enumerations; whether a number is an integer
only the validator knows, so it is asked. Lengths, patterns and CEL rules are not in them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

Schema = dict[str, Any]


class Crd(NamedTuple):
    """A kind of one of the packages."""

    package: str
    group: str
    version: str
    kind: str


CRDS = (
    Crd("keda", "keda.sh", "v1alpha1", "ScaledObject"),
    Crd("keda", "keda.sh", "v1alpha1", "TriggerAuthentication"),
    Crd("gateway-api", "gateway.networking.k8s.io", "v1", "HTTPRoute"),
    Crd("prometheus-operator", "monitoring.coreos.com", "v1", "PodMonitor"),
    Crd("prometheus-operator", "monitoring.coreos.com", "v1", "PrometheusRule"),
    Crd("prometheus-operator", "monitoring.coreos.com", "v1", "ServiceMonitor"),
    Crd("cert-manager", "cert-manager.io", "v1", "Certificate"),
    Crd("cert-manager", "cert-manager.io", "v1", "Issuer"),
    Crd("external-secrets", "external-secrets.io", "v1", "ExternalSecret"),
)
INT_OR_STRING = {"x-kubernetes-int-or-string": True}
SCALARS: Mapping[str, Schema] = {
    "string": {"type": "string"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "any": {"x-kubernetes-preserve-unknown-fields": True},
    "number|string": INT_OR_STRING,
    "string|number": INT_OR_STRING,
}
NODE = """
import { pathToFileURL } from "node:url";
const asked = JSON.parse(process.argv[1]), answers = [];
for (const [file, path, value] of asked) {
  const { validate } = await import(pathToFileURL(file));
  validate(value);
  answers.push((validate.errors ?? []).some(e =>
    e.instancePath === path && e.keyword === "type" && e.params.type === "integer"));
}
console.log(JSON.stringify(answers));
"""


def documentation(comment: str) -> Schema:
    """The description that a comment holds."""
    lines = [re.sub(r"^\s*\* ?", "", line) for line in comment.splitlines()]
    text = "\n".join(lines).strip()
    return {"description": text} if text else {}


class Models:
    """The declarations below one `node_modules`, as OpenAPI schemas."""

    def __init__(self, node_modules: Path) -> None:
        """Remembers where the packages are."""
        self.root = node_modules
        self.asked: list[tuple[list[Any], Schema]] = []
        """What to ask a validator, and the schema that its answer concerns."""
        self.schema_of = cache(self._schema_of)

    def resolve(self, origin: Path, module: str) -> Path:
        """The file of a module that another imports."""
        base = origin.parent if module.startswith(".") else self.root
        return (base / (module.removesuffix(".js") + ".d.ts")).resolve()

    def validator(self, file: Path, text: str, name: str) -> Path:
        """The compiled validator of a declared type: named by the longer alias of its file."""
        alias = re.search(rf"export type \{{ I{name} as I\w+, {name} as (\w+) \}}", text)
        assert alias, file
        package = next(folder for folder in file.parents if (folder / "package.json").is_file())
        return package / "_schemas" / f"{alias[1]}.js"

    def _schema_of(self, file: Path) -> Schema:
        text, name = file.read_text(), file.name.removesuffix(".d.ts")
        imports = {
            imported: self.resolve(file, module)
            for names, module in re.findall(r'^import \{ (.*?) \} from "(.*?)";', text, re.M)
            for imported in names.split(", ")
        }
        if alias := re.search(rf"^export type I{name} = (.*);$", text, re.M):
            return self.typed(alias[1], imports, self.validator(file, text, name), "", None)
        comment = r"(?:/\*\*((?:(?!\*/).)*?)\*/\n)?"
        interface = rf"export interface I{name}(?: extends ([^{{]*))? \{{\n(.*?)^\}}"
        body = re.search(f"^{comment}{interface}", text, re.M | re.S)
        assert body, file
        extended = (body[2] or "TypeMeta").split(", ")
        bases = [self.schema_of(imports[base]) for base in extended if base != "TypeMeta"]
        schema: Schema = {"type": "object", **documentation(body[1] or ""), "properties": {}}
        required = [name for base in bases for name in base.get("required", ())]
        for base in bases:
            schema["properties"].update(base["properties"])
        for comment, prop, optional, kind in re.findall(
            r'^    (?:/\*\*(.*?)\*/\n    )?"([^"]+)"(\??): (.*?);\n(?=    ["/]|\Z)',
            body[3],
            re.M | re.S,
        ):
            validator = self.validator(file, text, name)
            value = self.typed(kind, imports, validator, f"/{prop}", prop)
            schema["properties"][prop] = {**value, **documentation(comment)}
            self.follow(value, schema["properties"][prop])
            if not optional:
                required.append(prop)
        return schema | ({"required": sorted(required)} if required else {})

    def follow(self, value: Schema, copy: Schema) -> None:
        """Lets the answer about a schema reach the copy of it that carries a description."""
        self.asked += [(ask, copy) for ask, schema in self.asked if schema is value]

    def typed(
        self, kind: str, imports: Mapping[str, Path], validator: Path, path: str, prop: str | None
    ) -> Schema:
        """The schema of a type expression; `path` and `prop` are where a value of it goes."""
        kind = re.sub(r"\s+", "" if '"' not in kind else " ", kind.strip())
        if kind in imports:
            return self.schema_of(imports[kind])
        if literals := re.findall(r'"([^"]*)"', kind):
            return {"type": "string", "enum": literals}
        if re.fullmatch(r"\d+(\|\d+)*", kind):
            return {"type": "integer", "enum": [int(number) for number in kind.split("|")]}
        if inner := re.fullmatch(r"Array<(.*)>", kind):
            items = self.typed(inner[1], imports, validator, f"{path}/0", prop)
            return {"type": "array", "items": items}
        if inner := re.fullmatch(r"\{\[key:string\]:(.*);\}", kind):
            values = self.typed(inner[1], imports, validator, f"{path}/k", prop)
            return {"type": "object", "additionalProperties": values}
        schema = dict(SCALARS[kind])
        if kind == "number":
            value: Any = 0.5
            for step in reversed(path.split("/")[2:]):
                value = [value] if step == "0" else {step: value}
            ask = [str(validator), path, {prop: value} if prop else value]
            self.asked.append((ask, schema))
        return schema

    def settle(self) -> None:
        """Asks the validators which numbers are integers."""
        questions = json.dumps([ask for ask, _ in self.asked])
        command = ["node", "--input-type=module", "-e", NODE, questions]
        answers = json.loads(subprocess.check_output(command, text=True, cwd=self.root.parent))
        for (_, schema), integer in zip(self.asked, answers, strict=True):
            if integer:
                schema["type"] = "integer"


def definition(crd: Crd, models: Models) -> Schema:
    """The CustomResourceDefinition of a kind, without its status."""
    file = models.root / "@kubernetes-models" / crd.package / crd.group / crd.version
    schema = models.schema_of((file / f"{crd.kind}.d.ts").resolve())
    properties = {
        "apiVersion": {"type": "string"},
        "kind": {"type": "string"},
        "metadata": {"type": "object"},
        "spec": schema["properties"]["spec"],
    }
    described = {key: schema[key] for key in ("description",) if key in schema}
    body = {"type": "object", **described, "required": ["spec"], "properties": properties}
    singular = crd.kind.lower()
    plural = singular + "s"
    names = {"kind": crd.kind, "listKind": f"{crd.kind}List", "plural": plural}
    version = {"name": crd.version, "served": True, "storage": True}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.{crd.group}"},
        "spec": {
            "group": crd.group,
            "names": {**names, "singular": singular},
            "scope": "Namespaced",
            "versions": [{**version, "schema": {"openAPIV3Schema": body}}],
        },
    }


class Plain(yaml.SafeDumper):
    """YAML without anchors: a CRD repeats what Go shares."""

    def ignore_aliases(self, data: Any) -> bool:
        """Always."""
        return True


def main(node_modules: Path, folder: Path) -> None:
    """Writes a file for each API group."""
    models = Models(node_modules)
    definitions = [(crd, definition(crd, models)) for crd in CRDS]
    models.settle()
    folder.mkdir(parents=True, exist_ok=True)
    for group in sorted({crd.group for crd in CRDS}):
        documents = [body for crd, body in definitions if crd.group == group]
        text = yaml.dump_all(documents, Dumper=Plain, sort_keys=False, width=100)
        (folder / f"{group}.yaml").write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))

"""Shell of the documents: each command exists, with these options, and names what is there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import metadata

import yaml
from bundle.docs_blocks import ROOT
from cyclopts import CycloptsError

from cdk8s_airflow.cli import application

Words = Sequence[str]

KUBECTL: Mapping[str, frozenset[str]] = {
    verb: frozenset(flags.split())
    for verb, flags in {
        "annotate": "--overwrite",
        "apply": "-f -k --server-side --force-conflicts --prune --applyset",
        "cluster-info": "",
        "cp": "",
        "create": "--from --from-literal --from-file --dry-run -o --docker-server "
        "--docker-username --docker-password",
        "delete": "-l --ignore-not-found",
        "describe": "",
        "exec": "-c -it",
        "get": "-l -o -w --field-selector",
        "label": "--overwrite",
        "logs": "-c -f --follow --tail --selector --all-containers",
        "rollout": "--to-revision",
        "scale": "--replicas",
        "wait": "--for --timeout",
    }.items()
}
"""Verbs of kubectl and their options; those of all verbs are in `EVERYWHERE`."""

EVERYWHERE = frozenset({"-n", "--namespace"})
WITH_VALUE = frozenset({"-n", "--namespace", "-l", "-c", "-f", "-k", "-o", "--tail", "--selector"})
KINDS = {
    "deploy": "Deployment",
    "deployment": "Deployment",
    "statefulset": "StatefulSet",
    "cronjob": "CronJob",
    "job": "Job",
    "secret": "Secret",
    "service": "Service",
    "svc": "Service",
}
TOOLS: Mapping[str, frozenset[str]] = {
    tool: frozenset(verbs.split(","))
    for tool, verbs in {
        "age": "--decrypt",
        "argocd": "app get,app diff,app history,app rollback,app sync",
        "docker": "build,push,pull,run",
        "flux": "get kustomizations,reconcile kustomization,reconcile source,suspend kustomization,"
        "resume kustomization,diff kustomization",
        "git": "clone,add,commit,push,revert,diff,checkout",
        "helm": "get values,template",
        "kind": "create cluster,delete cluster,load docker-image",
        "minikube": "start,stop,delete,image load",
        "redis-cli": "ACL DELUSER,ACL SAVE",
        "vault": "auth enable,kv put,policy write,write",
    }.items()
}
"""Other tools and what they do, by the first words."""

ANYWHERE = frozenset(
    {
        "base64",
        "cat",
        "cd",
        "df",
        "du",
        "echo",
        "grep",
        "mkdir",
        "psql",
        "sed",
        "ssh-keyscan",
        "tar",
        "tee",
    }
)
"""What every Unix has, and PostgreSQL's client."""

AIRFLOW = frozenset({"dags list-import-errors"})
"""Commands in pods; tests/integration/test_b_docs.py asks Airflow for them."""


def problems(text: str) -> Iterator[str]:
    """What is wrong with the commands of a block."""
    variables: dict[str, str] = {}
    for words in commands(text):
        while words and (match := re.fullmatch(r"(\w+)=(.*)", words[0], re.DOTALL)):
            variables[match[1]] = match[2]
            words = words[1:]
        full = [
            each
            for word in words
            for each in (variables[word[1:]].split() if word[1:] in variables else [word])
        ]
        if full:
            for text_ in command(full):
                yield f"{' '.join(full)}: {text_}"


def commands(text: str) -> Iterator[list[str]]:
    """The simple commands of a block, as words."""
    for line in re.sub(r"\\\n", " ", text).splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
        lexer.whitespace_split = True
        lexer.commenters = "#"
        words: list[str] = []
        redirected = False
        for word in lexer:
            if set(word) <= set("|&;"):
                yield words
                words = []
            elif set(word) <= set("<>"):
                redirected = True
            elif redirected:
                redirected = False
            else:
                words.append(word)
        yield words


def command(words: Words) -> Iterator[str]:
    """What is wrong with one command."""
    name, *rest = words
    if name in ("for", "done"):
        return
    if name == "do":
        yield from command(rest)
    elif name in CHECKS:
        yield from CHECKS[name](rest)
    elif name in TOOLS:
        if not any(f"{' '.join(rest)} ".startswith(f"{verb} ") for verb in TOOLS[name]):
            yield f"expected one of {sorted(TOOLS[name])}"
    elif name not in ANYWHERE:
        yield "this test does not know the command"


@cache
def makefile() -> tuple[frozenset[str], frozenset[str]]:
    """The targets and the variables of the Makefile."""
    text = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z0-9-]+):.*## ", text, re.MULTILINE)
    return frozenset(targets), frozenset(re.findall(r"^([A-Z_]+) \??=", text, re.MULTILINE))


def make(words: Words) -> Iterator[str]:
    """A target, and variables that the Makefile reads; FROM and DAG come from the command line."""
    targets, variables = makefile()
    rest = list(words[2:] if words[:1] == ["-C"] else words)
    for word in rest:
        name, equals, _ = word.partition("=")
        if not equals and word not in targets:
            yield f"no target {word}"
        elif equals and name not in variables | {"DAG", "FROM", "TO"}:
            yield f"no variable {name}"
    if not any("=" not in word for word in rest):
        yield "no target"


def our_command(words: Words) -> Iterator[str]:
    """`cdk8s-airflow`, parsed by itself."""
    try:
        application().parse_args(list(words), exit_on_error=False, print_error=False)
    except CycloptsError as error:
        yield str(error)


def python(words: Words) -> Iterator[str]:
    """A program of this repository that has the options; main.py is the reader's."""
    program, *rest = words
    if program == "-m":
        yield from command(rest)
    elif program != "main.py":
        path = ROOT / program
        text = path.read_text() if path.is_file() else ""
        if not text:
            yield f"no program {program}"
        yield from (f"no option {w}" for w in rest if w.startswith("--") and f'"{w}"' not in text)


def pip(words: Words) -> Iterator[str]:
    """`pip install` of this package, with extras that it has."""
    if words[0] != "install":
        yield "expected install"
    known = set(metadata("cdk8s-airflow").get_all("Provides-Extra") or ())
    for extras in re.findall(r"\[([\w,]+)\]", " ".join(words)):
        yield from (f"no extra {each}" for each in extras.split(",") if each not in known)


def kubectl(words: Words) -> Iterator[str]:
    """A verb with its options; names of this package's objects, containers and components exist."""
    mine, _, inner = " ".join(words).partition(" -- ")
    flags: list[tuple[str, str]] = []
    rest: list[str] = []
    pending = shlex.split(mine) if not inner else list(words[: words.index("--")])
    while pending:
        word = pending.pop(0)
        name, equals, value = word.partition("=")
        if not word.startswith("-"):
            rest.append(word)
        elif name in WITH_VALUE and not equals:
            flags.append((name, pending.pop(0)))
        else:
            flags.append((name, value))
    verb, *objects = rest
    if verb not in KUBECTL:
        yield f"no verb {verb}"
        return
    yield from (f"no option {f} of {verb}" for f, _ in flags if f not in KUBECTL[verb] | EVERYWHERE)
    yield from unknown_objects(objects, dict(flags))
    for key, value in flags:
        if key in ("-l", "--selector"):
            yield from unknown_labels(value)
    if inner:
        tool, *rest = words[words.index("--") + 1 :]
        if tool == "sh":
            yield from problems(rest[1])
        elif tool == "airflow":
            if " ".join(rest) not in AIRFLOW:
                yield f"airflow {' '.join(rest)}: add it to AIRFLOW"
        else:
            yield from command([tool, *rest])


def unknown_objects(words: Words, flags: Mapping[str, str]) -> Iterator[str]:
    """Objects of the release af1 that no bundle has, and containers that they do not have."""
    for word in words:
        short, slash, name = word.rpartition("/")
        name = name if slash else word
        if not name.startswith("af1-"):
            continue
        found = workloads()
        kind = KINDS.get(short, "")
        if slash and not kind:
            yield f"kind {short} is unknown"
        name = re.sub(r"-\d$", "", name)  # a pod of a StatefulSet
        known = {key: held for key, held in found.items() if key[1] == name}
        if name not in generated() and not any(kind in ("", key[0]) for key in known):
            yield f"no bundle has {word}"
        container = flags.get("-c")
        if container and not any(container in held for held in known.values()):
            yield f"{word} has no container {container}"


def unknown_labels(selector: str) -> Iterator[str]:
    """Components that no bundle has, and labels that are none of ours."""
    names = re.search(r"component(?:=| in )\(?([\w, -]+)", selector)
    for name in re.split(r", ?", names[1]) if names else ():
        if name not in components():
            yield f"no bundle has the component {name}"
    for key in re.findall(r"([\w.]+/[\w-]+)", selector):
        if key not in ("app.kubernetes.io/component", "app.kubernetes.io/instance"):
            yield f"no pod has the label {key}"


@cache
def manifests() -> str:
    """All manifests of dist/ and of the examples, as text."""
    files = [*(ROOT / "dist").glob("*.yaml"), *(ROOT / "examples").glob("*/*.k8s.yaml")]
    return "\n---\n".join(path.read_text() for path in sorted(files))


@cache
def components() -> frozenset[str]:
    """The components that bundles have."""
    return frozenset(re.findall(r"app\.kubernetes\.io/component: ([\w-]+)", manifests()))


@cache
def generated() -> frozenset[str]:
    """Secrets that the bootstrap Job makes."""
    return frozenset(re.findall(r"\baf1-[a-z-]+(?=\",|,|\")", manifests()))


@cache
def workloads() -> dict[tuple[str, str], frozenset[str]]:
    """Kind and name of the default bundle's objects -> names of the containers."""
    found = {}
    texts = (path.read_text() for path in (ROOT / "dist").glob("*.yaml"))
    for manifest in (each for text in texts for each in yaml.load_all(text, yaml.CSafeLoader)):
        spec = manifest.get("spec") or {}
        pod = (spec.get("template") or {}).get("spec") or {}
        names = frozenset(each["name"] for each in pod.get("containers", ()))
        found[manifest["kind"], manifest["metadata"]["name"]] = names
    return found


CHECKS: Mapping[str, Callable[[Words], Iterator[str]]] = {
    "cdk8s-airflow": our_command,
    "kubectl": kubectl,
    "make": make,
    "pip": pip,
    "pytest": lambda words: (f"no option {w}" for w in words if w not in ("tests", "--quiet")),
    "python": python,
}

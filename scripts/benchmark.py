"""Measures what a synth costs, and prints Markdown tables. It reports, it asserts nothing.

Usage: benchmark.py [--runs N]

Each run is a fresh `python -O`, as cdk8s.yaml starts it, with bytecode at hand, as an installed
package has it. The runs of the rows are interleaved, so that a busy moment of the machine hits all
of them. The processor time of Python and Node together tells apps apart on a machine that has
other things to do; nearly all of it is time that a user waits, as the two wait for each other.
Memory is the peak of Python and of Node together, on Linux.
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
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLEET = 100
"""Releases of the largest app, from which the costs of an object and of a release come."""
BINDINGS = "import cdk8s, cdk8s_plus_27"
PACKAGE = "import cdk8s_airflow"
SYNTH = """
from cdk8s import App, Chart
from cdk8s_airflow import AirflowChart, AirflowProps

app = App(outdir=sys.argv[1])
if {releases} == 0:
    Chart(app, "empty")
for number in range({releases}):
    AirflowChart(app, f"af{{number}}", namespace="airflow", props=AirflowProps())
app.synth()
"""
TABLE = """
from cdk8s_airflow import (
    AirflowProps, ExternalPostgresql, ExternalRedis, Fleet, FleetRelease, SecretKey
)

word = SecretKey(name="servers", key="password")
Fleet(
    releases=[FleetRelease(name=f"team-{{number}}") for number in range({releases})],
    defaults=AirflowProps(
        database=ExternalPostgresql(host="db.example.com", password=word),
        broker=ExternalRedis(host="redis.example.com", password=word),
    ),
).synth(sys.argv[1])
"""
"""A `Fleet`, which writes a folder for each release."""
LARGE = 1000
"""Releases of the largest `Fleet`; it runs once, and for minutes."""
PEAKS = """
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

json.dump([peak(each) for each in family(os.getpid())], open(sys.argv[2], "w"))
"""


@dataclass
class Row:
    """One program, measured several times."""

    name: str
    program: str
    releases: int = 0
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    mebibytes: list[float] = field(default_factory=list)
    objects: int = 0

    def run(self, folder: Path, bytecode: Path) -> None:
        """Measures once."""
        out, peaks = folder / "out", folder / "peaks.json"
        program = f"import json, os, sys\n{self.program}\n{PEAKS}"
        paths = [str(ROOT / "constructs"), os.environ.get("PYTHONPATH", "")]
        environment = {
            **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPATH": os.pathsep.join(path for path in paths if path),
            "PYTHONPYCACHEPREFIX": str(bytecode),
        }
        began, before = time.perf_counter(), os.times()
        subprocess.run(
            [sys.executable, "-O", "-c", program, str(out), str(peaks)],
            check=True,
            cwd=ROOT,
            env=environment,
        )
        self.seconds.append(time.perf_counter() - began)
        after = os.times()
        self.processor.append(
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )
        self.mebibytes.append(sum(json.loads(peaks.read_text())) / 1024)
        self.objects = sum(
            f"\n{text}".count("\nkind: ")
            for text in (file.read_text() for file in out.rglob("*.yaml"))
        )

    @property
    def cost(self) -> float:
        """Its processor time in seconds."""
        return statistics.median(self.processor)

    @property
    def memory(self) -> float:
        """Its peak in MiB."""
        return statistics.median(self.mebibytes)


def table(rows: Sequence[Row], empty: Row) -> str:
    """What each row costs."""
    lines = [
        "| app | objects | processor | against empty | per release | wall clock | peak memory |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for row in rows:
        each = (row.cost - empty.cost) / row.releases * 1000 if row.releases else 0
        lines.append(
            f"| {row.name} | {row.objects} | {row.cost:.2f} s | {row.cost / empty.cost:.2f}x "
            f"| {f'{each:.0f} ms' if row.releases else '-'} "
            f"| {statistics.median(row.seconds):.2f} s | {row.memory:.0f} MiB |"
        )
    return "\n".join(lines)


def goals(bindings: Row, package: Row, empty: Row, default: Row, fleet: Row) -> str:
    """The goals, and how far off they are."""
    each = (fleet.cost - empty.cost) / fleet.objects * 1000
    memory = (fleet.memory - empty.memory) / fleet.releases
    rows = [
        (f"`{PACKAGE}` against `{BINDINGS}`", f"{package.cost / bindings.cost:.2f}x", "1.30x"),
        ("default bundle against the empty app", f"{default.cost / empty.cost:.2f}x", "1.25x"),
        (f"default bundle against `{BINDINGS}`", f"{default.cost / bindings.cost:.2f}x", "1.63x"),
        (f"an object in a fleet of {fleet.releases}", f"{each:.2f} ms", "1.30 ms"),
        (f"memory of a release in a fleet of {fleet.releases}", f"{memory:.2f} MiB", "1.50 MiB"),
    ]
    lines = ["| goal | measured | at most |", "| --- | ---: | ---: |"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def growth(few: Row, many: Row, empty: Row) -> str:
    """What a release costs in a large fleet against one in a small: 1 is linear."""
    time = [(row.cost - empty.cost) / row.releases for row in (few, many)]
    memory = [(row.memory - empty.memory) / row.releases for row in (few, many)]
    return (
        f"A release in a Fleet of {many.releases} against one in a Fleet of {few.releases}: "
        f"{time[1] / time[0]:.2f}x the time, {memory[1] / memory[0]:.2f}x the memory "
        f"({memory[1]:.2f} MiB)."
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="runs of each row (default: 5)")
    parser.add_argument("--large", type=int, default=LARGE, help="releases of the largest Fleet")
    given = parser.parse_args()
    runs = given.runs
    bindings, package = Row(BINDINGS, BINDINGS), Row(PACKAGE, PACKAGE)
    empty = Row("empty app, same imports", SYNTH.format(releases=0))
    default, some, fleet = (
        Row(
            f"{count} releases" if count > 1 else "default bundle",
            SYNTH.format(releases=count),
            releases=count,
        )
        for count in (1, 10, FLEET)
    )
    tables = [
        Row(f"Fleet of {count}", TABLE.format(releases=count), releases=count)
        for count in (FLEET, given.large)
    ]
    rows = [bindings, package, empty, default, some, fleet, tables[0]]
    with tempfile.TemporaryDirectory() as bytecode:
        for row in (bindings, empty, default):
            with tempfile.TemporaryDirectory() as folder:
                Row("makes the bytecode", row.program).run(Path(folder), Path(bytecode))
        for _ in range(runs):
            for row in rows:
                with tempfile.TemporaryDirectory() as folder:
                    row.run(Path(folder), Path(bytecode))
                print(".", end="", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            tables[1].run(Path(folder), Path(bytecode))
    print(file=sys.stderr)
    print(goals(bindings, package, empty, default, fleet))
    print(f"\n{table([*rows[2:], tables[1]], empty)}")
    print(f"\n{growth(tables[0], tables[1], empty)}")
    print(
        f"\nPython {platform.python_version()} with -O, {os.cpu_count()} cores, medians of {runs} "
        "interleaved runs. An object is a document of the bundle; a release has "
        f"{default.objects}, NetworkPolicies included. Per release and per object: above the "
        "empty app."
    )


if __name__ == "__main__":
    main()

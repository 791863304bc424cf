"""Draws a dashboard as SVG from the data of a Prometheus, for the docs or where Grafana is not.

``draw_dashboard.py DASHBOARD.json http://PROMETHEUS:9090 NAMESPACE RELEASE MINUTES`` writes it to
standard output. It needs no package.
"""

from __future__ import annotations

import html
import json
import re
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

CELL_WIDTH, CELL_HEIGHT, GAP = 48, 32, 8
COLOURS = ("#3274d9", "#e0752d", "#37872d", "#a352cc", "#c4162a", "#8a8a8a", "#1f9ea8", "#b3862b")
POINTS = 120
INTERVAL = "1m"
"""What stands for `$__rate_interval`."""
LABEL = re.compile(r"\{\{(\w+)\}\}")


class Curve(NamedTuple):
    """One series of a panel."""

    name: str
    values: Mapping[float, float]


class Source(NamedTuple):
    """Whose data, and of when."""

    url: str
    namespace: str
    release: str
    seconds: float

    def curves(self, panel: Mapping[str, Any]) -> Iterator[Curve]:
        """What Prometheus answers to the queries of a panel."""
        now = time.time()
        for target in panel["targets"]:
            query = target["expr"].replace("$namespace", self.namespace)
            query = query.replace("$release", self.release).replace("$__rate_interval", INTERVAL)
            asked = {"query": query, "start": now - self.seconds, "end": now}
            asked["step"] = max(self.seconds / POINTS, 1)
            address = f"{self.url}/api/v1/query_range?{urllib.parse.urlencode(asked)}"
            with urllib.request.urlopen(address, timeout=30) as answer:
                found = json.load(answer)["data"]["result"]
            for series in found:
                name = named(target["legendFormat"], series["metric"])
                values = {float(at): float(value) for at, value in series["values"]}
                yield Curve(name, {at: value for at, value in values.items() if value == value})


def named(legend: str, labels: Mapping[str, str]) -> str:
    """The name of a curve, by the labels of its series."""
    return LABEL.sub(lambda match: labels.get(match[1], ""), legend)


def main(arguments: Sequence[str]) -> None:
    """Writes the picture."""
    file, url, namespace, release, minutes = arguments
    dashboard = json.loads(Path(file).read_text("utf-8"))
    source = Source(url.rstrip("/"), namespace, release, 60 * float(minutes))
    print(picture(dashboard, source))


def picture(dashboard: Mapping[str, Any], source: Source) -> str:
    """The dashboard as SVG."""
    panels = dashboard["panels"]
    width = 24 * CELL_WIDTH
    height = CELL_HEIGHT * max(p["gridPos"]["y"] + p["gridPos"]["h"] for p in panels) + 40
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="#f4f5f5"/>',
        text(12, 26, dashboard["title"], 'font-size="18" fill="#222"'),
    ]
    for panel in panels:
        at = panel["gridPos"]
        x, y = at["x"] * CELL_WIDTH, at["y"] * CELL_HEIGHT + 40
        wide, high = at["w"] * CELL_WIDTH - GAP, at["h"] * CELL_HEIGHT - GAP
        lines.append(f'<g transform="translate({x + GAP / 2:g} {y})">')
        lines.append(f'<rect width="{wide}" height="{high}" fill="#fff" stroke="#ddd"/>')
        lines.append(text(10, 20, panel["title"], 'fill="#444" font-weight="bold"'))
        curves = list(source.curves(panel))
        draw = number if panel["type"] == "stat" else graph
        lines += draw(curves, panel["fieldConfig"]["defaults"].get("unit", ""), wide, high)
        lines.append("</g>")
    return "\n".join([*lines, "</svg>"])


def text(x: float, y: float, words: str, style: str) -> str:
    """A line of text."""
    return f'<text x="{x:g}" y="{y:g}" {style}>{html.escape(words)}</text>'


def shown(value: float, unit: str) -> str:
    """A value for people."""
    if unit == "percentunit":
        return f"{100 * value:.0f} %"
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:.3g} {letter}"
    return f"{value:.3g}{' s' if unit == 's' else ''}"


def number(curves: Sequence[Curve], unit: str, wide: float, high: float) -> Iterator[str]:
    """The last value."""
    last = [list(curve.values.values())[-1] for curve in curves if curve.values]
    words = shown(last[0], unit) if last else "no data"
    style = 'font-size="30" fill="#3274d9" text-anchor="middle"'
    yield text(wide / 2, high / 2 + 22, words, style)


def graph(curves: Sequence[Curve], unit: str, wide: float, high: float) -> Iterator[str]:
    """Curves over time, with the scale at the left and names below."""
    values = [value for curve in curves for value in curve.values.values()]
    if not values:
        yield text(wide / 2, high / 2, "no data", 'fill="#999" text-anchor="middle"')
        return
    times = [at for curve in curves for at in curve.values]
    first, last, top = min(times), max(times), max(values) * 1.1 or 1
    left, above, below = 56, 34, 34
    across, down = wide - left - 12, high - above - below
    for part in (0, 0.5, 1):
        y = above + down * (1 - part)
        yield f'<line x1="{left}" x2="{left + across}" y1="{y:g}" y2="{y:g}" stroke="#eee"/>'
        label = shown(top * part, unit)
        yield text(left - 6, y + 4, label, 'fill="#888" font-size="10" text-anchor="end"')
    x_name = float(left)
    for n, curve in enumerate(curves):
        colour = COLOURS[n % len(COLOURS)]
        spots = " ".join(
            f"{left + across * (at - first) / (last - first or 1):.1f},"
            f"{above + down * (1 - value / top):.1f}"
            for at, value in curve.values.items()
        )
        yield f'<polyline points="{spots}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
        if x_name < wide - 60:
            yield text(x_name, high - 10, f"— {curve.name}", f'fill="{colour}" font-size="11"')
        x_name += 7 * len(curve.name) + 28


if __name__ == "__main__":
    main(sys.argv[1:])

"""`cdk8s-airflow graph`: a picture of a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from cdk8s_airflow.cli.exits import CommandError

Format = Literal["mermaid", "dot", "svg", "png", "json"]


def graph(
    bundle: Path = Path("dist"),
    /,
    *,
    release: str = "",
    show: Literal["flows", "secrets", "both"] = "both",
    format: Annotated[Format | None, Parameter(name=["--format", "-f"])] = None,
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
) -> None:
    """Draw a bundle: who talks to whom, as its network policies allow, and who holds which Secret.

    SVG and PNG are drawn by Graphviz (`dot`), which must be installed. GitHub and GitLab show
    Mermaid in Markdown.

    Args:
        bundle: a folder of manifests. Default: dist.
        release: draw this one only. Default: all in the bundle.
        show: flows, secrets, or both. Default: both.
        format: mermaid, dot, svg, png or json. Default: as the output ends, else mermaid.
        output: a file to write it to. Default: standard output.
    """
    from cdk8s_airflow.cli.cluster.bundle import read_bundle
    from cdk8s_airflow.cli.drawing import draw
    from cdk8s_airflow.cli.flows import picture_of

    suffixes: dict[str, Format] = {
        ".mmd": "mermaid", ".md": "mermaid", ".dot": "dot", ".gv": "dot", ".svg": "svg",
        ".png": "png", ".json": "json",
    }  # fmt: skip
    wanted = format or suffixes.get(output.suffix if output else ".mmd")
    if wanted is None:
        raise CommandError(f"--output {output}: expected an end such as {', '.join(suffixes)}")
    if wanted == "png" and output is None:
        raise CommandError("a PNG goes to a file: give --output release.png")
    picture = picture_of(read_bundle(bundle), release, show)
    if not picture.nodes:
        raise CommandError(f"{bundle} holds no pods of {release or 'a release'}")
    content = draw(picture, wanted)
    if output is None:
        print(content.decode(), end="")
    else:
        output.write_bytes(content)

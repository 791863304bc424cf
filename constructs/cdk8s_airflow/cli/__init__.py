"""The command `cdk8s-airflow`.

One module a command, loaded when it is asked for; `COMMANDS` lists them. Nothing else of the
package imports this one, nor cyclopts.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version

from cyclopts import App, CycloptsError, Parameter

from cdk8s_airflow.cli.exits import FAILED, MISUSED, CommandError

__all__ = ["COMMANDS", "application", "main"]

COMMANDS = {
    "init": "init:init",
    "synth": "synth:synth",
    "check": "check:check",
    "diff": "diff:diff",
    "deploy": "deploy:deploy",
    "status": "status:status",
    "logs": "logs:logs",
    "shell": "shell:shell",
    "browse": "browse:browse",
    "backfill": "backfill:backfill",
    "delete": "delete:delete",
    "migrate": "migrate:migrate",
    "explain": "explain:explain",
    "schema": "schema:schema",
    "graph": "graph:graph",
    "completion": "completion:completion",
}
"""A command -> its module and function below this package."""


def application() -> App:
    """The command line."""
    app = App(
        name="cdk8s-airflow",
        help="Apache Airflow on Kubernetes: from values or Python to manifests, and to a cluster.",
        help_epilogue=(
            "Exit codes: 0 done; 1 refused or failed, with the reason; 2 not understood; "
            "3 differences or findings, where a command was asked to tell by its code."
        ),
        version=lambda: version("cdk8s-airflow"),
        default_parameter=Parameter(negative=(), show_default=False),
        result_action="return_value",
    )
    for name, place in COMMANDS.items():
        app.command(f"cdk8s_airflow.cli.{place}", name=name)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Args:
        arguments: the words after `cdk8s-airflow`. Default: those of the process.

    Returns:
        The exit code.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    app = application()
    if words[:1] in ([], ["--help"], ["-h"]):
        app.resolved_commands()  # else the list has no summaries
    try:
        code = app(words, exit_on_error=False)
    except CycloptsError:  # which has told what
        return MISUSED
    except CommandError as error:
        print(f"{words[0]}: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # `cdk8s-airflow ... | head`
        sys.stderr.close()
        return FAILED
    return code if isinstance(code, int) else 0

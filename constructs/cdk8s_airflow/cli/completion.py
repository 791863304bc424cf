"""`cdk8s-airflow completion`: commands and options completed by a shell."""

from __future__ import annotations

from typing import Literal

Shell = Literal["bash", "zsh", "fish"]


def completion(shell: Shell, /) -> None:
    """Print a script that lets a shell complete commands and options.

    bash: `source <(cdk8s-airflow completion bash)` in ~/.bashrc. zsh: write it to a file
    `_cdk8s-airflow` in a folder of fpath. fish: write it to
    ~/.config/fish/completions/cdk8s-airflow.fish.

    Args:
        shell: bash, zsh or fish.
    """
    from cdk8s_airflow.cli import application

    print(application().generate_completion(shell=shell))

"""Commands and statements of the documents, in the pods of a running bundle."""

from __future__ import annotations

import pytest
from bundle.docs_blocks import Block, of_language
from bundle.docs_shell import commands
from integration.conftest import RunningBundle

STATEMENTS = of_language("sql")


def in_pods() -> list[list[str]]:
    """The commands of `kubectl exec ... --`, each with its pod's name and container before it."""
    found = []
    for words in (each for block in of_language("sh", "bash") for each in commands(block.text)):
        if words[:1] == ["kubectl"] and "exec" in words and "--" in words:
            options, inner = words[: words.index("--")], words[words.index("--") + 1 :]
            target = options[options.index("exec") + 1].partition("/")
            container = options[options.index("-c") + 1] if "-c" in options else ""
            name = target[2] or target[0].removesuffix("-0")
            if name.startswith("af1-"):  # others are not of this bundle
                found.append([name, container, *inner])
    return found


def test_the_documents_have_what_these_tests_run() -> None:
    assert len(STATEMENTS) >= 3
    assert len(in_pods()) >= 5


@pytest.mark.parametrize("words", in_pods(), ids=" ".join)
def test_a_command_in_a_pod_works(bundle: RunningBundle, words: list[str]) -> None:
    name, container, *inner = words
    pod = next(each for each in bundle.node.pods() if each.name.startswith(f"{name}-"))
    done = pod.exec(*inner, container=container or None, timeout=120)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("block", STATEMENTS, ids=str)
def test_a_statement_is_one_that_the_database_knows(bundle: RunningBundle, block: Block) -> None:
    text = f"BEGIN; {block.text} ROLLBACK;"
    psql = ("psql", "-h", "/var/run/postgresql", "-U", "airflow", "--set=ON_ERROR_STOP=1", "-c")
    done = bundle.node.pod("af1-postgresql").exec(*psql, text)
    assert done.exit_code == 0, done.output

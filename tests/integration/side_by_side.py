"""Which tests need the same bundle: with SCENES=2 two bundles run side by side, see ``run``."""

from __future__ import annotations

import pytest

_DEFAULT = ("test_a_start", "test_b_dags", "test_b_policies", "test_c_probes", "test_d_failures",
            "test_e_node")  # fmt: skip
SHARED = {
    **dict.fromkeys(_DEFAULT, "default"),
    **dict.fromkeys(("test_g_git", "test_h_git_sync"), "git"),
    **dict.fromkeys(("test_l_connections", "test_l_ingress"), "ingress"),
}
"""Module -> the bundle that it shares with others; one that is not here has its own, or none."""


def scene(nodeid: str) -> str:
    """What the tests of one process have in common: a bundle, or the module; an example is alone.

    Args:
        nodeid: As pytest names a test: ``tests/integration/test_a.py::test_b[c]``.
    """
    file, _, _ = nodeid.partition("::")
    module = file.rpartition("/")[2].removesuffix(".py")
    return nodeid if module == "test_t_examples" else SHARED.get(module, module)


def longest_first(items: list[pytest.Item]) -> None:
    """Orders tests: those of the default bundle, those that start others, those that start none."""

    def starts(item: pytest.Item) -> bool:
        return bool({"bundle", "cluster"} & set(getattr(item, "fixturenames", ())))

    bundles = {scene(item.nodeid) for item in items if starts(item)}
    items.sort(key=lambda i: (scene(i.nodeid) != "default", scene(i.nodeid) not in bundles))

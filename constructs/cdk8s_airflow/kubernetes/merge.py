"""Strategic merges: a part of a manifest laid over a whole one, as `kubectl patch` does it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cdk8s_airflow.kubernetes.wire import Manifest, Wire, wire

_KEYS: Mapping[str, Sequence[str]] = {
    "containers": ("name",),
    "env": ("name",),
    "ephemeralContainers": ("name",),
    "hostAliases": ("ip",),
    "imagePullSecrets": ("name",),
    "initContainers": ("name",),
    "ports": ("containerPort", "port"),
    "secrets": ("name",),
    "topologySpreadConstraints": ("topologyKey",),
    "volumeClaimTemplates": ("metadata",),
    "volumeDevices": ("devicePath",),
    "volumeMounts": ("mountPath",),
    "volumes": ("name",),
}
"""Field -> the field that tells its items apart (`x-kubernetes-patch-merge-key`)."""
_DIRECTIVE = "$patch"


def merged(manifest: dict[str, Wire], patch: Manifest, *, exact: bool = False) -> dict[str, Wire]:
    """A manifest with a patch laid over it, by `strategic_merge`; `None` in it removes a field.

    Args:
        manifest: what there is.
        patch: what is laid over it.
        exact: a removal of what is not there, but is near to what is, is a typing error.

    Raises:
        ValueError: for such typing errors.
    """
    plain = _plain(patch)
    if exact and (misses := list(_misses(manifest, plain, "", ""))):
        raise ValueError("; ".join(misses))
    found = strategic_merge(manifest, plain)
    return found if isinstance(found, dict) else manifest


def _misses(whole: Wire, patch: Wire, field: str, path: str) -> Iterator[str]:
    """What a patch removes that is not there, while something near to it is."""
    if isinstance(whole, dict) and isinstance(patch, dict):
        for key, value in patch.items():
            if value is None and key not in whole:
                yield from _near(f"{path}/{key}", key, whole)
            elif value is not None:
                yield from _misses(whole.get(key), value, key, f"{path}/{key}")
    elif isinstance(whole, list) and isinstance(patch, list) and field in _KEYS:
        there = {str(_key(each, _KEYS[field])): each for each in whole}
        for item in patch:
            name = str(_key(item, _KEYS[field]))
            if name in there:
                yield from _misses(there[name], item, "", f"{path}/{name}")
            elif isinstance(item, dict) and item.get(_DIRECTIVE) == "delete":
                yield from _near(f"{path}/{name}", name, there)


def _near(path: str, name: str, known: Iterable[str]) -> Iterator[str]:
    for close in difflib.get_close_matches(name, known, n=1, cutoff=0.8):
        yield f"merge removes {path}, which is not there; did you mean {close!r}?"


def _plain(value: object) -> Wire:
    """The wire form, in which `None` stays."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return wire(value)


def strategic_merge(whole: Wire, patch: Wire, field: str = "") -> Wire:
    """The value with a patch laid over it.

    Mappings are merged key by key, and `None` removes a key. Lists whose items have a key of their
    own (containers, volumes, variables ...) are merged item by item; `{"$patch": "delete"}` removes
    an item, and `{"$patch": "replace"}` in a mapping replaces it as a whole. Other lists are
    replaced.

    Args:
        whole: what there is.
        patch: in wire form.
        field: the field that holds both, which decides how lists are merged.
    """
    if isinstance(patch, dict):
        if not isinstance(whole, dict) or patch.get(_DIRECTIVE) == "replace":
            whole = {}
        merged = dict(whole)
        for key, value in patch.items():
            if key == _DIRECTIVE:
                continue
            if value is None:
                merged.pop(key, None)
            else:
                merged[key] = strategic_merge(merged.get(key), value, key)
        return merged
    if isinstance(patch, list) and isinstance(whole, list) and field in _KEYS:
        return _merge_items(whole, patch, _KEYS[field])
    return patch


def _merge_items(whole: list[Wire], patch: list[Wire], keys: Sequence[str]) -> list[Wire]:
    merged = list(whole)
    for item in patch:
        key = _key(item, keys)
        places = [n for n, each in enumerate(merged) if key is not None and _key(each, keys) == key]
        if isinstance(item, dict) and item.get(_DIRECTIVE) == "delete":
            merged = [each for n, each in enumerate(merged) if n not in places]
        elif places:
            merged[places[0]] = strategic_merge(merged[places[0]], item)
        else:
            merged.append(strategic_merge(None, item))
    return merged


def _key(item: Wire, keys: Sequence[str]) -> object:
    if not isinstance(item, dict):
        return None
    value = next((item[key] for key in keys if key in item), None)
    return value.get("name") if isinstance(value, dict) else value

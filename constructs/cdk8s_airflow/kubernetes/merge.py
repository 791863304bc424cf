"""Strategic merges: a part of a manifest laid over a whole one, as `kubectl patch` does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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


def merged(manifest: dict[str, Wire], patch: Manifest) -> dict[str, Wire]:
    """A manifest with a patch laid over it, by `strategic_merge`; `None` in it removes a field."""
    found = strategic_merge(manifest, _plain(patch))
    return found if isinstance(found, dict) else manifest


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

"""The props as pydantic sees them: the same dataclasses, in camelCase, unions by `kind:`.

Imported only when a values file is read, as pydantic is optional and slow to import.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Annotated, Any, Literal, TypeGuard

from pydantic import (
    AfterValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    WrapValidator,
)
from pydantic.alias_generators import to_camel
from typing_extensions import NotRequired, Required, TypedDict

from cdk8s_airflow.kubernetes.credentials import NotSecret
from cdk8s_airflow.kubernetes.props import PYTHON_ONLY, Props, type_hints
from cdk8s_airflow.kubernetes.references import ConfigMapKey, SecretKey
from cdk8s_airflow.kubernetes.structs import struct_name
from cdk8s_airflow.props import AirflowProps
from cdk8s_airflow.values.docstrings import field_docstrings

PLAIN = "value"
"""The tag of values that are not props objects."""
_REFERENCES = {"SecretKey": SecretKey, "ConfigMapKey": ConfigMapKey}
_CHART = {
    "release": "Name of the release; begins the name of every object. Default: af1.",
    "namespace": "Namespace of all objects. Default: airflow.",
}


def camel(name: str) -> str:
    """The key of a prop: `worker_groups` is `workerGroups`."""
    return to_camel(name)


@cache
def release_type() -> TypeAdapter[dict[str, Any]]:
    """The type of one release in a values file: its names, and the props that are set."""
    return TypeAdapter(_release())


def keys_at(steps: Sequence[object]) -> list[str]:
    """The keys that a mapping at this path may have."""
    here: object = AirflowProps
    for step in steps:
        here = _next(here, step)
    if here is AirflowProps:
        return [*_CHART, *map(camel, _fields(AirflowProps))]
    return [camel(name) for name in type_hints(here)] if _is_props(here) else []


def _next(hint: object, step: object) -> object:
    if _is_props(hint):
        names = {camel(name): item for name, item in type_hints(hint).items()}
        return names.get(str(step))
    members = _members(hint) or (hint,)
    for item in members:
        if _is_props(item) and getattr(item, "__name__", None) == step:
            return item
    for item in members:
        origin, arguments = typing.get_origin(item), typing.get_args(item)
        if isinstance(origin, type) and issubclass(origin, Mapping | Sequence):
            return arguments[-1] if issubclass(origin, Mapping) else arguments[0]
    return None


def _members(hint: object) -> tuple[object, ...]:
    union = typing.get_origin(hint) in (typing.Union, types.UnionType)
    # Structs of cdk8s-plus have no YAML of their own: there the wire spelling is meant.
    return tuple(item for item in (typing.get_args(hint) if union else ()) if not struct_name(item))


def _is_props(hint: object) -> TypeGuard[type]:
    return isinstance(hint, type) and issubclass(hint, Props)


def typed_dict(name: str, fields: Mapping[str, object]) -> Any:
    """The type of a mapping with these keys and no others."""
    make: Any = TypedDict  # called, so that it takes fields that are computed
    result = make(name, dict(fields))
    result.__pydantic_config__ = ConfigDict(
        strict=True, extra="forbid", alias_generator=camel, title=name
    )
    return result


@cache
def _release() -> Any:
    return typed_dict("Release", release_fields())


def release_fields() -> dict[str, object]:
    """Key -> type, of all that a release may say."""
    names = {name: NotRequired[Annotated[str, Field(description=_CHART[name])]] for name in _CHART}
    return {**names, **_fields(AirflowProps)}


@cache
def _fields(cls: type) -> dict[str, object]:
    hints = type_hints(cls)
    fields: dict[str, object] = {}
    for field in dataclasses.fields(cls):
        if PYTHON_ONLY in field.metadata:
            continue
        described = Field(json_schema_extra=partial(_describe, cls, field))
        needed = field.default is dataclasses.MISSING
        value = Annotated[_type(hints[field.name]), described]  # type: ignore[valid-type]
        fields[field.name] = (Required if needed else NotRequired)[value]
    return fields


@cache
def _props(cls: type, *, in_union: bool) -> Any:
    """The type of a props class; `in_union`, it has to have its `kind`."""
    name: Any = cls.__name__
    kind = Annotated[Literal[name], Field(description=f"That it is a {name}.")]  # type: ignore[valid-type]
    need: Any = Required if in_union else NotRequired
    fields = typed_dict(f"{name}Kind" if in_union else name, {"kind": need[kind], **_fields(cls)})
    return Annotated[fields, AfterValidator(partial(_build, cls))]


def _build(cls: type, values: Mapping[str, object]) -> object:
    own = {field.name for field in dataclasses.fields(cls)}
    try:
        return cls(**{k: v for k, v in values.items() if k != "kind" or k in own})
    except TypeError as error:
        raise ValueError(str(error)) from error


def _text(value: object, validate: Callable[[object], str]) -> str:
    """A text; `!not-secret` stays on it, where pydantic would make a plain one."""
    text = validate(value)
    return value if isinstance(value, NotSecret) else text


def _type(hint: object) -> Any:
    """The pydantic type for a prop of this type."""
    if hint is str:
        return Annotated[str, WrapValidator(_text)]
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if members := _members(hint):
        return _union(members)
    if hint is object:
        return Annotated[Any, AfterValidator(_references)]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return dict[str, _type(arguments[1])]  # type: ignore[misc]
    if isinstance(origin, type) and issubclass(origin, Sequence):
        return Annotated[list[_type(arguments[0])], AfterValidator(tuple)]  # type: ignore[misc]
    return _props(hint, in_union=False) if _is_props(hint) else hint


def _union(members: Sequence[object]) -> Any:
    found = [item for item in members if _is_props(item)]
    rest = [_type(item) for item in members if not _is_props(item)]
    plain: Any = typing.Union[tuple(rest)] if rest else None  # noqa: UP007
    if not found:
        return plain
    names = [cls.__name__ for cls in found]
    mappings = any(typing.get_origin(item) is dict for item in rest)
    in_union = len(found) > 1 or mappings
    tagged: list[Any] = [
        Annotated[_props(cls, in_union=in_union), Tag(cls.__name__)] for cls in found
    ]
    tagged += [Annotated[plain, Tag(PLAIN)]] if rest else []
    choose = Discriminator(
        _tagger(names, rest, mappings=mappings),
        custom_error_type="kind",
        custom_error_message=_expected(found, rest, in_union=in_union),
    )
    return Annotated[typing.Union[tuple(tagged)], choose]  # noqa: UP007


def _tagger(
    names: Sequence[str], rest: Sequence[object], *, mappings: bool
) -> Callable[[object], str | None]:
    forms = {_form(item) for item in rest}

    def tag(value: object) -> str | None:
        if not isinstance(value, Mapping):
            return PLAIN if _form(type(value)) in forms else None
        kind = value.get("kind")
        if kind in names:
            return str(kind)
        if mappings:
            return PLAIN
        return names[0] if len(names) == 1 and kind is None else None

    return tag


def _form(kind: object) -> str:
    """A description of a type's values in a file."""
    origin = typing.get_origin(kind)
    kind = typing.get_args(kind)[0] if origin is Annotated else kind
    kind = typing.get_origin(kind) or kind
    forms = {list: "a list", dict: "a mapping", types.NoneType: "nothing"}
    return forms.get(kind, "text")


def _expected(found: Sequence[type], rest: Sequence[object], *, in_union: bool) -> str:
    """The message with what a union takes."""
    texts = [f"a mapping with kind: {' or '.join(cls.__name__ for cls in found)}"]
    if not in_union:
        (cls,) = found
        needed = [f.name for f in dataclasses.fields(cls) if f.default is dataclasses.MISSING]
        needed = needed or list(getattr(cls, "usual", ()))
        keys = ", ".join(f"{camel(name)}: ..." for name in needed)
        name = cls.__name__
        texts = [f"{{{keys}}} ({name})" if keys else f"keys of {name} ({{}} for its defaults)"]
    return "expected " + ", or ".join([*texts, *dict.fromkeys(map(_form, rest))])


def _references(value: object) -> object:
    """A free value in which references to Secrets and ConfigMaps are objects."""
    if isinstance(value, Mapping):
        if value.get("kind") in _REFERENCES and set(value) == {"kind", "name", "key"}:
            return _build(_REFERENCES[value["kind"]], value)
        return {key: _references(item) for key, item in value.items()}
    return [_references(item) for item in value] if isinstance(value, list) else value


def _describe(cls: type, field: dataclasses.Field[object], schema: dict[str, Any]) -> None:
    schema["description"] = field_docstrings(cls).get(field.name, "")
    if isinstance(field.default, str | int | float | bool):
        schema["default"] = field.default

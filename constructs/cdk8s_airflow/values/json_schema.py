"""The JSON Schema of a values file."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from typing_extensions import NotRequired

from cdk8s_airflow.fleet.servers import SharedServers
from cdk8s_airflow.kubernetes.props import type_hints
from cdk8s_airflow.values.docstrings import field_docstrings
from cdk8s_airflow.values.types import camel, release_fields, typed_dict


def json_schema() -> str:
    """The JSON Schema of a values file, for editors."""
    described = Field(
        description="Several releases in one file: id of each -> what it has beside, or instead "
        "of, the rest of the file. The id names the release and its manifest."
    )
    one = typed_dict("Release", release_fields())
    several = {"releases": NotRequired[Annotated[dict[str, one | None], described]]}  # type: ignore[valid-type]
    shared = {"fleet": NotRequired[Annotated[_servers() | None, Field(description=_FLEET)]]}
    file = TypeAdapter[object](typed_dict("Values", {**several, **shared, **release_fields()}))
    schema = {"$schema": _Schema.schema_dialect, **file.json_schema(schema_generator=_Schema)}
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


_FLEET = (
    "How the releases are told apart on external servers that the rest of the file names; and each "
    "is written to a folder of its own. `{}` takes the defaults."
)


def _servers() -> Any:
    texts = field_docstrings(SharedServers)
    return typed_dict(
        "SharedServers",
        {
            camel(name): NotRequired[Annotated[str | None, Field(description=texts[name])]]
            for name in type_hints(SharedServers)
        },
    )


class _Schema(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

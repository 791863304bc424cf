"""Types of props whose keys are names of labels or annotations, and a mark for defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypeAlias

LABELS, ANNOTATIONS, MANIFEST = "labels", "annotations", "manifest"
OWN_CHECK = {"credentials": "checked by the class"}
"""Metadata of a field whose class tells by itself what to do with credentials in it."""
DEFAULTED = "defaulted"
"""Key in the metadata of a field: fields of its Kubernetes type that the library completes."""

LabelMap: TypeAlias = Annotated[Mapping[str, str], LABELS]
"""Labels of an object or a node: name -> value."""
AnnotationMap: TypeAlias = Annotated[Mapping[str, str], ANNOTATIONS]
"""Annotations of an object: name -> value."""
AnyManifest: TypeAlias = Annotated[Mapping[str, object], MANIFEST]
"""A manifest of any kind, or a patch of one: its keys are fields of Kubernetes."""

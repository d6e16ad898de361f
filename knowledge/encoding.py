"""Records ↔ JSON; fields that hold their default are left out, so that rows stay small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from types import GenericAlias
from typing import Any, Final, TypeVar, get_type_hints

import orjson
from pydantic import TypeAdapter

from knowledge.models import Procedure

Record = TypeVar("Record")
FIELD_TYPES: Final = get_type_hints(Procedure)


def encode(record: Any) -> str:  # noqa: ANN401 - any of our records
    """Write a record as JSON, without the fields that hold their default."""
    told = {
        one.name: value
        for one in fields(record)
        if (value := getattr(record, one.name)) != one.default or one.default is MISSING
    }
    return orjson.dumps(told).decode()


def decode_all(kind: type[Record], bodies: Iterable[str]) -> tuple[Record, ...]:
    """Read records written by ``encode``, all at once because that is quicker."""
    adapter = _adapter(GenericAlias(tuple, (kind, ...)))
    records: tuple[Record, ...] = adapter.validate_json(f"[{','.join(bodies)}]")
    return records


def plain(value: object) -> Any:  # noqa: ANN401 - JSON
    """Give a value as JSON knows it: records as tables, enumerations as words."""
    return orjson.loads(orjson.dumps(value))


def procedure_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """Read plain values back into the types of a procedure's fields; unknown names stay out.

    Raises:
        pydantic.ValidationError: a value does not fit its field.
    """
    return {
        name: _adapter(FIELD_TYPES[name]).validate_python(value)
        for name, value in values.items()
        if name in FIELD_TYPES
    }


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a type, as a value
    return TypeAdapter(kind)

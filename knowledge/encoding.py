"""Records ↔ JSON; fields that hold their default are left out, so that rows stay small."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from types import GenericAlias
from typing import Any, TypeVar, get_type_hints

import orjson
from pydantic import TypeAdapter

Record = TypeVar("Record")


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


def fields_of(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    """Read plain values back into the types of a record's fields; unknown names stay out.

    Raises:
        pydantic.ValidationError: a value does not fit its field.
    """
    types = _types(kind)
    return {
        name: _adapter(types[name]).validate_python(value)
        for name, value in values.items()
        if name in types
    }


@cache
def _types(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:  # noqa: ANN401 - a type, as a value
    return TypeAdapter(kind)

"""Fields as plain JSON, and the marks by which a form knows what it was filled from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final, NewType

import orjson

Fields = Mapping[str, Any]
Token = NewType("Token", str)
MARK: Final = 16


def mark_of(value: object) -> str:
    """Give a short fingerprint of a record or of fields; the same words have the same."""
    written = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(written).hexdigest()[:MARK]


def token_of(stated: Fields, beneath: str = "") -> Token:
    """Give what a form keeps of all it was filled from: the office's own fields and what is below.

    ``beneath`` is ``mark_of`` the record without them.
    """
    return Token(f"{mark_of(plain(stated))}.{beneath}")


def plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Give a value as JSON knows it."""
    return orjson.loads(orjson.dumps(value))

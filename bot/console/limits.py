"""How much a form may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KILO: Final = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Bytes of the whole body, fields, signs in one field, and seconds it may take to come in."""

    body: int = 64 * KILO
    fields: int = 200
    field: int = 20_000
    seconds: float = 20.0


ORDINARY: Final = Limit()
CARD: Final = Limit(body=512 * KILO, field=200_000, seconds=60.0)
# As many files as go with an answer, each as large as one may be, and the answer.
SEVERAL: Final = Limit(body=42 * KILO * KILO, seconds=300.0)
UPLOAD: Final = Limit(body=8 * KILO * KILO, seconds=300.0)

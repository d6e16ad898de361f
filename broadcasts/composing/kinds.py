"""The kinds of news, which are the topics a subscriber may choose; from ``data/kinds.vi.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from broadcasts.models import ReaderKind

DATA: Final = Path(__file__).with_name("data")
READERS: Final[Mapping[str, tuple[ReaderKind, ...]]] = {
    "citizens": (ReaderKind.CITIZEN,),
    "officials": (ReaderKind.OFFICIAL,),
    "all": (),
}
URGENT: Final = "khan_cap"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsKind:
    """One kind: its template with gaps, hints for who writes, and for whom it usually is.

    ``code`` is at most 24 ASCII signs; ``readers`` as in ``Audience.kinds``; ``words`` are the
    phrases by which an activity of a plan is known to be of this kind.
    """

    code: str
    name: str
    title: str
    body: str
    hints: tuple[str, ...]
    readers: tuple[ReaderKind, ...]
    words: tuple[str, ...]


@cache
def kinds() -> Mapping[str, NewsKind]:
    """Give every kind by its code, in the order they are offered."""
    told = tomllib.loads((DATA / "kinds.vi.toml").read_text(encoding="utf-8"))
    return {
        code: NewsKind(
            code=code,
            name=one["name"],
            title=one["title"],
            body=one["body"].strip(),
            hints=tuple(one["hints"]),
            readers=READERS[one["whom"]],
            words=tuple(one.get("words", ())),
        )
        for code, one in told.items()
    }

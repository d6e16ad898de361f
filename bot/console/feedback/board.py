"""The public form of a case as officers see it: its draft, and what was taken out of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.fields import Number, Ticked, Words
from bot.feedback.board.drafting import first_draft
from bot.feedback.board.never import Never, never
from bot.feedback.board.releases import Release, Texts
from bot.feedback.models import Case
from bot.officials.models import OfficerId
from bot.storage.case_rows import events_of
from bot.storage.officer_rows import find_officer
from bot.storage.release_rows import find_release

LONGEST: Final = 4_000
# As ``in_words`` shows what was hidden.
_MARKS: Final = re.compile(r"(\[[^\[\]]+\])")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseForm:
    """The texts for everybody, and the word of who read them."""

    question: Annotated[str, Words(1, LONGEST)]
    answer: Annotated[str, Words(1, LONGEST)]
    kept: Annotated[str, Words(0, 500)] = ""
    read: Annotated[bool, Ticked()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadForm:
    """Which version of the texts was read, and the word of who read it."""

    version: Annotated[int, Number(1)]
    read: Annotated[bool, Ticked()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardScreen:
    """What stands for release or is released; ``draft`` is what the form begins with."""

    never: Never | None
    release: Release | None
    prepared_by: str
    draft: Texts
    masked: tuple[tuple[str, bool], ...]


async def board_screen(connection: AsyncConnection, case: Case) -> BoardScreen:
    """Read what the page shows of a case."""
    release = await find_release(connection, case.id)
    standing = release if release and release.withdrawn_at is None else None
    machine = first_draft(case, await events_of(connection, case.id))
    author = OfficerId(standing.prepared_by) if standing else None
    officer = await find_officer(connection, author) if author is not None else None
    return BoardScreen(
        never=never(case),
        release=standing,
        prepared_by=officer.name if officer else "",
        draft=standing.texts if standing else machine,
        masked=pieces(f"{machine.question}\n\n{machine.answer}"),
    )


def pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """Cut a text where something was taken out; each piece tells whether it stands for that."""
    cut = _MARKS.split(text)
    return tuple((piece, place % 2 == 1) for place, piece in enumerate(cut) if piece)

"""The blank letters citizens may fetch: what each holds by law; nothing in them is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from bot.feedback.kinds import Kind
from bot.feedback.law import Basis, read_data
from broadcasts.documents.records import BlankLetter, BlankPart

# Where they are fetched; ``bot.web.blanks`` serves them.
FORMS: Final = "/bieu-mau"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One blank letter; ``kind`` is whose way it belongs to, ``about`` what it is for."""

    id: str
    kind: Kind
    label: str
    about: str
    basis: Basis
    letter: BlankLetter


@cache
def blanks() -> Mapping[str, Blank]:
    """Give the blank letters by their ids."""
    told = read_data("blanks.vi.toml")
    return {
        row["id"]: Blank(
            id=row["id"],
            kind=Kind(row["way"]),
            label=row["label"],
            about=row["about"],
            basis=Basis.read(row),
            letter=_letter(row, told["letter"]),
        )
        for row in told["blank"]
    }


def blank_address(kind: Kind, site: str = "") -> str:
    """Give where the blank letter of a kind is fetched; ``site`` is how citizens reach us."""
    blank = next(one for one in blanks().values() if one.kind is kind)
    return f"{site.rstrip('/')}{FORMS}/{blank.id}.docx"


@cache
def page_words() -> Mapping[str, str]:
    """Give the words of the page that lists them."""
    words: dict[str, str] = read_data("blanks.vi.toml")["page"]
    return words


def _letter(row: Mapping[str, Any], words: Mapping[str, str]) -> BlankLetter:
    return BlankLetter(
        title=row["title"],
        to=words["to"],
        parts=tuple(BlankPart(**one) for one in row["parts"]),
        dated=words["dated"],
        signer=row["signer"],
        signer_hint=words["signer_hint"],
        foot=words["foot"],
    )

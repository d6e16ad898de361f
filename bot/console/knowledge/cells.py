"""A record as a form: one text for each field, written and read as in an office's table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from typing import Any, Final

from bot.channels.typed import clean
from bot.console.words import say, wording
from knowledge.cells.codecs import CODECS, LIST, TEXT, Codec, codec_of
from knowledge.columns import columns
from knowledge.models import Guide, Procedure
from knowledge.phrases import NotUnderstood
from knowledge.record_edits import RecordKind

# What a record is known by, and what is worked out of who says it.
NOT_EDITED: Final = frozenset(
    {"number", "code", "source", "source_name", "source_seen", "source_url", "gone"}
)
GUIDE_CODECS: Final[Mapping[str, Codec]] = {
    "aliases": LIST,
    "steps": LIST,
    "related": LIST,
    "notes": CODECS["notes"],
    "link": CODECS["source_url"],
}
# Which list of words a choice is made of.
CHOICES: Final = {"level": "Level", "online": "OnlineLevel"}
TRUTHS: Final = frozenset({"internal", "has_card", "any_centre", "fifteen_hour_rule"})
ONE_LINE: Final = frozenset(
    {
        "everyday_name",
        "sector",
        "family",
        "popularity",
        "province",
        "online_url",
        "renumbered_to",
        "title",
        "link",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The form of one kind of record; ``needed`` fields cannot be blank."""

    kind: RecordKind
    model: type
    headings: Mapping[str, str]
    needed: frozenset[str]
    codec: Callable[[str], Codec]

    def texts(self, record: Any) -> dict[str, str]:  # noqa: ANN401 - a record of the model
        """Write every field of a record; of none, what is blank."""
        if record is None:
            return dict.fromkeys(self.headings, "")
        return {name: self.text(name, getattr(record, name)) for name in self.headings}

    def text(self, name: str, value: Any) -> str:  # noqa: ANN401 - a value of any field
        """Write one value; what says nothing is blank."""
        return self.codec(name).write(value) if value or isinstance(value, bool) else ""

    def read(self, name: str, text: str) -> Any:  # noqa: ANN401 - a value of any field
        """Read one text; a blank one takes back what was said there.

        Raises:
            NotUnderstood: the text is no value of the field, or the field cannot be blank.
        """
        if text.strip():
            return self.codec(name).read(text)
        if name in self.needed:
            raise NotUnderstood(say("faults.required"))
        return self.blank(name)

    def blank(self, name: str) -> Any:  # noqa: ANN401 - a value of any field
        """Give the value that says nothing."""
        default = _fields(self.model)[name].default
        return () if default is MISSING else default

    def is_same(self, name: str, text: str, record: Any) -> bool:  # noqa: ANN401 - as above
        """Tell whether ``text`` is what the form showed of ``record``."""
        return record is not None and text == clean(self.text(name, getattr(record, name)))


Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How one field is asked for: what it is called, what it says, among what it is chosen.

    ``blank`` is how the choice to say nothing is called; empty where there is none.
    """

    name: str
    heading: str
    text: str
    needed: bool
    one_line: bool
    options: Options
    blank: str
    hint: str


def asking(
    sheet: Sheet, texts: Mapping[str, str], among: Mapping[str, Options] | None = None
) -> tuple[Asking, ...]:
    """Give the fields of a form filled with ``texts``; ``among`` what some are chosen."""
    return tuple(_asked(sheet, name, texts.get(name, ""), among or {}) for name in sheet.headings)


def _asked(sheet: Sheet, name: str, text: str, among: Mapping[str, Options]) -> Asking:
    options = among.get(name) or _options(name)
    if options and text not in dict(options) and text:
        options = (*options, (text, text))
    may_be_blank = options and name not in sheet.needed and (name in among or not text)
    return Asking(
        name=name,
        heading=sheet.headings[name],
        text=text,
        needed=name in sheet.needed,
        one_line=name in ONE_LINE and "\n" not in text,
        options=options,
        blank=(_said(f"edit.{name}_blank") or say("edit.blank")) if may_be_blank else "",
        hint=_said(f"edit.{name}_help"),
    )


def _said(key: str) -> str:
    return say(key) if key in wording().sentences else ""


def _options(name: str) -> Options:
    labels = columns().labels
    words: tuple[str, ...] = tuple(labels[CHOICES[name]].values()) if name in CHOICES else ()
    if name in TRUTHS:
        words = (labels["words"]["yes"], labels["words"]["no"])
    return tuple((word, word) for word in words)


def _guide_codec(name: str) -> Codec:
    return GUIDE_CODECS.get(name, TEXT)


def _edited(headings: Mapping[str, str]) -> dict[str, str]:
    return {name: told for name, told in headings.items() if name not in NOT_EDITED}


@cache
def _fields(model: Any) -> Mapping[str, Field[Any]]:  # noqa: ANN401 - a class of records
    return {one.name: one for one in fields(model)}


CARD: Final = Sheet(
    kind=RecordKind.PROCEDURE,
    model=Procedure,
    headings=_edited(columns().headings),
    needed=frozenset({"official_name", "everyday_name", "sector", "level"}),
    codec=codec_of,
)
GUIDE: Final = Sheet(
    kind=RecordKind.GUIDE,
    model=Guide,
    headings=_edited(columns().labels["guide"]),
    needed=frozenset({"title"}),
    codec=_guide_codec,
)

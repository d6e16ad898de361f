"""The part of a copy that is about cases: what was told, by whom, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson
from sqlalchemy import Row

from bot.conversation.desk import Desk
from bot.conversation.filing.aftermath import FACTORS
from bot.conversation.filing.filed import moment
from bot.feedback.enclosed import enclosed_in
from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Contact
from bot.feedback.moves import Author, CaseState
from bot.feedback.reference import shown
from bot.feedback.regimes import regime_of
from bot.feedback.topics import topic_label
from bot.handling.own.parts import Entry, Line, Picture, lines_of, opened, words
from bot.handling.photos import opened_photo
from bot.handling.sealing import Seals
from bot.privacy import in_words
from bot.storage.own_rows import OwnRows
from bot.storage.photo_rows import StoredPhoto
from bot.vault import Unopenable

# Together, before they are written as text a third larger; a message of Telegram holds 50 MB.
MOST_BYTES: Final = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePart:
    """Reads the cases out of rows; of what is sealed the words as typed."""

    seals: Seals
    desk: Desk
    rows: OwnRows

    def entries(self) -> list[Entry]:
        """Give each case with all that the citizen and the office said of it."""
        return [self._entry(row) for row in self.rows.cases]

    def _entry(self, row: Row[Any]) -> Entry:
        photos = [one for one in self.rows.photos if one.case == row.id]
        return Entry(
            lines=(
                *self._lines(row),
                *lines_of(photos=len(photos) or None, files=self._files(row)),
            ),
            said=tuple(self._said(row)),
            pictures=self.pictures(photos),
        )

    def _files(self, row: Row[Any]) -> str:
        """Name the files that came with answers; they are fetched by looking the case up."""
        mine = (one.data for one in self.rows.events if one.case == row.id)
        return ", ".join(one.name for data in mine for one in enclosed_in(orjson.loads(data)))

    def _lines(self, row: Row[Any]) -> tuple[Line, ...]:
        told, pinned = self._opener(row), row.latitude is not None
        return lines_of(
            reference=shown(row.reference),
            kind=regime_of(Kind(row.kind), row.topic).label,
            topic=topic_label(row.topic),
            received=row.received_at,
            state=self.desk.say(f"feedback_state_{CaseState(row.state)}"),
            words=told("words_sealed", row.words),
            happened=in_words(row.happened),
            place=told("place_sealed", row.place),
            position=f"{row.latitude}, {row.longitude}" if pinned else "",
            **self._contact(row),
            call_back=row.call_back,
            level=row.level,
            factor=self.desk.say(FACTORS[row.factor]) if row.factor in FACTORS else "",
        )

    def _opener(self, row: Row[Any]) -> Callable[[str, str], str]:
        def told(column: str, masked: str) -> str:
            sealed = getattr(row, column)
            open_it = self.seals.words_of
            return opened(open_it, column, row.reference, sealed, otherwise=in_words(masked))

        return told

    def _contact(self, row: Row[Any]) -> dict[str, str]:
        try:
            contact = self.seals.contact_of(row.reference, row.contact_sealed)
        except Unopenable:
            contact = Contact(name=words()["values"]["unopened"])
        names = ("name", "phone", "address", "email")
        return {name: getattr(contact, name) for name in names}

    def _said(self, row: Row[Any]) -> Iterator[Line]:
        values = words()["values"]
        for one in self.rows.events:
            text = self._words(one) if one.case == row.id else ""
            if text:
                who = values["me" if one.author == Author.CITIZEN else "office"]
                yield f"{moment(one.at)} – {who}", text

    def _words(self, event: Row[Any]) -> str:
        if event.text_sealed is None:
            return in_words(event.text)
        told = (CaseId(event.case), event.version, event.text_sealed)
        return opened(self.seals.event_of, *told, otherwise=in_words(event.text))

    def pictures(self, photos: Iterable[StoredPhoto]) -> tuple[Picture, ...]:
        """Give photos that are here and can be opened; none where all would be too large."""
        whole = sum(one.size for one in self.rows.photos)
        return tuple(self._pictures(photos)) if whole <= MOST_BYTES else ()

    def _pictures(self, photos: Iterable[StoredPhoto]) -> Iterator[Picture]:
        for photo in photos:
            try:
                content = opened_photo(self.seals.vault, photo)
            except Unopenable:
                continue
            if content is not None:
                yield Picture(content=content, media=photo.media)

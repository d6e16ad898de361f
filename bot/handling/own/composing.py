"""A copy for a citizen of all that is kept about the chat they write from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from bot.conversation.desk import Desk
from bot.conversation.filing.filed import moment
from bot.feedback.drafts import Draft
from bot.feedback.purposes import Purpose, uses
from bot.feedback.reference import shown
from bot.handling.own.cases import CasePart
from bot.handling.own.parts import Entry, Line, Section, lines_of, section, words
from bot.handling.sealing import Seals
from bot.messages import MessageKind
from bot.privacy import in_words
from bot.storage.own_rows import OwnRows
from bot.vault import Unopenable
from broadcasts.reading import topics


@dataclass(frozen=True, slots=True, kw_only=True)
class Composing:
    """Makes the sections of a copy from rows, in the words of an office."""

    seals: Seals
    desk: Desk
    rows: OwnRows

    def sections(self) -> tuple[Section, ...]:
        """Give the sections in which anything is kept."""
        part, rows = CasePart(seals=self.seals, desk=self.desk, rows=self.rows), self.rows
        loose = [one for one in rows.photos if one.case is None]
        told = (
            section("cases", part.entries()),
            section("followed", [_followed(one) for one in rows.followed]),
            section("draft", [self._draft(rows.draft)] if rows.draft else []),
            section(
                "photos",
                [Entry(lines=lines_of(photos=len(loose)), pictures=part.pictures(loose))]
                if loose
                else [],
            ),
            section("news", list(self._news())),
            section("awaited", [_awaited(one) for one in rows.awaited]),
            section("wishes", [_wish(one) for one in rows.wishes]),
            section("consents", [_consent(one) for one in rows.consents]),
            section("talk", [Entry(said=tuple(self._talk()))] if rows.said else []),
        )
        return tuple(one for one in told if one.entries)

    def _draft(self, row: Row[Any]) -> Entry:
        try:
            draft = Draft.of_json(self.seals.draft_of(row.conversation, row.told_sealed))
        except (Unopenable, ValueError, TypeError):
            return Entry(lines=lines_of(words=words()["values"]["unopened"]))
        contact = draft.contact
        return Entry(
            lines=lines_of(
                begun=draft.begun_at,
                words=draft.words,
                happened=draft.happened,
                place=", ".join(filter(None, (draft.place.words, draft.place.hamlet))),
                name=contact.name,
                phone=contact.phone,
                address=contact.address,
                email=contact.email,
            )
        )

    def _news(self) -> Iterator[Entry]:
        if not self.rows.news:
            return
        names = {one.code: one.label for one in topics()}
        chosen = [names.get(row.topic, row.topic) for row in self.rows.news if row.topic]
        row = self.rows.news[0]
        status = words()["statuses"].get(row.status, row.status)
        yield Entry(lines=lines_of(status=status, since=row.agreed_at, topics=", ".join(chosen)))

    def _talk(self) -> Iterator[Line]:
        values = words()["values"]
        said = [(row.received_at, values["me"], _said(row)) for row in self.rows.said]
        told = [(row.created_at, values["office"], row.text) for row in self.rows.replies]
        for at, who, text in sorted((*said, *told), key=lambda one: one[0]):
            yield f"{moment(at)} – {who}", text


def _said(row: Row[Any]) -> str:
    if row.kind == MessageKind.CHOICE:
        return words()["values"]["pressed"]
    return in_words(row.text) or words()["values"]["sent"]


def _followed(row: Row[Any]) -> Entry:
    return Entry(lines=lines_of(reference=shown(row.reference), since=row.since))


def _awaited(row: Row[Any]) -> Entry:
    return Entry(lines=lines_of(question=in_words(row.text), since=row.agreed_at))


def _wish(row: Row[Any]) -> Entry:
    told = words()
    return Entry(
        lines=lines_of(
            reference=str(row.id),
            purpose=told["asked"].get(row.wish, row.wish),
            asked=row.asked_at,
            due=row.due_at,
            status=told["statuses"].get(row.status, row.status),
        )
    )


def _consent(row: Row[Any]) -> Entry:
    known = {one.purpose: one.label for one in uses().values()}
    label = known.get(Purpose(row.purpose), row.purpose)
    return Entry(
        lines=lines_of(
            purpose=label, version=row.version, since=row.at, withdrawn=row.withdrawn_at
        )
    )

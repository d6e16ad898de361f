"""Use case: the program learns from a group of questions, and who asked is told at once.

The change goes its way like any other: in force when the officer may publish, else before who may.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.casework.answering import (
    Answered,
    AnsweredMeanwhile,
    HeldBy,
    answer,
    locked,
    officer_of,
    refusal,
)
from bot.casework.changing import propose
from bot.casework.deeds import Acting
from bot.casework.publishing import PLACES
from bot.casework.telling import Teller
from bot.clock import VIETNAM
from bot.officials.changes import Change, ChangeKind, Clash, Refusal, Wish
from bot.officials.field_marks import Fields, token_of
from bot.officials.questions import AnswerKind, AnswerWords, Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Ways of asking that a card or guide is to answer; ``known`` are those it has already."""

    kind: ChangeKind
    ref: str
    title: str
    known: Sequence[str]
    added: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGuide:
    """A question and its answer, told from now on; ``source`` is whose word it is."""

    title: str
    text: str
    aliases: Sequence[str]
    source: str
    link: str = ""


Taught = Answered | AnsweredMeanwhile | HeldBy | Clash


async def add_alias(
    acting: Acting, group: int, alias: Alias, teller: Teller, *, reason: str, publish: bool
) -> Taught:
    """Let a card or guide answer what a group asks; who waits gets a button to it.

    Raises:
        NoSuchGroup: there is no such group.
    """
    known = await locked(acting, group)
    if refused := refusal(known, officer_of(acting)):
        return refused
    wish = Wish(
        kind=alias.kind,
        office=known.office,
        ref=alias.ref,
        title=alias.title,
        fields={"aliases": list(dict.fromkeys((*alias.known, *alias.added)))},
        reason=reason,
    )
    change = await _wished(acting, wish, publish=publish)
    if isinstance(change, Clash):
        return change
    words = AnswerWords(kind=AnswerKind.ALIAS, text="", ref=alias.ref, change=change)
    return await answer(acting, group, words, teller)


async def add_guide(
    acting: Acting, group: int, guide: NewGuide, teller: Teller, *, reason: str, publish: bool
) -> Taught:
    """Answer a group, and make a guide of the answer that the next who asks is told.

    Raises:
        NoSuchGroup: there is no such group.
    """
    known = await locked(acting, group)
    if refused := refusal(known, officer_of(acting)):
        return refused
    ref = guide_of(known)
    wish = Wish(
        kind=ChangeKind.GUIDE,
        office=known.office,
        ref=ref,
        title=guide.title,
        fields=_fields(guide, acting.now.astimezone(VIETNAM).date()),
        reason=reason,
    )
    change = await _wished(acting, wish, publish=publish)
    if isinstance(change, Clash):
        return change
    words = AnswerWords(kind=AnswerKind.GUIDE, text=guide.text, ref=ref, change=change)
    return await answer(acting, group, words, teller)


def guide_of(group: Group) -> str:
    """Give the id of the guide made of a group's answer; answered anew it is the same guide."""
    return f"cau-hoi-{group.first_at:%Y%m%d}-{group.id}"


def _fields(guide: NewGuide, today: date) -> Fields:
    told: dict[str, Any] = {
        "title": guide.title,
        "aliases": list(dict.fromkeys(guide.aliases)),
        "steps": [],
        "intro": guide.text,
        "source": {"name": guide.source, "seen": today.isoformat()},
    }
    return told | ({"link": guide.link} if guide.link else {})


async def _wished(acting: Acting, wish: Wish, *, publish: bool) -> int | Clash | None:
    """Put the wish beside what the office states already; give the change, if there is any."""
    place = PLACES[wish.kind]
    if publish:
        await place.hold(acting.connection)
    now = await place.stated(acting.connection, wish.office, wish.ref)
    whole = replace(wish, fields={**now, **wish.fields})
    done = await propose(acting, whole, token=token_of(now), publish=publish)
    if isinstance(done, Change):
        return done.id
    return None if isinstance(done, Refusal) else done

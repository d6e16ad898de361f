"""The conversation: one visible list of steps, run in order until one answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.conversation.announcing import announced, introduced
from bot.conversation.completing import completed
from bot.conversation.desk import Desk, Turn
from bot.conversation.filing.lapsing import telling_of_old, without_old_draft
from bot.conversation.hearing import last_offered, remembered, turn_of, without_mark
from bot.conversation.steps import (
    asked_back,
    bare_act,
    beyond,
    command,
    detail,
    fallback,
    feedback,
    filing,
    follow_up,
    form,
    intent,
    label,
    lookup,
    news,
    office,
    own_chat,
    own_data,
    person,
    pressing,
    reception,
    several,
    shared,
    standing,
    topic,
    ways,
)
from bot.conversation.turn import ConversationState, TurnResult
from bot.conversation.withholding import kept
from bot.messages import CitizenAddress, IncomingMessage
from bot.officials.office_entries import Stood

NOTHING_SET: Final = Stood()
Step = Callable[[Turn, Desk], TurnResult | None]
STEPS: Final[tuple[Step, ...]] = (
    news.stopping,
    own_chat.own_chat,
    standing.served,
    shared.shared,
    pressing.pressed,
    ways.withheld,
    lookup.lookup,
    own_data.own_data,
    filing.filing,
    asked_back.answering,
    feedback.pictured,
    command.media,
    command.choice,
    command.command,
    news.receiving,
    label.label,
    intent.emergency,
    person.person,
    follow_up.follow_up,
    intent.small_talk,
    intent.dossier,
    intent.case_status,
    feedback.recognised,
    topic.code,
    reception.reception,
    office.office,
    several.several,
    form.form,
    beyond.beyond,
    detail.detail,
    topic.side,
    topic.bare_side,
    bare_act.bare_act,
    fallback.english,
    fallback.out_of_scope,
    fallback.doubtful,
    topic.refinement,
    topic.topic,
    fallback.fallback,
)


class Conversation:
    """Answers messages from a desk; implements ``Answers``."""

    def __init__(self, desk: Desk, stood: Stood = NOTHING_SET) -> None:
        """Take what to answer with; another desk, or what is set, counts from the next message."""
        self._laid_out = desk
        self.stood = stood
        self._lay_out()

    def _lay_out(self) -> None:
        self._desk = self._laid_out.under(self.stood)
        # Of other offices, each laid out when it is asked for: a millisecond.
        self._others: dict[str, Desk] = {}

    @property
    def desk(self) -> Desk:
        """What is answered with, under what the offices have set."""
        return self._desk

    @desk.setter
    def desk(self, desk: Desk) -> None:
        self._laid_out = desk
        self._lay_out()

    @property
    def shipped(self) -> Desk:
        """The same without what the offices have set."""
        return self._laid_out

    def stand(self, stood: Stood) -> None:
        """Go by what the offices have set from the next message on."""
        self.stood = stood
        self._lay_out()

    def speaking_as(self, office: str) -> Desk:
        """Give the desk as it is laid out for the office whose code is ``office``, if known."""
        known = self._laid_out.knowledge.offices.get(office)
        if known is None or known == self._laid_out.office:
            return self._desk
        if office not in self._others:
            self._others[office] = replace(self._laid_out, office=known).under(self.stood)
        return self._others[office]

    def speaking_to(self, address: CitizenAddress) -> Desk:
        """Give the desk of the office that is written to at ``address``; elsewhere the own one."""
        return self.speaking_as(self.stood.accounts.get(address.account, ""))

    def office_of(self, account: str) -> str:
        """Give the code of the office an account is of, else of the one that answers elsewhere."""
        own = self._desk.office
        return self.stood.accounts.get(account) or (own.code if own else "")

    def kept(self, message: IncomingMessage) -> IncomingMessage:
        """Give what may be stored of ``message``, with the kinds of data hidden in it."""
        return kept(message, self.speaking_to(message.address))

    def answer(
        self, message: IncomingMessage, state: ConversationState, *, now: datetime
    ) -> TurnResult:
        """Answer one message; see ``Answers``."""
        desk = self.speaking_to(message.address)
        known, gone = without_old_draft(last_offered(remembered(state, now)), now)
        turn = turn_of(desk, message, known, now)
        told = completed(_first(without_mark(turn), desk), turn, desk)
        met = introduced(telling_of_old(told, gone, desk), known, message, desk)
        return announced(met, message, desk)


def _first(turn: Turn, desk: Desk) -> TurnResult:
    for step in STEPS:
        result = step(turn, desk)
        if result is not None:
            return result
    raise AssertionError("the last step always answers")

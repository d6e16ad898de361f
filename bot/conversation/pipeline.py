"""The conversation: one visible list of steps, run in order until one answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.conversation.announcing import announced, introduced
from bot.conversation.desk import Desk, Turn
from bot.conversation.errands import Errand
from bot.conversation.filing.lapsing import telling_of_old, without_old_draft
from bot.conversation.outcomes import Outcome
from bot.conversation.ranking import ranking
from bot.conversation.steps import (
    asked_back,
    bare_act,
    beside,
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
from bot.conversation.unmet import offering_to_tell
from bot.conversation.withholding import goes_on, kept, put_aside
from bot.feedback.wishes import Keep
from bot.messages import CitizenAddress, IncomingMessage, MessageKind, Reply
from bot.officials.office_entries import Stood
from bot.privacy import unmasked_part, withheld_kind
from knowledge.reading import Reading
from knowledge.text import Tokens, tokens

MEMORY: Final = timedelta(minutes=30)
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
        known, gone = without_old_draft(_last_offered(_remembered(state, now)), now)
        turn = _turn(desk, message, known, now)
        told = _complete(_first(_without_mark(turn), desk), turn, desk)
        met = introduced(telling_of_old(told, gone, desk), known, message, desk)
        return announced(met, message, desk)


def _remembered(state: ConversationState, now: datetime) -> ConversationState:
    if state.spoken_at is None or now - state.spoken_at <= MEMORY:
        return state
    return ConversationState(
        spoken_at=state.spoken_at,
        awaits=state.awaits,
        news=state.news,
        presented=state.presented,
        feedback=state.feedback,
    )


def _last_offered(state: ConversationState) -> ConversationState:
    """Let a number count what was offered by the message read last, whoever said it and when.

    While a question of a draft stands, a number is the answer to it.
    """
    feedback = state.feedback
    if feedback is None or not feedback.offered:
        return state
    asked = feedback.draft is not None and not feedback.draft.resting
    return state if asked else replace(state, offered=feedback.offered)


def _turn(desk: Desk, message: IncomingMessage, state: ConversationState, now: datetime) -> Turn:
    findings = None
    told = unmasked_part(message.text)
    if message.kind is MessageKind.TEXT:
        findings = desk.knowledge.ask(told, province=desk.province)
    # Who sent personal data alone, whatever signs between, did say something: no empty message.
    beside = tokens(told)
    said = desk.intents.hear(beside if beside.words else tokens(message.text))
    meant = desk.intents.hear(_written_out(findings.reading)) if findings else said
    return Turn(
        message=message,
        state=state,
        now=now,
        said=said,
        meant=meant,
        findings=findings,
        aside=put_aside(state.question),
    )


def _without_mark(turn: Turn) -> Turn:
    """Give a turn to the steps: what stands for words put aside is no question of before."""
    return replace(turn, state=replace(turn.state, question="")) if turn.aside else turn


def _written_out(reading: Reading) -> Tokens:
    return Tokens(reading.words, reading.keys, reading.marked)


def _first(turn: Turn, desk: Desk) -> TurnResult:
    for step in STEPS:
        result = step(turn, desk)
        if result is not None:
            return result
    raise AssertionError("the last step always answers")


def _complete(result: TurnResult, turn: Turn, desk: Desk) -> TurnResult:
    more = ways.offered_beside(result, turn, desk) or feedback.offered_beside(result, turn, desk)
    result = beside.set_aside(more, turn, desk)
    withheld = goes_on(turn, result.outcome, desk)
    if withheld:
        result = _gone_on(result, turn, desk)
    elif result.unmet is not None and desk.attended:
        result = offering_to_tell(result, turn.message, desk)
    state = replace(
        result.state,
        spoken_at=turn.now,
        awaits=_awaits(result, turn),
        album=turn.message.album,
        news=result.news or turn.state.news,
        presented=None,
        feedback=None,
    )
    if turn.aside and (withheld or not _leads_on(result)):
        state = replace(state, question=turn.state.question)
    return replace(
        result,
        withheld=withheld,
        replies=()
        if _goes_on(turn)
        else (*_notices(result, turn, desk, withheld=withheld), *result.replies),
        state=state,
        hits=ranking(result, result.findings or turn.findings, desk),
        findings=None,
        office=desk.office.code if desk.office else "",
    )


def _gone_on(result: TurnResult, turn: Turn, desk: Desk) -> TurnResult:
    """Give what is said of words that go on with those put aside; danger is answered first."""
    if result.outcome is Outcome.EMERGENCY or turn.aside is None:
        return replace(result, unmet=None)
    return ways.gone_on(turn.aside, turn, desk)


def _leads_on(result: TurnResult) -> bool:
    """Tell whether something else is talked about, or written, now."""
    drafts = [one.draft for one in result.wishes if isinstance(one, Keep)]
    begun = any(draft.kind is not None or not draft.resting for draft in drafts)
    return begun or bool(result.state.question)


def _goes_on(turn: Turn) -> bool:
    """Tell whether a picture goes on with those sent at once: the first was answered for all."""
    message = turn.message
    return bool(message.album) and message.album == turn.state.album and not message.text


def _awaits(result: TurnResult, turn: Turn) -> bool:
    if result.errand is Errand.UNTELL:
        return False
    return turn.state.awaits or result.errand is Errand.TELL


def _notices(result: TurnResult, turn: Turn, desk: Desk, *, withheld: bool) -> tuple[Reply, ...]:
    # Who tells something to the office, or is told a lawful way, hears there what is kept of it.
    if result.outcome is Outcome.FEEDBACK and result.wishes:
        return ()
    kind = withheld_kind(turn.state.question if withheld else turn.message.text)
    if kind is not None:
        return (Reply(desk.say(f"{kind}_withheld")),)
    return (Reply(desk.say("privacy")),) if turn.message.masked else ()

"""Cases that are there: looked up by anybody, and what their filer may still do to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from bot.clock import VIETNAM
from bot.conversation.desk import Desk, Turn
from bot.conversation.filing.answers import shown
from bot.conversation.filing.enclosed import CARRIED, files_told, with_files
from bot.conversation.filing.filed import moment, state_words
from bot.conversation.filing.flow import asked
from bot.conversation.filing.presses import deed_button, level_buttons, reopen_button
from bot.conversation.filing.replying import (
    begun_with,
    ended,
    heard_here,
    left,
    new_draft,
    result,
    talk_of,
)
from bot.conversation.filing.talk import Step
from bot.conversation.sides import vietnamese_date
from bot.conversation.turn import TurnResult
from bot.feedback.models import CaseId, Result
from bot.feedback.moves import CaseState
from bot.feedback.reference import Unread, reference_in
from bot.feedback.reference import shown as shown_reference
from bot.feedback.regimes import regime_of
from bot.feedback.views import CaseView, Feedback, Wait
from bot.feedback.wishes import Follow, Keep, Miss, Publish, Rate, Wish
from bot.messages import MessageKind, QuickReply
from knowledge.text import words as cut

# More words beside a reference tell something of their own.
MOST_BESIDE: Final = 6
MOST_SHOWN: Final = 5
LOOKUP: Final = "lookup"
# From this level on nobody is asked why.
CONTENT: Final = 3
# Results that are an answer of the office itself.
_RATED: Final = (Result.DONE, Result.CANNOT)
_UNREAD: Final = {
    Unread.MISTYPED: "feedback_lookup_mistyped",
    Unread.NO_REFERENCE: "feedback_lookup_unknown",
}


def lookup(turn: Turn, desk: Desk) -> TurnResult | None:
    """Answer “tra cứu <mã>” and the like, and the list of one's cases."""
    feedback = turn.state.feedback
    if turn.message.kind is not MessageKind.TEXT or feedback is None:
        return None
    if _says("mine", turn, desk):
        return mine("", turn, desk)
    if feedback.looked is None:
        return inquired("", turn, desk) if _says(LOOKUP, turn, desk) else None
    beside = tuple(cut(turn.message.text.replace(reference_in(turn.message.text), " ")))
    verb = desk.filing_words.verb(beside)
    if not verb and len(beside) > MOST_BESIDE:
        return None
    if isinstance(feedback.looked, CaseView):
        return _done(verb, feedback.looked, turn, desk)
    return _in_vain(feedback.looked, turn, desk)


def _says(name: str, turn: Turn, desk: Desk) -> bool:
    """Tell whether a message asks for ``name``, as typed or with its short forms written out."""
    said, words = desk.filing_words, turn.meant.text.words
    return said.says(name, turn.words) or said.says(name, words)


def inquired(_: str, turn: Turn, desk: Desk) -> TurnResult:
    """List one's cases and say how another is looked up; who has none is asked for a number."""
    feedback = turn.state.feedback
    if feedback is None or feedback.cases:
        return mine("", turn, desk, desk.say("feedback_lookup_another"))
    example = shown_reference(feedback.reserved)
    asked_for = desk.say("feedback_lookup_ask", reference=example)
    return ended(turn, (f"{asked_for}\n{desk.say('feedback_lookup_dossier')}",))


def _in_vain(looked: Unread | Wait, turn: Turn, desk: Desk) -> TurnResult:
    if isinstance(looked, Wait):
        told = desk.say("feedback_lookup_wait", minutes=str(looked.minutes))
        return ended(turn, (told,))
    return ended(turn, (desk.say(_UNREAD[looked]),), wishes=(Miss(),))


def _done(verb: str, case: CaseView, turn: Turn, desk: Desk) -> TurnResult:
    if verb == "follow" and not case.own:
        return _following(case, turn, desk, on=True)
    if verb == "unfollow":
        return _following(case, turn, desk, on=False)
    act = ACTS.get(verb)
    if act is None:
        return see_case(case, turn, desk)
    if not case.own:
        reference = shown_reference(case.reference)
        return ended(turn, (desk.say("feedback_not_yours", reference=reference),))
    return act(case, turn, desk)


def mine(_: str, turn: Turn, desk: Desk, *below: str) -> TurnResult:
    """List what this conversation filed and follows, newest first; say ``below`` under it."""
    cases = turn.state.feedback.cases if turn.state.feedback else ()
    if not cases:
        none = (desk.say("feedback_mine_none"), desk.say("feedback_lookup_dossier"))
        return ended(turn, ("\n".join(none),))
    some = cases[:MOST_SHOWN]
    lines = [_line(one, desk) for one in some]
    if len(cases) > len(some):
        lines.append(desk.say("feedback_mine_more", count=str(len(cases) - len(some))))
    buttons = tuple(
        QuickReply(shown_reference(one.reference), deed_button(desk, "see", str(one.id)).value)
        for one in some
    )
    told = (desk.say("feedback_mine", list="\n".join(lines)), *below)
    return ended(turn, ("\n".join(told),), buttons)


def _line(case: CaseView, desk: Desk) -> str:
    title = ", ".join(filter(None, (regime_of(case.kind, case.topic).label, shown(case.place))))
    reference = shown_reference(case.reference)
    state = state_words(case, desk)
    return desk.say("feedback_mine_line", reference=reference, title=title, state=state)


def see_case(case: CaseView, turn: Turn, desk: Desk) -> TurnResult:
    """Tell where a case stands; a stranger hears its state, unit, days and public answer alone."""
    text = "\n".join(_told(case, turn, desk))
    done = ended(turn, (text,), tuple(_ways_on(case, desk)))
    carried = CARRIED[turn.message.address.channel]
    (reply,) = done.replies
    return replace(done, replies=with_files(reply, case.files, case.reference, desk, carried))


def _told(case: CaseView, turn: Turn, desk: Desk) -> Iterator[str]:
    told = {
        "reference": shown_reference(case.reference),
        "state": state_words(case, desk),
        "day": vietnamese_date(case.received_at.astimezone(VIETNAM).date()),
        "unit": _unit(case, desk),
    }
    due = case.due_at if case.due_told and case.state.is_open else None
    if due is None:
        yield desk.say("feedback_lookup_no_due", **told)
    else:
        yield desk.say("feedback_lookup", due=moment(due), **told)
        if turn.now > due:
            yield desk.say("feedback_lookup_overdue", due=moment(due))
    if case.answer:
        answer = case.answer if case.own else shown(case.answer)
        yield desk.say("feedback_lookup_answer", answer=answer)
    if case.files:
        yield files_told(case.files, case.reference, desk, CARRIED[turn.message.address.channel])
    if case.question:
        yield desk.say("feedback_lookup_question", question=case.question)
    if _is_to_rate(case):
        yield desk.say("feedback_lookup_rate")


def _is_to_rate(case: CaseView) -> bool:
    """Tell whether to ask how satisfied one is: of an answer, as when it came, until it ends."""
    return case.may_rate and case.state is CaseState.ANSWERED and case.result in _RATED


def _unit(case: CaseView, desk: Desk) -> str:
    """Name who looks at a case: its unit, or the office once an officer of it has the case."""
    office = desk.knowledge.offices.get(case.office)
    if case.unit or case.state is CaseState.RECEIVED or office is None:
        return case.unit or desk.say("feedback_filed_unit_later")
    return office.name


def _ways_on(case: CaseView, desk: Desk) -> Iterator[QuickReply]:
    number = str(case.id)
    if case.own and case.question:
        yield deed_button(desk, "answer", number)
    if case.own and case.state.is_open:
        yield deed_button(desk, "add", number)
        yield deed_button(desk, "withdraw", number)
    if _is_to_rate(case):
        yield from level_buttons(desk, case.id)
    if case.may_reopen:
        yield reopen_button(desk, case.id)
    if case.follows:
        yield deed_button(desk, "unfollow", number)


def _following(case: CaseView, turn: Turn, desk: Desk, *, on: bool) -> TurnResult:
    reference = shown_reference(case.reference)
    key = "feedback_followed" if on else "feedback_unfollowed"
    told = desk.say(key, reference=reference)
    return ended(turn, (told,), wishes=(Follow(case.id, on), *_kept(turn)))


def _kept(turn: Turn) -> tuple[Wish, ...]:
    """Keep what is being written: doing something to a case does not end it."""
    draft = turn.state.feedback.draft if turn.state.feedback else None
    return (Keep(draft),) if draft else ()


def _opened(step: Step) -> Callable[[CaseView, Turn, Desk], TurnResult]:
    """Begin to say something of a case, unless something else is being written."""

    def begin(case: CaseView, turn: Turn, desk: Desk) -> TurnResult:
        feedback = heard_here(turn, desk)
        if feedback is None:
            return see_case(case, turn, desk)
        if feedback.draft is not None and begun_with(feedback.draft):
            return left(turn, desk, feedback.draft)
        draft = new_draft(turn, feedback, step, case=case.id, asked=(step,))
        talk = talk_of(turn, desk, draft)
        return result(asked(talk), turn) if talk else see_case(case, turn, desk)

    return begin


def _add(case: CaseView, turn: Turn, desk: Desk) -> TurnResult:
    if case.state.is_open:
        return _opened(Step.ADDING)(case, turn, desk)
    told = desk.say("feedback_add_closed", reference=shown_reference(case.reference))
    return ended(turn, (told,), tuple(_ways_on(case, desk)))


def _withdraw(case: CaseView, turn: Turn, desk: Desk) -> TurnResult:
    return (_opened(Step.WITHDRAWING) if case.state.is_open else see_case)(case, turn, desk)


def _answer(case: CaseView, turn: Turn, desk: Desk) -> TurnResult:
    return (_opened(Step.ANSWERING) if case.question else see_case)(case, turn, desk)


def _reopen(case: CaseView, turn: Turn, desk: Desk) -> TurnResult:
    if case.may_reopen:
        return _opened(Step.REOPENING)(case, turn, desk)
    if case.state.is_open:
        return see_case(case, turn, desk)
    told = desk.say("reopen_not", reference=shown_reference(case.reference))
    return ended(turn, (told,), (deed_button(desk, "open"),))


def _unpublish(case: CaseView, turn: Turn, desk: Desk) -> TurnResult:
    return _publishing(case, turn, desk, agreed=False)


def _publishing(case: CaseView, turn: Turn, desk: Desk, *, agreed: bool) -> TurnResult:
    key = "publish_done" if agreed else "publish_stopped"
    told = desk.say(key, reference=shown_reference(case.reference))
    return ended(turn, (told,), wishes=(Publish(case.id, agreed), *_kept(turn)))


ACTS: Final[Mapping[str, Callable[[CaseView, Turn, Desk], TurnResult]]] = {
    "see": see_case,
    "add": _add,
    "withdraw": _withdraw,
    "answer": _answer,
    "reopen": _reopen,
    "unpublish": _unpublish,
}


def acted(deed: str, number: str, turn: Turn, desk: Desk) -> TurnResult:
    """Do what a button says of one of the conversation's cases."""
    cases = turn.state.feedback.cases if turn.state.feedback else ()
    case = next((one for one in cases if str(one.id) == number), None)
    if case is None:
        return mine("", turn, desk)
    if deed == "unfollow":
        return _following(case, turn, desk, on=False)
    return (
        ACTS[deed](case, turn, desk) if case.own or deed == "see" else see_case(case, turn, desk)
    )


def published(case: CaseId, agreed: bool, turn: Turn, desk: Desk) -> TurnResult:
    """Note whether an own case may be shown to everybody."""
    found = _own(case, turn.state.feedback)
    return mine("", turn, desk) if found is None else _publishing(found, turn, desk, agreed=agreed)


def rated(case: CaseId, level: int, turn: Turn, desk: Desk) -> TurnResult:
    """Note how satisfied somebody is; who is not is asked what by, and why."""
    feedback = heard_here(turn, desk)
    found = _own(case, feedback)
    if feedback is None or found is None or not found.may_rate:
        return see_case(found, turn, desk) if found else mine("", turn, desk)
    note = Rate(case=case, level=level)
    busy = feedback.draft is not None and begun_with(feedback.draft)
    if level >= CONTENT or busy:
        return ended(turn, (desk.say("rating_thanks"),), wishes=(note, *_kept(turn)))
    draft = new_draft(turn, feedback, Step.FACTOR, case=case, level=level, asked=(Step.FACTOR,))
    talk = talk_of(turn, desk, draft)
    assert talk is not None
    told = asked(talk, wishes=(note,))
    return result(told, turn)


def _own(case: CaseId, known: Feedback | None) -> CaseView | None:
    cases = known.cases if known else ()
    return next((one for one in cases if one.id == case and one.own), None)

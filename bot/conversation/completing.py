"""What every answer gets before it goes out: notices, what is offered beside it, what is kept."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.desk import Desk, Turn
from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.ranking import ranking
from bot.conversation.steps import beside, feedback, ways
from bot.conversation.turn import TurnResult
from bot.conversation.unmet import offering_to_tell
from bot.conversation.withholding import goes_on
from bot.feedback.wishes import Keep
from bot.messages import Reply
from bot.privacy import withheld_kind


def completed(result: TurnResult, turn: Turn, desk: Desk) -> TurnResult:
    """Add to what a step answered what goes with every answer, and what is remembered of it."""
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

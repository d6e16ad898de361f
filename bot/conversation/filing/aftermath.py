"""What is said of a case that is there: more words, an answer, a level, a wish to reopen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.conversation.filing.answers import ASKED_AGAIN, MOST_OF_WORDS, asking
from bot.conversation.filing.filed import moment
from bot.conversation.filing.talk import Again, Over, Said, State, Step, Taken, Talk
from bot.feedback import presses
from bot.feedback.drafts import Draft
from bot.feedback.reference import shown as shown_reference
from bot.feedback.wishes import (
    Data,
    DataWish,
    Drop,
    Keep,
    Rate,
    Reopen,
    Say,
    Wish,
    Withdraw,
)
from bot.messages import QuickReply
from knowledge.text import words as cut

FACTORS: Final = {
    "access": "rating_factor_access",
    "procedure": "rating_factor_procedure",
    "people": "rating_factor_people",
    "result": "rating_factor_result",
    "feedback": "rating_factor_feedback",
    "skip": "feedback_skip",
}


def reference(talk: Talk) -> str:
    """Give the reference of the case talked about, as people read it."""
    return shown_reference(talk.case.reference) if talk.case else ""


def _of_case(key: str, talk: Talk) -> str:
    question = talk.case.question if talk.case else ""
    return talk.desk.say(key, reference=reference(talk), question=question)


def _said_of(talk: Talk, said: Said) -> Say | None:
    told = said.words.strip()[:MOST_OF_WORDS]
    if talk.draft.case is None or not (told or said.files):
        return None
    return Say(case=talk.draft.case, words=told, files=said.files)


def _over(key: str) -> Callable[[Talk], Over]:
    """End with one sentence what was begun about a case."""
    return lambda talk: Over(texts=(talk.desk.say(key),), wishes=(Drop(),))


_added_all = _over("feedback_add_over")
_not_answered = _over("feedback_answer_left")
_not_withdrawn = _over("feedback_withdraw_not")
_rated = _over("rating_thanks")


def _add(talk: Talk, said: Said) -> Taken:
    if said.choice == "done" or talk.draft.case is None:
        return _added_all(talk)
    more = _said_of(talk, said)
    if more is None:
        return ASKED_AGAIN
    told = {"reference": reference(talk)}
    rest = replace(talk.draft, step=Step.ADDING, files=(), papers=None, words="")
    return Again(key="feedback_added", gaps=told, draft=rest, wishes=(more,))


def _ask_answer(talk: Talk) -> str:
    # Words that may be the answer are asked about; who pressed “answer” is asked for them.
    return _of_case("feedback_answer_here" if talk.draft.words else "feedback_answer_now", talk)


def _answer(talk: Talk, said: Said) -> Taken:
    draft, held = talk.draft, talk.draft.words
    if said.choice == "no":
        return _not_answered(talk)
    if said.choice == "yes" and not held:
        return ASKED_AGAIN
    whole = "\n".join(filter(None, (held if held != said.words else "", said.words)))
    if held and said.choice != "yes" and not said.files:
        return Again(asked=True, draft=replace(draft, words=whole[:MOST_OF_WORDS]))
    told = _said_of(talk, replace(said, words=whole))
    if told is None:
        return ASKED_AGAIN
    return Over(texts=(_until("feedback_answered_back", talk),), wishes=(told, Drop()))


def _answer_choices(talk: Talk) -> tuple[str, ...]:
    return ("yes", "no") if talk.draft.words else ("no",)


def _factor(talk: Talk, said: Said) -> Taken:
    draft = talk.draft
    if not said.choice:
        return _why(talk, said) if cut(said.words) else ASKED_AGAIN
    factor = "" if said.choice == "skip" else said.choice
    after = replace(draft, step=Step.WHY, factor=factor, asked=(Step.WHY,))
    wishes: tuple[Wish, ...] = (_rate(after),) if factor else ()
    return Again(asked=True, draft=after, wishes=wishes)


def _rate(draft: Draft, why: str = "") -> Rate:
    assert draft.case is not None
    return Rate(case=draft.case, level=draft.level or 1, factor=draft.factor, why=why)


def _why(talk: Talk, said: Said) -> Taken:
    thanks = talk.desk.say("rating_thanks")
    told = "" if said.choice == "skip" else said.words.strip()[:MOST_OF_WORDS]
    wishes: tuple[Wish, ...] = (_rate(talk.draft, told), Drop()) if told else (Drop(),)
    case = talk.case
    if case is None or not case.may_reopen:
        return Over(texts=(thanks,), wishes=wishes)
    button = QuickReply(talk.desk.say("reopen_press"), presses.reopening(case.id))
    offer = f"{thanks}\n{talk.desk.say('reopen_offered')}"
    return Over(texts=(offer,), wishes=wishes, choices=(button,))


def _reopen(talk: Talk, said: Said) -> Taken:
    told, case = said.words.strip()[:MOST_OF_WORDS], talk.draft.case
    if case is None or not cut(told):
        return ASKED_AGAIN
    files = said.files or talk.draft.files
    more: tuple[Wish, ...] = (Say(case=case, files=files),) if files else ()
    wishes = (Reopen(case=case, why=told), *more, Drop())
    return Over(texts=(_until("case_told_reopen", talk),), wishes=wishes)


def _until(key: str, talk: Talk) -> str:
    """Tell until when the case is answered that goes on now, where a day may be told."""
    due = talk.feedback.promise
    if due is None:
        return _of_case(f"{key}_no_due", talk)
    return talk.desk.say(key, reference=reference(talk), due=moment(due))


def _withdraw(talk: Talk, said: Said) -> Taken:
    case = talk.draft.case
    if said.choice == "yes" and case is not None:
        texts = (_of_case("case_told_withdraw", talk),)
        return Over(texts=texts, wishes=(Withdraw(case), Drop()))
    if said.choice == "no":
        return _not_withdrawn(talk)
    return ASKED_AGAIN


def _erase(talk: Talk, said: Said) -> Taken:
    if said.choice == "yes":
        return Over(texts=(), wishes=(Drop(), Data(DataWish.ERASE)))
    if not (talk.draft.words or talk.draft.files):
        return Over(texts=(talk.desk.say("data_erase_not"),), wishes=(Drop(),))
    # What was being written goes on.
    return Again(key="data_erase_not", draft=replace(talk.draft, resting=True))


def _not_erased(talk: Talk) -> Over:
    """Erase nothing; what was being written rests."""
    begun = talk.draft.words or talk.draft.files
    rests = Keep(replace(talk.draft, resting=True)) if begun else Drop()
    return Over(texts=(talk.desk.say("data_erase_not"),), wishes=(rests,))


AFTERMATH: Final = {
    Step.WARNED: State(ask=asking("feedback_open"), take=lambda talk, _: talk.draft),
    Step.ADDING: State(
        ask=lambda talk: _of_case("feedback_add_ask", talk),
        take=_add,
        choices={"done": "feedback_add_done"},
        no="done",
        leave=_added_all,
    ),
    Step.ANSWERING: State(
        ask=_ask_answer,
        take=_answer,
        choices={"yes": "feedback_answer_yes", "no": "feedback_answer_no"},
        offered=_answer_choices,
        yes="yes",
        leave=_not_answered,
    ),
    Step.FACTOR: State(
        ask=asking("rating_factor_ask"), take=_factor, choices=FACTORS, no="skip", leave=_rated
    ),
    Step.WHY: State(
        ask=asking("rating_why"),
        take=_why,
        choices={"skip": "feedback_skip"},
        no="skip",
        leave=_rated,
    ),
    Step.REOPENING: State(ask=asking("reopen_why"), take=_reopen),
    Step.WITHDRAWING: State(
        ask=lambda talk: _of_case("feedback_withdraw_ask", talk),
        take=_withdraw,
        choices={"yes": "feedback_withdraw_yes", "no": "feedback_withdraw_no"},
        yes="yes",
        no="no",
        leave=_not_withdrawn,
    ),
    Step.ERASING: State(
        ask=asking("data_erase_sure"),
        take=_erase,
        choices={"yes": "data_erase_yes", "no": "data_erase_no"},
        yes="yes",
        no="no",
        leave=_not_erased,
    ),
}

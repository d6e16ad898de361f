"""What an officer may do with a case now, and among what they choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.console.words import say
from bot.feedback.limits import Grade
from bot.feedback.models import Case, Result, Source
from bot.feedback.moves import Act, Author, open_acts
from bot.feedback.refusals import reasons_for
from bot.handling.access import Official
from bot.handling.telling_on import FINAL
from bot.officials.permissions import Action
from bot.storage.case_answer_rows import AnswerDraft, DraftStatus
from bot.storage.unit_names import NamedUnit

Choice = tuple[str, str]
NEEDED: Final[Mapping[Act, Action]] = {
    **dict.fromkeys(
        (Act.BEGIN, Act.ASK, Act.REPLY, Act.GIVE_UP, Act.ANSWER, Act.CORRECT),
        Action.CASES_WORK,
    ),
    Act.CLOSE: Action.CASES_WORK,
    **dict.fromkeys(
        (
            Act.ASSIGN,
            Act.HAND_ON,
            Act.TRANSFER,
            Act.MERGE,
            Act.SEPARATE,
            Act.REOPEN,
            Act.WITHDRAW,
        ),
        Action.CASES_ASSIGN,
    ),
    Act.REFUSE: Action.CASES_REFUSE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """What is open to an officer: moves by name, and what moves nothing."""

    moves: frozenset[str]
    work: bool
    lead: bool
    sign: bool
    give: bool


def open_to(by: Official, case: Case, answer: AnswerDraft | None, *, four_eyes: bool) -> Open:
    """Tell what an officer may do with a case in its state; ``four_eyes`` is the office's rule."""
    if case.is_erased:
        return Open(moves=frozenset(), work=False, lead=False, sign=False, give=False)
    moves = {
        str(act)
        for act in open_acts(case.state, Author.OFFICER)
        if act in NEEDED and by.may_act(case, NEEDED[act]) and _fits(act, case)
    }
    signs = by.may_act(case, Action.CASES_ANSWER)
    waits = answer is not None and answer.status is DraftStatus.SUBMITTED
    own = answer is not None and answer.author == by.officer
    return Open(
        moves=frozenset(moves),
        work=by.may_act(case, Action.CASES_WORK),
        lead=by.may_act(case, Action.CASES_ASSIGN),
        sign=signs and waits and not (four_eyes and own),
        give=signs and not four_eyes,
    )


def _fits(act: Act, case: Case) -> bool:
    match act:
        case Act.SEPARATE:
            return case.main is not None
        case Act.WITHDRAW:
            return case.source is not Source.CHAT
        case Act.REOPEN:
            return case.result not in FINAL
        case _:
            return True


def posts(units: Sequence[NamedUnit]) -> list[Choice]:
    """Give the units a case can be given to, each followed by its officers."""
    found = []
    for unit in units:
        found.append((f"u{unit.id}", unit.name))
        found += [
            (f"u{unit.id}o{number}", say("case.officer_of", unit=unit.name, name=name))
            for number, name in unit.members
        ]
    return found


def refusal_choices(case: Case) -> list[Choice]:
    """Give the reasons for which a case of its kind may not be handled."""
    return [(one.code, one.label) for one in reasons_for(case.regime)]


def grade_choices(case: Case) -> list[Choice]:
    """Give the other grades there are."""
    return [(str(one), say(f"case_grades.{one}")) for one in Grade if one != case.grade]


def result_choices() -> list[Choice]:
    """Give what can come of a case that is answered."""
    return [(str(one), say(f"case_answers.{one}")) for one in (Result.DONE, Result.CANNOT)]

"""The table of moves: whole, and closed to everything it does not name."""

from __future__ import annotations

import pytest

from bot.feedback.errors import NotAllowed
from bot.feedback.moves import MOVES, OPEN, TRANSITIONS, Act, Author, CaseState, moved, open_acts


def test_every_act_has_one_line() -> None:
    assert [one.act for one in TRANSITIONS] == list(Act)
    assert set(MOVES) == set(Act)


def test_every_state_is_reached_from_the_beginning() -> None:
    reached: set[CaseState | None] = {None}
    for _ in CaseState:
        reached |= {one.to for one in TRANSITIONS if one.sources & reached}
    assert reached == {None, *CaseState}


def test_every_open_state_leads_to_an_answer_and_can_be_refused_or_ended() -> None:
    ending = {CaseState.ANSWERED, CaseState.CLOSED, CaseState.REFUSED}
    for state in OPEN:
        assert ending & {MOVES[act].to for act in open_acts(state, Author.OFFICER)}


def test_a_citizen_moves_only_what_is_the_citizens() -> None:
    theirs = {act for state in CaseState for act in open_acts(state, Author.CITIZEN)}
    assert theirs == {Act.REPLY, Act.WITHDRAW, Act.CLOSE, Act.REOPEN}


@pytest.mark.parametrize("state", [None, *CaseState])
@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("author", list(Author))
def test_what_the_table_does_not_name_is_refused(
    state: CaseState | None, act: Act, author: Author
) -> None:
    move = MOVES[act]
    if state in move.sources and author in move.by:
        assert moved(state, act, author) is move.to
    else:
        with pytest.raises(NotAllowed):
            moved(state, act, author)

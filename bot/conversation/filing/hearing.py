"""A message as a question of a draft hears it: a choice however it was given, words, files."""

from __future__ import annotations

from typing import Final

from bot.conversation.desk import Turn
from bot.conversation.filing.flow import state_of
from bot.conversation.filing.presses import choice_label, press_of
from bot.conversation.filing.talk import Said, Step, Talk
from bot.messages import MessageKind
from bot.privacy import PersonalData
from knowledge.text import words as cut

# Numbers that nobody asks for: what is masked stays so, in a draft as well.
NEVER_KEPT: Final = frozenset(
    {
        PersonalData.CCCD,
        PersonalData.PASSPORT,
        PersonalData.SOCIAL_INSURANCE,
        PersonalData.ACCOUNT,
        PersonalData.CARD,
        PersonalData.PASSWORD,
        PersonalData.ONE_TIME_CODE,
    }
)
SENT: Final = frozenset({MessageKind.PHOTO, MessageKind.FILE})
# Where a number in words may be part of the answer.
OPEN: Final = frozenset(
    {
        Step.WHAT,
        Step.PLACE,
        Step.WHEN,
        Step.NAME,
        Step.PHONE,
        Step.ADDRESS,
        Step.WHY,
        Step.REOPENING,
        Step.ADDING,
        Step.ANSWERING,
    }
)


def words_of(turn: Turn) -> str:
    """Give the words as typed; as masked where they hold what nobody asks for."""
    feedback = turn.state.feedback
    hidden = NEVER_KEPT.intersection(turn.message.masked)
    typed = feedback.typed if feedback and not hidden else ""
    return (typed or turn.message.text).strip()


def said_of(turn: Turn, talk: Talk, number: int | None) -> Said:
    """Give what was said to the question that stands; ``number`` is one told in words."""
    if press := press_of(turn.message.text):
        return Said(choice=press.choice)
    if turn.message.kind in SENT:
        new = tuple(one for one in talk.feedback.files if one not in talk.draft.files)
        return Said(files=new, words=words_of(turn))
    if turn.message.position is not None:
        return Said(position=turn.message.position, words=words_of(turn))
    return Said(choice=_chosen(turn, talk, number), words=words_of(turn))


def label_said(turn: Turn, talk: Talk) -> str:
    """Give the choice of the question that stands whose label was typed; empty where none was."""
    state, bare = state_of(talk), talk.desk.filing_words.bare
    said = bare(turn.words)
    for name in state.names(talk):
        if said == bare(tuple(cut(choice_label(talk.desk, state.choices[name], name)))):
            return name
    return ""


def _chosen(turn: Turn, talk: Talk, number: int | None) -> str:
    """Give the choice that was typed: its number, its words, or a plain yes or no."""
    state, known = state_of(talk), talk.desk.short_answers
    names = state.names(talk)
    digits = "".join(turn.words)
    told = int(digits) if digits.isdecimal() and len(digits) <= len("20") else number
    if told and (digits.isdecimal() or talk.draft.step not in OPEN) and told <= len(names):
        return names[told - 1] if told > 0 else names[-1]
    if label := label_said(turn, talk):
        return label
    answer = known.heard(turn.said.text, talk.draft.step)
    plain = "" if answer is None else (state.yes if answer else state.no)
    if plain in names:
        return plain
    meant = known.choice(turn.said.text, [state.choices[name] for name in names])
    return next((name for name in names if state.choices[name] == meant), "")

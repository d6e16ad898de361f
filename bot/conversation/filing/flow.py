"""One message to a draft: the question that stands takes it, the next one is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.conversation.filing.answers import with_forgotten
from bot.conversation.filing.learning import told_more
from bot.conversation.filing.photos import added
from bot.conversation.filing.presses import choice_label, value_of
from bot.conversation.filing.table import STATES, next_step
from bot.conversation.filing.talk import Again, Onward, Over, Said, State, Step, Taken, Talk, Warn
from bot.conversation.filing.telling import Telling
from bot.feedback.drafts import Draft
from bot.feedback.kinds import Kind
from bot.feedback.wishes import Discard, Keep, Wish
from bot.messages import QuickReply


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a message to a draft leads to; of a ``warned`` kind its lawful way is shown instead."""

    texts: tuple[str, ...] = ()
    choices: tuple[QuickReply, ...] = ()
    wishes: tuple[Wish, ...] = field(default=())
    warned: Kind | None = None


def state_of(talk: Talk) -> State:
    """Give the question that stands."""
    return STATES[Step(talk.draft.step)]


def asked(talk: Talk, *before: str, wishes: Sequence[Wish] = ()) -> Told:
    """Ask the question that stands, after other sentences, and keep the draft."""
    there = _laid(talk)
    return _stands(there, (*before, state_of(there).ask(there)), wishes)


def _laid(talk: Talk) -> Talk:
    """Give the talk with what its question is about from now on, until it is asked again."""
    return replace(talk, draft=state_of(talk).laid(talk))


def _stands(talk: Talk, texts: tuple[str, ...], wishes: Sequence[Wish]) -> Told:
    draft = replace(talk.draft, resting=talk.draft.resting)
    together = "\n".join(texts)
    return Told(texts=(together,), choices=choices(talk), wishes=(*wishes, Keep(draft)))


def choices(talk: Talk) -> tuple[QuickReply, ...]:
    """Give the buttons of the question that stands."""
    state, draft = state_of(talk), talk.draft
    return tuple(
        QuickReply(
            choice_label(talk.desk, state.choices[name], name),
            value_of(draft.reference, draft.step, name),
        )
        for name in state.names(talk)
    )


def begun(talk: Talk) -> Told:
    """Ask the first question that needs an answer."""
    return asked(onward(talk, talk.draft))


def onward(talk: Talk, draft: Draft) -> Talk:
    """Give the talk at the first question of ``draft`` that needs an answer."""
    there = replace(talk, draft=replace(draft, resting=False))
    # Who mends is led back by what is still needed.
    step = there.draft.step if there.draft.step == Step.EDIT else next_step(there)
    return replace(there, draft=replace(there.draft, step=step))


def heard(talk: Talk, said: Said) -> Told:
    """Give what was said to the question that stands, and ask the next one."""
    if said.files:
        return _with_files(talk, said)
    if said.position and talk.draft.step != Step.PLACE:
        return _pinned(talk, said)
    return _told(talk, state_of(talk).take(talk, said))


def _told(talk: Talk, taken: Taken) -> Told:
    match taken:
        case Draft():
            mended = replace(taken, step="") if taken.step == talk.draft.step else taken
            return asked(onward(talk, mended))
        case Again():
            return _again(talk, taken)
        case Onward(draft, more):
            return _taken_onward(onward(talk, replace(draft, step="")), more)
        case Over():
            return Told(texts=taken.texts, choices=taken.choices, wishes=taken.wishes)
        case Warn(kind):
            return Told(warned=kind)


def _taken_onward(there: Talk, said: Said) -> Told:
    """Let the next question take what was said where it answers that; else it tells more."""
    if said.files:
        return _told(there, state_of(there).take(there, said))
    if _answers(there, said.words):
        return heard(there, said)
    draft = told_more(there, said.words)
    return asked(onward(there, replace(draft, step="")))


def _answers(there: Talk, told: str) -> bool:
    """Tell whether words said before a question was asked are the answer to it."""
    telling = Telling.load()
    match there.draft.step:
        case Step.WHAT:
            return True
        case Step.PLACE:
            return bool(telling.place(told))
        case Step.WHEN:
            return bool(telling.time(told) or telling.place(told))
        case _:
            return False


def _again(talk: Talk, again: Again) -> Told:
    there = replace(talk, draft=again.draft) if again.draft else talk
    if not there.draft.step:
        there = onward(there, there.draft)
    why = (talk.desk.say(again.key, **again.gaps),) if again.key else ()
    if there.draft.resting:
        return Told(texts=why, wishes=(*again.wishes, Keep(there.draft)))
    if again.asked or not why:
        return asked(there, *why, wishes=again.wishes)
    return _stands(there, why, again.wishes)


def _with_files(talk: Talk, said: Said) -> Told:
    """Put files into the draft whatever is asked; whether they show papers is asked next."""
    draft, left = added(talk.draft, said.files)
    over: tuple[Wish, ...] = (Discard(left),) if left else ()
    if draft.case is not None:
        draft = replace(draft, words="\n".join(filter(None, (draft.words, said.words))))
    there = replace(talk, draft=draft)
    if said.words and draft.case is None:
        there = replace(there, draft=_captioned(there, said.words))
    return asked(onward(there, replace(there.draft, step="")), wishes=over)


def _pinned(talk: Talk, said: Said) -> Told:
    """Take a place shown on the map where it is not asked for, and say so."""
    taken = STATES[Step.PLACE].take(talk, said) if talk.draft.case is None else talk.draft
    pinned = taken if isinstance(taken, Draft) else talk.draft
    noted = () if pinned.place == talk.draft.place else (talk.desk.say("feedback_noted_point"),)
    return asked(onward(talk, replace(pinned, step="")), *noted)


def _captioned(talk: Talk, words: str) -> Draft:
    """Give the draft with the words under a photo, as an answer or beside the matter."""
    step = Step.WHAT if not talk.draft.words else Step(talk.draft.step)
    there = replace(talk, draft=replace(talk.draft, step=step))
    taken = STATES[step].take(there, Said(words=words))
    if isinstance(taken, Again):
        return taken.draft or talk.draft
    return taken if isinstance(taken, Draft) else talk.draft


def left(talk: Talk) -> Told:
    """Give up what is being written, as the question that stands takes it."""
    return _told(talk, state_of(talk).leave(talk))


def back(talk: Talk) -> Told | None:
    """Ask the question before; nothing where there is none."""
    draft = talk.draft
    if draft.case is not None or draft.step in {Step.ERASING, Step.WARNED}:
        return None
    if draft.step == Step.EDIT:
        return asked(onward(talk, replace(draft, step="")))
    if not draft.asked:
        return None
    *_, last = draft.asked
    step = Step(last)
    return asked(onward(talk, replace(with_forgotten(STATES[step], draft, step), step="")))


def resumed(talk: Talk) -> Told:
    """Ask again what a resting draft stands at."""
    return asked(onward(talk, replace(talk.draft, step="")))

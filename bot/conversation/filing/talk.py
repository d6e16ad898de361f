"""What a question of a draft sees and gives: the talk, what was said, what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.conversation.desk import Desk
from bot.feedback.drafts import Draft
from bot.feedback.kinds import Kind
from bot.feedback.views import CaseView, Feedback
from bot.feedback.wishes import Drop, Wish
from bot.messages import ChannelName, Position, QuickReply


class Step(StrEnum):
    """The questions a draft may stand at, in the order they are asked; then those beside."""

    PAPERS = "papers"
    CHOOSE_KIND = "kind"
    NOTICE = "notice"
    WHAT = "what"
    PLACE = "place"
    WHEN = "when"
    PHOTO = "photo"
    NAMED = "named"
    CALL = "call"
    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    NEAR = "near"
    SUMMARY = "summary"
    EDIT = "edit"
    WARNED = "warned"
    ADDING = "adding"
    ANSWERING = "answering"
    FACTOR = "factor"
    WHY = "why"
    REOPENING = "reopening"
    WITHDRAWING = "withdrawing"
    ERASING = "erasing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A draft in its conversation at one moment; ``reference`` is one that is not used yet."""

    desk: Desk
    feedback: Feedback
    draft: Draft
    channel: ChannelName
    now: datetime

    @property
    def case(self) -> CaseView | None:
        """Give the case the draft is about."""
        return next((one for one in self.feedback.cases if one.id == self.draft.case), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said to a question: a ``choice`` by its name, or words as typed, files, a pin."""

    choice: str = ""
    words: str = ""
    files: tuple[int, ...] = ()
    position: Position | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """The question still stands: a sentence says why, before the question where ``asked``.

    ``draft`` is what was understood all the same.
    """

    key: str = ""
    gaps: Mapping[str, str] = field(default_factory=dict)
    asked: bool = False
    draft: Draft | None = None
    wishes: tuple[Wish, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """The draft comes to its end, with what is said and wished."""

    texts: tuple[str, ...]
    wishes: tuple[Wish, ...]
    choices: tuple[QuickReply, ...] = ()


@dataclass(frozen=True, slots=True)
class Onward:
    """What was ``said`` is the answer to the question that comes next, too."""

    draft: Draft
    said: Said


@dataclass(frozen=True, slots=True)
class Warn:
    """The lawful way of a complaint or a denunciation is shown instead."""

    kind: Kind


# A draft goes on at the first question that needs an answer.
Taken = Draft | Again | Over | Onward | Warn


def _nothing(_: Talk) -> bool:
    return False


def _same(draft: Draft) -> Draft:
    return draft


def _as_it_is(talk: Talk) -> Draft:
    return talk.draft


def _forgotten(talk: Talk) -> Over:
    return Over(texts=(talk.desk.say("feedback_cancelled"),), wishes=(Drop(),))


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One question: when it is needed, how it is asked, what is made of what was said.

    ``choices`` are the labels' keys by name; ``offered`` which of them stand now, all without it.
    ``yes`` and ``no`` are the choices those words stand for. ``forget`` takes an answer back,
    ``leave`` is what giving up leads to. ``laid`` is the draft as it was asked upon.
    """

    ask: Callable[[Talk], str]
    take: Callable[[Talk, Said], Taken]
    choices: Mapping[str, str] = field(default_factory=dict)
    needed: Callable[[Talk], bool] = _nothing
    offered: Callable[[Talk], Sequence[str]] | None = None
    forget: Callable[[Draft], Draft] = _same
    leave: Callable[[Talk], Over] = _forgotten
    laid: Callable[[Talk], Draft] = _as_it_is
    yes: str = ""
    no: str = ""

    def names(self, talk: Talk) -> Sequence[str]:
        """Give the choices that are offered now."""
        return self.offered(talk) if self.offered else tuple(self.choices)

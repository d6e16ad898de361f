"""One question and its answer, as values: what goes in, what comes out, what is remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.conversation.errands import Errand
from bot.conversation.outcomes import Aspect, Outcome
from bot.feedback.views import Feedback
from bot.feedback.wishes import Wish
from bot.messages import IncomingMessage, Reply
from bot.officials.questions import QuestionKind
from broadcasts.reading import Subscription
from knowledge.search import Findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """What became of a code for an officer's chat, looked up before the turn.

    ``name`` is the officer's whose code it is, empty when nobody's; ``minutes`` are those to wait
    after too many that were nobody's.
    """

    name: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationState:
    """What one conversation remembers; it fits in a row as JSON (``to_json``/``from_json``).

    ``procedure`` is the code talked about, ``offered`` the values behind the numbered choices last
    shown, in order; ``trail`` what "0" goes back to, newest last; ``told`` the office's notices
    that were said; ``awaits`` that the citizen agreed to be told an answer later, which no silence
    ends; ``album`` the pictures sent at once of which one was just received. ``news``,
    ``presented`` and ``feedback`` stand in rows of their own and not in the JSON: whether the
    address receives news, whose code the message is, and what it filed and files.
    """

    procedure: str = ""
    aspect: Aspect = Aspect.OVERVIEW
    question: str = ""
    offered: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    spoken_at: datetime | None = None
    awaits: bool = False
    album: str = ""
    news: Subscription | None = None
    presented: Presented | None = None
    feedback: Feedback | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A question that was not answered, as the officials get to see it: ``text`` is masked.

    ``shape`` are its telling words, ``near`` the code or name of what search thought of first.
    """

    text: str
    shape: tuple[str, ...]
    near: str = ""
    kind: QuestionKind = QuestionKind.UNANSWERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What a citizen agreed to: the ``words``, and the ``mark`` of the question to be told of."""

    words: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One procedure the search considered, with its score (0–1) and the reason for it."""

    code: str
    name: str
    score: float
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnResult:
    """How one turn ended: the replies in order, the state after, and what search saw.

    ``findings`` is what a step searched in place of the message alone, until the turn is complete.
    What was said is put aside when it is ``withheld``: it goes on with a denunciation or a
    complaint. ``unmet`` is the question this turn left open, not one it asked back; ``errand``
    what is to be done beside replying, ``agreement`` what it rests on. ``office`` is the code of
    the one that answered, empty when none is known. ``news`` is how the address is to stand from
    now on, with the errand ``NEWS``; ``wishes`` are what is to be done about feedback, in this
    order.
    """

    outcome: Outcome
    replies: tuple[Reply, ...]
    state: ConversationState
    procedure: str = ""
    aspect: Aspect = Aspect.OVERVIEW
    hits: tuple[Hit, ...] = ()
    findings: Findings | None = None
    withheld: bool = False
    unmet: Unmet | None = None
    errand: Errand | None = None
    agreement: Agreement | None = None
    office: str = ""
    news: Subscription | None = None
    wishes: tuple[Wish, ...] = ()


class Answers(Protocol):
    """The conversation as the worker sees it: pure, quick, without network, clock or tables."""

    def answer(
        self, message: IncomingMessage, state: ConversationState, *, now: datetime
    ) -> TurnResult:
        """Answer one message of a conversation whose state is ``state``.

        ``now`` decides whether ``state`` has expired (30 minutes of silence). Deterministic: the
        same three values give the same result, so a turn lost in a crash is answered again alike.
        """
        ...

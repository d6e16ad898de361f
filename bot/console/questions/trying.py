"""What would be answered if a card or guide were asked for in other words too: only tried."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.casework.teaching import Alias
from bot.console.knowledge.preview import Preview
from bot.console.knowledge.why import explain
from bot.console.questions.aliasing import refusal, taken_elsewhere
from bot.console.words import say
from bot.conversation.decide import Decision, Verdict, decide
from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation
from bot.officials.changes import ChangeKind
from knowledge.models import Snapshot
from knowledge.topics import Topic

# Names and ways of asking of other topics, and questions of citizens, that are asked again.
MOST_PHRASES: Final = 24
MOST_QUESTIONS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A question whose first answer would be another one."""

    question: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What teaching would do: ``refused`` why it may not be, ``taken`` whose words they are now.

    ``replies`` is what the first of the ways of asking would be answered, ``opens`` whether that
    is the card meant; ``moved`` are other questions, of ``asked`` tried, answered otherwise then.
    """

    refused: str
    taken: Sequence[tuple[str, str]] = ()
    replies: Preview | None = None
    opens: bool = False
    moved: Sequence[Moved] = ()
    asked: int = 0


def tried(alias: Alias, desk: Desk, others: Sequence[str], now: datetime) -> Trial:
    """Try ``alias`` on a desk of its own; takes as long as some dozens of answers.

    Whom the channels are open to does not count here: during a trial run, too, it is shown what
    citizens will be told.
    """
    if refused := refusal(alias.added, Conversation(desk), now):
        return Trial(refused=refused)
    taught = replace(desk, knowledge=desk.knowledge.renewed(_with(alias, desk.knowledge.snapshot)))
    told = explain(Conversation(taught), alias.added[0], now=now)
    near = _phrases_near(alias, taught)
    asked = list(dict.fromkeys([*near[:MOST_PHRASES], *others[:MOST_QUESTIONS]]))
    return Trial(
        refused="",
        taken=tuple(
            (words, topic.name) for words, topic in taken_elsewhere(alias.added, alias.ref, desk)
        ),
        replies=told.previews[0],
        opens=_answer(_decided(alias.added[0], taught)) == _Answer(Verdict.SURE, alias.title),
        moved=tuple(_moved(asked, alias.ref, desk, taught)),
        asked=len(asked),
    )


def _with(alias: Alias, snapshot: Snapshot) -> Snapshot:
    """Give what is told once the ways of asking are taught."""
    aliases = tuple(dict.fromkeys((*alias.known, *alias.added)))
    if alias.kind is ChangeKind.PROCEDURE:
        cards = (
            replace(one, aliases=aliases) if one.code == alias.ref else one
            for one in snapshot.procedures
        )
        return replace(snapshot, procedures=tuple(cards))
    guides = (
        replace(one, aliases=aliases) if one.id == alias.ref else one for one in snapshot.guides
    )
    return replace(snapshot, guides=tuple(guides))


def _phrases_near(alias: Alias, desk: Desk) -> list[str]:
    """Give how the topics that share words with the new ways of asking are asked for."""
    topics: dict[str, Topic] = {}
    for one in alias.added:
        found = desk.ask(one).candidates
        topics |= {known.topic.ref: known.topic for known in found}
    topics.pop(alias.ref, None)
    said: Iterable[str] = (
        phrase for topic in topics.values() for phrase in (topic.name, *topic.aliases[:2])
    )
    return list(dict.fromkeys(said))


@dataclass(frozen=True, slots=True)
class _Answer:
    verdict: Verdict
    name: str

    def __str__(self) -> str:
        if self.verdict is Verdict.SURE:
            return self.name
        named = {"card": self.name} if self.verdict is Verdict.CLOSE else {}
        return say(f"group.first_{self.verdict}", **named)


def _decided(text: str, desk: Desk) -> Decision:
    return decide(desk.ask(text))


def _answer(decision: Decision) -> _Answer:
    first = decision.candidates[0].topic.name if decision.candidates else ""
    return _Answer(decision.verdict, first)


def _moved(asked: Sequence[str], ref: str, before: Desk, after: Desk) -> Iterable[Moved]:
    for question in asked:
        decision = _decided(question, after)
        # It was taught words and lost none: where it is not thought of it changes nothing.
        if all(one.topic.ref != ref for one in decision.candidates):
            continue
        then, now = _answer(decision), _answer(_decided(question, before))
        if then != now:
            yield Moved(question=question, before=str(now), after=str(then))

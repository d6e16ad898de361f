"""What can be found: a procedure, a guide or a hotline, seen as names and cue words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.models import Guide, Hotline, Level, Procedure, Snapshot
from knowledge.text import fold


class TopicKind(StrEnum):
    """What a topic stands for."""

    PROCEDURE = "procedure"
    GUIDE = "guide"
    HOTLINE = "hotline"


TopicKey = tuple[TopicKind, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One thing a question may mean.

    ``ref`` is the procedure's code, the guide's id or the hotline's number.
    ``only_when`` and ``not_when`` are folded.
    ``bare`` marks a catalogue row without a card of ours, ``remote`` a ministry's own procedure.
    """

    kind: TopicKind
    ref: str
    official_name: str
    name: str
    aliases: tuple[str, ...] = ()
    only_when: tuple[str, ...] = ()
    not_when: tuple[str, ...] = ()
    weak_text: tuple[str, ...] = ()
    family: str = ""
    sector: str = ""
    province: str = ""
    popularity: int = 0
    bare: bool = False
    remote: bool = False
    internal: bool = False
    abolished: bool = False

    @property
    def key(self) -> TopicKey:
        """What names the topic among all others."""
        return self.kind, self.ref


Record = Guide | Hotline | Procedure


def records_of(snapshot: Snapshot) -> tuple[Record, ...]:
    """Give every record of ``snapshot`` that is a topic."""
    return (*snapshot.guides, *snapshot.hotlines, *snapshot.procedures)


def topics_of(snapshot: Snapshot) -> tuple[Topic, ...]:
    """Give every topic of ``snapshot``, in the order of ``records_of``."""
    return tuple(map(topic_of, records_of(snapshot)))


def topic_of(record: Record) -> Topic:
    """See one record as a topic."""
    match record:
        case Guide():
            return _of_guide(record)
        case Hotline():
            return _of_hotline(record)
        case Procedure():
            return _of_procedure(record)


def _of_procedure(procedure: Procedure) -> Topic:
    papers = tuple(paper.name for paper in procedure.papers)
    return Topic(
        kind=TopicKind.PROCEDURE,
        ref=procedure.code,
        official_name=procedure.official_name,
        name=procedure.everyday_name,
        aliases=procedure.aliases,
        only_when=tuple(map(fold, procedure.only_when)),
        not_when=tuple(map(fold, procedure.not_when)),
        weak_text=(
            procedure.sector,
            procedure.for_whom,
            procedure.result,
            *procedure.steps,
            *papers,
        ),
        family=procedure.family,
        sector=procedure.sector,
        province=procedure.province,
        # What is gone is asked for under what came after it.
        popularity=0 if procedure.abolished else procedure.popularity,
        bare=not procedure.has_card,
        remote=procedure.level is Level.MINISTRY,
        internal=procedure.internal,
        abolished=bool(procedure.abolished),
    )


def _of_guide(guide: Guide) -> Topic:
    return Topic(
        kind=TopicKind.GUIDE,
        ref=guide.id,
        official_name=guide.title,
        name=guide.title,
        aliases=guide.aliases,
        weak_text=guide.steps,
        popularity=3,
    )


def _of_hotline(hotline: Hotline) -> Topic:
    return Topic(
        kind=TopicKind.HOTLINE,
        ref=hotline.phone,
        official_name=hotline.name,
        name=hotline.name,
        aliases=hotline.aliases,
        weak_text=(hotline.purpose,),
        popularity=2,
    )


def names_of(topic: Topic) -> tuple[str, ...]:
    """Give every way ``topic`` is called."""
    return (topic.official_name, topic.name, *topic.aliases)

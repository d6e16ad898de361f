"""The knowledge base in memory: look-up by code, search by question; swapped whole on publish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from knowledge.alarm import Danger
from knowledge.errors import ProcedureNotFound
from knowledge.forms import forms_of
from knowledge.index import Index
from knowledge.index_patch import patched
from knowledge.lexicon import Lexicon
from knowledge.models import Guide, Hotline, Office, Procedure, Snapshot
from knowledge.packing import mark_of, packed, unpacked
from knowledge.ports import IndexShelf
from knowledge.reading import Reading, read
from knowledge.search import Findings, find, foreignness
from knowledge.text import Tokens
from knowledge.topics import Topic, records_of, topic_of, topics_of

# How many topics are patched into an index, at one time and since it was built.
AT_ONCE: Final = 200
IN_ALL: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeBase:
    """One published snapshot, indexed; immutable, so a turn sees one state of the world."""

    snapshot: Snapshot
    topics: tuple[Topic, ...]
    index: Index
    procedures: Mapping[str, Procedure]
    guides: Mapping[str, Guide]
    hotlines: Mapping[str, Hotline]
    offices: Mapping[str, Office]
    forms: Mapping[str, tuple[str, ...]]

    @classmethod
    def build(cls, snapshot: Snapshot, lexicon: Lexicon, shelf: IndexShelf | None = None) -> Self:
        """Index ``snapshot``, unless its index stands on the ``shelf``; put it there else."""
        topics = topics_of(snapshot)
        return cls._of(snapshot, topics, _index(topics, lexicon, shelf))

    def renewed(self, snapshot: Snapshot, shelf: IndexShelf | None = None) -> Self:
        """Give the knowledge of another ``snapshot``, its index patched where little differs.

        Only an index built whole goes on the ``shelf``: a patched one is no start's business.
        """
        # What is the very same record is the same topic: few of them change at one time.
        same = {
            id(record): topic
            for record, topic in zip(records_of(self.snapshot), self.topics, strict=True)
        }
        topics = tuple(same.get(id(record)) or topic_of(record) for record in records_of(snapshot))
        return self._of(snapshot, topics, self._index_for(topics, shelf))

    def _index_for(self, topics: Sequence[Topic], shelf: IndexShelf | None) -> Index:
        before = {topic.key: topic for topic in self.topics}
        now = {topic.key: topic for topic in topics}
        changed = [
            topic
            for key, topic in now.items()
            if before.get(key) is not topic and before.get(key) != topic
        ]
        gone = before.keys() - now.keys()
        touched = len(changed) + len(gone)
        if not touched:
            return self.index
        alone = len(before) == len(self.topics) and len(now) == len(topics)
        if not alone or touched > AT_ONCE or self.index.amended + touched > IN_ALL:
            return _index(topics, self.index.lexicon, shelf)
        return patched(self.index, changed, gone)

    @classmethod
    def _of(cls, snapshot: Snapshot, topics: tuple[Topic, ...], index: Index) -> Self:
        return cls(
            snapshot=snapshot,
            topics=topics,
            index=index,
            procedures=_by_code(snapshot.procedures),
            guides={guide.id: guide for guide in snapshot.guides},
            hotlines={hotline.phone: hotline for hotline in snapshot.hotlines},
            offices={office.code: office for office in snapshot.offices},
            forms=forms_of(snapshot.procedures),
        )

    def procedure(self, code: str) -> Procedure:
        """Give the procedure of ``code``, also by a former or a new number.

        Raises:
            ProcedureNotFound: no procedure has it.
        """
        try:
            return self.procedures[code]
        except KeyError:
            raise ProcedureNotFound(code) from None

    def ask(self, question: str, *, province: str = "") -> Findings:
        """Rank what ``question`` may mean, best first; see ``knowledge.search``."""
        return find(self.index, question, province=province)

    def read(self, question: str) -> Reading:
        """Give what is understood of ``question``, without looking for what it may mean."""
        index = self.index
        return read(question, index.lexicon, index.speller, index.restorer)

    def danger(self, said: Tokens) -> Danger:
        """Give what danger is heard in ``said``, and how loudly."""
        index = self.index
        return index.alarm.heard(index.lexicon.written_out(said))

    def foreignness(self, said: Reading, found: Findings) -> float:
        """Give the odds, as a logarithm, that ``said`` is not about what ``found`` knows."""
        return foreignness(self.index, said, found.candidates)


def _index(topics: Sequence[Topic], lexicon: Lexicon, shelf: IndexShelf | None) -> Index:
    if shelf is None:
        return Index.build(topics, lexicon)
    mark = mark_of(topics)
    kept = shelf.take(mark)
    if kept is not None:
        return unpacked(kept, topics, lexicon)
    index = Index.build(topics, lexicon)
    shelf.put(mark, packed(index))
    return index


def _by_code(procedures: Sequence[Procedure]) -> dict[str, Procedure]:
    codes: dict[str, Procedure] = {}
    for procedure in procedures:
        for code in (*procedure.former_codes, procedure.renumbered_to):
            if code:
                codes.setdefault(code, procedure)
    codes.update({procedure.code: procedure for procedure in procedures})
    return codes

"""The knowledge base in memory: look-up by code, search by question; swapped whole on publish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from knowledge.alarm import Danger
from knowledge.errors import ProcedureNotFound
from knowledge.forms import forms_of
from knowledge.index import Index
from knowledge.lexicon import Lexicon
from knowledge.models import Guide, Hotline, Office, Procedure, Snapshot
from knowledge.packing import mark_of, packed, unpacked
from knowledge.ports import IndexShelf
from knowledge.reading import Reading
from knowledge.search import Findings, find, foreignness
from knowledge.text import Tokens
from knowledge.topics import Topic, topics_of


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeBase:
    """One published snapshot, indexed; immutable, so a turn sees one state of the world."""

    snapshot: Snapshot
    index: Index
    procedures: Mapping[str, Procedure]
    guides: Mapping[str, Guide]
    hotlines: Mapping[str, Hotline]
    offices: Mapping[str, Office]
    forms: Mapping[str, tuple[str, ...]]

    @classmethod
    def build(cls, snapshot: Snapshot, lexicon: Lexicon, shelf: IndexShelf | None = None) -> Self:
        """Index ``snapshot``, unless its index stands on the ``shelf``; put it there else."""
        return cls(
            snapshot=snapshot,
            index=_index(topics_of(snapshot), lexicon, shelf),
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

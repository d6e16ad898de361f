"""The language data: abbreviations, concepts, fillers, acts and the sides of a procedure.

Everything is compared folded. The files stand in ``data/language``; nothing here is specific to
one procedure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from knowledge.asides import Asides
from knowledge.asking import Sides
from knowledge.courtesies import Courtesies
from knowledge.phrasebook import Phrasebook
from knowledge.text import Tokens, tokens

LANGUAGE_ROOT: Final = Path(__file__).parent / "data" / "language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The language data, ready for look-up."""

    abbreviations: Mapping[str, Tokens]
    concepts: Phrasebook
    filler_phrases: Phrasebook
    filler_keys: frozenset[str]
    aspects: Sides
    acts: Phrasebook
    courtesies: Courtesies
    asides: Asides
    root: Path

    def written_out(self, text: Tokens) -> Tokens:
        """Give a phrase of ours with its abbreviations written out, as questions are read."""
        if self.abbreviations.keys().isdisjoint(text.keys):
            return text
        words: list[str] = []
        keys: list[str] = []
        for word, key in zip(text.words, text.keys, strict=True):
            known = self.abbreviations.get(key)
            words.extend(known.words if known else (word,))
            keys.extend(known.keys if known else (key,))
        return Tokens(tuple(words), tuple(keys), text.marked)

    def elsewhere(self) -> Mapping[str, Sequence[str]]:
        """Read what people ask that no office answers, by subject; only to build an index."""
        return _read(self.root / "elsewhere.vi.toml")

    def danger(self) -> Mapping[str, Sequence[str]]:
        """Read how people cry for help, by kind, and what only sounds so; to build an index."""
        return _read(self.root / "danger.vi.toml")

    @classmethod
    def load(cls, root: Path = LANGUAGE_ROOT) -> Self:
        """Read the language files under ``root``."""
        short = _read(root / "abbreviations.vi.toml")
        fillers = _read(root / "fillers.vi.toml")
        places = _read(root / "places.vi.toml")
        concepts = _read(root / "synonyms.vi.toml")["concepts"]
        return cls(
            abbreviations={
                " ".join(tokens(written).keys): tokens(meaning)
                for table in short.values()
                for written, meaning in table.items()
            },
            concepts=Phrasebook(
                (phrase, concept) for concept, group in concepts.items() for phrase in group
            ),
            filler_phrases=Phrasebook(
                (phrase, "filler") for phrase in (*fillers["phrases"], *places["provinces"])
            ),
            filler_keys=frozenset(tokens(" ".join(fillers["words"])).keys),
            aspects=Sides.of(_read(root / "aspects.vi.toml")),
            acts=Phrasebook(
                (phrase, kind)
                for kind, phrases in _read(root / "acts.vi.toml").items()
                for phrase in phrases
            ),
            courtesies=Courtesies.of(_read(root / "courtesies.vi.toml")),
            asides=Asides.of(places["kinds"]),
            root=root,
        )


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))

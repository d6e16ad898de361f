"""An index kept in a file answers as the one that was built."""

from __future__ import annotations

import os
from dataclasses import fields, replace
from pathlib import Path

import pytest

from knowledge.index import Index
from knowledge.library import AT_ONCE, IN_ALL, KnowledgeBase
from knowledge.models import Snapshot
from knowledge.packing import Packed, mark_of
from knowledge.search import Findings
from knowledge.shelf import NAME, FileShelf
from knowledge.testing import OursAlone, make_procedure
from knowledge.topics import topics_of

SNAPSHOT = Snapshot(
    procedures=(
        make_procedure(aliases=("làm giấy khai sinh cho con", "đk ks cho bé")),
        make_procedure("1.000656", "Đăng ký khai tử", aliases=("báo tử",)),
    )
)
LEXICON = OursAlone.load()
SAID = ("lam giay ks cho be", "khai tử cho ông", "dk khia sinh", "mua xe ở đâu rẻ")


class Watched(FileShelf):
    """Counts what is put."""

    def put(self, mark: str, values: Packed) -> None:
        PUT.append(mark)
        FileShelf.put(self, mark, values)


PUT: list[str] = []


@pytest.fixture
def shelf(tmp_path: Path) -> FileShelf:
    PUT.clear()
    return Watched(tmp_path)


def _told(shelf: FileShelf | None, snapshot: Snapshot = SNAPSHOT) -> list[Findings]:
    base = KnowledgeBase.build(snapshot, LEXICON, shelf)
    return [base.ask(said) for said in SAID]


def test_what_is_kept_answers_alike(shelf: FileShelf) -> None:
    built = _told(None)
    assert _told(shelf) == built
    assert _told(shelf) == built
    assert len(PUT) == 1


def test_other_phrases_are_indexed_anew(shelf: FileShelf) -> None:
    other = Snapshot(
        procedures=(*SNAPSHOT.procedures, make_procedure("1.000001", "Cấp lại thẻ căn cước"))
    )
    _told(shelf)
    assert _told(shelf, other) == _told(None, other)
    assert len(set(PUT)) == 2


@pytest.mark.parametrize("keep", [0, 20, 70, 2000, -1])
def test_a_torn_file_is_built_anew(shelf: FileShelf, keep: int) -> None:
    _told(shelf)
    file = shelf.folder / NAME
    file.write_bytes(file.read_bytes()[:keep])
    assert _told(shelf) == _told(None)
    assert len(PUT) == 2


def test_a_flipped_bit_is_built_anew(shelf: FileShelf) -> None:
    _told(shelf)
    file = shelf.folder / NAME
    kept = bytearray(file.read_bytes())
    kept[len(kept) // 2] ^= 1
    file.write_bytes(kept)
    assert _told(shelf) == _told(None)


def test_who_cannot_write_answers_all_the_same(tmp_path: Path) -> None:
    assert _told(FileShelf(tmp_path / "nowhere")) == _told(None)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_none_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder", encoding="utf-8")
    assert _told(FileShelf(file)) == _told(None)


def test_what_is_no_plain_file_is_not_read(shelf: FileShelf) -> None:
    os.mkfifo(shelf.folder / NAME)
    assert _told(shelf) == _told(None)
    assert (shelf.folder / NAME).is_file()


def test_what_a_killed_process_left_is_written_over(shelf: FileShelf) -> None:
    (shelf.folder / f"{NAME}.new").write_bytes(b"half of an index")
    _told(shelf)
    assert [one.name for one in shelf.folder.iterdir()] == [NAME]


def test_nothing_but_the_index_is_left_in_the_folder(shelf: FileShelf) -> None:
    _told(shelf)
    assert [one.name for one in shelf.folder.iterdir()] == [NAME]


def test_every_part_of_an_index_is_kept(shelf: FileShelf) -> None:
    built = Index.build(topics_of(SNAPSHOT), LEXICON)
    _told(shelf)
    kept = KnowledgeBase.build(SNAPSHOT, built.lexicon, shelf).index
    plain = {"entries", "weights", "firmness", "damping", "postings", "idf", "restorer", "alarm"}
    assert {name: getattr(kept, name) for name in plain} == {
        name: getattr(built, name) for name in plain
    }
    made = {"topics", "evidence", "lexicon", "speller", "amended"}
    assert {one.name for one in fields(Index)} == plain | made


def test_the_mark_is_of_the_phrases_and_stays() -> None:
    topics = topics_of(SNAPSHOT)
    assert mark_of(topics) == mark_of(topics_of(SNAPSHOT))
    assert mark_of(topics) != mark_of(topics[1:])


def _many(count: int, said: str = "") -> Snapshot:
    """Give procedures, of which ``count`` are ``said`` otherwise."""
    names = ["Đăng ký khai tử"] * (AT_ONCE + 1)
    named = (make_procedure(f"1.{number:06}", name) for number, name in enumerate(names))
    return Snapshot(
        procedures=tuple(
            replace(one, aliases=(said,)) if said and number < count else one
            for number, one in enumerate(named)
        )
    )


def test_what_is_patched_is_not_kept_and_what_is_built_again_is(shelf: FileShelf) -> None:
    base = KnowledgeBase.build(_many(0), LEXICON, shelf)
    base = base.renewed(_many(AT_ONCE, "báo tử"), shelf)
    assert len(PUT) == 1
    assert base.ask("báo tử").candidates[0].phrase == "báo tử"
    base = base.renewed(_many(AT_ONCE + 1, "giấy chứng tử"), shelf)
    assert len(PUT) == 2
    assert base.index.amended == 0


def test_after_many_patches_all_is_built_again(shelf: FileShelf) -> None:
    base = KnowledgeBase.build(_many(0), LEXICON, shelf)
    for turn in range(IN_ALL // AT_ONCE):
        base = base.renewed(_many(AT_ONCE, f"báo tử lần {turn}"), shelf)
    assert len(PUT) == 1
    base = base.renewed(_many(AT_ONCE, "giấy chứng tử"), shelf)
    assert len(PUT) == 2
    assert base.ask("giay chung tu").candidates[0].phrase == "giấy chứng tử"


def test_a_start_after_edits_answers_with_them(shelf: FileShelf) -> None:
    KnowledgeBase.build(SNAPSHOT, LEXICON, shelf)
    edited = _many(3, "báo tử")
    KnowledgeBase.build(SNAPSHOT, LEXICON, shelf).renewed(edited, shelf)
    assert _told(shelf, edited) == _told(None, edited)


def test_what_stands_twice_is_built(shelf: FileShelf) -> None:
    twice = replace(SNAPSHOT, procedures=SNAPSHOT.procedures[:1] * 2)
    base = KnowledgeBase.build(SNAPSHOT, LEXICON, shelf).renewed(twice, shelf)
    assert base.index.amended == 0
    assert len(base.index.topics) == 2

"""What the index holds of each way a topic is called."""

from __future__ import annotations

from knowledge.index import WEAK, Index
from knowledge.testing import OursAlone
from knowledge.topics import Topic, TopicKind

BIRTH = Topic(
    kind=TopicKind.PROCEDURE,
    ref="1.001193",
    official_name="Thủ tục đăng ký khai sinh",
    name="Đăng ký khai sinh",
    aliases=("làm giấy khai sinh", "Đăng kí khai sinh"),
    weak_text=("Hộ tịch", "cha mẹ của trẻ"),
)
DEATH = Topic(
    kind=TopicKind.PROCEDURE,
    ref="1.000656",
    official_name="Đăng ký khai tử",
    name="Đăng ký khai tử",
    weak_text=("Hộ tịch", "cha mẹ của trẻ"),
)


def index() -> Index:
    return Index.build([BIRTH, DEATH], OursAlone.load())


def test_ways_that_read_alike_are_kept_once() -> None:
    phrases = [entry.phrase for entry in index().entries]
    assert phrases == [
        "Thủ tục đăng ký khai sinh",
        "Đăng ký khai sinh",
        "làm giấy khai sinh",
        "Đăng ký khai tử",
    ]


def test_postings_lead_to_every_phrase_with_a_word_or_pair() -> None:
    built = index()
    assert built.postings["khai"] == (0, 1, 2, 3)
    assert built.postings["khai sinh"] == (0, 1, 2)
    assert built.postings["tu"] == (3,)
    assert not [term for term in built.postings if term.startswith("#")]


def test_a_topic_knows_the_words_of_all_its_phrases() -> None:
    known, other = index().firmness
    assert {"thu tuc", "giay khai", "khai sinh", "#sinh"} <= known.keys()
    assert "khai tu" not in known
    assert {"khai tu", "tu"} <= other.keys()
    assert "khai sinh" not in other


def test_the_more_phrases_have_a_word_the_surer_it_belongs_to_the_topic() -> None:
    known, _ = index().firmness
    assert known["khai sinh"] == 1.0
    assert WEAK < known["giay"] < known["dang"] < 1.0


def test_the_rarer_a_word_the_more_it_tells() -> None:
    built = index()
    assert built.idf["sinh"] == built.idf["tu"] > built.idf["khai"]


def test_what_stands_in_a_card_only_counts_as_weak() -> None:
    for known in index().firmness:
        assert {known[word] for word in ("ho", "tich", "cha", "me", "cua", "tre")} == {WEAK}

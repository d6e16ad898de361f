"""What is said about feedback: short, one question at a time, nothing that law forbids."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.console.standing.sentences import example_of
from bot.conversation.wording import DATA, Wording
from bot.feedback.moves import TRANSITIONS, CaseState
from bot.officials.own_words import gaps
from tests.fakes.never import never_said

SAYS = Wording.load().replies
FAMILIES = ("feedback_", "case_", "rating_", "reopen_", "publish_", "data_")
LAWFUL_WAYS = ("way_", "complaint_", "denunciation_")
OURS = {key: text for key, text in SAYS.items() if key.startswith((*FAMILIES, *LAWFUL_WAYS))}


def test_the_sentences_are_there() -> None:
    assert len(OURS) > 150


@pytest.mark.parametrize("key", sorted(OURS))
def test_a_sentence_is_short_and_asks_one_thing(key: str) -> None:
    told = OURS[key].format(**{gap: example_of(gap) for gap in gaps(OURS[key])})
    assert len(told) <= 600
    assert told.count("?") <= 1
    assert "SIPAS" not in told
    never = set(never_said(told))
    assert never <= (set() if key.startswith(LAWFUL_WAYS) else {"đã tiếp nhận", "hẹn trả lời"})


def test_what_speaks_of_the_lawful_ways_is_nobodys_to_change() -> None:
    wording = Wording.load()
    spoken = {key for key in OURS if key.startswith(LAWFUL_WAYS) and len(OURS[key]) > 60}
    assert spoken <= wording.fixed


def test_every_state_and_every_public_step_has_its_words() -> None:
    assert {f"feedback_state_{state}" for state in CaseState} <= set(OURS)
    assert {f"case_told_{move.act}" for move in TRANSITIONS if move.told} <= set(OURS)


def test_a_key_stands_in_one_file_only(tmp_path: Path) -> None:
    for name in ("replies", "feedback", "card"):
        text = (DATA / f"{name}.vi.toml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.vi.toml").write_text(text, encoding="utf-8")
    with (tmp_path / "feedback.vi.toml").open("a", encoding="utf-8") as file:
        file.write('[menu]\ntext = "hai lần"\n')
    with pytest.raises(ValueError, match="menu"):
        Wording.load(tmp_path)

"""Whatever is typed gets a verdict, the same one however its signs are put together."""

from __future__ import annotations

import unicodedata
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from bot.feedback.classifying import classify
from bot.feedback.classifying.telling import told
from bot.feedback.kinds import WITHHELD, Kind
from bot.feedback.topics import topics

WORDS = (
    *("cán", "bộ", "nhận", "tiền", "phong", "bì", "rác", "quyết", "định", "không", "đồng", "ý"),
    *("cảm", "ơn", "cháy", "đề", "nghị", "ở", "đâu", "500k", "ko", "HẺM", "?", ".", "\n", "🙂"),
)
sentences = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


@given(st.one_of(st.text(), sentences))
def test_any_text_has_a_verdict(text: str) -> None:
    verdict = classify(text)
    assert list(verdict.shares)[:2] == [verdict.kind, verdict.other]
    assert 0.999 < verdict.share(Kind) < 1.001
    assert verdict.other is not verdict.kind
    assert verdict.topic in topics()


@given(sentences)
def test_however_signs_are_composed_the_verdict_is_the_same(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert classify(apart) == classify(text) == classify(text.replace(" ", "  "))


@given(sentences)
def test_of_what_is_withheld_no_word_is_told(text: str) -> None:
    if classify(text).kind in WITHHELD:
        assert told(text)["masked"] in {"[complaint]", "[denunciation]"}


def test_a_text_of_any_length_takes_bounded_time() -> None:
    long = "cán bộ nhận tiền rồi không trả hồ sơ, rác đầy ngõ. " * 20_000
    begun = process_time()
    assert classify(long).kind in set(Kind)
    assert process_time() - begun < 1

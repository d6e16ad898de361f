"""Gaps of prepared answers: filled with what is known, and seen where they are not."""

from __future__ import annotations

from bot.feedback.placeholders import filled, gaps_in, known_gaps, unknown_gaps


def test_what_has_a_value_is_filled_and_the_rest_stays_to_be_seen() -> None:
    told = filled("Vụ { ma }: {don_vi} hẹn {han}.", {"ma": "PA-1", "don_vi": "{han}", "han": " "})
    assert told == "Vụ PA-1: {han} hẹn {han}."
    assert gaps_in("{a} và {b}, {a}") == ("a", "b")


def test_a_slip_is_no_gap_the_program_fills() -> None:
    assert unknown_gaps("{ma} {mã} { han }") == ("mã",)
    assert unknown_gaps("".join(f"{{{one}}}" for one in known_gaps())) == ()

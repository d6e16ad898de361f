"""Every sentence the web needs is there, and says what to do next."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

import pytest

from bot.channels.webchat import ChatFault
from bot.web.wording import read_wording

WEB = Path(__file__).parents[4] / "bot" / "web"
WORDING = read_wording()
SCRIPT = (WEB / "static" / "chat.js").read_text(encoding="utf-8")
PHOTOS = (WEB / "static" / "photos.js").read_text(encoding="utf-8")


def _named_in_code() -> set[str]:
    code = "".join(path.read_text(encoding="utf-8") for path in WEB.glob("*.py"))
    named = re.findall(r'(?:Refusal|too_soon)\(\s*"(\w+)"', code)
    return {*named, *re.findall(r'HTTPStatus\.\w+: "(\w+)"', code), *ChatFault}


def test_every_refusal_has_its_sentence_and_no_sentence_is_left_over() -> None:
    assert set(WORDING.errors) == _named_in_code() | {"bad_request"}


@pytest.mark.parametrize("error", WORDING.errors)
def test_a_refusal_says_what_to_do(error: str) -> None:
    sentence = WORDING.errors[error]
    # Why a photo is not taken is a sentence of its own (tests/unit/bot/casework).
    assert sentence == "$why" or re.search(r"\b(Hãy|Xin|hãy|xin)\b", sentence)
    assert set(Template(sentence).get_identifiers()) <= {"seconds", "id", "why"}


def test_the_script_has_all_its_words_and_none_is_left_over() -> None:
    assert set(re.findall(r"\bwords\.(\w+)", SCRIPT)) == set(WORDING.script)


@pytest.mark.parametrize(
    "newer", [r"\?\.", r"\?\?", r"\(\?<", r"\{\s*\.\.\.", r"\bcatch \{", r"#\w+\("]
)
def test_the_script_is_understood_by_handsets_of_2017(newer: str) -> None:
    assert not re.search(newer, SCRIPT + PHOTOS)

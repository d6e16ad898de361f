"""Pages keep to the strict policy: no style or script of their own, and nothing unescaped."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.console.render import read_templates

TEMPLATES = Path(__file__).parents[2] / "bot" / "console" / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
FORBIDDEN = {
    "style attribute": r"\sstyle\s*=",
    "style element": r"<style\b",
    "handler": r"\son[a-z]+\s*=(?!=)",
    "inline script": r"<script(?![^>]*\ssrc=)",
    "unescaped value": r"\|\s*safe\b|\bMarkup\b|autoescape\s+false",
    "address of a script": r"javascript:",
    "another site": r"(?:src|action)=\"(?:https?:)?//",
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_a_template_is_understood(page: Path) -> None:
    """A running program would find a fault only when the page is first asked for."""
    read_templates().get_template(str(page.relative_to(TEMPLATES)))


def test_there_are_pages() -> None:
    assert TEMPLATES / "layout.html" in PAGES


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_a_template_has_nothing_the_policy_would_stop(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert {name: re.findall(wrong, text) for name, wrong in FORBIDDEN.items()} == {
        name: [] for name in FORBIDDEN
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TEMPLATES)))
def test_no_vietnamese_word_stands_in_a_template(page: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"[^\s<>]*[ăâđêôơưạảấầậắặẹẻếềệịọỏốộớờợụủứừựỳ][^\s<>]*", text.lower()) == []


def test_the_script_writes_text_only() -> None:
    script = (TEMPLATES.parent / "static" / "console.js").read_text(encoding="utf-8")
    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", script)
        == []
    )

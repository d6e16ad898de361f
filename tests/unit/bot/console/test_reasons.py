"""Wherever a reason is asked for, the page says how long it must be."""

from __future__ import annotations

import re

from bot.console.fields import LEAST_REASON
from bot.console.render import FOLDER
from bot.console.words import say

ASKED = re.compile(r'form\.area\("reason"[^}]*\)')


def test_every_reason_that_is_needed_is_asked_for_in_one_way() -> None:
    asked = {
        (path.name, found)
        for path in FOLDER.rglob("*.html")
        for found in ASKED.findall(path.read_text(encoding="utf-8"))
        # In a case a reason is told to the citizen, or stands in its history: any words do.
        if "needed=false" not in found and path.parent.name != "cases"
    }
    ((name, found),) = asked
    assert name == "dialog.html"
    assert 'say("look.reason_hint")' in found


def test_how_long_it_must_be_is_what_the_form_says() -> None:
    for key in ("look.reason_hint", "faults.reason"):
        assert f"ít nhất {LEAST_REASON} ký tự" in say(key).lower()

"""A form as a browser would send it, read off a page."""

from __future__ import annotations

import html
import re

from tests.fakes.console import Shown

FIELD = re.compile(
    r"<input(?P<input>[^>]*)>"
    r"|<textarea(?P<area>[^>]*)>\n?(?P<text>.*?)</textarea>"
    r"|<select(?P<select>[^>]*)>(?P<options>.*?)</select>",
    re.DOTALL,
)


def form_on(page: Shown) -> dict[str, str]:
    """Give what the forms of a page's content would send, the first of each name."""
    sent: dict[str, str] = {}
    for found in FIELD.finditer(page.text.partition("<main")[2]):
        attributes = found["input"] or found["area"] or found["select"] or ""
        name = re.search(r'name="([^"]+)"', attributes)
        unchosen = 'type="radio"' in attributes and "checked" not in attributes
        if name and not unchosen:
            sent.setdefault(html.unescape(name[1]), html.unescape(_value(found, attributes)))
    sent.pop("_csrf", None)
    return sent


def _value(found: re.Match[str], attributes: str) -> str:
    if found["options"] is not None:
        chosen = re.search(r'<option value="([^"]*)" selected', found["options"])
        return chosen[1] if chosen else ""
    if found["text"] is not None:
        return found["text"]
    told = re.search(r'value="([^"]*)"', attributes, re.DOTALL)
    return told[1] if told else ""

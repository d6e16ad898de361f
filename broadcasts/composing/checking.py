"""What is wrong with a text before it is submitted, in words for who wrote it; pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final
from unicodedata import category
from urllib.parse import urlsplit

from broadcasts.composing.gaps import filled, gaps_in, known_gaps
from broadcasts.composing.kinds import kinds
from broadcasts.documents.numbers import number_text
from broadcasts.models import Audience, Button, NewsText

DATA: Final = Path(__file__).with_name("data") / "checks.vi.toml"
# Zalo's articles take no longer title; ten pages on a phone are no news any more.
LONGEST_TITLE: Final = 150
LONGEST_BODY: Final = 10_000
# What Zalo takes as one message.
COMFORTABLE_BODY: Final = 2_000
# A screen reader says it in one breath.
LONGEST_DEPICTED: Final = 300
MOST_BUTTONS: Final = 6
LONGEST_LABEL: Final = 64
# Gives the kinds of personal data that a text seems to hold.
Personal = Callable[[str], Collection[str]]
_INSECURE: Final = re.compile(r"\bhttp://\S+", re.IGNORECASE)
_FIGURE: Final = re.compile(
    r"(?<!\d)\d[\d.,]{0,30}\s{0,3}(?:đồng|đ\b|vnđ|triệu|nghìn|%|ngày làm việc|giờ làm việc)",
    re.IGNORECASE,
)
_UNSAFE: Final = re.compile(r"[\s<>\"\\^`{|}]")
_SOURCE: Final = re.compile(
    r"\d{1,6}/(?:\d{4}/)?[A-ZĐ][A-ZĐ-]+|\bsố\s+\d+|nguồn|theo\s+(?:luật|nghị|thông tư|quyết định)"
    r"|căn cứ|https://",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend (``blocking``) or to look at again; ``field`` is where."""

    code: str
    field: str
    message: str
    blocking: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is checked: a text of a kind, for an audience; ``variables`` are still to fill it.

    ``samples`` is what stands in it of an office's data that nobody has put right yet.
    """

    kind: str
    text: NewsText
    audience: Audience
    variables: Mapping[str, str] = field(default_factory=dict)
    samples: Collection[str] = ()


def nobody(_: str) -> Collection[str]:
    """Find no personal data."""
    return ()


def check(draft: Draft, personal: Personal = nobody) -> tuple[Finding, ...]:
    """Give all that is wrong with a draft, what must be mended first."""
    # A gap may stand a thousand times in a text, and what fills it may be a page.
    whole = filled(draft.text, draft.variables)
    found = [*_frame(draft), *_lengths(whole), *_gaps(draft.text), *_links(draft.text)]
    return (*found, *_buttons(whole.buttons), *_doubts(draft, personal))


def blocking(findings: Collection[Finding]) -> tuple[Finding, ...]:
    """Give what must be mended."""
    return tuple(one for one in findings if one.blocking)


def _frame(draft: Draft) -> Iterator[Finding]:
    known = ", ".join(kinds())
    if draft.kind not in kinds():
        yield _error("kind", "kind", kind=draft.kind, known=known)
    if not draft.audience.offices:
        yield _error("audience", "audience")
    for topic in draft.audience.topics:
        if topic not in kinds():
            yield _error("topic", "audience", topic=topic, known=known)
    if any(map(_unreadable, _told(draft))):
        yield _error("signs", "body")


def _told(draft: Draft) -> Iterator[str]:
    text = draft.text
    yield from (text.title, text.body, text.depicted, *draft.variables, *draft.variables.values())
    for one in text.buttons:
        yield from (one.label, one.address)


def _unreadable(told: str) -> bool:
    """Tell whether a sign stands in it that no channel and no database takes."""
    return any(category(sign) in {"Cc", "Cs"} for sign in told if sign not in "\n\r\t")


def _lengths(text: NewsText) -> Iterator[Finding]:
    title, body = len(text.title.strip()), len(text.body.strip())
    if not title:
        yield _error("title_empty", "title")
    if title > LONGEST_TITLE:
        yield _error("title_long", "title", length=title, most=LONGEST_TITLE)
    if not body:
        yield _error("body_empty", "body")
    if body > LONGEST_BODY:
        yield _error("body_long", "body", length=body, most=LONGEST_BODY)
    elif body > COMFORTABLE_BODY:
        yield _warning("body_lengthy", "body", length=body, most=COMFORTABLE_BODY)
    if (depicted := len(text.depicted.strip())) > LONGEST_DEPICTED:
        yield _error("depicted_long", "depicted", length=depicted, most=LONGEST_DEPICTED)


def _gaps(text: NewsText) -> Iterator[Finding]:
    known, there = known_gaps(), gaps_in(text)
    unfilled = [f"{known[one].name} {{{one}}}" for one in there if one in known]
    unknown = [f"{{{one}}}" for one in there if one not in known]
    if unfilled:
        yield _error("gap_unfilled", "variables", gaps=", ".join(unfilled))
    if unknown:
        names = ", ".join(f"{{{one}}}" for one in known)
        yield _error("gap_unknown", "body", gaps=", ".join(unknown), known=names)


def _links(text: NewsText) -> Iterator[Finding]:
    for place, told in (("title", text.title), ("body", text.body)):
        for link in _INSECURE.findall(told):
            yield _error("link_insecure", place, link=link)


def _buttons(buttons: Collection[Button]) -> Iterator[Finding]:
    if len(buttons) > MOST_BUTTONS:
        yield _error("buttons_many", "buttons", count=len(buttons), most=MOST_BUTTONS)
    for number, one in enumerate(buttons, 1):
        if not 0 < len(one.label.strip()) <= LONGEST_LABEL:
            yield _error("button_label", "buttons", number=number, most=LONGEST_LABEL)
        if not is_safe(one.address):
            yield _error("button_address", "buttons", label=one.label)


def is_safe(address: str) -> bool:
    """Tell whether an address is a whole https one that every channel takes."""
    try:
        parts = urlsplit(address)
        host = parts.hostname if parts.port != 0 else None
    except ValueError:
        return False
    # Signs nobody sees turn an address round, or make it another one.
    plain = address.isprintable() and not _UNSAFE.search(address) and "@" not in parts.netloc
    return parts.scheme == "https" and "." in (host or "") and plain


def _doubts(draft: Draft, personal: Personal) -> Iterator[Finding]:
    text = draft.text
    if draft.samples:
        yield _warning("sample", "body", samples="; ".join(draft.samples))
    told = f"{text.title}\n{text.body}"
    names: Mapping[str, str] = _words()["personal"]
    if held := personal(told):
        called = dict.fromkeys(names.get(str(one), names["other"]) for one in held)
        yield _warning("personal", "body", kinds=", ".join(called))
    figures = dict.fromkeys(one.strip() for one in _FIGURE.findall(told))
    if figures and not text.buttons and not _SOURCE.search(told):
        yield _warning("unsourced", "body", figures=", ".join(figures))


def _error(code: str, field: str, **gaps: object) -> Finding:
    message = _said("errors", code, gaps)
    return Finding(code=code, field=field, message=message, blocking=True)


def _warning(code: str, field: str, **gaps: object) -> Finding:
    message = _said("warnings", code, gaps)
    return Finding(code=code, field=field, message=message, blocking=False)


def _said(table: str, code: str, gaps: Mapping[str, object]) -> str:
    told = {name: number_text(one) if isinstance(one, int) else one for name, one in gaps.items()}
    message: str = _words()[table][code].format(**told)
    return message


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))

"""Gaps in a text, ``{co_quan}`` and the like: which there are, and filling them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from broadcasts.models import Button, NewsText

DATA: Final = Path(__file__).with_name("data") / "gaps.vi.toml"
# Whatever stands in braces on one line is taken for a gap, so that a slip is seen.
_GAP: Final = re.compile(r"\{([^{}\n]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A gap that may be filled; ``office`` when the office's own data fill it.

    ``lines`` when what fills it usually has several lines, such as a list.
    """

    code: str
    name: str
    office: bool
    lines: bool


@cache
def known_gaps() -> Mapping[str, Gap]:
    """Give every gap a text may have, by its code."""
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {
        code: Gap(
            code=code,
            name=one["name"],
            office=one.get("office", False),
            lines=one.get("lines", False),
        )
        for code, one in told.items()
    }


def gaps_in(text: NewsText) -> tuple[str, ...]:
    """Give what stands in braces in a text, each once, as it first comes."""
    return tuple(dict.fromkeys(name for part in _parts(text) for name in _GAP.findall(part)))


def filled(text: NewsText, values: Mapping[str, str]) -> NewsText:
    """Give the text with each gap that has a value filled; others stay for the checks to name.

    A value is taken as it is: what stands in braces within it is no gap that gets filled. Several
    lines are kept in the body; everything else has one.
    """
    lines = {name: " ".join(value.split()) for name, value in values.items()}
    buttons = (
        Button(label=_filled(one.label, lines), address=one.address) for one in text.buttons
    )
    return replace(
        text,
        title=_filled(text.title, lines),
        body=_filled(text.body, values),
        depicted=_filled(text.depicted, lines),
        buttons=tuple(buttons),
    )


def filled_line(told: str, values: Mapping[str, str]) -> str:
    """Give one line with each gap that has a value filled; others become empty."""
    lines = {name: " ".join(value.split()) for name, value in values.items()}
    return _GAP.sub(lambda gap: lines.get(gap[1].strip(), ""), told).strip()


def _filled(told: str, values: Mapping[str, str]) -> str:
    return _GAP.sub(lambda gap: values.get(gap[1].strip(), "").strip() or gap[0], told)


def _parts(text: NewsText) -> Iterator[str]:
    yield text.title
    yield text.body
    yield text.depicted
    for one in text.buttons:
        yield one.label

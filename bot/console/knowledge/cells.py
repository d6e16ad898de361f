"""A card as a form: one text for each column of an office's table, written and read as there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from knowledge.cells.codecs import codec_of
from knowledge.columns import columns
from knowledge.models import Procedure
from knowledge.phrases import NotUnderstood

# What a card is known by, and what is worked out of who says it.
NOT_EDITED: Final = frozenset({"number", "code", "source_name", "source_seen", "source_url"})
# Fields that are short: one line of a form will do.
DEFAULTS: Final = {one.name: one for one in fields(Procedure)}
NEEDED: Final = ("official_name", "everyday_name", "sector", "level")


def headings() -> Mapping[str, str]:
    """Give what each editable field is called, in the order of the table."""
    return {name: told for name, told in columns().headings.items() if name not in NOT_EDITED}


def texts_of(procedure: Procedure) -> dict[str, str]:
    """Write every editable field of a card as its cell."""
    return {name: text_of(name, getattr(procedure, name)) for name in headings()}


def text_of(name: str, value: Any) -> str:  # noqa: ANN401 - a value of any field
    """Write one value as a cell; what says nothing is blank."""
    return codec_of(name).write(value) if value or isinstance(value, bool) else ""


def read_cell(name: str, text: str) -> Any:  # noqa: ANN401 - a value of any field
    """Read the cell of a field; a blank one takes back what was said there.

    Raises:
        NotUnderstood: the text is no value of the field, or the field cannot be blank.
    """
    if text.strip():
        return codec_of(name).read(text)
    if name in NEEDED:
        raise NotUnderstood("")
    return DEFAULTS[name].default

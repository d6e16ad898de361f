"""The words of a paragraph of Word: insertions taken, deletions and doubles left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_LEFT_OUT: Final = frozenset(
    {f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{_COMPATIBLE}Fallback"}
)
_SIGNS: Final = {
    f"{W}tab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}


def text_of(paragraph: Any) -> str:  # noqa: ANN401 - an XML element
    """Give the words that are read in a paragraph; a line break is one of its own."""
    return "".join(_pieces(paragraph))


def _pieces(element: Any) -> Iterator[str]:  # noqa: ANN401
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield "" if child.get(f"{W}type") == "page" else _SIGNS[child.tag]
        else:
            yield from _pieces(child)

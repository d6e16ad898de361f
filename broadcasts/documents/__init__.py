"""Word files an office may hand in: what they say.

``writing`` and ``loudspeaker`` write them; who only tells what stands in one need not load Word.
"""

from broadcasts.documents.records import (
    AdministrativeDocument,
    Align,
    Appendix,
    Authority,
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Heading,
    Paragraph,
    Picture,
    Signing,
    Table,
)

__all__ = [
    "AdministrativeDocument",
    "Align",
    "Appendix",
    "Authority",
    "Block",
    "Bullets",
    "Cell",
    "Chart",
    "Column",
    "Heading",
    "Paragraph",
    "Picture",
    "Signing",
    "Table",
]

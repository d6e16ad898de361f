"""Word files an office may hand in: administrative documents, and the announcer's sheet."""

from broadcasts.documents.loudspeaker import loudspeaker_docx
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
from broadcasts.documents.writing import as_docx

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
    "as_docx",
    "loudspeaker_docx",
]

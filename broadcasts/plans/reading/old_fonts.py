"""Text typed for fonts from before Unicode (TCVN3, VNI), which would be read as nonsense.

Such a font draws “ă” where the file says “¨”. A font's name is no proof, since text turned into
Unicode often keeps it; letters and signs that stand together in no Vietnamese word are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from broadcasts.plans.document import Block, Document, Paragraph
from broadcasts.plans.errors import PlanUnreadable

# Fewer may be foreign names and units; a plan in such a font has hundreds.
FEWEST_WORDS: Final = 5
TCVN3: Final = "TCVN3 (ABC, .VnTime)"
VNI: Final = "VNI"
# Signs that go with letters, and a marked capital behind a small letter, only in TCVN3. Its “đ”
# and “Đ” begin a word; behind one they are a trade mark's or a paragraph's sign.
_TCVN3: Final = re.compile(
    r"[¡¢£¤¥¦¨ª¬®¯±µ¶¸¹](?=[^\W\d_])|(?<=[^\W\d_])[¡¢£¤¥¦¨ª«¬¯±µ¶·¸¹¼½¾¿]|(?<=[a-z])[À-ÖØ-Þ]"
)
# VNI writes a mark as a letter of its own, “keát”; we put it on the first of these vowels.
_VNI: Final = re.compile(r"[ae][à-ãè-êìíò-õùúý]|y[à-ãèéìíò-õùúý]|[öô][ùøûõï]", re.IGNORECASE)
# The fonts know none of these.
_ONLY_UNICODE: Final = re.compile(r"[ĂăĐđƠơƯưẠ-ỹ]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """A word that such a font draws otherwise, and where it stands."""

    kind: str
    place: str


def check_fonts(document: Document) -> None:
    """See whether the words of a document are what they look like.

    Raises:
        PlanUnreadable: some were typed for an old font; the message says which and where.
    """
    drawn = list(_drawn(document))
    if len(drawn) < FEWEST_WORDS:
        return
    kind = Counter(one.kind for one in drawn).most_common(1)[0][0]
    raise PlanUnreadable(
        f"{document.name}: có chữ gõ bằng phông chữ cũ {kind} ({drawn[0].place}), đọc sẽ sai. "
        "Hãy chuyển sang Unicode (ví dụ bằng UniKey: Ctrl+Shift+F6) rồi nộp lại."
    )


def _drawn(document: Document) -> Iterator[_Drawn]:
    for block in document.blocks:
        for text, place in _texts(block):
            if text.isascii() or _ONLY_UNICODE.search(text):
                continue
            for word in text.split():
                if _TCVN3.search(word):
                    yield _Drawn(kind=TCVN3, place=place)
                elif _VNI.search(word):
                    yield _Drawn(kind=VNI, place=place)


def _texts(block: Block) -> Iterator[tuple[str, str]]:
    if isinstance(block, Paragraph):
        yield block.text, block.place
        return
    for row in block.rows:
        for text in dict.fromkeys(row.texts):
            yield text, row.place

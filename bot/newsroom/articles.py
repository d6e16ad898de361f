"""News as an article of an account: what its followers read, as it was previewed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bot.channels.zalo.articles import AUTHOR, Article, Block
from bot.newsroom.previewing import Preview, preview
from bot.storage.file_rows import FileHead
from broadcasts.models import NewsText, Route

PARAGRAPH: Final = "\n\n"


def article_of(
    text: NewsText, heads: Mapping[int, FileHead], *, author: str, cover: str
) -> Article:
    """Make the article of a whole text; ``cover`` is shown where no picture of it is public."""
    shown = preview(text, Route.ZALO_ARTICLE, heads)
    pictures = [one.address for one in shown.enclosed if one.is_picture and one.address]
    return Article(
        title=shown.title,
        author=author[:AUTHOR],
        description=shown.description,
        cover=next(iter(pictures), cover),
        blocks=tuple(_blocks(shown)),
    )


def _blocks(shown: Preview) -> Iterator[Block]:
    for paragraph in PARAGRAPH.join(shown.parts).split(PARAGRAPH):
        if paragraph.strip():
            yield Block(text=paragraph.strip())

"""What a broadcast says, as its readers get it: one place makes the message for every way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import orjson

from bot.messages import Enclosure, Link, Reply
from bot.newsroom.wording import words
from bot.storage.file_rows import FileHead
from broadcasts.composing.checking import is_safe
from broadcasts.models import Button, NewsText

# Between the parts of a message: title and text.
GAP: Final = "\n\n"
# Read before anything runs.
PICTURE: Final = words("letter")["picture"]
NO_FILES: Final[Mapping[int, FileHead]] = {}


def read_text(title: str, body: str, parts: str) -> NewsText:
    """Read a frozen version; of ``parts`` what another release wrote otherwise is left out."""
    try:
        told = orjson.loads(parts)
        return NewsText(
            title=title,
            body=body,
            buttons=tuple(
                Button(label=str(label), address=str(address))
                for label, address in told.get("buttons", ())
            ),
            picture=_number(told.get("picture")),
            files=tuple(map(int, told.get("files", ()))),
            depicted=str(told.get("depicted", "")),
        )
    except (AttributeError, TypeError, ValueError):
        return NewsText(title=title, body=body)


def enclosed(text: NewsText) -> tuple[int, ...]:
    """Give the stored files that go with a text, its picture first."""
    return tuple(dict.fromkeys((*filter(None, [text.picture]), *text.files)))


def page_of(site: str, broadcast: int) -> str:
    """Give the address of the public page of a text; empty where no ``site`` is known."""
    return f"{site}/tin-tuc/{broadcast}" if site else ""


def reply_of(text: NewsText, heads: Mapping[int, FileHead] = NO_FILES) -> Reply:
    """Make the message: title and text, its links, and what of ``heads`` goes with it."""
    return Reply(
        GAP.join(filter(None, (text.title.strip(), text.body.strip()))),
        links=tuple(_links(text)),
        enclosures=tuple(_enclosures(text, filter(None, map(heads.get, enclosed(text))))),
        page=text.page,
    )


def _links(text: NewsText) -> Iterator[Link]:
    # What is submitted has safe addresses alone; a draft is looked at and tried before.
    for one in text.buttons:
        if is_safe(one.address):
            yield Link(label=one.label, address=one.address)


def _enclosures(text: NewsText, heads: Iterable[FileHead]) -> Iterator[Enclosure]:
    for head in heads:
        yield Enclosure(
            file=head.id,
            name=head.name,
            media=head.media,
            size=head.size,
            digest=head.digest,
            told=_depicted(text, head.id),
            address=f"{text.page}/tep/{head.id}" if text.page else "",
        )


def _depicted(text: NewsText, file: int) -> str:
    own = text.depicted.strip() if file == text.picture else ""
    return own or PICTURE.format(title=text.title.strip())


def _number(told: object) -> int | None:
    return told if isinstance(told, int) else None

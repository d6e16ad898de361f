"""Articles of an account: made hidden, shown, and told to its followers; each call by itself.

Source: the OA Open API, /v2.0/article/… and /v2.0/oa/message with a target,
docs.zaloplatforms.com/docs/OA. A broadcast says published articles alone, to all followers or to
those of some demographics; it is free, of a number a month, and looked over for about 30 minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.channels.zalo.asking import Asking
from bot.channels.zalo.codes import Kind
from bot.channels.zalo.faults import OddAnswer, ZaloRefused
from bot.channels.zalo.hosts import Host
from bot.channels.zalo.shapes import Json, ident, number, word

TITLE: Final = 150
AUTHOR: Final = 50
DESCRIPTION: Final = 300
# As many as are looked through for one that was made and not written down.
LATEST: Final = 20
EVERYBODY: Final[Mapping[str, object]] = {"gender": "0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of an article: a text, or the public address of a picture."""

    text: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What followers read; ``cover`` is the public address of a picture of 1 MB at most."""

    title: str
    author: str
    description: str
    cover: str
    blocks: Sequence[Block]


class Articles:
    """The calls about articles; each raises ``ZaloFault`` as ``Asking`` does."""

    def __init__(self, asking: Asking) -> None:
        """Call by ``asking``."""
        self._asking = asking

    async def create(self, oa: str, article: Article) -> str:
        """Make an article that nobody sees; give the token by which ``verified`` asks for it."""
        told = await self._asking.post(oa, "/v2.0/article/create", _told(article, "hide"))
        return _given(word(told.data, "token"))

    async def verified(self, oa: str, token: str) -> str:
        """Give the id of what was made or changed; empty while Zalo still works on it."""
        try:
            told = await self._asking.post(oa, "/v2.0/article/verify", {"token": token})
        except ZaloRefused as fault:
            if fault.code.kind is Kind.POLL:
                return ""
            raise
        return _given(ident(told.data.get("id")))

    async def show(self, oa: str, found: str, article: Article) -> str:
        """Let everybody see an article; give the token by which ``verified`` asks, if any."""
        told = {"id": found, **_told(article, "show")}
        answer = await self._asking.post(oa, "/v2.0/article/update", told)
        return word(answer.data, "token")

    async def made_since(self, oa: str, title: str, since: datetime) -> str:
        """Give the hidden article of this title made since then; empty when there is none."""
        asked = {"offset": 0, "limit": LATEST, "type": "normal"}
        answer = await self._asking.get(oa, "/v2.0/article/getslice", asked)
        medias = answer.data.get("medias")
        for one in medias if isinstance(medias, list) else ():
            if isinstance(one, dict) and _is_ours(one, title, since):
                return ident(one.get("id"))
        return ""

    async def broadcast(self, oa: str, found: str, target: Mapping[str, object]) -> str:
        """Tell followers of an article that is shown; give the id of the message."""
        element = {"media_type": "article", "attachment_id": found}
        payload = {"template_type": "media", "elements": [element]}
        told = {
            "recipient": {"target": dict(target or EVERYBODY)},
            "message": {"attachment": {"type": "template", "payload": payload}},
        }
        answer = await self._asking.post(oa, "/v2.0/oa/message", told)
        return ident(answer.data.get("message_id"))


def _told(article: Article, status: str) -> Json:
    return {
        "type": "normal",
        "title": article.title,
        "author": article.author,
        "cover": {"cover_type": "photo", "photo_url": article.cover, "status": "show"},
        "description": article.description,
        "body": list(_blocks(article.blocks)),
        "status": status,
        "comment": "hide",
    }


def _blocks(blocks: Sequence[Block]) -> Iterator[Json]:
    for one in blocks:
        if one.picture:
            yield {"type": "image", "url": one.picture}
        else:
            yield {"type": "text", "content": one.text}


def _is_ours(media: Json, title: str, since: datetime) -> bool:
    made = number(media.get("create_date"))
    # One without a date may be ours as well: showing it puts in all that is to be read.
    older = made is not None and made < since.timestamp() * 1000
    return not older and word(media, "title") == title and word(media, "status") == "hide"


def _given(told: str) -> str:
    if not told:
        raise OddAnswer("no token or id of an article", host=Host.API)
    return told

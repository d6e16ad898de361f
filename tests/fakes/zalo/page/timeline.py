"""A chat as its two ends see it, one row after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from tests.fakes.zalo.articles import Article
from tests.fakes.zalo.events import Event
from tests.fakes.zalo.people import Json, Person, Seen

# What a citizen sent, where no words tell of it.
CALLED: Final = {
    "image": "ảnh", "gif": "ảnh động", "file": "tệp", "audio": "lời nói", "video": "phim",
    "sticker": "nhãn dán", "location": "vị trí", "link": "liên kết", "business_card": "danh thiếp",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Row:
    """One bubble: ``seen`` came from the OA, otherwise the citizen sent it."""

    at: datetime
    seen: Seen | None = None
    text: str = ""
    kind: str = "text"
    link: str = ""
    fate: str = ""
    articles: tuple[Article, ...] = ()

    @property
    def called(self) -> str:
        return CALLED.get(self.kind, self.kind)


def timeline(
    person: Person, events: Mapping[str, Event], articles: Mapping[str, Article]
) -> list[Row]:
    """All that was said, in order; ``events`` are those of the citizen's own messages."""
    came = [_came(seen, articles) for seen in person.shown]
    went = [_went(said, events) for said in person.talk if said["src"] == 1]
    return sorted([*came, *went], key=lambda row: row.at)


def _came(seen: Seen, articles: Mapping[str, Article]) -> Row:
    known = (one.link.removeprefix("article:") for one in seen.elements)
    told = tuple(articles[one] for one in known if one in articles)
    return Row(at=seen.at, seen=seen, text=seen.text, kind=seen.kind, articles=told)


def _went(said: Json, events: Mapping[str, Event]) -> Row:
    event = events.get(said["message_id"])
    if event is None or event.acknowledged:
        fate = ""
    elif not event.app.events_to:
        fate = "chưa khai địa chỉ webhook"
    else:
        fate = "chưa tới chương trình, sẽ gửi lại"
    return Row(
        at=datetime.fromtimestamp(said["time"] / 1000, UTC),
        text=said["message"], kind=said["type"], link=said.get("url", ""), fate=fate,
    )  # fmt: skip

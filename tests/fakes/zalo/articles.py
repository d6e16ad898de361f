"""Articles: made, worked on for a while, then known by an id; only shown ones may be sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from tests.fakes.zalo.errors import Refused
from tests.fakes.zalo.gate import Call
from tests.fakes.zalo.people import Account, Json, new_id
from tests.fakes.zalo.reading import link, only, rows, text, whole, wrong
from tests.fakes.zalo.videos import Videos
from tests.fakes.zalo.world import World

FIELDS: Final = (
    "type", "title", "author", "cover", "description", "body", "related_medias", "tracking_link",
    "status", "comment",
)  # fmt: skip
NEEDED: Final = ("type", "title", "author", "cover", "description", "body")
# What each kind of paragraph has to hold, and what else it may.
PARAGRAPHS: Final = {
    "text": (("content",), ()),
    "image": (("url",), ("caption", "width", "height")),
    "video": ((), ("url", "video_id", "category", "thumb")),
    "product": (("id",), ()),
}
SLICE: Final = 50
NO_QUOTA: Final = "Out of quota of articles"


@dataclass
class Article:
    """An article of an OA; ``known`` is its id, which is told when it is ready."""

    account: Account
    fields: Json
    known: str = field(default_factory=new_id)
    removed: bool = False

    @property
    def published(self) -> bool:
        return not self.removed and self.fields.get("status") == "show"


@dataclass
class _Working:
    """A change under way: ``fields`` become those of the article when it is ready."""

    article: Article
    ready_at: datetime
    polls: int


class Articles:
    """The calls about articles."""

    def __init__(self, world: World, videos: Videos) -> None:
        self._world = world
        self._videos = videos
        self._working: dict[str, _Working] = {}
        self.by_id: dict[str, Article] = {}

    async def create(self, call: Call) -> Json:
        fields = fitting(call.args)
        self._videos.fit(call.account, fields)
        self._count(call.account)
        return self._begin(Article(call.account, fields))

    async def verify(self, call: Call) -> Json:
        """Ask whether an article is ready; refused with -214 until it is."""
        only(call.args, "body", ("token",), ("token",))
        working = self._working.get(str(call.args["token"]))
        if working is None or working.article.account is not call.account:
            raise wrong("token")
        if working.polls > 0 or self._world.clock.now() < working.ready_at:
            working.polls -= 1
            raise Refused(-214)
        self.by_id[working.article.known] = working.article
        return {"id": working.article.known}

    async def update(self, call: Call) -> Json:
        article = self.find(call.account, call.args.get("id"))
        fields = fitting({k: v for k, v in call.args.items() if k != "id"})
        self._videos.fit(call.account, fields)
        article.fields = fields
        return self._begin(article)

    async def remove(self, call: Call) -> Json:
        article = self.find(call.account, only(call.args, "body", ("id",)).get("id"))
        article.removed = True
        return {}

    async def getslice(self, call: Call) -> Json:
        only(call.args, "data", ("offset", "limit", "type"), ("offset", "limit", "type"))
        if call.args["type"] != "normal":
            raise wrong("type")
        start = whole(call.args["offset"], "offset")
        limit = whole(call.args["limit"], "limit", SLICE)
        own = [one for one in self.by_id.values() if self._is_there(one, call.account)]
        medias = [_row(one) for one in own[::-1][start : start + limit]]
        return {"medias": medias, "total": len(own)}

    async def getdetail(self, call: Call) -> Json:
        article = self.find(call.account, only(call.args, "data", ("id",)).get("id"))
        return {"id": article.known, **article.fields}

    def find(self, account: Account, known: object) -> Article:
        """The article of this id; raises Refused."""
        article = self.by_id.get(known) if isinstance(known, str) else None
        if article is None or not self._is_there(article, account):
            raise wrong("id")
        return article

    @staticmethod
    def _is_there(article: Article, account: Account) -> bool:
        return article.account is account and not article.removed

    def _begin(self, article: Article) -> Json:
        token, rules = new_id(), self._world.rules
        ready_at = self._world.clock.now() + rules.article_takes
        self._working[token] = _Working(article, ready_at, rules.article_polls)
        return {"token": token}

    def _count(self, account: Account) -> None:
        purse = self._world.clock.month(), "articles"
        if account.used[purse] >= account.articles_a_month:
            told = purse in account.told_empty
            account.told_empty.add(purse)
            raise Refused(-223, NO_QUOTA, foreseen="told this month" if told else "")
        account.used[purse] += 1


def fitting(found: Json) -> Json:
    """The members of an article, or Refused."""
    only(found, "body", FIELDS, NEEDED)
    if found["type"] != "normal":
        raise wrong("type")
    for name, most in (("title", 150), ("author", 50), ("description", 300)):
        text(found[name], name, most)
    for name in ("status", "comment"):
        if found.get(name, "hide") not in {"show", "hide"}:
            raise wrong(name)
    _cover(found["cover"])
    for place, paragraph in enumerate(rows(found["body"], "body", 1_000)):
        _paragraph(paragraph, f"body[{place}]")
    return {"status": "hide", "comment": "hide", **found}


def _cover(found: object) -> None:
    cover = only(found, "cover", ("cover_type", "photo_url", "video_id", "cover_view", "status"))
    if cover.get("status", "show") not in {"show", "hide"}:
        raise wrong("cover.status")
    match cover.get("cover_type"):
        case "photo":
            link(cover.get("photo_url"), "cover.photo_url")
        case "video":
            text(cover.get("video_id"), "cover.video_id", 100)
            text(cover.get("cover_view"), "cover.cover_view", 20)
        case _:
            raise wrong("cover.cover_type")


def _paragraph(found: Json, name: str) -> None:
    kind = found.get("type")
    if not isinstance(kind, str) or kind not in PARAGRAPHS:
        raise wrong(f"{name}.type")
    needed, more = PARAGRAPHS[kind]
    only(found, name, ("type", *needed, *more), needed)
    if kind == "image":
        link(found["url"], f"{name}.url")
    if kind == "text":
        text(found["content"], f"{name}.content", 100_000)


def _row(article: Article) -> Json:
    return {
        "id": article.known,
        "type": "normal",
        "title": article.fields["title"],
        "status": article.fields["status"],
        "total_view": 0,
        "link_view": f"https://oa.zalo.example/d?id={article.known}",
    }

"""The public news: a list, one page each, their files, and a feed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from aiohttp import ETag, hdrs, web

from bot.clock import VIETNAM
from bot.web.atom import atom
from bot.web.downloads import stored_file
from bot.web.headers import page_policy
from bot.web.keys import HOUSE, PAGES, WORDING
from bot.web.ports.house import House
from bot.web.refusals import not_found
from broadcasts.posts import Post

ON_A_PAGE: Final = 20
IN_THE_FEED: Final = 30
# Of a list's line; the rest is read on the post's own page.
BEGINNING: Final = 240
LARGEST: Final = 2**53
BEFORE_ALL: Final = datetime.fromtimestamp(0, UTC)
routes = web.RouteTableDef()


@routes.get("/tin-tuc")
async def news(request: web.Request) -> web.StreamResponse:
    """Give the newest posts, or those behind the one that ``truoc`` names."""
    house = request.app[HOUSE]
    before = number_in(request.query.get("truoc", "0"))
    found = await house.news.newest(before=before, limit=ON_A_PAGE + 1)
    shown = found[:ON_A_PAGE]
    page = request.app[PAGES].news(
        "news.html",
        posts=[_told(house, post) | {"beginning": beginning_of(post.body)} for post in shown],
        before=before,
        older=shown[-1].id if len(found) > len(shown) else 0,
    )
    return _page(request, page)


@routes.get("/tin-tuc/atom.xml")
async def feed(request: web.Request) -> web.StreamResponse:
    """Give the newest posts as Atom."""
    house = request.app[HOUSE]
    changed = await house.news.changed_at() or BEFORE_ALL
    answer = web.Response(content_type="application/atom+xml", charset="utf-8")
    answer.etag = ETag(value=f"{changed.timestamp():.6f}", is_weak=True)
    answer.headers[hdrs.CACHE_CONTROL] = "no-cache"
    if answer.etag in (request.if_none_match or ()):
        answer.set_status(web.HTTPNotModified.status_code)
        return answer
    words = request.app[WORDING].news
    answer.body = atom(
        await house.news.newest(limit=IN_THE_FEED),
        title=f"{words['title']} – {house.office_name}",
        author=house.office_name or words["title"],
        site=house.settings.public_url or str(request.url.origin()),
        updated=changed,
    )
    return answer


@routes.get("/tin-tuc/{post:[0-9]{1,15}}")
async def one(request: web.Request) -> web.StreamResponse:
    """Give one post."""
    house = request.app[HOUSE]
    post = await house.news.post(number_in(request.match_info["post"]))
    if post is None:
        raise not_found()
    told = _told(house, post) | {"buttons": post.buttons, "files": post.files}
    shown = {"post": told, "picture": post.picture, "depicted": post.depicted}
    return _page(request, request.app[PAGES].news("post.html", **shown))


@routes.get("/tin-tuc/{post:[0-9]{1,15}}/tep/{file:[0-9]{1,15}}")
async def file(request: web.Request) -> web.StreamResponse:
    """Give a file of a post: a picture in the page, anything else to be kept."""
    post, number = (number_in(request.match_info[name]) for name in ("post", "file"))
    found = await request.app[HOUSE].news.content(post, number)
    if found is None:
        raise not_found()
    head, content = found
    return stored_file(content, head.name, head.media, cached="private, max-age=3600")


def _page(request: web.Request, text: str) -> web.Response:
    policy = page_policy(request.app[HOUSE].settings.embed_origins)
    return web.Response(
        text=text,
        content_type="text/html",
        headers={**policy, hdrs.CACHE_CONTROL: "no-cache"},
    )


def _told(house: House, post: Post) -> dict[str, Any]:
    posted, changed = (at.astimezone(VIETNAM) for at in (post.posted_at, post.changed_at))
    return {
        "id": post.id,
        "title": post.title,
        "office": house.office_called(post.office),
        "posted": posted,
        "changed": changed if changed.date() != posted.date() else None,
        "lines": post.body.splitlines(),
    }


def beginning_of(text: str) -> str:
    """Give what of a text stands in a list."""
    joined = " ".join(text.split())
    if len(joined) <= BEGINNING:
        return joined
    return f"{joined[:BEGINNING].rpartition(' ')[0]}…"


def number_in(written: str) -> int:
    """Read a number of an address.

    Raises:
        Refusal: it is none.
    """
    if not written.isascii() or not written.isdigit() or int(written) > LARGEST:
        raise not_found()
    return int(written)

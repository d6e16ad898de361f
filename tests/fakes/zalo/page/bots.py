"""The page on which one writes to a bot of the Zalo Bot Platform: words and photos alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from tests.fakes.zalo.page.acts import Form
from tests.fakes.zalo.page.look import page
from tests.fakes.zalo.people import new_id
from tests.fakes.zalo_bot import TOKEN, FakeZaloBot, Json

PLATFORM: Final = "/zalo-bot"
HERE: Final = "/page/bot"


@dataclass(frozen=True)
class _Said:
    """What a citizen wrote after the bot had sent so many messages."""

    after: int
    user: str
    text: str = ""
    photo: str = ""


class BotPage:
    """A chat with the bot, by polling, beside the pages of the OA."""

    def __init__(self, tabs: list[tuple[str, str]], url: str) -> None:
        """Serve below ``url``; the page is named in the ``tabs`` of the others."""
        self._tabs = tabs
        self._zalo = FakeZaloBot(url=f"{url}{PLATFORM}", next_id=int(new_id()))
        self._said: list[_Said] = []
        tabs.append(("Zalo Bot", HERE))

    def environment(self) -> dict[str, str]:
        """What the program needs besides to answer as a bot."""
        return {"ZALO_BOT_TOKEN": TOKEN, "ZALO_BOT_BASE_URL": self._zalo.url}

    def mount(self, app: web.Application) -> None:
        platform = web.Application()
        platform.router.add_post("/bot{token}/{method}", self._zalo.call)
        platform.router.add_get("/{shelf:theirs|public}/{name}", self._zalo.given)
        app.add_subapp(PLATFORM, platform)
        app.router.add_get(HERE, self._show)
        app.router.add_post(HERE, self._act)

    async def _show(self, request: web.Request) -> web.Response:
        user = request.query.get("user", "1")
        part = "bot_live.html" if "part" in request.query else "bot.html"
        told = {"rows": self._rows(user), "user": user, "environment": self.environment()}
        return page(part, tabs=self._tabs, tab=HERE, **told)

    async def _act(self, request: web.Request) -> web.Response:
        form, user = await Form.of(request), request.query.get("user", "1")
        after = len(self._zalo.sent)
        if form.file:
            update = self._zalo.sends_photo(form.file[2], user)
            message = update["message"]
            photo = message.get("photo") or message["photo_url"]
            self._said.append(_Said(after, user, photo=photo))
        elif form["text"]:
            self._zalo.says(form["text"], user)
            self._said.append(_Said(after, user, text=form["text"]))
        raise web.HTTPSeeOther(request.path_qs)

    def _rows(self, user: str) -> list[Json]:
        """What both wrote, in order."""
        said = [
            (one.after, 0, {"own": True, "text": one.text, "photo": one.photo})
            for one in self._said
            if one.user == user
        ]
        sent = [
            (place, 1, {"own": False, "text": _words(one), "photo": one.get("photo", "")})
            for place, one in enumerate(self._zalo.sent)
            if one["chat_id"] == user
        ]
        return [row for *_, row in sorted([*said, *sent], key=lambda one: one[:2])]


def _words(sent: Json) -> str:
    return str(sent.get("text") or sent.get("caption", ""))

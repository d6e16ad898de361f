"""The pages people open, filled in once at start."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import orjson
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.messages import QuickReply
from bot.web.refusals import Refusal
from bot.web.wording import Wording

ROOT: Final = Path(__file__).parent
STATIC: Final = ROOT / "static"


class Pages:
    """Renders the chat page and the page of an error."""

    def __init__(
        self, wording: Wording, *, office_name: str, suggestions: Sequence[QuickReply]
    ) -> None:
        """Fill in what does not change while the program runs."""
        self._templates = Environment(
            loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined
        )
        self._wording = wording
        common = {"office": office_name, "assets": asset_versions()}
        self._error = self._templates.get_template("error.html")
        self._common = common
        self.chat: str = self._templates.get_template("chat.html").render(
            **common,
            page=wording.page,
            script=_script_data(wording.script),
            suggestions=suggestions,
        )
        self.embed: str = self._templates.get_template("embed.js").render(
            words=_script_data(wording.embed)
        )

    def refusal(self, words: str, refusal: Refusal) -> web.Response:
        """Give a page that says ``words``."""
        body = self._error.render(**self._common, page=self._wording.error_page, words=words)
        return web.Response(
            text=body, status=refusal.status, headers=refusal.headers, content_type="text/html"
        )


def asset_versions() -> dict[str, str]:
    """Give each static file's address with its fingerprint, so that it may be kept for ever."""
    return {
        file.name: f"/static/{file.name}?v={hashlib.sha256(file.read_bytes()).hexdigest()[:12]}"
        for file in sorted(STATIC.iterdir())
    }


def _script_data(words: Mapping[str, str]) -> str:
    # "<" must not close the script element that carries the data.
    return orjson.dumps(dict(words)).decode().replace("<", "\\u003c")

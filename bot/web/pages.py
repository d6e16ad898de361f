"""The pages and scripts as they leave: templates filled with words, files as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from pathlib import Path
from string import Template
from time import monotonic
from typing import Final

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.messages import QuickReply
from bot.officials.notices import Notice
from bot.web.assets import Asset, read_assets
from bot.web.headers import chat_policy, page_policy
from bot.web.ports.house import House
from bot.web.wording import Wording
from broadcasts.documents.numbers import cell_text, size_text

HERE: Final = Path(__file__).parent
LOOK_EVERY: Final = 1.0


@cache
def read_templates() -> Environment:
    """Give the templates, each compiled when it is first asked for."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    environment.filters["size"] = size_text
    environment.filters["cell"] = cell_text
    return environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What of the office stands in the chat page."""

    office: str
    phone: str
    suggestions: tuple[QuickReply, ...]
    to_the_office: tuple[QuickReply, ...]
    closed: str
    notices: tuple[Notice, ...]
    board: bool


class Pages:
    """Everything a browser loads from us, read and filled in once; the chat page as often as due.

    The office's name, its telephone and what is asked most may change while the program runs:
    every ``look_every`` seconds the chat page is looked at again.
    """

    def __init__(self, house: House, wording: Wording, *, look_every: float = LOOK_EVERY) -> None:
        """Fill in what ``house`` says of itself."""
        self._templates = read_templates()
        self._refusal = self._templates.get_template("refusal.html")
        self._wording = wording
        self._house = house
        self._look_every = look_every
        self.policy = page_policy(house.settings.embed_origins)
        self.chat_policy = chat_policy(house.settings.embed_origins)
        self.files = read_assets(HERE / "static")
        self.embed = Asset.of(self._fill("embed.js", words=dict(wording.embed)), ".js")
        self._face = self._seen()
        self._looked = monotonic()
        self._chat = self._filled(self._face)

    @property
    def chat(self) -> Asset:
        """The chat page, with what the office says of itself now."""
        if monotonic() - self._looked >= self._look_every:
            self._looked = monotonic()
            face = self._seen()
            if face != self._face:
                self._face, self._chat = face, self._filled(face)
        return self._chat

    def _seen(self) -> Face:
        house = self._house
        return Face(
            office=house.office_name,
            phone=house.office_phone,
            suggestions=tuple(house.suggestions),
            to_the_office=tuple(house.to_the_office),
            closed=house.closed,
            notices=tuple(house.notices),
            board=house.board.is_on,
        )

    def _filled(self, face: Face) -> Asset:
        words = self._wording.page
        page = self._fill(
            "chat.html",
            office=face.office,
            phone=face.phone,
            call=_dialled(face.phone),
            notice=_notice(self._house, words),
            closed=face.closed,
            notices=face.notices,
            board=face.board,
            domain_proof=self._house.settings.zalo_domain_proof,
            suggestions=face.suggestions,
            to_the_office=face.to_the_office,
            words=words,
            script_words=dict(self._wording.script),
        )
        return Asset.of(page, ".html")

    def refusal(self, sentence: str, status: HTTPStatus) -> web.Response:
        """Give a page that says why nothing else is shown."""
        page = self._refusal.render(
            files=self._fingerprints(), words=self._wording.error_page, say=sentence
        )
        return web.Response(
            text=page, status=status, content_type="text/html", headers=self.policy
        )

    def news(self, template: str, **values: object) -> str:
        """Fill in a page of the public news."""
        house = self._house
        return self._fill(
            template,
            words=self._wording.news,
            office=house.office_name,
            **values,
        )

    def board(self, template: str, **values: object) -> str:
        """Fill in a page of the public board."""
        words = self._wording.board
        return self._fill(template, words=words, office=self._house.office_name, **values)

    def blanks(self, shown: object, *, words: Mapping[str, str], contact: str) -> str:
        """Fill in the page of the blank letters."""
        office = self._house.office_name
        return self._fill("blanks.html", shown=shown, words=words, office=office, contact=contact)

    def privacy(self, rows: object, words: Mapping[str, str], contact: str) -> str:
        """Fill in the page that tells what is kept of citizens."""
        office = self._house.office_name
        return self._fill("privacy.html", rows=rows, words=words, office=office, contact=contact)

    def _fill(self, template: str, **values: object) -> str:
        return self._templates.get_template(template).render(files=self._fingerprints(), **values)

    def _fingerprints(self) -> dict[str, str]:
        return {name: file.fingerprint for name, file in self.files.items()}


def _notice(house: House, words: Mapping[str, str]) -> str:
    """Tell what happens to a citizen's words, with who answers for it and for how long."""
    return Template(words["notice_lines"]).substitute(
        office=house.office_name or words["this_office"], days=house.settings.retention_days
    )


def _dialled(phone: str) -> str:
    """Give the digits to dial when ``phone`` is one number and nothing else."""
    digits = re.sub(r"[\s.()-]", "", phone)
    return digits if re.fullmatch(r"\+?\d{3,12}", digits) else ""

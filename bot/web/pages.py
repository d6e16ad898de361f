"""The pages and scripts as they leave: templates filled with words, files as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from string import Template
from typing import Final

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.web.assets import Asset, read_assets
from bot.web.headers import page_policy
from bot.web.ports import House
from bot.web.wording import Wording

HERE: Final = Path(__file__).parent


class Pages:
    """Everything a browser loads from us, read and filled in once."""

    def __init__(self, house: House, wording: Wording) -> None:
        """Fill in the name of the office and what many ask."""
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
        )
        self._refusal = self._templates.get_template("refusal.html")
        self._words = wording.error_page
        self.policy = page_policy(house.settings.embed_origins)
        self.files = read_assets(HERE / "static")
        self.embed = Asset.of(self._fill("embed.js", words=dict(wording.embed)), ".js")
        self.chat = Asset.of(
            self._fill(
                "chat.html",
                office=house.office_name,
                phone=house.office_phone,
                call=_dialled(house.office_phone),
                notice=_notice(house, wording.page),
                suggestions=house.suggestions,
                words=wording.page,
                script_words=dict(wording.script),
            ),
            ".html",
        )

    def refusal(self, sentence: str, status: HTTPStatus) -> web.Response:
        """Give a page that says why nothing else is shown."""
        page = self._refusal.render(files=self._fingerprints(), words=self._words, say=sentence)
        return web.Response(
            text=page, status=status, content_type="text/html", headers=self.policy
        )

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

"""What a developer and the clock's keeper do: addresses, switches, first pairs, time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from tests.fakes.zalo.clock import VIETNAM
from tests.fakes.zalo.domains import Proof, proven
from tests.fakes.zalo.fake import FakeZalo
from tests.fakes.zalo.page.acts import Form
from tests.fakes.zalo.page.troubles import Troubles
from tests.fakes.zalo.people import Json
from tests.fakes.zalo.templates import Gap

# To half past ten at night, when nothing that promotes may go out.
NIGHT: Final = time(22, 30)
MOVES: Final = {"minute": 1, "hour": 60, "day": 24 * 60, "week": 7 * 24 * 60 + 1}


class Desk:
    """Acts besides those of citizens; ``pair`` and ``proof`` are the last that were asked for."""

    def __init__(self, fake: FakeZalo) -> None:
        self._fake = fake
        self.troubles = Troubles(fake)
        self.pair: Json = {}
        self.proof: Proof | None = None

    async def do(self, form: Form) -> None:
        match form["act"]:
            case "save":
                self._save(form)
            case "switch":
                self._switch(form)
            case "mint":
                self.pair = self._fake.mint(self._fake.world.accounts[form["oa"]])
            case "open" if form["name"]:
                self._fake.open_oa(form["name"])
            case "template" if form["name"]:
                account = self._fake.world.accounts[form["oa"]]
                gaps = (Gap(name=one.strip()) for one in form["gaps"].split(",") if one.strip())
                self._fake.templates.approve(account, form["name"], *gaps)
            case "prove":
                self.proof = await proven(form["site"], self._fake.app.domain_code)
            case "move":
                await self._move(form["by"])
            case _:
                await self.troubles.do(form)

    def _save(self, form: Form) -> None:
        app = self._fake.app
        app.events_to, app.webhook_off = form["events_to"], False
        self._fake.oauth.save(app, form["callback"], form["challenge"])

    def _switch(self, form: Form) -> None:
        rules = self._fake.rules
        rules.buttons, rules.lists = bool(form["buttons"]), bool(form["lists"])
        rules.saved_consent = bool(form["saved_consent"])
        rules.free_replies = int(form["free"]) if form["free"].isdigit() else None

    async def _move(self, by: str) -> None:
        clock = self._fake.clock
        if by == "back":
            clock.back()
        elif by == "night":
            now = clock.local()
            tonight = datetime.combine(now.date(), NIGHT, VIETNAM)
            await self._fake.advance((tonight - now) % timedelta(days=1))
        else:
            await self._fake.advance(timedelta(minutes=MOVES[by]))

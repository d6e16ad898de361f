"""Whatever may go wrong at Zalo, switched on and put back by hand."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from tests.fakes.zalo.events import Event
from tests.fakes.zalo.fake import FakeZalo
from tests.fakes.zalo.page.acts import Form
from tests.fakes.zalo.page.switches import BREAKS, ERRORS, GROUPS, KINDS, Switches
from tests.fakes.zalo.rules import Rules
from tests.fakes.zalo.templates import STATUSES
from tests.fakes.zalo.weather import Break


class Troubles:
    """What is wrong now, and the acts that change it; ``heard`` is the webhook's last answer."""

    breaks = BREAKS
    errors = ERRORS
    groups = GROUPS
    kinds = KINDS
    statuses = tuple(STATUSES.values())

    def __init__(self, fake: FakeZalo) -> None:
        self._fake = fake
        self.switches = Switches(fake)
        self.heard: int | None = None

    @property
    def now(self) -> list[str]:
        """All that is wrong, in words."""
        return [one.says for one in self.switches.on] + self._figures() + self._planned()

    async def do(self, form: Form) -> None:
        match form["act"]:
            case "trouble":
                self._apply(form)
            case "fail" if form["where"] in self.kinds:
                self._fake.fail(form["where"], int(form["code"]), _times(form))
            case "break" if form["where"] in self.kinds:
                self._fake.weather.breaks(form["where"], Break(form["how"]), _times(form))
            case "revoke" | "refuse" as ill:
                self._spoil_tokens(ill)
            case "becomes" if form["status"] in STATUSES.values():
                template = self._fake.templates.by_id[form["template"]]
                await self._fake.templates.becomes(template, form["status"])
            case "put_back":
                await self._put_back()
            case _:
                await self._event(form["act"])

    def _apply(self, form: Form) -> None:
        self.switches.turn({name[3:] for name in form.fields if name.startswith("on_")})
        world = self._fake.world
        world.weather.latency = _figure(form["latency"]) or 0.0
        world.rules.oa_rate = int(_figure(form["rate"]) or Rules.oa_rate)
        world.mischief.late = timedelta(seconds=_figure(form["late"]) or 0)

    def _spoil_tokens(self, ill: str) -> None:
        oauth = self._fake.oauth
        spoil = oauth.revoke if ill == "revoke" else oauth.refuse
        for account in self._fake.world.accounts.values():
            spoil(account)

    async def _event(self, act: str) -> None:
        """Do something to what is told: keep it back, or tell the last once more."""
        webhooks, last = self._fake.webhooks, self._last()
        match act:
            case "hold" if webhooks.held is None:
                webhooks.hold()
            case "release" | "release_backwards":
                await webhooks.release(backwards=act == "release_backwards")
            case "again" if last:
                self.heard = await webhooks.deliver(last)
            case "forge" if last:
                self.heard = await webhooks.forge(last)
            case "truncate" if last:
                self.heard = await webhooks.truncate(last)
            case _:
                return

    async def _put_back(self) -> None:
        world = self._fake.world
        self.switches.turn(())
        world.weather.clear()
        world.mischief.clear()
        world.rules.oa_rate = Rules.oa_rate
        world.clock.back()
        self._fake.oauth.forgive()
        self.heard = None
        await self._fake.webhooks.release()

    def _last(self) -> Event | None:
        events = self._fake.webhooks.events
        return events[-1] if events else None

    def _figures(self) -> list[str]:
        world, held = self._fake.world, self._fake.webhooks.held
        return [
            says
            for says, wrong in (
                (f"Mỗi lời gọi chậm {world.weather.latency:g} giây", world.weather.latency),
                (f"{world.rules.oa_rate} lời gọi mỗi phút", world.rules.oa_rate != Rules.oa_rate),
                (f"Sự kiện tới muộn {world.mischief.late}", world.mischief.late),
                (f"Đang giữ {len(held or ())} sự kiện", held is not None),
                (f"Đồng hồ chạy trước {_span(world.clock.ahead)}", world.clock.ahead),
                ("Mã truy cập đã bị huỷ", self._fake.oauth.revoking),
                ("Mã làm mới không được nhận nữa", self._fake.oauth.refusing),
            )
            if wrong
        ]

    def _planned(self) -> list[str]:
        return [
            f"{self._called(where)}: {_what(what)} ({_left(left)})"
            for where, what, left in self._fake.weather.planned
        ]

    def _called(self, where: str) -> str:
        name = self.kinds.get(where, where)
        return name[:1].upper() + name[1:]


def _figure(text: str) -> float | None:
    """A number of a form that is worth having; nothing where there is none."""
    with suppress(ValueError):
        return min(max(float(text.replace(",", ".")), 0.0), 86_400.0)
    return None


def _times(form: Form) -> int | None:
    """How many times; nothing for ever."""
    return int(form["times"]) or None if form["times"].isdigit() else None


def _what(planned: Break | float) -> str:
    if isinstance(planned, Break):
        return BREAKS[planned]
    return f"lỗi {planned}" if isinstance(planned, int) else f"chậm {planned:g} giây"


def _left(times: int | None) -> str:
    return "mọi lần" if times is None else f"{times} lần tới"


def _span(ahead: timedelta) -> str:
    hours, minutes = divmod(round(ahead.total_seconds() / 60), 60)
    return f"{hours} giờ {minutes} phút"

"""The channels: how each does, and a switch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.fields import OneOf, Reason
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import office_in_path
from bot.console.routing import Found, NotThere, Room
from bot.console.standing.chosen import chosen
from bot.console.standing.setting import put
from bot.console.words import say, wording
from bot.messages import ChannelName
from bot.officials.permissions import Action
from bot.storage.setting_rows import Setting, settings_of
from knowledge.layers import lineage

room = Room("channels")
KIND: Final = "channel"


class Switch(StrEnum):
    """Which way a channel is switched."""

    ON = "on"
    OFF = "off"


class State(StrEnum):
    """How a channel does, in one word."""

    WORKS = "works"
    FAILS = "fails"
    UNSET = "unset"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchForm:
    """A channel switched, and why."""

    to: Annotated[Switch, OneOf(Switch)]
    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A channel as the page tells of it; ``off`` says who switched it off."""

    name: ChannelName
    state: State
    fault: str
    off: Setting | None

    @property
    def advice(self) -> str:
        """Say what to do about the fault; nothing where that is not known.

        A channel of several accounts tells of each which it is: ``4318…: misconfigured``.
        """
        keys = (f"channel_faults.{word}" for word in self.fault.replace(":", " ").split())
        return next((say(key) for key in keys if key in wording().sentences), "")


@room.page("/settings/channels", Action.SETTINGS_SEE, queries=2, menu="channels")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show each channel and how it does."""
    office, house = chosen(request, actor, Action.SETTINGS_SEE), request.app[CONSOLE]
    async with house.database.reading() as connection:
        settings = await settings_of(connection, office.line, KIND)
    faults = house.channel_faults()
    off = _off(settings, office.line)
    shown = [_shown(name, faults, off.get(name)) for name in ChannelName]
    may_switch = actor.may(Action.CHANNELS_SWITCH, office.code)
    return page(
        request, "channels/list.html", office_here=office, shown=shown, may_switch=may_switch
    )


def _off(settings: Iterable[Setting], line: Sequence[str]) -> Mapping[str, Setting]:
    """Give who switched each channel off that is off; the nearest office's word counts."""
    nearest = {
        one.key.partition(":")[2]: one
        for one in sorted(settings, key=lambda one: line.index(one.office))
    }
    return {name: one for name, one in nearest.items() if one.value.get("off")}


def _shown(name: ChannelName, faults: Mapping[str, str], off: Setting | None) -> Shown:
    fault = faults.get(name, "")
    known = name is ChannelName.WEB or name in faults
    state = State.FAILS if fault else State.WORKS if known else State.UNSET
    return Shown(name=name, state=State.OFF if off else state, fault=fault, off=off)


async def channel_in_path(request: web.Request) -> Found:
    """Find the channel ``{channel}`` of ``{office}``."""
    office = (await office_in_path(request)).office
    try:
        return Found(office=office, thing=ChannelName(request.match_info["channel"]))
    except ValueError:
        raise NotThere from None


@room.act(
    "/settings/channels/{office}/{channel}",
    Action.CHANNELS_SWITCH,
    of=channel_in_path,
    form=SwitchForm,
)
async def switch(request: web.Request, actor: Actor, form: SwitchForm) -> web.StreamResponse:
    """Switch a channel on or off."""
    office, channel = (await office_in_path(request)).office, found(request, ChannelName)
    value = await _value(request, office, channel, form.to)
    title = say(f"channels_names.{channel}")
    await put(request, actor, office, f"{KIND}:{channel}", value, title=title, reason=form.reason)
    return go(request, "channels.overview", done=f"channel_{form.to}")


async def _value(
    request: web.Request, office: str, channel: ChannelName, to: Switch
) -> Mapping[str, bool]:
    """Give what is set: being on is said in so many words only where those above say off."""
    if to is Switch.OFF:
        return {"off": True}
    house = request.app[CONSOLE]
    above = lineage(house.conversation.desk.knowledge.snapshot.offices, office)[:-1]
    async with house.database.reading() as connection:
        settings = await settings_of(connection, above, KIND)
    return {"off": False} if channel in _off(settings, above) else {}

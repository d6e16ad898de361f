"""A message as it is read where there are words alone: its menu, its links, what to type."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from bot.bootstrap import House
from bot.channels.spoken import BY_NUMBER
from bot.conversation.news import NEWS, STOP
from bot.messages import CitizenAddress
from bot.storage.tables import outbox
from tests.fakes.listening import Heard

NUMBERED: Final = re.compile(r"(\d+)\. (.*)")
LINKED: Final = re.compile(r"(.+): (https?://\S+)")
# What somebody types who has no such button under the last message.
TYPED: Final = {NEWS: "nhận tin", STOP: "dừng"}
Pairs = tuple[tuple[str, str], ...]


def typed(value: str, arrived: list[Heard]) -> str:
    """Give the number of a choice of the last message, or the words that mean the same."""
    values = [one for _, one in arrived[-1].choices] if arrived else []
    return str(values.index(value) + 1) if value in values else TYPED.get(value, value)


async def offered(house: House, address: CitizenAddress) -> Mapping[str, str]:
    """Give what each choice that was ever offered means: a citizen sees its label alone."""
    mine = select(outbox.c.choices).where(
        outbox.c.channel == address.channel, outbox.c.user_id == address.user_id
    )
    async with house.database.reading() as connection:
        rows = (await connection.execute(mine)).scalars()
        return {label: value for row in rows for label, value in json.loads(row)}


def read(text: str, known: Mapping[str, str]) -> tuple[str, Pairs, Pairs]:
    """Give the words of a message, the choices by number and the links at its end."""
    lines = text.split("\n")
    choices = _menu(lines, known)
    links = _links(lines)
    return "\n".join(lines), choices, links


def _menu(lines: list[str], known: Mapping[str, str]) -> Pairs:
    """Take the menu off the end of a message: lines numbered down to one."""
    found: list[tuple[str, str]] = []
    while lines and (line := NUMBERED.fullmatch(lines[-1])) and line[2] in known:
        found.insert(0, (line[2], known[line[2]]))
        lines.pop()
        if line[1] == "1":
            break
    if found and lines and lines[-1] == BY_NUMBER:
        lines.pop()
    return tuple(found)


def _links(lines: list[str]) -> Pairs:
    """Take the links off the end of a message, and the blank line before them."""
    found: list[tuple[str, str]] = []
    while len(lines) > 1 and (line := LINKED.fullmatch(lines[-1])):
        found.insert(0, (line[1], line[2]))
        lines.pop()
    if found and not lines[-1]:
        lines.pop()
    return tuple(found)

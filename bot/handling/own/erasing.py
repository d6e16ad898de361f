"""What is kept about a chat is erased at once, but for what its open cases need."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.handling.forgetting import forget_case
from bot.handling.sealing import Seals
from bot.handling.stepping import By
from bot.messages import CitizenAddress
from bot.storage.own_erasing_rows import erase_beside, erase_talk, own_cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How many ended cases were made nobody's, and the references of those still open."""

    ended: int
    open: tuple[str, ...]


async def erase(
    connection: AsyncConnection, seals: Seals, address: CitizenAddress, by: By, *, before: int
) -> Erased:
    """Erase what tells of who speaks from ``address``, up to their message ``before``.

    That message stays: what is said of the erasing, and of open cases, hangs on it.
    """
    filed = await own_cases(connection, address.conversation)
    ended = [one for one in filed if not one.is_open]
    for case in ended:
        await forget_case(connection, case.id, by)
    await erase_talk(connection, address, before)
    await erase_beside(connection, address, seals.person_digest(address), by.at)
    left = tuple(one.reference for one in filed if one.is_open)
    return Erased(ended=len(ended), open=left)

"""Two people at the same thing: what the second began with, and how both words are joined."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.publishing import Place
from bot.officials.changes import Clash, Wish
from bot.officials.field_marks import Fields, Token, mark_of, token_of
from bot.officials.fields_merging import differing, merged

NOTHING: Fields = {}


async def joined(
    connection: AsyncConnection, place: Place, wish: Wish, now: Fields, token: Token
) -> Fields | Clash:
    """Give what stands after ``wish``, made by who saw ``token``, over what is stated ``now``.

    What others changed meanwhile stays where the wish does not touch it.
    """
    mine = place.checked(wish.fields)
    stated, _, beneath = token.partition(".")
    seen = now if stated == mark_of(now) else await _seen(connection, place, wish, stated)
    join = merged(seen, mine, now)
    moved = beneath != wish.beneath
    if not join.clashing and not moved:
        return place.checked(join.fields)
    return Clash(
        seen=seen,
        mine=mine,
        theirs=now,
        merged=join.fields,
        clashing=join.clashing or differing(seen, mine),
        beneath=moved,
        token=token_of(now, wish.beneath),
    )


async def _seen(connection: AsyncConnection, place: Place, wish: Wish, mark: str) -> Fields:
    """Give the state of that mark; unknown ones count as empty, so that nothing passes unseen."""
    states = await place.once_stated(connection, wish.office, wish.ref)
    return next((one for one in reversed(states) if mark_of(one) == mark), NOTHING)

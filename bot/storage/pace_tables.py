"""What the processes of a bot must agree on before they speak."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Float, Integer, String, Table

from bot.storage.tables import BIG, metadata

MOMENT: Final = Float(53)

# One row a bot. Moments are seconds since 1970 by the database's own clock: they are reckoned with
# there, and no process compares them with a clock of its own.
pace = Table(
    "pace",
    metadata,
    Column("bot", String(64), primary_key=True),
    Column("next_at", MOMENT, nullable=False),
    # So many moments were given since the row is there: the number of the next.
    Column("number", BIG, nullable=False, default=0, server_default="0"),
    # What the last who asked was given: that many moments, the first of them at.
    Column("given", Integer, nullable=False),
    Column("given_from", MOMENT, nullable=False),
    Column("silent_until", MOMENT, nullable=False),
    # Messages a second after the last refusal, counted from there on.
    Column("cut_to", MOMENT, nullable=False),
    Column("cut_at", MOMENT, nullable=False),
    Column("refused_at", MOMENT, nullable=False),
)

# Until when a place in a second is taken by a call that came to the line later than the distances
# of the moments bear; bot/delivery/hand.py tells what places are.
late_calls = Table(
    "late_calls",
    metadata,
    Column("bot", String(64), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("free_at", MOMENT, nullable=False),
)

"""What the processes of a bot must agree on before they speak."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Float, Integer, String, Table

from bot.storage.tables import metadata

MOMENT: Final = Float(53)

# One row a bot. Moments are seconds since 1970 by the database's own clock: they are reckoned with
# there, and no process compares them with a clock of its own.
pace = Table(
    "pace",
    metadata,
    Column("bot", String(64), primary_key=True),
    Column("next_at", MOMENT, nullable=False),
    # What the last who asked was given: that many moments, the first of them at.
    Column("given", Integer, nullable=False),
    Column("given_from", MOMENT, nullable=False),
    Column("silent_until", MOMENT, nullable=False),
    # Messages a second after the last refusal, counted from there on.
    Column("cut_to", MOMENT, nullable=False),
    Column("cut_at", MOMENT, nullable=False),
    Column("refused_at", MOMENT, nullable=False),
)

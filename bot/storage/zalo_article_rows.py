"""How far the articles of deliveries are, as rows."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from sqlalchemy import ColumnElement, exists, select

from bot.channels.zalo.making import Course, Step
from bot.storage.broadcast_rows import audience_of
from bot.storage.broadcast_tables import broadcast_versions, deliveries, runs
from bot.storage.database import Database
from bot.storage.upserts import insert_into
from bot.storage.zalo_tables import zalo_articles
from broadcasts.targets import Target

A: Final = zalo_articles.c


class SqlCourses:
    """Implements ``bot.channels.zalo.making.Courses``, and tells whom an article is for."""

    def __init__(self, database: Database) -> None:
        """Keep them in ``database``."""
        self._database = database

    async def find(self, delivery: int) -> Course | None:
        """Give how far the article of a delivery is; see ``Courses``."""
        async with self._database.reading() as connection:
            row = (
                await connection.execute(select(zalo_articles).where(A.delivery == delivery))
            ).first()
        if row is None:
            return None
        return Course(
            delivery=row.delivery,
            oa=row.oa_id,
            step=Step(row.step),
            token=row.token,
            article=row.article,
            changed_at=row.changed_at,
        )

    async def keep(self, course: Course) -> None:
        """Write down how far it is; see ``Courses``."""
        values = asdict(course)
        values["oa_id"] = values.pop("oa")
        async with self._database.writing() as connection:
            wish = insert_into(zalo_articles, connection.dialect).values(values)
            await connection.execute(
                wish.on_conflict_do_update(index_elements=["delivery"], set_=values)
            )

    async def target(self, delivery: int) -> Target:
        """Give to which followers the news of a delivery goes."""
        wanted = (
            select(broadcast_versions.c.audience)
            .join(
                runs,
                (runs.c.broadcast == broadcast_versions.c.broadcast)
                & (runs.c.version == broadcast_versions.c.version),
            )
            .join(deliveries, deliveries.c.run == runs.c.id)
            .where(deliveries.c.id == delivery)
        )
        async with self._database.reading() as connection:
            told = (await connection.execute(wanted)).scalar_one()
        return audience_of(told).target


def is_shown(delivery: ColumnElement[int]) -> ColumnElement[bool]:
    """Tell whether the article of a row may have been broadcast: none is before it is shown."""
    return exists().where(A.delivery == delivery, A.step == Step.SHOWN)

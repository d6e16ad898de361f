"""Builds the house: this package alone names every adapter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext

from bot.bootstrap.furnishing import furnish, opener
from bot.bootstrap.house import House
from bot.clock import Clock, SystemClock
from bot.conversation.desk import Desk
from bot.conversation.opening import published
from bot.settings import Settings
from bot.storage.arrival_rows import release_arrivals
from bot.storage.claim_rows import outlive
from bot.storage.inbox_rows import release_claims
from bot.storage.leases import vacate
from bot.storage.opening import open_database, told
from bot.storage.sole import serving_alone
from bot.upkeep.ticking import LEADER
from knowledge.publishing import publish_shipped
from knowledge.repository import SqlSnapshotStore


@asynccontextmanager
async def build(
    settings: Settings, *, clock: Clock | None = None, desk: Desk | None = None
) -> AsyncIterator[House]:
    """Open the database, index what is published there and wire everything up.

    A ``desk`` given is answered from until another snapshot is published.

    Raises:
        AlreadyServed: another process serves the embedded database.
        BadKeyFile: the keys beside it are not as they were made.
    """
    async with open_database(settings) as database:
        with _alone(settings):
            with told(settings):
                unhurried = database.unhurried()
                if database.embedded:
                    async with unhurried.writing() as connection:
                        await release_claims(connection)
                        await release_arrivals(connection)
                        await outlive(connection)
                    await vacate(unhurried, LEADER)
                store = SqlSnapshotStore(unhurried)
                furnished = desk or await _published_desk(settings, store)
                house = furnish(
                    settings,
                    database,
                    store=store,
                    clock=clock or SystemClock(),
                    desk=furnished,
                )
                # Known before the door opens: the first who comes may be one too many.
                await house.backlog.look()
                await house.orders.renew()
            yield house


def _alone(settings: Settings) -> AbstractContextManager[None]:
    if settings.database_url is not None:
        return nullcontext()
    return serving_alone(settings.data_dir / "serving.lock")


async def _published_desk(settings: Settings, store: SqlSnapshotStore) -> Desk:
    await publish_shipped(store)
    return opener(settings)(await published(store, settings.office))

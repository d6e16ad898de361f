"""Use case: lists of who receives news are taken over.

What is good in a list is kept, whatever else is wrong in it. Who left is never brought back by
one. Stored in parts, so that citizens are answered meanwhile: who runs it again after a crash
stores the rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import acting
from bot.casework.file_deeds import FileDeeds
from bot.clock import Clock
from bot.messages import ChannelName
from bot.newsroom.reader_file import NAMES, NO_ACCOUNT, ReaderRow, RowFault, read_readers
from bot.officials.audit import By
from bot.storage.database import Database
from bot.storage.reader_list_rows import (
    AddressKey,
    Listed,
    add_listed,
    change_listed,
    stored_of,
)
from bot.storage.zalo_account_rows import offices_of_accounts
from broadcasts.models import SubscriberStatus

PART: Final = 1_000
# What is wrong with a list of the wrong kind is told of its first rows alone.
MOST_TOLD: Final = 1_000
DEEDS: Final = FileDeeds("subscribers")


@dataclass(slots=True, kw_only=True)
class Taken:
    """What became of a list's rows.

    ``left`` are those who had stopped their news, ``elsewhere`` those of offices out of reach.
    """

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    elsewhere: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    duplicates: list[tuple[int, int]] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    faulty: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Give the number of rows by what became of them."""
        return {
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "elsewhere": len(self.elsewhere),
            "opted_out": len(self.left),
            "duplicates": len(self.duplicates),
            "faults": self.faulty,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """Takes lists over for somebody; with ``dry_run`` nothing is stored.

    ``offices`` are those a row may name; ``reach`` those whose readers may be changed, every one's
    for ``None``. The audit tells ``office``, ``name`` (the file's own when empty) and ``note``.
    """

    database: Database
    clock: Clock
    by: By
    offices: Collection[str]
    reach: Collection[str] | None = None
    office: str = ""
    name: str = ""
    note: str = ""
    dry_run: bool = False
    progress: Callable[[int], None] = lambda _: None

    def watched(self, progress: Callable[[int], None]) -> Taking:
        """Tell ``progress`` how many rows were seen."""
        return replace(self, progress=progress)

    async def take(self, path: Path) -> Taken:
        """Take over what is good in a list, and tell all of it.

        Raises:
            UnreadableList: it is no list of readers.
        """
        taken, seen = Taken(), dict[AddressKey, int]()
        words = await asyncio.to_thread(_digest, path)
        rows = read_readers(path, self.offices)
        accounts = await self._accounts()
        opened = self.database.reading if self.dry_run else self.database.writing
        # In a thread, since citizens are answered by this loop meanwhile.
        while part := await asyncio.to_thread(lambda: list(islice(rows, PART))):
            fresh = list(_once([_whole(one, accounts) for one in part], taken, seen))
            async with opened() as connection:
                await self._store(connection, fresh, taken, words)
            self.progress(taken.rows)
            if len(part) == PART and not self.dry_run:
                await self.database.let_others_write()
        if not self.dry_run:
            async with acting(self.database, self.clock, self.by) as doing:
                after = {**taken.counts, "name": self.name or path.name}
                DEEDS.taken(doing, self.office, after, self.note)
        return taken

    async def _accounts(self) -> Mapping[str, str]:
        """Give the account of each office that has one on Zalo."""
        async with self.database.reading() as connection:
            known = await offices_of_accounts(connection)
        return {office: account for account, office in known.items()}

    async def _store(
        self, connection: AsyncConnection, rows: list[ReaderRow], taken: Taken, words: str
    ) -> None:
        told = [(one.row, _listed(one)) for one in rows]
        known = await stored_of(connection, [one.key for _, one in told])
        new, changed = [], []
        for row, one in told:
            stored = known.get(one.key)
            if stored is None:
                new.append(one)
            elif self.reach is not None and stored.office not in self.reach:
                taken.elsewhere.append(row)
            elif stored.status is SubscriberStatus.OPTED_OUT:
                taken.left.append(row)
            elif stored.tells(one):
                taken.unchanged += 1
            else:
                changed.append((stored.id, one))
        taken.new += len(new)
        taken.changed += len(changed)
        if not self.dry_run:
            await add_listed(connection, new, words=words, at=self.clock.now())
            await change_listed(connection, changed, at=self.clock.now())


def _whole(
    one: ReaderRow | list[RowFault], accounts: Mapping[str, str]
) -> ReaderRow | list[RowFault]:
    """Give a row with the account a bare id of Zalo counts in: its office's, where it has one."""
    if isinstance(one, list) or one.channel != ChannelName.ZALO or ":" in one.address:
        return one
    if account := accounts.get(one.office):
        return replace(one, address=f"{account}:{one.address}")
    return [RowFault(one.row, NAMES["address"], NO_ACCOUNT)]


def _once(
    part: list[ReaderRow | list[RowFault]], taken: Taken, seen: dict[AddressKey, int]
) -> Iterator[ReaderRow]:
    """Give the rows that count: good ones, of each address the first."""
    for one in part:
        taken.rows += 1
        if isinstance(one, list):
            taken.faulty += 1
            taken.faults.extend(one if len(taken.faults) < MOST_TOLD else ())
        elif (first := seen.setdefault((one.channel, one.address), one.row)) != one.row:
            taken.duplicates.append((one.row, first))
        else:
            yield one


def _listed(row: ReaderRow) -> Listed:
    return Listed(
        channel=row.channel,
        address=row.address,
        office=row.office,
        kind=row.kind,
        topics=row.topics,
    )


def _digest(path: Path) -> str:
    """Give what tells this list from every other: the papers people signed belong to it."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""

"""What came of a month: what was called and refused, from which purse, and what has no ending."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from bot.messages import ChannelName
from bot.storage.broadcast_tables import deliveries, runs
from bot.storage.feedback_tables import cases, feedback_files, followers, notices
from bot.storage.tables import outbox
from broadcasts.delivery.ports import OPEN
from broadcasts.models import RunStatus
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo_month.office import LETTER
from tests.fakes.zalo_month.playing import Month

OVER: Final = (RunStatus.FINISHED, RunStatus.CANCELLED)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Counted from the emulator's books and our own."""

    calls: Counter[str]
    refused: Counter[int]
    foreseeable: tuple[str, ...]
    most_a_minute: int
    # Messages people got, by how they came and from which purse they were paid.
    shown: Counter[str]
    # Replies and rows of news by status and code, notices of cases by status and reason.
    endings: Counter[str]
    notices: Counter[str]
    waiting: int
    runs: Counter[str]
    photos_sent: int
    photos: int
    # Cases that nobody answered, though whose they are may have had all else erased.
    unanswered: int
    overtaken: tuple[str, ...]
    # Of the account's quotas, by kind and month, and đồng of the cloud account.
    used: Counter[str]

    @property
    def good(self) -> bool:
        """Tell whether the account got through: nothing in vain, lost, out of order or unended."""
        lost = self.photos_sent != self.photos
        left = self.unended or self.waiting or self.unanswered
        return not (self.foreseeable or left or self.overtaken or lost)

    @property
    def unended(self) -> int:
        """How many broadcasts have no ending."""
        return sum(count for status, count in self.runs.items() if status not in OVER)


async def figures(month: Month) -> Figures:
    """Count what came of it."""
    zalo = month.stage.zalo
    shown: Counter[str] = Counter()
    for person in month.people:
        shown.update(f"{one.route} {one.quota}".strip() for one in person.shown)
    async with month.stage.house.database.reading() as connection:

        async def counted(*columns: object, where: object = True) -> Counter[str]:
            wanted = select(*columns, func.count()).where(where).group_by(*columns)  # type: ignore[call-overload]
            rows = await connection.execute(wanted)
            return Counter({" ".join(map(str, row[:-1])).strip(): row[-1] for row in rows})

        replies = await counted(outbox.c.status, outbox.c.error_code)
        news = await counted(deliveries.c.route, deliveries.c.status, deliveries.c.code)
        told = await counted(notices.c.status, notices.c.reason)
        begun = await counted(runs.c.status)
        open_rows = await counted(deliveries.c.status, where=deliveries.c.status.in_(OPEN))
        open_replies = await counted(
            outbox.c.status, where=outbox.c.status.in_(("created", "sending"))
        )
        there = feedback_files.c.case.is_not(None) & feedback_files.c.content_sealed.is_not(None)
        filers = month.crowd.filers.values()
        stay = [month.stage.address(one).conversation for one in filers]
        theirs = (feedback_files.c.case == cases.c.id) & cases.c.conversation.in_(stay)
        photos = await connection.scalar(select(func.count()).where(there, theirs))
        # Who was told that somebody had complained of the same follows that case, without a photo.
        alike = followers.c.conversation.in_(stay)
        joined = await connection.scalar(select(func.count()).where(alike))
        unanswered = await connection.scalar(select(func.count()).where(cases.c.is_open))
        sent = await connection.execute(
            select(outbox.c.user_id, outbox.c.external_id)
            .where(outbox.c.channel == ChannelName.ZALO, outbox.c.status == "sent")
            .order_by(outbox.c.id)
        )
        orders: dict[str, list[str]] = {}
        for address, known in sent:
            orders.setdefault(address, []).append(known)
    ledger = zalo.ledger
    return Figures(
        calls=ledger.calls,
        refused=ledger.codes(),
        foreseeable=tuple(
            f"{one.at:%d/%m %H:%M} {one.kind} {one.code} {one.foreseen}"
            for one in ledger.foreseeable
        ),
        most_a_minute=zalo.gate.rates.most,
        shown=shown,
        endings=replies + news,
        notices=told,
        waiting=open_rows.total() + open_replies.total(),
        runs=begun,
        photos_sent=len(month.crowd.filers) - int(joined or 0),
        photos=int(photos or 0),
        unanswered=int(unanswered or 0),
        used=Counter(
            {f"{kind} {of}": count for (of, kind), count in zalo.oa.used.items()}
            | {"cloud money left": zalo.oa.cloud_money}
        ),
        overtaken=tuple(
            one.key
            for one in month.people
            if not _in_order(one, orders.get(month.stage.address(one).user_id, []))
        ),
    )


def _in_order(person: Citizen, sent: list[str]) -> bool:
    """Tell whether somebody got what was said to them once, and in the order it was said."""
    place = {one.message_id: number for number, one in enumerate(person.shown)}
    ours = [place[known] for known in sent if known in place]
    letters = [int(one.text.removeprefix(LETTER)) for one in person.shown if _is_letter(one.text)]
    return ours == sorted(ours) and letters == sorted(set(letters)) and len(ours) == len(sent)


def _is_letter(text: str) -> bool:
    return text.startswith(LETTER)

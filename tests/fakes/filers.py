"""A worker whose conversation wishes what a test tells it to, over a real database."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from prometheus_client import CollectorRegistry
from sqlalchemy import Table, select

from bot.bell import Bell
from bot.channels.kept import KEPT
from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.feedback.drafts import Draft
from bot.feedback.kinds import Kind
from bot.feedback.models import Place
from bot.feedback.views import Feedback
from bot.feedback.wishes import File, Wish
from bot.handling.filing import Filing
from bot.handling.granting import Granting
from bot.handling.listening import Listening
from bot.handling.noticing import Announcer
from bot.handling.own.granting import OwnData
from bot.handling.sealing import Seals
from bot.handling.talking import Talking
from bot.handling.telling_on import TellingOn
from bot.intake.inbox import Inbox
from bot.intake.worker import Worker
from bot.messages import CitizenAddress, IncomingMessage, Reply
from bot.metrics import Metrics
from bot.storage.database import Database
from bot.vault import Keyring, Vault
from bot.vault.keyring import new_key
from tests.conftest import NOON, FrozenClock
from tests.factories import a_citizen, a_message
from tests.fakes.plain_clockwork import PlainClockwork

OFFICE = "xa-mau"


@dataclass(repr=False)
class Desks:
    """Everywhere the same desk."""

    desk: Desk

    def speaking_as(self, office: str) -> Desk:  # noqa: ARG002
        return self.desk


def a_vault() -> Vault:
    return Vault(Keyring.parse(new_key("test")))


def a_draft(reference: str, **told: Any) -> Draft:
    whole: dict[str, Any] = {
        "step": "summary",
        "reference": reference,
        "begun_at": NOON,
        "kind": Kind.REPORT,
        "topic": "moi_truong",
        "words": "rác đổ đầy đầu ngõ mấy hôm nay",
        "place": Place(words="đầu ngõ 12", hamlet="Thôn Đông"),
        "consent": "1",
    }
    return Draft(**whole | told)


# Written out, all knowledge would be.
@dataclass(repr=False)
class Filers:
    """What citizens say, and what each turn wished; ``seen`` is what the last turn knew."""

    database: Database
    clock: FrozenClock
    desk: Desk
    vault: Vault | None = field(default_factory=a_vault)
    sealed: Vault | None = field(default_factory=a_vault)
    wishes: tuple[Wish, ...] = ()
    seen: Feedback | None = None
    said: int = 0

    def answer(
        self,
        message: IncomingMessage,  # noqa: ARG002
        state: ConversationState,
        *,
        now: datetime,
    ) -> TurnResult:
        self.seen = state.feedback
        return TurnResult(
            outcome=Outcome.FEEDBACK,
            replies=(Reply("vâng"),),
            state=replace(state, spoken_at=now),
            wishes=self.wishes,
            office=OFFICE,
        )

    @property
    def talking(self) -> Talking:
        seals, clockwork = Seals(self.vault), PlainClockwork()
        return Talking(
            listening=Listening(seals=seals, clockwork=clockwork, office=lambda _: OFFICE),
            granting=Granting(
                filing=Filing(seals, clockwork),
                telling=TellingOn(seals=seals, clockwork=clockwork),
                own=OwnData(desks=Desks(self.desk), seals=seals, clockwork=clockwork, kept=KEPT),
                sealed=self.sealed,
                office=OFFICE,
            ),
            announcer=Announcer(desks=Desks(self.desk), kept=KEPT),
        )

    async def says(
        self, *wishes: Wish, text: str = "x", who: CitizenAddress | None = None
    ) -> Feedback:
        """Let a citizen say something whose turn wishes ``wishes``; give what it knew before."""
        self.wishes = wishes
        self.said += 1
        metrics = Metrics.on(CollectorRegistry())
        door = Inbox(self.database, Bell(), metrics)
        writing = asyncio.create_task(door.writing())
        message = a_message(text, address=who or a_citizen("7"))
        await door.accept([replace(message, external_id=f"m{self.said}")])
        writing.cancel()
        worker = Worker(
            self.database,
            self,
            clock=self.clock,
            bell=Bell(),
            metrics=metrics,
            apology=Reply("lỗi"),
            kept=KEPT,
            talking=self.talking,
        )
        assert await worker.round() == 1
        assert self.seen is not None
        return self.seen

    async def files(self, who: CitizenAddress | None = None, **told: Any) -> Feedback:
        """File a case and give what the next turn knows of it."""
        before = await self.says(who=who)
        await self.says(File(a_draft(before.reserved, **told)), who=who)
        return await self.says(who=who)

    async def rows(self, table: Table) -> list[Any]:
        async with self.database.reading() as connection:
            return list(await connection.execute(select(table)))

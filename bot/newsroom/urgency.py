"""Use case: an urgent notice goes out at once, by one person's word, with a reason.

A storm waits neither for a second person nor for the morning. What was done is in the history and
in the audit, for the approvers to read; each marks that they did.
"""

from __future__ import annotations

from dataclasses import replace

from bot.casework.deeds import Acting
from bot.newsroom.approving import freeze
from bot.newsroom.dispatch import begin
from bot.newsroom.realm import Realm
from bot.newsroom.refusing import Refused
from bot.newsroom.scheduling import Sure, schedule
from bot.newsroom.telling import held, moved, require, tell
from bot.storage.asked_rows import PORTION
from bot.storage.broadcast_rows import steps_of
from broadcasts.approval import Act, Refusal
from broadcasts.models import BroadcastStatus
from broadcasts.schedule.models import Schedule, Timetable
from broadcasts.texts import Step


async def start_urgent(
    acting: Acting, realm: Realm, number: int, reason: str, sure: Sure
) -> Schedule:
    """Freeze an urgent draft, approve it and write its ledger, all at once.

    The ledger of very many is written by the leader, within seconds.

    Raises:
        NoSuchBroadcast: there is none.
        Refused: it is no urgent draft, or no reason is given.
        Unready: it is not complete.
        Doubtful: somebody has to say first that they are sure.
    """
    broadcast, version, text = await held(acting, number)
    require(text, Act.START_URGENT, acting, reason)
    frozen = await freeze(acting, realm, broadcast, version)
    await moved(acting, broadcast, text, Act.SUBMIT, title=frozen.text.title)
    await tell(acting, broadcast, Step.SUBMITTED, version=frozen.number, note=reason)
    # Nobody approves their own words; that this is the other way stands in the rules of the act.
    submitted = replace(broadcast, status=BroadcastStatus.SUBMITTED, title=frozen.text.title)
    text = replace(text, status=submitted.status, frozen=True)
    await moved(acting, submitted, text, Act.APPROVE)
    await tell(acting, submitted, Step.APPROVED, version=frozen.number, note=reason)
    approved = replace(submitted, status=BroadcastStatus.APPROVED)
    now = Timetable(starts_at=acting.now)
    made = await schedule(acting, realm, approved, frozen, timetable=now, sure=sure, note=reason)
    # Whoever writes to very many has said how many; that ledger is no request's work.
    if (sure.count or 0) <= PORTION:
        await begin(acting, realm, approved, made)
    return made


async def note_seen(acting: Acting, number: int) -> None:
    """Mark that who acts has read of an urgent notice that was sent.

    Raises:
        NoSuchBroadcast: there is none.
        Refused: it is not urgent, or was not sent.
    """
    broadcast, version, _ = await held(acting, number)
    if not broadcast.urgent:
        raise Refused(Refusal.NOT_URGENT)
    steps = await steps_of(acting.connection, broadcast.id)
    if not any(one.step is Step.STARTED for one in steps):
        raise Refused(Refusal.ELSEWHERE)
    await tell(acting, broadcast, Step.SEEN, version=version.number)

"""One case as its page shows it: what was told, its clock, what was done, what a citizen sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.feedback.naming import readable
from bot.console.feedback.times import Left, Times
from bot.console.feedback.uses import used
from bot.console.words import say
from bot.conversation.desk import Desk
from bot.feedback.limits import shipped
from bot.feedback.models import Case, Event, Remark
from bot.feedback.moves import Act, Author, CaseState
from bot.feedback.refusals import reasons
from bot.feedback.regimes import regimes
from bot.handling.told import told
from bot.officials.models import OfficerId
from bot.storage.answer_file_rows import SentFile, answer_files
from bot.storage.answer_receipt_rows import ByTemplate, told_by_template
from bot.storage.case_answer_rows import AnswerDraft, find_answer
from bot.storage.case_claim_rows import Claim, claim_of
from bot.storage.case_page_rows import (
    Details,
    Joined,
    NotTold,
    Photo,
    Told,
    details_of,
    history_of,
    joined_to,
    not_told,
    photos_shown,
)
from bot.storage.conflict_rows import Complained, complained
from bot.storage.consent_rows import uses_of
from bot.storage.notice_rows import Notice
from bot.storage.officer_rows import find_officer

# What the time that is left is told by, and now.
Clock = tuple[Times, datetime]
# Remarks that have a sentence for the citizen.
_SAID: frozenset[Act | Remark] = frozenset({*Act, Remark.APOLOGY, Remark.DUE_SET, Remark.PROPOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the history.

    ``citizen`` is what the one who sent it was told, ``inside`` the reason colleagues gave.
    """

    at: datetime
    who: str
    what: str
    text: str
    citizen: str
    inside: str
    version: int
    internal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """All that the page of a case shows."""

    case: Case
    details: Details
    left: Left | None
    lines: Sequence[Line]
    photos: Sequence[Photo]
    files: Sequence[SentFile]
    unheard: Sequence[NotTold]
    by_template: Sequence[ByTemplate]
    joined: Sequence[Joined]
    claim: Claim | None
    claimed_by: str
    answer: AnswerDraft | None
    complained: Sequence[Complained]
    uses: Sequence[str]

    @property
    def untold(self) -> Sequence[NotTold]:
        """What reaches its people by a call alone."""
        return [one for one in self.unheard if not one.goes]

    @property
    def waiting(self) -> Sequence[NotTold]:
        """What goes by itself once it can be paid for."""
        return [one for one in self.unheard if one.waits]

    @property
    def late(self) -> Sequence[ByTemplate]:
        """Templates to who sent the case that Zalo took, and has not told to have arrived."""
        return [one for one in self.by_template if one.own and one.late]

    def heard(self, version: int) -> str:
        """Name how far the words of a step came to who sent the case."""
        lost = "missed" if self.details.has_contact else "lost"
        missed = {one.version: lost for one in self.untold if one.own}
        waits = {one.version: "waits" for one in self.unheard if one.own and one.goes}
        hinted = {one.version: "hinted" for one in self.by_template if one.own}
        return (hinted | waits | missed).get(version, "sees")

    @property
    def beside(self) -> Sequence[SentFile]:
        """The files beside the answer that is being written."""
        return [one for one in self.files if one.version is None]

    @property
    def droppable(self) -> Sequence[tuple[str, str]]:
        """The same, to be chosen from."""
        return [(str(one.file), one.name) for one in self.beside]

    @property
    def given(self) -> Sequence[SentFile]:
        """The files that went with answers."""
        return [one for one in self.files if one.version is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clocked:
    """What of a case its clock is told by."""

    office: str
    state: CaseState
    due_at: datetime | None
    left_minutes: int | None


async def read_screen(
    connection: AsyncConnection, reader: OfficerId, case: Case, desk: Desk, clock: Clock
) -> Screen:
    """Read all that is shown of a case."""
    times, now = clock
    details = await details_of(connection, case.id)
    done = await history_of(connection, case.id)
    claim = await claim_of(connection, case.id, now)
    clocked = _Clocked(
        office=case.office,
        state=case.state,
        due_at=case.due_at,
        left_minutes=details.left_minutes,
    )
    return Screen(
        case=case,
        details=details,
        left=times.left(clocked, now),
        lines=[_line(one, case, desk) for one in reversed(done)],
        photos=await photos_shown(connection, case.id),
        files=await answer_files(connection, case.id),
        unheard=await not_told(connection, case),
        by_template=await told_by_template(connection, case, now),
        joined=await joined_to(connection, reader, case),
        claim=claim,
        claimed_by=await _name(connection, claim.officer) if claim else "",
        answer=await find_answer(connection, case.id),
        complained=await complained(connection, case.id),
        uses=used(await uses_of(connection, case.id)),
    )


def _line(one: Told, case: Case, desk: Desk) -> Line:
    event = one.event
    return Line(
        at=event.at,
        who=one.name or say(f"case_authors.{event.author}"),
        what=say(f"case_did.{event.did}"),
        text=_text(event),
        citizen=_citizen(event, case, desk),
        inside=str(event.data.get("inside") or ""),
        version=event.version,
        internal=event.did is Remark.NOTE,
    )


def _text(event: Event) -> str:
    """Give the words of an event: a citizen's are masked once more, an officer's as written."""
    words = readable(event.text) if event.author is Author.CITIZEN else event.text
    more = [str(event.data[name]) for name in ("inside", "reason", "body") if event.data.get(name)]
    return "\n".join(part for part in (words, *more) if part)


def _citizen(event: Event, case: Case, desk: Desk) -> str:
    """Give what the one who sent it was told of a step in the chat."""
    if case.address is None or not event.public or event.did not in _SAID:
        return ""
    if event.author is Author.CITIZEN:
        return ""
    notice = Notice(
        event=event,
        office=case.office,
        reference=case.reference,
        topic=case.topic,
        address=case.address,
        own=True,
    )
    return told(notice, desk).text


def rule_name(rule: str) -> str:
    """Name the limit by which a case is due."""
    known = next((one.label for one in shipped() if one.id == rule), "")
    return say("case.by_hand") if rule == "by_hand" else known


def regime_name(regime: str) -> str:
    """Name the sub-kind by law."""
    known = regimes().get(regime)
    return known.label if known else ""


def reason_name(code: str) -> str:
    """Name the reason why a case is not handled."""
    known = reasons().get(code)
    return known.label if known else code


async def _name(connection: AsyncConnection, officer: OfficerId) -> str:
    known = await find_officer(connection, officer)
    return known.name if known else ""

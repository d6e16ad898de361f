"""What a citizen is told of a public step: the office's sentence, and what can be pressed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.clock import VIETNAM
from bot.conversation.desk import Desk
from bot.conversation.filing.answers import shown as shown_to_others
from bot.conversation.filing.enclosed import CARRIED, files_told, with_files
from bot.conversation.filing.filed import moment
from bot.conversation.filing.presses import level_buttons
from bot.conversation.sides import vietnamese_date
from bot.feedback.enclosed import Enclosed, enclosed_in
from bot.feedback.models import Remark, Result
from bot.feedback.moves import Act
from bot.feedback.presses import publishing, reopening
from bot.feedback.purposes import Purpose, consent_text
from bot.feedback.reference import shown
from bot.messages import QuickReply, Reply
from bot.storage.notice_rows import Notice
from broadcasts.carriage import Carriage

# Where the day of an answer is not told, the sentence is another one.
_DUE: Final = frozenset({Act.ASSIGN, Act.REOPEN})
# After these one may open the case again; of an answer one is asked how satisfied one is.
_ENDED: Final = frozenset({Act.GIVE_UP, Act.REFUSE})
_KEYS: Final = {
    Remark.APOLOGY: "case_told_apology",
    Remark.DUE_SET: "case_told_due",
    Remark.GRADED: "case_told_due",
    Remark.RECLASSIFIED: "case_told_due",
    Remark.PROPOSED: "publish_ask",
}


def told(notice: Notice, desk: Desk) -> Reply:
    """Give the words for one person.

    A follower is asked nothing, and reads what the office wrote as a look-up shows it: without
    what it tells of who sent the case.
    """
    office = desk.office.name if desk.office else ""
    agreed = consent_text(Purpose.PUBLISH, office).text
    text = desk.say(_key(notice), consent=agreed, **_gaps(notice))
    asked = _asked(notice, desk) if notice.own else Reply("")
    beside = files_told(enclosed_of(notice), notice.reference, desk, _carried(notice))
    return Reply("\n\n".join(filter(None, (text, beside, asked.text))), asked.choices)


def told_with_files(notice: Notice, desk: Desk) -> tuple[Reply, ...]:
    """Give what is said to one person: the words, and the files as their channel carries them."""
    files = enclosed_of(notice)
    return with_files(told(notice, desk), files, notice.reference, desk, _carried(notice))


def enclosed_of(notice: Notice) -> tuple[Enclosed, ...]:
    """Give the files a person gets: who sent the case alone, as a file may name them."""
    return enclosed_in(notice.event.data) if notice.own else ()


def _carried(notice: Notice) -> Carriage:
    return CARRIED[notice.address.channel]


def _key(notice: Notice) -> str:
    event = notice.event
    key = _KEYS.get(event.did) if isinstance(event.did, Remark) else None
    key = key or f"case_told_{event.did}"
    if event.did is Act.ANSWER and event.data.get("result") == Result.CANNOT:
        return f"{key}_cannot"
    return f"{key}_no_due" if event.did in _DUE and not event.data.get("due") else key


def _gaps(notice: Notice) -> dict[str, str]:
    data, text = notice.event.data, notice.event.text
    told = {name: str(data.get(name, "")) for name in ("unit", "body", "details")}
    days = {"due": _due(data.get("due")), "day": _day(data.get("until") or data.get("day"))}
    words = {"question": text, "answer": text, "reason": str(data.get("reason", ""))}
    if not notice.own:
        words = {name: shown_to_others(said) for name, said in words.items()}
    return told | days | words | {"reference": shown(notice.reference)}


def _due(written: str | None) -> str:
    """Write it as a look-up of the case does."""
    return moment(datetime.fromisoformat(written)) if written else ""


def _day(written: str | None) -> str:
    if not written:
        return ""
    return vietnamese_date(datetime.fromisoformat(written).astimezone(VIETNAM).date())


def _asked(notice: Notice, desk: Desk) -> Reply:
    case, until = notice.event.case, _day(notice.event.data.get("until"))
    if notice.event.did is Act.ANSWER and until:
        text = desk.say("rating_ask", reference=shown(notice.reference), day=until)
        return Reply(text, level_buttons(desk, case))
    if notice.event.did in _ENDED and until:
        press = QuickReply(desk.say("reopen_press"), reopening(case))
        return Reply(desk.say("reopen_offer", day=until), (press,))
    if notice.event.did is Remark.PROPOSED:
        yes = QuickReply(desk.say("publish_yes"), publishing(case, agreed=True))
        no = QuickReply(desk.say("publish_no"), publishing(case, agreed=False))
        return Reply("", (yes, no))
    return Reply("")

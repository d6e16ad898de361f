"""Use cases: a case that is not for this office, or for none, goes where it belongs."""

from __future__ import annotations

from dataclasses import dataclass

from bot.casework.deeds import Acting
from bot.feedback.models import Case, Result
from bot.feedback.moves import Act
from bot.feedback.refusals import Reason, reasons_for
from bot.handling.bureau import Bureau
from bot.handling.doing import done, not_elsewhere, unit_name, written
from bot.handling.endings import ended, ending
from bot.handling.refusing import Refused, Why
from bot.handling.stepping import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A place outside that decides a matter: its name, and how it is reached."""

    name: str
    contact: str


async def transfer(doing: Acting, bureau: Bureau, case: Case, office: str, reason: str) -> Case:
    """Give a case to another office of ours, which assigns it anew; the citizen hears why.

    The day that was promised stays, and so does the reference. This office sees from then on where
    the case stands, no more.

    Raises:
        Refused: there is no such other office, or the reason lacks.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    if office == case.office or office not in bureau.tree.codes:
        raise Refused(Why.OFFICE)
    told = written(reason, Why.REASON)
    data = {"unit": bureau.name(office), "reason": told, "from": case.office, "to": office}
    changes = {"office": office, "unit": None, "officer": None}
    step = Step(did=Act.TRANSFER, data=data, changes=changes)
    return await done(doing, case, step, "case_transferred", note=told, body=office)


async def hand_on(doing: Acting, bureau: Bureau, case: Case, to: Elsewhere, reason: str) -> Case:
    """Send a matter that this office does not decide to who does; the citizen hears where.

    Raises:
        Refused: the place, its contact or the reason lacks.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    told = written(reason, Why.REASON)
    name, contact = written(to.name, Why.BODY), written(to.contact, Why.BODY)
    changes = ended(bureau, case, doing.now, Result.HANDED_ON)
    data = {"body": name, "details": contact, "reason": told, **ending(changes, case)}
    step = Step(did=Act.HAND_ON, data=data, changes=changes)
    return await done(doing, case, step, "case_handed_on", note=told, body=name)


async def refuse(doing: Acting, bureau: Bureau, case: Case, code: str, words: str) -> Case:
    """Tell the citizen why a case is not handled here, and what can be done instead.

    Raises:
        Refused: the reason is none for this case, the words lack, somebody else writes in it.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    await not_elsewhere(doing, case)
    reason = reason_for(case, code)
    changes = ended(bureau, case, doing.now, Result.REFUSED, code)
    data = {
        "code": code,
        "reason": reason.told,
        "way": reason.way,
        "unit": await unit_name(doing.connection, bureau, case),
        **ending(changes, case),
    }
    step = Step(did=Act.REFUSE, text=written(words), data=data, changes=changes)
    return await done(doing, case, step, "case_refused", code=code)


def reason_for(case: Case, code: str) -> Reason:
    """Give the reason of a code that may stand for a case.

    Raises:
        Refused: there is no such reason for its kind.
    """
    known = {one.code: one for one in reasons_for(case.regime)}
    if code not in known:
        raise Refused(Why.CODE, codes=", ".join(known))
    return known[code]

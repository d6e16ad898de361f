"""Whether a case may be shown to everybody: its sender is asked, and may take it back any time.

Consent is asked for by itself (Luật 91/2025/QH15, art. 9); silence is none.
"""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import Acting
from bot.feedback.board.never import never
from bot.feedback.models import Case, Publicity, Remark
from bot.feedback.purposes import Purpose
from bot.feedback.wishes import Publish
from bot.handling.bureau import Bureau
from bot.handling.doing import done, written
from bot.handling.refusing import Refused, Why
from bot.handling.stepping import By, Step, stepped
from bot.handling.uses import Uses, person_of
from bot.storage.release_rows import withdraw
from bot.vault import Vault


async def ask(doing: Acting, bureau: Bureau, case: Case) -> Case:
    """Ask who sent a case, in their chat, whether it may be shown; once.

    Raises:
        Refused: there is no board or no chat, it is never shown, or they were asked already.
        Overtaken: the case was changed meanwhile.
    """
    publishable(bureau, case)
    if case.address is None:
        raise Refused(Why.NO_CHAT)
    if case.publicity is not Publicity.PRIVATE:
        raise Refused(Why.DECLINED if case.publicity is Publicity.DECLINED else Why.SAME)
    step = Step(
        did=Remark.PROPOSED,
        changes={"publicity": Publicity.PROPOSED},
        public=True,
    )
    return await done(doing, case, step, "case_proposed")


async def note_agreed(doing: Acting, bureau: Bureau, case: Case, how: str) -> Case:
    """Note that who sent a case agreed at the desk, by telephone or in writing.

    Raises:
        Refused: there is no board, it is never shown, how lacks, or they said something already.
        Overtaken: the case was changed meanwhile.
    """
    publishable(bureau, case)
    if case.publicity not in {Publicity.PRIVATE, Publicity.PROPOSED}:
        raise Refused(Why.DECLINED if case.publicity is Publicity.DECLINED else Why.SAME)
    told = written(how, Why.REASON)
    uses, person = Uses(bureau.seals.vault), person_of(case.address, case.reference)
    await uses.note(doing.connection, person, case.id, Purpose.PUBLISH, doing.now)
    step = Step(did=Remark.AGREED, text=told, changes={"publicity": Publicity.AGREED})
    return await done(doing, case, step, "case_publish_agreed", note=told)


async def answered(
    connection: AsyncConnection, vault: Vault | None, case: Case, wish: Publish, by: By
) -> Case:
    """Do what who sent a case says of showing it; a yes counts only where it was asked for."""
    shown = {Publicity.AGREED, Publicity.PUBLIC}
    if wish.agreed and case.publicity in {*shown, Publicity.PRIVATE}:
        return case
    uses, person = Uses(vault), person_of(case.address, case.reference)
    if not wish.agreed:
        await withdraw(connection, [case.id], by.at)
        await uses.end(connection, person, case.id, Purpose.PUBLISH, by.at)
    else:
        await uses.note(connection, person, case.id, Purpose.PUBLISH, by.at)
    to = Publicity.AGREED if wish.agreed else Publicity.DECLINED
    did = Remark.AGREED if wish.agreed else Remark.DECLINED
    return await stepped(connection, case, Step(did=did, changes={"publicity": to}), by)


def publishable(bureau: Bureau, case: Case, question: str = "", answer: str = "") -> None:
    """Ask whether a case may stand on its office's board, in these words.

    Raises:
        Refused: there is no board, or the case is never shown.
    """
    if not bureau.rules(case.office).board:
        raise Refused(Why.NO_BOARD)
    why = never(case, question, answer)
    if why is not None:
        raise Refused(Why.NEVER_PUBLIC, because=why.told)

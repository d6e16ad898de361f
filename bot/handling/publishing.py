"""Use cases: a case and its answer are shown to everybody, without who sent it, or no more."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import Acting
from bot.feedback.board.keeping import may_keep
from bot.feedback.board.reading import looked_at, names_case, tells_of
from bot.feedback.board.releases import Release, Texts
from bot.feedback.models import Case, Contact, Publicity, Remark
from bot.handling.bureau import Bureau
from bot.handling.consenting import publishable
from bot.handling.doing import done, officer_of, remember, unit_name, written
from bot.handling.refusing import Refused, Why
from bot.handling.sealing import Seals
from bot.handling.stepping import Step
from bot.privacy import in_words
from bot.storage import release_rows
from bot.storage.case_page_rows import sealed_of
from bot.vault import Unopenable


async def prepare(doing: Acting, bureau: Bureau, case: Case, texts: Texts) -> None:
    """Lay the public texts of a case before a second pair of eyes; nothing is shown yet.

    Raises:
        Refused: the case may not be shown, or something personal stands in a text.
    """
    await _prepared(doing, bureau, case, texts)
    remember(doing, case, "case_release_prepared")


async def publish(doing: Acting, bureau: Bureau, case: Case, texts: Texts) -> Case:
    """Show a case at once, where the office asks for no second pair of eyes.

    Raises:
        Refused: it does, the case may not be shown, or something personal stands in a text.
        Overtaken: the case was changed meanwhile.
    """
    if bureau.rules(case.office).case_four_eyes:
        raise Refused(Why.FOUR_EYES)
    version = await _prepared(doing, bureau, case, texts)
    return await _released(doing, case, version, texts.kept)


async def approve(doing: Acting, bureau: Bureau, case: Case, version: int) -> Case:
    """Show what somebody else prepared; ``version`` is the one that was read.

    The machine reads it once more: what finds personal data may be better by now.

    Raises:
        Refused: it was changed since, is one's own, or may not be shown any more.
        Overtaken: the case was changed meanwhile.
    """
    waiting = await release_rows.find_release(doing.connection, case.id)
    if waiting is None or waiting.released_at or waiting.version != version:
        raise Refused(Why.NOT_PREPARED)
    four_eyes = bureau.rules(case.office).case_four_eyes
    if four_eyes and waiting.prepared_by == officer_of(doing):
        raise Refused(Why.OWN_RELEASE)
    await _may_stand(doing.connection, bureau, case, waiting.texts)
    return await _released(doing, case, version, waiting.texts.kept)


async def hide(doing: Acting, case: Case, reason: str) -> Case:
    """Show a case no more; it may be shown again, for its sender's consent stays.

    Raises:
        Refused: it is not shown, or the reason lacks.
        Overtaken: the case was changed meanwhile.
    """
    if case.publicity is not Publicity.PUBLIC:
        raise Refused(Why.NOT_PUBLIC)
    told = written(reason, Why.REASON)
    await release_rows.withdraw(doing.connection, [case.id], doing.now)
    step = Step(did=Remark.HIDDEN, text=told, changes={"publicity": Publicity.AGREED})
    return await done(doing, case, step, "case_hidden", note=told)


async def _prepared(doing: Acting, bureau: Bureau, case: Case, texts: Texts) -> int:
    await _may_stand(doing.connection, bureau, case, texts)
    assert case.answered_at is not None, "an ended case was answered"
    return await release_rows.prepare(
        doing.connection,
        Release(
            case=case.id,
            office=case.office,
            topic=case.topic,
            unit=await unit_name(doing.connection, bureau, case),
            texts=texts,
            version=0,
            received_at=case.received_at,
            answered_at=case.answered_at,
            prepared_by=officer_of(doing),
            prepared_at=doing.now,
        ),
    )


async def _released(doing: Acting, case: Case, version: int, kept: str) -> Case:
    by = officer_of(doing)
    if not await release_rows.release(doing.connection, case.id, version, by=by, at=doing.now):
        raise Refused(Why.NOT_PREPARED)
    step = Step(did=Remark.RELEASED, text=kept, changes={"publicity": Publicity.PUBLIC})
    return await done(doing, case, step, "case_released", note=kept)


async def _may_stand(
    connection: AsyncConnection, bureau: Bureau, case: Case, texts: Texts
) -> None:
    """Ask whether a case may be shown in these words.

    Raises:
        Refused: it may not; its words say what to do.
    """
    for one in (texts.question, texts.answer):
        written(one)
    publishable(bureau, case, texts.question, texts.answer)
    if case.publicity not in {Publicity.AGREED, Publicity.PUBLIC}:
        declined = case.publicity is Publicity.DECLINED
        raise Refused(Why.DECLINED if declined else Why.NOT_AGREED)
    contact = await _sender(connection, bureau.seals, case)
    for one in (texts.question, texts.answer):
        if tells_of(contact, one):
            raise Refused(Why.SENDER)
        impersonal(case, one, texts.kept)


def impersonal(case: Case, text: str, kept: str) -> None:
    """Ask whether nothing personal stands in a text, but what is kept for a reason.

    Raises:
        Refused: something does; its words say what, and where.
    """
    if names_case(text):
        raise Refused(Why.REFERENCE)
    found = looked_at(text)
    if found.gone:
        raise Refused(Why.PERSONAL, kinds=_called(found.gone), masked=found.masked)
    if found.kept and not may_keep(case, text):
        raise Refused(Why.NOT_KEPT, kinds=_called(found.kept), masked=found.masked)
    if found.kept and not kept.strip():
        raise Refused(Why.KEPT, kinds=_called(found.kept), masked=found.masked)


def _called(kinds: tuple[str, ...]) -> str:
    return ", ".join(in_words(f"[{one}]").strip("[]") for one in kinds)


async def _sender(connection: AsyncConnection, seals: Seals, case: Case) -> Contact:
    sealed = await sealed_of(connection, case.id, "contact_sealed")
    try:
        return seals.contact_of(case.reference, sealed)
    except Unopenable as fault:
        raise Refused(Why.NO_KEY) from fault

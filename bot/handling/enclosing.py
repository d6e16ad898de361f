"""Use case: files are put beside an answer that is being written, taken away, and given with it.

Who may write the answer may put files there. What is put there or taken away is an edit of the
answer, so whoever approves it approves what they read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any

from bot.casework.attaching import FitFile
from bot.casework.deeds import Acting
from bot.casework.enclosing import MOST_FILES
from bot.feedback.enclosed import as_data
from bot.feedback.models import Case
from bot.handling.bureau import Bureau
from bot.handling.doing import not_elsewhere, officer_of, remember
from bot.handling.photos import place_of
from bot.handling.refusing import Refused, Why
from bot.handling.sealing import Seals
from bot.storage.answer_file_rows import (
    add_answer_file,
    drop_answer_files,
    files_and_unit,
    files_being_written,
    give_answer_files,
    same_beside,
)
from bot.storage.photo_rows import NewPhoto


async def enclose(
    doing: Acting, seals: Seals, case: Case, fit: Sequence[FitFile]
) -> tuple[FitFile, ...]:
    """Put files beside the answer; give those for which there was no room any more.

    The answer is written down in the same transaction (``answering.write``), so it is in a new
    version. The same file under the same name is put there once.

    Raises:
        Refused: somebody else writes in the case, or files cannot be kept without a key.
    """
    await not_elsewhere(doing, case)
    there = await same_beside(doing.connection, case.id)
    over: list[FitFile] = []
    for one in fit:
        sealed = _sealed(seals, one)
        if (one.name, sealed.digest) in there:
            continue
        if len(there) >= MOST_FILES:
            over.append(one)
            continue
        there.add((one.name, sealed.digest))
        by = (officer_of(doing), doing.now)
        number = await add_answer_file(doing.connection, case.id, one.name, sealed, by)
        remember(doing, case, "case_file_added", file=number)
    return tuple(over)


async def take_away(doing: Acting, case: Case, which: Collection[int]) -> None:
    """Erase files beside the answer; numbers of other files count for nothing.

    Raises:
        Refused: somebody else writes in the case.
    """
    await not_elsewhere(doing, case)
    for number in await drop_answer_files(doing.connection, case.id, which):
        remember(doing, case, "case_file_taken_away", file=number)


async def given_with(doing: Acting, bureau: Bureau, case: Case) -> dict[str, Any]:
    """Give the files beside the answer with the case's next event; tell of them, and who answers.

    Citizens know who works on a case by its unit, or by the whole office.
    """
    if case.unit is None:
        unit, files = "", await files_being_written(doing.connection, case.id)
    else:
        unit, files = await files_and_unit(doing.connection, case.id, case.unit)
    told: dict[str, Any] = {"unit": unit or bureau.name(case.office)}
    if not files:
        return told
    await give_answer_files(doing.connection, case.id, case.version + 1)
    return told | {"files": len(files), **as_data(files)}


def _sealed(seals: Seals, one: FitFile) -> NewPhoto:
    if seals.vault is None:
        raise Refused(Why.FILES_NO_KEY)
    digest = sha256(one.content).hexdigest()
    return NewPhoto(
        media=one.media,
        size=len(one.content),
        digest=digest,
        sealed=seals.vault.seal(one.content, place_of(digest)),
    )

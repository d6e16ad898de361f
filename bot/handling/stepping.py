"""One step of a case: the row, its event and who is to hear of it, in one transaction.

Every other module of this package changes a case through here, so no step is without its event,
and none happens that the table of moves does not allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.errors import NotAllowed
from bot.feedback.models import Case, Event, Publicity, Remark
from bot.feedback.moves import MOVES, Act, Author, moved
from bot.storage.release_rows import withdraw
from bot.storage.step_rows import Written, write_step

# After these the answer that everybody may read is not the one that stands.
OUTDATING: Final = frozenset({Act.CORRECT, Act.REOPEN})
# After these no answer is being written any more: none that was meant for a case as it stood
# before may be approved when it is elsewhere, or looked at anew.
ANSWERING: Final = frozenset(
    {
        *(Act.ANSWER, Act.CORRECT, Act.CLOSE, Act.GIVE_UP, Act.HAND_ON, Act.MERGE, Act.REFUSE),
        *(Act.REOPEN, Act.TRANSFER, Act.WITHDRAW),
    }
)
# After these nobody has the case to write in it.
FREEING: Final[frozenset[Act | Remark]] = ANSWERING | {Act.ASSIGN, Remark.SUBMITTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who does a step, and when; ``officer`` is the number of one who does it."""

    author: Author
    at: datetime
    officer: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is done to a case.

    ``text`` goes to the citizen where the step is public. ``changes`` are columns of the case
    beside its state, ``text_sealed`` a citizen's words as typed. A remark is internal unless it is
    ``public``.
    """

    did: Act | Remark
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Any] = field(default_factory=dict)
    text_sealed: bytes | None = None
    public: bool = False

    @property
    def is_told(self) -> bool:
        """Tell whether the citizen and the followers hear of it."""
        return self.public or (isinstance(self.did, Act) and MOVES[self.did].told)


async def stepped(connection: AsyncConnection, case: Case, step: Step, by: By) -> Case:
    """Do a step and give the case after it.

    Raises:
        NotAllowed: the table of moves has no such step in the case's state, or nothing is left of
            the case but what is counted.
        Overtaken: somebody changed the case meanwhile; the transaction is to be given up.
    """
    if case.is_erased and by.author is not Author.CLOCK:
        raise NotAllowed(f"{step.did} by {by.author} in an erased case")
    event = event_of(case, step, by)
    place = {"state": event.state, "is_open": event.state.is_open}
    if step.did in OUTDATING:
        place |= await _outdated(connection, case, by)
    written = Written(
        event=event,
        changes={**place, **step.changes},
        text_sealed=step.text_sealed,
        # All hear of it but the citizen who did it, who is answered at once.
        filer=None if by.author is Author.CITIZEN else case.address,
        is_told=step.is_told,
        is_free=step.did in FREEING,
        is_said=step.did in ANSWERING,
    )
    return await write_step(connection, case, written)


def event_of(case: Case, step: Step, by: By) -> Event:
    """Give the event that a step leaves.

    Raises:
        NotAllowed: the table of moves has no such step in the case's state.
    """
    return Event(
        case=case.id,
        version=case.version + 1,
        at=by.at,
        author=by.author,
        by=by.officer,
        did=step.did,
        state=moved(case.state, step.did, by.author) if isinstance(step.did, Act) else case.state,
        public=step.is_told,
        text=step.text,
        data=step.data,
    )


async def _outdated(connection: AsyncConnection, case: Case, by: By) -> dict[str, Any]:
    """Show a case to nobody any more whose answer does not stand; consent to it does."""
    await withdraw(connection, [case.id], by.at)
    is_shown = case.publicity is Publicity.PUBLIC
    return {"publicity": Publicity.AGREED} if is_shown else {}

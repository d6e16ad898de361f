"""Use case: what officers do with a run while it goes out, each act remembered in the audit.

What concerns a run's rows is stored with the first of them done; ``carrying_out`` does the rest.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from bot.casework.deeds import Acting
from bot.officials.audit import Deed
from bot.storage import run_rows
from bot.storage.asked_rows import go_on
from bot.storage.run_rows import Run
from broadcasts.errors import BroadcastError
from broadcasts.models import DeliveryId, DeliveryStatus, PauseReason, Route, RunId, RunStatus

SETTLED: Final = (DeliveryStatus.SENT, DeliveryStatus.FAILED)


class NoSuchRun(BroadcastError):
    """There is no such run."""


class RunMoved(BroadcastError):
    """The run stands where this cannot be done; ``status`` tells where."""

    def __init__(self, status: RunStatus) -> None:
        """Keep where it stands."""
        super().__init__(f"Lượt gửi đang ở trạng thái khác ({status}): tải lại trang rồi xem.")
        self.status = status


async def pause(acting: Acting, run: RunId, *, note: str = "") -> None:
    """Let a run rest; it stops within a wave.

    Raises:
        NoSuchRun: there is none.
        RunMoved: it does not run.
    """
    found = await _found(acting, run)
    if not await run_rows.pause(acting.connection, run, PauseReason.OFFICER):
        raise RunMoved(found.status)
    _did(acting, "run_paused", found, {"reason": str(PauseReason.OFFICER)}, note)


async def pause_for_errors(acting: Acting, run: RunId) -> bool:
    """Let a run rest because what fails is ours; tell whether it ran."""
    found = await _found(acting, run)
    if not await run_rows.pause(acting.connection, run, PauseReason.ERRORS):
        return False
    _did(acting, "run_paused", found, {"reason": str(PauseReason.ERRORS)})
    return True


async def resume(acting: Acting, run: RunId, *, note: str = "") -> None:
    """Let a run that rests go on.

    Raises:
        NoSuchRun: there is none.
        RunMoved: it does not rest.
    """
    found = await _found(acting, run)
    if not await run_rows.resume(acting.connection, run):
        raise RunMoved(found.status)
    _did(acting, "run_resumed", found, {}, note)


async def cancel(acting: Acting, run: RunId, *, note: str = "") -> int:
    """End a run before its end; give how many will not be sent.

    Raises:
        NoSuchRun: there is none.
        RunMoved: it was over.
    """
    found = await _found(acting, run)
    left = await run_rows.cancel(acting.connection, run, acting.now)
    if left is None:
        raise RunMoved(found.status)
    await go_on(acting.connection, run, acting.now)
    _did(acting, "run_cancelled", found, {"rows": left}, note)
    return left


async def retry_failed(acting: Acting, run: RunId, *, note: str = "") -> int:
    """Send again what failed, never what is uncertain; give how many rows. None is no act.

    Raises:
        NoSuchRun: there is none.
        RunMoved: it was cancelled or missed.
    """
    found = await _found(acting, run)
    rows = await run_rows.retry_failed(acting.connection, run, acting.now)
    if rows is None:
        raise RunMoved(found.status)
    if rows:
        await go_on(acting.connection, run, acting.now)
        _did(acting, "run_retried", found, {"rows": rows}, note)
    return rows


async def resend_uncertain(
    acting: Acting, run: RunId, rows: Collection[DeliveryId], *, note: str = ""
) -> int:
    """Send once more the uncertain rows a person chose, seen one by one; give how many.

    Raises:
        NoSuchRun: there is none.
        RunMoved: it was cancelled or missed.
    """
    found = await _found(acting, run)
    again = await run_rows.resend_uncertain(acting.connection, run, rows, acting.now)
    if again is None:
        raise RunMoved(found.status)
    _did(acting, "run_resent", found, {"rows": again}, note)
    return again


async def settle(
    acting: Acting, run: RunId, row: DeliveryId, *, arrived: bool, note: str = ""
) -> bool:
    """Write down what became of an uncertain row, as a person found out; tell whether it was one.

    Raises:
        NoSuchRun: there is none.
    """
    found = await _found(acting, run)
    status = SETTLED[0] if arrived else SETTLED[1]
    if not await run_rows.settle(acting.connection, row, status, run=run):
        return False
    _did(acting, "run_settled", found, {"delivery": row, "status": str(status)}, note)
    return True


async def skip_unserved(
    acting: Acting, run: RunId, routes: Collection[Route], *, note: str = ""
) -> int:
    """Give up what waits for ways that nothing serves yet; give how many rows.

    Raises:
        NoSuchRun: there is none.
        RunMoved: it is over.
    """
    found = await _found(acting, run)
    rows = await run_rows.skip_unserved(acting.connection, run, routes, acting.now)
    if rows is None:
        raise RunMoved(found.status)
    await go_on(acting.connection, run, acting.now)
    _did(acting, "run_skipped", found, {"rows": rows, "routes": sorted(map(str, routes))}, note)
    return rows


async def start_missed(acting: Acting, run: RunId, *, note: str = "") -> None:
    """Let a run begin now whose time was missed; the leader writes its ledger.

    Raises:
        NoSuchRun: there is none.
        RunMoved: it was not missed, or somebody decided before.
    """
    found = await _found(acting, run)
    if not await run_rows.begin_missed(acting.connection, run, acting.now):
        raise RunMoved(found.status)
    _did(acting, "run_started", found, {}, note)


async def _found(acting: Acting, run: RunId) -> Run:
    found = await run_rows.run_of(acting.connection, run, lock=True)
    if found is None:
        raise NoSuchRun("Không có lượt gửi này: xem lại danh sách bản tin.")
    return found


def _did(acting: Acting, action: str, run: Run, after: dict[str, object], note: str = "") -> None:
    acting.did(
        Deed(
            action=action,
            office=run.office,
            kind="run",
            subject=str(run.id),
            before={"status": str(run.status)},
            after={"broadcast": int(run.broadcast), **after},
            note=note,
        )
    )

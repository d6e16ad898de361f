"""A step of a case as one write: its row, its event, who is to hear of it, and what is freed.

The server does all of it in one statement, which costs both sides far less than one for each; the
embedded database, which has no such statements, does one after another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    CTE,
    BindParameter,
    Boolean,
    Column,
    Delete,
    Insert,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningUpdate

from bot.feedback.errors import Overtaken
from bot.feedback.models import Case, Event, Remark
from bot.feedback.moves import Act
from bot.messages import CitizenAddress
from bot.storage.case_rows import case_of, event_row
from bot.storage.feedback_tables import answers, cases, claims, events, followers, notices
from bot.storage.notice_rows import NoticeStatus

# What is asked in these is the filer's to say, and may tell of them: followers do not hear of it.
_FILERS: Final = frozenset({Act.ASK, Remark.PROPOSED})
_NUMBER: Final = bindparam("number", type_=cases.c.id.type)
_AFTER: Final = bindparam("after", type_=cases.c.version.type)
_EVENT: Final = tuple(one for one in events.c if one.name != "id")
_OWED: Final = tuple(one for one in notices.c if not one.nullable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a step writes: ``changes`` of the case's columns, its event, and what goes with it.

    Those who follow the case and ``filer`` are owed a notice where it ``is_told``. One that
    ``is_free`` leaves the case to nobody to write in; one that ``is_said`` ends the answer begun.
    """

    event: Event
    changes: Mapping[str, Any]
    text_sealed: bytes | None = None
    filer: CitizenAddress | None = None
    is_told: bool = False
    is_free: bool = False
    is_said: bool = False


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the statements of a step go by; every value is told to them apart."""

    columns: frozenset[str]
    is_told: bool
    is_free: bool
    is_said: bool


async def write_step(connection: AsyncConnection, case: Case, step: Written) -> Case:
    """Write a step, count the version on, and give the case after it.

    The moment of its first answer stays.

    Raises:
        Overtaken: the case is not in the version that ``case`` has; the transaction is to be
            given up.
    """
    shape = _Shape(frozenset(step.changes), step.is_told, step.is_free, step.is_said)
    values = _values(case, step)
    if connection.dialect.name == "sqlite":
        change, *beside = _one_by_one(shape)
    else:
        change, beside = _at_once(shape), []
    row = (await connection.execute(change, values)).one_or_none()
    if row is None:
        raise Overtaken(f"case {case.id} is not in version {case.version} any more")
    for one in beside:
        await connection.execute(one, values)
    return case_of(row)


def _values(case: Case, step: Written) -> dict[str, Any]:
    """Give every value of the statements by its name in them."""
    event, filer = step.event, step.filer
    notice = {
        "conversation": filer.conversation if filer else "",
        "channel": filer.channel if filer else "",
        "user_id": filer.user_id if filer else "",
        "office": case.office,
        "status": NoticeStatus.DUE,
        "reason": "",
    }
    return {
        "number": case.id,
        "seen": case.version,
        "after": case.version + 1,
        "followed": event.did not in _FILERS,
        **{f"case_{name}": value for name, value in step.changes.items()},
        **{f"event_{name}": one for name, one in event_row(event, step.text_sealed).items()},
        **{f"notice_{name}": value for name, value in notice.items()},
    }


@cache
def _at_once(shape: _Shape) -> Select[Any]:
    changed = _change(shape).cte("changed")
    beside = (one.cte(f"beside_{place}") for place, one in enumerate(_beside(shape, changed)))
    return select(changed).add_cte(*beside)


@cache
def _one_by_one(shape: _Shape) -> tuple[Any, ...]:
    return (_change(shape), *_beside(shape))


def _change(shape: _Shape) -> ReturningUpdate[Any]:
    known = (cases.c.id == _NUMBER, cases.c.version == bindparam("seen"))
    changed = update(cases).where(*known).values(version=_AFTER).returning(*cases.c)
    after = {name: _value("case", cases.c[name]) for name in sorted(shape.columns)}
    if "answered_at" in after:
        first = func.coalesce(cases.c.first_answered_at, after["answered_at"])
        changed = changed.values(first_answered_at=first)
    return changed.values(after)


def _beside(shape: _Shape, changed: CTE | None = None) -> Iterator[Insert | Delete]:
    """Give what is written when the case is ``changed`` in the same statement, or was before."""
    yield insert(events).from_select(_names(_EVENT), _only_if(changed, _event()))
    if shape.is_told:
        yield insert(notices).from_select(_names(_OWED), _only_if(changed, _owed()))
    if shape.is_free:
        yield delete(claims).where(claims.c.case == _NUMBER)
    if shape.is_said:
        yield delete(answers).where(answers.c.case == _NUMBER)


def _only_if(changed: CTE | None, rows: Select[Any]) -> Select[Any]:
    return rows if changed is None else rows.where(select(changed.c.id).exists())


def _event() -> Select[Any]:
    return select(*(_value("event", one) for one in _EVENT))


def _owed() -> Select[Any]:
    """Give a notice for each who follows, and for who filed it; one may do both after a merger."""
    who = ("conversation", "channel", "user_id")
    following = select(*(followers.c[name] for name in who)).where(
        followers.c.case == _NUMBER, bindparam("followed", type_=Boolean())
    )
    own = [_value("notice", notices.c[name]) for name in who]
    told = following.union(select(*own).where(own[0] != "")).subquery()
    of = {"case": _NUMBER, "version": _AFTER, "at": _value("event", events.c.at)}
    columns = {one.name: _value("notice", one) for one in _OWED}
    return select(*{**columns, **of, **dict(told.c)}.values()).select_from(told)


def _value(of: str, column: Column[Any]) -> BindParameter[Any]:
    return bindparam(f"{of}_{column.name}", type_=column.type)


def _names(columns: tuple[Column[Any], ...]) -> list[str]:
    return [one.name for one in columns]

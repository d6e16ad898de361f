"""Rows about persons whose time is over, as statements: which they are, and since when.

Each gives the rows' keys and ``since``, the moment from which the time of each counts. A case
has ended when it was closed or refused; one that was joined with another ends with that one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from bot.feedback.models import Remark
from bot.feedback.moves import CaseState
from bot.storage.feedback_person_tables import consents, data_wishes, drafts, sealed_items
from bot.storage.feedback_tables import cases, events, feedback_files, followers, notices
from bot.storage.notice_rows import NoticeStatus

Rows = Select[Any]
ENDED: Final = (CaseState.CLOSED, CaseState.REFUSED)
# Nobody needs to be told any more.
TOLD: Final = (NoticeStatus.SAID, NoticeStatus.PHONED, NoticeStatus.TEMPLATED)
_MAIN: Final = cases.alias("main")
_ENDED_AT: Final[ColumnElement[datetime]] = func.coalesce(
    _MAIN.c.closed_at, _MAIN.c.answered_at, cases.c.closed_at, cases.c.answered_at
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """Before which moment something counts as old: everywhere, and at offices of their own."""

    everywhere: datetime
    own: Mapping[str, datetime]

    def older(self, since: ColumnElement[Any], office: ColumnElement[str]) -> ColumnElement[bool]:
        """Tell whether what counts from ``since`` at ``office`` is old."""
        others = and_(office.not_in(list(self.own)), since < self.everywhere)
        each = (and_(office == code, since < moment) for code, moment in self.own.items())
        return or_(others, *each)


def old_cases(ages: Ages) -> Rows:
    """Give ended cases that still tell of somebody."""
    return _of_ended(ages, cases.c.id).where(
        # What ended so long ago came in before: an index knows that.
        ages.older(cases.c.received_at, cases.c.office),
        cases.c.erased_at.is_(None),
    )


def old_ratings(ages: Ages) -> Rows:
    """Give the events of ratings that still hold why somebody was satisfied, or not."""
    words = or_(events.c.text != "", events.c.text_sealed.is_not(None))
    return (
        select(events.c.id, events.c.at.label("since"))
        .join(cases, cases.c.id == events.c.case)
        .where(
            ages.older(cases.c.received_at, cases.c.office),
            cases.c.rated_at.is_not(None),
            cases.c.erased_at.is_(None),
            events.c.did == Remark.RATED,
            words,
            ages.older(events.c.at, cases.c.office),
        )
    )


def old_followers(ages: Ages) -> Rows:
    """Give who follows cases that ended."""
    return _of_ended(ages, followers.c.case, followers.c.conversation).join(
        followers, followers.c.case == cases.c.id
    )


def old_notices(ages: Ages) -> Rows:
    """Give what tells who heard of which step of cases that ended."""
    keys = (notices.c.case, notices.c.version, notices.c.conversation)
    told = and_(notices.c.case == cases.c.id, notices.c.status.in_(TOLD))
    return _of_ended(ages, *keys).join(notices, told)


def old_consents(ages: Ages) -> Rows:
    """Give consents that were withdrawn, or whose case ended."""
    since = func.coalesce(consents.c.withdrawn_at, _ENDED_AT)
    ended = and_(cases.c.state.in_(ENDED), _with_its_main())
    over = or_(consents.c.withdrawn_at.is_not(None), ended)
    office = func.coalesce(cases.c.office, "")
    return (
        select(consents.c.id, since.label("since"))
        .outerjoin(cases, cases.c.id == consents.c.case)
        .outerjoin(_MAIN, _MAIN.c.id == cases.c.main)
        .where(over, ages.older(since, office))
    )


def old_drafts(ages: Ages) -> Rows:
    """Give what conversations began to tell and never sent."""
    return _plain(ages, drafts.c.conversation, since=drafts.c.begun_at, office=drafts.c.office)


def old_photos(ages: Ages) -> Rows:
    """Give photos that no case took."""
    since = feedback_files.c.made_at
    loose = (feedback_files.c.case.is_(None), since < ages.everywhere)
    return select(feedback_files.c.id, since.label("since")).where(*loose)


def old_wishes(ages: Ages) -> Rows:
    """Give wishes about data that were seen to."""
    return _plain(ages, data_wishes.c.id, since=data_wishes.c.done_at, office=data_wishes.c.office)


def decided_items(now: datetime) -> Rows:
    """Give sealed items whose time after the decision is over."""
    since = sealed_items.c.decided_at
    return select(sealed_items.c.id, since.label("since")).where(sealed_items.c.erase_at <= now)


def _of_ended(ages: Ages, *keys: ColumnElement[Any]) -> Rows:
    return (
        select(*keys, _ENDED_AT.label("since"))
        .select_from(cases)
        .outerjoin(_MAIN, _MAIN.c.id == cases.c.main)
        .where(
            cases.c.state.in_(ENDED),
            _with_its_main(),
            ages.older(_ENDED_AT, cases.c.office),
        )
    )


def _with_its_main() -> ColumnElement[bool]:
    return or_(cases.c.main.is_(None), _MAIN.c.state.in_(ENDED))


def _plain(
    ages: Ages, key: ColumnElement[Any], *, since: ColumnElement[Any], office: ColumnElement[str]
) -> Rows:
    return select(key, since.label("since")).where(ages.older(since, office))

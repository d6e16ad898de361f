"""``bot.officials.approving`` as a condition on rows."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, false, not_, or_

from bot.officials.approving import Approver
from bot.storage.console_tables import changes
from bot.storage.figure_rows import at


def approvable(by: Approver) -> ColumnElement[bool]:
    """Give the condition that a change is ``by``'s to approve, were it waiting."""
    told = changes.c
    reached = (
        and_(told.needs == action, *at(told.office, offices))
        for action, offices in by.reach.items()
    )
    theirs = or_(false(), *reached)
    if not by.strict:
        return theirs
    own = and_(told.author.is_not(None), told.author == by.officer)
    return and_(theirs, not_(and_(own, *at(told.office, by.strict))))

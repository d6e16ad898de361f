"""When a run may go out: not in its office's quiet hours, nor so late that it ends in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from broadcasts.delivery.ports import Hours, Running

# Longer than a wave may last, from its commit to the end of its longest call.
MARGIN: Final = timedelta(seconds=60)


def may_begin(run: Running, hours: Hours, now: datetime) -> bool:
    """Tell whether a wave of ``run`` may begin ``now``; urgent runs do not wait."""
    return run.urgent or not any(hours.quiet_until(run.office, at) for at in (now, now + MARGIN))

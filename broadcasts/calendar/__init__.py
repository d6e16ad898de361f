"""When an entry is to be done: spans, proposed days, quotas, what is late or due soon; pure.

``feed`` alone writes a file, the .ics of an office.
"""

from broadcasts.calendar.periods import spans
from broadcasts.calendar.proposing import Proposal, SlotFlag, WorkingDays, propose
from broadcasts.calendar.standing import Quota, Slot, SlotStatus, Standing, quotas, standing

__all__ = [
    "Proposal",
    "Quota",
    "Slot",
    "SlotFlag",
    "SlotStatus",
    "Standing",
    "WorkingDays",
    "propose",
    "quotas",
    "spans",
    "standing",
]

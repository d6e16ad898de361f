"""What can be dialled in Việt Nam."""

from __future__ import annotations

import re
from typing import Final

# Short numbers (113, 1022), toll-free and shared ones (1800…, 1900…), and nine or ten digits
# behind 0 or +84.
DIALLED: Final = re.compile(r"1\d{2,4}|1[89]00\d{4,6}|(?:0|\+84)\d{9,10}")
SEPARATING: Final = re.compile(r"[;,/]")
WRITTEN_BETWEEN: Final = re.compile(r"[\s.()-]")


def is_telephone(text: str) -> bool:
    """Tell whether ``text`` is one number to dial, or several with a sign between."""
    return all(DIALLED.fullmatch(WRITTEN_BETWEEN.sub("", part)) for part in SEPARATING.split(text))

"""Forms by the short name printed on them (“CT01”): which procedures ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from knowledge.models import Procedure
from knowledge.text import fold

_SHORT_NAME: Final = re.compile(r"(?<![\w/.-])[A-ZĐ]{1,4}\d{1,3}[a-z]?(?![\w/.-])")


def forms_of(procedures: Iterable[Procedure]) -> Mapping[str, tuple[str, ...]]:
    """Give, for each form's folded short name, the codes of the procedures, most asked first."""
    asking: dict[str, list[str]] = {}
    for procedure in sorted(procedures, key=lambda one: (-one.popularity, one.code)):
        named = " ".join(paper.form for paper in procedure.papers)
        for name in dict.fromkeys(map(fold, _SHORT_NAME.findall(named))):
            asking.setdefault(name, []).append(procedure.code)
    return {name: tuple(codes) for name, codes in asking.items()}

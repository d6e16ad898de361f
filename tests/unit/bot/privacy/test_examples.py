"""What citizens write keeps all but their personal data."""

from __future__ import annotations

import pytest

from bot.privacy import mask
from tests.unit.bot.privacy import EXAMPLES


@pytest.mark.parametrize(
    ("typed", "kept"), [example for module in EXAMPLES for example in module.HIDDEN]
)
def test_personal_data_is_hidden(typed: str, kept: str) -> None:
    assert mask(typed).text == kept


@pytest.mark.parametrize("typed", [example for module in EXAMPLES for example in module.STAYS])
def test_what_is_no_personal_data_stays(typed: str) -> None:
    assert mask(typed).text == typed

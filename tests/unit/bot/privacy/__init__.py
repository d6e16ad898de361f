"""What is hidden and what stays, by what the text tells."""

from tests.unit.bot.privacy import (
    accounts,
    general,
    homes,
    names,
    numbers,
    persons,
    told,
    villages,
)

EXAMPLES = (accounts, general, homes, names, numbers, persons, told, villages)

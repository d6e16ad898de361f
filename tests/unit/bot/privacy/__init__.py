"""What is hidden and what stays, by what the text tells."""

from tests.unit.bot.privacy import general, homes, names, numbers, persons, told

EXAMPLES = (general, homes, names, numbers, persons, told)

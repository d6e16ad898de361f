"""The values behind the buttons of feedback, and the words on them.

The button of a question names its draft and its step, so a press of an old message is known as
one. No value holds a digit but the number of a case: a choice nobody gave is masked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from bot.conversation.desk import Desk
from bot.conversation.filing.table import STATES
from bot.conversation.filing.talk import Step
from bot.feedback import presses
from bot.feedback.kinds import WITHHELD
from bot.feedback.models import CaseId
from bot.feedback.way_gaps import way_words
from bot.feedback.ways import OVERVIEW
from bot.messages import QuickReply

_DRAFT: Final = "d"
_DEED: Final = "b"
_MARK_LENGTH: Final = 6
_LETTERS: Final = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
# What can be done without a draft, and the label of its button.
DEEDS: Final = {
    "open": "feedback_menu",
    "begin": "feedback_start",
    "this": "feedback_menu",
    "kinds": "feedback_other_kind",
    "leave": "feedback_not_that",
    "resume": "feedback_go_on",
    "drop": "feedback_drop",
    "report_ask": "complaint_as_report",
    "report": "complaint_as_report_press",
    "not_one": "way_not_one",
    "lookup": "feedback_lookup_menu",
    "mine": "feedback_mine_menu",
    "see": "feedback_see",
    "add": "feedback_add",
    "answer": "feedback_answer_yes",
    "withdraw": "feedback_withdraw_yes",
    "unfollow": "feedback_unfollow",
    "export": "data_see",
    "paper": "data_paper",
    "erase": "data_erase",
}
IN_A_MENU: Final = ("open", "lookup")
_WAY: Final = "way"
_MARK: Final = re.compile(rf"[a-p]{{{_MARK_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Press:
    """A press on a button of a draft: of which one, at which question, which choice."""

    mark: str
    step: str
    choice: str


def mark_of(reference: str) -> str:
    """Give what tells one draft's buttons from another's."""
    return sha256(reference.encode()).hexdigest()[:_MARK_LENGTH].translate(_LETTERS)


def value_of(reference: str, step: str, choice: str) -> str:
    """Give the value of a choice at a draft's question."""
    return f"{_DRAFT}:{mark_of(reference)}:{step}:{choice}"


def press_of(value: str) -> Press | None:
    """Read the press of a draft's choice; nothing for any other value."""
    parts = value.split(":")
    known = parts[0] == _DRAFT and len(parts) == len(Press.__slots__) + 1
    return Press(*parts[1:]) if known and _MARK.fullmatch(parts[1]) else None


def deed_value(deed: str, of: str = "") -> str:
    """Give the value that does something without a draft, to the case or page ``of``."""
    return f"{_DEED}:{deed}:{of}" if of else f"{_DEED}:{deed}"


def deed_of(value: str) -> tuple[str, str] | None:
    """Read what to do and to what; nothing for any other value."""
    mark, _, rest = value.partition(":")
    deed, _, of = rest.partition(":")
    of_case = deed in DEEDS and (not of or presses.is_case(of))
    return (deed, of) if mark == _DEED and (deed == _WAY or of_case) else None


def deed_button(desk: Desk, deed: str, of: str = "") -> QuickReply:
    """Give the button that does something."""
    return QuickReply(desk.say(DEEDS[deed]), deed_value(deed, of))


def to_the_office(desk: Desk) -> tuple[QuickReply, ...]:
    """Give the buttons of a menu that begin something with the office, where there is one."""
    return tuple(deed_button(desk, deed) for deed in IN_A_MENU) if desk.office else ()


def way_value(kind: str, page: str) -> str:
    """Give the value that shows a page of a lawful way."""
    return deed_value(_WAY, f"{kind}:{page}")


def opening_value(kind: str) -> str:
    """Give the value that opens a lawful way from elsewhere; within it, pages have their names."""
    return way_value(kind, "")


def reopen_button(desk: Desk, case: CaseId) -> QuickReply:
    """Give the button that opens a case again."""
    return QuickReply(desk.say("reopen_press"), presses.reopening(case))


def level_buttons(desk: Desk, case: CaseId) -> tuple[QuickReply, ...]:
    """Give the buttons that say how satisfied one is with an answer, the best first."""
    levels = reversed(presses.LEVELS)
    return tuple(
        QuickReply(desk.say(f"rating_level_{one}"), presses.rating(case, one)) for one in levels
    )


def feedback_label(value: str, desk: Desk) -> str:
    """Give the words on a button of feedback; nothing for any other."""
    if press := press_of(value):
        return _label_of_choice(press, desk)
    if rated := presses.rated(value):
        return desk.say(f"rating_level_{rated[1]}")
    if presses.reopened(value) is not None:
        return desk.say("reopen_press")
    if published := presses.published(value):
        return desk.say("publish_yes" if published[1] else "publish_no")
    deed = deed_of(value)
    if deed is None:
        return ""
    return _label_of_page(deed[1]) if deed[0] == _WAY else desk.say(DEEDS[deed[0]])


def _label_of_choice(press: Press, desk: Desk) -> str:
    if press.step not in set(Step):
        return ""
    key = STATES[Step(press.step)].choices.get(press.choice, "")
    return choice_label(desk, key, press.choice) if key else ""


def choice_label(desk: Desk, key: str, choice: str) -> str:
    """Give the words on a choice; one of several has its number at the end of its name."""
    number = choice.rpartition("-")[2]
    return desk.say(key, number=number)


def _label_of_page(of: str) -> str:
    kind, _, page = of.partition(":")
    known = kind in set(WITHHELD)
    return str(way_words()["pages"].get(page or OVERVIEW, "")) if known else ""

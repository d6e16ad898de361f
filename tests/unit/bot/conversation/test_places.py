"""Which offices are near, and which of them is named."""

from __future__ import annotations

from bot.conversation.places import Places
from knowledge.models import Office, OfficeCode
from knowledge.text import words


def an_office(code: str, parent: str, name: str, *aliases: str) -> Office:
    return Office(
        code=OfficeCode(code), name=name, province="35",
        parent=OfficeCode(parent) if parent else None, aliases=aliases,
    )  # fmt: skip


OFFICES = (
    an_office("tinh", "", "UBND tỉnh"),
    an_office("so", "tinh", "Sở Nội vụ"),
    an_office("xa-a", "tinh", "UBND xã An", "xã An"),
    an_office("ca-a", "xa-a", "Công an xã An", "công an xã"),
    an_office("to-a", "ca-a", "Tổ cấp căn cước"),
    an_office("xa-b", "tinh", "UBND xã Bình"),
    an_office("ca-b", "xa-b", "Công an xã Bình", "công an xã"),
)


def near(home: str) -> set[str]:
    return {place.code for _, place in Places.near(OFFICES, home).names}


def test_near_are_those_below_those_above_and_their_units() -> None:
    assert near("xa-a") == {"xa-a", "ca-a", "to-a", "tinh", "so", "xa-b"}
    assert near("tinh") == {office.code for office in OFFICES}


def test_parents_in_a_circle_end() -> None:
    circle = (an_office("a", "b", "Một"), an_office("b", "a", "Hai"))
    assert len(Places.near(circle, "a").names) == 2


def test_the_longest_name_that_was_said_counts() -> None:
    places = Places.near(OFFICES, "xa-a")
    said = words("địa chỉ công an phường An ở đâu")
    assert places.named(said) == (OFFICES[3], "cong an xa an")
    assert places.named(words("công an xã mấy giờ")) == (OFFICES[3], "cong an xa")
    assert places.named(words("làm khai sinh")) == (None, "")


def test_without_offices_none_is_named() -> None:
    assert Places.near((), "").named(["xa"]) == (None, "")

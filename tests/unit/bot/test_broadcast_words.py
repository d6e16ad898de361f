"""What is typed after ``broadcast create`` and ``start`` is read as it is meant, or refused."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.clock import VIETNAM
from bot.commands.broadcast.reading import timetable_of, wish_of
from bot.commands.broadcast.typed import Typed, When
from bot.commands.wording import words
from bot.errors import CannotBegin
from bot.officials.permissions import Action
from broadcasts.composing.kinds import kinds
from broadcasts.models import ReaderKind, Route
from broadcasts.schedule.models import OffDays
from broadcasts.state import State
from tests.conftest import NOON


def test_a_text_is_read_with_all_its_parts(tmp_path: Path) -> None:
    file = tmp_path / "tin.txt"
    file.write_text("\ufeffDòng một\n\nDòng hai\n", encoding="utf-8")
    wish = wish_of(
        Typed(
            title="Tin",
            file=file,
            audience="officials",
            topics=("khac",),
            channels=("zalo", "web", "zalo_cs"),
            buttons=(" Mở | https://xa.vn/?a=b|c",),
            fills=("{gio}= 8 giờ", "ngay=mai"),
            slot=3,
        ),
        "xa",
    )
    assert wish.text.body == "Dòng một\n\nDòng hai"
    (button,) = wish.text.buttons
    assert (button.label, button.address) == ("Mở", "https://xa.vn/?a=b|c")
    assert wish.variables == {"gio": "8 giờ", "ngay": "mai"}
    assert wish.audience.offices == ("xa",)
    assert wish.audience.kinds == (ReaderKind.OFFICIAL,)
    assert wish.audience.routes == (
        Route.ZALO_ARTICLE,
        Route.ZALO_CS,
        Route.ZALO_TEMPLATE,
        Route.WEB,
    )
    assert (wish.kind, wish.slot) == ("khac", 3)


def test_a_kind_without_a_text_gives_its_template_and_its_readers() -> None:
    wish = wish_of(Typed(kind="tthc_moi"), "xa")
    kind = kinds()["tthc_moi"]
    assert (wish.text.title, wish.text.body) == (kind.title, kind.body)
    assert wish.audience.kinds == (ReaderKind.CITIZEN,)
    assert wish_of(Typed(kind="tthc_moi", text="Lời"), "xa").text.title == ""


def test_a_time_is_viet_nams() -> None:
    told = timetable_of(When(at="2026-12-01 08:00", grace=0, off_days="next"), NOON)
    assert told.starts_at == datetime(2026, 12, 1, 8, 0, tzinfo=VIETNAM)
    assert (told.grace_minutes, told.off_days) == (0, OffDays.NEXT)
    assert timetable_of(When(), NOON).starts_at == NOON
    repeated = timetable_of(When(rrule="FREQ=WEEKLY", until="2026-12-31"), NOON)
    assert repeated.rrule == "FREQ=WEEKLY;UNTIL=20261231"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"text": "a", "file": Path("b")}, "Chỉ dùng một trong hai"),
        ({"file": Path("khong-co.txt")}, "Không đọc được tệp khong-co.txt"),
        ({"audience": "everyone"}, "Không có đối tượng everyone"),
        ({"channels": ("fax",)}, "Không có kênh fax"),
        ({"buttons": ("https://xa.vn",)}, "Nút ghi là"),
        ({"fills": ("gio",)}, "Chỗ trống điền là"),
        ({"urgent": True, "reason": " "}, "Tin khẩn cần lý do"),
    ],
)
def test_a_text_that_is_not_understood_is_refused(typed: dict[str, Any], wrong: str) -> None:
    with pytest.raises(CannotBegin, match=wrong):
        wish_of(Typed(**typed), "xa")


@pytest.mark.parametrize(
    ("when", "wrong"),
    [
        ({"at": "mai"}, "Không đọc được giờ mai"),
        ({"rrule": "FREQ=DAILY", "until": "Tết"}, "Không đọc được ngày Tết"),
        ({"until": "2026-12-31"}, "chỉ dùng cùng quy tắc lặp"),
        ({"off_days": "work"}, "không có work"),
    ],
)
def test_a_time_that_is_not_understood_is_refused(when: dict[str, Any], wrong: str) -> None:
    with pytest.raises(CannotBegin, match=wrong):
        timetable_of(When(**when), NOON)


def test_each_state_and_each_right_has_its_words() -> None:
    told = words("broadcast")
    assert {f"state_{one}" for one in State} <= told.keys()
    news = {f"act_{one}" for one in Action if one.startswith("news_")}
    assert news <= told.keys()

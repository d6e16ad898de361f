"""News warn of people's data and of a sample's, not of what an office tells everybody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.newsroom.approving import look_over
from bot.newsroom.realm import Realm
from bot.officials.office_entries import Stood
from broadcasts.composing.checking import Finding
from broadcasts.models import Audience, BroadcastId, BroadcastStatus, Button, NewsText
from broadcasts.texts import Broadcast, Version
from knowledge.models import Hotline, OfficeCode, Snapshot
from tests.conftest import NOON
from tests.fakes.newsroom import OFFICES, TET

HOTLINE = Hotline(
    name="Trực ban", phone="0256 3888 999; 0912 345 678", purpose="Bão, lũ", aliases=(),
    source=TET.source, office=OfficeCode("xa"),
)  # fmt: skip
SAMPLE = replace(
    OFFICES[1], code=OfficeCode("mau"), sample=True, phone="(số mẫu) 02x 0000 005",
    address="Thôn Mẫu 1, xã Mẫu (địa chỉ mẫu)", map_url="https://example.com/mau",
)  # fmt: skip


def found(body: str, *buttons: Button) -> dict[str, Finding]:
    snapshot = Snapshot(procedures=(), offices=(*OFFICES, SAMPLE), hotlines=(HOTLINE,))
    realm = Realm.of(snapshot, Stood(entries=()))
    text = NewsText(title="Tin", body=body, buttons=buttons)
    broadcast = Broadcast(
        id=BroadcastId(1), office="xa", kind="khac", title=text.title, version=1, urgent=True,
        status=BroadcastStatus.DRAFT, author=1, entry=None, slot=None, made_at=NOON,
        changed_at=NOON,
    )  # fmt: skip
    version = Version(
        broadcast=broadcast.id, number=1, text=text, audience=Audience(offices=("xa",)),
        variables={}, digest="", author=1, made_at=NOON, frozen_at=None,
    )  # fmt: skip
    return {one.code: one for one in look_over(realm, broadcast, version)}


@pytest.mark.parametrize(
    "number",
    [
        "0256 3888 999",
        "02563888999",
        "0256.3888.999",
        "(0256) 3888-999",
        "0912345678",
        "0200000001",
    ],
)
def test_an_offices_number_is_no_personal_data_however_it_is_typed(number: str) -> None:
    assert "personal" not in found(f"Bão số 5. Khẩn cấp gọi {number}.")


@pytest.mark.parametrize("number", ["0912 345 679", "0987654321", "0256 3888 998"])
def test_another_number_is_warned_of(number: str) -> None:
    assert "personal" in found(f"Bão số 5. Gọi 0256 3888 999 hoặc anh Nam {number}.")


@pytest.mark.parametrize(
    "body",
    ["Gọi (số mẫu) 02x 0000 005.", "Gọi 02x 0000 005.", "Mời đến Thôn Mẫu 1, xã Mẫu."],
)
def test_what_is_left_of_the_sample_is_warned_of(body: str) -> None:
    warned = found(body)["sample"]
    assert not warned.blocking
    assert "Mẫu" in warned.message or "02x" in warned.message


def test_a_button_to_the_samples_map_is_warned_of() -> None:
    assert "sample" in found(
        "Mời bà con đến.", Button(label="Bản đồ", address="https://example.com/mau")
    )


def test_real_data_is_no_sample() -> None:
    assert "sample" not in found("Mời đến Thôn Một, gọi 0200 000 002.")

"""An official sees a reply as each channel shows it."""

from __future__ import annotations

from bot.console.knowledge.preview import previews
from bot.messages import ChannelName, QuickReply, Reply

CHOICES = (QuickReply("Lệ phí", "fee"), QuickReply("Giấy tờ", "papers"))


def test_on_zalo_a_long_reply_comes_in_pieces_with_its_choices_by_number() -> None:
    long = Reply("Hồ sơ nộp tại bộ phận một cửa. " * 100, CHOICES)
    shown = {one.channel: one for one in previews([Reply("Chào bạn."), long])}
    zalo, telegram = shown[ChannelName.ZALO], shown[ChannelName.TELEGRAM]
    assert zalo.messages[0] == "Chào bạn."
    assert zalo.messages[-1].endswith("\n1. Lệ phí\n2. Giấy tờ")
    assert zalo.choices == ()
    assert 1_000 < zalo.longest <= 1_900
    assert telegram.choices == ("Lệ phí", "Giấy tờ")

"""Random talk about feedback: it never breaks off, asks one thing at a time and loses nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.feedback.wishes import Copy, Data, Drop, File
from bot.messages import MessageKind
from tests.fakes.feedback_talk import FeedbackTalk

SECRET = "hối lộ"
SAID = (
    "rác đổ đầy đầu ngõ mấy hôm nay",
    "phản ánh",
    "đầu ngõ 12 đường Lê Lợi",
    "hôm qua",
    "0",
    "thôi",
    "menu",
    "viết tiếp",
    "việc của tôi",
    "dữ liệu của tôi",
    "xóa dữ liệu",
    "đăng ký khai sinh cần giấy tờ gì?",
    "xin chào",
    "có",
    "không",
    "đồng ý",
    "Nguyễn Thị Hoa",
    "0912345678",
    "001099012345",
    f"tố cáo chủ tịch xã nhận {SECRET}",
    "tôi muốn khiếu nại",
    "cán bộ một cửa hách dịch quá",
    "đm mày",
    "tra cứu PA-2222-2222-2",
    "1",
    "2",
    "3",
    "9",
    "",
)
MOVES = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(SAID)),
    st.tuples(st.just("say"), st.text(max_size=40)),
    st.tuples(st.just("press"), st.integers(0, 7)),
    st.tuples(st.just("press old"), st.integers(0, 40)),
    st.tuples(st.just("photo"), st.just(0)),
    st.tuples(st.just("voice"), st.just(0)),
    st.tuples(st.just("pin"), st.just(0)),
    st.tuples(st.just("wait"), st.integers(1, 12)),
)


@pytest.mark.parametrize("buttons", [True, False])
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(moves=st.lists(MOVES, max_size=14))
def test_random_talk(desk: Desk, moves: list[tuple[str, object]], *, buttons: bool) -> None:
    talk, shown = FeedbackTalk(desk, buttons=buttons), ["none"]
    after = timedelta(minutes=1)
    for move, what in moves:
        before = talk.draft
        if move == "wait":
            after = timedelta(days=int(str(what)))
            continue
        _do(talk, move, what, shown, after)
        after = timedelta(minutes=1)
        shown += [one.value for one in talk.choices]
        assert talk.last is not None
        # What comes of wishes about data is said where it is done.
        assert talk.text.strip() or any(isinstance(one, Copy | Data) for one in talk.last.wishes)
        if talk.last.outcome is Outcome.FEEDBACK:
            assert talk.text.count("?") <= 1, talk.text
        ended = any(isinstance(one, Drop | File) for one in talk.last.wishes)
        assert before is None or ended or talk.draft is not None
        kept = talk.draft.to_json().decode() if talk.draft else ""
        assert SECRET not in talk.text + kept


def _do(talk: FeedbackTalk, move: str, what: object, shown: list[str], after: timedelta) -> None:
    match move:
        case "say":
            talk.says(str(what), after=after)
        case "press":
            choices = talk.choices
            value = choices[int(str(what)) % len(choices)].value if choices else "none"
            talk.presses(value, after=after)
        case "press old":
            talk.presses(shown[int(str(what)) % len(shown)], after=after)
        case "photo":
            talk.sends_photo()
        case "pin":
            talk.shows_place(21.0, 105.0)
        case _:
            talk.sends(MessageKind.VOICE)

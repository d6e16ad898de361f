"""Receiving news is agreed to in plain words, chosen by topic and ended by one exact word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.desk import Desk
from bot.conversation.errands import Errand
from bot.conversation.held import silenced
from bot.conversation.news import AGREE, ALL, BACK, CHOOSE, DECLINE, NEWS, STOP, TOPIC
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.state import from_json, to_json
from bot.conversation.turn import ConversationState, TurnResult
from bot.conversation.withholding import kept
from bot.messages import ChannelName, MessageKind
from bot.officials.office_entries import Entry, Stood
from broadcasts.models import SubscriberStatus
from broadcasts.reading import Subscription, topics
from tests.conftest import NOON
from tests.factories import a_citizen, a_message
from tests.unit.bot.conversation.test_follow_ups import talk

READS = ConversationState(news=Subscription(status=SubscriberStatus.ACTIVE))
LEFT = ConversationState(news=Subscription(status=SubscriberStatus.OPTED_OUT))
FIRST, SECOND = (topic.code for topic in topics()[:2])


def pressed(desk: Desk, value: str, state: ConversationState) -> TurnResult:
    message = a_message(value, kind=MessageKind.CHOICE)
    return Conversation(desk).answer(message, state, now=NOON)


def values(result: TurnResult) -> list[str]:
    return [choice.value for choice in result.replies[-1].choices]


@pytest.mark.parametrize(
    "said",
    [
        "đăng ký nhận tin",
        "dang ky nhan tin",
        "NHẬN TIN",
        "theo dõi tin",
        "cho tôi đăng ký nhận tin ạ",
    ],
)
def test_who_asks_for_news_is_told_what_is_kept_and_asked_whether_they_agree(
    desk: Desk, said: str
) -> None:
    offered = talk(desk, said)
    assert offered.outcome is Outcome.NEWS
    assert values(offered) == [AGREE, DECLINE]
    assert "chỉ để gửi tin" in offered.replies[0].text
    assert "DỪNG" in offered.replies[0].text
    assert offered.errand is None
    assert offered.news is None


@pytest.mark.parametrize("said", ["1", "đồng ý", "dong y", "vâng ạ", "ok", "Đồng ý nhận tin"])
def test_only_who_says_yes_receives_news(desk: Desk, said: str) -> None:
    offered = talk(desk, "nhận tin")
    result = talk(desk, said, state=offered.state)
    assert result.errand is Errand.NEWS
    assert result.news == Subscription(status=SubscriberStatus.ACTIVE)
    assert result.agreement is not None
    assert offered.replies[0].text in result.agreement.words
    assert values(result) == [CHOOSE, STOP]


@pytest.mark.parametrize("said", ["hồ sơ cần gì", "bao lâu", "nhận", "không phải", "co"])
def test_what_is_no_clear_yes_subscribes_nobody(desk: Desk, said: str) -> None:
    """A bare “co” typed without marks is a yes; nothing that only sounds like one is."""
    result = talk(desk, said, state=talk(desk, "nhận tin").state)
    assert (result.errand is Errand.NEWS) is (said in {"nhận", "co"})


@pytest.mark.parametrize("said", ["2", "không", "thôi", "Không nhận"])
def test_who_declines_is_asked_no_more(desk: Desk, said: str) -> None:
    result = talk(desk, said, state=talk(desk, "nhận tin").state)
    assert (result.outcome, result.errand, result.news) == (Outcome.NEWS, None, None)
    assert result.state.offered == ()


@pytest.mark.parametrize(
    "said", ["DỪNG", "dừng", "dung", "Dung.", "HỦY", "huỷ", "huy", "STOP", "/stop", "ngừng nhận",
             "NGỪNG NHẬN TIN", "hủy nhận tin", "dung tin", "  dừng   nhận tin!  "]
)  # fmt: skip
def test_an_exact_word_ends_the_news(desk: Desk, said: str) -> None:
    result = talk(desk, said, state=READS)
    assert result.errand is Errand.NEWS
    assert result.news is not None
    assert result.news.status is SubscriberStatus.OPTED_OUT
    assert "BẬT LẠI" in result.replies[0].text
    assert len(result.replies) == 1


@pytest.mark.parametrize(
    "said",
    ["đúng", "đừng", "dũng", "Huy", "tôi muốn hủy hồ sơ", "hủy kết hôn", "dừng kinh doanh",
     "đúng rồi", "tạm ngừng kinh doanh", "stop là gì"],
)  # fmt: skip
def test_a_sentence_or_another_word_ends_nothing(desk: Desk, said: str) -> None:
    if said == "Huy":
        # Typed without marks it may be the word.
        said = "anh Huy"
    result = talk(desk, said, state=READS)
    assert result.errand is not Errand.NEWS
    assert result.state.news == READS.news


@pytest.mark.parametrize("said", ["dừng lại", "hủy đăng ký", "hủy hồ sơ"])
def test_for_who_never_had_news_the_words_mean_what_they_always_mean(
    desk: Desk, said: str
) -> None:
    result = talk(desk, said)
    assert result.outcome is not Outcome.NEWS
    assert result.errand is None


@pytest.mark.parametrize("said", ["hủy nhận tin", "STOP", "/stop", "dừng", "hủy"])
def test_who_has_none_is_told_so(desk: Desk, said: str) -> None:
    result = talk(desk, said)
    assert (result.outcome, result.errand) == (Outcome.NEWS, None)
    assert "chưa đăng ký" in result.replies[0].text
    assert values(result) == [NEWS]


def test_beside_an_open_choice_a_bare_word_of_who_has_none_is_no_word_about_news(
    desk: Desk,
) -> None:
    menu = talk(desk, "menu")
    assert talk(desk, "hủy", state=menu.state).outcome is not Outcome.NEWS


def test_who_takes_up_what_they_never_had_is_asked_whether_they_agree(desk: Desk) -> None:
    result = talk(desk, "BẬT LẠI")
    assert values(result) == [AGREE, DECLINE]
    assert result.news is None


def test_who_is_reached_elsewhere_too_is_told_so(desk: Desk) -> None:
    news = Subscription(status=SubscriberStatus.ACTIVE, elsewhere=True)
    result = talk(desk, "dừng", state=ConversationState(news=news))
    assert result.errand is Errand.NEWS
    assert "ở một nơi khác" in result.replies[0].text


@pytest.mark.parametrize("said", ["BẬT LẠI", "bat lai", "bật lại tin"])
def test_who_stopped_takes_the_news_up_again_with_the_same_topics(desk: Desk, said: str) -> None:
    news = Subscription(status=SubscriberStatus.OPTED_OUT, topics=(FIRST,))
    result = talk(desk, said, state=replace(LEFT, news=news))
    assert result.news == replace(news, status=SubscriberStatus.ACTIVE)
    assert result.agreement is not None


def test_days_later_the_word_counts_all_the_same(desk: Desk) -> None:
    stopped = talk(desk, "dừng", state=READS, pause=timedelta(days=9))
    assert stopped.news is not None
    later = replace(from_json(to_json(stopped.state)), news=stopped.news)
    assert talk(desk, "bật lại", state=later, pause=timedelta(days=9)).errand is Errand.NEWS


@pytest.mark.parametrize("said", ["dừng nhận tin", "dung", "DỪNG", "HỦY", "stop", "hủy đăng ký"])
def test_who_stopped_twice_is_told_since_when_and_nothing_is_written(
    desk: Desk, said: str
) -> None:
    news = Subscription(status=SubscriberStatus.OPTED_OUT, since=NOON - timedelta(days=2))
    result = talk(desk, said, state=ConversationState(news=news))
    assert (result.outcome, result.errand) == (Outcome.NEWS, None)
    assert "đã dừng nhận tin từ ngày 18/11/2026" in result.replies[0].text
    assert values(result) == [BACK]


def test_topics_are_chosen_one_by_one_and_taken_back_by_the_same_number(desk: Desk) -> None:
    shown = pressed(desk, CHOOSE, READS)
    assert values(shown) == [*(f"{TOPIC}{one.code}" for one in topics()), ALL, STOP]
    one = talk(desk, "1", state=shown.state)
    assert one.news == Subscription(status=SubscriberStatus.ACTIVE, topics=(FIRST,))
    assert one.replies[0].choices[0].label.startswith("✓")
    two = talk(desk, "2", state=one.state)
    assert two.news is not None
    assert two.news.topics == (FIRST, SECOND)
    assert topics()[1].label in two.replies[0].text
    back = talk(desk, topics()[0].label, state=two.state)
    assert back.news is not None
    assert back.news.topics == (SECOND,)
    every = pressed(desk, ALL, back.state)
    assert every.news is not None
    assert every.news.topics == ()


@pytest.mark.parametrize("value", [CHOOSE, ALL, f"{TOPIC}van_ban_moi"])
def test_an_old_button_subscribes_nobody(desk: Desk, value: str) -> None:
    for state in (ConversationState(), LEFT):
        result = pressed(desk, value, state)
        assert result.errand is None
        assert values(result) == [AGREE, DECLINE]
    assert pressed(desk, f"{TOPIC}gone", READS).errand is None


def test_who_asks_again_is_told_what_they_receive(desk: Desk) -> None:
    result = talk(desk, "nhận tin", state=READS)
    assert values(result) == [CHOOSE, STOP]
    assert "mọi loại tin" in result.replies[0].text
    assert values(talk(desk, "bật lại", state=READS)) == [CHOOSE, STOP]


def test_the_menu_offers_news(desk: Desk) -> None:
    menu = talk(desk, "menu")
    assert values(menu)[-1] == NEWS
    assert values(pressed(desk, NEWS, menu.state)) == [AGREE, DECLINE]


def test_news_are_ended_where_nobody_is_served_and_in_an_officers_talk(desk: Desk) -> None:
    office = desk.office.code if desk.office else ""
    conversation = Conversation(desk)
    trial = Entry(office=office, key="trial", value={"on": True, "code": "thu-x"})
    conversation.stand(Stood(entries=(trial,)))
    message = a_message("dừng")
    stopped = conversation.answer(message, READS, now=NOON)
    assert stopped.errand is Errand.NEWS
    assert silenced(stopped, message, READS) == stopped
    asked = conversation.answer(a_message("nhận tin"), ConversationState(), now=NOON)
    assert asked.outcome is Outcome.CLOSED
    agreed = talk(desk, "1", state=talk(desk, "nhận tin").state)
    assert silenced(agreed, a_message("1"), ConversationState()).errand is None


def test_the_page_of_the_web_says_where_news_appear(desk: Desk) -> None:
    there = a_message("nhận tin", address=a_citizen("7", ChannelName.TELEGRAM))
    told = Conversation(desk).answer(there, ConversationState(), now=NOON)
    assert "trên máy này" in talk(desk, "nhận tin").replies[0].text
    assert "trên máy này" not in told.replies[0].text


def test_without_an_office_there_is_no_news(desk: Desk) -> None:
    nowhere = replace(desk, office=None)
    for value in (NEWS, AGREE):
        assert pressed(nowhere, value, ConversationState()).errand is None
    assert NEWS not in values(talk(nowhere, "menu"))


def test_choices_about_news_are_kept_as_they_are(desk: Desk) -> None:
    for value in (NEWS, AGREE, STOP, f"{TOPIC}{FIRST}"):
        assert kept(a_message(value, kind=MessageKind.CHOICE), desk).text == value


def test_what_is_received_stands_in_no_json() -> None:
    assert from_json(to_json(READS)) == ConversationState()


@pytest.mark.parametrize(
    "said", ["xong", "Xong rồi ạ", "thôi", "ok", "đủ rồi", "du roi", "được rồi"]
)
def test_who_has_chosen_kinds_of_news_says_so(desk: Desk, said: str) -> None:
    choosing = pressed(desk, f"{TOPIC}{FIRST}", READS)
    assert "XONG" in choosing.replies[0].text
    state = replace(choosing.state, news=choosing.news)
    ended = Conversation(desk).answer(a_message(said), state, now=NOON)
    assert ended.outcome is Outcome.NEWS
    assert topics()[0].label in ended.replies[0].text
    assert not ended.replies[-1].choices
    assert ended.news is None
    again = Conversation(desk).answer(a_message("1"), ended.state, now=NOON)
    assert again.outcome is not Outcome.NEWS


def test_who_chooses_no_news_says_something_else_by_the_same_words(desk: Desk) -> None:
    said = Conversation(desk).answer(a_message("ok"), READS, now=NOON)
    assert said.outcome is not Outcome.NEWS


def test_where_no_news_go_none_are_promised(desk: Desk) -> None:
    muted = replace(desk, muted=frozenset({ChannelName.WEB}))
    for said in ("đăng ký nhận tin", "nhận tin"):
        told = talk(muted, said)
        assert told.outcome is Outcome.NEWS
        assert "chưa gửi tin được" in told.replies[-1].text
        assert told.news is None
    for value, state in ((AGREE, ConversationState()), (BACK, LEFT), (NEWS, READS)):
        told = pressed(muted, value, state)
        assert "chưa gửi tin được" in told.replies[-1].text
        assert (told.news, told.agreement) == (None, None)
    assert NEWS in values(talk(desk, "menu"))
    assert NEWS not in values(talk(muted, "menu"))

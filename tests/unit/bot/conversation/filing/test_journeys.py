"""Whole talks about feedback, with buttons and by typed numbers alone, through restarts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.zalo.events import Shared
from bot.conversation.desk import Desk
from bot.conversation.filing.talk import Step
from bot.conversation.outcomes import Outcome
from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Contact, Place, Result
from bot.feedback.moves import CaseState
from bot.feedback.reference import shown
from bot.feedback.views import NearCase
from bot.feedback.wishes import (
    Copy,
    Count,
    Data,
    DataWish,
    Discard,
    Drop,
    File,
    Follow,
    Keep,
    Miss,
    Publish,
    Rate,
    Reopen,
    Say,
    Seal,
    Withdraw,
)
from bot.intake.contacts import answer_of
from bot.messages import ChannelName, MessageKind, Wanted
from bot.officials.office_entries import Entry, Stood
from bot.officials.office_rules import ASK, OFF
from tests.conftest import NOON
from tests.fakes.feedback_talk import FeedbackTalk, of_kind

RUBBISH = "rác đổ đầy đầu ngõ mấy hôm nay"
PLACE = "đầu ngõ 12 đường Lê Lợi"
BOTH = pytest.mark.parametrize("buttons", [True, False], ids=["buttons", "text only"])


def summed_up(talk: FeedbackTalk, *, photo: bool = False) -> FeedbackTalk:
    """Tell of rubbish up to the summary."""
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.says(PLACE)
    if photo:
        talk.sends_photo()
        talk.chooses("Không có giấy")
        talk.chooses("Xong ảnh")
    else:
        talk.chooses("Không có ảnh")
    if talk.channel is not ChannelName.TELEGRAM:
        talk.chooses("Chỉ nhắn tại đây")
    return talk


def filed(desk: Desk, **how: object) -> FeedbackTalk:
    """Give a talk that filed a case."""
    talk = summed_up(FeedbackTalk(desk, **how))  # type: ignore[arg-type]
    talk.chooses("Gửi")
    return talk


@BOTH
@pytest.mark.parametrize("channel", list(ChannelName))
def test_a_report_with_a_photo_is_filed_by_what_is_missing_alone(
    desk: Desk, channel: ChannelName, *, buttons: bool
) -> None:
    talk = summed_up(FeedbackTalk(desk, channel=channel, buttons=buttons), photo=True)
    assert PLACE.rsplit(maxsplit=1)[-1] in talk.text
    assert "mấy hôm nay" in talk.text
    talk.chooses("Gửi")
    (done,) = of_kind(talk.wishes, File)
    assert isinstance(done, File)
    told = done.draft
    assert (told.kind, told.words, told.place.words) == (Kind.REPORT, RUBBISH, PLACE)
    assert (told.happened, told.papers, len(told.files)) == ("mấy hôm nay", False, 1)
    assert told.consent
    assert told.contact.is_empty
    assert "Cán bộ sẽ báo ngày trả lời" in talk.text
    assert talk.draft is None


def test_a_report_is_filed_in_everyday_words_alone(desk: Desk) -> None:
    talk = FeedbackTalk(desk, buttons=False)
    for typed in (
        RUBBISH,
        "dạ đúng rồi",
        "tôi hiểu rồi",
        "ở đầu hẻm chỗ bà Năm",
        "không có hình",
        "không cần gọi đâu",
        "sửa lại",
        "sửa chỗ",
        "gần chợ Bà Năm",
        "ừ gửi đi",
    ):
        talk.says(typed)
    (done,) = of_kind(talk.wishes, File)
    assert isinstance(done, File)
    assert (done.draft.words, done.draft.place.words) == (RUBBISH, "gần chợ Bà Năm")
    assert done.draft.contact.is_empty


def test_a_procedure_spelled_out_is_answered_and_never_put_into_the_matter(desk: Desk) -> None:
    talk = summed_up(FeedbackTalk(desk))
    talk.says("à mà lam giay khai sinh cho con can gi")
    assert "ĐĂNG KÝ KHAI SINH" in talk.text
    assert talk.draft is not None
    assert (talk.draft.words, talk.draft.resting) == (RUBBISH, True)
    talk.says("viết tiếp")
    assert "Xin bà con xem lại" in talk.text


@pytest.mark.parametrize("typed", ["đừng gọi", "dung goi nha"])
def test_who_wants_no_call_is_not_taken_for_somebody_in_danger(desk: Desk, typed: str) -> None:
    talk = FeedbackTalk(desk, buttons=False)
    for said in (RUBBISH, "đúng", "rõ rồi", PLACE, "không có ảnh", typed):
        talk.says(said)
    assert "Xin bà con xem lại" in talk.text


def test_a_place_told_where_a_time_was_asked_is_the_place(desk: Desk) -> None:
    talk = FeedbackTalk(desk, buttons=False)
    for typed in ("đèn đường hẻm 45 hỏng", "đúng", "đồng ý", "hẻm 45 đường Nguyễn Trãi"):
        talk.says(typed)
    assert talk.text == "Việc này có từ lúc nào?"
    talk.says("hổm rày")
    assert talk.draft is not None
    told = (talk.draft.place.words, talk.draft.happened)
    assert told == ("hẻm 45 đường Nguyễn Trãi", "hổm rày")


def test_names_hidden_in_the_summary_are_told_in_vietnamese(desk: Desk) -> None:
    talk = FeedbackTalk(desk, buttons=False)
    for typed in ("phản ánh", "khen", "đồng ý", "khen chị Lan một cửa nhiệt tình"):
        talk.says(typed)
    assert "[tên]" in talk.text
    assert "[name]" not in talk.text


def test_a_case_shown_is_added_to_and_withdrawn_in_words(desk: Desk) -> None:
    talk = filed(desk)
    talk.says("việc của tôi")
    talk.says("1")
    talk.says("thêm ảnh")
    assert talk.draft is not None
    assert talk.draft.step == "adding"
    talk.says("thôi")
    talk.says("việc của tôi")
    talk.says("1")
    talk.says("rút")
    assert "rút" in talk.text
    talk.says("dạ rút đi")
    assert of_kind(talk.wishes, Withdraw)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("không phải", "Đã bỏ"), ("khỏi", "Đã bỏ"), ("loại khác", "Chọn một mục")],
)
def test_what_it_is_taken_for_is_turned_down_in_words(desk: Desk, typed: str, told: str) -> None:
    talk = FeedbackTalk(desk, buttons=False)
    talk.says(RUBBISH)
    talk.says(typed)
    assert told in talk.text


def test_a_day_that_may_be_told_is_told(desk: Desk) -> None:
    talk = filed(desk, promise=NOON + timedelta(days=7))
    assert "Hẹn trả lời: 12:00, 27/11/2026" in talk.text


@BOTH
def test_all_that_was_told_at_once_is_not_asked_again(desk: Desk, *, buttons: bool) -> None:
    talk = FeedbackTalk(desk, buttons=buttons)
    talk.says("đèn đường trước số 45 đường Trần Phú hỏng từ tối qua")
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    assert "ảnh" in talk.text
    assert talk.draft is not None
    assert (talk.draft.place.words, talk.draft.happened) == (
        "trước số 45 đường Trần Phú",
        "tối qua",
    )


def test_the_menu_leads_to_every_kind(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says("menu")
    talk.chooses("Gửi phản ánh")
    assert [one.label for one in talk.choices][:2] == [
        "Chuyện ngoài đường, trong xóm",
        "Thái độ, cách phục vụ",
    ]
    talk.chooses("Thủ tục, quy định")
    talk.chooses("Tôi đã rõ")
    talk.says("giấy xác nhận cư trú bắt nộp hai bản, quy định rườm rà quá")
    assert "cần có tên, địa chỉ, điện thoại" in talk.text
    talk.chooses("Có nêu tên")
    talk.says("Nguyễn Thị Hoa")
    talk.says("0912 345 678")
    talk.says("số 5 thôn 2")
    assert "họ tên, số điện thoại, địa chỉ" in talk.text
    assert "0912" not in "".join(talk.told)
    assert not any("Nguyễn Thị Hoa" in one for one in talk.told[-3:])
    talk.chooses("Gửi")
    (done,) = of_kind(talk.wishes, File)
    assert isinstance(done, File)
    assert (done.draft.contact.phone, done.draft.contact.name) == ("0912345678", "Nguyễn Thị Hoa")
    assert "đã tiếp nhận" in talk.text


def test_a_matter_of_rules_without_a_name_is_kept_as_a_tip(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says("phản ánh")
    talk.chooses("Thủ tục, quy định")
    talk.chooses("Tôi đã rõ")
    talk.says("mẫu đơn mới khó hiểu quá, dân không điền được")
    talk.chooses("Không nêu tên")
    talk.chooses("Gửi")
    assert "tin báo không nêu tên" in talk.text


def test_who_goes_on_telling_instead_of_pressing_is_heard(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says("tôi muốn phản ánh")
    talk.says("cột đèn ở thôn 3 sắp đổ mấy hôm nay")
    talk.says(PLACE)
    assert talk.draft is not None
    assert talk.draft.words.startswith("cột đèn")
    assert talk.draft.consent


def test_photos_of_papers_are_refused_and_erased(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.sends_photo()
    assert "căn cước" in talk.text
    talk.chooses("Có giấy tờ")
    assert of_kind(talk.wishes, Discard) == [Discard((1003,))]
    assert talk.draft is not None
    assert talk.draft.files == ()
    assert "Việc này ở đâu" in talk.text


def test_an_album_is_asked_about_once(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.sends_photo(album="a")
    assert talk.sends_photo(album="a").replies == ()
    assert talk.draft is not None
    assert len(talk.draft.files) == 2


def test_a_question_says_what_else_it_may_be_answered_by(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    turns = (
        talk.says(RUBBISH),
        talk.chooses("Đúng"),
        talk.chooses("Tôi đã rõ"),
        talk.says(PLACE),
        talk.sends_photo(),
        talk.chooses("Không có giấy"),
    )
    place, photo = (Wanted.PLACE,), (Wanted.PHOTO,)
    assert [turn.replies[-1].wants for turn in turns] == [(), (), place, photo, (), photo]


def test_a_photo_alone_is_not_kept(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.sends_photo()
    assert "chỉ nhận ảnh khi" in talk.text
    assert talk.files == []


def test_a_photo_with_words_begins_a_report(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.sends_photo(RUBBISH)
    talk.chooses("Đúng")
    assert talk.draft is not None
    assert len(talk.draft.files) == 1


def test_a_place_may_be_shown_on_the_map_before_it_is_asked_for(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.shows_place(21.0285, 105.8542)
    assert talk.text.startswith("Tôi đã ghi vị trí bà con gửi.")
    talk.chooses("Tôi đã rõ")
    assert talk.draft is not None
    assert talk.draft.place.latitude == pytest.approx(21.0285)
    assert "ảnh" in talk.text


@BOTH
def test_whoever_reported_it_before_is_joined(desk: Desk, *, buttons: bool) -> None:
    before = NearCase(
        id=CaseId(77),
        topic="khac",
        words="rác đầy đầu ngõ 12",
        place=Place(words="ngõ 12 Lê Lợi"),
        title="Thôn 2",
        received_at=NOON - timedelta(days=1),
    )
    talk = FeedbackTalk(desk, buttons=buttons)
    talk.says(RUBBISH)
    assert talk.draft is not None
    talk.near = (replace(before, topic=talk.draft.topic),)
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.says(PLACE)
    talk.chooses("Không có ảnh")
    talk.chooses("Chỉ nhắn")
    assert "đã có người báo" in talk.text
    assert "rác đầy đầu ngõ 12" not in talk.text
    talk.chooses("Theo dõi vụ 1")
    assert of_kind(talk.wishes, Follow) == [Follow(CaseId(77), on=True)]
    assert not of_kind(talk.wishes, File)


@BOTH
def test_who_follows_days_later_follows_what_was_shown_and_nothing_likelier(
    desk: Desk, *, buttons: bool
) -> None:
    talk = FeedbackTalk(desk, buttons=buttons)
    talk.says(RUBBISH)
    assert talk.draft is not None
    shown = NearCase(
        id=CaseId(77),
        topic=talk.draft.topic,
        words="rác đầy đầu ngõ 12",
        place=Place(words="ngõ 12 Lê Lợi"),
        title="Thôn 2",
        received_at=NOON - timedelta(days=1),
    )
    talk.near = (shown,)
    for label in ("Đúng", "Tôi đã rõ"):
        talk.chooses(label)
    talk.says(PLACE)
    for label in ("Không có ảnh", "Chỉ nhắn"):
        talk.chooses(label)
    likelier = replace(shown, id=CaseId(78), words=RUBBISH, received_at=NOON)
    value, labels = talk.choices[0].value, [one.label for one in talk.choices]
    # It was answered meanwhile, and somebody told of the same: that one is shown, not followed.
    talk.near = (likelier,)
    talk.presses(value) if buttons else talk.says("1")
    assert not of_kind(talk.wishes, Follow)
    assert [one.label for one in talk.choices] == labels
    talk.near = (likelier, shown)
    talk.chooses("Theo dõi vụ 1")
    assert of_kind(talk.wishes, Follow) == [Follow(CaseId(78), on=True)]


@BOTH
def test_an_answer_days_later_an_unhappy_citizen_and_a_reopened_case(
    desk: Desk, *, buttons: bool
) -> None:
    talk = filed(desk, buttons=buttons)
    talk.asked_back("Bãi rác cao chừng mấy mét?")
    talk.says("cao hơn hai mét, tràn ra đường", after=timedelta(days=3))
    assert "Đây là câu trả lời" in talk.text
    talk.chooses("Trả lời vụ này")
    said = Say(case=CaseId(1), words="cao hơn hai mét, tràn ra đường")
    assert of_kind(talk.wishes, Say) == [said]
    talk.answered("Đã dọn sạch.")
    talk.presses("c:rate:1:2", after=timedelta(days=1))
    assert of_kind(talk.wishes, Rate) == [Rate(case=CaseId(1), level=2)]
    talk.chooses("Kết quả chưa được")
    talk.says("vẫn còn một đống lớn")
    rated = of_kind(talk.wishes, Rate)[-1]
    assert rated == Rate(case=CaseId(1), level=2, factor="result", why="vẫn còn một đống lớn")
    talk.chooses("Mở lại vụ này")
    talk.says("rác vẫn còn nguyên đó")
    assert of_kind(talk.wishes, Reopen) == [Reopen(case=CaseId(1), why="rác vẫn còn nguyên đó")]
    assert "Đã mở lại vụ" in talk.text


@BOTH
def test_showing_a_case_to_everybody_is_agreed_to_and_taken_back(
    desk: Desk, *, buttons: bool
) -> None:
    talk = filed(desk, buttons=buttons)
    reference = shown(talk.cases[0].reference)
    talk.presses("c:publish:1:yes")
    assert f"thôi đăng {reference}" in talk.text
    talk.says(f"thôi đăng {reference}")
    assert "không đăng vụ" in talk.text
    talk.presses("c:publish:1:no")
    said = [Publish(CaseId(1), agreed) for agreed in (True, False, False)]
    assert of_kind(talk.wishes, Publish) == said
    # What is somebody else's is nobody else's to show.
    talk.presses("c:publish:2:yes")
    assert of_kind(talk.wishes, Publish) == said


def test_a_number_is_looked_up_and_more_is_added(desk: Desk) -> None:
    talk = filed(desk)
    shown = talk.text.split("Mã của bà con: ")[1].split("\n")[0]
    talk.says(f"tra cứu {shown.lower()}")
    assert "đã tiếp nhận" in talk.text
    talk.says(f"thêm {shown}")
    talk.says("hôm nay còn bốc mùi nữa")
    talk.sends_photo()
    talk.chooses("Không có giấy")
    talk.chooses("Xong")
    words = [one for one in of_kind(talk.wishes, Say) if isinstance(one, Say)]
    assert [(one.words, len(one.files)) for one in words] == [
        ("hôm nay còn bốc mùi nữa", 0),
        ("", 1),
    ]
    talk.says("việc của tôi")
    talk.chooses("PA-")
    talk.chooses("Rút lại")
    talk.chooses("Rút lại")
    assert of_kind(talk.wishes, Withdraw) == [Withdraw(CaseId(1))]


def test_enough_ends_what_was_begun_about_a_case_and_nothing_else(desk: Desk) -> None:
    talk = filed(desk)
    reference = shown(talk.cases[0].reference)
    talk.says(f"thêm {reference}")
    talk.says("hôm nay còn nhiều hơn")
    talk.says("thôi")
    assert "việc của tôi" in talk.text
    assert talk.draft is None
    assert len(of_kind(talk.wishes, Say)) == 1
    talk.says(f"rút {reference}")
    talk.says("thôi")
    assert "Chưa rút gì cả" in talk.text
    assert not of_kind(talk.wishes, Withdraw)


def test_not_erasing_keeps_what_is_being_written(desk: Desk) -> None:
    talk = summed_up(FeedbackTalk(desk))
    talk.says("xóa dữ liệu")
    talk.says("thôi")
    assert "Chưa xóa gì cả" in talk.text
    talk.says("viết tiếp")
    assert RUBBISH in talk.text


def test_who_did_not_say_how_satisfied_they_are_is_asked_again_at_a_look_up(desk: Desk) -> None:
    talk = filed(desk)
    talk.answered("Đã dọn.")
    look_up = f"tra cứu PA-{talk.cases[0].reference}"
    looked_up = talk.says(look_up)
    assert "được giải quyết thế nào" in talk.text
    levels = [one.label for one in looked_up.replies[0].choices][:5]
    assert (levels[0], levels[-1]) == ("Rất hài lòng", "Rất không hài lòng")
    answered = talk.cases[0]
    for past in (
        replace(answered, may_rate=False),
        replace(answered, state=CaseState.CLOSED),
        replace(answered, result=Result.HANDED_ON),
    ):
        talk.cases[0] = past
        talk.says(look_up)
        assert "được giải quyết thế nào" not in talk.text


def test_a_stranger_sees_state_and_answer_alone(desk: Desk) -> None:
    talk = filed(desk)
    talk.answered("Đã dọn, gọi 0912345678 nếu còn.")
    reference = talk.cases[0].reference
    talk.cases[0] = replace(talk.cases[0], own=False, may_rate=False, may_reopen=False)
    talk.says(f"tra cứu PA-{reference}")
    assert "đã trả lời" in talk.text
    assert "rác" not in talk.text
    assert "0912345678" not in talk.text
    talk.says(f"rút PA-{reference}")
    assert "nơi bà con đã gửi" in talk.text
    assert not of_kind(talk.wishes, Withdraw)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("PA-2222-2222-3", "gõ chưa đúng"), ("tra cứu PA-2222-2222-2", "không thấy vụ nào")],
)
def test_a_number_that_is_none_is_told_apart(desk: Desk, typed: str, told: str) -> None:
    talk = FeedbackTalk(desk)
    talk.says(typed)
    assert told in talk.text


def test_a_number_that_is_none_is_counted_and_who_guesses_waits(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.says("tra cứu PA-2222-2222-2")
    assert of_kind(talk.wishes, Miss) == [Miss()]
    assert "viết tiếp" in talk.text
    talk.wait = 3
    talk.says("tra cứu PA-2222-2222-2")
    assert "Xin đợi 3 phút" in talk.text
    assert talk.draft is not None
    assert talk.draft.words == RUBBISH


def test_a_complaint_becomes_a_report_only_by_the_citizens_own_press(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says("tôi muốn khiếu nại quyết định xử phạt")
    assert of_kind(talk.wishes, Count) == [Count(Kind.COMPLAINT)]
    talk.chooses("Tôi chỉ muốn gửi phản ánh")
    assert "không dừng thời hạn" in talk.text
    assert talk.draft is not None
    assert talk.draft.words == ""
    talk.chooses("Gửi phản ánh")
    talk.chooses("Tôi đã rõ")
    assert talk.draft.words == ""
    assert "Có việc gì" in talk.text


def test_a_denunciation_after_the_warning_is_sealed_or_erased(desk: Desk) -> None:
    denounced = "tôi tố cáo ông Nguyễn Văn B chủ tịch xã nhận hối lộ 50 triệu"
    talk = FeedbackTalk(desk, reader_named=True)
    talk.says(denounced)
    assert not of_kind(talk.wishes, Seal)
    assert "không được lưu" in talk.text
    talk.says(denounced)
    assert of_kind(talk.wishes, Seal) == [Seal(denounced)]
    assert "khóa lại" in talk.text
    talk.reader_named = False
    talk.says(denounced)
    assert len(of_kind(talk.wishes, Seal)) == 1
    assert "xóa ngay" in talk.text
    talk.sends_photo()
    assert "không nhận ảnh" in talk.text
    assert talk.files == []
    talk.reader_named = True
    talk.says(denounced, after=timedelta(days=2))
    assert len(of_kind(talk.wishes, Seal)) == 1
    assert not any("hối lộ" in one or "Nguyễn" in one for one in talk.told)
    assert not of_kind(talk.wishes, File)


def test_a_denunciation_in_the_middle_leaves_the_report_as_it_was(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.says("tố cáo chủ tịch xã ăn hối lộ")
    assert talk.draft is not None
    assert (talk.draft.words, talk.draft.warned) == (RUBBISH, Kind.DENUNCIATION)
    assert "viết tiếp" in talk.text
    talk.says("viết tiếp")
    assert "ở đâu" in talk.text


def _telegram(desk: Desk, way: str) -> Stood:
    """Give what is set where an office decided about personal data on Telegram."""
    assert desk.office is not None
    rule = Entry(office=desk.office.code, key="rule:feedback_telegram", value={"way": way})
    return Stood(entries=(rule,))


def test_on_telegram_no_personal_data_is_asked_for_by_default(desk: Desk) -> None:
    talk = summed_up(FeedbackTalk(desk, channel=ChannelName.TELEGRAM))
    assert "không nêu tên" in talk.text
    other = FeedbackTalk(desk, channel=ChannelName.TELEGRAM, stood=_telegram(desk, ASK))
    other.says(RUBBISH)
    other.chooses("Đúng")
    other.chooses("Tôi đã rõ")
    other.says(PLACE)
    other.chooses("Không có ảnh")
    assert "gọi lại" in other.text
    third = FeedbackTalk(desk, channel=ChannelName.TELEGRAM, stood=_telegram(desk, OFF))
    third.says(RUBBISH)
    assert "dichvucong.gov.vn" in third.text
    assert third.draft is None


def test_who_wishes_to_leave_a_name_on_telegram_is_led_to_our_own_page(desk: Desk) -> None:
    known = replace(desk, site="https://xa-mau.vn")
    by_default = summed_up(FeedbackTalk(known, channel=ChannelName.TELEGRAM))
    assert "gửi qua trang của cơ quan: https://xa-mau.vn" in by_default.text
    asked = FeedbackTalk(known, channel=ChannelName.TELEGRAM, stood=_telegram(desk, ASK))
    summed_up(asked).chooses("Chỉ nhắn tại đây")
    assert "không nêu tên" in asked.text
    assert "https://xa-mau.vn" not in asked.text
    assert "trang của cơ quan" not in summed_up(FeedbackTalk(known)).text
    without = summed_up(FeedbackTalk(desk, channel=ChannelName.TELEGRAM))
    assert "trang của cơ quan" not in without.text


def test_more_than_five_a_day_and_the_same_again_are_told_so(desk: Desk) -> None:
    talk = filed(desk)
    talk.says(RUBBISH)
    assert "bà con đã gửi" in talk.text
    assert talk.draft is None
    talk.cases += [replace(talk.cases[0], id=CaseId(n), words="") for n in range(2, 6)]
    talk.says("đèn đường hỏng ở thôn 3")
    assert "đã gửi 5 việc" in talk.text


def test_a_draft_lives_thirty_days(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.says(PLACE, after=timedelta(days=20))
    assert "ảnh" in talk.text
    talk.says("xin chào", after=timedelta(days=11))
    assert talk.draft is None
    assert "để quá 30 ngày" in talk.text


@BOTH
def test_own_data_are_given_out_and_erased_only_on_purpose(desk: Desk, buttons: bool) -> None:
    talk = filed(desk)
    talk.buttons = buttons
    talk.says("dữ liệu của tôi")
    assert talk.wishes[-1:] == [Copy()]
    # What was done is said where it is done, with these below it.
    talk.says("1")
    assert talk.wishes[-1:] == [Data(DataWish.EXPORT)]
    talk.says("xóa dữ liệu")
    assert "Chưa xóa: việc đang giải quyết" in talk.text
    talk.chooses("Không xóa")
    assert "Chưa xóa gì" in talk.text
    talk.says("xóa dữ liệu")
    talk.says("thôi không xóa nữa")
    assert of_kind(talk.wishes, Data) == [Data(DataWish.EXPORT)]
    talk.says("xóa dữ liệu")
    talk.chooses("Xóa hết")
    assert talk.wishes[-2:] == [Drop(), Data(DataWish.ERASE)]


@pytest.mark.parametrize("typed", ["có", "đồng ý", "Xóa hết", "vâng ạ", "ok"])
def test_a_natural_yes_erases(desk: Desk, typed: str) -> None:
    talk = FeedbackTalk(desk, channel=ChannelName.TELEGRAM, stood=_telegram(desk, OFF))
    talk.says("xóa dữ liệu của tôi")
    talk.says(typed)
    assert talk.wishes[-2:] == [Drop(), Data(DataWish.ERASE)]


def test_a_report_begun_goes_on_after_nothing_was_erased(desk: Desk) -> None:
    talk = summed_up(FeedbackTalk(desk))
    talk.says("xóa dữ liệu")
    talk.chooses("Không xóa")
    talk.says("viết tiếp")
    assert talk.draft is not None
    assert talk.draft.step == "summary"
    assert talk.draft.words


def test_short_words_that_answer_are_no_danger(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says("rác đổ đầy đầu ngõ 12 đường Lê Lợi")
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.says("tối nào cũng vậy")
    assert talk.draft is not None
    assert talk.draft.happened == "tối nào cũng vậy"


def test_danger_comes_first_and_the_words_stay(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says("phản ánh")
    talk.chooses("Chuyện ngoài đường")
    talk.chooses("Tôi đã rõ")
    talk.says("cháy nhà rồi cứu với")
    assert talk.last is not None
    assert talk.last.outcome is Outcome.EMERGENCY
    assert talk.draft is not None
    assert talk.draft.resting
    talk.says("viết tiếp")
    assert talk.draft.urgent


def test_who_tells_of_a_danger_to_come_reads_whom_to_call_first(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says("Dây điện trước hẻm sà xuống ngang đầu người, mưa gió đu đưa thấy ghê quá")
    assert talk.text.startswith(desk.say("feedback_danger_first"))
    assert talk.choices[0].label.startswith("Đúng")


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (
            "Ống nước bể ở ngã ba gần trạm y tế, nước chảy lênh láng từ hôm kia tới giờ",
            Outcome.EMERGENCY,
        ),
        (
            "Đề nghị phường có người trực hướng dẫn người cao tuổi bấm VNeID ở cửa ra vào",
            Outcome.CHOICES,
        ),
        ("Quán nhậu bày bàn ghế hết vỉa hè, người đi bộ phải xuống lòng đường", Outcome.ANSWERED),
    ],
)
def test_what_was_taken_for_something_else_is_filed_with_its_words(
    desk: Desk, said: str, outcome: Outcome
) -> None:
    talk = FeedbackTalk(desk)
    assert talk.says(said).outcome is outcome
    talk.chooses("Gửi phản ánh, kiến nghị")
    assert talk.draft is not None
    assert (talk.draft.words, talk.draft.step) == (said, Step.NOTICE)


def test_what_is_being_written_is_not_lost_for_a_guess(desk: Desk) -> None:
    talk = summed_up(FeedbackTalk(desk))
    talk.says("menu")
    talk.says("Quán nhậu bày bàn ghế hết vỉa hè, người đi bộ phải xuống lòng đường")
    talk.says("viết tiếp")
    assert RUBBISH in talk.text


def test_a_press_of_an_old_message_changes_nothing(desk: Desk) -> None:
    talk = summed_up(FeedbackTalk(desk))
    send = next(one.value for one in talk.choices if one.label == "Gửi")
    talk.presses(send)
    talk.presses(send)
    assert "đã gửi rồi" in talk.text
    assert len(of_kind(talk.wishes, File)) == 1
    talk.says("đèn đường hỏng ở thôn 3 từ tối qua")
    talk.chooses("Đúng")
    before = talk.draft
    talk.presses(send)
    assert talk.draft == before


def test_insults_are_met_calmly_and_kept_apart(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.says("đm mày ngu quá")
    assert "đang bực" in talk.text
    assert talk.draft is not None
    assert "ngu" not in talk.draft.words


@pytest.mark.parametrize(
    "typed",
    ["không gửi", "không có", "k có ảnh", "ko co anh", "không gửi nữa", "khỏi gửi", "k có"],
)
def test_without_a_photo_the_report_goes_on(desk: Desk, typed: str) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.says(PLACE)
    assert "ảnh" in talk.text
    talk.says(typed)
    assert talk.draft is not None
    assert talk.draft.step == Step.CALL


@pytest.mark.parametrize("typed", ["không gửi nữa", "khỏi gửi", "không có ảnh nữa"])
def test_with_a_photo_no_more_are_sent(desk: Desk, typed: str) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.says(PLACE)
    talk.sends_photo()
    talk.chooses("Không có giấy")
    talk.says(typed)
    assert talk.draft is not None
    assert (talk.draft.step, len(talk.draft.files)) == (Step.CALL, 1)


@pytest.mark.parametrize(
    "typed", ["Nguyễn Văn Hoa 0912 345 678", "tên tôi là Nguyễn Văn Hoa, sđt 0912345678"]
)
def test_who_tells_name_and_number_is_to_be_called(desk: Desk, typed: str) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.chooses("Tôi đã rõ")
    talk.says(PLACE)
    talk.chooses("Không có ảnh")
    talk.says(typed)
    assert talk.draft is not None
    assert talk.draft.contact == Contact(name="Nguyễn Văn Hoa", phone="0912345678")
    assert (talk.draft.call_back, talk.draft.words) == (True, RUBBISH)
    talk.says("gọi tôi số 0987654321")
    assert talk.draft.contact.phone == "0987654321"
    assert "0987" not in talk.text


@pytest.mark.parametrize("name", ["Nguyễn Văn Nam", "Hoàng Văn Sáu"])
def test_name_and_number_handed_in_at_a_form_answer_the_question_that_stands(
    desk: Desk, name: str
) -> None:
    talk = summed_up(FeedbackTalk(desk))
    talk.chooses("Sửa lại")
    talk.chooses("Người gửi")
    talk.chooses("Được gọi")
    talk.says(answer_of(Shared(name=name, phone="84912345678"), Step.NAME))
    assert talk.draft is not None
    assert talk.draft.contact == Contact(name=name, phone="0912345678")
    assert "có để lại họ tên, số điện thoại" in talk.text


def test_a_number_nobody_asked_for_is_no_part_of_the_matter(desk: Desk) -> None:
    talk = summed_up(FeedbackTalk(desk))
    talk.says("số tôi 0912345678")
    assert "không ghi vào nội dung" in talk.text
    assert talk.draft is not None
    assert (talk.draft.words, talk.draft.contact.is_empty) == (RUBBISH, True)
    telegram = summed_up(FeedbackTalk(desk, channel=ChannelName.TELEGRAM))
    telegram.says("số tôi 0912345678")
    assert "Trên ứng dụng này" in telegram.text
    talk.says("rác ngay trước nhà số 9, gọi 0912345678 để tôi chỉ chỗ")
    assert "trước nhà số 9" in talk.draft.words


@pytest.mark.parametrize("typed", ["thôi", "Hủy", "huy bo", "THOI", "không gửi nữa"])
def test_giving_up_forgets_everything(desk: Desk, typed: str) -> None:
    talk = summed_up(FeedbackTalk(desk))
    talk.says(typed)
    assert talk.draft is None
    assert isinstance(talk.wishes[-1], Drop)


def test_what_nobody_reads_changes_nothing(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.sends(MessageKind.VOICE)
    assert isinstance(talk.wishes[-1], Keep)
    assert talk.draft is not None
    assert talk.draft.words == RUBBISH


def test_every_part_can_be_mended(desk: Desk) -> None:
    talk = summed_up(FeedbackTalk(desk))
    talk.chooses("Sửa lại")
    talk.chooses("Nơi")
    talk.says("cuối ngõ 7 đường Trần Phú")
    assert "Trần Phú" in talk.text
    talk.chooses("Sửa lại")
    talk.chooses("Việc")
    talk.says("0")
    assert "Có việc gì" in talk.text or "xem lại" in talk.text


@BOTH
def test_a_way_opened_under_another_answer_is_counted_once(desk: Desk, *, buttons: bool) -> None:
    talk = FeedbackTalk(desk, buttons=buttons)
    talk.says("tôi muốn khiếu nại quyết định xử phạt, nhà tôi đang cháy")
    assert "khiếu nại đúng luật" in talk.text
    assert of_kind(talk.wishes, Count) == []
    talk.chooses("Cách làm")
    assert of_kind(talk.wishes, Count) == [Count(Kind.COMPLAINT)]
    talk.chooses(talk.choices[0].label)
    assert of_kind(talk.wishes, Count) == [Count(Kind.COMPLAINT)]


@pytest.mark.parametrize("told", [RUBBISH, f"rác đổ đầy {PLACE} mấy hôm nay", "rác đổ đầy"])
def test_what_is_told_at_the_notice_is_kept_and_goes_on(desk: Desk, told: str) -> None:
    talk = FeedbackTalk(desk)
    talk.says(told)
    talk.chooses("Đúng")
    talk.says("mùi hôi không chịu nổi, trẻ con ốm cả")
    assert talk.draft
    assert talk.draft.consent
    assert talk.draft.words == f"{told}\nmùi hôi không chịu nổi, trẻ con ốm cả"
    assert "mùi hôi" not in talk.draft.place.words


def test_a_place_told_at_the_notice_is_the_place(desk: Desk) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.says(f"ở {PLACE}")
    assert talk.draft
    assert (talk.draft.place.words, talk.draft.words) == (f"ở {PLACE}", RUBBISH)


@pytest.mark.parametrize(
    "agreed", ["vâng tôi hiểu rồi", "tôi đọc rồi ạ", "dạ em rõ rồi", "đồng ý nhé"]
)
def test_who_says_that_the_notice_was_read_tells_nothing_more(desk: Desk, agreed: str) -> None:
    talk = FeedbackTalk(desk)
    talk.says(RUBBISH)
    talk.chooses("Đúng")
    talk.says(agreed)
    assert talk.draft
    assert talk.draft.consent
    assert talk.draft.words == RUBBISH

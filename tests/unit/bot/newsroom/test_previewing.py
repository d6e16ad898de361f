"""A text is shown as each way will bring it, with all that is otherwise than composed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.render import parts
from bot.messages import ChannelName
from bot.newsroom.letters import reply_of
from bot.newsroom.previewing import DESCRIPTION, Remark, messages, preview
from bot.storage.file_rows import FileHead
from broadcasts.composing.checking import LONGEST_TITLE
from broadcasts.models import Button, NewsText, Route

PAGE = "https://xa.vn/tin-tuc/5"
HEADS = {
    number: FileHead(id=number, office="xa", name=name, media=media, size=900, digest=name)
    for number, name, media in ((1, "anh.jpg", "image/jpeg"), (2, "cv.pdf", "application/pdf"))
}
FILED = NewsText(title="Tin", body="Lời", picture=1, files=(2,))
ZALO_TEXT = 1_900
SHORT = NewsText(title="Nghỉ Tết", body="Xã nghỉ.\n\nHẹn gặp lại.")
LONG = NewsText(title="Nghỉ Tết", body="Mời bà con đến dự. " * 300)
LINKED = NewsText(title="Tin", body="Lời", buttons=(Button(label="Mở", address="https://xa.vn"),))


@pytest.mark.parametrize("route", [Route.WEB, Route.TELEGRAM, Route.ZALO_CS])
def test_a_short_text_arrives_as_one_message(route: Route) -> None:
    told = preview(SHORT, route)
    assert told.parts == ("Nghỉ Tết\n\nXã nghỉ.\n\nHẹn gặp lại.",)
    assert told.remarks == ()


def test_a_long_text_arrives_in_the_parts_the_channel_makes() -> None:
    telegram = preview(LONG, Route.TELEGRAM)
    assert list(telegram.parts) == parts(reply_of(LONG).text, ChannelName.TELEGRAM)
    assert telegram.remarks == (Remark.PARTS,)
    assert len(preview(LONG, Route.WEB).parts) == 1
    zalo = preview(LONG, Route.ZALO_CS).parts
    assert len(zalo) > len(telegram.parts)
    assert all(len(one) <= ZALO_TEXT for one in zalo)
    assert messages(LONG) == {
        Route.TELEGRAM: len(telegram.parts),
        Route.ZALO_CS: len(zalo),
        Route.ZALO_BOT: len(preview(LONG, Route.ZALO_BOT).parts),
    }


def test_links_are_buttons_or_stand_in_the_text() -> None:
    told = preview(LINKED, Route.TELEGRAM)
    assert (told.parts, told.remarks) == (("Tin\n\nLời",), ())
    assert [(one.label, one.address) for one in told.links] == [("Mở", "https://xa.vn")]
    written = preview(LINKED, Route.ZALO_CS)
    assert written.parts == ("Tin\n\nLời\n\nMở: https://xa.vn",)
    assert written.remarks == (Remark.LINKS_WRITTEN,)


def test_a_picture_stands_over_its_caption_and_in_the_web_chat_under_the_words() -> None:
    telegram, web = (preview(FILED, route, HEADS) for route in (Route.TELEGRAM, Route.WEB))
    assert [one.file for one in telegram.pictures] == [one.file for one in web.pictures] == [1]
    assert (telegram.pictures_below, web.pictures_below) == (False, True)
    long = replace(FILED, body=LONG.body, page=PAGE)
    fetched = preview(long, Route.TELEGRAM, HEADS)
    assert fetched.enclosed == ()
    assert [one.file for one in fetched.pictures] == [1]
    assert preview(replace(long, page=""), Route.TELEGRAM, HEADS).pictures == ()


def test_a_picture_is_told_by_its_authors_words_else_by_the_title() -> None:
    assert [one.told for one in reply_of(FILED, HEADS).enclosures] == ["Ảnh kèm tin: Tin"] * 2
    told = reply_of(replace(FILED, depicted=" Quầy số 3 "), HEADS).enclosures
    assert [one.told for one in told] == ["Quầy số 3", "Ảnh kèm tin: Tin"]


def test_pictures_and_files_are_shown_where_they_go() -> None:
    told = preview(FILED, Route.TELEGRAM, HEADS)
    assert [one.name for one in told.enclosed] == ["anh.jpg"]
    assert [one.name for one in told.left] == ["cv.pdf"]
    assert told.remarks == (Remark.LEFT_OUT,)
    assert [one.told for one in told.enclosed] == ["Ảnh kèm tin: Tin"]
    web = preview(FILED, Route.WEB, HEADS)
    assert ([one.name for one in web.enclosed], web.remarks) == (["anh.jpg", "cv.pdf"], ())


def test_what_does_not_go_along_is_reached_by_the_public_page() -> None:
    told = preview(replace(FILED, page=PAGE), Route.TELEGRAM, HEADS)
    assert told.remarks == (Remark.LEFT_TO_PAGE,)
    assert [one.address for one in told.links] == [PAGE]
    written = preview(replace(FILED, page=PAGE), Route.ZALO_CS, HEADS)
    assert PAGE in written.parts[0]


def test_a_text_too_long_to_stand_beside_a_picture_is_told_of() -> None:
    long = replace(FILED, body="x" * 1100)
    assert preview(long, Route.TELEGRAM, HEADS).remarks == (Remark.NOT_BESIDE, Remark.LEFT_OUT)
    by_page = preview(replace(long, page=PAGE), Route.TELEGRAM, HEADS)
    assert by_page.remarks == (Remark.NOT_BESIDE, Remark.PICTURE_BY_PAGE, Remark.LEFT_TO_PAGE)
    assert preview(long, Route.ZALO_CS, HEADS).remarks == (Remark.LEFT_OUT,)


def test_an_article_has_a_title_and_a_description_cut_between_words() -> None:
    told = preview(LONG, Route.ZALO_ARTICLE)
    assert told.title == "Nghỉ Tết"
    begins, cut = told.description[:-1], told.description[-1]
    assert cut == "…"
    assert LONG.body.startswith(begins)
    assert not LONG.body[len(begins)].isalpha()
    assert told.remarks == (Remark.DESCRIPTION_CUT,)
    assert told.parts == (LONG.body.strip(),)
    assert preview(SHORT, Route.ZALO_ARTICLE).description == "Xã nghỉ. Hẹn gặp lại."


def test_lines_of_a_list_stay_apart_in_the_description_of_an_article() -> None:
    steps = NewsText(
        title="Nộp hồ sơ", body="Các bước:\n\nMở Cổng\n  Đăng nhập VNeID  \nNộp hồ sơ!\n"
    )
    told = preview(steps, Route.ZALO_ARTICLE)
    assert told.description == "Các bước: Mở Cổng. Đăng nhập VNeID. Nộp hồ sơ!"


def test_the_picture_of_an_article_goes_only_once_the_public_page_has_it() -> None:
    before = preview(FILED, Route.ZALO_ARTICLE, HEADS)
    assert (before.pictures, [one.file for one in before.left]) == ((), [1, 2])
    assert Remark.LEFT_OUT in before.remarks
    after = preview(replace(FILED, page=PAGE), Route.ZALO_ARTICLE, HEADS)
    assert [one.file for one in after.pictures] == [1]


def test_a_template_takes_no_words_of_ours() -> None:
    assert preview(SHORT, Route.ZALO_TEMPLATE).remarks == (Remark.TEMPLATE_ONLY,)


@given(st.text(max_size=400), st.text(max_size=900))
def test_no_limit_of_an_article_is_passed(title: str, body: str) -> None:
    told = preview(NewsText(title=title, body=body), Route.ZALO_ARTICLE)
    assert len(told.title) <= LONGEST_TITLE
    assert len(told.description) <= DESCRIPTION
    assert (Remark.TITLE_CUT in told.remarks) == (told.title != title.strip())

"""A text is shown as each way will bring it, with all that is otherwise than composed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.render import parts
from bot.messages import ChannelName
from bot.newsroom.letters import reply_of
from bot.newsroom.previewing import DESCRIPTION, ZALO_PART, Remark, preview
from broadcasts.composing.checking import LONGEST_TITLE
from broadcasts.models import Button, NewsText, Route

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
    assert all(len(one) <= ZALO_PART for one in zalo)


def test_what_a_way_cannot_show_is_said() -> None:
    told = preview(LINKED, Route.TELEGRAM)
    assert told.parts == ("Tin\n\nLời\n\nMở: https://xa.vn",)
    assert told.remarks == (Remark.LINKS_WRITTEN,)
    filed = NewsText(title="Tin", body="Lời", picture=1, files=(2,))
    wanted = (Remark.PICTURE_LEFT_OUT, Remark.FILES_LEFT_OUT)
    assert preview(filed, Route.ZALO_CS).remarks == wanted


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


def test_a_template_takes_no_words_of_ours() -> None:
    assert preview(SHORT, Route.ZALO_TEMPLATE).remarks == (Remark.TEMPLATE_ONLY,)


@given(st.text(max_size=400), st.text(max_size=900))
def test_no_limit_of_an_article_is_passed(title: str, body: str) -> None:
    told = preview(NewsText(title=title, body=body), Route.ZALO_ARTICLE)
    assert len(told.title) <= LONGEST_TITLE
    assert len(told.description) <= DESCRIPTION
    assert (Remark.TITLE_CUT in told.remarks) == (told.title != title.strip())

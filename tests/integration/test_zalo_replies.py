"""A follower of an Official Account asks, and is answered: the whole house before the emulator."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.conversation.desk import Desk
from tests.fakes.sides import heard
from tests.fakes.zalo import Rules
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo.events import Event
from tests.fakes.zalo_sides import a_zalo_side


@pytest.mark.parametrize(
    ("buttons", "taken"), [("off", False), ("buttons", True), ("buttons", False)]
)
async def test_a_question_is_answered_and_a_choice_followed(
    tmp_path: Path, desk: Desk, buttons: str, taken: bool
) -> None:
    rules = Rules(buttons=taken)
    async with a_zalo_side(tmp_path, desk, rules=rules, buttons=buttons) as side:
        await side.says("lam giay khai sinh cho con can gi")
        (first,) = await heard(side, 1)
        assert "KHAI SINH" in first.text
        # More choices than there are buttons go by number.
        await side.says(str([label for label, _ in first.choices].index("Lệ phí") + 1))
        assert "Lệ phí" in (await heard(side, 2))[1].text
        await side.says("xin chào", "8")
        (hello,) = await heard(side, 1, "8")
        assert hello.text.startswith(f"{desk.say('introduction')}\n")
        assert desk.say("small_talk_hello")[:20] in hello.text
        # What a button sends.
        await side.presses("#menu", "8")
        await side.says("menu", "8")
        _, pressed, typed = await heard(side, 3, "8")
        assert pressed == typed
        assert side.zalo.ledger.foreseeable == []
        assert side.house.channel_faults()["zalo"] == ""


async def test_what_the_house_cannot_read_is_answered_in_words(tmp_path: Path, desk: Desk) -> None:
    sent: dict[str, Callable[[Citizen], Awaitable[Event]]] = {
        "1": lambda nam: nam.sends_sticker(),
        "2": lambda nam: nam.sends_business_card(),
        "3": lambda nam: nam.sends_audio(b"#!AMR"),
        "4": lambda nam: nam.sends_video(b"0"),
        "5": lambda nam: nam.sends_gif(b"GIF8"),
        "6": lambda nam: nam.shows_place(13.77, 109.22),
        "7": lambda nam: nam.sends_file(b"MZ", "la.exe"),
    }
    met = f"{desk.say('introduction')}\n"
    async with a_zalo_side(tmp_path, desk) as side:
        for user, act in sent.items():
            event = await act(side.citizen(user))
            assert event.acknowledged, user
        for user in sent:
            answer = (await heard(side, 1, user))[0].text
            assert answer.startswith(met + desk.say("media")[:20]), user
        # A link is words like others, Zalo's own small pictures are no words.
        await side.citizen("8").sends_link("https://dichvucong.gov.vn")
        refused = (await heard(side, 1, "8"))[0].text
        assert refused.startswith(met + desk.say("out_of_scope")[:20])
        told = {"👍": "empty", "/-strong": "empty", ":>": "empty", "1": "which_procedure"}
        for number, (words, key) in enumerate(told.items(), start=9):
            await side.says(words, str(number))
            assert (await heard(side, 1, str(number)))[0].text == met + desk.say(key)
        # Nobody here can answer a stranger of a website.
        stranger = side.zalo.strangers.meet(side.zalo.oa)
        assert (await stranger.says("Có ai không?")).acknowledged
        assert stranger.answers == []

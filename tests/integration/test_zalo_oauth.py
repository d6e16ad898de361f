"""Consents and codes against a Zalo of our own: each counts once, and only with its verifier."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from bot.channels.zalo.answers import Answered
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.faults import OddAnswer, ZaloRefused
from bot.channels.zalo.hosts import Hosts
from bot.channels.zalo.oauth import (
    ACCESS_LASTS,
    LONGEST_ACCESS,
    OAuth,
    challenge_of,
    new_state,
    new_verifier,
)
from tests.fakes.zalo.fake import FakeZalo, serving_zalo

CALLBACK = "https://phuong.example/zalo/callback?a=b&c=đ"


@dataclass
class Line:
    zalo: FakeZalo
    oauth: OAuth


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    async with serving_zalo() as zalo:
        hosts = Hosts(oauth=zalo.oauth_url)
        client = ZaloClient(hosts, secret=zalo.app.secret)
        yield Line(zalo, OAuth(client, hosts, zalo.app.app_id))
        await client.close()


def test_a_challenge_is_that_of_the_standard() -> None:
    # RFC 7636, appendix B.
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert (len(new_verifier()), new_verifier() == new_verifier()) == (43, False)
    assert new_state() != new_state()


@pytest.mark.parametrize("state", ["", "a-state"])
async def test_a_link_names_app_callback_and_challenge(line: Line, state: str) -> None:
    verifier = new_verifier()
    link = urlsplit(line.oauth.link(callback=CALLBACK, verifier=verifier, state=state))
    assert link.path.endswith("/v4/oa/permission")
    told = dict(parse_qsl(link.query))
    assert told.pop("state", "") == state
    assert told == {
        "app_id": line.zalo.app.app_id,
        "redirect_uri": CALLBACK,
        "code_challenge": challenge_of(verifier),
    }
    line.zalo.app.callback, line.zalo.app.challenge = CALLBACK, challenge_of(verifier)
    assert line.zalo.oauth.link_fault(told) is None


async def test_a_code_counts_once_and_with_its_verifier_alone(line: Line) -> None:
    verifier = new_verifier()
    code = line.zalo.oauth.consent(line.zalo.oa, challenge_of(verifier))
    with pytest.raises(ZaloRefused):
        await line.oauth.exchange(code, new_verifier())
    pair = await line.oauth.exchange(code, verifier)
    assert pair.lasts == timedelta(hours=25)
    assert pair.access not in repr(pair)
    with pytest.raises(ZaloRefused):
        await line.oauth.exchange(code, verifier)
    again = await line.oauth.refresh(pair.refresh)
    assert again.refresh != pair.refresh
    with pytest.raises(ZaloRefused):
        await line.oauth.refresh(pair.refresh)


class Telling(ZaloClient):
    """Answers what it is told to."""

    told: dict[str, object]

    async def grant(self, path: str, told: object) -> Answered:  # noqa: ARG002 - the client's
        return Answered(whole=self.told)


@pytest.mark.parametrize(
    ("seconds", "lasts"),
    [
        ("90000", timedelta(hours=25)),
        (3600, timedelta(hours=1)),
        (None, ACCESS_LASTS),
        ("soon", ACCESS_LASTS),
        (0, ACCESS_LASTS),
        (-5, ACCESS_LASTS),
        (10**18, LONGEST_ACCESS),
    ],
)
async def test_how_long_a_token_lasts_is_read_leniently(seconds: object, lasts: timedelta) -> None:
    client = Telling(Hosts(), secret="s")
    client.told = {"access_token": "a", "refresh_token": "b", "expires_in": seconds}
    assert (await OAuth(client, Hosts(), "1").refresh("r")).lasts == lasts


@pytest.mark.parametrize("lacking", ["access_token", "refresh_token"])
async def test_one_token_without_the_other_is_no_pair(lacking: str) -> None:
    client = Telling(Hosts(), secret="s")
    client.told = {"access_token": "a", "refresh_token": "b", lacking: 7}
    with pytest.raises(OddAnswer):
        await OAuth(client, Hosts(), "1").refresh("r")

"""Machines that watch learn whether it lives, what fails, and what was counted."""

from __future__ import annotations

from http import HTTPStatus

from tests.fakes.house import PaperHouse
from tests.integration.conftest import Web


async def test_a_ready_house_says_so_part_by_part(paper_web: Web) -> None:
    async with paper_web.get("/readyz") as answer:
        assert answer.status == HTTPStatus.OK
        assert await answer.json() == {
            "ready": True,
            "parts": {"database": "ok", "index": "ok"},
            "leader": "this",
            "lacking": [],
            "channels": {"telegram": "ok"},
            "accounts": {},
        }


async def test_a_house_that_cannot_work_names_the_part_but_lives(
    paper: PaperHouse, paper_web: Web
) -> None:
    paper.parts["database"] = "OperationalError"
    async with paper_web.get("/readyz") as answer:
        assert answer.status == HTTPStatus.SERVICE_UNAVAILABLE
        parts = (await answer.json())["parts"]
        assert parts == {"database": "OperationalError", "index": "ok"}
    async with paper_web.get("/healthz") as answer:
        assert answer.status == HTTPStatus.OK


async def test_a_provider_out_of_reach_is_shown_and_the_house_stays_ready(
    paper: PaperHouse, paper_web: Web
) -> None:
    paper.channels["telegram"] = "unreachable"
    async with paper_web.get("/readyz") as answer:
        assert answer.status == HTTPStatus.OK
        told = await answer.json()
    assert (told["ready"], told["channels"]) == (True, {"telegram": "unreachable"})


async def test_an_account_that_needs_somebody_is_shown_and_the_house_stays_ready(
    paper: PaperHouse, paper_web: Web
) -> None:
    paper.accounts["4318281827364550001"] = "consent"
    async with paper_web.get("/readyz") as answer:
        assert answer.status == HTTPStatus.OK
        told = await answer.json()
    assert (told["ready"], told["accounts"]) == (True, {"4318281827364550001": "consent"})


async def test_requests_are_counted_by_route_and_not_by_what_strangers_invent(
    paper: PaperHouse, paper_web: Web
) -> None:
    for path in ("/healthz", "/static/a", "/static/b", "/nowhere/1", "/nowhere/2"):
        await paper_web.get(path)
    await paper_web.request("PROPFIND", "/nowhere")
    samples = [
        (sample.labels["method"], sample.labels["route"], sample.labels["status"], sample.value)
        for metric in paper.registry.collect()
        for sample in metric.samples
        if sample.name == "bot_web_requests_total"
    ]
    assert sorted(samples) == [
        ("GET", "/healthz", "200", 1),
        ("GET", "/static/{name}", "404", 2),
        ("GET", "none", "404", 2),
        ("other", "none", "404", 1),
    ]


async def test_the_figures_are_in_prometheus_form(paper_web: Web) -> None:
    await paper_web.get("/healthz")
    async with paper_web.get("/metrics") as answer:
        assert answer.headers["Content-Type"].startswith("text/plain; version=")
        text = await answer.text()
    assert 'bot_web_requests_total{method="GET",route="/healthz",status="200"} 1.0' in text
    assert 'bot_web_request_seconds_count{route="/healthz"} 1.0' in text
    assert "bot_web_waiting 0.0" in text

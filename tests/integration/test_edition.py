"""What is published is answered from: at the start, and when it changes while answering."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.bootstrap import build
from bot.conversation.desk import Desk
from bot.conversation.edition import Edition
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState
from bot.settings import Settings
from bot.storage.database import Database
from knowledge.layers import OfficeEdit
from knowledge.models import Fee, FeeStatus, Snapshot
from knowledge.publishing import publish_shipped
from knowledge.repository import SqlSnapshotStore
from knowledge.testing import InMemorySnapshotStore, make_procedure
from tests.conftest import NOON
from tests.factories import a_message
from tests.fakes.furnished import SHELF, open_shelved
from tests.fakes.program import PATIENCE

CARD = """[[procedure]]
code = "1.001193"
official_name = "Thủ tục đăng ký khai sinh"
everyday_name = "Đăng ký khai sinh"
sector = "Hộ tịch"
level = "commune"
result = "{result}"
source = {{ name = "Nguồn thử", seen = 2026-07-18 }}
"""


BORN = "bé nhà em chào đời ở trạm xá"


def _fee_told(conversation: Conversation) -> str:
    asked = a_message("lệ phí đăng ký khai sinh")
    result = conversation.answer(asked, ConversationState(), now=NOON)
    return result.replies[-1].text


async def test_content_files_are_published_once_for_each_state(
    database: Database, tmp_path: Path
) -> None:
    store = SqlSnapshotStore(database)
    (tmp_path / "content").mkdir()
    card = tmp_path / "content" / "the.toml"
    for result in ("Giấy khai sinh", "Trích lục khai sinh"):
        card.write_text(CARD.format(result=result), encoding="utf-8")
        assert await publish_shipped(store, card.parent)
        assert not await publish_shipped(store, card.parent)
        assert [one.result for one in (await store.load()).procedures] == [result]


async def test_an_edit_is_told_from_the_next_question_on() -> None:
    store = InMemorySnapshotStore()
    content = Snapshot(procedures=(make_procedure(has_card=True),))
    await store.publish_content(content, name="thẻ")
    conversation = Conversation(open_shelved(Snapshot()))
    kept = Edition(store, conversation, office="", opened=open_shelved)
    assert await kept.renew()
    assert not await kept.renew()
    assert "12.000" not in _fee_told(conversation)
    fee = Fee(status=FeeStatus.FREE, note="Mức cũ 12.000 đồng đã bãi bỏ.")
    fields = {"fee": fee, "aliases": (BORN,)}
    await store.save_edits([OfficeEdit(office="", code="1.001193", fields=fields)], at=NOON)
    assert await kept.renew()
    assert "12.000" in _fee_told(conversation)
    assert (
        conversation.desk.knowledge.ask("be nha em chao doi o tram xa").candidates[0].phrase
        == BORN
    )
    assert conversation.desk.knowledge.index.amended == 2


async def test_two_who_renew_at_once_lay_out_one_desk(database: Database, desk: Desk) -> None:
    laid_out = []

    def opened(snapshot: Snapshot, *, earlier: Desk | None = None) -> Desk:
        laid_out.append(earlier)
        return replace(desk, knowledge=replace(desk.knowledge, snapshot=snapshot))

    store = SqlSnapshotStore(database)
    await store.publish_content(Snapshot(procedures=(make_procedure(),)), name="thẻ")
    kept = Edition(store, Conversation(desk), office="", opened=opened)
    assert sorted(await asyncio.gather(*(kept.renew() for _ in range(3)))) == [False, False, True]
    assert len(laid_out) == 1


async def test_a_failed_look_leaves_the_edition_in_use_and_is_tried_again() -> None:
    renewed = asyncio.Event()

    class Failing(InMemorySnapshotStore):
        looks = 0

        async def version(self) -> str:
            self.looks += 1
            if self.looks == 1:
                raise OSError("gone")
            if self.looks > 2:
                renewed.set()
            return await super().version()

    store = Failing()
    await store.publish_content(Snapshot(procedures=(make_procedure(),)), name="thẻ")
    conversation = Conversation(open_shelved(Snapshot()))
    stopping = asyncio.Event()
    kept = Edition(store, conversation, office="", opened=open_shelved, look_every=0.01)
    task = asyncio.create_task(kept.renewing(stopping))
    async with asyncio.timeout(PATIENCE):
        await renewed.wait()
    stopping.set()
    await task
    assert conversation.desk.knowledge.snapshot.procedures


async def test_the_second_start_reads_no_content_file(tmp_path: Path, snapshot: Snapshot) -> None:
    SHELF.lay(snapshot, tmp_path)
    settings = Settings(data_dir=tmp_path)
    versions = []
    for _ in range(2):
        async with build(settings) as house:
            versions.append(house.conversation.desk.knowledge.snapshot.version)
    assert versions[0] == versions[1] != ""

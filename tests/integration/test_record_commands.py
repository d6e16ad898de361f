"""What offices say otherwise about guides and offices, seen from the shell."""

from __future__ import annotations

import asyncio
from pathlib import Path

from typer.testing import CliRunner

from bot.__main__ import app
from bot.settings import Settings
from bot.storage.opening import open_database
from knowledge.record_edits import RecordEdit, RecordKind
from knowledge.repository import SqlSnapshotStore
from tests.conftest import NOON


async def _edit(folder: Path) -> tuple[str, str]:
    """Edit a guide and an office of the shipped content; give their names."""
    async with open_database(Settings(data_dir=folder)) as database:
        store = SqlSnapshotStore(database)
        content = (await store.layers()).content
        guide, office = content.guides[0].id, content.offices[0].code
        intro = {"intro": "Làm tại nhà."}
        edits = [
            RecordEdit(office=office, kind=RecordKind.GUIDE, ref=guide, fields=intro),
            RecordEdit(office="", kind=RecordKind.OFFICE, ref=office, fields={"phone": "0123"}),
        ]
        await store.save_records(edits, at=NOON)
    return guide, office


def _run(folder: Path, *arguments: str) -> str:
    return CliRunner().invoke(app, ("knowledge", *arguments), env={"DATA_DIR": str(folder)}).output


def test_edits_to_records_are_listed_told_and_taken_back(furnished: Path) -> None:
    guide, office = asyncio.run(_edit(furnished))
    listed = _run(furnished, "edits")
    assert f"{guide}  " in listed
    assert "(tự sửa: Câu trả lời, lời mở đầu)" in listed
    assert "(tự sửa: Điện thoại)" in listed
    undone = _run(furnished, "edits", "--undo", guide)
    assert undone.startswith(f"Đã bỏ phần cơ quan tự sửa của {guide} (Câu trả lời, lời mở đầu)")
    assert guide not in _run(furnished, "edits")
    told = _run(furnished, "history", guide)
    assert "Câu trả lời, lời mở đầu: (cơ quan không tự nêu) → Làm tại nhà." in told
    assert "Câu trả lời, lời mở đầu: Làm tại nhà. → (cơ quan không tự nêu)" in told
    assert "Điện thoại: (cơ quan không tự nêu) → 0123" in _run(furnished, "history", office)

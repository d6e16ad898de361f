"""``python -m bot subscribers``: lists in and out, with codes of exit that scripts go by."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.__main__ import app
from knowledge.models import Snapshot

HEADS = "channel,address,office,kind,topics\n"


def _run(folder: Path, *words: str) -> Result:
    env = {"DATA_DIR": str(folder), "PORT": "8099"}
    return CliRunner().invoke(app, ["subscribers", *words], env=env)


def test_before_the_first_start_the_offices_are_those_shipped(
    tmp_path: Path, snapshot: Snapshot
) -> None:
    path = tmp_path / "vao.csv"
    path.write_text(f"{HEADS}telegram,1001,{snapshot.offices[0].code},citizen,\n", "utf-8")
    assert _run(tmp_path / "new", "import", str(path)).exit_code == 0


def test_a_list_goes_in_and_comes_out_again(
    furnished: Path, tmp_path: Path, snapshot: Snapshot
) -> None:
    office = snapshot.offices[0].code
    path, out = tmp_path / "vao.csv", tmp_path / "ra.csv"
    path.write_text(f"{HEADS}telegram,1001,{office},citizen,\n", encoding="utf-8")
    tried = _run(furnished, "import", str(path), "--dry-run")
    assert (tried.exit_code, "thêm mới 1" in tried.stdout) == (0, True)
    assert tried.stdout.startswith("Chạy thử")
    assert json.loads(_run(furnished, "import", str(path), "--json").stdout)["new"] == 1
    told = _run(furnished, "export", str(out), "--office", office)
    assert (told.exit_code, "1 người nhận" in told.stdout) == (0, True)
    assert "telegram,1001," in out.read_text(encoding="utf-8-sig")
    assert _run(furnished, "export", str(out)).exit_code == 2
    assert _run(furnished, "export", str(out), "--overwrite").exit_code == 0
    unknown = _run(furnished, "export", str(tmp_path / "x.csv"), "--office", "nowhere")
    assert (unknown.exit_code, "nowhere" in unknown.stderr) == (2, True)


def test_what_is_wrong_is_told_by_row_and_column(furnished: Path, tmp_path: Path) -> None:
    path = tmp_path / "vao.csv"
    path.write_text(f"{HEADS}web,a,nowhere,citizen,\nweb,a,nowhere,lạ,\n", encoding="utf-8")
    told = _run(furnished, "import", str(path))
    assert told.exit_code == 1
    assert "vao.csv, dòng 2, cột cơ quan: " in told.stdout
    assert "vao.csv, dòng 3, cột đối tượng: " in told.stdout
    as_json = json.loads(_run(furnished, "import", str(path), "--json").stdout)
    assert as_json["faults"][0] | {"why": ""} == {"row": 2, "column": "cơ quan", "why": ""}
    assert _run(furnished, "import", str(tmp_path / "nowhere.csv")).exit_code == 2

"""Reports on Ray Data: the recipe of docs/scale.md."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import findings
import pytest
from conftest import CORPUS

ray = pytest.importorskip("ray", reason="needs ray[data]")
pytestmark = pytest.mark.filterwarnings("ignore")


def recipe() -> str:
    """The block of the docs."""
    docs = (CORPUS.parent / "docs" / "scale.md").read_text()
    [block] = re.findall(r"```py\n(.*?)```", docs.split("## With Ray")[1], re.DOTALL)
    return str(block)


def test_every_document_is_a_row_and_its_record_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ilacs", "bad"):
        shutil.copytree(CORPUS / name, tmp_path / "letters" / name)
    monkeypatch.chdir(tmp_path)
    # It starts slowly on a busy machine.
    monkeypatch.setenv("RAY_raylet_start_wait_time_s", "300")
    # Ray has no row for an empty file.
    given = [path for path in (tmp_path / "letters").rglob("*") if path.is_file()]
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=200 << 20)
    try:
        known: dict[str, Any] = {}
        exec(recipe().replace('"s3://bucket/letters/"', repr(str(tmp_path / "letters"))), known)
        rows = known["records"].take_all()
    finally:
        ray.shutdown()
    assert sorted(row["source"] for row in rows) == sorted(map(str, given))
    for row in rows:
        path = Path(row["source"])
        [outcome] = findings.scan([(row["source"], path.read_bytes())])
        assert json.loads(row["json"]) == outcome
    assert sum("error" not in json.loads(row["json"]) for row in rows) >= 5

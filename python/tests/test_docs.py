"""What the documents show runs, and has the types that it seems to have."""

import doctest
import importlib
import importlib.util
import pkgutil
import re
import shutil
import subprocess
import sys
from pathlib import Path

import findings
import pytest
from conftest import CORPUS, ROOT

PAGES = ["README.md", "docs/python.md", "python/README.md"]


def examples(page: str) -> str:
    """The Python of a page, as one program."""
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text("utf-8"), re.M | re.S)
    assert blocks, page
    return "\n".join(blocks)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the examples read."""
    shutil.copy(CORPUS / "ilacs" / "ashmoor-2023-06-16.pdf", tmp_path / "letter.pdf")
    (tmp_path / "letters").mkdir()
    for letter in [*(CORPUS / "ilacs").glob("*.pdf"), CORPUS / "bad" / "password.pdf"]:
        shutil.copy(letter, tmp_path / "letters")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_the_examples_run(page: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    exec(compile(examples(page), page, "exec"), names)
    assert "2023-04-24" in capsys.readouterr().out or page == "README.md"
    improvements = names["improvements"]
    assert (improvements.height if hasattr(improvements, "height") else len(improvements)) == 21  # type: ignore[arg-type]
    if "reports" in names:
        reports = names["reports"]
        letters = len(list(desk.glob("letters/*.pdf")))
        assert len(reports) == letters  # type: ignore[arg-type]
        assert str(reports["start_date"].iloc[0])[:4].isdigit()  # type: ignore[index]


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="needs mypy")
def test_the_package_and_the_examples_have_their_types(tmp_path: Path) -> None:
    files = []
    for page in PAGES:
        files.append(tmp_path / (page.replace("/", "_").removesuffix(".md") + ".py"))
        files[-1].write_text(examples(page))
    wrong = tmp_path / "wrong.py"
    wrong.write_text("import findings\nfindings.read('a.pdf').inspection.strat\nfindings.read('a.pdf', ocr='perhaps')\n")
    assert mypy("-p", "findings") == (0, "")
    for file in files:
        assert mypy(file) == (0, ""), file
    code, said = mypy(wrong)
    assert code == 1 and '"Inspection" has no attribute "strat"' in said and '"ocr"' in said


def mypy(*args: str | Path) -> tuple[int, str]:
    settings = ["--config-file", ROOT / "python/pyproject.toml", "--no-error-summary", "--hide-error-context"]
    command = [sys.executable, "-m", "mypy", *map(str, [*settings, *args])]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


def test_the_doctests_hold() -> None:
    left_out = {"__main__", "_findings"}
    if importlib.util.find_spec("pyspark") is None:
        left_out.add("spark")  # its own tests say that they are skipped
    modules = [importlib.import_module(f"findings.{m.name}") for m in pkgutil.iter_modules(findings.__path__)
               if m.name not in left_out]
    results = [doctest.testmod(module) for module in modules]
    assert sum(r.attempted for r in results) >= 3
    assert sum(r.failed for r in results) == 0


def test_the_types_are_those_of_the_schemas() -> None:
    check = subprocess.run([sys.executable, ROOT / "python/tools/model.py", "--check"], capture_output=True, check=False)
    assert (check.returncode, check.stderr) == (0, b"")

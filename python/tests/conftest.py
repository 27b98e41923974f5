"""What the tests share: the corpus, the command, and an environment of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"

Command = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture(autouse=True)
def own_environment(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No plugin and no permission of the person who runs the tests; pages are recognised once for all tests."""
    monkeypatch.setenv("FINDINGS_TRUST_FILE", str(tmp_path / "trusted.json"))
    monkeypatch.setenv("FINDINGS_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("FINDINGS_PLUGIN_DIR", raising=False)


@pytest.fixture
def command() -> Command:
    """The `findings` command that Rust built, named by FINDINGS_COMMAND, or else the one that came with the package."""
    binary = os.environ.get("FINDINGS_COMMAND") or packaged()

    def run(*args: str | Path, cwd: Path = ROOT) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run([binary, *map(str, args)], cwd=cwd, capture_output=True, check=False)

    return run


def packaged() -> str:
    """The command that came with the package."""
    found = shutil.which("findings", path=str(Path(sys.executable).parent))
    assert found, "the package brings the command"
    return found

"""Many documents: the command's records and tables, and how a scan behaves while it reads."""

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import findings
import pyarrow
import pyarrow.parquet
import pytest
from conftest import CORPUS, ROOT, Command, packaged

LETTERS = CORPUS / "ilacs"


def test_every_record_of_the_corpus_is_the_commands_byte_for_byte(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    theirs = command("extract", "corpus", "--format", "ndjson").stdout.splitlines()
    ours = list(findings.scan("corpus").lines())
    assert len(ours) > 60
    assert ours == theirs
    # Records are not changed by the round trip through Python.
    for line in ours:
        value = json.loads(line)
        assert "error" in value or findings.Record(value).json().encode() == line


def test_the_packages_command_is_the_command(command: Command) -> None:
    ours = subprocess.run([packaged(), "extract", LETTERS, "missing.pdf"], capture_output=True, check=False, cwd=ROOT)
    theirs = command("extract", LETTERS, "missing.pdf")
    assert (ours.stdout, ours.stderr, ours.returncode) == (theirs.stdout, theirs.stderr, 1)
    usage = subprocess.run([sys.executable, "-m", "findings", "extract"], capture_output=True, check=False)
    assert usage.returncode == 2 and b"Usage: findings extract" in usage.stderr


def test_every_table_is_the_commands(command: Command, tmp_path: Path) -> None:
    assert command("extract", LETTERS, CORPUS / "bad", "-o", tmp_path, "--format", "parquet").returncode == 1
    scan = findings.scan([LETTERS, CORPUS / "bad"])
    assert sorted(scan.names()) == sorted(p.stem for p in tmp_path.glob("*.parquet"))
    for name in scan.names():
        ours = pyarrow.table(scan.table(name))
        assert ours.equals(pyarrow.parquet.read_table(tmp_path / f"{name}.parquet")), name
        assert len(scan.table(name)) == ours.num_rows
    # The scan is its reports; each column says what it holds.
    assert pyarrow.table(scan).equals(pyarrow.table(scan.table("reports")))
    described = dict(scan.table("reports").columns)
    assert pyarrow.table(scan).schema.field("start_date").metadata == {
        b"description": described["start_date"].encode()
    }
    with pytest.raises(KeyError, match="no table 'memos'.*The tables are reports, judgements"):
        scan.table("memos")


def test_only_tables_that_are_wanted_are_gathered() -> None:
    scan = findings.scan(LETTERS, tables=["improvements"])
    assert scan.names() == ["reports", "improvements"]
    assert len(scan.table("improvements")) == 21
    assert repr(scan.table("improvements")).startswith("<Table improvements: 21 rows")


def test_a_wrong_table_is_an_error_before_anything_is_read() -> None:
    with pytest.raises(ValueError, match="no table 'improvement': did you mean 'improvements'"):
        findings.scan(LETTERS, tables=["improvement"])
    scan = findings.scan(LETTERS, tables=["improvements"])
    with pytest.raises(KeyError, match="did you mean 'judgements'"):
        scan.table("judgments")
    with pytest.raises(KeyError, match="asked for the tables reports, improvements alone"):
        scan.table("judgements")
    assert scan._tables is None


def test_errors_are_rows() -> None:
    locked, missing = CORPUS / "bad" / "password.pdf", CORPUS / "missing.pdf"
    scan = findings.scan([locked, missing, LETTERS / "ashmoor-2023-06-16.pdf", ("memo.txt", b"A memo.")])
    outcomes = list(scan)
    assert [o.ok for o in outcomes] == [False, False, True, False]
    codes = [o.error.code for o in outcomes if not o.ok]
    assert codes == ["encrypted", "not-found", "unknown-format"]
    assert pyarrow.table(scan)["error_code"].to_pylist() == ["encrypted", "not-found", None, "unknown-format"]
    assert not outcomes[0].ok
    with pytest.raises(findings.EncryptedError):
        raise outcomes[0].exception()
    assert "password.pdf: encrypted: " in repr(outcomes[0])


def test_folders_patterns_and_files_name_documents() -> None:
    names = [o.document.source for o in findings.scan(str(LETTERS / "*.pdf"))]
    assert names == sorted(str(p) for p in LETTERS.glob("*.pdf"))
    assert [o.document.source for o in findings.scan([LETTERS])] == names
    [nothing] = findings.scan(CORPUS / "*.memo")
    assert not nothing.ok and nothing.error.code == "not-found"
    assert list(findings.scan([])) == [] and len(findings.scan([]).table()) == 0


def test_what_macos_keeps_beside_documents_is_left_out_and_named(tmp_path: Path) -> None:
    shutil.copy(LETTERS / "ashmoor-2023-06-16.pdf", tmp_path / "a.pdf")
    companion = tmp_path / "._a.pdf"
    companion.write_bytes(b"\0\5\x16\7 whatever it knows")
    scan = findings.scan(tmp_path)
    with pytest.warns(findings.LeftOutWarning, match=r"left out 1 file named \._\*.*\._a\.pdf"):
        assert [o.document.source for o in scan] == [str(tmp_path / "a.pdf")]
    assert scan.left_out == [str(companion)]


def test_nothing_is_read_before_it_is_asked_for_nor_far_ahead(tmp_path: Path) -> None:
    """Of forty documents the first is taken; those that vanish then are too late for all but a few to be missed."""
    for n in range(40):
        shutil.copy(LETTERS / "ashmoor-2023-06-16.pdf", tmp_path / f"{n:02}.pdf")
    scan = iter(findings.scan(tmp_path, jobs=1))
    assert next(scan).ok
    time.sleep(0.5)
    for path in tmp_path.glob("*.pdf"):
        path.unlink()
    rest = [o.ok for o in scan]
    assert len(rest) == 39
    assert 0 < sum(rest) <= 8


def test_other_threads_run_while_documents_are_read() -> None:
    ticks: list[float] = []
    done = threading.Event()

    def tick() -> None:
        while not done.wait(0.005):
            ticks.append(time.monotonic())

    other = threading.Thread(target=tick)
    other.start()
    try:
        before = time.monotonic()
        findings.scan([LETTERS] * 5, jobs=1).table()
        after = time.monotonic()
    finally:
        done.set()
        other.join()
    assert sum(before < t < after for t in ticks) >= 10


@pytest.mark.parametrize("ask", ["list(scan)", "scan.table()"])
def test_ctrl_c_ends_it(ask: str) -> None:
    code = f"""
import findings
scan = findings.scan([{str(LETTERS / "ashmoor-2023-06-16.pdf")!r}] * 100_000)
print("ready", flush=True)
try:
    {ask}
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=5)
    assert (out, process.returncode) == ("interrupted\n", 0)


@pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler (gcc)")
def test_trusted_plugins_are_used_and_others_told(command: Command, tmp_path: Path) -> None:
    memo = tmp_path / "memo.txt"
    memo.write_text("Memo of the Office for Examples\n\nMemo reference: AB-12\n\nAll is well.\n")
    source, include = ROOT / "plugins/example-c/memo.c", ROOT / "plugins/abi/include"
    subprocess.run(["cc", "-shared", "-fPIC", "-I", include, "-o", tmp_path / "libmemo.so", source], check=True)
    assert command("plugin", "pack", tmp_path / "libmemo.so", "-o", tmp_path / "plugin").returncode == 0
    folder = tmp_path / "plugin"
    with pytest.warns(findings.PluginWarning, match="plugin is not used"), pytest.raises(findings.UnknownFormatError):
        findings.read(memo, plugin_dirs=[folder])
    assert command("plugin", "trust", folder).returncode == 0
    record = findings.read(memo, plugin_dirs=[folder])
    assert (record.run.plugin, record.extension.reference) == ("example-c 1.0.0", "AB-12")
    assert findings.validate(record, plugin_dirs=[folder]) == []
    assert "examples.memo" in [f.id for f in findings.formats(plugin_dirs=[folder])]
    scan = findings.scan(memo, plugin_dirs=[folder])
    assert pyarrow.table(scan.table("example_c_reports"))["reference"].to_pylist() == ["AB-12"]
    with pytest.raises(findings.UnknownFormatError):
        findings.read(memo, plugin_dirs=[folder], plugins=False)


def test_format_files_are_used_and_broken_ones_told(tmp_path: Path) -> None:
    letter, folder = CORPUS / "westmoor/alder-house.txt", CORPUS / "westmoor"
    record = findings.read(letter, formats_dirs=folder)
    assert (record.format.id, record.extension.registration_number) == ("westmoor.visit", "WCB-20417")
    assert findings.validate(record, formats_dirs=[folder]) == []
    assert "westmoor.visit" in [f.id for f in findings.formats(formats_dirs=[folder])]
    scan = findings.scan(folder, formats_dirs=[folder])
    assert len(pyarrow.table(scan.table("westmoor_format_toml_reports"))) == 3
    with pytest.raises(findings.UnknownFormatError):
        findings.read(letter, formats_dirs=[folder], format_files=False)
    (tmp_path / "broken.format.toml").write_text("id = 1\n")
    with pytest.warns(findings.PluginWarning, match=r"broken.format.toml"), pytest.raises(findings.UnknownFormatError):
        findings.read(letter, formats_dirs=[tmp_path])
    with pytest.raises(ValueError, match="there is no such folder of format files"):
        findings.read(letter, formats_dirs=[tmp_path / "none"])

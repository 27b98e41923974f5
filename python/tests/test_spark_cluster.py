"""Executors of their own: one is killed in the middle, one document never ends, one is too large. Every input is a row, once."""

import json
import os
import shutil
import signal
import sys
import threading
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import findings
import pytest
from conftest import CORPUS

pyspark = pytest.importorskip("pyspark", reason="needs pyspark")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="needs a JRE (openjdk-17-jre-headless)"),
    pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds executors by /proc"),
    pytest.mark.filterwarnings("ignore"),
]

DOCUMENTS = 300
WORDS = "Inspection of children’s services, some words."


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    import findings.spark
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_HOME"] = str(Path(pyspark.__file__).parent)
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    session = builder.config("spark.executor.memory", "512m").getOrCreate()
    session.dataSource.register(findings.spark.FindingsDataSource)
    yield session
    session.stop()
    del os.environ["SPARK_HOME"]


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """Three hundred documents: letters of a few fictional areas, bad ones among them, and one that would take gigabytes."""
    sources = sorted(path for name in ("ilacs", "focused-visit", "sif", "bad") for path in (CORPUS / name).glob("*.pdf"))
    for number in range(DOCUMENTS - 1):
        shutil.copy(sources[number % len(sources)], tmp_path / f"{number:03}.pdf")
    (tmp_path / "greedy.txt").write_text(f"{WORDS} " * 250_000, encoding="utf-8")
    return tmp_path


def executors(application: str) -> list[int]:
    """The processes of an application's executors."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if "CoarseGrainedExecutorBackend" in command and application in command:
            found.append(int(process.name))
    return found


def kill_one_in_the_middle(spark: Any, killed: list[int]) -> None:
    """Kills an executor as soon as a task is done and others are not."""
    tracker, application = spark.sparkContext.statusTracker(), spark.sparkContext.applicationId
    end = time.monotonic() + 120
    while time.monotonic() < end:
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        if any(stage and 0 < stage.numCompletedTasks < stage.numTasks for stage in stages):
            victim = executors(application)[0]
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)
            return
        time.sleep(0.05)


def test_nothing_is_lost_or_twice_when_an_executor_is_killed(cluster: Any, letters: Path) -> None:
    killed: list[int] = []
    killer = threading.Thread(target=kill_one_in_the_middle, args=(cluster, killed))
    killer.start()
    frame = cluster.read.format("findings").option("partitions", 20).option("memory_mb", 512)
    rows = frame.load(str(letters)).collect()
    killer.join()
    assert killed, "no executor was killed while documents were read"
    assert killed[0] not in executors(cluster.sparkContext.applicationId)
    sources = Counter(Path(row.source).name for row in rows)
    assert sources == Counter(path.name for path in letters.iterdir())
    assert len(rows) == DOCUMENTS
    codes = {Path(row.source).name: row.error_code for row in rows}
    assert codes["greedy.txt"] == "too-large"
    # The others are the same as without Spark.
    by_source = {row.source: json.loads(row.json) for row in rows}
    for outcome in findings.scan(str(path) for path in letters.glob("*.pdf")):
        assert by_source[outcome.document.source] == outcome


def test_a_document_that_does_not_end_costs_its_own_time(cluster: Any, tmp_path: Path) -> None:
    # Nearly the most lines that a text may have: seconds of work.
    (tmp_path / "endless.txt").write_text(f"{WORDS}\n" * 56_000, encoding="utf-8")
    before = set(executors(cluster.sparkContext.applicationId))
    (row,) = cluster.read.format("findings").option("timeout", 1).load(str(tmp_path)).collect()
    assert row.error_code == "timed-out"
    assert set(executors(cluster.sparkContext.applicationId)) == before


def hungry_pdf() -> bytes:
    """A fictional PDF of few bytes that takes hundreds of megabytes: fonts that each say of all their codes what they mean, in
    long texts, and a page that is large once it is inflated."""
    fonts = 46

    def stream(data: bytes) -> bytes:
        packed = zlib.compress(data)
        return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)

    meanings = stream(b"begincmap 1 beginbfrange <0000> <FFFF> <%s> endbfrange endcmap" % (b"4E00" * 60))
    names = b" ".join(b"/F%d %d 0 R" % (n, 5 + 2 * n) for n in range(fonts))
    shown = b" ".join(b"/F%d 10 Tf 50 %d Td <00410042> Tj" % (n, 800 - n) for n in range(fonts))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << %s >> >> >>" % names,
        stream(b"BT " + shown + b" ET" + b" " * (10 << 20)),
    ]
    for n in range(fonts):
        font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X%d /Encoding /Identity-H /ToUnicode %d 0 R" % (n, 6 + 2 * n)
        below = b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X >>] >>"
        objects += [font + b" " + below, meanings]
    pdf, places = b"%PDF-1.5\n", []
    for number, part in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(pdf))
        pdf += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    size, table = len(objects) + 1, len(pdf)
    pdf += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(places))
    return pdf + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, table)


def test_a_document_that_eats_memory_costs_its_own_worker(cluster: Any, tmp_path: Path) -> None:
    letters = sorted((CORPUS / "ilacs").glob("*.pdf"))[:4]
    for letter in letters:
        shutil.copy(letter, tmp_path)
    (tmp_path / "hungry.pdf").write_bytes(hungry_pdf())
    before = set(executors(cluster.sparkContext.applicationId))
    frame = cluster.read.format("findings").option("memory_mb", 512).option("partitions", 1)
    rows = {Path(row.source).name: row for row in frame.load(str(tmp_path)).collect()}
    assert set(rows) == {"hungry.pdf", *(letter.name for letter in letters)}
    assert rows["hungry.pdf"].error_code == "too-large"
    assert "more memory than the limit of 512 MB" in rows["hungry.pdf"].json
    assert all(rows[letter.name].error_code is None for letter in letters)
    assert set(executors(cluster.sparkContext.applicationId)) == before

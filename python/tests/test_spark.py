"""Reports on Spark: every input is a row, once, and its record is the command's."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import findings
import pytest
from conftest import CORPUS

pytest.importorskip("pyspark", reason="needs pyspark")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="needs a JRE (openjdk-17-jre-headless)"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    import findings.spark
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    session.dataSource.register(findings.spark.FindingsDataSource)
    yield session
    session.stop()


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """Letters in folders, bad ones among them."""
    for name in ("ilacs", "sif", "bad"):
        shutil.copytree(CORPUS / name, tmp_path / name)
    return tmp_path


def test_a_folder_is_read_by_the_executors(spark: Any, letters: Path) -> None:
    expected = {o.document.source: o for o in findings.scan(letters)}
    frame = spark.read.format("findings").option("partitions", 4).load(str(letters))
    assert frame.rdd.getNumPartitions() == 4
    rows = frame.collect()
    assert len(rows) == len(expected) > 20
    for row in rows:
        outcome = expected.pop(row.source)
        assert json.loads(row.json) == outcome
        assert row.error_code == (None if outcome.ok else outcome.error.code)
    assert not expected


def test_a_table_has_the_rows_of_a_scan_and_the_columns_that_are_wanted(spark: Any, letters: Path) -> None:
    ours = findings.scan(letters / "ilacs").table("improvements")
    reader = spark.read.format("findings").option("table", "improvements")
    frame = reader.load(str(letters / "ilacs"))
    assert frame.columns == [name for name, _ in ours.columns]
    assert frame.count() == len(ours) > 0
    narrow = reader.schema("text string, la_name string").load(str(letters / "ilacs"))
    assert narrow.columns == ["text", "la_name"]
    assert {tuple(row) for row in narrow.collect()} == {(row.text, row.la_name) for row in frame.collect()}


def test_what_spark_loads_is_read_too(spark: Any, letters: Path) -> None:
    import findings.spark

    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(f"{letters}/*/*.pdf")
    rows = files.mapInArrow(findings.spark.extract, findings.spark.schema()).collect()
    by_name = {Path(row.source).name: json.loads(row.json) for row in rows}
    # Spark itself omits empty files.
    there = {path.name for path in letters.glob("*/*.pdf") if path.stat().st_size}
    assert by_name.keys() == there and len(rows) == len(there)
    for outcome in findings.scan(str(path) for path in letters.glob("*/*.pdf") if path.stat().st_size):
        theirs = by_name[Path(outcome.document.source).name]
        outcome.document["source"] = theirs["document"]["source"]
        assert theirs == outcome
    reports = files.mapInArrow(findings.spark.extractor("reports"), findings.spark.schema("reports"))
    assert reports.count() == len(rows)

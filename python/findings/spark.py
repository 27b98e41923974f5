"""Reports on Apache Spark (PySpark 4 with pyarrow), read on its executors.

``spark.read.format("findings").load("/shared/letters")`` reads a folder that every executor sees, after
``spark.dataSource.register(findings.spark.FindingsDataSource)``. What lies elsewhere (HDFS, S3, ABFS) comes from
Spark itself: ``spark.read.format("binaryFile").load("s3a://…").mapInArrow(extract, schema())``. It leaves out files that
are empty.

A row of the table ``records`` is an outcome as JSON; other tables are those of :func:`findings.scan`. Each document stands
for itself: unlike in a scan, a file that is there twice has its rows twice, however the documents are spread.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow
from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from . import _findings
from ._read import scan

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._options import Options
    from ._read import Given

RECORDS = "records"
_RECORDS = pyarrow.schema([("source", pyarrow.string()), ("error_code", pyarrow.string()), ("json", pyarrow.string())])
# Number of documents whose rows are passed to Spark at a time.
_BATCH = 32
# Number of documents per task, and the fewest tasks even for a small folder.
_DOCUMENTS = 200
_FEW = 16
# One document at a time, in a separate worker, so that no document can end the executor.
_SETTINGS: dict[str, Any] = {"jobs": 1, "memory_mb": 2048}


def schema(table: str = RECORDS) -> StructType:
    """The columns of ``records``, or of a table of a scan."""
    return from_arrow_schema(_schema(table))


def _schema(table: str) -> pyarrow.Schema:
    return _RECORDS if table == RECORDS else pyarrow.table(scan([]).table(table)).schema


def extract(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """Reads documents that Spark has loaded as ``binaryFile`` into rows of ``records``: for ``mapInArrow``."""
    return extractor()(batches)


def extractor(
    table: str = RECORDS, **options: Unpack[Options]
) -> Callable[[Iterable[pyarrow.RecordBatch]], Iterator[pyarrow.RecordBatch]]:
    """The same for rows of another table, with options of :func:`findings.scan`."""
    settings: dict[str, Any] = {**_SETTINGS, **options}

    def work(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            names, contents = batch.column("path").to_pylist(), batch.column("content").to_pylist()
            yield from _rows(list(zip(names, contents)), table, settings)

    return work


def _rows(given: list[Given], table: str, options: dict[str, Any]) -> Iterator[pyarrow.RecordBatch]:
    """Documents as rows of a table. Spark sees to what is done at a time, so that one document is, here."""
    lines: list[bytes] = []
    for line in scan(given, **options).lines():
        lines.append(line)
        if len(lines) == _BATCH:
            yield _batch(lines, table)
            lines = []
    if lines:
        yield _batch(lines, table)


def _batch(lines: list[bytes], table: str) -> pyarrow.RecordBatch:
    if table == RECORDS:
        heads = [_findings.head_of(line) for line in lines]
        columns = [[source for source, _ in heads], [code for _, code in heads]]
        return pyarrow.record_batch([*columns, [line.decode() for line in lines]], schema=_RECORDS)
    parts = [pyarrow.table(_findings.tables_of([line], [table]).table(table)) for line in lines]
    return pyarrow.concat_tables(parts).combine_chunks().to_batches()[0]


class _Documents(InputPartition):
    """The documents of one task."""

    def __init__(self, paths: list[str]) -> None:
        self.paths = paths


class FindingsDataSource(DataSource):
    """``format("findings")``: the documents of a folder, a pattern or a file that every executor sees.

    Options: ``table`` (``records`` unless said otherwise), ``partitions``, and those of :func:`findings.scan` that are
    text or numbers. A schema that is given chooses columns.
    """

    @classmethod
    def name(cls) -> str:
        return "findings"

    def schema(self) -> StructType:
        return schema(self.options.get("table", RECORDS))

    def reader(self, schema: StructType) -> DataSourceReader:
        return _Reader(dict(self.options), schema.fieldNames())


class _Reader(DataSourceReader):
    def __init__(self, options: dict[str, str], columns: list[str]) -> None:
        self.path = options.pop("path")
        self.table = options.pop("table", RECORDS)
        self.wanted = int(options.pop("partitions", "0"))
        # Spark's option names are case-insensitive. Those popped above are not options of `scan`.
        self.options: dict[str, Any] = {**_SETTINGS, **options}
        self.columns = columns

    def partitions(self) -> list[InputPartition]:
        """Parts of like size: what a document takes grows with its size.

        A few at least, for the executors' cores, and else as many documents in each as make Spark's own work for a task
        (some 100 ms of processor time) small beside theirs.
        """
        paths = sorted(map(os.fspath, _findings.documents(self.path)), key=_size, reverse=True)
        count = self.wanted or max(_FEW, -(-len(paths) // _DOCUMENTS))
        parts: list[list[str]] = [[] for _ in range(max(1, min(count, len(paths))))]
        sizes = [0] * len(parts)
        for path in paths:
            smallest = sizes.index(min(sizes))
            parts[smallest].append(path)
            # Even an empty document takes some time.
            sizes[smallest] += _size(path) + (1 << 16)
        return [_Documents(part) for part in parts]

    def read(self, partition: InputPartition) -> Iterator[pyarrow.RecordBatch]:
        assert isinstance(partition, _Documents)
        for batch in _rows(list(partition.paths), self.table, self.options):
            yield batch.select(self.columns)


def _size(path: str) -> int:
    try:
        return os.stat(Path(path)).st_size
    except OSError:
        return 0

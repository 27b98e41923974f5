"""Inspection reports to records and tables.

``read`` reads a document into a record, ``scan`` many of them, into records or tables; ``validate``, ``schema`` and
``formats`` are what the commands of these names are. What is read and how is in every case what the ``findings``
command does: records are the same, byte for byte.
"""

from ._findings import Table, __version__
from ._options import LeftOutWarning, Options, PluginWarning
from ._read import Scan, read, scan
from ._worker import start_workers
from .errors import (
    DamagedError,
    EncryptedError,
    FindingsError,
    InternalError,
    InvalidRecordError,
    NotAReportFileError,
    NoTextError,
    NotFoundError,
    PluginFailedError,
    TimedOutError,
    TooLargeError,
    UnknownFormatError,
    UnreadableError,
)
from .record import Doubt, ErrorReport, Fields, Page, Record
from .schemas import Problem, formats, schema, validate

__all__ = [
    "DamagedError",
    "Doubt",
    "EncryptedError",
    "ErrorReport",
    "Fields",
    "FindingsError",
    "InternalError",
    "InvalidRecordError",
    "LeftOutWarning",
    "NoTextError",
    "NotAReportFileError",
    "NotFoundError",
    "Options",
    "Page",
    "PluginFailedError",
    "PluginWarning",
    "Problem",
    "Record",
    "Scan",
    "Table",
    "TimedOutError",
    "TooLargeError",
    "UnknownFormatError",
    "UnreadableError",
    "__version__",
    "formats",
    "read",
    "scan",
    "schema",
    "validate",
]

start_workers()

"""Why a document gave no record: an exception for each code of the closed list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._options import in_python


class FindingsError(Exception):
    """A document gave no record."""

    code: str
    """Which of the closed list of codes it is, ``encrypted`` for example."""
    message: str
    """What happened, and what to do next."""
    document: Mapping[str, Any]
    """The document, as far as it is known."""

    def __init__(self, report: Mapping[str, Any]) -> None:
        super().__init__(report)
        self.code = report["error"]["code"]
        self.message = report["error"]["message"]
        self.document = report["document"]

    def __str__(self) -> str:
        return f"{self.document['source']}: {self.code}: {in_python(self.message)}"


class NotFoundError(FindingsError):
    """There is no such file."""


class UnreadableError(FindingsError):
    """The file exists but could not be read."""


class NotAReportFileError(FindingsError):
    """The file is not a PDF, text or image."""


class EncryptedError(FindingsError):
    """The PDF is locked with a password."""


class DamagedError(FindingsError):
    """The PDF is damaged beyond repair."""


class NoTextError(FindingsError):
    """The document has pages but no text."""


class TooLargeError(FindingsError):
    """The file is larger than the limit."""


class TimedOutError(FindingsError):
    """Reading took longer than the limit."""


class UnknownFormatError(FindingsError):
    """The document has none of the known formats."""


class InvalidRecordError(FindingsError):
    """The record does not follow its schema: a bug in findings."""


class PluginFailedError(FindingsError):
    """A plugin failed on the document."""


class InternalError(FindingsError):
    """A bug in findings; other documents are not affected."""


BY_CODE: dict[str, type[FindingsError]] = {
    "not-found": NotFoundError,
    "unreadable": UnreadableError,
    "not-a-report-file": NotAReportFileError,
    "encrypted": EncryptedError,
    "damaged": DamagedError,
    "no-text": NoTextError,
    "too-large": TooLargeError,
    "timed-out": TimedOutError,
    "unknown-format": UnknownFormatError,
    "invalid-record": InvalidRecordError,
    "plugin-failed": PluginFailedError,
    "internal": InternalError,
}

"""What a document became: a record, or the report of an error in its place."""

from __future__ import annotations

import difflib
import hashlib
import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from . import _findings
from ._fields import Fields
from ._model import OPTIONAL
from .errors import BY_CODE, FindingsError

if TYPE_CHECKING:
    import os

    from ._model import ErrorOutcome, Evidence, InspectionReport
else:
    InspectionReport = ErrorOutcome = Fields

__all__ = ["Doubt", "ErrorReport", "Fields", "Page", "Record"]


class Doubt(Fields):
    """A value that wants a look."""

    pointer: str
    """JSON Pointer to it; empty where the whole document is meant."""
    code: str
    """What the doubt is."""
    severity: Literal["warning", "error"]
    """How grave it is."""
    message: str
    """What is the matter, for people."""
    page: int | None
    """The page to look at, from 1, where that is known."""
    quote: str | None
    """The words that were read there, where there are any."""


class Record(InspectionReport):
    """An inspection report, read: the record as a dict, whose keys can be read as attributes."""

    @property
    def ok(self) -> Literal[True]:
        """That it is a record and no error."""
        return True

    def evidence(self, pointer: str) -> Evidence | None:
        """Where a value was read, by its JSON Pointer: its own evidence, or that of the item that it is part of.

        None for a value that has none (what is said about the document and the run). Raises :class:`KeyError` if there is
        no such value.
        """
        entries = self["evidence"]
        if pointer not in entries and not _has(self, pointer):
            raise KeyError(self._no_value(pointer))
        while pointer:
            if pointer in entries:
                return Fields(entries[pointer])  # type: ignore[return-value]
            pointer = pointer.rpartition("/")[0]
        return None

    def _no_value(self, pointer: str) -> str:
        known = [*self["evidence"], *_pointers({key: self[key] for key in self if key not in ("evidence", "diagnostics")})]
        asked = "/" + pointer.strip("/").replace(".", "/")
        near = [asked] if asked in known else difflib.get_close_matches(asked, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "a value is named by its JSON Pointer, '/inspection/start' for example"
        return f"the record has no value {pointer!r}: {hint}"

    @property
    def doubts(self) -> list[Doubt]:
        """What is in doubt in it, the gravest first."""
        return [Doubt(doubt) for doubt in json.loads(_findings.doubts(self.json().encode()))]

    def json(self) -> str:
        """The record as the command writes it on a line."""
        return json.dumps(self, ensure_ascii=False, separators=(",", ":"))

    def show(self, document: bytes | str | os.PathLike[str] | None = None) -> Page:
        """The record beside its document's pages, to look at: in a notebook, or with ``.save("letter.html")``.

        The document is looked for where it was read; name it, or give its bytes, where that is not possible.
        """
        if isinstance(document, bytes):
            content = document
        else:
            content = Path(document if document is not None else self["document"]["source"]).read_bytes()
        if hashlib.sha256(content).hexdigest() != self["document"]["sha256"]:
            raise ValueError("this is not the document that the record was read from")
        return Page(_findings.page(self.json().encode(), content))

    def __repr__(self) -> str:
        lines = self._lines()
        return f"<Record: {next(lines)[1]}, {next(lines)[1]}>"

    def __str__(self) -> str:
        return "\n".join(f"{name:<13}{value}" for name, value in self._lines())

    def _repr_html_(self) -> str:
        rows = (f"<tr><th>{html.escape(n)}</th><td>{html.escape(v)}</td></tr>" for n, v in self._lines())
        return f"<table>{''.join(rows)}</table>"

    def _lines(self) -> Iterator[tuple[str, str]]:
        """What people want to know first. A plugin's records may lack any of it."""
        yield "source", self["document"]["source"]
        yield "format", f"{self['format']['id']} {self['format']['edition']}"
        if provider := self.get("provider"):
            yield "provider", provider.get("name") or provider.get("printed") or "not read"
        if inspection := self.get("inspection"):
            yield "inspection", f"{inspection['type']}, {inspection['start']} to {inspection['end']}"
        for judgement in self.get("judgements", ()):
            yield "judgement", f"{judgement['area']}: {judgement['grade'] or 'not read'}"
        counts = [(name, self.get(name)) for name in ("improvements", "strengths", "sections", "figures")]
        yield "lists", ", ".join(f"{len(items)} {name}" for name, items in counts if items) or "none"
        doubts = self.doubts
        yield "doubts", f"{len(doubts)}" if doubts else "none"
        for doubt in doubts[:10]:
            page = f", page {doubt.page}" if doubt.page else ""
            yield "", f"{doubt.pointer or 'the document'}: {doubt.code}{page}: {doubt.message}"


class ErrorReport(ErrorOutcome):
    """What stands in a scan for a document that gave no record."""

    @property
    def ok(self) -> Literal[False]:
        """That it is no record."""
        return False

    def exception(self) -> FindingsError:
        """The exception that ``read`` raises for it."""
        return BY_CODE.get(self["error"]["code"], FindingsError)(self)

    def __repr__(self) -> str:
        return f"<ErrorReport: {self.exception()}>"


class Page:
    """A page of HTML that needs nothing else, neither a network nor a server."""

    def __init__(self, content: str) -> None:
        self.html = content

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes it into a file."""
        Path(path).write_text(self.html, "utf-8")

    def _repr_html_(self) -> str:
        style = "width:100%;height:80vh;border:1px solid #ccc"
        return f'<iframe srcdoc="{html.escape(self.html)}" style="{style}"></iframe>'


def _has(value: Any, pointer: str) -> bool:
    """Whether a JSON Pointer leads to a value, or to one that records leave out where there is nothing to say."""
    if not pointer.startswith("/"):
        return False
    *above, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/")]
    for part in above:
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            # Parts of something that the document does not have.
            return value is None
    if isinstance(value, list):
        return last.isdigit() and int(last) < len(value)
    return value is None or isinstance(value, dict) and (last in value or last in OPTIONAL)


def _pointers(value: Any, at: str = "") -> Iterator[str]:
    """The pointers of all values."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield f"{at}/{key}"
        yield from _pointers(part, f"{at}/{key}")


def outcome_of(line: bytes) -> Record | ErrorReport:
    """A line of the command's output as what it is."""
    value: dict[str, Any] = json.loads(line)
    return ErrorReport(value) if "error" in value else Record(value)

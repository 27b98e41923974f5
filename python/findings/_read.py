"""Documents to records and tables."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any, Union, cast

from . import _findings
from ._options import StrPath, arguments, refusing, tell, tell_left_out
from .record import ErrorReport, Record, outcome_of

if TYPE_CHECKING:
    from typing_extensions import CapsuleType, Unpack

    from ._options import Options

    Given = Union[StrPath, tuple[str, bytes]]

Document = Union[StrPath, bytes, IO[bytes]]


def read(document: Document, *, name: str | None = None, **options: Unpack[Options]) -> Record:
    """Reads a document into a record.

    The document is a path, bytes, or an open file; ``name`` is what the record calls its source where that is not a
    path, or ``-``. Raises the subclass of :class:`findings.FindingsError` that says why there is no record.
    """
    run = _run([_given(document, name)], arguments(dict(options)), expand=False)
    outcome = outcome_of(next(run))
    if isinstance(outcome, ErrorReport):
        if isinstance(document, (str, os.PathLike)) and os.path.isdir(document):
            outcome["error"]["message"] = (
                f"this is a folder; findings.scan({os.fspath(document)!r}) reads the documents in it"
            )
        raise outcome.exception()
    return outcome


def _given(document: Document, name: str | None) -> Given:
    if isinstance(document, (str, os.PathLike)):
        return document
    if isinstance(document, (bytes, bytearray, memoryview)):
        return name or "-", bytes(document)
    if not hasattr(document, "read"):
        raise TypeError(f"a document is a path, bytes or an open file, not {type(document).__name__}")
    content = document.read()
    if not isinstance(content, bytes):
        raise TypeError("the file is open for text; open it in binary mode (\"rb\")")
    known = getattr(document, "name", None)
    return name or (known if isinstance(known, str) else "-"), content


def scan(
    documents: Given | Iterable[Given],
    *,
    tables: Sequence[str] | None = None,
    split: bool = False,
    **options: Unpack[Options],
) -> Scan:
    """Many documents, which are read when something is asked of the scan.

    They are a folder, a pattern like ``letters/*.pdf``, a file, or several of these; a pair of a name and bytes stands
    for a document in memory. ``tables`` says which tables are wanted besides ``reports``: others take no memory then.
    ``split`` gives a record for each document of a file that holds several, not only for its first.
    """
    for name in [tables] if isinstance(tables, str) else tables or ():
        if wrong := _no_table(name):
            raise ValueError(wrong)
    if isinstance(tables, str):
        tables = [tables]
    one = _is_one(documents)
    given = [cast("Given", documents)] if one else list(cast("Iterable[Given]", documents))
    return Scan(given, tables, arguments({**options, "split": split}))


def _no_table(name: str) -> str | None:
    """What to say about a table that no scan has. Plugins have tables of their own, known only after reading."""
    names = _findings.table_names()
    if name in names or "_" in name:
        return None
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "those of plugins have an underscore in their names."
    return f"there is no table {name!r}: {hint} The tables are {', '.join(names)}"


def _is_one(documents: Any) -> bool:
    is_pair = isinstance(documents, tuple) and len(documents) == 2 and isinstance(documents[1], bytes)
    return is_pair or isinstance(documents, (str, os.PathLike))


class Scan:
    """Many documents: an iterable of records in their order, with an error report where there is none.

    Each iteration reads anew, a few documents ahead of who takes them, so that memory does not grow with their number.
    Tables are gathered once, with the first that is asked for, and kept. The scan itself is the table ``reports`` to
    whatever takes tables by Arrow's PyCapsule interface.
    """

    def __init__(self, given: list[Given], tables: Sequence[str] | None, options: list[str]) -> None:
        self._given = given
        self._wanted = None if tables is None else ["reports", *tables]
        self._options = options
        self._tables: _findings.Tables | None = None
        self._left_out: list[str] = []

    def __iter__(self) -> Iterator[Record | ErrorReport]:
        return map(outcome_of, self.lines())

    def lines(self) -> Iterator[bytes]:
        """The outcomes as lines of JSON, byte for byte those of ``findings extract --format ndjson``."""
        yield from self._begun()

    def table(self, name: str = "reports") -> _findings.Table:
        """A table: pandas, polars, DuckDB and pyarrow take it as it is."""
        if wrong := _no_table(name):
            raise KeyError(wrong)
        if self._wanted is not None and name not in self._wanted:
            raise KeyError(f"the scan was asked for the tables {', '.join(self._wanted)} alone, not for {name}")
        return self._gathered().table(name)

    def names(self) -> list[str]:
        """The names of the tables."""
        return self._gathered().names()

    def _gathered(self) -> _findings.Tables:
        if self._tables is None:
            self._tables = self._begun().tables(self._wanted)
        return self._tables

    @property
    def left_out(self) -> list[str]:
        """The files in which macOS stores metadata of other files (``._a.pdf``): they look like documents but are not.

        Known, and told as a :class:`findings.LeftOutWarning`, as soon as something was asked of the scan.
        """
        return list(self._left_out)

    def _begun(self) -> _findings.Run:
        run = _run(self._given, self._options, expand=True)
        if run.left_out and not self._left_out:
            tell_left_out(run.left_out)
        self._left_out = run.left_out
        return run

    def __arrow_c_schema__(self) -> CapsuleType:
        return self.table().__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> CapsuleType:
        return self.table().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        named = ", ".join(str(each[0] if isinstance(each, tuple) else os.fspath(each)) for each in self._given[:3])
        return f"<Scan of {named}{', …' if len(self._given) > 3 else ''}>"


def _run(given: list[Any], options: list[str], *, expand: bool) -> _findings.Run:
    try:
        run = _findings.Run(given, options, expand)
    except ValueError as error:
        raise refusing(error) from None
    tell(run.refused)
    return run

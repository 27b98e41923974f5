"""What records are held against, and what can be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _findings
from ._fields import Fields
from ._options import arguments, refusing

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._options import Options


class Problem(NamedTuple):
    """Something in a record that is not as it should be."""

    pointer: str
    """JSON Pointer to it; empty for the whole."""
    expected: str
    """What should be there."""
    found: str
    """What is there, shortened."""

    def __str__(self) -> str:
        return f"{self.pointer or '(the whole)'}: expected {self.expected}, found {self.found}"


class Edition(Fields):
    """A layout of a format."""

    id: str
    years: str
    note: str


class Format(Fields):
    """A kind of document that is read."""

    id: str
    title: str
    regulator: str
    editions: list[Edition]
    known_gaps: list[str]
    plugin: str | None


def validate(
    record: Mapping[str, Any] | str | bytes, *, strict: bool = False, **options: Unpack[Options]
) -> list[Problem]:
    """What is wrong with a record, or an error report, by the schema that it names; nothing, if it is valid.

    A record is a dict, or JSON as text. ``strict`` holds its codes against the published lists, too.
    """
    if isinstance(record, Mapping):
        record = json.dumps(record, ensure_ascii=False)
    content = record.encode() if isinstance(record, str) else record
    try:
        rules = _findings.Rules(arguments(dict(options)), strict)
    except ValueError as error:
        raise refusing(error) from None
    return [Problem(*problem) for problem in rules.problems(content)]


def schema(name: str = "inspection-report") -> dict[str, Any]:
    """A published JSON Schema by its name or its ``$id``."""
    found = _findings.schema(name)
    if found is None:
        raise ValueError(f"there is no schema {name!r}; the schemas are {', '.join(_findings.schema_names())}")
    return json.loads(found)  # type: ignore[no-any-return]


def formats(**options: Unpack[Options]) -> list[Format]:
    """The formats that are read, their editions and known gaps, those of plugins too."""
    try:
        known = _findings.formats(arguments(dict(options)))
    except ValueError as error:
        raise refusing(error) from None
    return [Format(each) for each in json.loads(known)]

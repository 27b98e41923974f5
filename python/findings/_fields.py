"""Objects of JSON as Python has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._model import OPTIONAL


class Fields(dict[str, Any]):
    """An object of a record: a dict whose keys can be read as attributes, all the way down.

    >>> place = Fields({"start": "2023-04-24", "visits": [{"end": "2023-05-05"}]})
    >>> place.start, place.visits[0].end
    ('2023-04-24', '2023-05-05')
    """

    if not TYPE_CHECKING:  # Type checkers know the attributes, and report misspelt ones.

        def __getattr__(self, name: str) -> Any:
            try:
                value = self[name]
            except KeyError:
                if name in OPTIONAL:
                    return None
                raise AttributeError(f"there is no {name!r} here; there are {', '.join(self) or 'none'}") from None
            # The wrapped value is stored, so that changes to it are changes to the record.
            if type(value) is dict:
                value = self[name] = Fields(value)
            elif type(value) is list:
                value[:] = [Fields(item) if type(item) is dict else item for item in value]
            return value

        def __setattr__(self, name: str, value: Any) -> None:
            raise AttributeError(f"attributes are to be read; write ...[{name!r}] = ... to change a field")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self]

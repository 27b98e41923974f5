"""How documents are read: the options of the command, as keywords."""

from __future__ import annotations

import os
import warnings
from collections.abc import Sequence
from typing import Any, Literal, TypedDict, Union

StrPath = Union[str, "os.PathLike[str]"]


class PluginWarning(UserWarning):
    """A plugin that is installed is not used."""


class LeftOutWarning(UserWarning):
    """Files that look like documents are none, and are not read."""


class Options(TypedDict, total=False):
    """How documents are read; what is not said is as in the command."""

    jobs: int
    """How many documents, or pages to recognise, are read at a time; otherwise one for each processor."""
    timeout: int
    """Seconds after which a document is given up; recognising its pages has time of its own."""
    max_mb: int
    """Largest document that is read, in megabytes."""
    memory_mb: int
    """Read each document in a worker process that has this much memory, in megabytes: what eats memory or crashes costs that
    worker alone."""
    password: str
    """The password of documents that are locked."""
    password_file: StrPath
    """A file whose first line is that password."""
    ocr: Literal["auto", "never", "always"]
    """When pages are recognised by Tesseract."""
    ocr_cache: StrPath | Literal[False]
    """Where recognised pages are kept; False: nowhere."""
    plugins: bool
    """Whether plugins are used: those that `findings plugin trust` was told to trust."""
    plugin_dirs: Sequence[StrPath]
    """Folders of plugins, before those of FINDINGS_PLUGIN_DIR and the user's own."""
    plugin_timeout: int
    """Seconds that a plugin may take for one document."""


def arguments(options: dict[str, Any]) -> list[str]:
    """The same as arguments of the command.

    >>> arguments({"jobs": 2, "plugins": False, "plugin_dirs": ["a", "b"], "ocr_cache": False})
    ['--jobs=2', '--no-plugins', '--plugin-dir=a', '--plugin-dir=b', '--no-ocr-cache']
    """
    given: list[str] = []
    for name, value in options.items():
        option = "--" + name.replace("_", "-")
        if name == "plugin_dirs":
            given += [f"--plugin-dir={os.fspath(folder)}" for folder in value]
        elif value is None or name in ("plugins", "split") and value == (name == "plugins"):
            continue
        elif name == "split":
            given.append(option)
        elif name in ("plugins", "ocr_cache") and value is False:
            given.append("--no-" + option[2:])
        elif name in Options.__annotations__:
            given.append(f"{option}={value}")
        else:
            raise TypeError(f"there is no option {name!r}; there are {', '.join(Options.__annotations__)}")
    return given


def tell(refused: list[str]) -> None:
    """Warns of plugins that are not used."""
    for why in refused:
        warnings.warn(why, PluginWarning, stacklevel=4)


def tell_left_out(names: list[str]) -> None:
    """Warns of macOS's companion files, which are not read."""
    files = "file" if len(names) == 1 else "files"
    why = f"left out {len(names)} {files} ._* in which macOS keeps what it knows of others: {', '.join(names)}"
    warnings.warn(why, LeftOutWarning, stacklevel=4)

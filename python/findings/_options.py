"""How documents are read: the options of the command, as keywords."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Sequence
from typing import Any, Literal, TypedDict, Union

StrPath = Union[str, "os.PathLike[str]"]


class PluginWarning(UserWarning):
    """A plugin that is installed, or a format file, is not used."""


class LeftOutWarning(UserWarning):
    """Files that look like documents but are not were left out."""


class Options(TypedDict, total=False):
    """How documents are read; what is not said is as in the command."""

    jobs: int
    """How many documents, or pages to recognise, to read at a time; by default one per processor."""
    timeout: int
    """Time limit for each document in seconds; recognising pages (OCR) is allowed extra time."""
    max_mb: int
    """Largest document to read, in megabytes."""
    memory_mb: int
    """Read each document in a worker process with this much memory, in megabytes: a document that uses too much memory or
    crashes costs only that worker."""
    password: str
    """Password for locked documents."""
    password_file: StrPath
    """A file whose first line is that password."""
    ocr: Literal["auto", "never", "always"]
    """When to recognise pages with Tesseract."""
    ocr_cache: StrPath | Literal[False]
    """Folder for recognised pages; False: store none."""
    plugins: bool
    """Whether to use the plugins that were trusted with `findings plugin trust`."""
    plugin_dirs: StrPath | Sequence[StrPath]
    """Folders of plugins, searched before those of FINDINGS_PLUGIN_DIR and the user's own."""
    plugin_timeout: int
    """Time limit in seconds for a plugin to read one document."""
    format_files: bool
    """Whether to use format files, also those that come with findings."""
    formats_dirs: StrPath | Sequence[StrPath]
    """Folders of format files (NAME.format.toml), searched before the user's own."""


FOLDERS = {"plugin_dirs": "plugin-dir", "formats_dirs": "formats-dir"}
"""Keywords that take several folders, and the option that is repeated for each."""
SWITCHED_ON = ("plugins", "format_files", "ocr_cache")
"""What is used unless the keyword is False."""


def arguments(options: dict[str, Any]) -> list[str]:
    """The same as arguments of the command.

    >>> arguments({"jobs": 2, "plugins": False, "plugin_dirs": ["a", "b"], "ocr_cache": False})
    ['--jobs=2', '--no-plugins', '--plugin-dir=a', '--plugin-dir=b', '--no-ocr-cache']
    >>> arguments({"formats_dirs": "works", "plugins": True, "password": None, "split": False})
    ['--formats-dir=works']
    """
    given: list[str] = []
    for name, value in options.items():
        option = name.replace("_", "-")
        if name not in Options.__annotations__ and name != "split":
            raise TypeError(f"there is no option {name!r}; the options are {', '.join(Options.__annotations__)}")
        if name in FOLDERS:
            folders = [value] if isinstance(value, (str, os.PathLike)) else value or ()
            given += [f"--{FOLDERS[name]}={os.fspath(folder)}" for folder in folders]
        elif name == "split":
            given += ["--split"] if value else []
        elif name in SWITCHED_ON and isinstance(value, bool):
            given += [] if value else [f"--no-{option}"]
        elif value is not None:
            given.append(f"--{option}={value}")
    return given


def in_python(message: str) -> str:
    """A message of the command with its options named as keywords.

    >>> in_python("invalid value '0' for '--max-mb <MB>': 0 is not in 1..1048576")
    "invalid value '0' for max_mb: 0 is not in 1..1048576"
    >>> in_python("'--password <PASSWORD>' cannot be used with '--password-file <FILE>'")
    'password cannot be used with password_file'
    """
    keywords = {option: name for name, option in FOLDERS.items()}
    keywords |= {"no-" + name.replace("_", "-"): name for name in SWITCHED_ON}

    def keyword(option: re.Match[str]) -> str:
        name = keywords.get(option["name"], option["name"].replace("-", "_"))
        return name if name in Options.__annotations__ else option[0]

    return re.sub(r"(?P<quote>'?)--(?P<name>[a-z][a-z-]*)(?: <[^>]*>|=<[^>]*>)?(?P=quote)", keyword, message)


def refusing(option_error: ValueError) -> ValueError:
    """The error for an option's value, in Python's terms."""
    return ValueError(in_python(str(option_error)))


def tell(refused: list[str]) -> None:
    """Warns of plugins and format files that are not used."""
    for why in refused:
        warnings.warn(why, PluginWarning, stacklevel=4)


def tell_left_out(names: list[str]) -> None:
    """Warns of macOS's companion files, which are not read."""
    files = "file" if len(names) == 1 else "files"
    why = f"left out {len(names)} {files} named ._*, in which macOS stores metadata of other files: {', '.join(names)}"
    warnings.warn(why, LeftOutWarning, stacklevel=4)

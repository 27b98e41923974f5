"""The ``findings`` command of the package."""

import signal
import sys

from . import _findings


def main() -> int:
    """Does what the command line asks for and gives the exit code."""
    # Ctrl-C ends the command at once; Python's own handler would wait until Rust returns.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _findings.main(["findings", *sys.argv[1:]])

"""How Rust starts worker processes from within Python.

What may crash, hang or grow (a second text engine, the drawing of pages, plugins) runs in processes of its own: the
``findings`` command with limits. Here that is this interpreter, which loads nothing but the extension module.
"""

import sys
from pathlib import Path

from . import _findings

# Isolated, without `site`: a worker starts in milliseconds, whatever is installed and wherever the package is.
# It starts further workers in the same way as it was started itself.
_CODE = (
    "import sys; sys.path.append(sys.argv.pop(1)); import _findings; "
    "_findings.start_workers_with(sys.executable, sys.orig_argv[1:6]); sys.exit(_findings.main(sys.argv))"
)


def start_workers() -> None:
    """Says how workers are started. Without a known interpreter (Python embedded in a program) there are none."""
    folder = Path(str(_findings.__file__)).parent
    _findings.start_workers_with(sys.executable or "", ["-I", "-S", "-c", _CODE, str(folder)])

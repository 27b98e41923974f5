"""``python -m findings`` is the ``findings`` command."""

import sys

from ._command import main

sys.exit(main())

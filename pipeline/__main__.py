"""``python -m pipeline`` is ``casebook``."""

import sys

from pipeline.cli import main

sys.exit(main())

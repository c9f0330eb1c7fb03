"""`python -m eventprint`: the same door as the `eventprint` command."""

import sys

from .cli import main

sys.exit(main())

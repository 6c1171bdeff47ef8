"""`python -m desktop` is the command `watchfloor`."""

import sys

from desktop.cli import main

sys.exit(main())

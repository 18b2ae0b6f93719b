"""`python -m tests.year --cases 90000 --seed 1`."""

import sys

from tests.year.run import main

sys.exit(main())

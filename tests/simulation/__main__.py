"""`python -m tests.simulation --cases 200 --seed 1`."""

import asyncio
import sys

from tests.simulation.run import main

sys.exit(asyncio.run(main()))

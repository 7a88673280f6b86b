"""The hub's settings as the tests need them: nothing is read from or written to the data of a running hub."""

import os
from pathlib import Path

# Each process of a parallel run has its own folder, so that their uploads cannot meet.
process = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["HUB_ENV"] = "test"
os.environ["HUB_DATA"] = str(Path(__file__).resolve().parent.parent / ".test" / "data" / process)

from hub.settings import *  # noqa: E402, F403

# The place of collected static files, which the tests do without; WhiteNoise wants it to be there.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405

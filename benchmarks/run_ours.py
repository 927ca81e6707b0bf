"""`python -m bot run` with one more room, the form of the benchmark, and a command that opens it.

No room of the product asks just these five questions. Settings come from the environment; all else
is the process people run.
"""

from __future__ import annotations

import sys

from benchmarks.ours import Filling
from bot.__main__ import main
from conversations.commands import OPENS
from conversations.registry import ROOMS

if __name__ == "__main__":
    ROOMS.add(Filling())
    OPENS[Filling.key] = Filling.key
    sys.argv = ["bot", "run"]
    main()

"""`python -m bot COMMAND`: the command line. Each file of bot/cli/ adds its own commands."""

from __future__ import annotations

import sys


def main() -> None:
    """Run one command; exits 2 with one sentence on stderr when a setting is wrong."""
    from bot.cli import build
    from bot.settings import SettingsError

    try:
        build()()
    except SettingsError as wrong:
        print(wrong, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()

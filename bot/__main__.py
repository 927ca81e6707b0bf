"""`python -m bot COMMAND`: the command line. Each file of bot/cli/ adds its own commands."""

from __future__ import annotations

import sys


def main() -> None:
    """Run one command. What its operator can mend is one sentence on stderr, and exit code 2."""
    from bot.cli import build

    try:
        build()()
    except Exception as wrong:
        if not _can_be_mended(wrong):
            raise
        print(wrong, file=sys.stderr)
        sys.exit(2)


def _can_be_mended(wrong: Exception) -> bool:
    """Whether the message alone says what to do: a setting, a database or a file is wrong."""
    from bot.channels import CannotServe
    from bot.parts import UnknownPart
    from bot.settings import SettingsError
    from bot.web import CannotListen
    from models.content.reading import ContentError
    from models.database import DatabaseError
    from models.files import BadAddress

    settings = SettingsError | UnknownPart | BadAddress | CannotListen | CannotServe
    return isinstance(wrong, settings | ContentError | DatabaseError)


if __name__ == "__main__":
    main()

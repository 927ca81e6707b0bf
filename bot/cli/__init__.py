"""The command line, one file a group of commands.

A file here is a group: it has `add(app)`, which puts its commands on the typer app. What a command
needs is imported inside it, so that `--help` is instant and `run` loads only what it starts.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typer import Typer


def build() -> Typer:
    """The whole command line, from every file in this folder."""
    from typer import Typer

    app = Typer(
        help="Trợ lý OCOP: the assistant for Vietnam's One Commune One Product programme.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(lambda: None)  # keeps `words` a command even while it is the only one
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        importlib.import_module(f"{__name__}.{module.name}").add(app)
    return app

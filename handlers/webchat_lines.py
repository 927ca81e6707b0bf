"""Lines of a chat as the page reads them (JSON)."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.webchat_http import tag
from handlers.wire import Line
from models.messages import Address, Button, SentFile


def lines_json(address: Address, lines: Sequence[Line], language: str) -> dict[str, object]:
    """{"lines": [...], "language": "vi"}: the one shape of lists, events and answers."""
    return {"lines": [line_json(address, line) for line in lines], "language": language}


def line_json(address: Address, line: Line) -> dict[str, object]:
    """One line; what is empty is left out."""
    say = line.say
    files = say.files if say else line.files
    parts: dict[str, object] = {
        "id": line.id,
        "mine": line.mine,
        "at": line.at.isoformat(),
        "text": say.text if say else line.text,
        "rows": [row for row in map(_row, say.rows) if row] if say else [],
        "files": [_file(address, file) for file in files],
        "nonce": line.nonce,
        "pressed": line.pressed,
        "on": line.pressed_on,
        "replaces": line.replaces,
    }
    return {key: value for key, value in parts.items() if value not in (None, [])}


def _row(row: Sequence[Button]) -> list[dict[str, str]]:
    return [_button(button) for button in row if button.action or button.url]


def _button(button: Button) -> dict[str, str]:
    link = {"url": button.url} if button.url.startswith(("https://", "http://", "/")) else {}
    if button.copy:
        link["copy"] = button.copy
    return {"label": button.label, "data": button.action, "style": button.style, **link}


def _file(address: Address, file: SentFile) -> dict[str, str]:
    return {
        "url": f"/file/{tag(address)}/{file.key}",
        "name": file.name,
        "mime": file.mime,
        "caption": file.caption,
    }

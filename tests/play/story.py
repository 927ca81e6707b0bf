"""Golden talks: a plain-text story is played and the bot's side is compared line by line.

A story is a text file. Lines a person writes:

    # comment                          title, or why
    == 25/11/2026 09:00                the clock is set
    == +10 phút                        the clock moves (phút, giờ, ngày)
    @ Minh là cán bộ xã 18484          an officer (xã CODE[,CODE] | tỉnh | quản trị | lãnh đạo)
    + Mật ong | Hộ Lan | ho | 18496 | 4 | 3 | 12/QĐ-UBND | 25/11/2024 | 25/11/2027
                                       a product of the province's list (register.py's columns)
    Lan: xin chào                      Lan types
    Lan [Đồng ý]                       Lan presses the button that reads so
    Lan (ảnh giay.jpg)                 Lan sends a photo; more with commas; (ảnh mờ x.jpg) blurred
    Lan (tệp hopdong.pdf)              Lan sends a document

What the bot says follows, indented; `pytest --update` rewrites it:

      | Chào bà con ...
      [Đăng ký] [Menu]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from models.messages import Say

_LINE = re.compile(r"^(?P<who>[^\W\d_][\w ]{0,20}?)\s*(?P<what>:|\[|\()\s*(?P<rest>.*)$")


@dataclass(slots=True)
class Line:
    """One thing that happens in a story, and what the bot said to it."""

    raw: str
    kind: str  # says | presses | sends | clock | officer | listed | comment
    who: str = ""
    what: str = ""
    heard: list[str] = field(default_factory=list)


def parse(path: Path) -> list[Line]:
    """The lines of a story; indented lines are what the bot said to the line before."""
    lines: list[Line] = []
    for raw in path.read_text(encoding="utf-8").splitlines():
        if raw.startswith("  ") and lines:
            lines[-1].heard.append(raw)
        elif raw.strip():
            lines.append(_line(raw.rstrip()))
        else:
            lines.append(Line("", "comment"))
    return lines


def _line(raw: str) -> Line:
    if raw.startswith("#"):
        return Line(raw, "comment")
    if raw.startswith("=="):
        return Line(raw, "clock", what=raw[2:].strip())
    if raw.startswith("@"):
        return Line(raw, "officer", what=raw[1:].strip())
    if raw.startswith("+"):
        return Line(raw, "listed", what=raw[1:].strip())
    match = _LINE.match(raw)
    if match is None:
        raise ValueError(f"a story line nobody understands: {raw!r}")
    kind = {":": "says", "[": "presses", "(": "sends"}[match["what"]]
    rest = match["rest"].strip()
    return Line(raw, kind, match["who"].strip(), rest.rstrip("])") if kind != "says" else rest)


def shown(who: str, say: Say, edited: bool = False) -> list[str]:
    """A message as the story shows it."""
    mark = f"  {who} ~" if edited else f"  {who} |"
    out = [f"{mark} {line}".rstrip() for line in say.text.splitlines()]
    out += [f"    <tệp {f.name}>" for f in say.files]
    out += ["    " + " ".join(f"[{b.label}]" for b in row) for row in say.rows]
    return out


def written(lines: list[Line]) -> str:
    """The story as text, the bot's side included."""
    text: list[str] = []
    for line in lines:
        text.append(line.raw)
        text.extend(line.heard)
    return "\n".join(text).rstrip() + "\n"

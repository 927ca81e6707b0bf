"""The flows, drawn and proof-read without running them: `docs/flows.md` and `check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conversations.rooms import Room
from conversations.steps import Choose, Either, Is, Not, Review, Search, Step

Condition = Is | Not | Either

HEAD = """\
# Các câu chuyện

Tệp này do `make flows` vẽ ra từ mã; đừng sửa tay. Mỗi dòng là một câu hỏi, theo thứ tự được hỏi;
câu có điều kiện chỉ hỏi khi điều kiện đúng.
"""


def drawn(rooms: Iterable[Room]) -> str:
    """Every room as Markdown: forms as a table of questions and a map, the others by name."""
    parts = [HEAD]
    for room in sorted(rooms, key=lambda room: room.key):
        parts.append(f"## {room.title or room.key} (`{room.key}`)\n")
        parts.append(f"{_about(room)}\n")
        if steps := _steps(room):
            parts += [_table(steps), _map(steps)]
    return "\n".join(parts)


def complaints(rooms: Iterable[Room]) -> Iterator[str]:
    """What is wrong with the flows: keys, conditions, and how they end."""
    for room in rooms:
        if not room.title:
            yield f"{room.key}: has no title"
        steps = _steps(room)
        for what in _complaints(steps):
            yield f"{room.key}: {what}"
        if steps and room.needs_consent and not isinstance(steps[-1], Review):
            yield f"{room.key}: keeps what is said, but does not end with a review"


def _steps(room: Room) -> tuple[Step, ...]:
    steps: tuple[Step, ...] = getattr(room, "steps", ())
    return steps


def _complaints(steps: tuple[Step, ...]) -> Iterator[str]:
    asked: dict[str, Step] = {}
    for step in steps:
        if step.key in asked:
            yield f"two steps are called {step.key}"
        for condition in _flat(step.when):
            yield from _doubts(step, condition, asked.get(condition.step))
        if isinstance(step, Choose) and not step.options and not step.source:
            yield f"{step.key} offers nothing to choose"
        if isinstance(step, Review) and step is not steps[-1]:
            yield f"{step.key} is a review and not the last step"
        asked[step.key] = step


def _doubts(step: Step, condition: Is | Not, earlier: Step | None) -> Iterator[str]:
    if condition.step.startswith("_"):  # a fact known beforehand
        return
    if earlier is None:
        yield f"{step.key} waits for {condition.step}, which is not asked before it"
    elif isinstance(earlier, Choose) and earlier.options:
        keys = {choice.key for choice in earlier.options} | {"None"}
        for unknown in sorted(set(condition.choices) - keys):
            yield f"{step.key} waits for {condition.step} = {unknown}, which cannot be chosen"


def _flat(condition: Condition | None) -> tuple[Is | Not, ...]:
    if condition is None:
        return ()
    return condition.conditions if isinstance(condition, Either) else (condition,)


def _about(room: Room) -> str:
    said = [
        "Dành cho cán bộ." if room.officers_only else "Dành cho mọi người.",
        "Cần đồng ý lưu thông tin trước." if room.needs_consent else "Không cần đồng ý trước.",
    ]
    if room.menu_label:
        said.append(f"Nút trong menu: “{room.menu_label}”.")
    return " ".join(said)


def _table(steps: tuple[Step, ...]) -> str:
    lines = ["| | câu hỏi | trả lời | khi |", "| --- | --- | --- | --- |"]
    for number, step in enumerate(steps, 1):
        ask = " ".join(f"{step.ask} {step.hint}".split())
        optional = " (bỏ qua được)" if step.optional else ""
        lines.append(f"| {number} | {ask}{optional} | {_kind(step)} | {_when(step.when)} |")
    return "\n".join(lines) + "\n"


def _kind(step: Step) -> str:
    if isinstance(step, Choose) and step.options:
        return " · ".join(choice.label for choice in step.options)
    if isinstance(step, Choose | Search):
        return f"`{step.source}`"
    return f"*{type(step).__name__}*"


def _when(condition: Condition | None) -> str:
    if isinstance(condition, Either):
        return " hoặc ".join(_when(part) for part in condition.conditions)
    if condition is None:
        return ""
    sign = "=" if isinstance(condition, Is) else "≠"
    return f"{condition.step} {sign} {', '.join(condition.choices)}"


def _map(steps: tuple[Step, ...]) -> str:
    """A Mermaid drawing: one arrow from step to step, a side road where a step may be left out."""
    lines = ["```mermaid", "flowchart TD"]
    lines += [f'  s{n}["{n}. {step.label or step.key}"]' for n, step in enumerate(steps, 1)]
    for number, step in enumerate(steps[1:], 2):
        condition = _when(step.when)
        lines.append(f"  s{number - 1} -->{f'|{condition}|' if condition else ''} s{number}")
        if condition and number < len(steps):
            lines.append(f"  s{number - 1} -.-> s{number + 1}")
    return "\n".join([*lines, "```", ""])

"""Which sentences the code says, which English there is, and what does not match."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# Calls that say a sentence, and which of their arguments it is (from 0; two for a plural).
SAYING: dict[str, tuple[int, ...]] = {
    "_": (0,),
    "N_": (0,),
    "t": (0,),  # ctx.t(...), asker.t(...)
    "say": (0,),  # ask.say(...)
    "gettext": (1,),  # gettext(lang, ...)
    "ngettext": (1, 2),
    "button": (1,),  # button(ctx, label, action)
}
PACKAGES = ("bot", "conversations", "handlers", "locales", "models")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence the code says: its Vietnamese (and the plural's, if any), where it is said."""

    msgid: str
    plural: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class English:
    """An entry of a catalogue: its Vietnamese and its English forms (one, or one and many)."""

    msgid: str
    forms: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend, and where."""

    file: str
    line: int
    what: str


def said(root: Path) -> list[Sentence]:
    """Every sentence in the Python files and templates under `root`, in file order."""
    sentences: list[Sentence] = []
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            sentences += _in_code(path.read_text(encoding="utf-8"), _name(path, root))
    for path in sorted((root / "conversations" / "templates").glob("*")):
        sentences += _in_template(path, _name(path, root))
    return sentences


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _in_code(text: str, file: str) -> Iterator[Sentence]:
    """The syntax tree, not the tokens: calls inside f-strings are seen on every Python."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            places = SAYING.get(getattr(node.func, "attr", getattr(node.func, "id", "")), ())
            found = [_texts(node.args[at]) for at in places if at < len(node.args)]
            for one, plural in zip(found[0], found[-1], strict=False) if found else ():
                yield Sentence(one, plural if len(places) == 2 else "", file, node.lineno)


def _texts(node: ast.expr) -> list[str]:
    """The texts an argument may be: "a"; "a" if ... else "b"; self.words or "a"."""
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    if isinstance(node, ast.BoolOp):
        return [text for value in node.values for text in _texts(value)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _in_template(path: Path, file: str) -> Iterator[Sentence]:
    from babel.messages.extract import extract

    with path.open("rb") as stream:
        method = "jinja2.ext:babel_extract"
        for line, found, _, _ in extract(method, stream, {"_": None}, options={"silent": "false"}):
            if isinstance(found, str) and found:
                yield Sentence(found, "", file, line)


def english(root: Path) -> list[English]:
    """Every entry of every English catalogue, in file order."""
    from babel.messages.pofile import read_po

    entries = []
    for path in sorted((root / "locales" / "en").glob("*.po")):
        name = path.relative_to(root).as_posix()
        with path.open("rb") as file:
            for message in read_po(file, locale="en", abort_invalid=True):
                if message.id:
                    one = message.id if isinstance(message.id, str) else message.id[0]
                    text = message.string or ""
                    forms = (text,) if isinstance(text, str) else tuple(text)
                    if message.fuzzy:
                        forms = ("",)
                    entries.append(English(one, forms, name, message.lineno or 0))
    return entries


def problems(root: Path) -> list[Problem]:
    """What is wrong with the words: no English, English nobody says, fields that differ."""
    sentences, entries = said(root), english(root)
    known = {entry.msgid: entry for entry in entries if all(entry.forms)}
    used = {sentence.msgid for sentence in sentences}
    found = [
        Problem(s.file, s.line, f"no English for {s.msgid!r}")
        for s in _once(sentences)
        if s.msgid not in known
    ]
    found += [
        Problem(e.file, e.line, f"nobody says {e.msgid!r}") for e in entries if e.msgid not in used
    ]
    return found + list(_mismatches(sentences, known)) + list(_contradictions(entries))


def add_missing(root: Path, area: str) -> int:
    """Append what has no entry to `locales/en/<area>.po`, its English empty; how many."""
    path = root / "locales" / "en" / f"{area}.po"
    there = {entry.msgid for entry in english(root)}
    missing = [s for s in _once(said(root)) if s.msgid not in there]
    if not path.exists():
        path.write_text(_HEADER.format(area=area), encoding="utf-8")
    with path.open("a", encoding="utf-8") as file:
        file.writelines(_entry(sentence) for sentence in missing)
    return len(missing)


_HEADER = """\
# English for {area}.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def _entry(sentence: Sentence) -> str:
    from babel.messages.pofile import denormalize, normalize

    quoted = normalize(sentence.msgid)
    assert denormalize(quoted) == sentence.msgid  # noqa: S101  (what we write, we can read)
    if not sentence.plural:
        return f'\nmsgid {quoted}\nmsgstr ""\n'
    plural = normalize(sentence.plural)
    return f'\nmsgid {quoted}\nmsgid_plural {plural}\nmsgstr[0] ""\nmsgstr[1] ""\n'


def _once(sentences: list[Sentence]) -> list[Sentence]:
    return list({sentence.msgid: sentence for sentence in reversed(sentences)}.values())[::-1]


def _mismatches(sentences: list[Sentence], known: dict[str, English]) -> Iterator[Problem]:
    for sentence in _once(sentences):
        entry = known.get(sentence.msgid)
        if entry is None:
            continue
        if bool(sentence.plural) != (len(entry.forms) == 2):
            yield Problem(entry.file, entry.line, f"one form or two? {entry.msgid!r}")
        allowed = fields(sentence.msgid) | fields(sentence.plural)
        for form in entry.forms:
            wrong = fields(form) - allowed if sentence.plural else fields(form) ^ allowed
            if wrong:
                names = ", ".join(sorted(wrong))
                yield Problem(entry.file, entry.line, f"fields differ ({names}): {entry.msgid!r}")


def _contradictions(entries: list[English]) -> Iterator[Problem]:
    first: dict[str, English] = {}
    for entry in entries:
        before = first.setdefault(entry.msgid, entry)
        if before.forms != entry.forms:
            where = f"{before.file}:{before.line}"
            yield Problem(entry.file, entry.line, f"other English at {where}: {entry.msgid!r}")


def fields(text: str) -> set[str]:
    """The `{names}` in a sentence: "Bà con gửi {n} ảnh" → {"n"}."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:  # a lone brace: a sentence that has no fields
        return set()

"""The official forms, filled in with what was told; what was not told stays a dotted line.

Forms: Quyết định 26/2026/QĐ-TTg, Phụ lục III, Mẫu số 01, 02, 03; the Word templates are content.
Ethnicity is printed on two of them and is never filled in here: the person writes it by hand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from io import BytesIO
from typing import Literal

from .docx_bytes import steady

Form = Literal["mau_01", "mau_02", "mau_03"]

LINE = "\t"  # the templates have a dotted tab stop at the end of the line
LINES = "\n".join([LINE] * 4)
GAP = "…………"  # within a sentence
SHORT = "……………………"  # the first of two fields in a line
EMPTY, TICKED = "☐", "☑"
ROOM = 12  # empty rows of the score table when nothing was scored

Blanks = Mapping[str, str]
CASES = ("first", "upgrade", "again")
TICKS = (
    "business",
    "declaration",
    "food_safety",
    "production",
    "ip",
    "trademark",
    "collective_mark",
    "patent",
    "design",
    "copyright",
    "other",
)
RIGHTS = {"trademark", "collective_mark", "patent", "design", "copyright", "other"}  # tick "ip" too

OWNER: Blanks = dict.fromkeys(("address", "representative", "product"), LINE)
SUBJECT: Blanks = {
    **OWNER,
    **dict.fromkeys(("subject_name", "subject_type", "residence"), LINE),
    "gender": SHORT,
}
FIELDS: Mapping[str, Blanks] = {
    "mau_01": {
        **OWNER,
        **dict.fromkeys(("unit_name", "position", "email", "samples"), LINE),
        "phone": SHORT,
        "group": f"{LINE}\n{LINE}",
        "province": GAP,
        "year": "……",
        "place": GAP,
    },
    "mau_02": {
        **SUBJECT,
        "product": f"{LINE}\n{LINE}",
        **dict.fromkeys(("phone", "registered_on"), SHORT),
        **dict.fromkeys(("email", "registration_number", "product_set", "other_ip"), LINE),
        **dict.fromkeys(("history", "organisation", "production", "quality", "market"), LINES),
        **dict.fromkeys(("results", "changes", "plan"), LINES),
        **dict.fromkeys(("most_total", "score_total"), ""),
        "place": GAP,
        "year": "……",
    },
    "mau_03": {
        **SUBJECT,
        **dict.fromkeys(("material", "labour", "idea", "identity"), LINES),
        "commune": f"xã/phường {GAP}",
        "province": GAP,
    },
}


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One criterion in part III of Mẫu số 02; None leaves its cell empty for the pen."""

    number: str
    text: str
    most: int | None = None
    score: int | None = None
    evidence: tuple[str, ...] = ()
    heading: bool = False  # a part or group of criteria, in bold


def fill_form(form: Form, fields: Mapping[str, object]) -> bytes:
    """The form as DOCX; the same fields give the same bytes.

    `fields` by the names in FIELDS; also `case` (first, upgrade, again) for mau_01 and mau_02, and
    for mau_02 `ticks` (names in TICKS) and `rows` (ScoreRow). None or nothing stays a dotted line;
    figures and dates come as text, written the Vietnamese way. ValueError for a name that the form
    has no place for.
    """
    from docxtpl import DocxTemplate

    template = DocxTemplate(BytesIO(_template(form)))
    template.render(_context(form, fields), autoescape=True)
    out = BytesIO()
    template.save(out)
    return steady(out.getvalue())


def _template(form: Form) -> bytes:
    return (files("content") / "national" / "forms" / f"{form}.docx").read_bytes()


def _context(form: Form, fields: Mapping[str, object]) -> dict[str, object]:
    blanks, extras = FIELDS[form], EXTRAS[form]
    unknown = set(fields) - set(blanks) - set(extras)
    if unknown:
        raise ValueError(f"{form} has no place for {', '.join(sorted(unknown))}")
    context: dict[str, object] = {"blank": LINE, "short_blank": SHORT}
    for name, blank in blanks.items():
        context[name] = _clean(fields.get(name), keep_lines="\n" in blank) or blank
    for name, extra in extras.items():
        context.update(extra(fields.get(name)))
    if form == "mau_03":
        context.update(_sentence(context))
    return context


def _clean(value: object, keep_lines: bool) -> str:
    """Text that Word can hold: no control characters; one line unless the field has several."""
    lines = str("" if value is None else value).replace("\r\n", "\n").split("\n")
    tidy = [" ".join("".join(c if _printable(c) else " " for c in x).split()) for x in lines]
    said = [line for line in tidy if line]
    return ("\n" if keep_lines else " ").join(said)


def _printable(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cs", "Cn", "Co")


def _case(case: object) -> dict[str, object]:
    if case is not None and case not in CASES:
        raise ValueError(f"case is one of {', '.join(CASES)}")
    ticks: dict[str, object] = {f"case_{c}": TICKED if c == case else EMPTY for c in CASES}
    return ticks | {"recognised_before": case in ("upgrade", "again")}


def _ticks(given: object) -> dict[str, object]:
    ticked = set(given) if isinstance(given, Iterable) else set()
    if ticked - set(TICKS):
        raise ValueError(f"ticks are among {', '.join(TICKS)}")
    if ticked & RIGHTS:
        ticked.add("ip")
    return {f"tick_{tick}": TICKED if tick in ticked else EMPTY for tick in TICKS}


def _rows(given: object) -> dict[str, object]:
    rows = list(given) if isinstance(given, Sequence) else []
    return {"rows": [_cells(row) for row in rows or [ScoreRow("", "")] * ROOM]}


def _cells(row: ScoreRow) -> dict[str, object]:
    cells = asdict(row) | {"evidence": "; ".join(row.evidence)}
    clean: dict[str, object] = {n: _clean(value, keep_lines=False) for n, value in cells.items()}
    return clean | {"heading": row.heading}


def _sentence(context: Mapping[str, object]) -> dict[str, object]:
    """The names again, within the last sentence and in the capitals of a heading."""
    inline = {
        f"{short}_inline": GAP if context[name] == LINE else context[name]
        for short, name in (("product", "product"), ("subject", "subject_name"))
    }
    return inline | {"commune_capitals": str(context["commune"]).upper()}


EXTRAS: Mapping[str, Mapping[str, Callable[[object], dict[str, object]]]] = {
    "mau_01": {"case": _case},
    "mau_02": {"case": _case, "ticks": _ticks, "rows": _rows},
    "mau_03": {},
}

"""Answers from the score sheets: the points of an item, whether a figure suffices, the minimums."""

from __future__ import annotations

import re
from collections.abc import Callable

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft, lowered
from conversations.policy.passages import MINIMUMS
from conversations.policy.sets import group_of_set, known_set
from conversations.policy.understand import plain
from models.content.sheet import Item, Option, ScoreSheet

_ASKS_ENOUGH = (
    "du",
    "du chua",
    "chua",
    "dat",
    "sao",
    "muc",
    "duoc may",
    "tinh sao",
    "enough",
    "star",
    "stars",
    "duoc cham",
    "cham duoc",
)
_ASKS_FIGURE = ("bao nhieu phan tram", "may phan tram", "may dai li", "bao nhieu dai li",
    "how many agents",
                "what percentage", "what share", "bao nhieu %", "may %")  # fmt: skip
_ASKS_MINIMUM = (
    "toi thieu", "dieu kien", "can gi", "can nhung gi", "can nhung", "bat buoc", "phai co gi",
    "phai co nhung", "yeu cau",
    "minimum", "requirements", "required", "need for", "what does", "can them", "muc toi thieu",
    "tieu chi", "dau sao",
)  # fmt: skip
#: Whether it may be scored at all: the lowest rank with a certificate is meant.
_ASKS_ENTRY = (
    "duoc xet",
    "xet ocop",
    "vao ocop",
    "lam ocop duoc",
    "tham gia duoc",
    "duoc cham ocop",
)
_ASKS_LEVEL = ("phai dat", "dat nguong", "nguong nao", "dat muc", "toi muc")
_PART = re.compile(r"\b(?:phan|part) [abc]\b")
_PEOPLE = re.compile(r"\b(\d{1,3}) (?:nguoi|tho|lao dong|cong nhan|workers?|people)\b")
_POINTS = re.compile(
    r"(?<!dia )(?<!thoi )(?<!quan )(?<!dac )(?<!uu )\bdiem\b(?! du lich| ban| den| trung| nao| yeu)"
    r"|\bpoints?\b"
)
#: What asks for the worst that can happen at an item.
_ASKS_ZERO = ("0", "0 diem", "dung", "loai", "bi loai", "xu li", "zero", "rejected", "stop",
              "thi sao", "chuyen gi", "hau qua", "co sao khong")  # fmt: skip

_NUMBER = r"(\d+)(?: ?%)?"
_SPANS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[float, float]]], ...] = (
    (re.compile(rf"trên {_NUMBER}", re.I), lambda m: (float(m[1]) + 0.01, 1e9)),
    (re.compile(rf"từ {_NUMBER} (?:hoạt động )?trở xuống", re.I), lambda m: (0.0, float(m[1]))),
    (
        re.compile(rf"{_NUMBER} đến dưới {_NUMBER}", re.I),
        lambda m: (float(m[1]), float(m[2]) - 0.01),
    ),
    (re.compile(rf"{_NUMBER} đến {_NUMBER}", re.I), lambda m: (float(m[1]), float(m[2]))),
    (re.compile(rf"dưới {_NUMBER}", re.I), lambda m: (0.0, float(m[1]) - 0.01)),
    (re.compile(rf"từ {_NUMBER}", re.I), lambda m: (float(m[1]), 1e9)),
)
_COUNT = re.compile(
    r"\b(\d{1,3}) (?:dai li|dai dien|nha phan phoi|agents?|hoat dong|activities|"
    r"(?:cho|noi|quan|tiem|cua hang) (?:nhan )?ban)\b"
)


def item_named(ask: Ask, number: int | None) -> str | None:
    """The criterion a question names: of the sheet `number` first, by its longest wording."""
    held = {item.id: item for item in ask.matter.sheet(number).items} if number else {}
    words = [
        *ask.matter.items_said.named_in(ask.reading),
        *((title, item) for item in held for title in _called(ask, held[item])),
    ]
    said = [(item in held, len(word), item) for word, item in words]
    return max(said)[2] if said else None


def _called(ask: Ask, item: Item) -> list[str]:
    """What the sheet calls the item: "vị", "mùi" alone mean it only when points are asked."""
    title = item.title("vi")
    return [title] if _points_named(ask) and ask.reading.names(title) else []


def _points_named(ask: Ask) -> bool:
    """Points, not a place (điểm du lịch) or a time (thời điểm)."""
    return _POINTS.search(ask.text) is not None or ask.reading.has(*_ASKS_LEVEL)


def least_of_item(ask: Ask) -> Draft | None:
    """What a rank needs of the criterion named, on the sheet of the product named."""
    wanted = _wanted(ask)
    number = known_set(ask) if wanted and not ask.open else None
    item_id = item_named(ask, number) if number is not None else None
    return _least(ask, item_id, number, wanted) if item_id and number is not None else None


def least_of_most(ask: Ask) -> Draft | None:
    """The same on the sheet that stands for most sets, when no product is named."""
    wanted = _wanted(ask)
    item_id = item_named(ask, known_set(ask)) if wanted and not ask.open else None
    return _least(ask, item_id, _like(ask, item_id), wanted) if item_id else None


def _wanted(ask: Ask) -> int:
    """The rank with a certificate that is asked about; 0 when none is."""
    named = [rank for rank in slots.stars(ask.text) if rank >= 3]
    return named[-1] if named else 3 if ask.reading.has(*_ASKS_ENTRY) else 0


def _like(ask: Ask, item_id: str) -> int:
    """The set whose sheet stands for most of those that have the item."""
    return int(ask.matter.items[item_id]["like"])


def _least(ask: Ask, item_id: str, number: int, rank: int) -> Draft | None:
    sheet = ask.matter.sheet(number)
    item = next((one for one in sheet.items if one.id == item_id), None)
    if item is None:
        return None
    scored = bool(slots.points(ask.text))
    lines = [
        *([ask.say("Đủ điểm chưa đủ: mục này còn phải đạt mức tối thiểu.")] if scored else []),
        *(_verdict(ask, item) or [_needed(ask, item, rank)]),
        *_ladder(ask, item),
        *(rule.text(ask.lang) for rule in sheet.ends_at(item)),
        _whose(ask, sheet),
    ]
    return Draft("tieu_chi:" + item_id, tuple(lines), ask.cited("dau_sao_nghia"))


def _needed(ask: Ask, item: Item, rank: int) -> str:
    least = item.minimum(rank)
    title = lowered(item.title(ask.lang))
    if least is None:
        return ask.say(
            "Mục {title} không phải mức tối thiểu của {rank} sao; chưa làm thì chỉ mất điểm.",
            title=title, rank=rank,
        )  # fmt: skip
    return ask.say(
        "{rank} sao cần ở mục {title}: {what}", rank=rank, title=title, what=least.full(ask.lang)
    )


def _asks_points(ask: Ask) -> bool:
    if _points_named(ask):
        return True
    figure, ranks = _figure(ask), slots.stars(ask.text)
    asks = ask.reading.has(*_ASKS_ENOUGH)
    return bool((figure is not None and asks) or (ranks and ask.reading.has(*_ASKS_FIGURE)))


def points_of_item(ask: Ask) -> Draft | None:
    """The ladder of a criterion; with a figure, whether it suffices for the rank asked about."""
    if ask.open or _PART.search(ask.text):
        return None
    number = known_set(ask)
    item_id = item_named(ask, number)
    if item_id is None:
        return None
    sheet = ask.matter.sheet(_holding(ask, item_id, number))
    item = sheet.item(item_id)
    ends = [rule.text(ask.lang) for rule in sheet.ends_at(item)]
    first = ends if ask.reading.has(*_ASKS_ZERO) else []
    if not _asks_points(ask) and not _asks_enough(ask, item) and not (first and number):
        return None
    last = [] if first else ends
    lines = [*first, *_verdict(ask, item), *_ladder(ask, item), *last]
    return Draft("tieu_chi:" + item_id, (*lines, _whose(ask, sheet)), ask.cited("dau_sao_nghia"))


def _asks_enough(ask: Ask, item: Item) -> bool:
    """Whether a step of the item, in its own words, is asked to suffice for a rank."""
    ranks = [rank for rank in slots.stars(ask.text) if rank >= 3]
    return bool(ranks) and ask.reading.has(*_ASKS_ENOUGH) and _worded(ask, item) is not None


def _worded(ask: Ask, item: Item) -> Option | None:
    """The step that the question tells in its own words ("bao bì đơn giản"), the longest first."""
    said = set(ask.reading.words)
    told = [
        (len(words), -place, option)
        for place, option in enumerate(item.ladder())
        for words in [plain(option.short(ask.lang))]
        if len(words) > 1 and said.issuperset(words)
    ]
    return max(told)[2] if told else None


def _whose(ask: Ask, sheet: ScoreSheet) -> str:
    return ask.say(
        "Theo phiếu chấm của {group}; nhóm khác có thể khác vài điểm.",
        group=group_of_set(ask, sheet.number),
    )


def _holding(ask: Ask, item_id: str, number: int | None) -> int:
    """The set asked about when its sheet has the item, else the one that stands for most sets."""
    if number is not None and any(i.id == item_id for i in ask.matter.sheet(number).items):
        return number
    return _like(ask, item_id)


def _ladder(ask: Ask, item: Item) -> list[str]:
    title = item.title(ask.lang)
    steps = [_step(ask, option) for option in item.ladder()]
    return [f"{title}: " + "; ".join(steps) + "."]


def _step(ask: Ask, option: Option) -> str:
    said = option.short(ask.lang)
    least = ask.say(", tối thiểu cho {rank} sao", rank=option.min_for) if option.min_for else ""
    return ask.say("{what}: {points} điểm{least}", what=said, points=option.points, least=least)


def _figure(ask: Ask) -> float | None:
    shares = slots.shares(ask.text) or _share_of_people(ask)
    counts = [float(m) for m in _COUNT.findall(ask.text)]
    return next(iter(shares or counts), None)


def _share_of_people(ask: Ask) -> list[float]:
    """ "10 người làm thì 7 người trong xã": 70 in a hundred."""
    people = sorted(float(m) for m in _PEOPLE.findall(ask.text))
    return [100 * people[0] / people[-1]] if len(people) == 2 and people[-1] else []


def _verdict(ask: Ask, item: Item) -> list[str]:
    figure = _figure(ask)
    held = [o for o in item.ladder() if figure is not None and _fits(o, figure)]
    if figure is None and (worded := _worded(ask, item)):
        held = [worded]
    if len(held) != 1:
        return []
    lines = [
        ask.say(
            "Mức này được {points} điểm: {what}.",
            points=held[0].points,
            what=held[0].short(ask.lang),
        )
    ]
    ranks = slots.stars(ask.text)
    needed = item.minimum(max(ranks)) if ranks else None
    if needed:
        lines.insert(0, _against(ask, held[0], needed, max(ranks)))
    return lines


def _against(ask: Ask, held: Option, needed: Option, rank: int) -> str:
    if held.points >= needed.points:
        return ask.say("Đủ mức tối thiểu của {rank} sao ở mục này.", rank=rank)
    what = lowered(needed.short(ask.lang))
    return ask.say("Chưa đủ {rank} sao ở mục này: cần mức {what}.", rank=rank, what=what)


def _at_least(ask: Ask, least: Option) -> str:
    """A minimum in words; the first rung of a ladder ("dưới 50%") is no limit above."""
    what = lowered(least.short(ask.lang))
    return ask.say("{what} cũng được", what=what) if "dưới" in least.short.vi.lower() else what


def _fits(option: Option, figure: float) -> bool:
    for pattern, span in _SPANS:
        found = pattern.search(option.short.vi)
        if found:
            low, high = span(found)
            return bool(low <= figure <= high)
    return False


def minimums(ask: Ask) -> Draft | None:
    """Every starred minimum of a rank on the sheet of the product named."""
    number, ranks = known_set(ask), slots.stars(ask.text)
    if number is None or not ranks or ranks[-1] < 3 or not ask.reading.has(*_ASKS_MINIMUM):
        return None
    if ask.open:
        return None
    rank, sheet = ranks[-1], ask.matter.sheet(number)
    band = next(s for s in ask.matter.law.stars if s.rank == rank)
    steps = [
        ask.say("{title}: {what}", title=item.title(ask.lang), what=_at_least(ask, least))
        for item in sheet.items
        for least in [item.minimum(rank)]
        if least
    ]
    head = ask.say(
        "{rank} sao, {group}: từ {points} điểm, và ít nhất phải đạt các mục sau.",
        rank=rank, group=group_of_set(ask, number), points=band.minimum,
    )  # fmt: skip
    return Draft(f"{MINIMUMS}{number}:{rank}", (head, *steps), ask.cited("dau_sao_nghia"))

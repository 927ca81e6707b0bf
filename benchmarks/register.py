"""How long a full register takes to bring in, and how long a search in it.

`python -m benchmarks.register` makes a sheet of 10,000 products (--products), reads and imports it,
imports it again, then searches as people type: names, places, stars, without diacritics, with
slips, and names that are nowhere. Printed are the milliseconds of a search by kind. --url takes
another database than SQLite: an empty one, which keeps what was written. --least-of asks each so
often and counts the least: on a machine that others use too, how long the search itself takes.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import text

from bot import clock
from bot.records import SqlRecords
from bot.register_sheet import COLUMNS, batches, read
from conversations.product_search import Wanted, look_for, wanted
from models import register
from models.content import Content, load
from models.content.fold import fold
from models.database import Database, open_database

WANTED_MS = 10.0  # p95 of a search
MADE = (
    "Mật ong hoa rừng", "Mật ong nuôi", "Nước mắm", "Mắm tôm", "Ruốc chua", "Cu đơ", "Kẹo lạc",
    "Bánh đa vừng", "Bánh ram", "Miến dong", "Bún khô", "Gạo nếp", "Gạo thơm", "Bưởi", "Cam chanh",
    "Cam bù", "Hồng giòn", "Chè xanh", "Trà sen", "Tinh dầu tràm", "Dầu lạc", "Tương", "Nhút mít",
    "Hành tăm", "Tỏi khô", "Nghệ bột", "Tinh bột nghệ", "Gà đồi", "Trứng gà", "Giò lụa", "Chả cá",
    "Mực khô", "Cá thu một nắng", "Tôm nõn", "Sứa ăn liền", "Nhung hươu", "Rượu nếp", "Rượu men lá",
    "Nón lá", "Chiếu cói", "Mây tre đan", "Trầm hương", "Nấm linh chi", "Nấm sò", "Rau sạch",
    "Dưa lưới", "Ổi lê", "Thanh long", "Hạt sen", "Đông trùng hạ thảo",
)  # fmt: skip
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Phan", "Võ", "Hoàng", "Đặng", "Bùi", "Hồ", "Đậu")
GIVEN = (
    "An", "Bình", "Cường", "Dũng", "Đức", "Giang", "Hà", "Hải", "Hằng", "Hạnh", "Hiền", "Hoa",
    "Hùng", "Hương", "Khánh", "Lan", "Lâm", "Liên", "Linh", "Loan", "Long", "Mai", "Minh", "Nam",
    "Nga", "Ngọc", "Nhung", "Oanh", "Phong", "Phú", "Phúc", "Phương", "Quang", "Quý", "Sáng", "Sơn",
    "Tâm", "Thành", "Thảo", "Thắng", "Thu", "Thuỷ", "Tiến", "Trang", "Tuấn", "Tùng", "Vân", "Vinh",
)  # fmt: skip


def rows(content: Content, count: int, today: date) -> Iterator[list[object]]:
    """A row a product: two of a producer, names as they are made here, each with a maker's name."""
    chance = random.Random(11)
    communes = list(content.communes)
    kinds = [kind.name for kind in content.producer_types]
    for n in range(count):
        if n % 2 == 0:
            commune, kind = chance.choice(communes), chance.choice(kinds)
            owner = f"{chance.choice(FAMILY)} {chance.choice(GIVEN)} {chance.choice(GIVEN)}"
            producer = f"{chance.choice(('HTX', 'Hộ', 'Cơ sở', 'Công ty'))} {owner} {n // 2}"
        issued = today - timedelta(days=chance.randint(1, 1600))
        yield [
            f"{chance.choice(MADE)} {owner.split(' ', 1)[1]}", producer, kind, commune,
            chance.randint(1, 26), chance.choices((3, 4, 5), (90, 9, 1))[0], f"{n}/QĐ-UBND",
            issued.strftime("%d/%m/%Y"), None, None, None,
        ]  # fmt: skip


def sheet(path: Path, content: Content, count: int, today: date) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet()
        head: list[object] = [c.heading for c in COLUMNS]
        for at, row in enumerate([head, *rows(content, count, today)]):
            for column, cell in enumerate(row):
                if cell is not None:
                    page.write(at, column, cell)


def brought(db: Database, path: Path, content: Content, today: date) -> tuple[float, float]:
    """Seconds to read the sheet, and to write it."""
    began = time.perf_counter()
    entries, wrong, _ = read(path, content, today)
    assert not wrong, wrong[:3]
    halfway = time.perf_counter()
    there = db.run_now(partial(register.known, fold=fold))
    for part in batches(entries):
        db.run_now(partial(register.add, rows=part, fold=fold, now=clock.now(), there=there))
    return halfway - began, time.perf_counter() - halfway


def slipped(chance: random.Random, typed: str) -> str:
    """Two letters changed places, or one left out."""
    at = chance.randrange(len(typed) - 1)
    if chance.random() < 0.5:
        return typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]
    return typed[:at] + typed[at + 1 :]


def typed(content: Content, times: int) -> dict[str, list[str]]:
    """What people look for, by kind."""
    chance = random.Random(5)
    communes = [one.name for one in content.communes.values()]

    def name() -> str:
        return f"{chance.choice(MADE)} {chance.choice(GIVEN)}"

    def often(make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(times)]

    return {
        "a kind of product": often(lambda: chance.choice(MADE)),
        "a name, no diacritics": often(lambda: fold(name())),
        "a name, misspelt": often(lambda: slipped(chance, fold(name()))),
        "with a place": often(lambda: f"{chance.choice(MADE)} ở {chance.choice(communes)}"),
        "with stars": often(lambda: f"{chance.choice(MADE)} {chance.choice((3, 4, 5))} sao"),
        "only stars": often(lambda: f"{chance.choice((3, 4, 5))} sao"),
        "a producer": often(lambda: f"HTX {chance.choice(FAMILY)} {chance.choice(GIVEN)}"),
        "nowhere": ["xe máy điện", "điện thoại xịn", "wifi"] * (times // 3),
    }


def searched(db: Database, wants: list[Wanted], today: date, least_of: int = 1) -> list[float]:
    """Milliseconds of each search, the shortest first."""
    return sorted(min(_timed(db, want, today) for _ in range(least_of)) for want in wants)


def _timed(db: Database, want: Wanted, today: date) -> float:
    began = time.perf_counter()
    db.store.read(partial(_look, want=want, today=today))
    return 1000 * (time.perf_counter() - began)


def _look(unit: object, want: Wanted, today: date) -> None:
    look_for(SqlRecords(unit, clock.now()), want, today)  # type: ignore[arg-type]


def told(name: str, taken: list[float]) -> None:
    p50, p95 = (taken[int(len(taken) * part)] for part in (0.5, 0.95))
    print(f"{name:24} p50 {p50:6.1f}  p95 {p95:6.1f}  worst {taken[-1]:6.1f} ms")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--products", type=int, default=10_000)
    asked.add_argument("--times", type=int, default=90)
    asked.add_argument("--least-of", type=int, default=1)
    asked.add_argument("--url", default="")
    given = asked.parse_args()
    content = load()
    today = clock.now().astimezone(content.province.zone).date()
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(given.url or f"sqlite:///{Path(folder)}/register.db", clock.now)
        db.store.migrate()
        path = Path(folder) / "register.xlsx"
        sheet(path, content, given.products, today)
        for which in ("first", "again"):
            reading, writing = brought(db, path, content, today)
            print(f"import, {which}: {reading:.1f} s to read, {writing:.1f} s to write")
        db.run_now(lambda unit: unit.execute(text("ANALYZE")))
        searched(db, [wanted(content, "mật ong")], today)  # the words come in once
        everything = []
        for name, asks in typed(content, given.times).items():
            taken = searched(db, [wanted(content, ask) for ask in asks], today, given.least_of)
            told(name, taken)
            everything += taken
        told("all", sorted(everything))
        db.close()
    print(f"wanted: p95 within {WANTED_MS:.0f} ms")


if __name__ == "__main__":
    main()

"""How long the programme's figures take on a full register, and what is made of them.

`python -m benchmarks.stats` fills a register with 10,000 products (--products), then counts it for
the province and for one commune, moves of a month, draws the pictures and writes a report, each a
few times; printed are medians in milliseconds. --url takes another database than SQLite: an empty
one, which keeps what was written.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from bot import clock
from bot.documents.charts import png
from bot.documents.periodic_report_docx import docx
from bot.documents.periodic_report_xlsx import xlsx
from bot.records import SqlRecords
from bot.work.periodic_reports import compiled
from conversations.charts import sheets
from conversations.periods import ended
from conversations.records.figures import Reach, counting
from models.content import Content, load
from models.database import Database, Unit, open_database
from models.tables import Certificate, Dossier, Person, Producer, Product

WANTED_MS = 300.0  # /stats for the province: a turn that still feels at once
STATES = ("submitted", "reviewing", "supplement", "received", "listed", "recognised", "draft")


def filled(unit: Unit, content: Content, products: int, today: date) -> None:
    """Two products a producer, each with a certificate, a third of them lapsed; some dossiers."""
    chance, now = random.Random(7), clock.now()
    communes, types = list(content.communes), [kind.id for kind in content.producer_types]
    unit.add(Person(created_at=now))
    unit.flush()

    def producer(n: int) -> dict[str, Any]:
        return {
            "id": n, "person_id": 1, "type": chance.choice(types), "name": f"Cơ sở {n}",
            "commune_code": chance.choice(communes), "created_at": now,
            "circular": chance.choice((None, True, False)), "trained": chance.choice((None, True)),
        }  # fmt: skip

    def certificate(n: int) -> dict[str, Any]:
        issued = today - timedelta(days=chance.randint(0, 1600))
        return {
            "id": n, "code": f"C{n:07}", "product_id": n, "decision_number": f"{n}/QĐ",
            "stars": chance.choices((3, 4, 5), (90, 9, 1))[0], "issued_on": issued,
            "valid_to": issued + timedelta(days=1095),
        }  # fmt: skip

    def dossier(n: int) -> dict[str, Any]:
        since = now - timedelta(days=chance.randint(0, 60))
        return {
            "code": f"D{n}", "product_id": n, "producer_id": (n + 1) // 2, "case_kind": "first",
            "state": chance.choice(STATES), "commune_code": chance.choice(communes), "rules": "26",
            "opened_at": since, "state_since": since, "submitted_at": since,
            "due_on": today + timedelta(days=chance.randint(-9, 9)),
        }  # fmt: skip

    everything: tuple[tuple[type, list[dict[str, Any]]], ...] = (
        (Producer, [producer(n) for n in range(1, products // 2 + 1)]),
        (Product, [
            {"id": n, "producer_id": (n + 1) // 2, "name": f"Món {n}", "created_at": now,
             "set_number": chance.randint(1, 26), "traceable": chance.choice((None, True))}
            for n in range(1, products + 1)
        ]),
        (Certificate, [certificate(n) for n in range(1, products + 1)]),
        (Dossier, [dossier(n) for n in range(3, products + 1, 3)]),
    )  # fmt: skip
    for table, rows in everything:
        unit.execute(insert(table), rows)


def median_ms(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def measured(db: Database, content: Content, times: int) -> dict[str, float]:
    today = clock.now().astimezone(content.province.zone).date()
    how, month = counting(content, today), ended("month", today)

    def asking(work: Callable[[SqlRecords], Any]) -> Any:
        return db.store.read(lambda unit: work(SqlRecords(unit, clock.now())))

    def count(reach: Reach) -> Callable[[], object]:
        return lambda: asking(lambda records: records.counted(reach, how))

    figures = asking(lambda records: records.counted(None, how))
    report = asking(lambda records: compiled(records, content, None, month, today))

    def pictures() -> None:
        png.cache_clear()
        for sheet in sheets(content, figures, "vi"):
            png(sheet)

    pictures()  # the plotting library comes in once
    return {
        "figures of the province": median_ms(count(None), times),
        "figures of a commune": median_ms(count(frozenset({next(iter(content.communes))})), times),
        "a report's figures": median_ms(
            lambda: asking(lambda records: compiled(records, content, None, month, today)), times
        ),
        "two pictures": median_ms(pictures, times),
        "Word and Excel": median_ms(lambda: (docx(report), xlsx(report)), times),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--products", type=int, default=10_000)
    asked.add_argument("--times", type=int, default=9)
    asked.add_argument("--url", default="")
    given = asked.parse_args()
    content = load()
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(given.url or f"sqlite:///{Path(folder)}/stats.db", clock.now)
        db.store.migrate()
        today = clock.now().astimezone(content.province.zone).date()
        db.run_now(lambda unit: filled(unit, content, given.products, today))
        db.run_now(lambda unit: unit.execute(text("ANALYZE")))
        for name, taken in measured(db, content, given.times).items():
            print(f"{name:26} {taken:8.1f} ms")
        db.close()
    print(f"wanted: figures of the province within {WANTED_MS:.0f} ms")


if __name__ == "__main__":
    main()

"""Somebody talks at random to every flow: always an answer, always a way on, nothing forgotten.

Real turn, real database, nothing kept in memory between two lines. A failure prints its lines.
"""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path as Folder

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.lanes import PullSender
from bot.outbox import Outbox
from conversations.asker import CtxAsker
from conversations.context import Ctx
from conversations.engine import Path
from conversations.forms import Form
from conversations.registry import ROOMS
from conversations.steps import Review
from models.messages import Attachment, Button, Channel, PhotoProblem, Talk
from tests.flows.household import gives, household, photo
from tests.flows.office import appointed, handed_in
from tests.flows.talk import MORNING, Town, town
from tests.flows.walking import Walker

WORDS = (
    "1", "2", "3", "xong", "quay lại", "menu", "tiếp", "bỏ qua", "huỷ", "trợ giúp", "gặp cán bộ",
    "tiếng Anh", "tiếng Việt", "/start", "/menu", "/help", "/status", "/privacy", "/register",
    "/dossier", "/link", "/officer", "/cancel", "/check", "/queue", "/case 1", "sửa 2",
    "Hợp tác xã Hoa Sen", "Nguyễn Văn An", "0912 345 678", "thach lac", "dai nai", "mật ong",
    "25/11/2028", "hôm nay", "72,5", "a@b.vn", "mật ong lên 4 sao cần gì?", "hồ sơ đến đâu rồi",
    "đồng ý", "không", "zzz qqq", "😀", " ", "<b>", "giấy chứng nhận an toàn thực phẩm",
)  # fmt: skip
FILES = ("good", "same", "blurred", "refused")
DOORS = tuple(f"go:{key}{end}" for key in ROOMS.rooms for end in ("", "=1"))

LINES = st.lists(
    st.one_of(
        st.tuples(st.just("press"), st.integers(0, 12)),
        st.tuples(st.just("press"), st.integers(0, 12)),
        st.tuples(st.just("press"), st.integers(0, 12)),
        st.tuples(st.just("say"), st.sampled_from(WORDS)),
        st.tuples(st.just("say"), st.sampled_from(WORDS)),
        st.tuples(st.just("old"), st.integers(0, 400)),
        st.tuples(st.just("go"), st.sampled_from(DOORS)),
        st.tuples(st.just("send"), st.sampled_from(FILES)),
        st.tuples(st.just("wait"), st.sampled_from((1, 30, 60 * 24))),
    ),
    min_size=8,
    max_size=25,
)


@dataclass
class Talking:
    """One person, what was said so far, and what may not be forgotten."""

    here: Town
    walker: Walker
    told: list[str] = field(default_factory=list)
    shown: list[Button] = field(default_factory=list)
    number: int = 500

    @property
    def now(self) -> list[Button]:
        """What the newest message offers; what cannot be undone is left alone."""
        buttons = self.walker.talker.heard[-1].buttons
        return [b for b in buttons if b.action and b.style != "danger"]

    async def line(self, kind: str, what: object) -> None:
        before, pages = await self.walker.talk(), await self.pages()
        said, left = await self._act(kind, what)
        self.walker.reload()
        await self._settled()
        where = "\n".join(self.told)
        assert said.strip(), f"no answer:\n{where}"
        newest = self.walker.talker.heard[-1]
        assert newest.buttons or newest.files, f"a dead end: {newest.text!r}\n{where}"
        self.shown += [b for b in newest.buttons if b.action and b.style != "danger"]
        after = await self.walker.talk()
        forgotten = await self._forgotten(before, after)
        assert left or not forgotten, f"forgotten {forgotten}:\n{where}"
        assert left or await self.pages() >= pages, f"a page is gone:\n{where}"

    async def _act(self, kind: str, what: object) -> tuple[str, bool]:
        """Do it: what came back, and whether something may be gone after it."""
        talker = self.walker.talker
        if kind == "press":
            return await self._press(self.now[int(str(what)) % len(self.now)])
        if kind == "old":
            return await self._press(self.shown[int(str(what)) % len(self.shown)])
        if kind == "go":
            return await self._press(Button("", str(what)))
        if kind == "send":
            self.told.append(f"sends {what}")
            return await talker.send(self._file(str(what))), False
        if kind == "wait":
            self.told.append(f"{what} minutes")
            self.here.clock.move(timedelta(minutes=int(str(what))))
            what = "menu"
        self.told.append(f"says {what!r}")
        leaving = what in ("huỷ", "/cancel")
        return await talker.say(str(what)), leaving or self._named(str(what))

    async def _press(self, button: Button) -> tuple[str, bool]:
        self.told.append(f"presses [{button.label}] {button.action}")
        gone = ("nav:cancel", "item:del", "item:drop", "item:new", "dossier:drop")
        return await self.walker.press(button), button.action.startswith(gone)

    def _named(self, said: str) -> bool:
        """A number typed stands for the button in that place, which may let something go."""
        return said in ("1", "2", "3", "không")

    def _file(self, what: str) -> Attachment:
        if what == "refused":
            return Attachment("document", "a.exe", refused="bad_type")
        self.number += what != "same"
        problems = (PhotoProblem.BLURRED,) if what == "blurred" else ()
        return photo(self.here, self.number, *problems)

    async def _settled(self) -> None:
        """Bursts are answered, jobs done, letters read."""
        await self.here.jobs.drain()
        self.here.clock.move(timedelta(seconds=12))
        outbox = Outbox(self.here.db, self.here.house, [PullSender(Channel.WEB)])
        while await outbox.drain(Channel.WEB):
            pass
        await self.walker.talker.letters()

    async def pages(self) -> int:
        (row,) = await self.here.rows("SELECT count(*) AS n FROM page")
        return int(str(row["n"]))

    async def _forgotten(self, before: Talk, after: Talk) -> set[str]:
        """Answers of forms that are neither in the talk nor in a form that was just finished."""
        gone = {
            f"{flow}.{key}"
            for flow, answers in _forms(before).items()
            for key in answers.keys() - _forms(after).get(flow, {}).keys()
            if not key.endswith("?") and not key.startswith("_") and key != "id"
        }
        room = ROOMS.get(before.flow)
        if not gone or not isinstance(room, Form):
            return gone
        finished = await self.walker.within(lambda ctx: _ends(ctx, room, before))
        return {key for key in gone if not (finished and key.startswith(f"{room.key}."))}


def _forms(talk: Talk) -> dict[str, Mapping[str, object]]:
    every = {**talk.parked, **({talk.flow: talk.answers} if talk.flow else {})}
    return {k: v for k, v in every.items() if isinstance(ROOMS.get(k), Form)}


def _ends(ctx: Ctx, form: Form, talk: Talk) -> bool:
    """Was the form one answer from its end?"""
    at = Path(form.steps, CtxAsker(ctx), talk.answers).current(talk)
    return isinstance(at, Review) or at == form.steps[-1]


# -- who talks -----------------------------------------------------------------------------------
@cache
def prepared(who: str) -> Folder:
    """A town as it is before the talk, made once."""
    folder = Folder(tempfile.mkdtemp())

    async def make() -> None:
        async with town(folder) as here:
            if who == "stranger":
                await here.person("lan").say("/start")
            elif who == "household":
                await gives(here, await household(here), "phieu_dang_ky", 1)
            elif who == "handed":
                await handed_in(here)
            else:
                await appointed(here, "lan")
                await handed_in(here, "cuong")

    asyncio.run(make())
    return folder


@asynccontextmanager
async def talking(who: str, begun: Folder) -> AsyncIterator[Talking]:
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(begun, name, dirs_exist_ok=True)
        async with town(Folder(name), MORNING + timedelta(hours=1)) as here:
            here.count = itertools.count(100_000)  # ids of messages nobody sent before
            talker = here.person("officer-lan" if who == "officer" else "lan")
            await talker.say("/menu")
            yield Talking(here, Walker(here, talker))


def talks(who: str, lines: list[tuple[str, object]]) -> None:
    begun = prepared(who)

    async def play() -> None:
        async with talking(who, begun) as someone:
            someone.shown += someone.now
            for kind, what in lines:
                await someone.line(kind, what)

    asyncio.run(play())


quick = settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@quick
@given(LINES)
def test_a_stranger_talks_at_random(lines: list[tuple[str, object]]) -> None:
    talks("stranger", lines)


@quick
@given(LINES)
def test_a_household_talks_at_random(lines: list[tuple[str, object]]) -> None:
    talks("household", lines)


@quick
@given(LINES)
def test_a_household_that_waits_talks_at_random(lines: list[tuple[str, object]]) -> None:
    talks("handed", lines)


@quick
@given(LINES)
def test_an_officer_talks_at_random(lines: list[tuple[str, object]]) -> None:
    talks("officer", lines)

"""Bad input of every kind on every step of every form and at every state of every board.

The steps come from the registry, the states from pressing what there is to press: what is new is
tried without being named here. Each time a clear sentence, the step again, and nothing lost.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path as Folder

import pytest
from sqlalchemy import text

from bot.lanes import PullSender
from bot.outbox import Outbox
from bot.work.inbox import keep
from conversations.asker import CtxAsker
from conversations.engine import Path
from conversations.forms import Form
from conversations.registry import ROOMS
from conversations.steps import Review, Step
from models.database import Unit
from models.messages import Attachment, Channel, Say, Talk
from tests.flows.household import gives, household, photo, pressed
from tests.flows.office import appointed, handed_in, passed_on
from tests.flows.talk import Talker, Town, town
from tests.flows.walking import Walker, before, places

WORDS = {
    "empty": "",
    "long": "a" * 10_000,
    "long words": "mật ong " * 1_250,
    "emoji": "😀👍🏽",
    "html": "<script>alert(1)</script><b>&amp;",
    "sql": "'; DROP TABLE producer; --",
    "control": "\x00\x07\u202e\u200b\ufeff",
    "template": " \n{{ 7*7 }} {name} %s {0}",
    "number": "99999999999999999999",
}
EXECUTABLE = b"MZ\x90\x00" + bytes(2000)
OLD = ("producer:relation=family", "board:gone", "dossier:open=999.x", "item:del=1.999",
       "submit:send=999", "checklist:type=ho", "case:claim=999",
       "producer:~edit=no_such")  # fmt: skip
KEPT = ("producer", "product", "dossier", "page", "evidence_item", "consent_entry", "officer")
FORMS = [room for room in ROOMS.rooms.values() if isinstance(room, Form)]


def files(here: Town) -> dict[str, Attachment]:
    """What comes through the door for files, as the door leaves it."""
    return {
        "photo": photo(here, 77),
        "corrupt": keep(here.files, b"%PDF-1.7\n1 0 obj\n<<broken", "hop-dong.pdf"),
        "executable": keep(here.files, EXECUTABLE, "anh.jpg"),
        "too big": Attachment("document", "lon.pdf", "application/pdf", 25_000_000,
                              refused="too_big"),
    }  # fmt: skip


class Trial:
    """One person in front of one step, given one bad thing after another."""

    def __init__(self, here: Town, talker: Talker) -> None:
        self.here, self.talker = here, talker
        self.walker = Walker(here, talker)
        self.outbox = Outbox(here.db, here.house, [PullSender(Channel.WEB)])
        self.files = files(here)
        self.counted: dict[str, int] = {}

    async def everything(
        self, talk: Talk, check: Callable[[str, Talk, Say], Awaitable[None]]
    ) -> None:
        """Each bad thing on `talk` as it is now; `check` sees what it left behind."""
        for kind, words in WORDS.items():
            await self._one(talk, kind, partial(self.talker.say, words), check)
        for kind, file in self.files.items():
            await self._one(talk, kind, partial(self.talker.send, file), check)
        for action in OLD:
            await self._one(talk, action, partial(self._press, action), check)
        await self._one(talk, "forged", lambda: self.talker.press_data("x" * 60), check)
        shown = (await self.walker.shown(talk)).buttons
        for action in [b.action for b in shown if b.action][:1]:
            theirs = self.here.house.seal.seal(987654, action)
            await self._one(talk, "somebody else's", partial(self.talker.press_data, theirs), check)

    async def _press(self, action: str) -> str:
        return await pressed(self.here, self.talker, action)

    async def _one(
        self, talk: Talk, kind: str, act: Callable[[], Awaitable[str]],
        check: Callable[[str, Talk, Say], Awaitable[None]],
    ) -> None:  # fmt: skip
        await self.walker.put(talk)
        where = f"{talk.flow} {talk.asking or ''} {sorted(talk.answers)}: {kind}"
        try:
            said = await act()
        except Exception as broken:
            raise AssertionError(f"{where}: {broken}") from broken
        assert said.strip(), f"{where}: no answer"
        say = self.talker.heard[-1]
        assert len(say.text) <= 4096, where
        assert say.buttons, f"{where}: a dead end in {said!r}"
        now = await self.count()
        fewer = {t for t in KEPT if now[t] < self.counted.get(t, 0)}
        self.counted = now
        assert not fewer, f"{where}: lost {fewer}"
        if kind in self.files or talk.flow == "officer":  # bursts are answered once
            await self.settle()
        await check(where, await self.walker.talk(), say)

    async def count(self) -> dict[str, int]:
        def read(unit: Unit) -> dict[str, int]:
            counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in KEPT)
            return dict(zip(KEPT, unit.execute(text(f"SELECT {counts}")).one(), strict=True))

        return await self.here.db.read(read)

    async def settle(self) -> None:
        self.here.clock.move(timedelta(seconds=15))
        while await self.outbox.drain(Channel.WEB):
            pass


# -- forms ---------------------------------------------------------------------------------------
@asynccontextmanager
async def in_form(folder: Folder, form: Form) -> AsyncIterator[Trial]:
    """Somebody who may fill in the form."""
    async with town(folder) as here:
        if not form.officers_only:
            lan = await household(here)
            yield Trial(here, lan)
            return
        minh = await appointed(here, "Minh")
        tam = await appointed(here, "Tâm", "province")
        await handed_in(here)
        await passed_on(here, minh)
        await tam.letters()
        await tam.press("Nhận xử lý")
        await tam.press("Đưa vào đợt đánh giá")
        await tam.press("Đợt 1")
        yield Trial(here, tam)


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.key)
async def test_every_step_of_every_form(tmp_path: Folder, form: Form) -> None:
    async with in_form(tmp_path, form) as trial:
        twin = next(f for f in FORMS if f.steps is form.steps)
        for step in form.steps if twin is form else form.steps[-1:]:  # the same, tried there
            talk: Talk = await trial.walker.within(partial(before, form=form, step=step))

            async def check(
                where: str, after: Talk, say: Say, s: Step = step, t: Talk = talk
            ) -> None:
                await unhurt(trial, form, s, t, where, after, say)

            await trial.everything(talk, check)


async def unhurt(
    trial: Trial, form: Form, step: Step, talk: Talk, where: str, after: Talk, say: Say
) -> None:
    """Every answer is still there; the step is asked again, or properly answered."""
    kept = after.answers if after.flow == form.key else after.parked.get(form.key, {})
    lost = {k for k, v in talk.answers.items()
            if k != step.key and not k.endswith("?") and kept.get(k) != v}  # fmt: skip
    assert not lost, f"{where}: lost {lost}"
    if after.flow != form.key:
        return  # an old button that opens a room: the form is offered again from there

    def look(ctx: object) -> tuple[str, bool]:
        asker = CtxAsker(ctx)  # type: ignore[arg-type]
        path = Path(form.steps, asker, after.answers)
        at = path.current(after) or path.steps[-1]
        fits = step.key in after.answers and step.still_fits(
            after.answers[step.key], asker, after.answers
        )
        return "*" + asker.t(at.ask).split("{")[0].strip("*"), at.key == step.key or fits

    asked, proper = await trial.walker.within(look)
    assert proper, f"{where}: neither asked again nor answered"
    assert asked.strip("*") in say.text, f"{where}: {asked!r} is not in {say.text!r}"


# -- boards --------------------------------------------------------------------------------------
@asynccontextmanager
async def at_home(folder: Folder) -> AsyncIterator[Trial]:
    """A household with pages sent, and one paper half-way."""
    async with town(folder) as here:
        lan = await household(here)
        await gives(here, lan, "phieu_dang_ky", 1)
        yield Trial(here, lan)


@asynccontextmanager
async def at_the_office(folder: Folder) -> AsyncIterator[Trial]:
    """An officer of the commune with a case in hand."""
    async with town(folder) as here:
        minh = await appointed(here, "Minh")
        await handed_in(here)
        await minh.letters()
        await minh.press("Nhận xử lý")
        yield Trial(here, minh)


@asynccontextmanager
async def handed(folder: Folder) -> AsyncIterator[Trial]:
    """A household whose dossier is being looked at."""
    async with town(folder) as here:
        yield Trial(here, await handed_in(here))


@asynccontextmanager
async def stranger(folder: Folder) -> AsyncIterator[Trial]:
    """Somebody who has agreed to nothing."""
    async with town(folder) as here:
        who = here.person("stranger")
        await who.say("/start")
        yield Trial(here, who)


@pytest.mark.parametrize("who", [at_home, at_the_office, handed, stranger])
async def test_every_state_of_every_board(
    tmp_path: Folder, who: Callable[[Folder], object]
) -> None:
    async with who(tmp_path) as trial:  # type: ignore[attr-defined]
        reached = await places(trial.walker, most=24)
        assert len(reached) >= MOST[who.__name__], sorted(reached)
        for talk in reached.values():

            async def check(where: str, after: Talk, say: Say, t: Talk = talk) -> None:
                held = {k: v for k, v in t.answers.items() if k in ("pending", "doubts", "hold")}
                everything = str((after.answers, after.parked))
                for files in held.values():
                    for file in files if isinstance(files, list) else ():
                        assert str(file["key"]) in everything, f"{where}: lost {file['key']}"

            await trial.everything(talk, check)


MOST = {"at_home": 18, "at_the_office": 8, "handed": 12, "stranger": 5}  # kinds of states at least


def test_every_form_ends_with_a_step_that_is_tried() -> None:
    assert {f.key for f in FORMS} >= {"producer", "product", "checklist", "producer_edit", "result"}
    assert all(f.steps for f in FORMS) and any(isinstance(f.steps[-1], Review) for f in FORMS)

"""A person's talk looked at from outside and put back, and every place in it there is to reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from bot import clock
from bot.hearing import view
from conversations import home
from conversations.asker import CtxAsker
from conversations.context import Ctx
from conversations.engine import Path
from conversations.forms import Form
from conversations.registry import ROOMS
from conversations.steps import Either, Is, Not, NotUnderstood, Several, Step
from models import people
from models.database import Unit
from models.messages import Button, Say, Talk
from tests.flows.household import pressed
from tests.flows.talk import Talker, Town

#: Something sensible for a step of any kind; the first that a step takes is its answer.
ANSWERS = ("1", "Hoa Sen", "0912 345 678", "Thạch Lạc", "mật ong", "25/11/2025", "sen@hoa.vn", "72",
           "8h00")  # fmt: skip

Seen = TypeVar("Seen")


class Walker:
    """One person in a town."""

    def __init__(self, town: Town, talker: Talker) -> None:
        self.town, self.talker = town, talker

    def _id(self, unit: Unit) -> int:
        known = people.at_address(unit, self.talker.address)
        assert known is not None
        return known.person_id

    async def talk(self) -> Talk:
        return await self.town.db.read(
            lambda unit: people.talk_of(people.person(unit, self._id(unit)))
        )

    async def put(self, talk: Talk) -> None:
        """The talk is there now, and nothing of it in memory."""

        def write(unit: Unit) -> None:
            people.save_talk(unit, self._id(unit), talk, clock.now())

        await self.town.db.run(write)
        self.reload()

    def reload(self) -> None:
        self.town.db.store.cache.doubt()

    async def within(self, look: Callable[[Ctx], Seen]) -> Seen:
        """What `look(ctx)` gives in a turn of this person."""
        house = self.town.house

        def read(unit: Unit) -> Seen:
            who = view(people.person(unit, self._id(unit)))
            records = house.records(unit, clock.now())
            channel = self.talker.address.channel
            return look(Ctx(who, clock.now(), house.content, records, channel))

        return await self.town.db.read(read)

    async def shown(self, talk: Talk) -> Say:
        """The step or board of `talk` as it stands."""
        room = ROOMS.get(talk.flow)
        return await self.within(
            lambda ctx: room.show(ctx, talk) if room else home.at_menu(ctx, talk).say
        )

    async def press(self, button: Button) -> str:
        return await pressed(self.town, self.talker, button.action)


def wanted(form: Form, step: Step) -> dict[str, str]:
    """Answers that bring the step onto the path."""
    condition = step.when
    if isinstance(condition, Either):
        condition = condition.conditions[0]
    if not isinstance(condition, Is | Not):
        return {}
    asked = next((s for s in form.steps if s.key == condition.step), None)
    known = wanted(form, asked) if asked else {}
    if isinstance(condition, Is):
        return {**known, condition.step: condition.choices[0]}
    return {**known, condition.step: "" if asked is None else f"!{condition.choices[0]}"}


def before(ctx: Ctx, form: Form, step: Step) -> Talk:
    """A talk in which `step` is being asked, everything before it answered."""
    talk = form.open(ctx, Talk(), {"id": "1"}).talk
    asker, need = CtxAsker(ctx), wanted(form, step)
    answers = {k: v for k, v in talk.answers.items() if k not in need}
    for _ in form.steps:
        path = Path(form.steps, asker, answers)
        if path.step(step.key) is not None and step.key in path.said:
            return replace(talk, answers=answers, asking=step.key)
        if path.waiting is None or path.waiting.key == step.key:
            break
        answers[path.waiting.key] = answer(path.waiting, asker, answers, need)
    at = Path(form.steps, asker, answers).waiting
    assert at is not None and at.key == step.key, f"{form.key}.{step.key} cannot be reached"
    return replace(talk, answers=answers)


def answer(step: Step, asker: CtxAsker, said: Mapping[str, Any], need: Mapping[str, str]) -> Any:
    """What is needed further on, or the first thing the step takes."""
    need_here = need.get(step.key, "")
    if need_here and not need_here.startswith("!"):
        return need_here
    for text in ANSWERS:
        try:
            found = step.read(text, asker, said)
        except Several as several:
            found = several.choices[0].key
            if not step.still_fits(found, asker, said):
                continue
        except NotUnderstood:
            continue
        if f"!{found}" != need_here:
            return found
    if step.optional:  # takes no words: a file
        return None
    raise AssertionError(f"nothing fits {step.key}: add an answer to ANSWERS")


async def places(walker: Walker, most: int = 70) -> dict[str, Talk]:
    """Every kind of state of every room that buttons lead to, by name; nothing is destroyed."""
    found: dict[str, Talk] = {}
    doors = [Button(key, f"go:{key}{end}") for key in ROOMS.rooms for end in ("", "=1")]
    queue: list[tuple[Talk, tuple[Button, ...]]] = [(Talk(), tuple(doors))]
    while queue and len(found) < most:
        talk, buttons = queue.pop(0)
        for button in buttons:
            if not button.action or button.style == "danger" or button.action == "nav:cancel":
                continue
            await walker.put(talk)
            await walker.press(button)
            after = await walker.talk()
            if _kind(after) not in found and not isinstance(ROOMS.get(after.flow), Form):
                found[_kind(after)] = after
                queue.append((after, tuple(_own(walker.talker.heard[-1], after))))
    return found


def _kind(talk: Talk) -> str:
    """States that differ only in which dossier, paper or page are one kind."""
    marks = sorted(k for k, v in talk.answers.items() if v and k not in ("burst", "notes"))
    return " ".join([talk.flow or "menu", *marks, str(talk.answers.get("ask") or "")]).strip()


def _own(say: Say, talk: Talk) -> Iterator[Button]:
    """One button of each kind."""
    seen: set[str] = set()
    for button in say.buttons:
        kind = button.action.partition("=")[0]
        if kind not in seen or kind == "dossier:open":
            seen.add(kind)
            yield button

"""What leaves: in order, at least once, and every failure one of three."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta

import pytest

from bot import clock
from bot.clock import Clock
from bot.outbox import Lost
from bot.post import Post
from conversations.letters import Line, Note
from models import outbox
from models.database import Unit
from models.messages import Channel, Gone, Later, Never, Outbound, Sent
from tests.storage.world import World, seconds

pytestmark = pytest.mark.usefixtures("on_both")


async def told(world: World, who: str, text: str, **how: object) -> None:
    """A letter to somebody who has written before."""
    person = next(r.person_id for r in await world.inbox() if r.address == who) or 0

    def write(unit: Unit) -> None:
        post = world.house.post(unit, clock.now())
        post.to_person(person, Note((Line(text),)), **how)  # type: ignore[arg-type]
        post.deliver()

    await world.db.run(write)


@pytest.fixture
async def lan(world: World) -> str:
    """Somebody who wrote once and was answered."""
    await world.says("lan", "chào")
    await world.deliver()
    world.phone.got.clear()
    return "lan"


async def test_later_comes_back_in_time_and_holds_the_rest(
    world: World, lan: str, time: Clock
) -> None:
    world.phone.fate = lambda out: Later("busy")
    await told(world, lan, "một")
    await told(world, lan, "hai")
    for wait in (5, 30, 60, 60):
        await world.deliver()
        assert (await world.out())[-2].error == "busy"
        time.move(seconds(wait - 1))
        assert await world.outbox.drain(Channel.TELEGRAM) == 0
        time.move(seconds(1))
    world.phone.fate = world.phone._arrive
    await world.deliver()
    assert world.phone.texts() == ["một", "hai"]


async def test_a_reply_is_tried_again_while_somebody_waits_for_it(
    world: World, lan: str, time: Clock
) -> None:
    world.phone.fate = lambda out: Later("busy")
    await world.says(lan, "chào")
    for wait in (1, 3, 10, 30, 60, 60):
        assert await world.outbox.drain(Channel.TELEGRAM) == 1
        time.move(seconds(wait - 1))
        assert await world.outbox.drain(Channel.TELEGRAM) == 0
        time.move(seconds(1))
    world.phone.fate = world.phone._arrive
    await world.deliver()
    assert len(world.phone.texts()) == 1


async def test_the_wait_a_provider_asks_for_is_kept(world: World, lan: str, time: Clock) -> None:
    world.phone.fate = lambda out: Later("429", seconds=300)
    await told(world, lan, "một")
    await world.deliver()
    world.phone.fate = world.phone._arrive
    time.move(seconds(299))
    await world.deliver()
    assert world.phone.texts() == []
    time.move(seconds(1))
    await world.deliver()
    assert world.phone.texts() == ["một"]


async def test_a_reply_that_was_tried_is_not_dropped_for_the_next_one(
    world: World, lan: str, time: Clock
) -> None:
    world.phone.fate = lambda out: Later("busy")
    await world.says(lan, "board one")
    await world.deliver()
    await world.says(lan, "board two")
    world.phone.fate = world.phone._arrive
    time.move(seconds(600))
    await world.deliver()
    assert world.phone.texts() == ["Board one", "Board two"]


async def test_a_reply_does_not_wait_for_an_alert_that_is_put_off(world: World, lan: str) -> None:
    world.phone.fate = lambda out: Later("busy") if out.say.text == "alert" else Sent(("1",))
    await told(world, lan, "alert")
    await world.deliver()
    await world.says(lan, "hỏi")
    await world.deliver()
    assert world.phone.texts() == ["You said: hỏi"]


async def test_bulk_goes_behind_everything(world: World, lan: str) -> None:
    await told(world, lan, "bulk", priority=9)
    await told(world, lan, "alert", priority=1)
    await world.says(lan, "hỏi")
    await world.deliver()
    assert world.phone.texts() == ["You said: hỏi", "alert", "bulk"]


async def test_what_can_never_be_sent_is_failed_and_the_next_goes(world: World, lan: str) -> None:
    def fate(out: Outbound) -> Sent | Never:
        return Never("too long") if out.say.text == "một" else Sent(("9",))

    world.phone.fate = fate
    await told(world, lan, "một")
    await told(world, lan, "hai")
    await world.deliver()
    assert world.phone.texts() == ["hai"]
    assert [(r.status, r.error) for r in (await world.out())[-2:]] == [
        ("failed", "too long"),
        ("sent", None),
    ]


async def test_an_address_that_is_gone_stops_and_somebody_hears_of_it(
    world: World, lan: str
) -> None:
    heard: list[Lost] = []

    def hook(unit: Unit, post: Post, lost: Lost) -> None:
        heard.append(lost)

    world.outbox.on_gone = (hook,)
    world.phone.fate = lambda out: Gone("blocked")
    await told(world, lan, "một", dossier_id=12)
    await told(world, lan, "hai")
    await world.deliver()
    assert [(lost.address.id, lost.dossier_id) for lost in heard] == [("lan", 12)]
    assert [r.status for r in (await world.out())[-2:]] == ["failed", "failed"]
    world.phone.fate = world.phone._arrive
    await told(world, lan, "ba")
    await world.deliver()
    assert world.phone.texts() == []
    await world.says(lan, "tôi đây")  # heard from again: reachable again
    await told(world, lan, "bốn")
    await world.deliver()
    assert world.phone.texts() == ["You said: tôi đây", "bốn"]


async def test_a_group_that_moved_is_followed(world: World, lan: str) -> None:
    world.phone.fate = lambda out: (
        Gone("moved", moved_to="lan2") if out.address.id == "lan" else Sent(("5",))
    )
    await told(world, lan, "một")
    await told(world, lan, "hai")
    await world.deliver()
    assert [(o.address.id, o.say.text) for o in world.phone.got] == [
        ("lan2", "một"),
        ("lan2", "hai"),
    ]


async def test_a_letter_is_sent_once_taken_back_and_edited(world: World, lan: str) -> None:
    await told(world, lan, "một", dedupe="a", key="alert")
    await told(world, lan, "một nữa", dedupe="a")
    later = clock.now() + timedelta(minutes=10)
    await told(world, lan, "hai", dedupe="b", due_at=later)
    await world.deliver()

    def cancel(unit: Unit) -> None:
        post = world.house.post(unit, clock.now())
        post.cancel("b")
        post.deliver()

    await world.db.run(cancel)
    await told(world, lan, "một, sửa", key="alert", edit=True)
    await told(world, lan, "không ai có", key="other", edit=True)
    await world.deliver()
    assert [(o.kind, o.say.text) for o in world.phone.got] == [
        ("send", "một"),
        ("edit", "một, sửa"),
    ]
    assert (await world.out())[-2].status == "cancelled"


async def test_what_still_waits_is_rewritten_instead_of_edited(world: World, lan: str) -> None:
    await told(world, lan, "một", key="alert")
    await told(world, lan, "hai", key="alert", edit=True)
    await world.deliver()
    assert [(o.kind, o.say.text) for o in world.phone.got] == [("send", "hai")]


async def test_a_send_that_hangs_may_have_arrived(
    world: World, lan: str, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(out: Outbound) -> Sent:
        await asyncio.sleep(30)
        return Sent()

    monkeypatch.setattr("bot.outbox.SENDING", 0.01)
    monkeypatch.setattr(world.phone, "send", hang)
    await told(world, lan, "một")
    await world.outbox.drain(Channel.TELEGRAM)
    monkeypatch.undo()
    time.move(seconds(5))
    await world.deliver()
    assert [(o.say.text, o.maybe_sent, o.attempts) for o in world.phone.got] == [("một", True, 2)]


async def test_the_age_of_the_oldest_is_known(world: World, lan: str, time: Clock) -> None:
    async def age() -> timedelta | None:
        return await world.db.read(lambda unit: outbox.oldest_waiting(unit, clock.now()))

    assert await age() is None
    await told(world, lan, "một")
    await told(world, lan, "mai", due_at=clock.now() + timedelta(days=1))
    time.move(seconds(90))
    assert await age() == seconds(90)


@pytest.mark.parametrize("seed", range(25))
async def test_crashes_lose_nothing_and_keep_the_order(
    world: World, time: Clock, seed: int
) -> None:
    """Sends that die before or after the provider got them, and sends that are put off."""
    chance = random.Random(seed)
    arrived: dict[str, list[str]] = {"a": [], "b": [], "c": []}

    def fate(out: Outbound) -> Sent | Later:
        throw = chance.random()
        if throw < 0.2:
            raise SystemError("died before sending")
        if throw < 0.3:
            return Later("busy", seconds=chance.choice([None, 1.0, 40.0]))
        arrived[out.address.id].append(out.say.text)
        if throw < 0.5:
            raise SystemError("died after sending")
        return Sent(("1",))

    world.phone.fate = fate
    for who in arrived:
        await world.says(who, "0")
    written = {who: ["You said: 0"] for who in arrived}
    for n in range(1, 11):
        who = chance.choice("abc")
        await told(world, who, str(n), priority=0)
        written[who].append(str(n))
        if chance.random() < 0.5:
            await crash_prone(world, chance)
        time.move(seconds(chance.choice([1, 10, 70])))
    while any(r.status == "waiting" for r in await world.out()):
        await crash_prone(world, chance)
        time.move(seconds(3700))
    for who, texts in arrived.items():
        assert list(dict.fromkeys(texts)) == written[who]  # each, first seen in order
        assert [t for n, t in enumerate(texts) if t not in texts[:n]] == written[who]


async def crash_prone(world: World, chance: random.Random) -> None:
    """One round of the worker; when its "process" dies nothing is marked."""
    lane = world.outbox.lanes[Channel.TELEGRAM]
    for load in await world.outbox._claim(lane, 10):
        claimed = load.first
        try:
            became: Sent | Later = await world.phone.send(claimed.out)
        except SystemError:
            continue  # nobody marks it; its lease runs out
        except Later as why:
            became = why
        await world.db.run(lambda u, c=claimed, b=became: world.outbox._mark(u, c, b))  # type: ignore[misc]

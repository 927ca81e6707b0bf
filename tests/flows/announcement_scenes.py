"""People for announcements: an officer who composes, households that want to hear."""

from __future__ import annotations

from datetime import timedelta

from models.messages import Channel
from tests.flows.household import household, pressed
from tests.flows.office import due
from tests.flows.talk import Talker, Town

TEXT = "Mời bà con dự lớp tập huấn bao bì, nhãn mác."


async def wanting(here: Town, name: str, channel: Channel = Channel.WEB, **more: str) -> Talker:
    """A household that agreed to notices."""
    talker = await household(here, name, channel=channel, **more)  # type: ignore[arg-type]
    await pressed(here, talker, "subscriptions:yes")
    return talker


async def composed(
    officer: Talker,
    *,
    topic: str = "Tập huấn",
    text: str = TEXT,
    where: str | None = None,
    who: tuple[str, ...] = ("Mọi cơ sở",),
    event: tuple[str, ...] = (),
    when: tuple[str, ...] = ("Gửi ngay",),
) -> str:
    """The form said line by line, up to the draft's preview. `where`: None is not asked."""
    await officer.say("/announce")
    await officer.press("Soạn thông báo mới")
    await officer.say(topic)
    await officer.say(text)
    await officer.say("bỏ qua")
    if where is not None:
        await officer.say(where)
    for said in who:
        await officer.say(said)
    if event:
        await officer.press("Có, cho đăng ký")
        for said in event:
            await officer.say(said)
    else:
        await officer.press("Không, chỉ báo tin")
    for said in when:
        await officer.say(said)
    return await officer.press("Xem thử")


async def sends(officer: Talker) -> str:
    """Confirm the draft that is shown."""
    second = "Xin duyệt" in officer.labels
    await officer.press("Xin duyệt" if second else "Gửi đi")
    return await officer.press("Xin duyệt" if second else "Gửi cho")


async def announced(here: Town, officer: Talker, **how: object) -> None:
    """Composed, confirmed and gone out to everybody."""
    await composed(officer, **how)  # type: ignore[arg-type]
    await sends(officer)
    await gone_out(here)


async def gone_out(here: Town) -> None:
    """Let the jobs do what is due, until nobody waits for progress any more."""
    await due(here)
    for _ in range(4):
        await due(here, timedelta(seconds=16))


TRAINING = ("Tập huấn bao bì", "Hội trường xã", "30/11/2026", "8h00", "2")

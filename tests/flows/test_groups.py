"""A group of officers: bound by one of them, alerted, pressed by anyone; nothing personal in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import clock
from bot.apply import Stale, apply
from bot.officers_admin import move, revoke
from conversations import events as e
from models import inbox, people
from models.database import Unit
from models.messages import Address, Channel, Inbound
from tests.flows.household import _env
from tests.flows.office import OTHER, appointed, dossier, due, handed_in
from tests.flows.talk import Talker, Town, town

BOT = Channel.WEB  # where the officers of these tests are; what holds does not depend on it


class Group(Talker):
    """A group chat; whoever speaks in it is named."""

    def __init__(self, here: Town, name: str = "-100") -> None:
        super().__init__(here, Address(BOT, name))

    async def hears(self, who: Talker, words: str, **more: object) -> str:
        return await self._send(self._by(who, text=words, **more))

    async def told(self, who: Talker, label: str) -> str:
        """Press; what only `who` is told."""
        buttons = (button for said in reversed(self.heard) for button in said.buttons)
        found = next(button for button in buttons if button.label.startswith(label))
        inbound = self._by(who, button=found.action)
        await self._send(inbound)
        return await self.town.db.read(lambda unit: inbox.notice(unit, inbound))

    async def becomes(self, change: str, **more: object) -> None:
        at = more.pop("at", clock.now())
        news = Inbound(self.address, self._id(), at, group=True, change=change, **more)  # type: ignore[arg-type]
        await self.town.turns.receive(news)
        await self._collect()

    def _by(self, who: Talker, **what: object) -> Inbound:
        here = {"group": True, "by": who.address.id}
        return Inbound(self.address, self._id(), clock.now(), **here, **what)  # type: ignore[arg-type]


async def bound(here: Town, who: Talker) -> Group:
    group = Group(here)
    await group.becomes("joined", by=who.address.id)
    assert "nhận báo hồ sơ mới" in await group.hears(who, "/group@bot")
    return group


async def test_an_alert_goes_to_the_officers_and_to_their_group_without_anything_personal(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        group = await bound(here, minh)
        await handed_in(here)
        assert "Hồ sơ mới" in await minh.letters()
        seen = await group.letters()
        assert "Hồ sơ mới" in seen and "[Nhận xử lý]" in seen
        assert "0912" not in seen and "Cường" not in seen.replace("Mật ong Cường", "")


async def test_a_press_counts_for_who_pressed_and_every_copy_says_who_has_it(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        minh, hai = await appointed(here, "Minh"), await appointed(here, "Hải")
        far = await appointed(here, "Xa", communes=(OTHER,))
        tam = await appointed(here, "Tâm", "province")
        group = await bound(here, minh)
        lan = await handed_in(here)
        await group.letters(), await hai.letters(), await lan.letters()
        stranger = here.person("stranger")
        assert "dành cho cán bộ" in await group.told(stranger, "Nhận xử lý")
        assert "không thuộc phạm vi" in await group.told(far, "Nhận xử lý")
        assert "đang ở xã" in await group.told(tam, "Nhận xử lý")
        assert (await dossier(here))["officer_id"] is None
        count = len(group.heard)
        assert "đã nhận hồ sơ" in await group.told(hai, "Nhận xử lý")
        assert "Hải đã nhận" in group.heard[-1].text and len(group.heard) == count + 1
        assert "vừa mở từ nhóm" in await hai.letters() and "Xem hồ sơ" in hai.labels
        assert "Hải đã nhận" in await minh.letters()
        assert "Hải" in await lan.letters()
        assert "đang do Hải xử lý" in await group.told(minh, "Nhận xử lý")
        assert "đang giữ" in await group.told(hai, "Nhận xử lý")


async def test_a_case_is_shown_to_the_officer_alone_and_the_look_is_written_down(
    tmp_path: Path,
) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        group = await bound(here, minh)
        await handed_in(here)
        await minh.letters(), await group.letters()
        count = len(group.heard)
        assert "trò chuyện riêng" in await group.told(minh, "Xem trước")
        assert len(group.heard) == count
        assert "vừa mở từ nhóm" in await minh.letters()
        seen = await here.rows("SELECT subject FROM audit_entry WHERE action = 'seen:group'")
        assert seen == [{"subject": "dossier:1"}]


async def test_the_talk_of_who_presses_in_a_group_stays_where_it_is(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        group = await bound(here, minh)
        await handed_in(here)
        await minh.letters(), await group.letters()
        await minh.press("Xem trước")
        before = await here.rows("SELECT state FROM talk ORDER BY person_id")
        await group.told(minh, "Nhận xử lý")
        await group.hears(minh, "OCOP 3 sao cần bao nhiêu điểm?")
        assert await here.rows("SELECT state FROM talk ORDER BY person_id") == before


async def test_only_officers_bind_and_only_who_may_lets_go(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, far = await appointed(here, "Minh"), await appointed(here, "Xa", communes=(OTHER,))
        group = Group(here)
        assert "dành cho cán bộ" in await group.hears(here.person("lan"), "/group")
        await bound(here, minh)
        assert "không nhận báo nào của anh/chị" in await group.hears(far, "/group off")
        assert await here.rows("SELECT * FROM officer_group")
        assert "thôi nhận" in await group.hears(minh, "/group tắt")
        assert not await here.rows("SELECT * FROM officer_group")
        await group.letters()
        await handed_in(here)
        assert await group.letters() == ""


async def test_two_communes_share_a_group_and_each_lets_go_of_its_own(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, far = await appointed(here, "Minh"), await appointed(here, "Xa", communes=(OTHER,))
        group = await bound(here, minh)
        await group.hears(far, "/group")
        assert "báo của cán bộ khác vẫn còn" in await group.hears(far, "/group off")
        await handed_in(here)
        assert "Hồ sơ mới" in await group.letters()


async def test_rights_that_end_or_move_end_the_groups_alerts(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        await appointed(here, "Hải")
        group = await bound(here, minh)
        await move(here.db, here.house.content, 1, "commune", [OTHER])
        await handed_in(here)
        assert "Hồ sơ mới" not in await group.letters()
        await due(here)
        assert "không còn nhận báo" in group.heard[-1].text or (
            "không còn nhận báo" in await group.letters()
        )
        assert not await here.rows("SELECT * FROM officer_group")
        await group.hears(minh, "/group")
        await revoke(here.db, 1)
        await due(here)
        assert "không còn nhận báo" in await group.letters()


async def test_a_group_that_puts_us_out_is_told_to_who_bound_it(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        group = await bound(here, minh)
        await group.becomes("left")
        assert "không còn nhận được báo" in await minh.letters()
        await handed_in(here)
        assert await group.letters() == ""
        await group.becomes("joined")
        assert "Từ giờ nhóm này nhận" in await group.hears(minh, "/group")


@pytest.mark.parametrize("heard_first", [False, True])
async def test_a_group_that_became_a_supergroup_keeps_its_alerts(
    tmp_path: Path, heard_first: bool
) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        group, new = await bound(here, minh), Group(here, "-200")
        if heard_first:
            await new.hears(minh, "/help")
        await group.becomes("moved", moved_to="-200")
        await group.becomes("moved", moved_to="-200")  # told in both chats
        await handed_in(here)
        assert "Hồ sơ mới" in await new.letters()
        assert "đã nhận hồ sơ" in await new.told(minh, "Nhận xử lý")
        assert await group.letters() == ""


async def test_an_alert_answered_in_the_group_reaches_the_household(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, far = await appointed(here, "Minh"), await appointed(here, "Xa", communes=(OTHER,))
        group = await bound(here, minh)
        lan = await handed_in(here)
        await group.letters(), await lan.letters()
        rows = await here.rows(
            "SELECT external_id FROM outbound WHERE address = '-100' AND dossier_id = 1"
        )
        alert = str(rows[-1]["external_id"])
        answer = "Ảnh giấy phép hơi mờ, bà con chụp lại nhé"
        assert "không thuộc phạm vi" in await group.hears(far, answer, reply_to=alert)
        assert "Đã gửi bà con" in await group.hears(minh, answer, reply_to=alert)
        assert answer in await lan.letters()


async def test_reminders_of_a_case_nobody_takes_reach_the_group_too(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        group = await bound(here, minh)
        await handed_in(here)
        await group.letters()
        here.clock.set(here.clock.at.replace(hour=8, minute=0))  # 15:00: four working hours later
        await due(here)
        assert "đã chờ 4 giờ làm việc" in await group.letters()


@pytest.mark.parametrize("words", ["/status", "/queue", "/privacy", "/case 1", "hồ sơ của tôi đâu"])
async def test_nothing_about_a_person_is_said_in_a_group(tmp_path: Path, words: str) -> None:
    async with town(tmp_path) as here:
        minh = await appointed(here, "Minh")
        group = await bound(here, minh)
        lan = await handed_in(here)
        await group.letters()
        for who in (lan, minh):
            seen = await group.hears(who, words)
            assert "Cường" not in seen and "0912" not in seen and "Minh" not in seen


async def test_rights_are_checked_on_the_rows_too(tmp_path: Path) -> None:
    async with town(tmp_path) as here:
        minh, far = await appointed(here, "Minh"), await appointed(here, "Xa", communes=(OTHER,))
        group = await bound(here, minh)
        lan = await handed_in(here)

        def tries(who: Talker, event: e.Event) -> Callable[[Unit], None]:
            def work(unit: Unit) -> None:
                known = people.at_address(unit, who.address)
                assert known is not None
                apply(_env(here, unit, known.person_id), event)

            return work

        here_id = (await here.rows("SELECT person_id FROM officer_group"))[0]["person_id"]
        assert isinstance(here_id, int)
        for who, event in (
            (lan, e.GroupBound(here_id)),
            (lan, e.GroupUnbound(here_id, (1,))),
            (lan, e.CaseOpenedInGroup(1)),
            (far, e.CaseOpenedInGroup(1)),
        ):
            with pytest.raises(Stale):
                await here.db.run(tries(who, event))
        await here.db.run(tries(far, e.GroupUnbound(here_id, (1,))))
        assert await here.rows("SELECT * FROM officer_group")
        assert await group.letters()

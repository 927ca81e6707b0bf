"""Answers on the proposed rewards and on the 50 % support, with the working shown."""

from __future__ import annotations

import re

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from conversations.policy.rewards import Line, Sum, total
from locales import number

_MONEY = ("thuong", "tien thuong", "linh", "trieu", "bu them", "reward", "rewards", "rewarded",
          "bonus", "million", "tong muc", "cong lai", "gop lai", "tien", "muc thuong",
          "payout")  # fmt: skip
_SECOND = (
    "thu 2",
    "thu hai",
    "thu 3",
    "thu ba",
    "thu 4",
    "thu tu",
    "second",
    "third",
    "tiep theo",
    "thu nhi",
)
_ADDED = ("cong lai", "gop lai", "tong cong", "tong", "tat ca", "het thay", "ca thay",
    "duoc bao nhieu", "in total",
          "altogether", "total", "sum", "add up", "how much", "bao nhieu tien", "may trieu",
          "duoc may")  # fmt: skip
_OURS = (
    "toi",
    "minh",
    "nha",
    "co so",
    "hop tac xa",
    "htx",
    "em",
    "tui",
    "choa",
    "neu",
    "we",
    "our",
    "my",
    "i",
    "if",
)
_HOW_MUCH = (
    "how much",
    "may trieu",
    "bao nhieu tien",
    "bao nhieu trieu",
    "may tien",
    "chenh bao nhieu",
)
_NOT_SUM = ("khi nao", "bao gio", "thu tuc", "ngay nao", "nam 2019", "truoc day", "2019", "thue")

_UP = re.compile(
    r"\b([345]) (?:sao |stars? )?(?:[a-z]+ ){0,9}?(?:len|nang|to|xet lai|lai|upgrad\w+|into|thanh|"
    r"(?:toi|den)(?= [45] sao)|"
    r"nhay)(?: [a-z]+){0,5}? ([345])\b(?! (?:san pham|mon|cai|products))"
)
_UP_FIRST = re.compile(r"\b(?:len|nang len|nang hang|upgrad\w+)(?: [a-z]+){0,4} ([345])\b")
_ALREADY = re.compile(
    r"\b(?:da co|da duoc|truoc do co|dang co|already (?:have|has|got)) (\d{1,2}) "
    r"(?:san pham |mon |cai )?"
    r"(?:(?:dat|duoc|of|with) )?3 (?:sao|star)"
)
_GOT = re.compile(
    r"\b(?:linh|nhan|huong|duoc|lay|got|received|paid) (?:duoc |roi |du )?(\d{2,3}) "
    r"(?:trieu|million)"
)


def reward(ask: Ask) -> Draft | None:
    """The reward of what the question describes; None when it is not about rewards."""
    if not _about(ask):
        return None
    return _upgraded(ask) or _summed(ask) or _single(ask)


def _about(ask: Ask) -> bool:
    if ask.reading.has(
        "2030", "muc tieu", "chi tieu", "phan dau", "target"
    ) and not ask.reading.has("thuong", "reward"):
        return False
    if ask.reading.has(*_NOT_SUM) or not slots.stars(ask.text):
        return False
    if ask.reading.has("thuong", "reward", "rewards", "rewarded", "bonus", "linh", "bu them"):
        return not ask.near("gap_thuong_khi_nao", within=1)
    if _change(ask.text) and ask.reading.has(*_HOW_MUCH):
        return True
    if slots.groups(ask.text) and ask.reading.has(*_ADDED) and ask.reading.has(*_OURS):
        return True
    return ask.reading.has(*_MONEY) and ask.near("thuong_du_kien", "task:reward", within=4)


def _draft(ask: Ask, *lines: str) -> Draft:
    warn = ask.say("Đây mới là dự kiến trong báo cáo, chưa ban hành nên chưa chắc được nhận.")
    return Draft("thuong_du_kien", (*lines, warn), ask.cited("thuong_du_kien"), intent="reward")


def _money(ask: Ask, amount: int) -> str:
    return ask.say("{n} triệu đồng", n=number(ask.lang, amount))


def _upgraded(ask: Ask) -> Draft | None:
    ranks = _change(ask.text)
    if ranks is None:
        return None
    before, after = ranks
    tariff, got = ask.matter.tariff, _GOT.search(ask.text)
    held = int(got[1]) if got else tariff.first[before]
    more = tariff.upgrade(before, after, held)
    count = next((n for n, rank in slots.groups(ask.text) if rank == before and n > 1), 1)
    lines = [
        ask.say(

            "Nâng từ {before} sao lên {after} sao: thêm phần chênh lệch {after_m} - "
            "{held} = {more}.",
            before=before, after=after, after_m=tariff.first[after], held=held,
            more=_money(ask, more),
        )
    ]  # fmt: skip
    if count > 1 and before not in tariff.later:
        lines.append(_times(ask, count, more))
    if before in tariff.later and not got:
        lines.append(_silent(ask, before, after, count))
    return _draft(ask, *lines)


def _times(ask: Ask, count: int, each: int) -> str:
    return ask.say(
        "Với {count} sản phẩm: tổng {count} × {each} = {total}.",
        count=count, each=each, total=_money(ask, count * each),
    )  # fmt: skip


def _silent(ask: Ask, before: int, after: int, count: int) -> str:
    tariff = ask.matter.tariff
    later = tariff.later[before]
    return ask.say(
        "Nếu là sản phẩm thứ hai trở đi (trước hưởng {later} triệu) thì báo cáo chưa nói rõ; "
        "tính theo câu chữ là {after_m} - {later} = {more}. Bà con hỏi cán bộ.",
        later=later, after_m=tariff.first[after], more=_money(ask, tariff.first[after] - later),
    )  # fmt: skip


def _change(text: str) -> tuple[int, int] | None:
    found = _UP.search(text)
    if found and int(found[2]) > int(found[1]):
        return int(found[1]), int(found[2])
    up, ranks = _UP_FIRST.search(text), slots.stars(text)
    if up and ranks and ranks[0] in (3, 4) and int(up[1]) > ranks[0]:
        return ranks[0], int(up[1])
    return None


def _summed(ask: Ask) -> Draft | None:
    groups = [g for g in slots.groups(ask.text) if g[0] > 0]
    before = _ALREADY.search(ask.text)
    already = int(before[1]) if before else 0
    if before and groups and groups[0] == (already, 3):
        groups = groups[1:] or [(1, 3)]
    if not groups or (groups == [(1, groups[0][1])] and not already) or ask.reading.has(*_SECOND):
        return None
    worked = total(ask.matter.tariff, groups, already)
    return _draft(ask, *_working(ask, worked))


def _working(ask: Ask, worked: Sum) -> list[str]:
    lines = [_line(ask, line) for line in worked.lines]
    if len(worked.lines) > 1 or worked.lines[0].count > 1:
        sums = " + ".join(number(ask.lang, line.total) for line in worked.lines)
        one = worked.lines[0]
        shown = sums if len(worked.lines) > 1 else f"{one.count} × {one.each}"
        lines.insert(
            0,
            ask.say(
                "Tổng cộng dự kiến: {sums} = {total}.", sums=shown, total=_money(ask, worked.total)
            ),
        )
    if worked.low is not None:
        lines.append(
            ask.say(
                "Tính như trên khi sản phẩm 3 sao là sản phẩm thứ nhất của cơ sở; "
                "nếu là thứ hai trở đi thì tổng còn {low}.",
                low=_money(ask, worked.low),
            )
        )
    return lines


def _line(ask: Ask, line: Line) -> str:
    return ask.say(
        "{count} sản phẩm {rank} sao từ thứ hai trở đi: {count} × {each} = {total}."
        if line.later
        else "{count} sản phẩm {rank} sao: {count} × {each} = {total}.",
        count=line.count,
        rank=line.rank,
        each=line.each,
        total=_money(ask, line.total),
    )


def _single(ask: Ask) -> Draft | None:
    tariff = ask.matter.tariff
    ranks = slots.stars(ask.text)
    if any(rank in (1, 2) for rank in ranks):
        return _none(ask)
    if len(ranks) != 1:
        return None
    rank = ranks[0]
    lines = [
        ask.say(
            "Sản phẩm {rank} sao: dự kiến thưởng {each}.",
            rank=rank,
            each=_money(ask, tariff.first[rank]),
        )
    ]
    if rank in tariff.later:
        later = _money(ask, tariff.later[rank])
        second = ask.say(
            "Từ sản phẩm 3 sao thứ hai của cơ sở: bằng 50%, tức {later} mỗi sản phẩm.", later=later
        )
        lines = [second, *lines] if ask.reading.has(*_SECOND) else [*lines, second]
    elif ask.reading.has(*_SECOND):
        lines.append(ask.say("Báo cáo không nói hạng 4 sao, 5 sao giảm từ sản phẩm thứ hai."))
    return _draft(ask, *lines)


def _none(ask: Ask) -> Draft:
    passage = ask.library.passages["gap_thuong_1_2_sao"]
    return Draft(passage.id, passage.said(ask.lang), ask.cited(passage.id), "reward", sure=False)


def support(ask: Ask) -> Draft | None:
    """Half of a named cost, when machines, stores or technology are to be bought with support."""
    amounts = slots.money(ask.text)
    rule = ask.matter.support
    if not amounts or not ask.near(rule.passage, "gap_nq51_tran", "kq_chinh_sach", within=2):
        return None
    lines = [
        ask.say(
            "{percent}% của {cost} là {share}.",
            percent=rule.percent, cost=_money(ask, sum(amounts)),
            share=_money(ask, round(sum(amounts) * rule.percent / 100)),
        ),
        ask.say(
            "Chỉ cho sản phẩm OCOP từ {stars} sao; mức trần tiền chưa có trong tài liệu.",
            stars=rule.from_stars,
        ),
        ask.say(
            "Nghị quyết ghi giai đoạn 2022-2025; có được kéo dài hay không thì chưa rõ, "
            "bà con hỏi cán bộ trước khi mua."
        ),
    ]  # fmt: skip
    return Draft(rule.passage, tuple(lines), ask.cited(rule.passage))

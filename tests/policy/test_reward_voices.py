"""Rewards asked in many voices: sums put together from parts, whose answer is known."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import date

import pytest

from conversations.policy import Answerer
from locales import number
from models.content.fold import fold

TODAY = date(2026, 11, 25)
FIRST = {3: 100, 4: 150, 5: 300}
VI = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
EN = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDER = ("", "thứ nhất", "thứ hai", "thứ ba", "thứ tư")
NOUNS = ("sản phẩm", "món", "sp", "mặt hàng", "cái")
TOTAL = (
    "thì tổng thưởng bao nhiêu?", ", cộng lại được thưởng mấy?",
    "thì dự kiến thưởng tất cả mấy triệu?", ". Tổng tiền thưởng là bao nhiêu?",
)  # fmt: skip
MORE = (
    "thì được thưởng thêm bao nhiêu?", "thì lĩnh thêm mấy triệu?",
    "được bù thêm mấy triệu tiền thưởng?",
)  # fmt: skip
WHOLE = (
    "Tính từ đầu đến nay được thưởng tổng bao nhiêu?", "Cả cũ lẫn mới thì được thưởng mấy?",
    "Tính cả tiền đã lĩnh thì được tất cả mấy triệu?",
)  # fmt: skip
Asked = tuple[str, float]  # a question and million dong


def paid(count: int, rank: int) -> list[int]:
    """What each of an owner's products of a rank is rewarded with."""
    return [100, *[50] * (count - 1)] if rank == 3 else [FIRST[rank]] * count


def some(dice: random.Random, most: int = 6) -> tuple[str, int, int]:
    """So many products of a rank, in words."""
    count, rank = dice.randint(1, most), dice.choice([3, 4, 5])
    many = dice.choice([str(count), VI[count]])
    stars = dice.choice([f"{VI[rank]} sao", f"{rank} sao", f"đạt {rank} sao", f"{rank}*"])
    return f"{many} {dice.choice(NOUNS)} {stars}", count, rank


def several(dice: random.Random) -> Asked:
    ranks = dice.sample([3, 4, 5], 2)
    told = [(dice.randint(1, 6), rank) for rank in ranks]
    said = " và ".join(f"{VI[count]} {dice.choice(NOUNS)} {rank} sao" for count, rank in told)
    return f"HTX tôi có {said} {dice.choice(TOTAL)}", sum(sum(paid(*one)) for one in told)


def one_goes_up(dice: random.Random) -> Asked:
    count, after = dice.randint(2, 4), dice.choice([4, 5])
    place = dice.randint(1, count)
    got = paid(count, 3)
    more = FIRST[after] - got[place - 1]
    said = f"Có {VI[count]} món 3 sao, đã lĩnh {', '.join(map(str, got))} triệu; nay món "
    said += f"{ORDER[place]} lên {after} sao"
    if dice.random() < 0.5:
        return f"{said} {dice.choice(MORE)}", more
    return f"{said}. {dice.choice(WHOLE)}", sum(got) + more


def all_go_up(dice: random.Random) -> Asked:
    count, before = dice.randint(2, 5), dice.choice([3, 4])
    got = sum(paid(count, before))
    said = f"Cơ sở có {VI[count]} món {before} sao đã lĩnh đủ thưởng, nay cả {VI[count]} lên 5 sao"
    return f"{said} {dice.choice(MORE)}", 300 * count - got


def owners(dice: random.Random) -> Asked:
    many, owner = dice.randint(2, 9), dice.choice(["cơ sở", "HTX", "hộ", "công ty", "nhà"])
    said, count, rank = some(dice, 3)
    voice = dice.choice(["{n} {o}, mỗi {o} {s}", "{n} {o}, {o} nào cũng có {s}"])
    told = voice.format(n=VI[many], o=owner, s=said)
    return f"Xã tôi có {told} {dice.choice(TOTAL)}", many * sum(paid(count, rank))


def two_sides(dice: random.Random) -> Asked:
    one, other = some(dice, 4), some(dice, 4)
    names = dice.choice([("HTX A", "HTX B"), ("bên kia", "bên tôi"), ("nhà tôi", "nhà hàng xóm")])
    sums = sum(paid(*one[1:])), sum(paid(*other[1:]))
    said = f"{names[0]} có {one[0]}, {names[1]} có {other[0]}"
    if sums[0] == sums[1] or dice.random() < 0.5:
        return f"{said}, cộng tiền thưởng hai bên bao nhiêu?", sum(sums)
    return f"{said}, bên nào được thưởng nhiều hơn, hơn mấy?", abs(sums[0] - sums[1])


def shared(dice: random.Random) -> Asked:
    said, count, rank = some(dice, 3)
    people = dice.choice([2, 4, 5, 10])
    voice = dice.choice(
        ["{n} người chia đều tiền thưởng {s} thì mỗi người bao nhiêu?",
         "Tiền thưởng {s} chia đều cho {n} hộ, mỗi hộ mấy triệu?"]
    )  # fmt: skip
    return voice.format(n=VI[people], s=said), round(sum(paid(count, rank)) / people, 1)


def scored(dice: random.Random) -> Asked:
    points = [dice.randint(50, 100) for _ in range(dice.randint(2, 3))]
    ranks = [5 if one >= 90 else 4 if one >= 70 else 3 for one in points]
    said = ", ".join(f"một món {one} điểm" for one in points)
    total = sum(sum(paid(ranks.count(rank), rank)) for rank in set(ranks))
    return f"{said}, đều lần đầu và đủ điều kiện, tổng thưởng mấy?", total


def english(dice: random.Random) -> Asked:
    told = [(dice.randint(1, 6), rank) for rank in dice.sample([3, 4, 5], 2)]
    said = " and ".join(f"{EN[n]} {rank}-star product{'s' * (n > 1)}" for n, rank in told)
    return f"We have {said}. What is the total reward?", sum(sum(paid(*one)) for one in told)


VOICES = (
    several, one_goes_up, all_go_up, owners, two_sides, shared, scored, english
)  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.__name__)
def test_a_sum_is_right_in_any_voice(
    voice: Callable[[random.Random], Asked], seed: int, answerer: Answerer
) -> None:
    question, amount = voice(random.Random(seed))
    bare = seed % 3 == 0 and voice is not english
    answer = answerer.answer(fold(question) if bare else question, TODAY)
    told = re.escape(number(answer.lang, amount))
    assert re.search(rf"(?<![\d.,]){told}(?!\d)", answer.text.splitlines()[0]), (
        question,
        answer.text,
    )

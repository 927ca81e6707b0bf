"""What a message asks about rewards: a sum, what is new, the whole time, a difference, a ratio."""

from __future__ import annotations

import re

from conversations.policy import slots
from conversations.policy.draft import Ask
from conversations.policy.reward.story import Story
from conversations.policy.reward.vocabulary import POINTS, TOGETHER

_REWARD = (
    "thuong", "tien thuong", "linh", "am duoc", "am bao nhieu", "treo thuong", "treo giai",
    "bu them", "reward", "rewards", "rewarded", "bonus", "bonuses", "prize", "prizes", "payout",
    "payment",
)  # fmt: skip
_MONEY = (*_REWARD, "trieu", "million", "tong muc", "cong lai", "gop lai", "tien")
#: What is asked of several products: a sum, unless something else is counted.
_SUM = (
    "cong lai", "gop lai", "tong cong", "tong", "tat ca", "het thay", "ca thay", "bao nhieu",
    "in total", "altogether", "total", "sum", "add up", "how much", "may trieu", "duoc may",
    "len may", "ra may", "may tien", "may dong", "bao nhiu", "cong don", "thanh may", "thu ve",
    "tinh giup", "tinh ho", "tinh gium",
    "duoc nhieu", "la may", "bring in", "all that", "come to", "comes to", "worth",
)  # fmt: skip
_MORE = (
    "how much", "bao nhieu", "may trieu", "may tien", "them may", "chenh", "extra", "may dong",
    "them nhieu", "phan bu", "bu them", "bu may", "top up", "on top", "difference", "duoc nhieu",
    "tong cong may", "duoc may", "received", "receive", "so tien",
    "what do we get", "what would we get",
)  # fmt: skip
_OTHER = (
    "2030", "muc tieu", "chi tieu", "phan dau", "target", "targets", "diem", "points", "point",
    "ho so", "giay to", "dai li", "con hieu luc", "toan tinh", "ca tinh", "tinh minh co", "le phi",
    "bao nhieu san pham", "bao nhieu cai", "bao nhieu mon", "how mani", "valid", "so bo", "phieu",
    "may cai", "may san pham",
    "cua tinh", "cua ha tinh", "phan tram", "percent", "nguyen lieu", "raw material", "thuoc bo",
    "thuoc nhom", "may moc", "mua may", "machine", "machines", "may tinh",
)  # fmt: skip
_GETS = re.compile(r" what (?:would|do|does|will) (?:\w+ ){1,6}?(?:get|receive|earn)(?= )")
_SHORT = 5  # words of a message that only goes on with the one before
_NOT_SUM = ("khi nao", "bao gio", "thu tuc", "ngay nao", "thue")
_LONG_AGO = ("2019", "ngay xua", "hoi xua", "muc cu", "old level", "old levels", "back in")
_FORMER = (
    *_LONG_AGO, "truoc day", "truoc kia", "ngay truoc", "hoi truoc", "hoi do", "xua", "used to",
    "formerli", "years ago",
)  # fmt: skip
_LIKE_REWARD = ("thường", "thương", "thượng")
_NO_REWARD = re.compile(
    r" (?:thuong (?:hieu|mai|xuyen|truc|luong|thuc|dan|lai (?:mua|thu|gom|vao|den|lay|ep|tra))|"
    r"(?:binh|thong|cong|boi) thuong)(?= )"
)
_UPGRADE = (
    "nang hang", "len hang", "nang sao", "len sao", "tang sao", "tang hang", "upgrade", "upgrades",
    "upgraded", "upgrading", "moves up", "move up", "goes up", "go up",
    "higher star", "a better one", "a higher one", "next rank",
)  # fmt: skip
_HOW_MANY = (
    "how mani", "may san pham", "bao nhieu san pham", "may mon", "bao nhieu mon", "may cai",
    "bao nhieu cai", "how many", "may mat hang", "bao nhieu mat hang", "may 4 sao",
    "nhieu san pham",
)  # fmt: skip
#: Everything so far is meant, not only what comes now.
_WHOLE = re.compile(
    r" (?:tu|from) 20\d\d(?: \w+){1,2}? 20\d\d |"
    r" (?:tu|ke tu|truoc|xua)(?: \w+){0,4}? (?:toi|den|cho den) (?:bay )?(?:gio|nay|hom nay)(?= )|"
    r" (?:ke|tinh|cong|gop|bao gom|gom)(?: \w+){0,2}? (?:ca|luon|them|chung|het)(?: \w+){0,3}? "
    r"(?:cu|truoc|(?:da|tung) (?:linh|nhan|huong|lay|duoc)|nam ngoai)(?= )|"
    r" ca (?:tien |khoan |phan )?(?:cu|truoc)(?= )| cu (?:lan|va|voi|ca|cong) moi | truoc (?:lan )?"
    r"sau | (?:ca )?(?:hai|2|ba|3|may|cac|tung) (?:nam|lan|dot)(?! dau)(?= )| tinh het | tu dau | "
    r"(?:since|from) the (?:veri )?(?:beginning|start)(?= )| so far | (?:until|till|up to) (?:now|"
    r"today)(?= )| to date | both (?:years|times) | two years | overall | each time | all along | "
    r"in all years | over the years | including (?:what|the|all)(?= )| counting what "
)
_ONLY_NEW = re.compile(
    r" (?:khong|chua|khoi|dung) (?:tinh|ke|gom|cong)(?= )| chi tinh | rieng (?:phan|lan|dot|nam|"
    r"khoan)(?= )| not counting | excluding | onli the (?:new|extra)(?= )"
)
_STAR = re.compile(r"(?<= )[1-5] (?:sao|stars?)(?= )")
_ASKED = re.compile(r" (?:bao nhieu|may|nhieu|how much|what) ")
#: Ways weighed against each other.
_WEIGHS = (
    "ben nao", "cai nao", "nhieu hon", "hon bao nhieu", "cao hon", "loi hon", "it hon", "hon may",
    "bang nhau", "co bang", "bang tien", "equal", "equals", "pays more", "pay more",
    "better", "worth more", "more monei", "so voi",
    "hon nhau", "nao hon", "huong nao", "cach nao", "duong nao", "earns more", "gets more",
    "higher reward", "bigger", "more than", "dang nao", "nao nhieu", "kem nhau", "hon 3 sao",
    "hon 4 sao", "than 3 star", "than 4 star", "chenh nhau", "hon ben", "hon nha", "ai duoc",
    "ai nhieu", "thap hon", "lon hon", "who gets", "whose reward", "by how much", "hon duoc",
    "lech nhau", "cach nhau", "gap between", "compared", "how much less", "kem may",
    "exceed", "exceeds", "kem bao nhieu", "thua may", "thua bao nhieu", "which one", "ahead",
)  # fmt: skip
#: The same of two products that stay as they are; of a rise it is only what the rise adds.
_DIFFERS = ("chenh", "lech", "difference", "the gap", "hon", "how much more", "kem", "less than")
_GAP = re.compile(r" gap (?:len )?(?:may|bao nhieu|doi|ba|ruoi|\d|lan)")
_TIMES = re.compile(
    r" (?:may|bao nhieu|nhieu) lan(?= )| bang(?: \w+){0,3}? (?:may|bao "
    r"nhieu) (?:mon|cai|san pham|phan)|how (?:many|mani) times| times (?:as|bigger|more|the|larger|"
    r"higher|what)| double | twice | triple "
)
_GREW = ("tang", "cao hon", "hon", "so voi", "nhieu hon", "times", "more", "increase",
         "up", "bigger", "larger", "than", "chenh", "lech", "gain", "rise")  # fmt: skip


def speaks_of_reward(ask: Ask) -> bool:
    """A reward, by any word for it."""
    said = _without_likes(ask)
    return names_reward(ask) or any(f" {word} " in said for word in _REWARD)


def names_reward(ask: Ask) -> bool:
    """thưởng, not thương hiệu, thương mại or thường xuyên."""
    marked = any(mark in ("thưởng", "thưỡng") for mark in ask.reading.marks)
    return marked or " thuong " in _without_likes(ask)


def _without_likes(ask: Ask) -> str:
    """What is said, without words that only look like "thưởng"."""
    pairs = zip(ask.reading.words, ask.reading.marks, strict=True)
    said = " ".join(word for word, mark in pairs if mark not in _LIKE_REWARD)
    return _NO_REWARD.sub(" ", f" {said} ")


def of_other_things(ask: Ask, told: Story) -> bool:
    """When and how rewards are paid, or what was paid years ago: nothing to add up."""
    if told.moves:
        return False
    former = ask.reading.has("2019", "truoc day") and not _compared_at_all(ask)
    return ask.reading.has(*_NOT_SUM) or former


def about(ask: Ask, told: Story) -> bool:
    """Whether what is asked of the products told of is their reward."""
    if speaks_of_reward(ask):
        named = told.several or told.moves or (told.groups and ask.reading.has(*POINTS))
        summed = bool(named) and ask.reading.has(*_SUM, *_MORE)
        return summed or not ask.near("gap_thuong_khi_nao", within=1)
    if ask.reading.has(*_OTHER):
        return False
    if told.leans and weighs(ask, told):
        return was_of_money(ask)
    if told.leans and (told.several or not was_of_money(ask)):
        return was_of_money(ask)
    if told.several and weighs(ask, told) and ask.reading.has(*_MONEY, *_SUM, "pay", "pays"):
        return True
    if told.moves:
        paid = any(group.received for group in told.groups)
        return told.leans or paid or ask.reading.has(*_MORE) or bool(slots.money(ask.text))
    if told.several and (ask.reading.has(*_SUM) or _GETS.search(f" {ask.text} ")):
        return True
    return ask.reading.has(*_MONEY) and ask.near("thuong_du_kien", "task:reward", within=4)


def was_of_money(ask: Ask) -> bool:
    """Whether what was asked before was about money."""
    if ask.reader is None or not ask.talk:
        return True
    for said in reversed(ask.talk):
        if ask.reader.read(said).has(*_MONEY, "how much", "pay", "pays", "worth"):
            return True
        if len(said.split()) > _SHORT:
            break  # it asks something of its own
    return False


def how_many_products(ask: Ask) -> bool:
    """ "350 triệu là mấy sản phẩm 3 sao?"."""
    return ask.reading.has(*_HOW_MANY) and speaks_of_reward(ask)


def of_upgrades(ask: Ask) -> bool:
    """Upgrades without their stars."""
    return ask.reading.has(*_UPGRADE)


def adds_up(ask: Ask) -> bool:
    """Whether one sum of all that is named is asked."""
    return ask.reading.has(*TOGETHER)


def whole_time(ask: Ask) -> bool:
    """Whether everything so far is asked, not only what comes now.

    "Từ trước tới giờ" counts where it is asked, not where the story begins with it.
    """
    said = f" {ask.text} "
    if _ONLY_NEW.search(said):
        return False
    last = max((m.start() for m in _STAR.finditer(said)), default=0)
    return any(
        found.start() > last or _ASKED.search(said[found.end() - 1 : found.end() + 30])
        for found in _WHOLE.finditer(said)
    )


def times(ask: Ask) -> bool:
    """ "gấp mấy lần"."""
    said = f" {ask.text} "
    if _GAP.search(said) and ask.reading.names("gấp"):  # not "gặp"
        return True
    return _TIMES.search(said) is not None


def weighs(ask: Ask, told: Story) -> bool:
    """Whether two ways are weighed, not added."""
    if len(told.groups) < 2:
        return False
    if ask.reading.has(*_WEIGHS) or times(ask):
        return True
    return not told.moves and not adds_up(ask) and ask.reading.has(*_DIFFERS)


def grew(ask: Ask) -> bool:
    """Whether the proposed reward is held against one that was paid years ago."""
    of_levels = speaks_of_reward(ask) or ask.reading.has("muc", "du kien", "level", "proposed")
    of_levels = of_levels or times(ask)
    former = ask.reading.has(*_FORMER) if slots.money(ask.text) else ask.reading.has(*_LONG_AGO)
    return of_levels and former and _compared_at_all(ask)


def _compared_at_all(ask: Ask) -> bool:
    return ask.reading.has(*_GREW) or times(ask)

"""How people ask to reckon: a share, a sum, a difference, how many times, a yearly part."""

from __future__ import annotations

import re

from conversations.policy.understand import plain


def _phrases(said: str) -> tuple[str, ...]:
    """Phrases set apart by commas, as they stand in a plain folded question."""
    return tuple(" ".join(plain(phrase)) for phrase in said.split(", "))


SHARE = _phrases(
    "phan tram, %, ti le, percent, percentage, what share, proportion, phan may, "
    "ti trong, bao nhieu phan"
)
#: Without these a percentage may be one that a rule asks for.
TAKES_UP = _phrases(
    "chiem, ti le, trong so, trong tong so, tong so, tren tong, tren tong so, so voi, are, "
    "is, of all, share, proportion, make up, account, were"
)
SUM = _phrases(
    "cong lai, gop, gop lai, cong voi, cong chung, cong ca, tong, tong cong, ca thay, together, "
    "combined, in all, altogether"
)
COMPARES = _phrases("hon, kem, chenh, chenh lech, more, fewer, less, difference, gap, outnumber")
#: What is still to come: "tối thiểu" is none of it.
LACKS = re.compile(r"\b(?:(?<!toi )thieu|them|nua|cach|bu|con lai|short|more|missing|far|lack)\b")
TIMES = _phrases(
    "gap may, gap bao nhieu, may lan, bao nhieu lan, gap may lan, how many times, times as "
    "many, times more"
)
YEARLY = _phrases(
    "moi nam, mot nam, hang nam, nam nao cung, chia deu, per year, a year, each year, every "
    "year, annually, yearly, 1 nam"
)
#: One year is asked for, of which nobody wrote down the part.
ONE_YEAR = re.compile(r"\b(?:rieng |rieng nam |nam |in )(20\d\d)\b")
AIM = _phrases(
    "muc tieu, chi tieu, dat ra, phan dau, ke hoach, den nam 2030, den 2030, toi 2030, toi "
    "nam 2030, dich, de ra, target, targets, goal, aim, by 2030, 2030, muc 40"
)
#: What a rule asks for, not what is.
REQUIRED = _phrases("phai, toi thieu, it nhat, should, must, at least, muon, can dat")
TODAY = _phrases("hien, hien nay, hien tai, nay, dang, bay gio, now, currently, today")
REACHED = _phrases("dat, hoan thanh, moi duoc, duoc may, duoc bao nhieu, reached, achieved, met")
HOW_MANY = _phrases("bao nhieu, may, how many, how much, what")
EACH = _phrases("moi loai, tung loai, moi ben, lan luot, each, respectively, moi hang")
PRODUCTS = _phrases("san pham, mat hang, products, product")
EACH_OWNER = _phrases(
    "moi chu the, mot chu the, tung chu the, per owner, each owner, every owner, per producer"
)
#: The asker's own matter, and what is asked of rules and rewards, is not the report's.
OWN = _phrases(
    "cua toi, nha toi, cua em, nha em, cua minh, nha minh, ben toi, ben em, hop tac xa toi, "
    "co so toi, co so em, chung toi, my product, my shop, our, xa toi"
)
OTHER = _phrases(
    "thuong, von, nguyen lieu, lao dong, doanh thu, loi nhuan, hop dong, ho tro, nghi "
    "quyet, reward, revenue, points, material, dai li, thu hoi, xuat xu, truy xuat, tap huan, "
    "dao tao, can bo, tuan hoan, nen tang, moi xa, tung xa, moi phuong, per commune, each "
    "commune, digital, traceability, trained, circular, officers, "
    "dau, rot, truot, bi loai, tra lai, phu nu, pass, fail, rejected, women"
)
#: Points of a sheet, not of a percentage.
POINTS = re.compile(r"\bdiem\b(?! phan tram)")
#: "4 sao bằng mấy phần trăm 3 sao": of one another, not of a whole.
EQUALS = _phrases("bang may, bang bao nhieu, so voi, compared with, compared to")
#: What sets one side of a comparison apart from the other.
BETWEEN = re.compile(r"\b(?:hon|kem|so voi|bang|than|gap|compared with|compared to|as many)\b")
#: A number of products or owners that is told.
TOLD = re.compile(
    r"(?<![\d.,/-])(\d{2,4}) (?:san pham|chu the|ho|hop tac xa|doanh nghiep|products?|owners?)\b"
)

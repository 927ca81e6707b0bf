"""What is asked of rewards that the report does not say: told so, and never worked out."""

from __future__ import annotations

import re

from conversations.policy import slots
from conversations.policy.draft import Ask, Draft
from conversations.policy.reward.asked import speaks_of_reward
from conversations.policy.reward.story import Story
from locales import N_

_BACK = re.compile(
    r" (?:tra|nop|hoan|thoi|doi|lay) (?:lai|tra)(?= )| hoan (?:tien|thuong)| bi thu lai |"
    r" truy thu | give (?:it |the monei |them )?back | pay (?:it )?back | repay | refund"
)
_LOST = re.compile(
    r" (?:thu hoi|bi thu|tuoc|rut|het han)(?: giay| sao| hang)?(?= )| revoked |"
    r" (?:lose|lost|loses) | withdrawn | discontinued |"
    r" (?:bo|ngung|nghi|thoi|dung)(?: khong| khoi| han| luon)* (?:lam|san xuat|ban)(?= )|"
    r" khong (?:con )?(?:lam|san xuat|ban) nua | stopped making "
)
_COUNTED = re.compile(
    r" (?:dau|dau tien|thu (?:nhat|hai|1|2)|nhat|nhi|first|second|lai tu dau)(?= )| 100 "
)
_NEW_OWNER = re.compile(
    r" (?:sang ten|doi chu|chuyen(?: \w+){0,8}? (?:sang|chu|nhuong)|tach (?:ra|thanh|lam|doi)|"
    r"mo (?:them )?(?:cong ti|co so|htx|hop tac xa) moi|lap(?: \w+){0,2}? (?:cong ti|co so|htx|"
    r"hop tac)|ban (?:lai |luon )?(?:co so|cong ti|htx|hop tac xa)|mua lai|sap nhap|(?:chu|nguoi) "
    r"moi|new (?:company|facility|owner)|transfer\w*)(?= )"
)
_KEPT = re.compile(
    r" (?:giu|van|nguyen|duy tri|kept|keep|keeps|keeping|still|same|retain|retained|het han|y|"
    r"nhu cu|expired|renewed)(?= )"
)
_MORE = re.compile(
    r" (?:them|nua|tiep|lan nua|lan 2|lan hai|again|more|another|extra)(?= )| co (?:duoc |con |"
    r"khoan )?thuong | (?:hai|2) lan | twice | an[iy] (?:\w+ )?reward |"
    r" duoc thuong (?:khong|chi|gi)(?= )"
)
_EARLIER = re.compile(
    r" truy (?:linh|thu|nhan|tra)(?= )| hoi to | (?:tinh|tra|thuong|linh|cap) bu(?! them)(?= )|"
    r" (?:tu|nam|hoi|thang|truoc|cong nhan|before|in|since|from|"
    r"recogni[sz]ed)(?: thang)?(?: nam)? (?:\d{1,2}[/ ])?"
    r"20(?:1\d|2[0-5])(?= )| (?:truoc|before)(?: nam)? 2026 | retroactiv| truoc khi co (?:muc|"
    r"chinh sach|nghi quyet)(?= )"
)
_ELIGIBLE = re.compile(
    r" (?:co|thi|van|con|chu) (?:duoc|tinh|huong|linh|nhan|thuong|ap dung)(?= )| duoc (?:tinh|truy|"
    r"bu|huong|linh|nhan|ap dung)(?= )| hay (?:duoc|la|thoi)(?= )| (?:can|do|does|will|would|could|"
    r"are|is) (?:i|we|it|thei|a|mi|our|the)(?= )"
)
_TAX = re.compile(r" (?:thue|tax|taxed|taxes|taxable)(?= )")

_NOT_KEPT = N_("Báo cáo chỉ nói thưởng khi đạt sao và khi lên hạng, không nói giữ hạng thì sao.")
#: What a message that asks it says, both parts of it, and what is told then.
_OPEN: tuple[tuple[re.Pattern[str], re.Pattern[str] | None, str], ...] = (
    (_BACK, None,
     N_("Báo cáo không nói mất sao thì có phải trả lại tiền thưởng không.")),
    (_KEPT, _MORE,
     _NOT_KEPT),
    (_LOST, _COUNTED,
     N_("Báo cáo không nói món đầu thôi làm hay bị thu hồi thì món sau tính là thứ mấy.")),
    (_NEW_OWNER, _COUNTED,
     N_("Báo cáo không nói đổi chủ hay lập cơ sở mới thì sản phẩm thứ nhất tính thế nào.")),
    (_EARLIER, _ELIGIBLE,
     N_("Báo cáo không nói món có sao từ trước có được tính theo mức mới không.")),
    (_TAX, None,
     N_("Báo cáo không nói tiền thưởng có chịu thuế không, nên số thực nhận chưa biết được.")),
)  # fmt: skip


def unsaid(ask: Ask, told: Story) -> Draft | None:
    """That the report leaves open what is asked; None when it does not, or when a rise is asked."""
    of_money = speaks_of_reward(ask) or slots.money(ask.text) or ask.reading.has("paid")
    if told.moves or told.missed or (told.several and _apart(told)) or not of_money:
        return None
    said = f" {ask.text} "
    kept = told.kept and _MORE.search(said)
    line = _NOT_KEPT if kept else next(
        (told_ for one, other, told_ in _OPEN
         if one.search(said) and (other is None or other.search(said))), None,
    )  # fmt: skip
    if line is None:
        return None
    warn = ask.say("Mức thưởng mới là dự kiến, chưa ban hành. Bà con hỏi cán bộ cho chắc.")
    sources = ask.cited("thuong_du_kien")
    return Draft("gap_thuong_khi_nao", (ask.say(line), warn), sources, "reward", sure=False)


def _apart(told: Story) -> bool:
    """Whether some products are new and others stay as they were: there is something to add."""
    held = [group.held for group in told.groups]
    return any(held) and not all(held)

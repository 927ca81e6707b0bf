"""Sends a template message (ZBS): a text Zalo approved, to a phone number, paid for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.zalo_oa_api import OaApi

PATH = "/message/template"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What Zalo says of an accepted one; `left` and `most` of the day, 0 when it does not say."""

    id: str
    left: int
    most: int


async def send(
    api: OaApi, phone: str, template_id: str, data: Mapping[str, str], tracking: str
) -> Delivered:
    """`phone` as +84...; raises Later or Closed."""
    body = {
        "phone": phone.lstrip("+"),
        "template_id": template_id,
        "template_data": dict(data),
        "tracking_id": tracking,
    }
    told = await api.call(PATH, body=body)
    quota = told.get("quota")
    quota = quota if isinstance(quota, Mapping) else {}
    left, most = _whole(quota.get("remainingQuota")), _whole(quota.get("dailyQuota"))
    return Delivered(str(told.get("msg_id") or "-"), left, most)


def _whole(value: Any) -> int:
    return int(str(value)) if str(value).isdigit() else 0

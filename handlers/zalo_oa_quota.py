"""What a Zalo OA's plan has left: the pots its messages are taken from when they are not free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.zalo_oa_api import OaApi

PATH = "/v3.0/oa/quota/message"
ASKED = {"quota_owner": "OA", "product_type": "cs"}  # the OA's own, for answers to people


@dataclass(frozen=True, slots=True)
class Pot:
    """kind: sub_quota (the plan's), purchase_quota (bought), reward_quota (given)."""

    kind: str
    left: int
    most: int


async def pots(api: OaApi) -> list[Pot]:
    """Each kind once, several of a kind together. Raises Later, Never, Closed or Gone."""
    found: dict[str, Pot] = {}
    for row in await api.listed(PATH, ASKED):
        if isinstance(row, Mapping) and (pot := read(row)) is not None:
            known = found.get(pot.kind, Pot(pot.kind, 0, 0))
            found[pot.kind] = Pot(pot.kind, known.left + pot.left, known.most + pot.most)
    return list(found.values())


def read(quota: Mapping[str, Any]) -> Pot | None:
    """One pot, as a list of them or the answer to a message tells it; None when it has no end."""
    kind, left, most = (quota.get(name) for name in ("quota_type", "remain", "total"))
    if not kind or not _whole(left) or not _whole(most):
        return None
    return Pot(str(kind), int(str(left)), int(str(most)))


def _whole(value: object) -> bool:
    return str(value).isascii() and str(value).isdigit()

"""What channels count and renew: tokens that are good once, windows per person, plans per month."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.columns import maybe_utc, utc


class TokenPair(SQLModel, table=True):
    """An access token and the refresh token that is good once. `name` says whose.

    `seed` is the fingerprint of the setting the pair began with: a new setting begins a new pair.
    `renewing_until` is the lease of the one process that spends the refresh token.
    """

    __tablename__ = "token_pair"
    name: str = Field(primary_key=True, max_length=60)
    seed: str = Field(max_length=64)
    access: str = ""
    refresh: str
    issued_at: datetime = utc()
    expires_at: datetime = utc()
    renewing_until: datetime | None = maybe_utc()
    lost_at: datetime | None = maybe_utc()


class ChannelWindow(SQLModel, table=True):
    """What may still be sent to one address for nothing, and whether a human answers there."""

    __tablename__ = "channel_window"
    channel: str = Field(primary_key=True, max_length=20)
    address: str = Field(primary_key=True, max_length=128)
    acted_at: datetime | None = maybe_utc()  # the person's act that `free_left` counts from
    free_left: int = 0
    human_since: datetime | None = maybe_utc()  # an officer answers by hand: the bot is silent


class ChannelCount(SQLModel, table=True):
    """Messages of one channel in one month ("2026-11"), by kind: free, paid, refused, ..."""

    __tablename__ = "channel_count"
    channel: str = Field(primary_key=True, max_length=20)
    period: str = Field(primary_key=True, max_length=10)
    kind: str = Field(primary_key=True, max_length=20)
    count: int = 0

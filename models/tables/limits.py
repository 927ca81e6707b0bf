"""What all processes share about pace: who has done how much lately, and a bot's next free slot."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel


class Allowance(SQLModel, table=True):
    """One somebody and one kind of act. Gone once it is whole again (bot/work/tidy.py).

    `name` is the kind and a hash, never an address itself. `whole_at`: microseconds since 1970
    at which everything is allowed again; each act moves it on by its share.
    """

    __tablename__ = "allowance"
    name: str = Field(primary_key=True, max_length=80)
    whole_at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))


class Slot(SQLModel, table=True):
    """The next free slot of what leaves at one pace (a bot's token), in microseconds since 1970."""

    __tablename__ = "slot"
    name: str = Field(primary_key=True, max_length=80)
    next_at: int = Field(sa_column=Column(BigInteger, nullable=False))

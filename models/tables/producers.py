"""Producers, who may act for them, and their products."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.columns import key, maybe_utc, utc


class Producer(SQLModel, table=True):
    """Chủ thể OCOP: a co-op, group, firm, farm, registered household or tourism body."""

    __tablename__ = "producer"
    id: int | None = key()
    person_id: int = Field(foreign_key="person.id", index=True)  # who registered it
    type: str = Field(max_length=20)  # content.producer_types id
    name: str = Field(max_length=200)
    representative: str = Field(default="", max_length=200)
    position: str = Field(default="", max_length=100)
    phone: str = Field(default="", max_length=20)  # E.164
    email: str = Field(default="", max_length=200)
    commune_code: str = Field(max_length=10, index=True)
    address: str = Field(default="", max_length=300)
    registration_number: str = Field(default="", max_length=50)  # "" = not registered yet
    registered_on: date | None = None
    from_register: bool = False  # from the province's list; nobody has come for it yet
    circular: bool | None = None  # a circular, green value chain; None: nobody recorded it
    trained: bool | None = None  # on the programme; None: nobody recorded it
    confirmed_at: datetime | None = maybe_utc()  # by the producer's own phone (helper mode)
    demo: bool = False
    created_at: datetime = utc()
    erased_at: datetime | None = maybe_utc()


class Helper(SQLModel, table=True):
    """Someone who fills in for a producer: an officer, a clerk, a child at home."""

    __tablename__ = "helper"
    __table_args__ = (UniqueConstraint("producer_id", "person_id"),)
    id: int | None = key()
    producer_id: int = Field(foreign_key="producer.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    relation: str = Field(default="", max_length=60)
    since: datetime = utc()
    until: datetime | None = maybe_utc()


class Product(SQLModel, table=True):
    """What is ranked, and by which score sheet (set 1-26)."""

    __tablename__ = "product"
    id: int | None = key()
    producer_id: int = Field(foreign_key="producer.id", index=True)
    name: str = Field(max_length=200)
    set_number: int
    material_from: str = Field(default="", max_length=300)
    photo_key: str | None = Field(default=None, max_length=64)
    where_to_buy: str = Field(default="", max_length=300)
    traceable: bool | None = None  # electronically, as an officer recorded; None: nobody did
    demo: bool = False
    created_at: datetime = utc()


class JoinRequest(SQLModel, table=True):
    """Somebody says that a producer of the list and a registered one are the same; the other side
    has to say so too. `officer_id`: the officer who asked; None: the household did.

    state: open | joined | refused.
    """

    __tablename__ = "join_request"
    id: int | None = key()
    listed_id: int = Field(foreign_key="producer.id")
    producer_id: int = Field(foreign_key="producer.id", index=True)
    officer_id: int | None = Field(default=None, foreign_key="officer.id")
    state: str = Field(default="open", max_length=10)
    at: datetime = utc()

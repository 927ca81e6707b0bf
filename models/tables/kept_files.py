"""What a provider has kept of what we sent: a file is uploaded once, then named."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class KeptFile(SQLModel, table=True):
    """A file of ours at a provider. Gone with the file itself (bot/work/tidy.py).

    `bot`: which of its bots or accounts may name it. `file`: its content key. `name`: as it was
    sent, where that is shown. `kind`: as what (photo, document). `remote`: its name there.
    """

    __tablename__ = "kept_file"
    bot: str = Field(primary_key=True, max_length=40)
    file: str = Field(primary_key=True, max_length=64)
    name: str = Field(primary_key=True, max_length=128)
    kind: str = Field(primary_key=True, max_length=10)
    remote: str = Field(max_length=255)

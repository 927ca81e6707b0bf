"""Questions passed to officers, how answers were liked, and how many were asked.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)
TABLES = ("ticket", "feedback", "answer_count")


def upgrade() -> None:
    _ticket()
    _feedback()
    _answer_count()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _ticket() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("commune_code", sa.String(10), nullable=True),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(60), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UTC, nullable=False),
        sa.Column("due_at", UTC, nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", UTC, nullable=True),
        sa.Column("make_passage", sa.Boolean(), nullable=False),
        sa.Column("exported_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["dossier.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["officer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index(op.f("ix_ticket_commune_code"), "ticket", ["commune_code"], unique=False)
    op.create_index(op.f("ix_ticket_person_id"), "ticket", ["person_id"], unique=False)
    op.create_index(op.f("ix_ticket_state"), "ticket", ["state"], unique=False)


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("passage_id", sa.String(80), nullable=False),
        sa.Column("up", sa.Boolean(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_feedback_passage_id"), "feedback", ["passage_id"], unique=False)


def _answer_count() -> None:
    op.create_table(
        "answer_count",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("topic", sa.String(60), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("day", "topic", "answered"),
    )

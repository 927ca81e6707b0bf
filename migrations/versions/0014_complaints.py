"""What people report about products and the OCOP mark.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    _complaints()
    _lines()


def downgrade() -> None:
    op.drop_table("complaint_line")
    op.drop_table("complaint")


def _complaints() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(12), nullable=False, unique=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("certificate_code", sa.String(12), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("commune_code", sa.String(10), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column("due_at", UTC, nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("closed_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"]),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("person_id", "product_id", "commune_code", "state", "officer_id"):
        op.create_index(op.f(f"ix_complaint_{column}"), "complaint", [column])


def _lines() -> None:
    op.create_table(
        "complaint_line",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"]),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_complaint_line_complaint_id"), "complaint_line", ["complaint_id"])

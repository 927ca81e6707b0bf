"""Dossiers with all that hangs on them.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True)
TABLES = (
    "dossier",
    "assessment",
    "case_message",
    "certificate",
    "evidence_item",
    "history_entry",
    "page",
)


def upgrade() -> None:
    _dossier()
    _assessment()
    _case_message()
    _certificate()
    _evidence_item()
    _history_entry()
    _page()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _dossier() -> None:
    op.create_table(
        "dossier",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("producer_id", sa.Integer(), nullable=False),
        sa.Column("case_kind", sa.String(10), nullable=False),
        sa.Column("stars_aimed", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("commune_code", sa.String(10), nullable=False),
        sa.Column("rules", sa.String(40), nullable=False),
        sa.Column("opened_at", UTC, nullable=False),
        sa.Column("state_since", UTC, nullable=False),
        sa.Column("submitted_at", UTC, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", UTC, nullable=True),
        sa.Column("acted_at", UTC, nullable=True),
        sa.Column("reached_province_at", UTC, nullable=True),
        sa.Column("round_name", sa.String(60), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("decision_number", sa.String(60), nullable=True),
        sa.Column("decision_date", sa.Date(), nullable=True),
        sa.Column("refused_because", sa.String(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.ForeignKeyConstraint(["producer_id"], ["producer.id"]),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    _dossier_indexes()


def _dossier_indexes() -> None:
    op.create_index(op.f("ix_dossier_officer_id"), "dossier", ["officer_id"], unique=False)
    op.create_index(op.f("ix_dossier_producer_id"), "dossier", ["producer_id"], unique=False)
    op.create_index(op.f("ix_dossier_product_id"), "dossier", ["product_id"], unique=False)
    op.create_index(
        "ix_dossier_queue", "dossier", ["commune_code", "state", "due_on"], unique=False
    )
    op.create_index("ix_dossier_state", "dossier", ["state", "due_on"], unique=False)


def _assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(40), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("note", sa.String(1000), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dossier_id", "content"),
    )


def _case_message() -> None:
    op.create_table(
        "case_message",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("from_officer", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_case_message_dossier_id"), "case_message", ["dossier_id"], unique=False
    )


def _certificate() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("decision_number", sa.String(60), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("revoked_because", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index(op.f("ix_certificate_dossier_id"), "certificate", ["dossier_id"], unique=False)
    op.create_index(op.f("ix_certificate_product_id"), "certificate", ["product_id"], unique=False)
    op.create_index(op.f("ix_certificate_valid_to"), "certificate", ["valid_to"], unique=False)


def _evidence_item() -> None:
    op.create_table(
        "evidence_item",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(60), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(600), nullable=False),
        sa.Column("excuse", sa.String(600), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", UTC, nullable=True),
        sa.Column("updated_at", UTC, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),
        sa.ForeignKeyConstraint(["reviewed_by"], ["officer.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("dossier_id", "evidence"),
    )
    op.create_index(
        op.f("ix_evidence_item_expires_on"), "evidence_item", ["expires_on"], unique=False
    )


def _history_entry() -> None:
    op.create_table(
        "history_entry",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"]),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_history_entry_dossier_id"), "history_entry", ["dossier_id"], unique=False
    )


def _page() -> None:
    op.create_table(
        "page",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_key", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("mime", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("insisted", sa.Boolean(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", UTC, nullable=False),
        sa.Column("removed_at", UTC, nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["item_id"], ["evidence_item.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_page_file_key"), "page", ["file_key"], unique=False)
    op.create_index(op.f("ix_page_item_id"), "page", ["item_id"], unique=False)

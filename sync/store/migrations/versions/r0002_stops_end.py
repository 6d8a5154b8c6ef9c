"""Stops may end by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the end of a stop."""
    op.add_column("stop", sa.Column("until", sa.BigInteger(), nullable=True))

"""A made-up second revision, which can be told to fail or to die half way."""

from pathlib import Path

SECOND = """
import os, signal
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
STEPS = 4


def reached(n):
    if os.environ.get("KILL_AT") == str(n):
        os.kill(os.getpid(), signal.SIGKILL)
    if os.environ.get("FAIL_AT") == str(n):
        raise sa.exc.OperationalError("x", {}, Exception("no such thing"))


def upgrade():
    reached(1)
    op.add_column("document", sa.Column("shelf", sa.Text))
    reached(2)
    strict = {"sqlite_strict": True}
    with op.batch_alter_table("open_item", recreate="always", table_kwargs=strict) as batch:
        batch.add_column(sa.Column("remark", sa.Text))
    reached(3)
    op.execute("UPDATE document SET shelf = 'A'")
    reached(4)
"""

SERVER_SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("document", sa.Column("shelf", sa.Text))
    op.execute("UPDATE document SET shelf = 'A'")
"""


def made_up(folder: Path) -> Path:
    """Write the revisions into a folder, and return it."""
    (folder / "versions").mkdir(parents=True)
    (folder / "versions" / "second.py").write_text(SECOND, "utf-8")
    first = 'revision = "0001"\ndown_revision = None\n'
    (folder / "versions" / "first.py").write_text(first, "utf-8")
    return folder

"""The first schema, in the words in which the first release makes it."""

from alembic import op

from erpdesk.storage.migrations.first import kept_schema

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table and index of the first version."""
    connection = op.get_bind()
    for statement in kept_schema(connection.dialect.name).read_text("utf-8").split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement, execution_options={"no_parameters": True})

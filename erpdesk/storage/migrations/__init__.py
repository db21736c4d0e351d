"""Old company files become new ones: Alembic revisions, guards out before, in after."""

from sqlalchemy import Connection, text

VERSION = "0001"
"""The revision this program reads and writes."""


def stamp(connection: Connection) -> None:
    """Mark a new company as being of this version."""
    connection.execute(
        text("CREATE TABLE schema_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    )
    connection.execute(
        text("INSERT INTO schema_version (version_num) VALUES (:version)"), {"version": VERSION}
    )

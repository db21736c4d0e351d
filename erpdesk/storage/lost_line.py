"""A line that was lost while something was stored: what became of it is asked for, never guessed.

The server may not know yet that nobody listens any more, and store it a moment later. So the
session that wrote is ended there first, as its own person may, and then one row of the transaction
is looked for: it is there with all the others, or none of them is.
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Connection, select, text

from erpdesk.errors import ErpdeskError, UnknownOutcomeError
from erpdesk.storage.database import Database

ENDED_WITHIN_MS: Final = 5000
_END: Final = text(
    "SELECT pg_terminate_backend(pid, :within) FROM pg_stat_activity"
    " WHERE pid = :session AND usename = session_user"
)


def session_of(connection: Connection) -> int:
    """Return the server's number of a connection's session; nothing is sent for it."""
    driver: Any = connection.connection.driver_connection
    return int(driver.info.backend_pid)


@dataclass(slots=True)
class Try:
    """What is known of a transaction at a server: its session, a row of it, whether it was sent.

    ``row`` is a column and the value that only this transaction gives it.
    """

    session: int
    row: tuple[Column[Any], object] | None = None
    is_sent: bool = False
    value: Any = None

    def is_stored(self, database: Database) -> bool:
        """Say whether it is stored, once and for all.

        Raises:
            UnknownOutcomeError: nobody answers, or nothing tells.
        """
        try:
            with database.reading() as connection:
                return self._is_stored(connection)
        except ErpdeskError as error:
            raise UnknownOutcomeError(detail=str(error)) from error

    def _is_stored(self, connection: Connection) -> bool:
        asked = {"session": self.session, "within": ENDED_WITHIN_MS}
        is_over = all(connection.execute(_END, asked).scalars())
        if self.is_sent and (self.row is None or not is_over):
            raise UnknownOutcomeError
        if self.row is None:
            return False
        column, value = self.row
        return connection.execute(select(column).where(column == value)).first() is not None

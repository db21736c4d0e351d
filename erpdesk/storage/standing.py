"""A server's connection that is kept open: every statement on it is a transaction of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy import Engine, exc


@dataclass(slots=True)
class Standing:
    """One connection of a server, opened when it is first used, and again when it was lost.

    A statement is one journey there and back, where a transaction that is opened and closed has
    three; its plan is kept. It goes by indexes whatever the tables hold: a plan that is made while
    nothing is counted yet would read all counts at every scan of that day.
    """

    engine: Engine
    _driver: Any = None
    _lock: Lock = field(default_factory=Lock)

    def rows(self, statement: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        """Do a statement and return its rows; what it had to store is stored then.

        Raises:
            DBAPIError: what the driver raised.
        """
        driver_error = self.engine.dialect.loaded_dbapi.Error
        driver: Any = None
        with self._lock:
            try:
                driver = self._opened()
                found: list[tuple[Any, ...]] = driver.execute(
                    statement, values, prepare=True
                ).fetchall()
            except driver_error as error:
                was_cut = driver is not None and driver.closed
                raise exc.DBAPIError(None, None, error, connection_invalidated=was_cut) from error
        return found

    def _opened(self) -> Any:
        if self._driver is None or self._driver.closed:
            pooled = self.engine.raw_connection()
            self._driver = pooled.driver_connection
            pooled.detach()
            self._driver.autocommit = True
            self._driver.execute("SET enable_seqscan = off")
        return self._driver

    def close(self) -> None:
        """Give the connection up."""
        with self._lock:
            if self._driver is not None:
                self._driver.close()

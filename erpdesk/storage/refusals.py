"""What the database says, in our own errors: refused, stale, busy, unknown outcome, broken."""

import re

from sqlalchemy import exc

from erpdesk.errors import (
    BusyError,
    ErpdeskError,
    RefusedError,
    StaleError,
    StorageError,
    UnknownOutcomeError,
)

_GUARD = re.compile(r"\b(G\d{1,2} [a-z-]+)")
_STALE = {"G3 stale", "G9 item-changed", "G11 chain"}
_BUSY = ("55P03", "database is locked", "database is busy", "lock timeout")
_LOST = ("08", "57P01", "57P02", "57P03")
_AWAY = ("connection failed", "connection is bad")
_PASSWORD = ("password", "口令", "密码")
"""What a server's refusal of a login says, in the languages it may speak."""
_UNGIVEN = "no password supplied"
_UNSAFE = "authentication method requirement"
_SPOILT = "Could not decode to UTF-8"
_FAILED = "disk I/O error"
_FIRST = (
    "uq_step_document_id_seq", "step.document_id, step.seq",
    "uq_line_variance_campaign_id_customer_id_currency_n",
)  # fmt: skip


class DiskFullError(StorageError):
    """The disk is full: nothing was stored."""


class NotSyncedError(StorageError, UnknownOutcomeError):
    """The disk failed while the change was made to last: it may or may not be there.

    For this program it is undone, and what it stores next takes its place in the log of the file;
    a file opened anew before that may find it.
    """


class NotACompanyError(StorageError):
    """This file is not a company of erpdesk, or it is damaged."""


class CannotConnectError(StorageError):
    """The server does not answer, or lets nobody in."""


class UnsafeServerError(CannotConnectError):
    """The server asks for the password itself, or nearly so; it was not given."""


class NotLetInError(CannotConnectError):
    """The server does not take this name with this password."""


class NoPasswordGivenError(NotLetInError):
    """The server asks for a password, and none was given."""


def lost_race(error: exc.DBAPIError) -> bool:
    """Say whether the same may simply be tried again: serialisation, deadlock, one text twice."""
    first = _state(error) == "23505" and "pk_content" in str(error.orig)
    return first or _state(error) in {"40001", "40P01"}


def is_unsure(error: exc.DBAPIError) -> bool:
    """Say whether a commit failed with all of it in the log, perhaps: SQLite tells no more."""
    return _FAILED in str(error.orig)


def translated(error: exc.DBAPIError) -> ErpdeskError:
    """Return our own error for what a driver raised."""
    text, state = str(error.orig), _state(error)
    if _SPOILT in text:  # what follows is the spoilt text itself, which may look like anything
        return NotACompanyError(detail=_SPOILT)
    guard = _GUARD.search(text)
    if guard:
        code = guard[1]
        return StaleError(code, code=code) if code in _STALE else RefusedError(code)
    if any(mark in text for mark in _FIRST):
        return StaleError("G3 stale", code="G3 stale")
    if state in _BUSY or any(mark in text for mark in _BUSY):
        return BusyError(detail=text)
    if state.startswith(_LOST) or error.connection_invalidated:
        return UnknownOutcomeError(detail=text)
    return _broken(text, state)


def _broken(text: str, state: str) -> ErpdeskError:
    if "disk is full" in text or _FAILED in text or state == "53100":
        return DiskFullError(detail=text)
    if "not a database" in text or "image is malformed" in text or "no such table" in text:
        return NotACompanyError(detail=text)
    if state.startswith("28") or state == "3D000" or any(word in text for word in _AWAY):
        return _kept_out(text.splitlines()[0], state)
    if "permission denied" in text:
        return RefusedError("G3 no-right", detail=text.splitlines()[0])
    if state == "42501" or state.startswith("23") or "constraint failed" in text:
        return RefusedError("G2 constraint", detail=text)
    return StorageError(text, detail=text)


def _kept_out(said: str, state: str) -> CannotConnectError:
    """Return why there is no connection; ``detail`` is the end of what the driver says."""
    is_login = state.startswith("28") or any(word in said.casefold() for word in _PASSWORD)
    kind = NotLetInError if is_login else CannotConnectError
    if _UNGIVEN in said:
        kind = NoPasswordGivenError
    if _UNSAFE in said:
        kind = UnsafeServerError
    return kind(detail=said.rpartition("failed: ")[2])


def only_read(error: ErpdeskError) -> ErpdeskError:
    """Return what a lost line means to somebody who was only reading: nothing is in doubt."""
    if isinstance(error, UnknownOutcomeError):
        return CannotConnectError(detail=error.facts.get("detail", ""))
    return error


def _state(error: exc.DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""

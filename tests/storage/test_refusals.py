import pytest
from sqlalchemy import exc

from erpdesk.errors import (
    BusyError,
    RefusedError,
    StaleError,
    StorageError,
    UnknownOutcomeError,
)
from erpdesk.storage.refusals import (
    CannotConnectError,
    DiskFullError,
    NoPasswordGivenError,
    NotACompanyError,
    NotLetInError,
    lost_race,
    translated,
)

UNGIVEN = 'connection failed: connection to server at "h" failed: fe_sendauth: no password supplied'
REFUSED = (
    'connection failed: connection to server at "127.0.0.1", port 5432 failed: FATAL:  '
    'password authentication failed for user "ann"'
)


class DriverError(Exception):
    """What a driver raises: a text, and a state when it is PostgreSQL's."""

    def __init__(self, text: str, sqlstate: str | None = None) -> None:
        super().__init__(text)
        self.sqlstate = sqlstate


def _raised(text: str, state: str | None = None, *, gone: bool = False) -> exc.DBAPIError:
    return exc.DBAPIError("SELECT 1", None, DriverError(text, state), connection_invalidated=gone)


@pytest.mark.parametrize(
    ("text", "state", "expected"),
    [
        ("G4 own-work", None, RefusedError),
        ("G4 own-work\nCONTEXT: PL/pgSQL function step_judge()", "42501", RefusedError),
        ("G3 stale", None, StaleError),
        ("G3 stale", "EDS01", StaleError),
        ("G9 item-changed", "EDS02", StaleError),
        ("G11 chain", None, StaleError),
        ("UNIQUE constraint failed: step.document_id, step.seq", None, StaleError),
        ('violates "uq_step_document_id_seq"', "23505", StaleError),
        ('"uq_line_variance_campaign_id_customer_id_currency_n"', "23505", StaleError),
        ("database is locked", None, BusyError),
        ("canceling statement due to lock timeout", "55P03", BusyError),
        ("server closed the connection", "08006", UnknownOutcomeError),
        ("terminating connection", "57P01", UnknownOutcomeError),
        ("database or disk is full", None, DiskFullError),
        ("disk I/O error", None, DiskFullError),
        ("No space left on device", "53100", DiskFullError),
        ("file is not a database", None, NotACompanyError),
        ("database disk image is malformed", None, NotACompanyError),
        ("no such table: step", None, NotACompanyError),
        ("Could not decode to UTF-8 column 'sql' with text 'G2 head", None, NotACompanyError),
        ("password authentication failed", "28P01", NotLetInError),
        (REFUSED, None, NotLetInError),
        (UNGIVEN, None, NoPasswordGivenError),
        ("database does not exist", "3D000", CannotConnectError),
        ("connection failed: refused\nis the server running?", None, CannotConnectError),
        ("permission denied for table step", "42501", RefusedError),
        ("violates check constraint", "23514", RefusedError),
        ("CHECK constraint failed: ck_open_item_open_bounds", None, RefusedError),
        ("malformed JSON", None, StorageError),
        ("no such column: fullkey", None, StorageError),
        ("attempt to write a readonly database", None, StorageError),
    ],
)
def test_that_what_a_driver_says_becomes_our_own_error(
    text: str, state: str | None, expected: type[Exception]
) -> None:
    assert type(translated(_raised(text, state))) is expected


def test_that_a_server_out_of_reach_is_told_without_its_address() -> None:
    said = 'connection failed: connection to server at "h", port 5432 failed: Connection refused'

    assert translated(_raised(said)).facts["detail"] == "Connection refused"


def test_that_a_refusal_keeps_the_code_of_its_guard() -> None:
    error = translated(_raised("ERROR: G7 over-limit\nHINT: …", "42501"))
    assert isinstance(error, RefusedError)
    assert error.code == "G7 over-limit"
    other = translated(_raised("NOT NULL constraint failed: step.kind"))
    assert isinstance(other, RefusedError)
    assert other.code == "G2 constraint"
    assert "step.kind" in str(other.facts["detail"])


def test_that_a_connection_that_is_gone_leaves_the_outcome_open() -> None:
    assert isinstance(translated(_raised("gone", gone=True)), UnknownOutcomeError)


@pytest.mark.parametrize(
    ("state", "lost"), [("40001", True), ("40P01", True), ("55P03", False), (None, False)]
)
def test_that_only_a_lost_race_is_tried_again(state: str | None, *, lost: bool) -> None:
    assert lost_race(_raised("x", state)) is lost


def test_that_what_broke_is_said_in_the_sentence() -> None:
    error = translated(_raised("the cable is out"))

    assert error.facts["detail"] == "the cable is out"

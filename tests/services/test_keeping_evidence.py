"""Evidence: kept unchanged under its hash, once, within the policy."""

import hashlib

import pytest

from erpdesk.errors import RefusedError
from erpdesk.services.keeping_evidence import EvidenceEmptyError, EvidenceTooLargeError
from erpdesk.storage import evidence
from tests.services.builders import Office
from tests.services.conftest import NewFirm

DATA = bytes(range(256)) * 5000
"""More than one piece long."""


def test_that_a_file_is_kept_unchanged_and_once(both: Office) -> None:
    path = both.folder / "签收单 1.pdf"
    path.write_bytes(DATA)
    service = both.desk("maker").evidence

    first, second = service.keep_file(path), both.desk("cashier").evidence.keep_file(path)

    with both.desk("maker").company.database.reading() as connection:
        known = evidence.described(connection, first)
        stored = evidence.bytes_of(connection, first)
    assert first == second == hashlib.sha256(DATA).digest()
    assert (known.name, known.media_type, known.size) == (
        "签收单 1.pdf",
        "application/pdf",
        len(DATA),
    )
    assert (stored, known.made_by) == (DATA, "maker")


def test_that_nothing_proves_nothing(office: Office) -> None:
    with pytest.raises(EvidenceEmptyError):
        office.desk("maker").evidence.keep(b"", name="leer.pdf")


def test_that_a_file_is_no_larger_than_the_policy(new_firm: NewFirm) -> None:
    office = new_firm(policy={"evidence_bytes": 1024 * 1024})

    with pytest.raises(EvidenceTooLargeError) as refused:
        office.desk("maker").evidence.keep(b"x" * (1024 * 1024 + 1), name="film.mp4")

    assert refused.value.facts == {"name": "film.mp4", "most": 1}


def test_that_a_file_without_a_known_ending_is_only_bytes(office: Office) -> None:
    digest = office.desk("maker").evidence.keep(b"x", name="beleg")

    with office.desk("maker").company.database.reading() as connection:
        assert evidence.described(connection, digest).media_type == "application/octet-stream"


@pytest.mark.slow
def test_that_auditors_only_look(on_server: Office) -> None:
    with pytest.raises(RefusedError):
        on_server.desk("auditor").evidence.keep(b"x", name="x.txt")


def test_that_a_giant_file_and_a_device_are_refused_before_a_byte_is_read(
    new_firm: NewFirm, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = new_firm(policy={"evidence_bytes": 1024 * 1024})
    film = office.folder / "film.mp4"
    with film.open("wb") as file:
        file.truncate(1024 * 1024 + 1)
    monkeypatch.setattr(type(film), "read_bytes", lambda _: pytest.fail("it was read"))

    with pytest.raises(EvidenceTooLargeError):
        office.desk("maker").evidence.keep_file(film)
    with pytest.raises(FileNotFoundError):
        office.desk("maker").evidence.keep_file(office.folder)

import threading

import keyring
import pytest
from keyring.backends import chainer, fail, null
from keyring.errors import InitError
from typing_extensions import override

from erpdesk.keychain import Keychain, Trouble
from tests.fakes import MemoryKeyring

COMPANY = "/账套/甲.desk"


class LockedKeyring(MemoryKeyring):
    @override
    def get_password(self, service: str, username: str) -> str | None:
        message = "Prompt dismissed"
        raise InitError(message)


class HangingKeyring(MemoryKeyring):
    def __init__(self) -> None:
        super().__init__()
        self.asked = 0
        self.released = threading.Event()

    @override
    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.released.wait(20)
        return None


def test_that_what_was_stored_is_read_until_it_is_forgotten() -> None:
    keychain = Keychain(MemoryKeyring())

    assert keychain.read(COMPANY, "alice") is None
    assert keychain.store(COMPANY, "alice", "口令")
    assert keychain.read(COMPANY, "alice") == "口令"
    assert keychain.read(COMPANY, "bob") is None
    assert keychain.read("/other.desk", "alice") is None
    assert keychain.forget(COMPANY, "alice")
    assert keychain.forget(COMPANY, "alice")
    assert keychain.read(COMPANY, "alice") is None
    assert keychain.trouble is None


def test_that_the_systems_keyring_is_taken_where_none_is_named() -> None:
    assert Keychain().store(COMPANY, "alice", "pw")

    assert Keychain().read(COMPANY, "alice") == "pw"


@pytest.mark.parametrize("ring", [fail.Keyring(), null.Keyring()])
def test_that_without_a_keyring_nothing_is_kept_and_the_reason_is_known(
    monkeypatch: pytest.MonkeyPatch, ring: MemoryKeyring
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    keychain = Keychain()

    assert not keychain.store(COMPANY, "alice", "pw")
    assert keychain.read(COMPANY, "alice") is None
    assert not keychain.forget(COMPANY, "alice")
    assert keychain.trouble is Trouble.NONE_HERE


@pytest.mark.parametrize("chained", [False, True])
def test_that_a_keyring_in_an_open_file_is_not_used(
    monkeypatch: pytest.MonkeyPatch, *, chained: bool
) -> None:
    class PlaintextKeyring(MemoryKeyring):
        __module__ = "keyrings.alt.file"

    plain = PlaintextKeyring()
    chain = chainer.ChainerBackend()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [MemoryKeyring(), plain])
    monkeypatch.setattr(keyring, "get_keyring", lambda: chain if chained else plain)
    keychain = Keychain()

    assert not keychain.store(COMPANY, "alice", "pw")
    assert keychain.trouble is Trouble.NOT_SAFE
    assert plain.kept == {}


def test_that_a_locked_keyring_is_trouble_and_no_error() -> None:
    keychain = Keychain(LockedKeyring())

    assert keychain.read(COMPANY, "alice") is None
    assert keychain.trouble is Trouble.REFUSED


def test_that_a_keyring_that_never_answers_is_waited_for_once() -> None:
    ring = HangingKeyring()
    keychain = Keychain(ring, wait_s=0.05)

    assert keychain.read(COMPANY, "alice") is None
    assert keychain.read(COMPANY, "alice") is None
    assert not keychain.store(COMPANY, "alice", "pw")

    ring.released.set()
    assert keychain.trouble is Trouble.SILENT
    assert ring.asked == 1


def test_that_the_password_in_an_address_does_not_become_a_name_in_the_keyring() -> None:
    ring = MemoryKeyring()

    Keychain(ring).store("postgresql://alice:geheim@desk/co", "alice", "geheim")

    assert [service for service, _ in ring.kept] == ["erpdesk postgresql://alice@desk/co"]

"""Passwords between two starts, in the system's keyring: the only home of keyring.

A keyring may be missing, locked, or never answer. Then nothing is kept, the reason is known, and
it is not asked again in this run. There is no second place: a password never lies in a file.
"""

import re
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

T = TypeVar("T")

WAIT_S = 5.0
_EMPTY_BACKENDS = ("keyring.backends.fail", "keyring.backends.null")


class Trouble(StrEnum):
    """Why the keyring cannot be used."""

    NONE_HERE = "none here"
    NOT_SAFE = "not safe"
    REFUSED = "refused"
    SILENT = "silent"


class Ring(Protocol):
    """What is asked of a system's keyring."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return a password, or None."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a password."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a password."""
        ...


@dataclass
class Keychain:
    """The keyring as one run of the program sees it."""

    backend: Ring | None = None
    wait_s: float = WAIT_S
    trouble: Trouble | None = field(default=None, init=False)

    def read(self, company: str, person: str) -> str | None:
        """Return the stored password; None where there is none, or there is trouble."""
        return self._ask(lambda ring: ring.get_password(_service(company), person))

    def store(self, company: str, person: str, password: str) -> bool:
        """Keep a password, and say whether it is kept."""

        def work(ring: Ring) -> bool:
            ring.set_password(_service(company), person, password)
            return ring.get_password(_service(company), person) == password

        return self._ask(work) or False

    def forget(self, company: str, person: str) -> bool:
        """Remove a password, and say whether none is kept any more."""

        def work(ring: Ring) -> bool:
            if ring.get_password(_service(company), person) is not None:
                ring.delete_password(_service(company), person)
            return True

        return self._ask(work) or False

    def _ask(self, work: Callable[[Ring], T | None]) -> T | None:
        """Ask the keyring once, for a limited time; after trouble it is not asked again."""
        if self.trouble is not None:
            return None
        answer: Future[T | None] = Future()
        threading.Thread(target=self._answer, args=(answer, work), daemon=True).start()
        try:
            failure = answer.exception(self.wait_s)
        except TimeoutError:
            self.trouble = Trouble.SILENT
            return None
        if failure is not None:
            self.trouble = failure.trouble if isinstance(failure, _NoRing) else Trouble.REFUSED
            return None
        return answer.result()

    def _answer(self, answer: Future[T | None], work: Callable[[Ring], T | None]) -> None:
        try:
            answer.set_result(work(self._ring()))
        except Exception as error:  # noqa: BLE001 - backends raise whatever they like
            answer.set_exception(error)

    def _ring(self) -> Ring:
        if self.backend is None:
            import keyring

            self.backend = _safe(keyring.get_keyring())
        return self.backend


class _NoRing(Exception):  # noqa: N818 - an answer on its way between two threads
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def _safe(ring: Ring) -> Ring:
    """Return the keyring, unless it keeps nothing or keeps it open in a file."""
    parts = getattr(ring, "backends", [ring])
    for part in parts:
        if type(part).__module__.startswith("keyrings.alt"):
            raise _NoRing(Trouble.NOT_SAFE)
    if not parts or type(ring).__module__.startswith(_EMPTY_BACKENDS):
        raise _NoRing(Trouble.NONE_HERE)
    return ring


def _service(company: str) -> str:
    """Return the name a company has in the keyring; a password in an address is left out."""
    return "erpdesk " + re.sub(r"//([^/@:]*):[^/@]*@", r"//\1@", company)

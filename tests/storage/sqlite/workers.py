"""What runs in a process of its own: approving in a race, posting until somebody pulls the plug."""

import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from erpdesk.domain.changes import Seen
from erpdesk.errors import BusyError, StaleError, UserError
from erpdesk.storage.database import open_database
from erpdesk.storage.documents import NextStep, take_step
from erpdesk.storage.unit_of_work import Company, Unit
from tests.storage.books import Books, signer_of, voucher_text


class RealClock:
    """The computer's own clock."""

    def now_us(self) -> int:
        """Return microseconds since 1970 UTC."""
        return time.time_ns() // 1000


@dataclass(frozen=True, slots=True)
class Job:
    """Who works in a process, on which company, and where the answers are written."""

    place: str
    person: str
    answers: str
    customer: str = ""
    seed: int = 0

    def books(self) -> Books:
        """Open the company in this process."""
        database = open_database(self.place)
        return Books(lambda _name: database, RealClock(), {"green": self.customer})

    def answer(self, text: str) -> None:
        """Write a line that survives this process."""
        with Path(self.answers).open("a", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())


Shown = tuple[str, int, bytes]
"""A document as an approver sees it: id, number of its last step, hash of its text."""


class Gate(Protocol):
    """What two processes pass at one moment."""

    def wait(self) -> int:
        """Wait for the other."""
        ...


def approve_all(job: Job, shown: list[Shown], gate: Gate) -> None:
    """Approve and post each document when the other is ready too, and say how each went."""
    company: Company = job.books().company(job.person)
    for document, seq, name in shown:
        gate.wait()
        job.answer(f"{document} {_approve(company, document, Seen(seq, name))}")


def _approve(company: Company, document: str, seen: Seen) -> str:
    ids = (company.new_id(), company.new_id())

    def work(unit: Unit) -> None:
        first = take_step(unit, NextStep(ids[0], document, "voucher", seen, "approve"))
        take_step(unit, NextStep(ids[1], document, "voucher", first, "post"))

    try:
        company.run(work)
    except StaleError:
        return "stale"
    except UserError as error:
        return str(error)
    return "posted"


class RolledBackError(Exception):
    """The writer changed its mind at the last moment."""


def post_with_rollbacks(job: Job, shown: list[Shown]) -> None:
    """Post each document, at times rolling back first; the killer is the writer itself."""
    chance = random.Random(job.seed)  # noqa: S311 - only when to fail
    company = job.books().company(job.person)
    for document, seq, name in shown:
        for fate in _fates(chance):
            _post(company, document, Seen(seq, name), fate)
        job.answer(document)


def _fates(chance: random.Random) -> Iterator[str]:
    while (fate := chance.choice(("post", "post", "roll back", "die"))) == "roll back":
        yield fate
    yield fate


def _post(company: Company, document: str, seen: Seen, fate: str) -> None:
    ids = (company.new_id(), company.new_id())

    def work(unit: Unit) -> None:
        first = take_step(unit, NextStep(ids[0], document, "voucher", seen, "approve"))
        take_step(unit, NextStep(ids[1], document, "voucher", first, "post"))
        if fate == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if fate == "roll back":
            raise RolledBackError

    try:
        company.run(work)
    except RolledBackError:
        return
    except BusyError:
        _post(company, document, seen, fate)


def post_for_ever(job: Job) -> None:
    """Draft, submit, approve and post vouchers until this process is killed."""
    books = job.books()
    while True:
        text = voucher_text(books, job.customer, 100)
        paper = books.submitted("alice", "voucher", text)
        paper.take("bob", "approve", "post")
        job.answer(paper.id)


def write_little(job: Job, times: int) -> None:
    """Draft as many texts as asked; any refusal ends the process with an error."""
    books = job.books()
    for n in range(times):
        books.drafted(job.person, "voucher", {"memo": f"{job.seed}-{n}"})
    assert signer_of(job.person) is None

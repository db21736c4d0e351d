"""Several processes on one file, and processes that are killed in the middle."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.processes import APART
from tests.storage.books import Books, voucher_text
from tests.storage.sqlite.workers import (
    Job,
    Shown,
    approve_all,
    post_for_ever,
    post_with_rollbacks,
    write_little,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def _started(work: Callable[..., None], *arguments: Any) -> Any:
    process = APART.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def _job(books: Books, folder: Path, person: str, n: int) -> Job:
    place = books.database_of(person).place
    return Job(place, person, str(folder / f"answers-{n}"), books.customers["green"], n)


def _answers(job: Job) -> list[str]:
    path = Path(job.answers)
    return path.read_text("utf-8").splitlines() if path.exists() else []


def _submitted(books: Books, count: int) -> list[Shown]:
    papers = [
        books.submitted("alice", "voucher", voucher_text(books, books.customers["green"], 100))
        for _ in range(count)
    ]
    return [(paper.id, paper.seen.seq, paper.seen.content_hash) for paper in papers]


def _column(books: Books, query: str) -> list[Any]:
    with books.database_of("alice").reading() as connection:
        return list(connection.exec_driver_sql(query).scalars())


def _sound(books: Books) -> bool:
    """Say whether the file is whole, and every entry balances and has all its lines."""
    broken = _column(
        books,
        "SELECT e.id FROM journal_entry e LEFT JOIN journal_line l ON l.entry_id = e.id"
        " GROUP BY e.id HAVING count(l.entry_id) <> 2 OR sum(l.side * l.base_minor) <> 0",
    )
    adrift = _column(
        books, "SELECT id FROM document WHERE state = 'posted' AND kind = 'voucher'"
        " AND id NOT IN (SELECT document_id FROM journal_entry)",
    )  # fmt: skip
    whole = _column(books, "PRAGMA integrity_check") == ["ok"]
    return whole and not broken and not adrift and not _column(books, "PRAGMA foreign_key_check")


def test_that_of_two_approvers_exactly_one_is_first(books: Books, tmp_path: Path) -> None:
    shown = _submitted(books, 50)
    jobs = [_job(books, tmp_path, name, n) for n, name in enumerate(("bob", "dora"))]
    gate = APART.Barrier(2)
    both = [_started(approve_all, job, shown, gate) for job in jobs]
    for process in both:
        process.join()
    said = Counter(line for job in jobs for line in _answers(job))
    for document, _seq, _hash in shown:
        assert (said[f"{document} posted"], said[f"{document} stale"]) == (1, 1)
    assert sum(said.values()) == 100
    numbers = _column(books, "SELECT number FROM journal_entry ORDER BY number")
    assert numbers == list(range(1, 51))


def test_that_numbers_have_no_gap_when_writers_roll_back_and_die(
    books: Books, tmp_path: Path
) -> None:
    shown = _submitted(books, 80)
    people = ("bob", "dora") * 4
    jobs = [_job(books, tmp_path, name, n) for n, name in enumerate(people)]
    died = 0
    while any(left := [_left(shown[n::8], job) for n, job in enumerate(jobs)]):
        jobs = [_again(job) for job in jobs]
        busy = [
            _started(post_with_rollbacks, job, rest)
            for job, rest in zip(jobs, left, strict=True) if rest
        ]  # fmt: skip
        for process in busy:
            process.join()
        died += sum(process.exitcode < 0 for process in busy)
    assert died > 0
    numbers = _column(books, "SELECT number FROM journal_entry ORDER BY number")
    assert numbers == list(range(1, 81))
    assert _sound(books)


def _left(shown: list[Shown], job: Job) -> list[Shown]:
    """Return what a writer has still to post."""
    done = set(_answers(job))
    return [one for one in shown if one[0] not in done]


def _again(job: Job) -> Job:
    """Give a writer that died another fate."""
    return Job(job.place, job.person, job.answers, job.customer, job.seed + 8)


@pytest.mark.parametrize("kills", [10, pytest.param(40, marks=pytest.mark.nightly)])
def test_that_nothing_acknowledged_is_lost_when_the_process_is_killed(
    books: Books, tmp_path: Path, kills: int
) -> None:
    chance = random.Random(7)  # noqa: S311 - only when to kill
    jobs = [_job(books, tmp_path, "alice", n) for n in range(kills)]
    for job in jobs:
        process = _started(post_for_ever, job)
        while not _answers(job):
            process.join(0.005)
        process.join(chance.random() * 0.2)
        process.kill()
        process.join()
        assert process.exitcode == -9
    acknowledged = {line for job in jobs for line in _answers(job)}
    stored = set(_column(books, "SELECT document_id FROM journal_entry"))
    assert acknowledged <= stored
    assert len(stored) - len(acknowledged) <= kills
    numbers = _column(books, "SELECT number FROM journal_entry ORDER BY number")
    assert numbers == list(range(1, len(stored) + 1))
    assert _sound(books)


def test_that_four_processes_write_without_being_refused(books: Books, tmp_path: Path) -> None:
    people = ("alice", "carol", "alice", "carol")
    jobs = [_job(books, tmp_path, name, n) for n, name in enumerate(people)]
    writers = [_started(write_little, job, 200) for job in jobs]
    for process in writers:
        process.join()
    assert [process.exitcode for process in writers] == [0, 0, 0, 0]
    assert len(_column(books, "SELECT id FROM document WHERE kind = 'voucher'")) == 800

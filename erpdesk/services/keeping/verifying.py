"""The books prove themselves: every rule is asked again, every chain and text is read again."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from traceback import clear_frames

from erpdesk import keys
from erpdesk.services.ports import Clock
from erpdesk.storage import (
    checks,
    checks_chain,
    checks_deep,
    checks_guards,
    checks_lists,
    checks_set_up,
    checks_settings,
    checks_signatures,
    kept_keys,
    seals,
)
from erpdesk.storage.checks import Books, Finding, Look
from erpdesk.storage.database import Connection, Database

SHOWN_MAX = 20
"""So many findings of one check are kept; the count says how many there are."""


class Speed(StrEnum):
    """How much is looked at: rules at start-up, chains every night, all before a backup counts."""

    RULES = "rules"
    CHAIN = "chain"
    DEEP = "deep"


@dataclass(frozen=True, slots=True)
class Check:
    """One check as it went: its code, how much it found, and how long it took."""

    code: str
    count: int
    took_us: int


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found; ``notes`` are to be known but break no rule."""

    speed: Speed
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...]

    @property
    def count(self) -> int:
        """Return how many findings there are, also those that are not kept."""
        return sum(check.count for check in self.checks)

    @property
    def is_clean(self) -> bool:
        """Say whether nothing was found."""
        return self.count == 0


@dataclass(slots=True)
class _Tally:
    """What a check has found so far."""

    count: int = 0
    took_us: int = 0
    kept: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        self.count += 1
        if len(self.kept) < SHOWN_MAX:
            self.kept.append(finding)


@dataclass(slots=True)
class _Run:
    """One verification on its way: what each check asks, and what it has found."""

    looks: dict[str, list[Look]]
    tallies: dict[str, _Tally]
    is_broken: bool = False

    def done(self) -> tuple[tuple[Check, ...], tuple[Finding, ...]]:
        """Return the checks and what they keep; nothing else counts where the file is broken."""
        counted = {FILE: self.tallies[FILE]} if self.is_broken else self.tallies
        done = tuple(Check(code, one.count, one.took_us) for code, one in counted.items())
        return done, tuple(chain.from_iterable(one.kept for one in counted.values()))


FILE = "B"
_RULES: tuple[tuple[str, Look], ...] = (
    *((code, checks.rules_of(code)) for code in ("V1", "V2", "V3", "V4", "V5", "V6", "V7")),
    ("V7", checks.numbers),
    *((code, checks.rules_of(code)) for code in ("V8", "V9", "V10", "H", "D")),
    ("G", checks_guards.guards_present),
    ("G", checks_settings.settings),
    ("U", checks_set_up.set_up),
    ("U", kept_keys.keys),
)
_CHAIN: tuple[tuple[str, Look], ...] = (
    ("V4", checks.period_totals),
    ("K", checks_lists.campaign_lines),
    ("V11", checks_chain.chains),
    ("V11", checks_chain.document_chains),
    ("V11", checks_chain.sign_ins),
    ("S", seals.seals),
    ("F", checks_chain.references),
    ("V10", checks_chain.evidence_bytes),
    ("L", checks_lists.lists),
)
_DEEP: tuple[tuple[str, Look], ...] = (
    (FILE, checks_deep.file),
    ("V10", checks_deep.named_evidence),
    ("V12", checks_signatures.signatures),
    ("C", checks_deep.contents),
    ("P", checks_deep.postings),
    ("H", checks_deep.heads),
    ("H", checks_deep.authorities),
    ("H", checks_deep.said),
    ("D", checks_deep.named_deliveries),
    ("M", checks_lists.customers),
)
_NOTES: dict[Speed, tuple[Look, ...]] = {
    Speed.RULES: (checks.self_reviews,),
    Speed.CHAIN: (checks.self_reviews, checks_chain.clocks),
    Speed.DEEP: (checks.self_reviews, checks_chain.clocks),
}

ORDER = (
    FILE, "V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V11", "V12", "H", "D", "K",
    "L", "M", "C", "P", "S", "F", "G",
    "U",
)  # fmt: skip
"""The codes in the order in which they are listed; V1 to V12 are the invariants of the books."""

SQL_ALONE = (
    FILE, "V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V12", "D", "K", "F", "G",
)  # fmt: skip
"""Whose questions hardly touch Python: in a thread of their own they go on while texts are read.

None of them finds what another check counts."""


@dataclass(frozen=True, slots=True)
class Verifying:
    """Looks at a company without changing anything."""

    database: Database
    clock: Clock
    say: Callable[[str], None] = lambda _: None
    is_stopped: Callable[[], bool] = lambda: False

    def verify(self, speed: Speed = Speed.DEEP, *, outside: str | None = None) -> Verified:
        """Ask every check of this speed; ``outside`` are the digits of a seal known elsewhere.

        A file that is broken in itself is not looked at any further.

        Raises:
            NotASealError: ``outside`` is no seal.
            NotACompanyError: the file cannot be read at all.
            LookStoppedError: ``is_stopped`` said so; whatever ``say`` raises comes through too.
        """
        run = _run(speed, outside)

        def is_over() -> bool:
            return run.is_broken or self.is_stopped()

        with checks.looking(self.database, keys.verify, is_over) as books:
            if speed is not Speed.DEEP:
                return self._verify(books, speed, run)
            with checks.beside(books, self.database, self.is_stopped) as other:
                return self._verify(books, speed, run, other)

    def verify_within(self, connection: Connection) -> Verified:
        """Ask every check about what an open transaction has made of the books."""
        books = Books(connection, self.database.is_server, keys.verify)
        return self._verify(books, Speed.DEEP, _run(Speed.DEEP, None))

    def _verify(
        self, books: Books, speed: Speed, run: _Run, other: Books | None = None
    ) -> Verified:
        if other is None:
            self._ask_all(books, run, run.looks)
        else:
            self._ask_both(books, other, run)
        looks = () if run.is_broken else _NOTES[speed]
        return Verified(speed, *run.done(), tuple(note for look in looks for note in look(books)))

    def _ask_both(self, books: Books, other: Books, run: _Run) -> None:
        """Ask what is SQL alone in a thread of its own, of another look at the same."""
        with ThreadPoolExecutor(1, "verify") as thread:
            asked = thread.submit(self._ask_all, other, run, SQL_ALONE)
            try:
                self._ask_all(books, run, [code for code in run.looks if code not in SQL_ALONE])
            except Exception:  # whatever else a broken file makes of it
                asked.result()
                if not run.is_broken:
                    raise
            asked.result()

    def _ask_all(self, books: Books, run: _Run, codes: Iterable[str]) -> None:
        try:
            for code in codes:
                self._ask(books, code, run)
                run.is_broken |= code == FILE and run.tallies[FILE].count > 0
                if run.is_broken:
                    return
        except Exception as error:
            clear_frames(error.__traceback__)  # what was begun beside it ends with the connection
            raise

    def _ask(self, books: Books, code: str, run: _Run) -> None:
        """Ask the looks of a check; what they see of another check is counted under that one."""
        self.say(code)
        begun_at = self.clock.now_us()
        for finding in chain.from_iterable(look(books) for look in run.looks[code]):
            run.tallies[finding.code].add(finding)
        took_us = self.clock.now_us() - begun_at  # the clock may be put back meanwhile
        run.tallies[code].took_us = max(0, took_us)


def codes_of(speed: Speed) -> tuple[str, ...]:
    """Return the checks of a speed, in the order in which they are listed."""
    return tuple(_run(speed, None).looks)


def _run(speed: Speed, outside: str | None) -> _Run:
    chosen = [*_RULES]
    if speed is not Speed.RULES:
        chosen += _CHAIN
    if speed is Speed.DEEP:
        chosen += _DEEP
    if outside is not None:
        digits = outside
        chosen.append(("S", lambda books: seals.outside_seal(books, digits)))
    looks: dict[str, list[Look]] = {code: [] for code in ORDER}
    for code, look in chosen:
        looks[code].append(look)
    looks = {code: some for code, some in looks.items() if some}
    return _Run(looks, {code: _Tally() for code in looks})

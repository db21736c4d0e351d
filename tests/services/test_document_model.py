"""Random people do random things to vouchers: the books take what the rules in words take."""

import random
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from typing_extensions import override

from erpdesk.services.keeping.verifying import Speed
from erpdesk.storage import tables as t
from tests.services.builders import STAFF, Office
from tests.services.document_model import AMOUNTS, DONE, REASONS, WAYS, Command, Model

CODES = ("K1", "K2")
PEOPLE = st.sampled_from([*STAFF, "chief", "director"])
SHORT_WALK = 150
NIGHTLY = [pytest.mark.nightly, pytest.mark.timeout(1800)]


EVERYBODY, VERBS = (*STAFF,), (*WAYS,)
WORKERS = ("maker", "helper", "chief", "deputy", "director", "chair")
USUAL = {
    "draft": ("maker", "submit"), "submitted": ("chief", "approve"),
    "in_review": ("director", "approve"), "approved": ("chief", "post"),
    "rejected": ("helper", "edit"), "posted": ("maker", "void"), "voided": ("maker", "edit"),
}  # fmt: skip
"""What comes next of a voucher in each state, by whom; in the last two nothing comes."""


def owed(office: Office) -> dict[str, int]:
    """Return what the books say each customer owes."""
    total = func.sum(t.open_item.c.open_minor)
    asked = select(t.open_item.c.customer_id, total).group_by(t.open_item.c.customer_id)
    with office.desk("maker").company.database.reading() as connection:
        return {customer: int(minor) for customer, minor in connection.execute(asked)}


class People(RuleBasedStateMachine):
    """People at work on a company of their own."""

    company_file: ClassVar[Path]

    @initialize()
    def open(self) -> None:
        self.folder = TemporaryDirectory()
        place = Path(self.folder.name) / "firm.erpdesk"
        shutil.copyfile(self.company_file, place)
        self.model = Model(Office(str(place), place.parent))

    @rule(
        person=st.sampled_from(["maker", "helper"]),
        code=st.sampled_from(CODES),
        amount=st.sampled_from(AMOUNTS),
    )
    def draft(self, person: str, code: str, amount: int) -> None:
        self.model.draft(person, code, amount)

    @rule(
        which=st.integers(0, 1000),
        person=PEOPLE,
        verb=st.sampled_from([*WAYS]),
        reason=st.sampled_from(REASONS),
        amount=st.sampled_from(AMOUNTS),
        is_stale=st.integers(0, 9).map(lambda n: n == 0),
    )
    def act(self, which: int, **facts: object) -> None:
        if self.model.papers:
            paper = self.model.papers[which % len(self.model.papers)]
            self.model.act(paper, Command(**facts))  # type: ignore[arg-type]

    @rule(which=st.integers(0, 1000), reason=st.sampled_from(REASONS))
    def go_on(self, which: int, reason: str | None) -> None:
        """Take the usual way, so that much is posted too."""
        if self.model.papers:
            paper = self.model.papers[which % len(self.model.papers)]
            self.model.act(paper, Command(*USUAL[paper.state], reason))

    @invariant()
    def owes_what_was_posted(self) -> None:
        if hasattr(self, "model"):
            assert owed(self.model.office) == self.model.posted()

    @override
    def teardown(self) -> None:
        if hasattr(self, "model"):
            assert self.model.office.desk("chief").verifying.verify(Speed.RULES).is_clean
            self.model.office.close()
            self.folder.cleanup()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(8, 40), pytest.param((40, 500), marks=NIGHTLY)])
def test_that_the_books_take_exactly_what_the_rules_in_words_take(
    company_file: Path, size: tuple[int, int]
) -> None:
    People.company_file = company_file
    examples, steps = size

    run_state_machine_as_test(
        People,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
            deadline=None,
        ),
    )


def walk(office: Office, steps: int, seed: int) -> Model:
    """Let random people do random things; the seed is said by whatever fails."""
    chance, model = random.Random(seed), Model(office)  # noqa: S311 - the same walk every time
    for n in range(steps):
        if n % 12 == 0:
            model.draft("maker", chance.choice(CODES), chance.choice(AMOUNTS))
        paper = chance.choice(model.papers[-6:])
        fitting = [verb for verb, (starts, _, _) in WAYS.items() if paper.state in starts]
        person, verb = chance.choice(
            [
                USUAL[paper.state],
                (chance.choice(WORKERS), chance.choice(fitting or VERBS)),
                (chance.choice(EVERYBODY), chance.choice(VERBS)),
            ]
        )
        reason, amount = chance.choice(REASONS), chance.choice(AMOUNTS)
        command = Command(person, verb, reason, amount, chance.random() < 0.05)
        model.act(paper, command)
    return model


@pytest.mark.parametrize(
    ("steps", "seed"),
    [
        (90, 0),
        pytest.param(400, 22, marks=pytest.mark.slow),
        pytest.param(5_000, 22, marks=NIGHTLY),
    ],
)
def test_that_both_engines_take_exactly_what_the_rules_in_words_take(
    both: Office, steps: int, seed: int
) -> None:
    model = walk(both, steps, seed)

    assert owed(both) == model.posted()
    assert {verb for verb, outcome in model.outcomes if outcome == DONE} == WAYS.keys()


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 200))
def test_that_no_walk_parts_the_books_from_the_rules_in_words(both: Office, seed: int) -> None:
    model = walk(both, SHORT_WALK, seed)

    assert owed(both) == model.posted()

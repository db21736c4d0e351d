"""What a person may do to a voucher, said a second time in plain words, to compare with the books.

The model knows nothing of the program's tables of rules or of its guards: it was written from the
terms of the domain alone. Whoever changes a rule changes it here too, or the comparison fails.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from erpdesk.domain.changes import Seen
from erpdesk.errors import RefusedError, StaleError
from erpdesk.storage.documents import NextStep, put_content, take_step
from erpdesk.storage.unit_of_work import Unit
from tests.services.builders import STAFF, Office
from tests.storage.books import Books, voucher_text

ROLES = {name: {grant.role: grant for grant in grants} for name, grants in STAFF.items()}
MAKERS, OFFICE = {"accountant"}, {"supervisor", "director"}
WAITING = {"submitted", "in_review"}
TWO_PERSON_MINOR = 500_000_00
REASONED = {"void", "reject", "return"}
FOUR_EYES = {"endorse", "approve", "reject", "return"}
WAYS = {
    "edit": ({"draft", "rejected"}, MAKERS, "draft"),
    "submit": ({"draft"}, MAKERS, "submitted"),
    "withdraw": ({"submitted"}, MAKERS, "draft"),
    "void": ({"draft", "rejected"}, MAKERS | {"supervisor"}, "voided"),
    "endorse": ({"submitted"}, OFFICE, "in_review"),
    "approve": (WAITING, OFFICE, "approved"),
    "reject": (WAITING | {"approved"}, OFFICE, "rejected"),
    "return": (WAITING, OFFICE, "draft"),
    "post": ({"approved"}, OFFICE, "posted"),
}
"""By verb: from which states, by which roles, to which state."""

AMOUNTS = (1_00, 20_000_00, 55_000_00, 600_000_00)
"""Little, some, more than the deputy may decide about, more than one person may."""

REASONS = (None, "改", "金额和合同不一致")
DONE, STALE, REFUSED = "done", "stale", "refused"


@dataclass(frozen=True, slots=True)
class Command:
    """Somebody wants to take a step; ``is_stale``: on what they saw one step ago."""

    person: str
    verb: str
    reason: str | None = None
    amount: int = 1_00
    is_stale: bool = False


@dataclass(slots=True)
class Modelled:
    """A voucher as the model has it, and how it was seen last."""

    id: str
    customer: str
    amount: int
    seen: Seen
    state: str = "draft"
    workers: set[str] = field(default_factory=set)
    endorsers: set[str] = field(default_factory=set)


@dataclass
class Model:
    """All vouchers, and what was approved by whom and for which customer within the day."""

    office: Office
    papers: list[Modelled] = field(default_factory=list)
    by_person: dict[str, int] = field(default_factory=dict)
    by_customer: dict[str, int] = field(default_factory=dict)
    outcomes: dict[tuple[str, str], int] = field(default_factory=dict)

    def draft(self, person: str, code: str, amount: int) -> Modelled:
        """Draft a voucher; makers only, so it is always taken."""
        customer = self.office.customer(code).id
        paper = Modelled(self.office.desk(person).company.new_id(), customer, amount, Seen(0, b""))
        text = self._text(paper)

        def work(unit: Unit) -> Seen:
            name = put_content(unit, text)
            step = NextStep(unit.new_id(), paper.id, "voucher", Seen(0, name), "draft")
            return take_step(unit, step)

        paper.seen = self.office.desk(person).company.run(work)
        paper.workers.add(person)
        self.papers.append(paper)
        return paper

    def _text(self, paper: Modelled) -> dict[str, object]:
        books = Books(lambda _: self.office.desk("maker").company.database, self.office.clock)
        text = voucher_text(books, paper.customer, paper.amount)
        return {**text, "document": paper.id, "kind": "voucher"}

    def expected(self, paper: Modelled, command: Command) -> set[str]:
        """Return what may come of a command, by the rules in words.

        A server may tell somebody who never takes such a step so, before it looks at what they saw.
        """
        starts, roles, _ = WAYS[command.verb]
        roles_held = roles & ROLES[command.person].keys()
        if command.is_stale:
            return {STALE} if roles_held else {STALE, REFUSED}
        wrong = (
            paper.state not in starts
            or not roles_held
            or (command.verb in REASONED and len(command.reason or "") < 5)
            or (command.verb in FOUR_EYES and command.person in paper.workers | paper.endorsers)
            or (command.verb == "approve" and self._is_too_much(paper, command.person, roles_held))
        )
        return {REFUSED if wrong else DONE}

    def _is_too_much(self, paper: Modelled, person: str, roles: Iterable[str]) -> bool:
        limit = max(ROLES[person][role].limit_minor for role in roles)
        window = max(ROLES[person][role].window_minor for role in roles)
        return (
            paper.amount > limit
            or paper.amount + self.by_person.get(person, 0) > window
            or paper.amount + self.by_customer.get(paper.customer, 0) > limit
            or (paper.state == "submitted" and paper.amount > TWO_PERSON_MINOR)
        )

    def act(self, paper: Modelled, command: Command) -> str:
        """Let the books judge a command, and follow in the model what they took."""
        expected = self.expected(paper, command)
        changed = Modelled(paper.id, paper.customer, command.amount, paper.seen)
        found, seen = self._tried(paper, changed, command)
        assert found in expected, (command, paper)
        if found == DONE:
            self._follow(paper, command, seen)
        self.outcomes[command.verb, found] = self.outcomes.get((command.verb, found), 0) + 1
        return found

    def _tried(self, paper: Modelled, changed: Modelled, command: Command) -> tuple[str, Seen]:
        company = self.office.desk(command.person).company
        step_id = company.new_id()
        number = paper.seen.seq - command.is_stale
        text = self._text(changed) if command.verb == "edit" else None

        def work(unit: Unit) -> Seen:
            name = paper.seen.content_hash if text is None else put_content(unit, text)
            step = NextStep(
                step_id, paper.id, "voucher", Seen(number, name), command.verb, command.reason
            )
            return take_step(unit, step)

        try:
            return DONE, company.run(work)
        except StaleError:
            return STALE, paper.seen
        except RefusedError:
            return REFUSED, paper.seen

    def _follow(self, paper: Modelled, command: Command, seen: Seen) -> None:
        paper.state, paper.seen = WAYS[command.verb][2], seen
        if command.verb == "approve":
            for sums, key in ((self.by_person, command.person), (self.by_customer, paper.customer)):
                sums[key] = sums.get(key, 0) + paper.amount
        elif command.verb == "endorse":
            paper.endorsers.add(command.person)
        elif command.verb not in FOUR_EYES:
            paper.workers.add(command.person)
        if command.verb == "submit":
            paper.endorsers.clear()
        if command.verb == "edit":
            paper.amount = command.amount

    def posted(self) -> dict[str, int]:
        """Return what the model says is owed by each customer."""
        owed: dict[str, int] = {}
        for paper in self.papers:
            if paper.state == "posted":
                owed[paper.customer] = owed.get(paper.customer, 0) + paper.amount
        return owed

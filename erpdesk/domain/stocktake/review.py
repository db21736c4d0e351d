"""The review of differences: where each line stands, what is summed, and who may do what."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from erpdesk.domain.ids import CustomerId
from erpdesk.domain.money import Money
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.campaign import CampaignState
from erpdesk.domain.stocktake.campaign_acts import (
    AccountantOnlyError,
    StepNotNowError,
    SupervisorOnlyError,
    why_not_step,
)
from erpdesk.domain.stocktake.causes import MAKES, SEVERAL, Treatment, explained_by
from erpdesk.domain.stocktake.count_line import LineState
from erpdesk.domain.stocktake.variance import Cause, Judged, Variance
from erpdesk.errors import UserError


class NothingDiffersError(UserError):
    """This line does not differ, so there is nothing to say about it."""


class Standing(StrEnum):
    """Where a line stands in the review; the first ones are lines that differ."""

    OPEN = "open"
    CLEAR = "clear"
    DISPUTED = "disputed"
    LATER = "later"
    RECOUNT = "recount"
    AGREED = "agreed"
    NOT_FOUND = "not_found"
    DEFERRED = "deferred"
    EXCLUDED = "excluded"
    UNEXPECTED = "unexpected"
    CONFLICT = "conflict"
    UNCOUNTED = "uncounted"


UNDECIDED: Final = frozenset({Standing.OPEN, Standing.RECOUNT})
"""Lines that still hold up the approval."""

_STANDINGS: Final = {
    LineState.VERIFIED: Standing.AGREED,
    LineState.RESOLVED: Standing.CLEAR,
    LineState.NOT_FOUND: Standing.NOT_FOUND,
    LineState.DEFERRED: Standing.DEFERRED,
    LineState.EXCLUDED: Standing.EXCLUDED,
    LineState.UNEXPECTED: Standing.UNEXPECTED,
    LineState.CONFLICT: Standing.CONFLICT,
}


def is_about(said: Variance, found: Judged) -> bool:
    """Say whether what was said is about the figures of now: a recount makes it old."""
    return (said.book, said.stated) == (found.book, found.stated)


def standing_of(found: Judged, said: Variance | None) -> Standing:
    """Return where a line stands, by how it is judged and what was said about it."""
    if found.state is not LineState.VARIANCE:
        return _STANDINGS.get(found.state, Standing.UNCOUNTED)
    if said is None or not is_about(said, found):
        return Standing.OPEN
    if said.recount:
        return Standing.RECOUNT
    if not (said.reason and said.action):
        return Standing.OPEN
    actions = {part.action for part in parts_of(said)}
    if Treatment.DISPUTE in actions:
        return Standing.DISPUTED
    return Standing.LATER if actions == {Treatment.LATER} else Standing.CLEAR


def parts_of(said: Variance) -> tuple[Cause, ...]:
    """Return what was said of a difference part by part; a difference of one reason is one part."""
    if said.causes or not said.reason:
        return said.causes
    rest = said.stated - said.book if said.stated else Money(0, said.book.currency)
    return (Cause(said.reason, rest, action=said.action),)


def with_parts(
    line: Variance,
    parts: tuple[Cause, ...],
    *,
    moved: Money,
    note: str | None = None,
    evidence: tuple[str, ...] = (),
) -> Variance:
    """Return a difference with what is said about it, as the campaign's text carries it."""
    first = parts[0]
    is_one = len(parts) == 1
    return Variance(
        line.customer,
        line.book,
        line.base_minor,
        line.stated,
        explained_minor=explained_by(parts, moved).minor,
        kinds=line.kinds,
        reason=first.kind if is_one else SEVERAL,
        action=first.action if is_one else SEVERAL,
        evidence=evidence,
        causes=parts,
        note=note,
        owner=line.owner,
    )


def as_said(found: Judged, said: Variance | None) -> Judged:
    """Return a line as it was handed in: what is posted afterwards changes no figure of it."""
    if said is None or not is_about(said, found):
        return found
    moved = Money(said.explained_minor, found.book.currency)
    moved -= explained_by(parts_of(said), Money(0, moved.currency))
    rest = found.difference - moved if found.difference else None
    kinds = frozenset(said.kinds)
    return Judged(
        LineState.VARIANCE, found.book, moved, found.stated, found.difference, rest, kinds
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """The amounts of one line in the review; None where nobody named a balance."""

    book: Money
    stated: Money | None = None
    difference: Money | None = None
    explained: Money | None = None
    unexplained: Money | None = None


def figures_of(found: Judged, said: Variance | None) -> Figures:
    """Return the amounts of a line; what is explained counts only for the figures of now."""
    if found.difference is None:
        return Figures(found.book, found.stated)
    if said is None or not is_about(said, found) or not said.reason:
        return Figures(found.book, found.stated, found.difference, found.moved, found.unexplained)
    explained = Money(said.explained_minor, found.book.currency)
    return Figures(
        found.book, found.stated, found.difference, explained, found.difference - explained
    )


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of one currency: the book, and differences by their absolute amounts, never net."""

    currency: str
    book: Money
    off: Money
    unexplained: Money


def sums_of(rows: Iterable[tuple[Figures, bool]], *, first: str) -> tuple[Sums, ...]:
    """Return the sums of every currency, the plan's own first; the flag says that a line differs.

    The book counts every line, a difference only where the line differs.
    """
    found: dict[str, list[int]] = {first: [0, 0, 0]}
    for one, differs in rows:
        now = found.setdefault(one.book.currency, [0, 0, 0])
        now[0] += one.book.minor
        if differs and one.difference is not None and one.unexplained is not None:
            now[1] += abs(one.difference.minor)
            now[2] += abs(one.unexplained.minor)
    return tuple(
        Sums(currency, *(Money(minor, currency) for minor in minors))
        for currency, minors in found.items()
    )


def why_not_say(state: CampaignState, *, roles: frozenset[Role]) -> UserError | None:
    """Return what stands against saying why a line differs: an accountant's, in the review."""
    if state is not CampaignState.REVIEW:
        return StepNotNowError(state=state.value)
    return None if Role.ACCOUNTANT in roles else AccountantOnlyError()


def why_not_assign(state: CampaignState, *, roles: frozenset[Role]) -> UserError | None:
    """Return what stands against naming who sees to a line: a supervisor's, in the review."""
    if state is not CampaignState.REVIEW:
        return StepNotNowError(state=state.value)
    return None if Role.SUPERVISOR in roles else SupervisorOnlyError()


def why_not_ask_recount(state: CampaignState, *, roles: frozenset[Role]) -> UserError | None:
    """Return what stands against asking for a recount: an accountant asks, a supervisor does it."""
    if state is not CampaignState.REVIEW:
        return StepNotNowError(state=state.value)
    return why_not_step("edit", state, roles=roles)


@dataclass(frozen=True, slots=True)
class Child:
    """A document of a campaign's customer; ``is_linked`` says that it was made from the campaign.

    Without the link it only shows that the treatment was done, and holds nothing up.
    """

    id: str
    kind: str
    state: str
    customer: CustomerId
    number: str | None = None
    is_linked: bool = True

    @property
    def is_final(self) -> bool:
        """Say whether nothing more happens to it: posted, or given up with a reason."""
        return self.state in {"posted", "voided"}

    def settles(self, kinds: frozenset[str]) -> bool:
        """Say whether it is what a treatment asked for; one given up waives it."""
        if self.is_linked and self.state == "voided":
            return True
        return self.state == "posted" and self.kind in kinds


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document that a treatment asks for and that is not there yet."""

    customer: CustomerId
    treatment: Treatment


def wanted_children(said: Iterable[Variance], children: Iterable[Child]) -> tuple[Wanted, ...]:
    """Return what the treatments still ask for: documents not posted, not waived, or not made."""
    theirs: dict[CustomerId, list[Child]] = {}
    for child in children:
        theirs.setdefault(child.customer, []).append(child)
    asked = {
        Wanted(one.customer, Treatment(part.action))
        for one in said
        for part in parts_of(one)
        if part.action in MAKES
    }
    return tuple(
        one
        for one in sorted(asked, key=lambda one: (one.customer, one.treatment))
        if not any(c.settles(MAKES[one.treatment]) for c in theirs.get(one.customer, ()))
    )


def open_children(said: Iterable[Variance], children: Iterable[Child]) -> int:
    """Return how many documents hold up the end of a campaign.

    They are those made of it that are not final, and those asked for of which none is under way.
    """
    known = tuple(children)
    waiting = [one for one in known if one.is_linked and not one.is_final]
    under_way = {(one.customer, one.kind) for one in waiting}
    missing = [
        one
        for one in wanted_children(said, known)
        if not any((one.customer, kind) in under_way for kind in MAKES[one.treatment])
    ]
    return len(waiting) + len(missing)

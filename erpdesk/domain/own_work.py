"""What whoever made a document may still do with it: take it back, hand it in again, give it up."""

from dataclasses import dataclass

from erpdesk.domain.kinds import kind_of
from erpdesk.domain.people import Role
from erpdesk.errors import UserError


class OthersDocumentError(UserError):
    """Somebody else made this document."""


class MakersOnlyError(UserError):
    """None of your roles makes documents of this kind."""


class PastWithdrawalError(UserError):
    """It cannot be taken back any more."""


class NotInHandError(UserError):
    """It is neither a draft nor rejected."""


@dataclass(frozen=True, slots=True)
class Own:
    """A document as it stands, asked about by somebody with these roles."""

    kind: str
    state: str
    is_mine: bool
    roles: frozenset[Role]


def verbs_to_submit(state: str) -> tuple[str, ...]:
    """Return the steps that hand a text in: a rejected one begins a new round first."""
    return ("edit", "submit") if state == "rejected" else ("submit",)


def why_not_submit(one: Own) -> UserError | None:
    """Return what stands against handing it in as it is, before its text is judged."""
    return _why_not(one, verbs_to_submit(one.state)[0], NotInHandError())


def why_not_withdraw(one: Own) -> UserError | None:
    """Return what stands against taking it back: only what nobody decided on yet."""
    return _why_not(one, "withdraw", PastWithdrawalError())


def why_not_void(one: Own) -> UserError | None:
    """Return what stands against giving it up, but for the reason."""
    return _why_not(one, "void", NotInHandError())


def _why_not(one: Own, verb: str, too_late: UserError) -> UserError | None:
    if not one.is_mine:
        return OthersDocumentError()
    rows = kind_of(one.kind).transitions
    able = {Role(row.role) for row in rows if (row.verb, row.from_state) == (verb, one.state)}
    if not able:
        return too_late
    return None if able & one.roles else MakersOnlyError()

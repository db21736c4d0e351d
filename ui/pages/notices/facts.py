"""What the lists of the notices page ask for: the first rows, and among them what is looked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from erpdesk.domain.people import Role
from erpdesk.services.confirming import Confirming
from erpdesk.services.issuing import Issuing
from erpdesk.services.looking import Looking, NoticeLine, Notices, Owed
from erpdesk.services.noticing import Noticing
from erpdesk.services.ports import Clock
from erpdesk.services.stating import Stating
from ui.pages.notices.replying import ReplyParts

LISTED_MOST: Final = 300
PaperName = Literal["notice", "statement", "confirmation"]


@dataclass(frozen=True, slots=True)
class NoticesParts:
    """What the page uses; ``roles`` are those of who is here."""

    noticing: Noticing
    stating: Stating
    confirming: Confirming
    looking: Looking
    clock: Clock
    roles: frozenset[Role]
    replies: ReplyParts

    def issuing(self, paper: PaperName) -> Issuing[Any]:
        """Return what issues a paper."""
        if paper == "notice":
            return self.noticing
        return self.stating if paper == "statement" else self.confirming


def paper_of(line: NoticeLine) -> PaperName:
    """Return which paper an issued one is."""
    if line.head.kind == "statement":
        return "statement"
    return "confirmation" if line.sort else "notice"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The notice to go to, by number or id, or the customer whose row or notice is gone to."""

    notice: str = ""
    customer: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The first of who owes and of what was issued, how everybody is called, what was wanted."""

    wanted: Wanted
    owing: Owed
    notices: Notices
    names: Mapping[str, str]


def look(looking: Looking, wanted: Wanted, chosen: Wanted) -> Found:
    """Look the lists up; what is wanted or chosen is among them, however long they are."""
    of = {wanted.customer, chosen.customer} - {""}
    named = wanted.notice or chosen.notice
    return Found(
        wanted, looking.owing(most=LISTED_MOST, of=of),
        looking.notices(most=LISTED_MOST, of=of, named=named), looking.people(),
    )  # fmt: skip

"""Writing a document of one's own: drafted or drafted again, one step, one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from erpdesk.domain.changes import Outcome
from erpdesk.errors import UnknownOutcomeError, UserError
from erpdesk.services.approving import touched
from erpdesk.services.submitting import must_be_ready, must_be_ready_again
from erpdesk.storage import documents
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.unit_of_work import Company, Unit


class StoredAfterAllError(UserError):
    """What was being written when the line was lost is stored; it was not written again."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Drafts documents and takes the steps that one person may take alone."""

    company: Company

    def draft(
        self,
        kind: str,
        content: dict[str, Any],
        *,
        then: tuple[str, ...] = (),
        step_id: str | None = None,
        beside: Callable[[Unit], None] = lambda _: None,
    ) -> Outcome[Document]:
        """Write a new document, and take further steps on it in the same transaction.

        ``beside`` writes what belongs to it, in that transaction too.

        Raises:
            UnknownOutcomeError: the line was lost, and nobody answers whether it is stored.
            StoredAfterAllError: so it was the time before, and that one is stored.
            UserError: it ends with asking for a decision, and is not ready for that.
        """
        document, first = self.company.new_id(), step_id or self.company.new_id()

        def work(unit: Unit) -> Document:
            if documents.document_of_step(unit.connection, first) is None:
                self._must_be_sure(unit, kind)
                draft(unit, kind, document, content, then, first)
                beside(unit)
            return documents.look(unit.connection, document)

        try:
            made = self.company.run(work)
        except UnknownOutcomeError:
            self.company.unsure.setdefault(kind, first)
            raise
        return Outcome(made, touched(made))

    def _must_be_sure(self, unit: Unit, kind: str) -> None:
        before = self.company.unsure.get(kind)
        if before is None:
            return
        stored = documents.document_of_step(unit.connection, before)
        del self.company.unsure[kind]
        if stored is not None:
            made = documents.look(unit.connection, stored)
            raise StoredAfterAllError(number=made.number or made.id)

    def edit(
        self,
        document: Document,
        content: dict[str, Any],
        *,
        submit: bool = False,
        step_id: str | None = None,
    ) -> Outcome[Document]:
        """Write a new text for a draft or a rejected document: a new round begins.

        Raises:
            UserError: it is to be handed in at once, and is not ready for that.
        """
        first = step_id or self.company.new_id()

        def work(unit: Unit) -> Document:
            if documents.document_of_step(unit.connection, first) is None:
                self._edit(unit, document, content, first, submit=submit)
            return documents.look(unit.connection, document.id)

        made = self.company.run(work)
        return Outcome(made, touched(made))

    def _edit(
        self, unit: Unit, document: Document, content: dict[str, Any], first: str, *, submit: bool
    ) -> None:
        seen = documents.edit(unit, document, content, seen=document.seen, step_id=first)
        if submit:
            must_be_ready_again(unit, document.id)
            step = NextStep(unit.new_id(), document.id, document.kind, seen, "submit")
            documents.take_step(unit, step)


def draft(
    unit: Unit, kind: str, document: str, content: dict[str, Any],
    then: tuple[str, ...], first: str,
) -> None:  # fmt: skip
    """Draft a document under its id, by this first step, and take further ones."""
    seen = documents.draft(unit, kind, document, content, step_id=first)
    for verb in then:
        if verb == then[-1] == "submit":
            must_be_ready(unit, document)
        seen = documents.take_step(unit, NextStep(unit.new_id(), document, kind, seen, verb))

"""Writing a document of one's own: drafted or drafted again, one step, one transaction."""

from dataclasses import dataclass
from typing import Any

from erpdesk.domain.changes import Outcome
from erpdesk.services.approving import touched
from erpdesk.services.submitting import must_be_ready
from erpdesk.storage import documents
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.unit_of_work import Company, Unit


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
    ) -> Outcome[Document]:
        """Write a new document, and take further steps on it in the same transaction.

        Raises:
            UserError: it ends with asking for a decision, and is not ready for that.
        """
        document, first = self.company.new_id(), step_id or self.company.new_id()

        def work(unit: Unit) -> Document:
            seen = documents.draft(unit, kind, document, content, step_id=first)
            for verb in then:
                if verb == then[-1] == "submit":
                    must_be_ready(unit, document)
                step = NextStep(unit.new_id(), document, kind, seen, verb)
                seen = documents.take_step(unit, step)
            return documents.look(unit.connection, document)

        made = self.company.run(work)
        return Outcome(made, touched(made))

    def edit(
        self, document: Document, content: dict[str, Any], *, step_id: str | None = None
    ) -> Outcome[Document]:
        """Write a new text for a draft or a rejected document: a new round begins."""
        first = step_id or self.company.new_id()

        def work(unit: Unit) -> Document:
            documents.edit(unit, document, content, seen=document.seen, step_id=first)
            return documents.look(unit.connection, document.id)

        made = self.company.run(work)
        return Outcome(made, touched(made))

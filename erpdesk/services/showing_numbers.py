"""Numbers that lists hide are shown whole on demand, and who looked at them is kept."""

from dataclasses import dataclass

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.storage.audit import record_audit
from erpdesk.storage.unit_of_work import Company


@dataclass(frozen=True, slots=True)
class ShowingNumbers:
    """Records every look at the whole numbers of a customer, before they are shown."""

    company: Company

    def show(self, customer_id: str) -> Outcome[None]:
        """Record that whoever is here looks at the numbers of a customer; nothing else changes."""
        self.company.run(lambda unit: record_audit(unit, "show numbers", customer_id))
        return Outcome(None, Changes())

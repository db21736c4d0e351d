"""What stands of the firm at the head of its papers: said in a file until set-up is over."""

from collections.abc import Mapping
from dataclasses import dataclass

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.services.companies import checked_firm
from erpdesk.storage.firm import say_firm
from erpdesk.storage.unit_of_work import Company


@dataclass(frozen=True, slots=True)
class SayingFirm:
    """Says it as the person who opened the company; on a server its administrator does."""

    company: Company

    def say(self, said: Mapping[str, str]) -> Outcome[dict[str, str]]:
        """Set what is said of the firm, by key; what is empty is taken away.

        Raises:
            FirmTaxNumberError: the tax number is none.
            RefusedError: set-up is over.
        """
        firm = checked_firm(said)
        self.company.run(lambda unit: say_firm(unit.connection, firm))
        return Outcome(firm, Changes())

"""What a check of the books found, in words."""

from typing import Final

from erpdesk.domain.money import Money
from erpdesk.services.keeping.watching import Finding
from erpdesk.words import Sentence
from erpdesk.words.findings import FINDINGS
from ui.work.wording import Wording

OFF: Final = Sentence("差 {amount} {currency}", "off by {amount} {currency}")


def finding_said(one: Finding, wording: Wording) -> str:
    """Return what was found, where, and by how much where that is known."""
    said = wording.say(FINDINGS[one.what], where=one.where)
    if one.off_minor is None or one.currency is None:
        return said
    amount = Money(one.off_minor, one.currency).grouped()
    off = wording.say(OFF, amount=amount, currency=one.currency)
    return f"{said}，{off}" if wording.language == "zh" else f"{said}, {off}"

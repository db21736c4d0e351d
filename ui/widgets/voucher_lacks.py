"""What a voucher lacks, each with the name of the field that mends it."""

from collections.abc import Iterable
from typing import Final

from erpdesk.domain.voucher import Missing
from erpdesk.words.lacks import lack_said
from ui.widgets.guards import Lack
from ui.work.wording import Wording

FIELDS_OF: Final = {
    "customer": "customer", "customer_fields": "card", "answers": "answers",
    "not_passed": "answers", "tax_rate": "rate", "due": "due", "goods": "lines", "uneven": "lines",
    "evidence": "evidence", "evidence_not_stored": "evidence" }  # fmt: skip


def lacks_said(lacks: Iterable[Missing], words: Wording) -> tuple[Lack, ...]:
    """Return what lacks in words; what is about no field of its own is about the lines."""
    return tuple(
        Lack(FIELDS_OF.get(one.what.value, "lines"), lack_said(one, words.language))
        for one in lacks
    )

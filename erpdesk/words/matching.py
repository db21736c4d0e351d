"""Why items explain a payment, and what becomes of a small rest, in words."""

from typing import Final

from erpdesk.domain.allocation import Treatment
from erpdesk.domain.matching import Explanation, Why
from erpdesk.words.sentence import Sentence

S = Sentence

WHY: Final[dict[Why, Sentence]] = {
    Why.NAMED: S("摘要写明，金额相符", "named in the text, and adds up"),
    Why.EXACT: S("金额正好是这一笔", "exactly the amount of this item"),
    Why.SUM: S("这几笔合计正好", "these items add up exactly"),
    Why.SHORT: S("比收款多 {short}，差得很少", "a little more than was received, by {short}"),
    Why.PART: S("摘要写明，只付一部分", "named in the text, paid in part"),
    Why.OVER: S("摘要写明，多付 {over}", "named in the text, {over} too much"),
}
NAMED_SHORT: Final = S("摘要写明，少付 {short}", "named in the text, {short} too little")

TREATMENTS: Final[dict[Treatment, Sentence]] = {
    Treatment.ROUNDING: S("尾差", "Small difference"),
    Treatment.BANK_FEE: S("银行手续费", "Bank charge"),
}
"""What a small rest is that is given up."""


def why_said(one: Explanation) -> Sentence:
    """Return why items explain a payment; ``short`` and ``over`` are how much it is off."""
    return NAMED_SHORT if one.why is Why.SHORT and one.is_named else WHY[one.why]

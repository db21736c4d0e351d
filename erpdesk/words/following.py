"""Follow-up in words: answers of replies, how promises stand, why items are contested."""

from typing import Final

from erpdesk.domain.dispute import Ground
from erpdesk.domain.promise import Kept
from erpdesk.domain.reply import Answer
from erpdesk.words.sentence import Sentence

S = Sentence

ANSWERS: Final[dict[Answer, Sentence]] = {
    Answer.AGREES: S("金额无误", "agrees"),
    Answer.STATES: S("金额不符", "another balance"),
    Answer.PAID: S("已付款", "already paid"),
    Answer.DISPUTES: S("有争议", "disputed"),
}
"""What the boxes of a reply slip say."""

KEPT: Final[dict[Kept, Sentence]] = {
    Kept.OPEN: S("未到期", "not due yet"),
    Kept.DUE: S("到期未付", "due, not paid"),
    Kept.KEPT: S("已兑现", "kept"),
    Kept.LATE: S("晚付", "paid late"),
    Kept.BROKEN: S("未兑现", "broken"),
}
"""How a promise stands."""

GROUNDS: Final[dict[Ground, Sentence]] = {
    Ground.QUALITY: S("质量", "quality"),
    Ground.QUANTITY: S("数量", "quantity"),
    Ground.PRICE: S("价格", "price"),
    Ground.NOT_RECEIVED: S("没收到货", "not received"),
    Ground.PAID: S("说已付款", "says it is paid"),
    Ground.OTHER: S("其他", "other"),
}
"""Why an item is contested."""

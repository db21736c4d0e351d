"""What follows a notice, in words: answers of replies."""

from typing import Final

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

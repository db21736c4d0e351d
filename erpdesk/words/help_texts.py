"""The help of every page, by its name in the register of pages."""

from dataclasses import dataclass
from typing import Final

from erpdesk.words.sentence import Sentence


@dataclass(frozen=True, slots=True)
class HelpText:
    """What a page is for, in a few sentences, and the words it uses with their meaning."""

    purpose: tuple[Sentence, ...]
    words: tuple[tuple[Sentence, Sentence], ...]


def help_text(*purpose: tuple[str, str], words: tuple[tuple[str, str, str, str], ...]) -> HelpText:
    """Return a text from pairs (Chinese, English), and words (term, term, meaning, meaning)."""
    return HelpText(
        tuple(Sentence(zh, en) for zh, en in purpose),
        tuple((Sentence(a, b), Sentence(c, d)) for a, b, c, d in words),
    )


UNBILLED: Final = (
    "暂估", "unbilled",
    "货已交、款已该收，发票还没开。紫色、斜纹、带钟的图标。",
    "Delivered and due, with no invoice yet. Violet, hatched, an icon with a clock.",
)  # fmt: skip
POSTED: Final = (
    "过账",
    "posted",
    "分录进了总账，不能改、不能删，只能冲销。",
    "The entry is in the ledger: it is never changed or deleted, only reversed.",
)
EVIDENCE: Final = (
    "证据", "evidence",
    "合同、送货单、验收单、聊天记录的原件，存入时算哈希，改动看得出。",
    "Contract, delivery note, acceptance, chat as they were; hashed when kept, so a change shows.",
)  # fmt: skip

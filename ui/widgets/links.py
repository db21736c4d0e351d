"""A link between a charge and what paid it: in words, and what follows when it is taken back."""

from erpdesk.domain.links import Link
from erpdesk.words import Sentence
from ui.models.cells import Lines
from ui.widgets.effects import EffectGroup, EffectLine
from ui.widgets.reversal_sheet import FOLLOWS, MADE, STAYS
from ui.work.wording import Wording

S = Sentence
UNDO_MADE = S("反核销单，只撤这一条", "An undo of exactly this link")
OPEN_AGAIN = S("未清项 {about} 重新打开", "item {about} is open again")
FREE_AGAIN = S("收款 {about} 回到未核销", "cash {about} is unapplied again")
MONEY_STAYS, OTHERS_STAY = (
    S("收款本身不动", "The receipt itself stays"),
    S("其他核销不动", "Every other link stays"),
)


def link_said(link: Link) -> Lines:
    """Return a link in two lines: the charge, and what paid it by which document."""
    charge = link.charge.label if link.charge else "—"
    credit = link.credit.label if link.credit else link.account or "—"
    return Lines(charge, f"← {credit} · {link.document}", "text2")


def undo_effects(link: Link, words: Wording) -> tuple[EffectGroup, ...]:
    """Return what follows when exactly one link is taken back."""
    opened = [
        EffectLine("rotate-ccw", words.say(sentence, about=item.label), value=link.amount)
        for sentence, item in ((OPEN_AGAIN, link.charge), (FREE_AGAIN, link.credit))
        if item is not None
    ]
    made = EffectLine("unlink", words.say(UNDO_MADE), link.document, -link.amount)
    stays = tuple(EffectLine("lock", words.say(one)) for one in (MONEY_STAYS, OTHERS_STAY))
    return (
        EffectGroup(words.say(MADE), (made,)),
        EffectGroup(words.say(FOLLOWS), tuple(opened)),
        EffectGroup(words.say(STAYS), stays),
    )

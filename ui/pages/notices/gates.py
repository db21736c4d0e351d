"""What was looked at before a notice goes out, in words."""

from typing import Final

from erpdesk.domain.money import Money
from erpdesk.domain.notice_gates import Gate, Looked
from erpdesk.words import Sentence
from ui.models.cells import Chip
from ui.widgets.gate_list import GateSaid
from ui.work.wording import Wording

S = Sentence
TITLES: Final[dict[Looked, tuple[Sentence, Sentence]]] = {
    Looked.OPEN: (S("有未清的款项", "Something is open"), S("没有未清的款项", "Nothing is open")),
    Looked.FIRM: (
        S("本单位名称、账号齐全", "Our name and account are known"),
        S("缺本单位名称或账号", "Our name or account is not known"),
    ),
    Looked.FRESH: (
        S("流水够新", "Receipts are up to date"), S("流水不够新", "Receipts are not up to date"),
    ),
    Looked.UNAPPLIED: (
        S("没有能抵的未核销收款", "No unapplied receipt pays an item"),
        S("有能抵的未核销收款，先核销", "An unapplied receipt could pay an item: match it first"),
    ),
    Looked.DISPUTED: (
        S("没有争议", "Nothing is contested"),
        S("有争议，先谈妥", "Something is contested: settle that first"),
    ),
    Looked.CONTACT: (
        S("联系人核实过", "The contact was checked"),
        S("联系人没核实", "The contact is not checked"),
    ),
    Looked.REPEATED: (
        S("本月没有出过", "None was issued this month"),
        S("本月已经出过", "One was issued this month"),
    ),
    Looked.FONT: (
        S("字库齐全", "Every character can be printed"),
        S("有字打不出来", "Some characters cannot be printed"),
    ),
}  # fmt: skip
ITEMS = S("{count} 笔", "items: {count}")
LAST_MONEY = S("最近收款 {day}，限 {most} 天内", "last receipt {day}, within {most} days")
NO_MONEY = S("还没有收款", "no receipt yet")
DEDUCTED = S("{sum} 已列为减项", "{sum} is deducted")
NONE = S("没有未核销收款", "none is unapplied")
CHECKED = S("{person} {day}，限 {most} 天内", "{person} {day}, within {most} days")
UNCHECKED = S("{person}，盘点时没核实过", "{person}, never checked by a count")
NO_CONTACT = S("没有联系人", "no contact is known")
CONTESTED = S("{items}", "{items}")
LAST = S("上一份 {number}，{day}", "the last one is {number} of {day}")
NEVER = S("以前没有", "none before")
ABSENT = S("缺：{characters}", "missing: {characters}")
READY, LOOK, CANNOT = (
    S("可以出", "Ready"), S("先看 {count} 处", "Look at {count}"), S("出不了", "Not possible"),
)  # fmt: skip


def gate_said(gate: Gate, words: Wording) -> GateSaid:
    """Return a gate in words."""
    good, bad = TITLES[gate.what]
    if gate.holds:
        return GateSaid("ok", words.say(good), _fact(gate, words))
    return GateSaid("error" if gate.blocks else "attention", words.say(bad), _fact(gate, words))


def chip_of(gates: tuple[Gate, ...], words: Wording) -> Chip:
    """Return all gates as one word."""
    failing = [gate for gate in gates if not gate.holds]
    if any(gate.blocks for gate in failing):
        return Chip(words.say(CANNOT), "error")
    if failing:
        return Chip(words.say(LOOK, count=len(failing)), "attention")
    return Chip(words.say(READY), "ok")


def blocked_by(gates: tuple[Gate, ...], words: Wording) -> str:
    """Return what stands against issuing; empty when nothing does."""
    found = (gate_said(gate, words) for gate in gates if gate.blocks and not gate.holds)
    return next((gate.sentence for gate in found), "")


def _fact(gate: Gate, words: Wording) -> str:
    sentence = _sentence(gate)
    said = {**gate.facts, "sum": _deducted(gate)}
    return words.say(sentence, **said) if sentence else ""


def _sentence(gate: Gate) -> Sentence | None:
    facts = gate.facts
    known = CHECKED if facts.get("day") else UNCHECKED
    said: dict[Looked, Sentence | None] = {
        Looked.OPEN: ITEMS,
        Looked.FRESH: LAST_MONEY if facts.get("day") else NO_MONEY,
        Looked.UNAPPLIED: DEDUCTED if facts.get("minor") else NONE,
        Looked.CONTACT: known if facts.get("person") else NO_CONTACT,
        Looked.REPEATED: LAST if facts.get("number") else NEVER,
        Looked.DISPUTED: None if gate.holds else CONTESTED,
        Looked.FONT: None if gate.holds else ABSENT,
    }
    return said.get(gate.what)


def _deducted(gate: Gate) -> str:
    if "minor" not in gate.facts:
        return ""
    return Money(-gate.facts["minor"], gate.facts["currency"]).grouped()

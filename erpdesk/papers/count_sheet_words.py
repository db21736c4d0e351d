"""What a count sheet says, in both languages."""

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWording:
    """The words of a count sheet; ``{name}`` is filled in."""

    title: str
    cut_off: str
    open: str
    blind: str
    sheet: str
    counter: str
    day: str
    customer: str
    book: str
    stated: str
    reply: str
    replies: tuple[str, str, str, str]
    checked: str
    checks: tuple[str, str, str, str]
    by: str
    correction: str
    note: str
    return_to: str
    foot: str


WORDINGS: Final[dict[Literal["zh", "en"], SheetWording]] = {
    "zh": SheetWording(
        title="客户盘点表",
        cut_off="截止日",
        open="明盘",
        blind="盲盘",
        sheet="第 {page} 张，共 {pages} 张",
        counter="盘点员",
        day="日期",
        customer="客户",
        book="账面余额",
        stated="自述余额（空 ≠ 0）",
        reply="答复",
        replies=("电话", "当面", "回函", "无此账"),
        checked="核对",
        checks=("名称", "税号", "账号", "联系人"),
        by="答复人",
        correction="更正",
        note="备注",
        return_to="交回 {company} 财务。扫每户左下的码，就打开那一户。铅笔无效，改错划线并签名。",
        foot="盘点计划 {number}   冻结名单哈希 {hash}",
    ),
    "en": SheetWording(
        title="Count sheet",
        cut_off="as of",
        open="open",
        blind="blind",
        sheet="Sheet {page} of {pages}",
        counter="Counted by",
        day="Date",
        customer="Customer",
        book="Our books",
        stated="Stated balance (empty ≠ 0)",
        reply="Reply",
        replies=("Phone", "In person", "Letter", "No account"),
        checked="Checked",
        checks=("Name", "Tax ID", "Bank", "Contact"),
        by="Said by",
        correction="Change",
        note="Remark",
        return_to=(
            "Return to {company}, finance. Scan the code at a customer's lower left and the card "
            "opens. No pencil; strike out what is wrong and sign."
        ),
        foot="Campaign {number}   hash of the frozen list {hash}",
    ),
}

"""Words about customers: their fields, what two have in common, what to do next, tax numbers."""

from erpdesk.words.lacks import FIELDS as NEEDED
from erpdesk.words.sentence import Sentence as S

FIELDS = {
    "code": S("编码", "code"),
    **NEEDED,
    "terms_days": S("账期（天）", "payment days"),
    "tax_rate": S("税率", "tax rate"),
    "currency": S("币种", "currency"),
    "credit_limit": S("信用额度", "credit limit"),
    "language": S("通知书语言", "language of papers"),
    "codes": S("其他码", "other codes"),
}
"""Every field of a customer as a person calls it."""

LIKENESS = {
    "tax_id": S("税号相同", "same tax number"),
    "bank_account": S("银行账号相同", "same bank account"),
    "phone": S("电话相同", "same telephone"),
    "same_name": S("名称相同", "same name"),
    "one_letter": S("名称差一个字", "names one letter apart"),
    "two_letters": S("名称差两个字", "names two letters apart"),
    "swapped": S("名称字序不同", "the name's parts change places"),
}
"""What two customers have in common."""

TAX_STATES = {
    "ok": S("校验通过", "checked"),
    "none": S("没有税号", "none"),
    "check": S("校验位不对", "wrong check"),
    "length": S("位数不对", "wrong length"),
    "letters": S("有不该有的字符", "bad letters"),
}
"""How a tax number stands."""

CODE_KINDS = {
    "main": S("主编码", "main code"),
    "barcode": S("条码", "barcode"),
    "old": S("旧编码", "former code"),
    "other": S("对方编码", "their own code"),
}

TODOS = {
    "change_waits": S("资料变更在等审批", "A change of the record waits for a decision"),
    "apply_cash": S(
        "有未核销收款 {amount}，先核销", "Apply cash that is not applied yet: {amount}"
    ),
    "decide_reply": S(
        "回函不符，差 {amount}，等处理（{since}）", "A reply of {since} differs by {amount}: decide"
    ),
    "ask_about_promise": S(
        "问承诺：{since} 前付，还差 {amount}", "Ask: promised by {since}, {amount} is not paid"
    ),
    "chase": S(
        "催收：逾期 {amount}，最早到期 {since}", "Chase: {amount} overdue, the oldest due {since}"
    ),
    "complete": S("补资料：{fields}", "Complete the record: {fields}"),
    "bill": S("催票：暂估 {amount}，最早 {since}", "Get it invoiced: {amount}, oldest {since}"),
    "nothing": S("没有等办的事", "Nothing waits"),
}
"""What to do next about a customer."""


def as_label(word: S) -> S:
    """Return a word as it stands alone, over a field or on a chip: English begins large."""
    return S(word.zh, word.en[:1].upper() + word.en[1:])


def fields_said(names: tuple[str, ...], language: str = "zh") -> str:
    """Return fields as a policy writes them (``/`` parts what may stand in) in words."""
    is_chinese = language == "zh"
    either = " 或 " if is_chinese else " or "
    said = [
        either.join((FIELDS[one].zh if is_chinese else FIELDS[one].en) for one in name.split("/"))
        for name in names
    ]
    return ("、" if is_chinese else ", ").join(said)

"""Refusals about customers' records, codes and their changes."""

from erpdesk.words.sentence import Sentence
from erpdesk.words.sentence import refusal as r

CUSTOMERS: dict[str, Sentence] = {
    "BadCustomerFieldError": r(
        "客户资料「{field}」不能这样填：{why}",
        "请改好再存",
        "The field {field} cannot be kept like this: {why_en}",
        "Correct it and store it again",
    ),
    "CodeTakenError": r(
        "编码「{code}」已是客户「{name}」的",
        "请换一个码，或看看是不是同一个客户",
        "The code {code} is that of {name} already",
        "Take another code, or see whether both are one customer",
    ),
    "CodeKnownError": r(
        "「{code}」本来就认得这个客户（停用的码也认得）",
        "不用再加",
        "The code {code} finds this customer already, as retired codes do too",
        "There is no need to add it",
    ),
    "NoSuchCodeError": r(
        "这个客户没有在用的码「{code}」",
        "请看资料页上的码",
        "The customer has no code {code} in use",
        "See the codes on the customer's page",
    ),
    "MainCodeError": r(
        "「{code}」是主编码，不能停用",
        "只能停用另加的码",
        "The code {code} is the main one and stays",
        "Only further codes can be retired",
    ),
    "ChangeWaitsError": r(
        "这个客户已有一份变更 {number} 在等审批",
        "等批完再改，或先撤回那一份",
        "A change of this customer, {number}, waits for a decision",
        "Wait for it, or withdraw that one first",
    ),
    "NothingChangedError": r(
        "和账套里的一样，没有要改的",
        "请先改一项",
        "Nothing differs from what stands in the books",
        "Change a field first",
    ),
}

"""Refusals about receipts, claims of money from nobody known, links and reversals."""

from erpdesk.words.sentence import Sentence
from erpdesk.words.sentence import refusal as r

RECEIPTS: dict[str, Sentence] = {
    "NothingReceivedError": r(
        "收款金额要大于零", "请核对金额", "A receipt needs an amount above zero", "Check it"
    ),
    "PayerUnknownError": r(
        "付款人不明的收款不能核销",
        "先查明付款人",
        "A receipt without a known customer cannot be matched",
        "Find out who paid",
    ),
    "PayerKnownError": r(
        "已知客户的收款不作待查",
        "请记在客户名下",
        "A receipt of a known customer does not wait as unidentified",
        "Keep it for the customer",
    ),
    "NotUnidentifiedError": r(
        "{number} 不是已过账的待查款项",
        "用 unidentified 看还有哪些",
        "{number} is no posted receipt whose payer is unknown",
        "See what is left with unidentified",
    ),
    "ClaimedAlreadyError": r(
        "这笔款已由 {claimed_by} 认领",
        "认错了就先冲销 {claimed_by}",
        "This receipt was claimed already by {claimed_by}",
        "If that was wrong, reverse {claimed_by} first",
    ),
    "ClaimWaitsError": r(
        "认领单 {waiting} 正在等审批",
        "等它批完，或先撤回",
        "A claim of it waits already: {waiting}",
        "Wait for the decision, or withdraw that one",
    ),
    "ClaimAmountError": r(
        "认领要认整笔 {amount} {currency}",
        "请按整笔重新认领",
        "A claim takes the whole {amount} {currency}",
        "Claim it again as a whole",
    ),
    "IdentifiedError": r(
        "这笔款已由 {claimed_by} 认领",
        "先冲销 {claimed_by}，再冲销这一笔",
        "It was claimed by {claimed_by}",
        "Reverse {claimed_by} first, then this one",
    ),
    "OvertakenTextError": r(
        "它要核销或修改的，已经不是当时的样子",
        "照原样交不了，请去修改，或作废重做",
        "What it settles or changes has moved on since it was written",
        "It cannot be handed in as it is: edit it, or void it and make it anew",
    ),
    "OvertakenDecisionError": r(
        "它要核销或修改的，已经不是当时的样子",
        "再看也批不了，请退回给制单人修改",
        "What it settles or changes has moved on since it was written",
        "Looking again does not help: send it back to be written anew",
    ),
    "NotReturnedError": r(
        "没有退回给你的收款单 {number}",
        "看审批箱的「退回给我的」",
        "No receipt {number} came back to you",
        'Look under "Came back" in the inbox',
    ),
    "BankLineError": r(
        "银行流水里这笔是 {day} 的 {amount}，改不了",
        "金额和日期照流水写；流水错了就作废，重新导入",
        "The bank's statement says {amount} on {day}, and that stays",
        "Keep both; if the statement is wrong, void the receipt and import it again",
    ),
    "LineTakenError": r(
        "这笔银行流水已重新导入，在 {number} 里",
        "不用再提交，请把这一张作废",
        "This line of the statement was imported again, as {number}",
        "Void this one instead",
    ),
    "ImportedMeanwhileError": r(
        "{count} 笔流水刚刚在别处导入了",
        "请再导一次，已有的会略过",
        "{count} of these lines have just been imported elsewhere",
        "Import the file again: what is there is left out",
    ),
    "NoSuchAllocationError": r(
        "没有这笔仍有效的核销",
        "用 items 看有哪些",
        "There is no allocation with this id that still stands",
        "See them with items",
    ),
    "NotReversibleError": r(
        "能冲销的只有临时凭证、收款单和期末调汇",
        "核销用反核销；登记错的发票请找会计商量",
        "Only vouchers, receipts and revaluations are reversed",
        "A match is undone; ask your accountant about a wrong invoice",
    ),
    "AlreadyReversedError": r(
        "已经被 {reversed_by} 冲销",
        "请看那张冲销单",
        "It is reversed already by {reversed_by}",
        "Look at that reversal",
    ),
    "AllocatedError": r(
        "已有核销（{documents}），要先反核销",
        "先用 unallocate 取消",
        "Something is allocated to it ({documents})",
        "Undo that first with unallocate",
    ),
    "UnlinkedError": r(
        "这笔收款的核销已被取消",
        "先重新核销，再冲销",
        "What the receipt had paid was taken back from it",
        "Match it again, then reverse",
    ),
    "NotPostedError": r(
        "单据没有过账，没有可冲销的",
        "草稿请作废",
        "It is not posted, so there is nothing to reverse",
        "Void a draft instead",
    ),
}

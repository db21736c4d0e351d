"""Refusals about replies, promises and disputes."""

from erpdesk.words.sentence import Sentence
from erpdesk.words.sentence import refusal as r

FOLLOWING: dict[str, Sentence] = {
    "ReplyAmountError": r(
        "没有填对方的金额，空不是零",
        "请填回函上的金额",
        "The customer's own figure is empty, and empty is not zero",
        "Enter the amount on the slip",
    ),
    "SameBalanceError": r(
        "回函的金额就是通知的 {asked}，是相符",
        "请改选金额无误",
        "The slip says what was asked, {asked}: that is an agreement",
        "Choose that it agrees",
    ),
    "ReplyDayError": r(
        "回函日 {day} 早于通知的 {notice}，或还没到",
        "请改日期",
        "The day {day} is before the notice of {notice}, or still to come",
        "Correct the day",
    ),
    "ReplyNoteError": r(
        "没有写明争议什么",
        "请写至少五个字",
        "What is disputed is not said",
        "Write at least five characters",
    ),
    "NoReplyEvidenceError": r(
        "没有附回函",
        "请附上扫描件，或别的凭据",
        "The slip is not attached",
        "Attach a scan of it, or what else shows the reply",
    ),
    "PromiseAmountError": r(
        "承诺的金额要大于零，不超过未清的 {open}",
        "请改金额",
        "A promise is above zero and no more than the {open} that is open",
        "Correct the amount",
    ),
    "PromiseDayError": r(
        "承诺日 {day} 早于今天，或晚于 {last}",
        "请改日期；更久的请定分期",
        "The day {day} is before today, or after {last}",
        "Correct the day; what is further ahead is a plan of payments",
    ),
    "PromiseNotAgreedError": r(
        "付清日只随「金额无误」登记",
        "请改答复，或不填付清日；另有承诺的，到客户页「跟进」里登记",
        "A day to pay by goes with a reply that agrees",
        "Change the answer, or leave the day out; write other promises down on the customer's page",
    ),
    "DisputeNoteError": r(
        "没有写明争议什么",
        "请写至少五个字",
        "What is contested is not said",
        "Write at least five characters",
    ),
    "NothingDisputedError": r(
        "{item} 不是未清的应收",
        "请选一笔未清的应收",
        "{item} is no charge that is open",
        "Choose one that is",
    ),
    "DisputedAlreadyError": r(
        "{item} 已经在争议中",
        "请先处理那一条",
        "{item} is contested already",
        "End that dispute first",
    ),
    "NothingToEndError": r(
        "{number} 不是还没了结的承诺或争议",
        "请刷新后再看",
        "{number} is no promise and no dispute that stands",
        "Look at it as it is now",
    ),
    "NotIssuedError": r(
        "{number} 不是已出具、还有效的通知书",
        "请扫回执上的条码，或核对编号",
        "{number} is no notice that was issued and stands",
        "Scan the code on the slip, or check the number",
    ),
    "NothingToResolveError": r(
        "{number} 没有差异要处理，或已经处理过",
        "请刷新后再看",
        "{number} has no difference to decide, or it was decided",
        "Look at it as it is now",
    ),
}

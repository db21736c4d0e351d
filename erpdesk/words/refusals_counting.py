"""Refusals about campaigns, counts and what a supervisor decides about them."""

from erpdesk.words.sentence import Sentence
from erpdesk.words.sentence import refusal as r

COUNTING: dict[str, Sentence] = {
    "NothingCountedError": r(
        "没有核对任何一栏，也没有自述余额",
        "至少填一项（零要写 0）",
        "No field was verified and no balance stated",
        "Give one at least; zero is written 0",
    ),
    "RawTooLongError": r(
        "码超过 4096 字节", "请检查扫码枪", "A scan is longer than 4,096 bytes", "Check the scanner"
    ),
    "LineCountedError": r(
        "这一行已经盘过",
        "要重盘请转复盘",
        "This line has been counted already",
        "Ask for a recount",
    ),
    "NotCountedError": r(
        "这一行还没盘", "先盘再决定", "This line has not been counted yet", "Count it first"
    ),
    "RecounterCountedError": r(
        "盘过这一行的人不能复盘它",
        "请换人复盘",
        "Whoever counted a line cannot recount it",
        "Name somebody else",
    ),
    "OtherLineError": r(
        "这条记录不属于这一行",
        "请重新选择",
        "This count does not belong to the line",
        "Choose again",
    ),
    "ProofMissingError": r(
        "未找到的客户要附证据，如退信、通话记录",
        "请附上证据",
        "A customer who was not found needs proof",
        "Attach returned mail or a list of calls",
    ),
    "NotYourRecordError": r(
        "这条记录不是你的，没有撤回",
        "请记录的人自己撤回，或由主管决定",
        "This record is not yours; it was not taken back",
        "Whoever recorded it takes it back, or a supervisor decides",
    ),
    "NothingToTakeBackError": r(
        "这条记录没有计数，或已经撤回，没有再撤回",
        "请选另一条",
        "This record counts nothing or was taken back already; nothing changed",
        "Choose another one",
    ),
    "LaterRecordError": r(
        "你后来又记过这一户，没有撤回先前那条",
        "请先撤回后来的：{later}",
        "You recorded this customer again later; the earlier record was not taken back",
        "Take the later one back first: {later}",
    ),
    "ShiftOverError": r(
        "这条是上一班记的，没有撤回",
        "再记一次就取代它，或请主管决定",
        "This was recorded in an earlier shift; it was not taken back",
        "Record it again in its place, or ask a supervisor",
    ),
    "NotUnexpectedError": r(
        "这次扫码在名单里，不是账外，没有记下建议",
        "扫错了可以撤回",
        "This scan is on the list, not unexpected; no proposal was recorded",
        "Take it back if it was a mistake",
    ),
    "WhoseCodeError": r(
        "没有说这个码是谁的，没有记下建议",
        "先选一户客户",
        "It is not said whose code this is; no proposal was recorded",
        "Choose a customer first",
    ),
    "NoSuchRecordError": r(
        "这份盘点里没有这条记录：{event}",
        "请核对记录号",
        "There is no record {event} in this campaign",
        "Check its id",
    ),
    "UnexpectedStaysError": r(
        "账外扫码不能撤回，会留着等主管决定",
        "扫错了请提「误扫」",
        "A scan that is unexpected is not taken back; it stays for a supervisor",
        "Propose it as a mistake",
    ),
    "CampaignClosedError": r(
        "这份盘点计划现在不收盘点，这次扫码没有存",
        "请选正在盘点的计划",
        "This campaign takes no counts; the scan was not stored",
        "Choose one that is counting",
    ),
    "CampaignExpiredError": r(
        "这份盘点计划太久没人盘，已过期",
        "请主管恢复",
        "This campaign expired because nobody counted",
        "A supervisor may resume it",
    ),
    "NoSuchCampaignError": r(
        "没有这份已冻结的盘点计划：{reference}",
        "请核对编号，或先冻结名单",
        "There is no frozen campaign {reference}",
        "Check the number, or freeze it first",
    ),
    "NotACodeError": r(
        "没有这个客户：{reference}",
        "请核对编码或名称",
        "There is no customer {reference}",
        "Check code or name",
    ),
    "NotACampaignError": r(
        "这张单据不是盘点计划", "请核对编号", "This document is no campaign", "Check the number"
    ),
    "UnknownFilterError": r(
        "不能按「{field}」筛选客户",
        "可用：{known}",
        "Customers cannot be chosen by {field}",
        "Known: {known}",
    ),
    "FilterValueError": r(
        "「{field}」不能是「{value}」",
        "余额写金额，日期写成 2026-11-25",
        "{field} cannot be {value}",
        "Write a balance as an amount, a day as 2026-11-25",
    ),
    "StepNotNowError": r(
        "计划现在的状态走不到这一步",
        "请刷新后再看",
        "From where this campaign stands the step cannot be taken",
        "Look at it as it is now",
    ),
    "SupervisorOnlyError": r(
        "这一步只有财务主管能做", "请交给主管", "Only a supervisor may do this", "Hand it to one"
    ),
    "AccountantOnlyError": r(
        "这一步只有会计能做", "请交给会计", "Only an accountant may do this", "Hand it to one"
    ),
    "OfficeOnlyError": r(
        "这一步只有主管或负责人能做",
        "请交给他们",
        "Only a supervisor or a director may do this",
        "Hand it to one",
    ),
    "OwnCampaignError": r(
        "名单已冻结，你经手过这份计划，不能由你作废",
        "请另一位主管或负责人作废",
        "It is frozen and you worked on it, so you cannot cancel it",
        "Ask another supervisor or a director",
    ),
    "NothingToRecountError": r(
        "没有超容差的客户，也没有抽中的",
        "不用复盘，可直接转差异核对",
        "Nobody is over the tolerance and nobody was drawn",
        "No recount is needed; go on to the review",
    ),
    "CampaignUnnamedError": r(
        "盘点计划没有名称", "请起一个名称", "The campaign has no name", "Give it one"
    ),
    "EmptyScopeError": r(
        "盘点范围里没有客户",
        "请放宽范围",
        "A campaign needs at least one customer",
        "Widen its scope",
    ),
    "CutOffAheadError": r(
        "截止日还没到",
        "请改成今天或以前",
        "The cut-off day has not come yet",
        "Choose today or earlier",
    ),
    "NoSuchPeriodError": r(
        "截止日不在任何会计期间里",
        "请改截止日",
        "The cut-off day lies in no period of the books",
        "Choose another day",
    ),
    "CustomerElsewhereError": r(
        "有客户还在另一份未完成的盘点计划里",
        "先完成那份，或去掉这些客户",
        "Some customers are in another open campaign",
        "Close that one or leave them out",
    ),
    "CountersMissingError": r(
        "没有指定盘点员", "请指定", "Nobody is named as counter", "Name somebody"
    ),
    "NotACounterError": r(
        "指定的人没有盘点员角色：{people}",
        "请换人或先授权",
        "Somebody named has not the role of counter: {people}",
        "Name others or grant it first",
    ),
    "BlindUndecidedError": r(
        "没有定是否盲盘", "请先定", "It is not decided whether counting is blind", "Decide it first"
    ),
    "ToleranceMissingError": r("没有定容差", "请先定", "The tolerance is not set", "Set it first"),
    "CoverageTooLowError": r(
        "盘到的客户太少，还不能复盘",
        "请先继续盘",
        "Too few customers have been counted for a recount",
        "Go on counting",
    ),
    "UnsyncedDevicesError": r(
        "有设备还没传完",
        "请等它传完，或写明原因放弃",
        "Some devices have not sent all their counts",
        "Wait for them, or waive them with a reason",
    ),
    "LinesInConflictError": r(
        "有 {lines} 行冲突",
        "请先选定哪个算数",
        "{lines} lines are in conflict",
        "Choose which counts",
    ),
    "LinesUndecidedError": r(
        "有 {lines} 行没盘也没决定",
        "请逐行决定：顺延、未找到或延后",
        "{lines} lines are neither counted nor decided",
        "Decide each: defer, not_found or carry",
    ),
    "UnexpectedOpenError": r(
        "有 {scans} 次账外扫码没有决定",
        "请逐条决定",
        "{scans} unexpected scans are not decided",
        "Decide each",
    ),
    "VariancesOpenError": r(
        "有差异没写原因、处理或证据",
        "请补齐",
        "Some differences lack a reason, an action or evidence",
        "Complete them",
    ),
    "ChildrenOpenError": r(
        "盘点产生的单据还没做完",
        "请先做完",
        "Some documents that came of the campaign are not final",
        "Finish them",
    ),
    "BooksUnprovedError": r(
        "账套校验没有通过", "请先查清", "The check of the books has not passed", "See its findings"
    ),
    "ReportMissingError": r(
        "盘点报告还没归档", "请先归档", "The report of the campaign is not archived", "Archive it"
    ),
}

"""What the review of differences says."""

from typing import Final

from erpdesk.domain.stocktake.variance import VarianceKind
from erpdesk.words import Sentence

S = Sentence
TITLE = S("差异核对", "Differences")
CAMPAIGN = S("盘点计划", "Campaign")
CUT_OFF = S("截止日 {day}", "cut-off {day}")
LOCKED = S("只读", "read-only")
REPORT = S("盘点报告", "Report")
REPORT_DONE = S("报告已写到 {path}，{rows} 行", "The report is in {path}, {rows} rows")
NO_CAMPAIGN = S(
    "还没有到差异核对的计划；盘点结束后在这里逐户核对",
    "No campaign is in review yet; its differences stand here once counting is over",
)
GO_CAMPAIGNS = S("去盘点计划", "Go to the campaigns")
REFRESH = S("刷新", "Refresh")

STEPS: Final = ("draft", "counting", "review", "submitted", "approved", "adjusting", "closed")
STEP_OF: Final = {"in_review": "submitted"}

FIGURES: Final = {
    "frozen": S("冻结户数", "Customers"), "coverage": S("覆盖率", "Coverage"),
    "accuracy": S("准确率", "Accuracy"), "book": S("账面合计", "Book total"),
    "off": S("差异绝对值", "Differences, absolute"),
    "unexplained": S("未解释（绝对值）", "Unexplained, absolute"),
}  # fmt: skip
ALSO = S("另有 {sums}", "and {sums}")
SPOKEN = S(
    "冻结 {frozen} 户，未解释 {unexplained}，还差 {left} 户",
    "{frozen} customers, {unexplained} unexplained, {left} to go",
)

FILTERS: Final = {
    "all": (S("全部", "All"), "list"),
    "todo": (S("待处理", "To do"), "hourglass"),
    "differs": (S("有差异", "Differ"), "triangle-alert"),
    "agreed": (S("无差异", "Agreed"), "circle-check"),
    "not_found": (S("未找到", "Not found"), "circle-x"),
    "deferred": (S("延后", "Deferred"), "clock"),
    "unexpected": (S("账外", "Unexpected"), "circle-help"),
    "conflict": (S("冲突", "Conflict"), "git-fork"),
}  # fmt: skip
OUTCOME, CUSTOMER = S("结论", "Outcome"), S("客户", "Customer")
BOOK, STATED, DIFFERENCE = S("账面", "Book"), S("自述", "Stated"), S("差异", "Difference")
EXPLAINED, UNEXPLAINED = S("已解释", "Explained"), S("未解释", "Unexplained")
REASON, TREATMENT, OWNER = S("原因", "Reason"), S("处理", "Treatment"), S("负责人", "Owner")
NO_ANSWER = S("未答复", "No answer")
TOTAL = S("合计（{rows} 行）", "{rows} rows")
TOTAL_SILENT = S("合计（{rows} 行，{silent} 户未答复）", "{rows} rows, {silent} without answer")
COUNT_SAID = S("{rows} 行，选中 {selected}", "{rows} rows, {selected} selected")
ROW_SAID = S(
    "{outcome}，{name}，账面 {book}，自述 {stated}，差异 {difference}，"
    "未解释 {unexplained}，{reason}，{action}",
    "{outcome}, {name}, book {book}, stated {stated}, difference {difference}, "
    "unexplained {unexplained}, {reason}, {action}",
)  # fmt: skip
TABLE: Final = {
    "table": TITLE, "search": S("名称、编码、原因", "Name, code, reason"),
    "columns": S("列", "Columns"), "copy": S("复制", "Copy"), "export": S("复制全部", "Copy all"),
    "filters": S("筛选", "Filter"), "nothing_yet": S("名单是空的", "The list is empty"),
    "nothing_fits": S("没有符合的行", "Nothing fits"), "clear": S("清除筛选", "Clear"),
}  # fmt: skip

BRIDGE = S("差异桥", "From book to stated")
MOVED, LEFT = S("期后变动", "Posted later"), S("未解释", "Unexplained")
NO_BRIDGE = S("没有自述余额，画不出差异桥", "No balance was stated, so there is no bridge")
GROUNDS = S("依据", "Grounds")
GROUND_KINDS: Final = {
    "unbilled": (S("暂估 {label}", "Unbilled {label}"), "file-clock"),
    "billed": (S("应收 {label}", "Invoice {label}"), "receipt-text"),
    "unapplied": (S("未核销 {label}", "Unapplied {label}"), "banknote"),
    "delivery": (S("没入凭证 {label}", "In no voucher {label}"), "file-text"),
    "late": (S("期后 {label}", "Later {label}"), "history"),
}  # fmt: skip
EXACT = S("正好", "exact")
NO_GROUNDS = S("没有未清项、送货单或期后过账", "No open item, delivery or late posting")
MORE_GROUNDS = S("还有 {count} 件", "{count} more")
COUNTED = S("{people} 盘点", "Counted by {people}")
CLOCKS_OFF: Final = (
    S(
        "电脑的钟差 {n} 分钟，以账套时间为准",
        "Clock {n} min off; the books' time holds",
    ),
    S(
        "电脑的钟差 {n} 小时，以账套时间为准",
        "Clock {n} h off; the books' time holds",
    ),
    S("电脑的钟差 {n} 天，以账套时间为准", "Clock {n} days off; the books' time holds"),
)
RULED = S("主管：{reason}", "Supervisor: {reason}")
ASKED = S("要求复盘：{reason}", "Recount asked: {reason}")

NEEDS: Final = {
    VarianceKind.BALANCE: S("余额差异的原因", "Reason for the balance"),
    VarianceKind.UNANSWERED: S("没有答复", "No answer"),
    VarianceKind.MASTER_DATA: S("资料不符", "Master data differ"),
    VarianceKind.UNVERIFIED: S("必核栏没核", "Fields not verified"),
}
CHOOSE_CAUSE = S("选原因", "Choose a reason")
CHOOSE_TREATMENT = S("先选原因", "Reason first")
PART_AMOUNT = S("这一份的金额", "Amount of this part")
REST = S("余下 {amount}", "the rest, {amount}")
SPLIT = S("分几个原因", "Split")
REMOVE = S("去掉这一份", "Remove this part")
MAKES = S("批准后要做：{kinds}", "After approval: {kinds}")
OR: Final = " / "
NOTE = S("备注", "Note")
NOTE_HINT = S("备注；要求复盘时写原因", "Note; for a recount, its reason")
EVIDENCE = S("证据 {count} 件", "Evidence: {count}")
ADD_EVIDENCE, SHOW_EVIDENCE = S("添加", "Add"), S("看", "Show")
BACK_TO_LINE = S("返回", "Back")
NO_EVIDENCE = S("没有证据可看", "There is no evidence to show")
OWNER_NONE = S("没指定", "Nobody")
ASSIGN = S("负责人", "Owner")

SETTLE = S("可结", "Clear")
SETTLED = S("已写明 {count} 户", "{count} explained")
ASK_RECOUNT, DO_RECOUNT = S("要求复盘", "Recount"), S("退回复盘…", "Count again…")
RECOUNT_ASKED = S("已请主管安排复盘", "A supervisor was asked for a recount")
RECOUNT_TITLE = S("把选中的 {count} 户退回复盘？", "Send {count} back to counting?")
RECOUNT_TEXT = S(
    "计划会回到「盘点中」，由没盘过的人复盘这几户；其余不变。",
    "The campaign counts again; somebody else counts these, the others stay.",
)
RECOUNT_VERB = S("退回 {count} 户", "Send {count} back")
RECOUNT_DONE = S("已退回复盘，计划在盘点中", "Sent back; the campaign counts again")
VOUCHER = S("补临时凭证", "Write the voucher")
WAIVE = S("不做单据", "No document")
WAIVED = S("已写明不做单据", "It is on record that none is made")
SUBMIT = S("送审批", "Submit")
LEFT_SAID = S("还差 {count} 户", "{count} to go")
SUBMITTED = S("已送审批", "Submitted for approval")
SHORT: Final = {
    "CauseMissingError": S("先选原因和处理", "Choose reason and treatment"),
    "PartsDoNotSumError": S("还有 {left} 没写明", "{left} has no reason yet"),
    "NeedOpenError": S("还有别的不符没写原因", "Something else has no reason yet"),
    "CauseProofMissingError": S("这个原因要附证据", "This reason needs evidence"),
    "CauseSignError": S("金额方向和原因不符", "The sign does not fit the reason"),
    "CauseDoesNotFitError": S("有一行用不上这个原因", "One row differs otherwise"),
    "ReasonTooShortError": S("先在备注里写原因", "Write the reason into the note"),
    "AccountantOnlyError": S("会计才能做", "Only accountants may do this"),
    "SupervisorOnlyError": S("主管才能做", "Only supervisors may do this"),
    "UnexpectedOpenError": S("还有 {scans} 次账外扫码没定", "{scans} unexpected scans are open"),
    "StepNotNowError": S("不在差异核对，只能看", "It is not in review: read only"),
}  # fmt: skip
BUSY = S("正在存", "It is being stored")
CHOOSE_ROW = S("先选一行", "Choose a row first")
NOTHING_DIFFERS = S("这一行没有差异", "This row does not differ")
SCAN_ROW = S("账外扫码在盘点计划里决定", "Unexpected scans are decided with the campaign")
BAD_AMOUNT = S("金额读不出", "The amount cannot be read")
SAME_ONLY = S("多行只能用同一个原因，不能分份", "Several rows take one reason, without parts")
NOT_MORE = S("对方没有比账面多记", "They state no more than the books")
ACCOUNTANTS = S("会计才能做", "Only accountants may do this")

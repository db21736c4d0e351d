"""What the campaigns page says."""

from dataclasses import dataclass
from typing import Final

from erpdesk.domain.stocktake.count_line import LineVerb
from erpdesk.words import Sentence

S = Sentence
TITLE = S("盘点计划", "Campaigns")
NEW = S("新计划", "New campaign")
OPEN = S("打开", "Open")
BACK = S("返回", "Back")

FILTERS: Final = {
    "all": (S("全部", "All"), "list"),
    "open": (S("进行中", "Running"), "scan-barcode"),
    "draft": (S("草稿", "Drafts"), "pencil"),
    "over": (S("已结束", "Ended"), "lock"),
}
NAME, SCOPE, CUT_OFF = S("计划", "Campaign"), S("范围", "Scope"), S("截止日", "Cut-off")
STATE, COVERAGE, COUNTED = S("状态", "State"), S("覆盖率", "Coverage"), S("已盘", "Counted")
DIFFERENCES, OWNER, DUE = S("差异", "Differ"), S("负责人", "Owner"), S("期限", "Due")
COUNTED_OF = S("{n} / {all} 户", "{n} of {all}")
TOTAL = S("合计 {count} 份", "{count} campaigns")
COUNT_SAID = S("{rows} 行，选中 {selected}", "{rows} rows, {selected} selected")
LATE = S("逾期 {days} 天", "{days} days late")
DRAFT_NUMBER = S("草稿", "draft")
TABLE: Final = {
    "table": TITLE, "search": S("名称、编号", "Name, number"), "columns": S("列", "Columns"),
    "copy": S("复制", "Copy"), "export": S("复制全部", "Copy all"), "filters": S("筛选", "Filter"),
    "nothing_yet": S("这里列出盘点计划；用「新计划」开始", "Campaigns: begin with New campaign"),
    "nothing_fits": S("没有符合的行", "Nothing fits"), "clear": S("清除筛选", "Clear"),
}  # fmt: skip

EVERYBODY = S("全部客户", "All customers")
LISTED = S("指定 {count} 户", "{count} named")
FILTER_SAID: Final = {
    "code": S("编码 {value} 开头", "code {value}…"),
    "name": S("名称 {value} 开头", "name {value}…"),
    "tax_id": S("税号 {value} 开头", "tax ID {value}…"),
    "address": S("地址含 {value}", "address has {value}"),
    "currency": S("币种 {value}", "currency {value}"),
    "language": S("语言 {value}", "language {value}"),
    "bank_name": S("开户行 {value}", "bank {value}"),
    "terms_days": S("账期 {value} 天", "terms {value} days"),
    "balance_min": S("余额 ≥ {value}", "balance ≥ {value}"),
    "unbilled": S("有暂估", "unbilled"),
    "not_counted_since": S("{value} 后没盘过", "not counted since {value}"),
}
WITHOUT = S("去掉 {count} 户", "{count} left out")

STEPS: Final = ("draft", "counting", "review", "submitted", "approved", "adjusting", "closed")
STEP_OF: Final = {"ready": "counting", "recount": "counting", "in_review": "submitted"}

# the plan
PLAN = S("新的盘点计划", "New campaign")
NAME_NEEDED = S("名称 必填", "Name, needed")
NAME_HINT = S("如：2026 年末客户盘点", "Such as: year-end count 2026")
CURRENCY = S("币种", "Currency")
DUE_FIELD = S("盘完期限", "Count until")
MODES: Final = {
    "all": EVERYBODY, "filter": S("按条件", "By filter"), "list": S("指定名单", "By list"),
}  # fmt: skip
CODE_FIELD, ADDRESS_FIELD = S("编码开头", "Code…"), S("地区（地址含）", "Region")
TERMS_FIELD, BALANCE_FIELD = S("账期（天）", "Terms"), S("余额 ≥", "Balance ≥")
SINCE_FIELD, UNBILLED_FIELD = (
    S("此日后没盘过", "Not since"),
    S("只要有暂估", "Unbilled"),
)
PASTE = S("粘贴编码，一行一个或用逗号隔开", "Paste codes, one a line or with commas")
TAKE_CODES = S("加进名单", "Add to the list")
UNKNOWN_CODES = S("没有这些编码，没加：{codes}", "No such codes, not added: {codes}")
UNKNOWN_MANY = S(
    "没有这些编码，没加：{codes}，还有 {more} 个，都留在上面",
    "No such codes, not added: {codes} and {more} more; all are left above",
)
TOO_MUCH = S("粘贴的不是编码，或太多：没有贴上", "No codes, or too many: nothing was pasted")
NO_CODES = S("先粘贴编码", "Paste codes first")
TICK, CODE = S("盘", "In"), S("编码", "Code")
CUSTOMER, BOOK = S("客户", "Customer"), S("账面余额", "Book")
HELD = S("在 {number} 里", "in {number}")
TICK_HINT = S("空格勾选或去掉", "Space takes in or out")
CHOSEN = S("名单 {count} 户", "{count} customers")
SUM_SAID = S("{currency} {amount}", "{currency} {amount}")
NO_BALANCE = S("没有余额", "no balance")
OTHERS_OUT = S("不在名单 {count} 户", "{count} left out")
FIRST_LISTED = S("共 {rows} 户，列出前 {listed} 户", "{rows}, the first {listed} listed")
DROP_HELD = S("去掉别的计划里的 {count} 户", "Leave out {count} in other campaigns")
SEARCH_SCOPE = S("编码、名称", "Code, name")
OTHER_CURRENCIES = S("其他币种", "Other currencies")
NOBODY = S("没有客户符合", "No customer fits")

PEOPLE = S("盘点员", "Counters")
COUNTER, RECOUNTER = S("盘点", "Count"), S("复盘", "Recount")
READS_BOOKS = S("看得到账面", "sees the books")
NO_CREW = S("还没有人有盘点员角色", "Nobody has the role of counter yet")
BLIND_TITLE = S("账面数", "The books")
BLIND, OPEN_COUNT = S("盲盘", "Blind"), S("明盘", "Open")
BLIND_WHAT = S("盘点员看不到任何账面数，到差异核对为止", "No figure of the books until the review")
OPEN_WHAT = S("盘点员看得到账面余额", "Counters see the balances")
BLIND_OPEN = S("还没定", "Not decided yet")
RULES = S("规则", "Rules")
TOLERANCE, PERCENT = S("容差（金额）", "Tolerance, amount"), S("容差 %", "Tolerance %")
SAMPLE, LEAST = S("抽盘 %", "Sample %"), S("复盘前覆盖 %", "Coverage % to recount")
REQUIRED = S("必须核对", "Must be verified")
FIELDS: Final = {
    "name": S("名称", "Name"), "tax_id": S("税号", "Tax ID"), "address": S("地址", "Address"),
    "bank": S("开户行账号", "Bank account"), "contact": S("联系人", "Contact"),
    "email": S("邮箱", "E-mail"),
}  # fmt: skip
PARK, FREEZE = S("暂存", "Park"), S("冻结名单…", "Freeze the list…")
CANCEL_VERB = S("作废…", "Cancel…")
PARKED = S("已暂存", "Parked")
BUSY = S("正在存", "It is being stored")
NOT_KEPT = S("还没存过，返回就行", "It was never stored: just go back")
NOT_YET = S("还在算名单", "The list is being found")
READY_TO_FREEZE = S("可以冻结", "Ready to freeze")
MISSING = S("还差 {count} 项", "Still missing: {count}")
WRONG: Final = {
    "cut_off": S("截止日不是日期", "the cut-off is no day"),
    "due": S("盘完期限不是日期", "the due day is no day"),
    "balance": S("余额读不出，写成 50000 或 50,000.00", "write the balance as 50000 or 50,000.00"),
    "since": S("「此日后没盘过」不是日期", '"not since" is no day'),
    "terms": S("账期不是天数", "the terms are no number of days"),
    "tolerance": S("容差读不出，写成 100 或 100.00", "write the tolerance as 100 or 100.00"),
    "percent": S("容差 % 要在 0 到 100，最多一位小数", "tolerance %: 0 to 100, one decimal"),
    "sample": S("抽盘 % 要在 0 到 100，最多一位小数", "sample %: 0 to 100, one decimal"),
    "least": S("覆盖 % 要在 0 到 100，最多一位小数", "coverage %: 0 to 100, one decimal"),
}
LACKS: Final = {
    "CampaignUnnamedError": ("name", S("没有名称", "it has no name")),
    "EmptyScopeError": ("scope", S("名单里没有客户", "no customer is in the list")),
    "CutOffAheadError": ("cut_off", S("截止日还没到", "the cut-off has not come yet")),
    "NoSuchPeriodError": ("cut_off", S("截止日不在会计期间里", "the cut-off lies in no period")),
    "CustomerElsewhereError": ("held", S("有客户在别的计划里", "some are in another campaign")),
    "CountersMissingError": ("people", S("没有选盘点员", "no counter is chosen")),
    "NotACounterError": ("people", S("有人没有盘点员角色", "somebody is no counter")),
    "BlindUndecidedError": ("blind", S("没有定盲盘还是明盘", "blind or open is not decided")),
    "ToleranceMissingError": ("tolerance", S("没有定容差，零要写 0", "no tolerance; zero is 0")),
}

# freezing
FREEZE_TITLE = S("冻结名单，开始盘点", "Freeze the list, begin to count")
FREEZE_ACT = S("冻结 {count} 户，开始盘点", "Freeze {count}, begin to count")
MADE, STAYS, OUT = S("会冻结", "Will be frozen"), S("不会动", "Will stay"), S("不盘", "Not counted")
FOLLOWS = S("会跟着变", "Will follow")
LIST_MADE = S("名单 {count} 户，{rows} 行", "List of {count} customers, {rows} lines")
BOOK_MADE = S("账面 {currency}，截至 {day}", "Books {currency}, as of {day}")
BOOK_PARTS: Final = {
    "billed": S("其中已开票", "of it billed"), "unbilled": S("其中暂估", "of it unbilled"),
    "unapplied": S("减未核销收款", "less unapplied cash"),
}  # fmt: skip
HASH_MADE = S("名单快照", "Snapshot of the list")
COUNTING_OPENS = S("{count} 人可以开始盘：{people}", "{count} may count now: {people}")
HELD_NOW = S("这些客户不能进别的计划，直到本计划结束", "These customers are in no other campaign")
SCOPE_FIXED = S("范围不能再改，要补就另立计划", "The scope is fixed from now on")
LEDGER_STAYS = S("账不动，盘点不过账", "The ledger stays: a count posts nothing")
OUT_SAID: Final = {
    "taken_out": S("你去掉的", "taken out by you"),
    "not_listed": S("不在指定名单", "not in the list"),
    "code": S("编码不符", "another code"),
    "name": S("名称不符", "another name"),
    "tax_id": S("税号不符", "another tax ID"),
    "address": S("地区不符", "another region"),
    "currency": S("币种不符", "another currency"),
    "language": S("语言不符", "another language"),
    "bank_name": S("开户行不符", "another bank"),
    "terms_days": S("账期不符", "other terms"),
    "balance_min": S("余额不够", "a smaller balance"),
    "unbilled": S("没有暂估", "nothing unbilled"),
    "not_counted_since": S("那天后盘过", "counted since"),
}
CUSTOMERS = S("{count} 户", "{count}")
COMPUTED = S("{at} 算出，冻结时再核一次", "Computed at {at}; checked again when frozen")
MOVED = S(
    "名单或账面刚变了，没有冻结；新的已列出，看过再冻结",
    "The list or the books just moved and nothing was frozen; look at the new ones, freeze again",
)
GIVE_UP = S("先不冻结", "Not yet")

# running
FACT_CUT_OFF, FACT_DUE = S("截止 {day}", "as of {day}"), S("期限 {day}", "due {day}")
FIGURES: Final = {
    "coverage": COVERAGE, "counted": COUNTED, "open": S("未盘", "Not yet"),
    "unexpected": S("账外", "Unexpected"), "conflicts": S("冲突", "Conflicts"),
    "differ": S("有差异", "Differ"), "scans": S("扫码 = 已存", "Scanned = stored"),
}  # fmt: skip
WITHHELD = S("盲盘：复核后显示", "Blind: shown in the review")
LISTS = S("列表", "Lists")
TABS: Final = {
    "open": S("未盘", "Not yet"), "unexpected": S("账外", "Unexpected"),
    "conflicts": S("冲突、请复盘", "Doubtful"), "done": S("已盘、已定", "Done"),
    "counters": S("按盘点员", "By counter"),
}  # fmt: skip
EMPTY: Final = {
    "open": S("没有未盘的客户", "Nobody is left to count"),
    "unexpected": S("没有要决定的账外扫码", "No unexpected scan to decide"),
    "conflicts": S("没有冲突，也没人请复盘", "No conflict, and nobody asks for a recount"),
    "done": S("还没有盘过的客户", "Nobody was counted yet"),
    "counters": S("还没有指定盘点员", "No counter is named"),
}
ASKS = S("{name} 请复盘：{why}", "{name} asks for a recount: {why}")
MORE = S("还有 {n} 条没列出", "{n} more, not listed")
GIVEN_TO, RAW = S("盘点员", "Counter"), S("扫到的码", "Code scanned")
WHO, WHEN, STATED = S("谁", "Who"), S("何时", "When"), S("自述余额", "Stated")
GIVEN, DONE, SCANS = S("分给", "Given"), S("已盘", "Counted"), S("扫码", "Scans")
ANYBODY = S("谁都可以", "anybody")
OUTSIDE = S("不在名单的客户", "a customer outside the list")
NOBODYS = S("没有这个码", "nobody's code")

DECIDE = S("逐户定", "Decide each")
DECIDE_SCAN, DECIDE_CONFLICT = (
    S("这次扫码怎么办", "What of this scan"),
    S("哪个算数", "Which counts"),
)
CHOOSE_ROWS = S("先在左边选", "Choose at the left first")
CHOOSE_VERB = S("先选一种", "Choose one first")
CHOSEN_ROWS = S("选中 {count} 户：{names}", "{count} chosen: {names}")
CHOSEN_SCANS = S("选中 {count} 条：{names}", "{count} chosen: {names}")
REASON = S("原因（至少 5 个字）", "Why (at least 5 letters)")
ATTACH, ATTACHED = S("附证据…", "Attach evidence…"), S("证据 {count} 件", "Evidence: {count}")
LINK_TO = S("关联到客户", "Link to the customer")
LINK_HINT = S("编码、名称、税号、拼音", "Code, name, tax number, pinyin")
NO_LINK = S("先选关联到哪个客户", "Choose the customer first")
DECIDE_ACT = S("定下", "Decide")
DECIDED = S("已定", "Decided")
OVER = S("这一步已过，不能再定", "This step is over")
ONLY_LOOK: Final = {
    "counters": S("在别的页签里定", "Decide in the other tabs"),
    "done": S("要重新盘的，选中后用「重新盘点」", "Choose whom to count anew, then Reopen"),
}
VERBS: Final = {
    LineVerb.CARRY: (
        S("顺延", "Carry over"),
        S("这次不盘，带到下一次计划", "Not this time: it goes to the next campaign"),
    ),
    LineVerb.NOT_FOUND: (
        S("未找到", "Not found"),
        S("找不到这家，要附退信或通话记录", "Nobody there: attach returned mail or calls"),
    ),
    LineVerb.DEFER: (
        S("延后", "Defer"),
        S("先放着，这次盘到了就算", "Later: if it is counted after all, it counts"),
    ),
    LineVerb.ALIAS: (
        S("关联条码", "Link the code"),
        S("这次扫码算这家的", "This scan counts for the customer"),
    ),
    LineVerb.NEW_CUSTOMER: (
        S("新客户", "New customer"),
        S("账上没有这家，另走新客户", "Not in the books: to be entered as new"),
    ),
    LineVerb.OTHER_CAMPAIGN: (
        S("其他计划", "Other campaign"),
        S("属于别的计划，不算这次", "It belongs to another campaign"),
    ),
    LineVerb.JUNK: (
        S("误扫", "Misread"),
        S("不是客户的码，只留记录", "No customer's code: kept only"),
    ),
    LineVerb.CHOOSE: (
        S("采用这个", "This one counts"),
        S("两个都留着，这个算数", "Both stay, this one counts"),
    ),
    LineVerb.RECOUNT: (
        S("再盘一次", "Recount"),
        S("由没盘过这家的人再盘", "By somebody who has not counted it"),
    ),
}
CHOICES: Final[dict[str, tuple[LineVerb, ...]]] = {
    "open": (LineVerb.CARRY, LineVerb.NOT_FOUND, LineVerb.DEFER),
    "unexpected": (
        LineVerb.ALIAS, LineVerb.NEW_CUSTOMER, LineVerb.OTHER_CAMPAIGN, LineVerb.JUNK,
    ),
    "conflicts": (LineVerb.CHOOSE, LineVerb.RECOUNT),
    "done": (),
    "counters": (),
}  # fmt: skip
DECIDE_TITLES: Final = {
    "open": DECIDE, "unexpected": DECIDE_SCAN, "conflicts": DECIDE_CONFLICT,
    "done": S("重新盘点", "Count anew"),
    "counters": DECIDE,
}  # fmt: skip

NEXT_STEP = S("走下一步", "Take the next step")
COMMIT_RUN = S("定下，或走下一步", "Decide, or take the next step")
NEXT_ACTS: Final = {
    "review": S("转入差异核对", "Go to the review"),
    "submit": S("送审批", "Submit for approval"),
    "adjust": S("开始处理差异", "Begin to treat"),
    "close": S("归档报告并结束", "Archive and close"),
    "resume": S("续期，继续盘", "Go on counting"),
}
NO_NEXT: Final = {
    "submitted": S("在审批箱里等人批", "It waits in the inbox"),
    "in_review": S("在等第二个人批", "It waits for the second approval"),
    "closed": S("已完成，只读", "Closed: read-only"),
    "cancelled": S("已作废，只读", "Cancelled: read-only"),
}
BLOCKED, UNBLOCKED = (
    S("挡着 {count} 项", "In the way: {count}"),
    S("没有挡着的", "Nothing in the way"),
)
BLOCKS: Final = {
    "UnsyncedDevicesError": ("", S("有设备还没同步完", "some devices have not sent everything")),
    "LinesInConflictError": ("conflicts", S("{lines} 户冲突", "{lines} in conflict")),
    "LinesUndecidedError": (
        "open",
        S("{lines} 户未盘，逐户定：顺延、未找到、延后", "{lines} not counted: decide each"),
    ),
    "VariancesOpenError": (
        "differ",
        S("有差异没写原因或处理，到「差异核对」补", "differences lack reason or treatment"),
    ),
    "UnexpectedOpenError": ("unexpected", S("{scans} 次账外扫码没定", "{scans} scans undecided")),
    "ChildrenOpenError": ("", S("{documents} 张处理单没完", "{documents} documents not final")),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sheet says before a step: its title, its verb, what will follow, what will stay."""

    title: S
    verb: S
    follows: tuple[S, ...]
    stays: tuple[S, ...]


CANCEL_TITLE = S("作废 {name}", "Cancel {name}")
CANCEL_ACT = S("作废", "Cancel it")
RECOUNT_ACT = S("选复盘户…", "Recount…")
REOPEN_ACT = S("重新盘点…", "Reopen…")
NOT_NOW: Final = {
    "recount": S("盘点中才能选复盘户", "Only while it is counted"),
    "reopen": S("差异核对时才能重新盘点", "Only while differences are reviewed"),
    "cancel": S("送审批以后不能作废", "Not after it was submitted"),
}
REOPEN_ROWS = S("先在「已盘、已定」里选要重新盘的户", "Choose first under Done whom to count anew")
CANCEL: Final = Asked(
    CANCEL_TITLE, CANCEL_ACT,
    (S("客户放出来，可进别的计划", "Its customers are free for other campaigns"),),
    (S("盘点记录都保留", "Everything counted is kept"),),
)  # fmt: skip
RECOUNT: Final = Asked(
    S("选复盘户，开始复盘", "Begin the recount"), S("开始复盘", "Begin the recount"),
    (S("超容差的和抽中的转待复盘", "Those over tolerance and drawn are counted again"),),
    (S("第一次的数留着，复盘的人看不到", "The first figures stay, recounters do not see them"),),
)  # fmt: skip
REOPEN: Final = Asked(
    S("重新盘点 {count} 户", "Count {count} anew"), S("退回盘点", "Go back to counting"),
    (
        S("计划回到「盘点中」", "The campaign counts again"),
        S("选中的 {count} 户变回待盘", "{count} chosen: to be counted"),
    ),
    (
        S("原来的数和决定留着，不再算", "Old counts are kept, not used"),
        S("其余 {others} 户不动", "The other {others} stay"),
    ),
)  # fmt: skip
CLOSED_SAID = S("已结束，报告已归档", "Closed, and its report is archived")
REFRESH = S("再看一次", "Look again")
SPOKEN = S("覆盖率 {share}，{blocks}", "Coverage {share}, {blocks}")
SHEETS = S("盘点表", "Count sheets")
SHEETS_AT = S(
    "盘点表在 {path}，本机没有程序能打开",
    "The count sheets are at {path}; no program here opens them",
)
EXPIRED_SAID = S(
    "{numbers} 太久没人盘，已过期，打开可以续期",
    "Nobody counted {numbers} for too long: expired. Open it to go on",
)

"""What the counting page says, in Chinese and in English."""

from typing import Final

from erpdesk.domain.codes.reading import Kind
from erpdesk.domain.stocktake.counting import Finding
from erpdesk.words import Sentence
from ui.look import Tone
from ui.work.sounds import Sound

S = Sentence

TITLE = S("盘点", "Count")
CUT_OFF = S("截止日 {day}", "Cut-off {day}")
OPEN_COUNT, BLIND_COUNT = S("明盘", "Open count"), S("盲盘", "Blind count")
BY = S("初盘·{name}", "Counter·{name}")
CHOOSE = S("换一个盘点计划", "Change campaign")
SHEET, HAND_OVER = S("盘点表", "Count sheet"), S("交班", "End shift")
CARD = S("命令卡", "Command card")
NOTHING = S("", "")
PAPER_AT = S("在 {path}，这台电脑没有打开 PDF 的程序", "It is at {path}; no program here opens it")
SHEET_ALONE = S("只看第 {page} 张盘点表，未盘 {n}", "Sheet {page} alone: {n} not yet")
SHOW_ALL = S("回车看全部", "Enter shows all")
MORE_WAITING = S("还有 {n} 户没列出", "{n} more, not listed")
SCAN_OR_FIND = S("扫码，或输入编码、名称", "Scan, or type a code or name")
NOT_PRINTED = S("没有打印", "It was not printed")

FIELD = S("扫码，或输入编码、名称、拼音后回车", "Scan, or type code, name or pinyin and Enter")
SCANNED, STORED, PENDING = S("扫码", "scanned"), S("已存", "stored"), S("待存", "pending")
UNEQUAL = S(
    "{scanned} 扫码，{stored} 已存，{pending} 待存，差 {missing}",
    "{scanned} scanned, {stored} stored, {pending} pending, {missing} missing",
)
TO_FINISH = S("录入中的金额未存前，此处显示 1 待补", "What is typed is not stored yet: 1 to finish")
LAST = S("最近一次 {time}", "Last at {time}")

READY = S("可以扫了", "Ready to scan")
READY_WHAT = S(
    "扫客户标签、盘点行码，或在上面输入。每一次扫码先存下，再判断。",
    "Scan a customer's label or a count line, or type above. Every scan is stored first.",
)
NO_CAMPAIGN = S("现在没有进行中的盘点", "No campaign is running now")
NO_CAMPAIGN_WHAT = S(
    "主管冻结名单以后，盘点计划会出现在这里。此时扫码不会存下。",
    "Once a supervisor freezes a list, the campaign appears here. Until then scans are not stored.",
)
TO_CAMPAIGNS = S("去盘点计划", "Go to the campaigns")
TO_CAMPAIGNS_WHAT = S("定谁盘、盘哪些客户，冻结名单", "Say who counts whom, and freeze the list")
SEVERAL = S("有几个符合，选一个", "Several fit: choose one")

FOUND: Final[dict[Finding, S]] = {
    Finding.COUNTED: S("已识别", "Recognised"),
    Finding.ALREADY_COUNTED: S("已盘过", "Already counted"),
    Finding.NOT_IN_CAMPAIGN: S("账外：不在本次盘点", "Unexpected: not in this campaign"),
    Finding.UNKNOWN: S("账外：没有这个码", "Unexpected: no such code"),
    Finding.UNREADABLE: S("账外：读不出", "Unexpected: unreadable"),
    Finding.REFUSED: S("没有存", "Not stored"),
}
TONES: Final[dict[Finding, tuple[Tone, str, Sound]]] = {
    Finding.COUNTED: ("ok", "circle-check", "ok"),
    Finding.ALREADY_COUNTED: ("attention", "copy", "repeat"),
    Finding.NOT_IN_CAMPAIGN: ("attention", "triangle-alert", "unexpected"),
    Finding.UNKNOWN: ("attention", "triangle-alert", "unexpected"),
    Finding.UNREADABLE: ("attention", "triangle-alert", "unexpected"),
    Finding.REFUSED: ("error", "octagon-x", "refused"),
}
"""Tone, shape and sound of what a scan was; match and mismatch sound alike."""

NTH = S("第 {n} 户·本计划尚未盘过", "No. {n}·not yet counted in this campaign")
NOT_YET = S("本计划尚未盘过", "not yet counted in this campaign")
FIRST_BY = S("{name} {time} 已盘·覆盖率不变", "counted by {name} at {time}·coverage unchanged")
KEPT = S("已存为账外记录·覆盖率不变", "stored as unexpected·coverage unchanged")
SAID: Final[dict[Finding, S]] = {
    Finding.COUNTED: S("{source}·已识别·{customer}", "{source}·recognised·{customer}"),
    Finding.ALREADY_COUNTED: S(
        "{source}·重复·{customer}·{name} {time} 已盘",
        "{source}·repeated·{customer}·counted by {name} at {time}",
    ),
    Finding.NOT_IN_CAMPAIGN: S(
        "{source}·账外·已存，等你处理（可继续扫）",
        "{source}·unexpected·stored, to be decided (go on scanning)",
    ),
}
SOURCES = {
    "wedge": S("键盘口", "keyboard scanner"),
    "serial": S("串口", "serial scanner"),
    "typed": S("手工输入", "typed"),
}
DELAYED = S("还没存上，会自己再存", "Not stored yet; it is tried again by itself")
UNSURE = S("不知道存上没有，会自己再存", "Stored or not: not known; tried again by itself")
RETRY = S("再存一次", "Store again")
HELD = (
    S("还有没存上的", "Not all is stored"),
    S(
        "请再存一次。再关一次就关：没存上的留在本机，下次打开再存。",
        "Store again. Closing once more closes: it stays on this computer until it opens again.",
    ),
)
HELD_NOWHERE = (
    S("还有没存上的，现在关掉就丢了", "Not all is stored: closing now loses it"),
    S(
        "请再存一次。存不上也要关，就再关一次。",
        "Store again. To close all the same, close once more.",
    ),
)
"""Where it could not be kept on this computer either."""

COMPOSITION = S("余额构成", "What the balance is made of")
CODE_IS, TAX_IS = S("编码 {code}", "Code {code}"), S("统一社会信用代码 {tax}", "Tax no. {tax}")
BILLED = S("应收账款（已开票）", "Receivable (billed)")
UNBILLED = S("暂估应收", "Unbilled")
UNAPPLIED = S("未核销收款", "Unapplied receipts")
BOOK = S("账面余额 {day}", "Book balance {day}")
SUM_OF = S("= 已开票 + 暂估 − 未核销", "= net of the three")
NO_INVOICE = S("未开票", "no invoice yet")
WITHHELD = S("盲盘：复核后显示", "blind: shown after review")

VERIFY_HEAD, FILE_HEAD, RESULT_HEAD = (
    S("核对资料", "Field"),
    S("档案", "In the books"),
    S("结果", "Result"),
)
FIELDS: Final[dict[str, S]] = {
    "name": S("单位名称", "Name"),
    "tax_id": S("信用代码", "Tax number"),
    "address": S("开票地址", "Address"),
    "bank": S("开户行及账号", "Bank"),
    "contact": S("联系人、电话", "Contact"),
    "email": S("对账邮箱", "E-mail"),
}
SAME, CORRECTED, OPEN = S("一致", "same"), S("更正", "corrected"), S("未核", "open")
ALL_SAME = S("全部一致", "All same")
SAME_KEY = S("空格", "Space")
CORRECT = S("更正…", "Correct…")
VERIFIED = S("已核 {done} / {all}", "{done} / {all} verified")
CORRECT_TO = S("{field} 改为（回车记下，Esc 不改）", "{field} should be (Enter keeps, Esc leaves)")

STATED = S("客户自述余额", "Balance the customer states")
AS_BOOK = S("与账面一致", "As in books")
NOT_THEIRS = S("对方无此账", "Not theirs")
EMPTY_IS_NOT_ZERO = S("空 ≠ 0", "empty ≠ 0")
NO_DIFFERENCE = S("与账面一致", "As in the books")
DIFFERENCE = S("差异 {amount}", "Difference {amount}")
LIKE_UNBILLED = S(
    "恰等于暂估 {amount}，对方多半还没入账",
    "Just the unbilled {amount}: probably not in their books yet",
)
LIKE_UNAPPLIED = S("恰等于未核销收款 {amount}", "Just the unapplied receipts of {amount}")
STATED_LESS, STATED_MORE = (
    S("对方比账面少", "They state less than the books"),
    S("对方比账面多", "They state more than the books"),
)
WAY, WHO = S("答复方式", "How they answered"), S("答复人", "Who answered")
WAYS: Final = ("", "电话", "当面", "回函", "邮件", "对账单")
WAY_WORDS: Final[dict[str, S]] = {
    "": S("—", "—"),
    "电话": S("电话", "telephone"),
    "当面": S("当面", "in person"),
    "回函": S("回函", "reply letter"),
    "邮件": S("邮件", "e-mail"),
    "对账单": S("对账单", "statement"),
}
ATTACH, ATTACHED = S("附证据", "Attach evidence"), S("证据 {n} 件", "{n} attached")

NEXT_STORES = S("下一次扫码会先存好这一户", "The next scan stores this one first")
CLEAR, PARK = S("清空", "Clear"), S("延后", "Later")
RECORD = S("记录，等下一码", "Record, next code")
RECORDED = S("已记录", "Recorded")
RECORDED_DIFFERENCE = S("已记录，差异 {amount}", "Recorded, difference {amount}")
NEEDS_ONE = S(
    "至少核对一项，或填自述余额（零要写 0）。",
    "Verify a field or state a balance (zero is written 0).",
)

CHANGE = S("要改吗", "Change it?")
ITEM, EARLIER, NOW = (
    S("项目", "Item"),
    S("已有记录：{name} {time}", "On record: {name} {time}"),
    S("本次扫码：{name} {time}", "This scan: {name} {time}"),
)
R_STATED, R_REPLY, R_FIELDS, R_EVIDENCE = (
    S("自述余额", "Stated balance"),
    S("答复", "Answer"),
    S("资料核对", "Fields verified"),
    S("证据", "Evidence"),
)
NOW_SCAN = S("本次扫码", "This scan")
THEIRS_HIDDEN = S("别人的记录，这里不显示", "another's record, not shown here")
NONE_YET = S("未录入", "nothing yet")
COUNT_OF = S("{n} 项", "{n}")
KEEP, KEEP_WHAT = (
    S("保持已有记录", "Keep what is on record"),
    S("什么也不改；这次扫码作为「重复」留痕", "Nothing changes; this scan is kept as a repeat"),
)
MINE, MINE_WHAT = (
    S("更正我的记录", "Correct my record"),
    S("新记录取代我先前的，两条都留着", "A new record takes the place of mine; both are kept"),
)
SECOND, SECOND_WHAT = (
    S("记我的结果为第二意见", "Record mine as a second opinion"),
    S("两人不同会成为「冲突」，由主管裁决", "If both differ, the supervisor decides"),
)
RECOUNT, RECOUNT_WHAT = (
    S("请求复盘", "Ask for a recount"),
    S(
        "交给没盘过的人；对方看不到首次结果",
        "By somebody else, who sees no result",
    ),
)
SCANNED_AGAIN = S("重复扫码，请换人复盘", "Scanned again: let somebody else count it")
RECOUNT_ASKED = S("已请求复盘，等主管安排", "A recount is asked for; a supervisor decides")
NOT_ASKED = S("没能请求复盘", "The recount was not asked for")
RECOMMENDED = S("推荐", "recommended")
SCAN_KEEPS = S("直接扫下一张 = 保持已有记录", "Just scan the next = keep what is on record")
KEEP_NEXT = S("保持，等下一码", "Keep, next code")
WHAT_NOW, WHAT_IS_IT = (
    S("怎么处理", "What to do with it"),
    S("你看是什么（由主管决定）", "What do you think it is (a supervisor decides)"),
)
MAYBE, WHY, NUMBER = S("可能是", "Perhaps"), S("理由", "Reason"), S("编码", "Code")
NOBODYS = S("没有客户用这个码。", "No customer has this code.")
PAPERS: Final = {
    Kind.NOTICE: S(
        "这是通知书的码，不是客户的。", "It is the code of a notice, not of a customer."
    ),
    Kind.VOUCHER: S(
        "这是凭证的码，不是客户的。", "It is the code of a voucher, not of a customer."
    ),
    Kind.STATEMENT: S(
        "这是对账单的码，不是客户的。", "It is the code of a statement, not of a customer."
    ),
}
NO_MAYBE = S("没有相近的客户。", "No customer comes near.")
OUTSIDE, LIKE = S("范围外", "outside"), S("相近", "similar")
OUTSIDE_IS_THEIRS = S(
    "这个码本来就是这户的，只是不在本次盘点", "It is theirs already, only not in this campaign"
)
LINK, NEW_CUSTOMER = (
    S("关联为所选客户的条码", "A code of the chosen customer"),
    S("是新客户", "A new customer"),
)
OTHER = S("属于其他计划", "Of another campaign")
BY_COUNTER: Final[dict[str, S]] = {
    "alias": S("提给主管；记录保留原始码", "For a supervisor; the raw code is kept"),
    "new_customer": S("提给主管建档，不进覆盖率", "For a supervisor to make; not in the coverage"),
    "other_campaign": S("提给主管转走", "For a supervisor to hand on"),
    "junk": S("提给主管作废；记录仍在", "For a supervisor to void; it stays on record"),
}
BY_SUPERVISOR: Final[dict[str, S]] = {
    "alias": S("这一户算盘到；记录保留原始码", "They count as reached; the raw code is kept"),
    "new_customer": S("另行建档，不进覆盖率", "To be made apart; not in the coverage"),
    "other_campaign": S("转给该计划负责人", "Handed to whoever owns it"),
    "junk": S("记录仍在，标为作废，要写原因", "It stays, marked as void; a reason is needed"),
}
FATES: Final[dict[str, S]] = {
    "alias": S("关联条码", "a code of"),
    "new_customer": S("新客户", "a new customer"),
    "other_campaign": S("其他计划", "another campaign"),
    "junk": S("误扫", "a mistake"),
}
PROPOSED_BY = S("{name} 建议：{what}", "{name} proposes: {what}")
PROPOSED, PROPOSE = S("已提建议", "Proposed"), S("提交建议", "Propose")
NOT_PROPOSED = S("建议没有记下", "The proposal was not recorded")
NOTE = S("给主管的话（可不写）", "A word for the supervisor (optional)")
SEARCH, SEARCH_WHAT = (
    S("按名称、电话、税号找", "Find by name, phone, tax number"),
    S("标签损坏时用", "When the label is damaged"),
)
JUNK = S("误扫，作废此条", "Scanned by mistake")
LATER = S("稍后处理", "Later")
STAYS = S(
    "不处理也可以继续扫：留在「账外」，关闭计划前逐条决定",
    "You may go on scanning: it stays under Unexpected until it is decided",
)
STAYS_PROPOSED = S(
    "不提建议也可以继续扫：留在「账外」，由主管逐条决定",
    "You may go on scanning: it stays under Unexpected for a supervisor",
)
REASON = S("原因（至少 5 个字）", "Reason (5 characters or more)")
DECIDE = S("记下决定", "Record the decision")
DECIDE_IT, PROPOSE_IT = S("记下：{what}", "Record: {what}"), S("建议：{what}", "Propose: {what}")
PROPOSED_ONE = S("有人建议", "proposed")
DECIDED = S("已决定", "Decided")
NO_CHOICE = S("先在上面选一户", "Choose a customer above")
RAW = S("原始字节已存 {hex}", "Raw bytes stored {hex}")
BYTES = S("{n} 字节", "{n} bytes")

COVERAGE, COUNTED_OF, UNCOUNTED = (
    S("覆盖率", "Coverage"),
    S("已盘 {n} / {all} 户", "{n} of {all} counted"),
    S("未盘 {n}", "{n} open"),
)
TABS: Final[dict[str, S]] = {
    "recent": S("最近", "Recent"),
    "open": S("未盘", "Open"),
    "unexpected": S("账外", "Unexp."),
    "conflicts": S("冲突", "Conflict"),
    "parked": S("待补", "Parked"),
}
EMPTY_TABS: Final[dict[str, S]] = {
    "recent": S("还没有扫码。", "Nothing scanned yet."),
    "open": S("都盘到了。", "Everybody is counted."),
    "unexpected": S("没有账外。", "Nothing unexpected."),
    "conflicts": S("没有冲突。", "No conflict."),
    "parked": S("没有待补。", "Nothing parked."),
}
HINTS = S("F6 换区·↑↓ 选行·Enter 重开", "F6 pane·↑↓ row·Enter opens")
TYPING, RECORDED_ONLY, REPEATED, UNEXPECTED = (
    S("录入中", "typing"),
    S("已录", "recorded"),
    S("重复", "repeat"),
    S("账外", "unexpected"),
)
COUNTED_BEFORE = S("已盘过", "before")
AGREES, DIFFERS, TO_DECIDE = (
    S("一致", "agrees"),
    S("差 {amount}", "off {amount}"),
    S("待处理", "to decide"),
)
SCAN_ONLY = S("仅扫码", "scan only")
UNKNOWN_CODE = S("未识别的码", "unknown code")
PARKED = S("待补：{why}", "parked: {why}")

SHIFT, SHIFT_SINCE = (
    S("本班小结", "This shift"),
    S("{name}·自 {time} 起·最多 12 小时", "{name}·since {time}·12 hours at most"),
)
SHIFT_EQUAL = S(
    "{scans} 扫码 = {stored} 已存 + {pending} 待存",
    "{scans} scanned = {stored} stored + {pending} pending",
)
SHIFT_PENDING = S(
    "还有 {pending} 次没存上，先「再存一次」再交班",
    "{pending} are not stored yet: store again before you hand over",
)
SUMS: Final[dict[str, S]] = {
    "scans": S("扫码", "Scanned"),
    "stored": S("已存", "Stored"),
    "pending": S("待存", "Pending"),
    "statements": S("录入", "Statements"),
    "unexpected": S("账外待定", "Unexpected"),
    "parked": S("待补", "Parked"),
    "taken_back": S("撤回", "Taken back"),
}
SIGNATURE = S("交班人签字　________________", "Handed over by  ________________")
SIGNATURE_NEXT = S("接班人签字　________________", "Taken over by  ________________")
NO_SHIFT = S("没有交班小结", "There is no sum of the shift")
LOOK = S("重新看一遍", "Look again")
NOT_DECIDED = S("没有记下", "Not recorded")
AGAIN = S("再记一次", "Record again")
AGAIN_WHAT = S("新记录与先前的都会留着", "the new record and the earlier one both stay")
BACK = S("回去接着盘", "Go on counting")

TAKE_BACK = S("撤回这条", "Take this back")
TAKEN_BACK, TAKEN_BACK_STATED = (
    S("已撤回 {name}，可以重扫", "Taken back: {name}; it may be scanned again"),
    S(
        "已撤回 {name} 的自述，先前的记录算数",
        "Taken back: what {name} stated; the one before counts",
    ),
)
NOT_TAKEN_BACK = S("没有撤回", "Not taken back")
NOTHING_OF_MINE = S(
    "这一班没有可撤回的。扫一次或选中最近的一行再撤回。",
    "Nothing of this shift can be taken back. Scan, or choose a row of Recent.",
)
WAS_TAKEN_BACK = S("已撤回", "taken back")
CONFLICT = S("冲突", "Conflict")
TWO_DIFFER = S("两人记的不同，要定哪个算数", "two counters differ: which one counts")
LEFT, RIGHT = S("左", "Left"), S("右", "Right")
LEFT_BY, RIGHT_BY = (
    S("左：{name} {time}", "Left: {name} {time}"),
    S("右：{name} {time}", "Right: {name} {time}"),
)
BOTH_STAY = S("两条都留着，只定哪条算数", "Both stay on record; only which counts is decided")
WHICH_COUNTS = S("哪个算数", "Which one counts")
TAKE_LEFT, TAKE_RIGHT = S("采用左", "Take the left"), S("采用右", "Take the right")
RECOUNT_BOTH = S("复盘", "Recount")
STATES = S("{name}：{amount}", "{name}: {amount}")
MORE_RECORDS = S("还有 {n} 份记录", "{n} more records")
ONLY_SUPERVISOR_RULES = S("由主管裁决；两条都已存下", "A supervisor rules; both are stored")
NO_CONFLICT_LEFT = S("冲突已经解决", "The conflict is solved")
TAKEN_UP = S("上次没录完的 {n} 户，放在「待补」里", "{n} half-typed last time: under Parked")
SEE_PARKED = S("看待补", "See them")
NOT_HERE_EITHER = S(
    "没存上的，本机也没能留下", "What is not stored was not kept on this computer either"
)
NOT_KEPT = S("没录完的没能存成草稿", "What is half typed was not kept as a draft")

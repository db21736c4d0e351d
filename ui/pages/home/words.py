"""What the home page says, in Chinese and in English."""

from typing import Final

from erpdesk.words import Sentence

S = Sentence

TITLE = S("首页", "Home")
DAY = S("{day} {weekday}", "{weekday} {day}")
WEEKDAYS: Final = (
    S("星期一", "Monday"),
    S("星期二", "Tuesday"),
    S("星期三", "Wednesday"),
    S("星期四", "Thursday"),
    S("星期五", "Friday"),
    S("星期六", "Saturday"),
    S("星期日", "Sunday"),
)
START = S("开始盘点", "Start counting")
FOR_ME = S("等我处理", "Waiting for me")
HANDED_ON = S("我交出去的，等别人", "Handed on by me")
COUNT = S("{n} 件", "{n}")
LOOKING = S("正在看…", "Looking…")
NOTHING = S("没有等你的事。", "Nothing waits for you.")
NOTHING_OUT = S("没有在别人手里的。", "Nothing of yours is with others.")
WHAT, WHO, AMOUNT, SINCE = (
    S("单据", "Document"),
    S("客户", "Customer"),
    S("金额", "Amount"),
    S("交出", "Since"),
)
WAITED = S("已等 {n} 天", "{n} days")
TODAY = S("今天", "today")
UNKNOWN_PAYER = S("待查款项", "Payer unknown")
CAME_BACK: Final = {
    "return": S("退回补充：{reason}", "Sent back: {reason}"),
    "reject": S("驳回：{reason}", "Rejected: {reason}"),
}
NO_CUSTOMER = S("—", "—")
COUNTS = S("进行中的盘点", "Campaigns under way")
NO_COUNTS = S("现在没有进行中的盘点。", "No campaign is running.")
COUNTED = S("已盘 {n} / {all}", "{n} of {all} counted")
OPEN = S("未盘 {n}", "{n} open")
COUNTED_WORD, OPEN_WORD = S("已盘", "counted"), S("未盘", "open")
OWED = S("往来余额", "Balances")
BILLED, UNBILLED, UNAPPLIED = (
    S("已开票", "Billed"),
    S("暂估", "Unbilled"),
    S("未核销", "Unapplied"),
)
NOBODY_OWES = S(
    "还没有往来。先导入客户和未开票出库单。",
    "No balances yet. Begin by importing customers and uninvoiced deliveries.",
)
IMPORT = S("导入…", "Import…")
UNBOOKED = S("{n} 张出库单没写凭证", "{n} deliveries in no voucher")
WRITE = S("去写临时凭证", "Write vouchers")
CUSTOMERS_OWING = S("{n} 户有余额", "{n} customers with a balance")
BOOKS_UNSEEN = S("账套还没有校验", "The books were not checked yet")
BOOKS_WELL = S("账套校验 {n} 项全部通过", "All {n} checks passed")
BOOKS_ILL = S("账套校验：{n} 项不成立", "Failing checks of the books: {n}")
BOOKS_BUSY = S("正在校验：第 {done} 项，共 {all} 项", "Checking: no. {done} of {all}")
CHECKING = S("正在校验", "A check is on its way")
BOOKS_BROKEN = S("账套读不出来", "The books cannot be read")
FAILS = S("「{check}」不成立：{found}", '"{check}" fails: {found}')
FAILS_MORE = S("{first}，还有 {n} 处", "{first}, and {n} more")
SINCE_WHEN = S("自 {at}", "since {at}")
MORE_FAIL = S("还有 {n} 项", "{n} more")
SHOW = S("看哪里不对", "Show where")
CHECK = S("校验账套", "Check the books")
LATEST = S("{at} 查过，用时 {seconds} 秒", "Checked {at}, took {seconds} s")
NO_BACKUP = S("还没有备份", "There is no backup yet")
LAST_BACKUP = S("最近一次好的备份是 {at}", "The last good backup is of {at}")
BACKUP_LATE = S("磁盘坏了，没备份的就没了。", "If the disk fails, what is not in one is lost.")
BACKUP_FAILED = S("自动备份没做成", "The daily backup failed")
TO_BACKUP = S("去备份", "Back up")
READ_ONLY = S("只看不改，随时可查。", "It only looks, at any time.")
ICONS: Final = {
    "voucher": "file-clock", "receipt": "banknote", "allocation": "handshake",
    "reversal": "undo-2", "customer": "building-2", "campaign": "clipboard-list",
    "authority": "key-round", "notice": "mail", "statement": "file-text", "import": "upload",
    "reply": "mail", "unidentified": "circle-help", "promise": "phone-call", "dispute": "flag",
}  # fmt: skip

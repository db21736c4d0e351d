"""What the import wizard says."""

from typing import Final

from erpdesk.domain.importing.fates import Fate
from erpdesk.services.importing.sorts import Sort
from erpdesk.words import Sentence
from ui.look import Tone

S = Sentence
TITLE = S("导入", "Import")
STEPS: Final = (
    S("选文件", "File"),
    S("对列", "Columns"),
    S("试运行", "Dry run"),
    S("导入", "Import"),
    S("结果", "Result"),
)
STEP = S("第 {n} 步，共 {count} 步：{name}", "Step {n} of {count}: {name}")
CANCEL, CLOSE = S("取消", "Cancel"), S("关闭", "Close")
BACK = S("上一步", "Back")
TO_COLUMNS, TO_DRY_RUN = S("下一步：对列", "Next: columns"), S("试运行", "Dry run")
IMPORT = S("导入 {good} 行，跳过 {skipped}", "Import {good} rows, skip {skipped}")
ANOTHER = S("再导一个文件", "Import another file")
STOP = S("停下", "Stop")

SORTS: Final[dict[Sort, tuple[Sentence, Sentence, str]]] = {
    Sort.CUSTOMERS: (
        S("客户清单", "Customers"),
        S("一行一户；同一户的几个条码可以各占一行。", "A row a customer, or a row a barcode."),
        "building-2",
    ),
    Sort.DELIVERIES: (
        S("未开票出库单", "Uninvoiced deliveries"),
        S(
            "一行一张单，或一行一条明细；明细也可以另放一个文件。",
            "A row a delivery or a row a line; the lines may be in a second file.",
        ),
        "file-clock",
    ),
    Sort.OPENINGS: (
        S("期初未清项", "Opening items"),
        S(
            "一行一笔没结清的：类别写已开票、暂估或预收，不写算已开票；记在上月最后一天。"
            "还要开票的货不放这里，导入出库单。",
            "A row an open item; its kind is billed, unbilled or paid ahead, billed where it is"
            " not said. Booked on the last day of last month. Goods that will be invoiced come in"
            " as deliveries instead.",
        ),
        "layers",
    ),
    Sort.STATEMENTS: (
        S("银行流水", "Bank statement"),
        S(
            "一行一笔；收入的各成一张收款单，按流水号只算一次。"
            "请从网银导出 Excel 或 CSV；MT940、camt.053、OFX 读不了。",
            "A row a line; what came in becomes receipts, each reference once. Export Excel or CSV "
            "from the online bank; MT940, camt.053 and OFX are not read.",
        ),
        "banknote",
    ),
}
SORT = S("导入什么", "What to import")
FILE, LINES = S("文件", "File"), S("明细文件（可不选）", "File of the lines (optional)")
BROWSE = S("选文件…", "Choose…")
FILTER = S(
    "表格 (*.csv *.tsv *.txt *.xlsx);;所有文件 (*)",
    "Tables (*.csv *.tsv *.txt *.xlsx);;All files (*)",
)
DROP = S(
    "也可以把文件拖进来。CSV 或 XLSX，编码和分隔符自动认。",
    "You can drop a file here too. CSV or XLSX; encoding and separator are found.",
)
NEEDS = S("至少要有这些列：{names}", "Columns it needs: {names}")
NO_FILE = S("先选一个文件", "Choose a file first")

HEADING, SAMPLES, FIELD = (
    S("表头", "Heading"),
    S("头三个值", "First values"),
    S("是什么", "What it is"),
)
NOT_USED = S("（不用）", "(not used)")
NAMED = S("「{heading}」这一列是什么", "What the column {heading} is")
NO_HEADING = S("（第 {n} 列没有表头）", "(column {n} has no heading)")
NOT_CHOOSABLE = S(
    "没有表头，或和前面一列同名，分不清；请在文件里改好再导",
    "No heading of its own: name it in the file and choose the file again",
)
STILL = S("还缺：{names}", "Still missing: {names}")
SHEET, ENCODING = S("工作表", "Sheet"), S("文字编码", "Encoding")
ENCODING_OF = S("{name} 的文字编码", "Encoding of {name}")
UNSAID = S("没选", "not chosen")
ENCODINGS = (
    ("gb18030", "GB18030"), ("utf-8", "UTF-8"), ("big5", "Big5"), ("utf-16", "UTF-16"),
    ("cp1252", "Windows-1252"),
)  # fmt: skip
REMEMBERED = S("按上次给这种表头对的列", "Columns as you said for such a header before")
FORGET = S("重新认", "Find anew")
OR: Final = {"zh": " 或 ", "en": " or "}
COMMA: Final = {"zh": "、", "en": ", "}

FATES: Final[dict[Fate, tuple[Sentence, Tone, str]]] = {
    Fate.NEW: (S("新", "New"), "ok", "circle-plus"),
    Fate.CHANGED: (S("变了", "Changed"), "info", "pencil"),
    Fate.SAME: (S("已有", "In the books"), "neutral", "check"),
    Fate.LEFT_OUT: (S("不算", "Left out"), "neutral", "minus"),
    Fate.REFUSED: (S("不收", "Refused"), "error", ""),
    Fate.NOTED: (S("留意", "Look at"), "attention", ""),
}
ALL = S("全部", "All")
LINE, FATE, WHO = S("行", "Line"), S("结果", "Result"), S("内容", "What")
AMOUNT, WHY = S("金额", "Amount"), S("说明", "Why")
UNDER = S("{column}：{reason}", "{column}: {reason}")
READ = S(
    "读了 {rows} 行，能导入 {good} 行，跳过 {skipped} 行",
    "{rows} rows read: {good} come in, {skipped} do not",
)
MAKES: Final[dict[Sort, Sentence]] = {
    Sort.CUSTOMERS: S("{made} 户", "{made} customers"),
    Sort.DELIVERIES: S("{made} 张单，合计 {total}", "{made} deliveries, {total} in all"),
    Sort.OPENINGS: S("{made} 笔未清项，合计 {total}", "{made} open items, {total} in all"),
    Sort.STATEMENTS: S("{made} 笔收款，合计 {total}", "{made} receipts, {total} in all"),
}
RECEIPTS_WAIT = S(
    "每笔收款都等第二个人审批，批了才能核销。付款人不详的记入待查款项。",
    "Each receipt waits for a second person before it can be matched. Money from nobody known is"
    " kept as unidentified.",
)
WAITS = S(
    "建账期已过：导入后先交第二个人审批，批了才进账套。",
    "Set-up is over: a second person has to approve the list before it is in the books.",
)
BEFORE = S(
    "这个文件 {at} 由 {by} 导入过（{number}）。没变的行不会重复。",
    "{by} imported this file at {at} ({number}). Unchanged rows come in only once.",
)
BEFORE_WAITING = S(
    "这个文件 {at} 由 {by} 导入过（{number}），还在等人审批。先等那一份，再导就有两份。",
    "{by} imported this file at {at} ({number}), and it still waits for approval. Wait for that"
    " one: again would make two.",
)
NOTHING_GOOD = S("没有可以导入的行", "There is no row to import")
EXPORT_NOTHING = S("没有不收的行", "No row was refused")
EXPORT = S("导出不收的行…", "Export refused rows…")
EXPORTED = S("不收的 {count} 行已写到 {name}", "{count} refused rows are in {name}")
TABLE_WORDS: Final = {
    "table": S("试运行的行", "Rows of the dry run"),
    "search": S("在这些行里查", "Find in these rows"),
    "columns": S("列", "Columns"),
    "copy": S("复制", "Copy"),
    "export": EXPORT,
    "filters": S("按结果筛选", "Filter by result"),
    "nothing_yet": S("文件里没有行", "The file has no rows"),
    "nothing_fits": S("没有符合的行", "No row fits"),
    "clear": S("清除筛选", "Clear filter"),
}
COUNT = S("列出 {rows} / {fitting}，选中 {selected}", "{rows} of {fitting}, {selected} selected")

OPENING = S("正在打开文件", "Opening the file")
CHECKING = S("正在试运行：已读 {done} 行", "Dry run: {done} rows read")
CHECKING_OF = S("正在试运行：已读 {done} / {total} 行", "Dry run: {done} of {total} rows read")
LOADING = S("正在导入：已读 {done} 行", "Importing: {done} rows read")
LOADING_OF = S("正在导入：已读 {done} / {total} 行", "Importing: {done} of {total} rows read")
POSTING = S("{total} 行都读完了，正在入账", "All {total} rows read, now posting")
STOPPING = S("正在停下", "Stopping")
WAIT = S("等这一步做完", "Wait for this step to end")
OPEN_STOPPED = S("已停下，什么都没写入。", "Stopped; nothing was stored.")
CHECK_STOPPED = S("停在第 {done} 行，什么都没写入。", "Stopped at row {done}; nothing was stored.")
LOAD_STOPPED = S(
    "导入停在第 {done} 行，全部退回，什么都没写入。可以再导。",
    "The import stopped at row {done} and was rolled back; nothing was stored. You can import"
    " again.",
)

BROKE = S(
    "没能做完：程序出了意外（{id}）。什么都没写入。再试一次；还不行就把编号告诉管理员。",
    "It could not be done: something unexpected happened ({id}). Nothing was stored. Try again; if"
    " it fails again, tell the id to whoever looks after the program.",
)

IMPORTED = S("导入好了", "Imported")
HANDED_ON = S("已提交，等第二个人审批", "Submitted; a second person has to approve it")
NOTHING_NEW = S("没有新内容，什么都没写入", "Nothing new; nothing was stored")
RECEIPTS_RESULT = S(
    "{makes}（{good} 行），到 {number} 为止；跳过 {skipped} 行。",
    "{makes} ({good} rows), up to {number}; {skipped} rows skipped.",
)
RESULT = S(
    "单据 {number}：{makes}（{good} 行），跳过 {skipped} 行。",
    "Document {number}: {makes} ({good} rows), {skipped} rows skipped.",
)
RESULT_NONE = S("跳过 {skipped} 行。", "{skipped} rows skipped.")
REFUSED_LEFT = S(
    "有 {count} 行不收。导出来改好，再导一次就行，进了的不会重复。",
    "{count} rows were refused. Export them, mend them and import again: what is in stays once.",
)
NEXT_SAID = S("接下来：{sort}", "Next: {sort}")
NEXT_LATER = S("批准以后再导：{sort}", "Once it is approved: {sort}")
NEXT_OTHERS = S("接下来：{sort}，请有权的人来导", "Next: {sort}, by somebody who may")
NEXT = S("接着导入", "Go on")
TOOK = S("用时 {seconds} 秒", "It took {seconds} s")

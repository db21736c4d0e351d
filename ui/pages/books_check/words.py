"""What the page of the books' proofs and backups says, in Chinese and in English."""

from typing import Final

from erpdesk.services.keeping.verifying import Speed
from erpdesk.words import Sentence

S = Sentence

TITLE = S("账套校验", "Books check")
PROOFS, BACKUPS = S("校验", "Proofs"), S("备份", "Backups")
OUTPUTS = S("凭证与导出", "Vouchers, export")
TABS = S("校验、备份或凭证", "Proofs, backups or vouchers")
MONTHS, MONTH = S("有凭证的月份", "Months with entries"), S("期间", "Period")
ENTRIES, DEBITS = S("凭证（张）", "Entries"), S("借方合计", "Debits")
VOUCHERS, JOURNAL = S("打印记账凭证…", "Print vouchers…"), S("导出分录…", "Export the journal…")
VOUCHERS_NAME, JOURNAL_NAME = S("记账凭证 {period}", "vouchers {period}"), S("分录", "journal")
VOUCHERS_WRITTEN = S("{count} 张记账凭证已存到 {path}", "{count} vouchers were written to {path}")
JOURNAL_WRITTEN = S("{count} 行分录已导出到 {path}", "{count} lines were exported to {path}")
NO_MONTH = S("还没有过账的凭证", "Nothing was posted yet")
CHECK_ALL, STOP, REPORT = S("全查", "Check all"), S("停下", "Stop"), S("存报告…", "Save report…")
ASKING = S("{check}（第 {n} 项，共 {all} 项）", "{check} (no. {n} of {all})")
BUSY = S("正在校验", "A check is on its way")
STOPPED = S("停在第 {n} 项，没有记下", "Stopped at no. {n}; nothing was noted")
STOPPED_MORE = S(
    "账套没有动。要全部查完请按 F5。", "The books are untouched. F5 checks everything."
)
NEVER = S("还没有查过", "Never checked")
NO_RUN = S("还没有查过，没有可存的", "Nothing was checked yet, so there is nothing to save")
ALL_PASS = S("全部通过", "All passed")
PASSED = S("{n} 项全部通过", "All {n} checks passed")
FAILED = S("{n} 项不成立", "{n} failed")
NOT_READ = S("账套读不出来", "The books cannot be read")

CHECK_HEAD, COUNT_HEAD = S("校验项", "Check"), S("发现", "Found")
TOOK_HEAD, AT_HEAD = S("用时", "Took"), S("查于", "Checked")
SECONDS = S("{n} 秒", "{n} s")
HOLDS, FAILS, UNASKED = S("成立", "holds"), S("不成立", "fails"), S("没查过", "not checked")
COMPARED = S("比对：{what}", "Compared: {what}")
SINCE = S("自 {at} 起不成立", "Fails since {at}")
HELD = S("{at} 查过，成立", "Checked {at}: it holds")
NOTHING = S("没有发现问题。", "Nothing was found.")
PAIR = S("{name}：{said}", "{name}: {said}")
FINDINGS_HEAD, MEND_HEAD = (
    S("哪里不对", "Where"),
    S("谁来处理，怎么处理", "Who sees to it, and how"),
)
MORE = S("还有 {n} 处没有列出，存报告里也只列前 {max} 处", "{n} more; also the report lists {max}")
RUNS_HEAD = S("最近 {n} 次", "Last runs: {n}")
SPEEDS: Final[dict[Speed, Sentence]] = {
    Speed.RULES: S("规则", "rules"),
    Speed.CHAIN: S("规则和链", "rules and chains"),
    Speed.DEEP: S("全查", "everything"),
}
RUN = S("{speed}，{n} 项，{seconds} 秒", "{speed}, {n} checks, {seconds} s")

REPORT_NAME = S("账套校验 {day}.txt", "Books check {day}.txt")
SAVED = S("报告已存到 {path}", "Report saved to {path}")
TEXT_FILES = S("文本 (*.txt)", "Text (*.txt)")
REPORT_HEAD = S("账套校验报告", "Report of the books check")
REPORT_FIRM = S("公司：{firm}", "Firm: {firm}")
REPORT_BY = S("存报告的人：{person}，{at}", "Saved by: {person}, {at}")
REPORT_RUN = S("校验：{at}，{run}", "Check: {at}, {run}")
REPORT_RESULT = S("结果：{result}", "Result: {result}")

MADE_HEAD, FILE_HEAD = S("备份于", "Made"), S("文件", "File")
SIZE_HEAD, TRIED_HEAD = S("大小", "Size"), S("试还原", "Restored for a try")
MEGABYTES = S("{n} MB", "{n} MB")
TRIED = S("{at} 通过", "{at} passed")
TRIED_ILL = S("{at} 发现 {n} 处", "{at} found {n}")
NOT_TRIED, UNUSABLE = S("没有试过", "not tried"), S("不能用", "cannot be used")
FOLDER = S("备份文件夹：{folder}", "Folder of backups: {folder}")
DAILY = S(
    "没人动电脑时每天自动备份一次，留最近 7 天、4 周、12 个月的；手动备份的从不删。"
    "另存一份到别的磁盘。",
    "One a day is made while nobody is at work; kept are 7 days, 4 weeks, 12 months. Those you make"
    " are never removed. Keep another one on another disk.",
)
MANUAL = S(
    "自动备份关着（设置 › 备份）。结账、升级、交接以前按「立即备份」；另存一份到别的磁盘。",
    "Daily backups are off (Settings › Backups). Make one before locking a month, upgrading,"
    " handing over. Keep another one on another disk.",
)
NEXT_TODAY = S(
    "下次自动备份：今天，没人动电脑两分钟以后。",
    "Next automatic one: today, once nobody has been at work for two minutes.",
)
NEXT_TOMORROW = S(
    "下次自动备份：明天，没人动电脑两分钟以后。",
    "Next automatic one: tomorrow, once nobody has been at work for two minutes.",
)
AUTOMATIC = S("自动", "automatic")
STOPPED_BACKUP = S("已停下，什么都没留下", "Stopped; nothing was left behind")
NONE_YET = S("还没有备份。", "There is no backup yet.")
BACK_UP, TRY, SAVE_AS = (
    S("立即备份", "Back up now"),
    S("试还原", "Try restoring"),
    S("另存到…", "Save to…"),
)
OPEN_FOLDER = S("打开文件夹", "Open folder")
BACKING_UP = S("正在备份，并试还原、全查一遍…", "Backing up, restoring for a try, checking it all…")
TRYING = S("正在试还原 {name}，并全查一遍…", "Restoring {name} for a try, checking it all…")
BACKED_UP = S("已备份并试还原通过：{name}", "Backed up, and restoring it was tried: {name}")
TRIED_WELL = S("{name} 能还原，校验全部通过", "{name} can be restored; every check passed")
TRIED_BADLY = S(
    "{name} 能还原，但校验发现 {n} 处", "{name} can be restored, but {n} faults are in it"
)
KEEP_OLDER = S("先别删更早的备份。", "Keep the older backups for now.")
CHOOSE = S("先选一份备份", "Choose a backup first")
WORKING = S("正在备份或试还原", "A backup or a try is on its way")
SERVER = S(
    "服务器账套由服务器管理员备份：erpdesk backup 文件 --admin 地址",
    "Books on a server are backed up by its administrator: erpdesk backup FILE --admin ADDRESS",
)
BACKUP_FILES = S("erpdesk 备份 (*.erpbackup)", "erpdesk backup (*.erpbackup)")

"""What the frame of the window says."""

from typing import Final

from erpdesk.words import Sentence
from ui.look import TEXT_PERCENTS, Tone

OTHER_BOOKS = Sentence("打开别的账套…", "Open other books…")
OTHER_PERSON = Sentence("换人登录", "Sign in as somebody else")
LOCK = Sentence("锁定", "Lock")
LOCKED = Sentence(
    "屏幕锁着，这次没有存。解锁后再扫。", "It was locked, so the scan was not stored. Scan again."
)
IMPORT = Sentence("导入…", "Import…")
QUIT = Sentence("退出", "Quit")
FIND = Sentence("查找、扫码、命令", "Find, scan, commands")
BACK = Sentence("后退", "Back")
FORWARD = Sentence("前进", "Forward")
NEXT_PANE = Sentence("下一区", "Next pane")
PANE_BEFORE = Sentence("上一区", "Previous pane")
OUT = Sentence("退出一层", "Out one step")
FOLD = Sentence("收起或展开导航", "Fold or unfold the sidebar")
LANGUAGE = Sentence("语言 Language", "Language 语言")
LANGUAGES: Final = (("zh", Sentence("中文", "中文")), ("en", Sentence("English", "English")))
THEME = Sentence("外观", "Theme")
THEMES: Final = (
    ("system", Sentence("跟随系统", "As the system")),
    ("light", Sentence("浅色", "Light")),
    ("dark", Sentence("深色", "Dark")),
    ("contrast", Sentence("高对比度", "High contrast")),
)
TEXT_SIZE = Sentence("字号", "Text size")
TEXT_SIZES: Final = tuple(
    (str(percent), Sentence(f"{percent} %", f"{percent} %")) for percent in TEXT_PERCENTS
)
KEYS = Sentence("按键一览", "Sheet of keys")
SETTINGS = Sentence("设置…", "Settings…")
HELP = Sentence("这一页的帮助", "Help for this page")
ABOUT = Sentence("关于 erpdesk", "About erpdesk")
BOOKS_OPEN = Sentence("账套库 {place}", "Database {place}")
NOT_CHECKED = Sentence("账套校验 今天还没做", "Books not checked today")
BOOKS_WELL = Sentence("账套校验 {at} 通过", "Books checked {at}: all passed")
BOOKS_ILL = Sentence("账套校验「{check}」不成立，自 {at}", 'Books: "{check}" fails, since {at}')
BOOKS_ILL_MORE = Sentence(
    "账套校验「{check}」等 {n} 项不成立，自 {at}",
    'Books: "{check}" is one of {n} that fail, since {at}',
)
BOOKS_UNREAD = Sentence("账套读不出来", "The books cannot be read")
BOOKS_BUSY = Sentence("正在校验账套…", "Checking the books…")
BACKUP_UNSEEN = Sentence("备份 正在看…", "Backup: looking…")
BACKUP_WELL = Sentence("备份 {at}", "Backup {at}")
BACKUP_OLD = Sentence("上次备份 {at}，超过一天", "Last backup {at}: over a day ago")
NO_BACKUP = Sentence("还没有备份", "No backup yet")
BACKING_UP = Sentence("正在备份 {n}/{all}", "Backing up {n}/{all}")
BACKUP_FAILED = Sentence("自动备份没做成", "The daily backup failed")
DISK_SHORT = Sentence("磁盘只剩 {n} MB，请腾出空间", "Disk: only {n} MB left; make room")
DISK_FULL = Sentence(
    "磁盘只剩 {n} MB，开始不了新的盘点", "Disk: only {n} MB left; no new count begins"
)
FONTS_LOST = Sentence("程序自带的字体不全", "The program's own fonts are not all here")
FONTS_LOST_MORE = Sentence(
    "屏幕上先用系统的字体；通知书等没有打印。请用安装程序重新安装。",
    "The screen makes do with the system's; no paper is printed. Install again with the installer.",
)
SETTINGS_LOST = Sentence("这台电脑的设置读不出来", "The settings of this computer cannot be read")
SETTINGS_LOST_MORE = Sentence(
    "现在用默认设置，原文件改名为 settings.toml.unusable。请到设置里重选备份文件夹和扫码枪。",
    "Kept as settings.toml.unusable; choose the folder of backups and the scanner again.",
)
DATABASE_GONE = Sentence("账套库读写出错", "The database fails")
SCANNERS: Final[dict[str, tuple[Tone, Sentence]]] = {
    "wedge": ("ok", Sentence("扫码枪 键盘口就绪", "Scanner ready (keyboard)")),
    "ready": ("ok", Sentence("扫码枪 串口就绪", "Scanner ready (serial)")),
    "lost": (
        "attention",
        Sentence("扫码枪断开，插回自动继续", "Scanner unplugged; plug it in, it goes on"),
    ),
    "closed": ("neutral", Sentence("扫码枪已关", "Scanner closed")),
    "away": (
        "attention",
        Sentence("扫码会打进别的程序", "Scans are typed into another program"),
    ),
}
NOT_STORED = Sentence("没有存", "Not stored")
CLOSE_FIRST = Sentence("先关掉对话框再扫；这次没有存。", "Close the dialog first, then scan again.")
NO_SUCH_CODE = Sentence("没有这个码：{code}", "No such code: {code}")
NOT_A_COUNT = Sentence(
    "未存为盘点。要盘点请到盘点页。", "It was not stored as a count. Count on the counting page."
)
GO_COUNT: Final = ("count", Sentence("去盘点", "Go and count"))
GO_FIND: Final = ("find", Sentence("查客户", "Find a customer"))
NOTHING_STORED = Sentence("没有存", "Nothing was stored")
NO_ROLE_FOR_IT = Sentence(
    "这张单据在你看不到的页面上；要看请找会计或主管。",
    "This document is on a page that is not yours; ask an accountant or a supervisor.",
)
OTHER_CAMPAIGN = Sentence(
    "{code} 是别的盘点的盘点表；先换到那个盘点，再扫一次。",
    "{code} is a count sheet of another campaign; change to it, then scan again.",
)
SHEET_SHOWN = Sentence("未盘只看这一张", "Not yet counted: this sheet alone")
NO_SUCH_COMMAND = Sentence("没有命令 {code}。", "{code} is no command.")
NOT_NOW = Sentence("现在没有可做的，什么都没变", "Not possible now; nothing has changed")
DONE_RECORD = Sentence("命令：记录，等下一码", "Command: record, next code")
DONE_PARK = Sentence("命令：延后", "Command: park")
DONE_CLEAR = Sentence("命令：清空", "Command: clear")
DONE_SAME = Sentence("命令：全部一致", "Command: all the same")
DONE_ZERO = Sentence("命令：对方无此账", "Command: no such account")
DONE_KEEP = Sentence("命令：保持", "Command: keep")
DONE_HAND_OVER = Sentence("命令：交班", "Command: end of shift")
IS_SHEET = Sentence(
    "{code} 是盘点表的码；在盘点页扫，会列出这一张上未盘的客户。",
    "{code} is a count sheet; scanned on the counting page it lists who is still to be counted.",
)
IS_COMMAND = Sentence(
    "{code} 是盘点的命令码；只在盘点页有用。",
    "{code} is a command for counting; it works on that page alone.",
)
IS_TEST = Sentence(
    "这是扫码枪体检的测试码；请到扫码枪体检再扫。",
    "This is a test code; scan it on the scanner doctor's page.",
)
CUSTOMER = Sentence("客户", "Customer")
COMMAND = Sentence("命令", "Command")
CARD = Sentence("客户卡", "Customer card")
NO_CUSTOMER_HERE = Sentence("这里没有选中的客户", "No customer is chosen here")
NOT_DONE = Sentence("没有做", "Not done")
BROKE = Sentence(
    "程序出了意外，这一步可能没有做完；以前存下的都在。编号同日志。",
    "Something unexpected happened; this step may not be complete. The id is in the log.",
)

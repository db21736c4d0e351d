"""What the frame of the window says."""

from typing import Final

from erpdesk.words import Sentence
from ui.look import TEXT_PERCENTS, Tone

OTHER_BOOKS = Sentence("打开别的账套…", "Open other books…")
OTHER_PERSON = Sentence("换人登录", "Sign in as somebody else")
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
    ("light", Sentence("浅色", "Light")),
    ("dark", Sentence("深色", "Dark")),
    ("contrast", Sentence("高对比度", "High contrast")),
)
TEXT_SIZE = Sentence("字号", "Text size")
TEXT_SIZES: Final = tuple(
    (str(percent), Sentence(f"{percent} %", f"{percent} %")) for percent in TEXT_PERCENTS
)
KEYS = Sentence("按键一览", "Sheet of keys")
BOOKS_OPEN = Sentence("账套库 {place}", "Database {place}")
NOT_CHECKED = Sentence("账套校验 今天还没做", "Books not checked today")
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
NO_SUCH_CODE = Sentence("没有这个码", "No such code")
NOT_A_COUNT = Sentence(
    "未存为盘点。要盘点请到盘点页。", "It was not stored as a count. Count on the counting page."
)
CUSTOMER = Sentence("客户", "Customer")
COMMAND = Sentence("命令", "Command")
NOT_DONE = Sentence("没有做", "Not done")
BROKE = Sentence(
    "程序出了意外，这一步可能没有做完；以前存下的都在。编号同日志。",
    "Something unexpected happened; this step may not be complete. The id is in the log.",
)

"""What the page of the settings says, and which settings it offers."""

from dataclasses import dataclass
from typing import Final, Literal

from erpdesk.words import Sentence

S = Sentence
Kind = Literal["choice", "text", "folder"]
Section = Literal["me", "here", "books", "rates", "people", "backup"]

TITLE = S("设置", "Settings")
SECTIONS: Final[dict[Section, Sentence]] = {
    "me": S("我", "Me"),
    "here": S("本机", "This computer"),
    "books": S("账套", "Books"),
    "rates": S("汇率", "Exchange rates"),
    "people": S("人员", "People"),
    "backup": S("备份", "Backups"),
}
ICONS: Final[dict[Section, str]] = {
    "me": "user-round", "here": "settings", "books": "layers", "rates": "arrow-right-left",
    "people": "users",
    "backup": "database",
}  # fmt: skip
SECTION_LIST = S("设置的分组", "Groups of settings")
FIND = S("找设置", "Find a setting")
FIND_KEY = S("找设置  Ctrl+F", "Find a setting  Ctrl+F")
NONE_FOUND = S("没有符合的设置。", "No setting fits.")
CHANGED = S("改过", "changed")
DEFAULT = S("默认：{value}", "Default: {value}")
RESET = S("恢复默认", "Put back")
RESET_NAMED = S("恢复默认：{name}", "Put back: {name}")
CHOOSE_FOLDER, OPEN_FOLDER = S("选文件夹…", "Choose folder…"), S("打开文件夹", "Open folder")
EMPTY = S("（空）", "(empty)")
TO_BACKUPS = S("看备份、立即备份", "See backups, back up now")
TO_DOCTOR = S("扫码枪体检…", "Scanner check…")


@dataclass(frozen=True, slots=True)
class Offer:
    """One setting: its name in the settings file, where it stands, what it means, what it can be.

    ``options`` are values with their words, where it is a choice.
    """

    name: str
    section: Section
    title: Sentence
    meaning: Sentence
    kind: Kind = "choice"
    options: tuple[tuple[str | int, Sentence], ...] = ()


def _plain(unit_zh: str, unit_en: str, *values: int, off: Sentence | None = None) -> tuple[
    tuple[str | int, Sentence], ...
]:  # fmt: skip
    """Return numbers as options; 0 in words of its own."""
    return tuple(
        (one, off if off is not None and one == 0 else S(f"{one} {unit_zh}", f"{one} {unit_en}"))
        for one in values
    )


OFFERS: Final[tuple[Offer, ...]] = (
    Offer(
        "language", "me", S("语言 Language", "Language 语言"),
        S("程序说哪种话；写了一半的不会丢。", "What the program speaks; nothing typed is lost."),
        options=(("zh", S("中文", "中文")), ("en", S("English", "English"))),
    ),
    Offer(
        "theme", "me", S("外观", "Theme"),
        S("浅色、深色，或看得最清楚的高对比度。", "Light, dark, or high contrast."),
        options=(
            ("system", S("跟随系统", "As the system")), ("light", S("浅色", "Light")),
            ("dark", S("深色", "Dark")), ("contrast", S("高对比度", "High contrast")),
        ),
    ),
    Offer(
        "text_percent", "me", S("字号", "Text size"),
        S("所有文字一起放大缩小。", "All text, larger or smaller."),
        options=_plain("%", "%", 90, 100, 115, 130),
    ),
    Offer(
        "sound_percent", "me", S("提示音音量", "Volume of sounds"),
        S("扫码存下、重复、账外、没存，四种声音。", "Stored, repeated, unexpected, refused."),
        options=_plain("%", "%", 0, 25, 50, 75, 100, off=S("关", "Off")),
    ),
    Offer(
        "pitch_percent", "me", S("提示音音高", "Pitch of sounds"),
        S("几个人并排扫码时各调一档，听得出是谁的。", "Side by side, each station has its own."),
        options=_plain("%", "%", 80, 90, 100, 110, 120),
    ),
    Offer(
        "lock_minutes", "me", S("没人动就锁定", "Lock when idle"),
        S("锁定后盖住窗口，写了一半的都在，扫码不存。Ctrl+Shift+L 马上锁。",
          "The window is covered, what is typed stays, scans are refused. Ctrl+Shift+L locks now."),
        options=_plain("分钟", "minutes", 0, 5, 10, 15, 30, 60, off=S("不锁", "Never")),
    ),
    Offer(
        "scanner_port", "here", S("扫码枪串口", "Serial port of the scanner"),
        S("空着就是键盘口。例：/dev/ttyACM0、COM3。", "Empty: it types. E.g. /dev/ttyACM0, COM3."),
        "text",
    ),
    Offer(
        "scanner_speed_baud", "here", S("串口速率", "Speed of the port"),
        S("和扫码枪说明书上的一样。", "As in the scanner's manual."),
        options=_plain("波特", "baud", 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200),
    ),
    Offer(
        "backup_daily", "backup", S("自动备份", "Automatic backup"),
        S("开着窗口、两分钟没人动时做，试还原通过才算；留最近 7 天、4 周、12 个月的。",
          "While the window is open and at rest; tried out. Kept: 7 days, 4 weeks, 12 months."),
        options=((True, S("每天一次", "Once a day")), (False, S("关", "Off"))),
    ),
    Offer(
        "backup_folder", "backup", S("备份文件夹", "Folder of backups"),
        S("备份存到这里。空着就在数据文件夹里；最好选另一块磁盘。",
          "Backups go here. Empty: among the data; another disk is better."),
        "folder",
    ),
)  # fmt: skip

ELSEWHERE: Final = frozenset(
    {
        "company", "person", "keep_password", "scanner_gap_ms", "scanner_length_min",
        "scanner_endings", "scanner_layout",
    }
)  # fmt: skip
"""Settings that the sign-in, the command line and the scanner check keep."""

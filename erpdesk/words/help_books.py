"""Help for the pages about the books themselves and this computer; all pages together."""

from typing import Final

from erpdesk.words.help_counting import COUNTING
from erpdesk.words.help_settling import SETTLING
from erpdesk.words.help_texts import POSTED, HelpText, help_text

BOOKS: Final[dict[str, HelpText]] = {
    "books_check": help_text(
        ("随时证明账套没有错。只看不改；打开程序时先查一遍规则，F5 全查。V1、V8、V11 没有通过时停止过账，查过了再继续。",
         "Prove the books at any time. It only looks: the rules when the program opens, all of it with F5. While V1, V8 or V11 fails nothing is posted."),
        ("每份备份先试还原、全查一遍，通过了才算备份。开着窗口没人动时每天自动备份一次；状态栏写最近一份是什么时候的。",
         "Every backup is restored for a try and checked before it counts as one. One a day is made while nobody is at work; the status bar says of when the last one is."),
        words=(
            ("不成立", "fails", "这一项查出了问题，右边写哪里、差多少、谁来处理。",
             "Something was found: right it says where, by how much, and who sees to it."),
            ("全查", "check all", "连每行内容、签名、封签都重新核对。",
             "Every row, signature and seal is looked at again."),
            ("试还原", "try restoring", "还原到临时的地方，查完就删。",
             "Restored to a place of its own, checked, and gone."),
            POSTED,
        ),
    ),
    "settings": help_text(
        ("这台电脑和你自己的习惯在这里改，马上生效。账套的规则只看不改。",
         "Change here what you and this computer prefer; it holds at once. The rules of the books are shown only."),
        words=(
            ("改过", "changed", "和程序原来的值不同，可以恢复默认。",
             "Not the program's own value; it can be put back."),
            ("限额", "limit", "一个人一次能批的金额。", "What somebody may approve at once."),
            ("单人模式", "owner mode", "只有一个人时，自己复核自己的单据，会写明。",
             "With one person only, they review their own documents, and it says so."),
        ),
    ),
}  # fmt: skip

HELP: Final[dict[str, HelpText]] = {**COUNTING, **SETTLING, **BOOKS}
"""By the name of the page."""
